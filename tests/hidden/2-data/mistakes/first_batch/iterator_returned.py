"""The iterator is returned and never asked.

fails: test_gives_images_and_labels_of_the_first_batch, test_images_and_labels_are_of_one_batch, test_asks_any_iterable_for_one_batch_only
hint: Your result is not a batch yet. What gives the first batch of a pass?
"""


def first_batch(loader):
    return iter(loader)
