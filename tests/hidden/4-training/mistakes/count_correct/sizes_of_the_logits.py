"""The logit that is farthest from 0 wins, whatever its sign.

fails: test_counts_right_in_a_batch_of_any_size
hint: Which class does your function find for the logits -5 and 2?
"""


def count_correct(logits, y):
    predicted = torch.square(logits).argmax(dim=1)
    return (predicted == y).sum().item()
