"""The logits are turned into probabilities in place: the caller's own tensor is another one afterwards.

fails: test_leaves_its_arguments_as_they_were
hint: What does the caller's tensor hold after the call? A name that ends in _ changes it in place.
"""


def count_correct(logits, y):
    logits.exp_()
    logits /= logits.sum(dim=1, keepdim=True)
    return (logits.argmax(dim=1) == y).sum().item()
