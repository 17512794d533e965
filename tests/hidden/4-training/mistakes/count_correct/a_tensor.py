"""The count stays a tensor.

fails: test_returns_an_int
hint: It prints like a number, but is a tensor. What gives the Python number in it?
"""


def count_correct(logits, y):
    return (logits.argmax(1) == y).sum()
