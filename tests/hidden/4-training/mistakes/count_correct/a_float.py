"""The number is right, but a float.

fails: test_returns_an_int
hint: The number is right, and it is a float. Can there be half an image?
"""


def count_correct(logits, y):
    return (logits.argmax(1) == y).type(torch.float).sum().item()
