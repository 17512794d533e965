"""A loop over the images that counts one by one."""


def count_correct(logits, y):
    correct = 0
    for scores, label in zip(logits, y):
        if torch.argmax(scores) == label:
            correct += 1
    return correct
