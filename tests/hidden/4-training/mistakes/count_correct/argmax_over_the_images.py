"""argmax looks down the columns: for each class the best image, not for each image the best class.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_counts_right_in_a_batch_of_any_size, test_returns_an_int
hint: Each row is one image. Along which dimension is the best class looked for?
"""


def count_correct(logits, y):
    return (logits.argmax(0) == y).sum().item()
