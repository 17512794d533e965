"""The length of the sampler, which says which samples come."""


def count_samples(loader):
    return len(loader.sampler)
