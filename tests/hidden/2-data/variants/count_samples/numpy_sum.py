"""A list of the sizes and NumPy's sum."""


def count_samples(loader):
    sizes = [len(batch[1]) for batch in loader]
    return int(np.sum(sizes))
