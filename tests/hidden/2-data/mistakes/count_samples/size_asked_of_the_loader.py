"""The loader is asked for the size of its batches, which it knows only if it makes them itself.

fails: test_counts_what_a_batch_sampler_deals
hint: A loader with a batch_sampler has no batch_size. What can you count without it?
"""


def count_samples(loader):
    for X, y in loader:
        pass
    return (len(loader) - 1) * loader.batch_size + y.size(0)
