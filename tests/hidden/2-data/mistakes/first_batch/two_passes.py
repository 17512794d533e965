"""Images of one pass, labels of another.

fails: test_images_and_labels_are_of_one_batch, test_asks_any_iterable_for_one_batch_only
hint: How often does your code begin a pass? A loader may be shuffled.
"""


def first_batch(loader):
    return next(iter(loader))[0], next(iter(loader))[1]
