"""The labels are subtracted from the predictions, in the labels themselves.

fails: test_leaves_its_arguments_as_they_were
hint: y holds other numbers after the call. Which line writes into it?
"""


def count_correct(logits, y):
    y -= logits.argmax(dim=1)
    return int((y == 0).sum())
