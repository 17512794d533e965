"""The logits become whole numbers, of which several may be the highest.

fails: test_counts_right_in_a_batch_of_any_size
hint: Logits may lie close together. Which class does your function find for 0.3 and 0.4?
"""


def count_correct(logits, y):
    predicted = logits.to(y.dtype).argmax(dim=1)
    return int((predicted == y).sum())
