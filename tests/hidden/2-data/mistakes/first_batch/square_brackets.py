"""A loader has no items by number.

fails: test_gives_images_and_labels_of_the_first_batch, test_images_and_labels_are_of_one_batch
hint: A loader deals batches only when it is asked in turn. Which two ways are there to ask?
"""


def first_batch(loader):
    return loader[0]
