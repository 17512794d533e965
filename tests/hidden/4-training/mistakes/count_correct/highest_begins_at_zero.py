"""The search begins with 0 as the highest so far: in a row without positive logits nothing is found.

fails: test_counts_right_in_a_batch_of_any_size
hint: What is found in a row whose logits are all negative?
"""


def count_correct(logits, y):
    correct = 0
    for scores, label in zip(logits.tolist(), y.tolist()):
        highest, place = 0.0, 0
        for index, score in enumerate(scores):
            if score > highest:
                highest, place = score, index
        correct += place == label
    return correct
