"""The loop runs to its end, so it is the last batch.

fails: test_gives_images_and_labels_of_the_first_batch, test_asks_any_iterable_for_one_batch_only
hint: X and y are those of the last batch. Which one comes first in a pass?
"""


def first_batch(loader):
    for X, y in loader:
        pass
    return X, y
