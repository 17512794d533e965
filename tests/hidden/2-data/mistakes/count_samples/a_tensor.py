"""The count is a tensor with one element.

fails: test_gives_an_int
hint: What does type(...) say of your count? What takes the number out?
"""


def count_samples(loader):
    count = torch.zeros(())
    for X, y in loader:
        count = count + len(y)
    return count
