"""Labels and images are swapped.

fails: test_gives_images_and_labels_of_the_first_batch, test_images_and_labels_are_of_one_batch, test_asks_any_iterable_for_one_batch_only
hint: In which order does the loader give the two, and in which do you?
"""


def first_batch(loader):
    X, y = next(iter(loader))
    return y, X
