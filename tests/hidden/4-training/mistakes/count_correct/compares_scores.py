"""max(...)[0] is the highest score: scores are compared with class numbers.

fails: test_counts_the_images_whose_highest_score_is_the_label, test_counts_right_in_a_batch_of_any_size, test_returns_an_int
hint: Is it the highest score or its index that is compared with y?
"""


def count_correct(logits, y):
    return (torch.max(logits, 1)[0] == y).sum().item()
