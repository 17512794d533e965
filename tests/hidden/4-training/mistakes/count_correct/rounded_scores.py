"""Scores above one half count as predictions, so that a row may name no class or several.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_returns_an_int
hint: Does your function find one class for each row, whatever the size of the logits?
"""


def count_correct(logits, y):
    one_hot = nn.functional.one_hot(y, logits.shape[1])
    return int(((logits > 0.5) == one_hot.bool()).all(dim=1).sum())
