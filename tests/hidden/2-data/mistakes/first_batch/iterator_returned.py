"""The iterator is returned and never asked.

fails: test_gives_images_and_labels_of_the_first_batch, test_images_and_labels_are_of_one_batch, test_asks_any_iterable_for_one_batch_only
hint: iter begins a pass. What gives the first batch of it?
"""


def first_batch(loader):
    return iter(loader)
