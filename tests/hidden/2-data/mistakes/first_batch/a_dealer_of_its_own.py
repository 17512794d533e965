"""A new DataLoader is made of the old one's data set.

fails: test_gives_images_and_labels_of_the_first_batch, test_asks_any_iterable_for_one_batch_only
hint: Is it the loader that you were given that deals here?
"""


def first_batch(loader):
    loader = DataLoader(loader.dataset, batch_size=loader.batch_size)
    X, y = next(iter(loader))
    return X, y
