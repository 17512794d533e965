"""The sigmoid of high logits is 1 for several classes, of which the first one wins.

fails: test_counts_right_in_a_batch_of_any_size
hint: Two high logits may become equal on the way. Which class wins shows in the logits themselves.
"""


def count_correct(logits, y):
    predicted = torch.sigmoid(logits).argmax(dim=1)
    return int((predicted == y).sum())
