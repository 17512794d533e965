"""The loop ends when the second batch has come.

fails: test_asks_any_iterable_for_one_batch_only
hint: How many batches does your code ask for before it stops? One more than it uses is one too many.
"""


def first_batch(loader):
    for number, batch in enumerate(loader):
        if number == 1:
            break
        X, y = batch
    return X, y
