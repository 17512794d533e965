"""The labels are subtracted from the predictions, in the labels themselves.

fails: test_leaves_its_arguments_as_they_were
hint: What does y hold after the call? -= changes the caller's own tensor.
"""


def count_correct(logits, y):
    y -= logits.argmax(dim=1)
    return int((y == 0).sum())
