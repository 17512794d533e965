"""In half precision logits that lie close together become equal.

fails: test_counts_right_in_a_batch_of_any_size
hint: Your numbers are less exact than the logits. Which class is found for the logits 50.01 and 50.02?
"""


def count_correct(logits, y):
    predicted = logits.half().argmax(dim=1)
    return (predicted == y).sum().item()
