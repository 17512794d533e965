"""The loop ends after 100 batches.

fails: test_counts_right_whatever_the_batch_size
hint: After how many batches does your loop end, and how many may a loader give?
"""


def count_samples(loader):
    count = 0
    for i, (_, y) in enumerate(loader):
        count += len(y)
        if i == 99:
            break
    return count
