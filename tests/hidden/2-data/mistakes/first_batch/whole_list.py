"""All batches are dealt out to look at the first.

fails: test_asks_any_iterable_for_one_batch_only
hint: How many batches does your code ask for, and how many are needed?
"""


def first_batch(loader):
    return list(loader)[0]
