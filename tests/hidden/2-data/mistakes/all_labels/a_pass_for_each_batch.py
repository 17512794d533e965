"""A pass is begun for every batch: if the loader shuffles, labels come twice or never.

fails: test_labels_are_of_one_pass
hint: How often does your function begin a pass? A loader may be shuffled.
"""


def all_labels(loader):
    batches = [list(loader)[number] for number in range(len(loader))]
    return torch.cat([y for X, y in batches])
