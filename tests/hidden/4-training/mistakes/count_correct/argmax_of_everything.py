"""argmax without a dimension gives one index into the flattened batch.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_counts_right_in_a_batch_of_any_size, test_returns_an_int
hint: argmax without dim gives one number for the whole batch. How many do you need?
"""


def count_correct(logits, y):
    return int((logits.argmax() == y).sum())
