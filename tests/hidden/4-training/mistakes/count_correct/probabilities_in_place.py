"""The logits are turned into probabilities in place: the caller's own tensor is another one afterwards.

fails: test_leaves_its_arguments_as_they_were
hint: logits holds other numbers after the call. Which line writes into it?
"""


def count_correct(logits, y):
    logits.exp_()
    logits /= logits.sum(dim=1, keepdim=True)
    return (logits.argmax(dim=1) == y).sum().item()
