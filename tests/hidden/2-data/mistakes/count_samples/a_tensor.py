"""The count is a tensor with one element.

fails: test_gives_an_int
hint: Your count is still a tensor. What takes the number out?
"""


def count_samples(loader):
    count = torch.zeros(())
    for X, y in loader:
        count = count + len(y)
    return count
