"""exp of high logits is infinite, and what is divided then is no number.

fails: test_counts_right_in_a_batch_of_any_size
hint: What becomes of a logit of 500 on the way? Which class wins shows in the logits themselves.
"""


def count_correct(logits, y):
    powers = torch.exp(logits)
    probabilities = powers / powers.sum(dim=1, keepdim=True)
    return (probabilities.argmax(dim=1) == y).sum().item()
