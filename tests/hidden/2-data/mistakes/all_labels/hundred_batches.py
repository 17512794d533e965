"""The loop ends after 100 batches.

fails: test_joins_a_short_last_batch_too
hint: After how many batches does your loop end, and how many may a loader give?
"""


def all_labels(loader):
    labels = []
    for i, (_, y) in enumerate(loader):
        if i == 100:
            break
        labels.append(y)
    return torch.cat(labels)
