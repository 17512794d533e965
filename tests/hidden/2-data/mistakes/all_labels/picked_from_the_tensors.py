"""The labels are picked from the tensors of the data set, in the order of the sampler.

fails: test_joins_a_short_last_batch_too
hint: Does every data set have this attribute? A list of samples is one too.
"""


def all_labels(loader):
    order = list(loader.sampler)
    return loader.dataset.tensors[1][order]
