"""The logits become whole numbers, of which several may be the highest.

fails: test_counts_right_in_a_batch_of_any_size
hint: What becomes of 0.3 and 0.7 if they are made whole numbers, or rounded? Which one is higher then?
"""


def count_correct(logits, y):
    predicted = logits.to(y.dtype).argmax(dim=1)
    return int((predicted == y).sum())
