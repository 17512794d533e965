"""zip asks the loader first, and for a second batch before it ends.

fails: test_asks_any_iterable_for_one_batch_only
hint: How many batches does your code ask for before it stops? One more than it uses is one too many.
"""


def first_batch(loader):
    for batch, number in zip(loader, [0]):
        first = batch
    return first
