"""The number is right, but a float.

fails: test_returns_an_int
hint: Can there be half an image? Leave out the detour over floats, or end it with int().
"""


def count_correct(logits, y):
    return (logits.argmax(1) == y).type(torch.float).sum().item()
