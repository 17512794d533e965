"""len of the comparison counts all images, right or wrong.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_counts_right_in_a_batch_of_any_size, test_returns_an_int
hint: Images that are read wrong were counted too. Which of them should count?
"""


def count_correct(logits, y):
    return len(logits.argmax(1) == y)
