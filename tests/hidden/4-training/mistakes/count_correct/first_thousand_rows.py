"""Rows after the first thousand are not counted.

fails: test_counts_right_in_a_batch_of_any_size
hint: Does the count go over all rows of a very large batch?
"""


def count_correct(logits, y):
    logits, y = logits[:1000], y[:1000]
    return (logits.argmax(dim=1) == y).sum().item()
