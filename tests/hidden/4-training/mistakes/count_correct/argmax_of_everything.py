"""argmax without a dimension gives one index into the flattened batch.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_counts_right_in_a_batch_of_any_size, test_returns_an_int
hint: It looks as if one number were compared with all labels. How many predictions has a batch?
"""


def count_correct(logits, y):
    return int((logits.argmax() == y).sum())
