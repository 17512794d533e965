"""NumPy counts, and its number is given as it is."""


def count_correct(logits, y):
    return np.int64(torch.count_nonzero(logits.detach().argmax(dim=-1).eq(y)).item())
