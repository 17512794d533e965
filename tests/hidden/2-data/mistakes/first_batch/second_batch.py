"""next is called twice.

fails: test_gives_images_and_labels_of_the_first_batch, test_asks_any_iterable_for_one_batch_only
hint: How many batches have come before the one that you return?
"""


def first_batch(loader):
    batches = iter(loader)
    next(batches)
    X, y = next(batches)
    return X, y
