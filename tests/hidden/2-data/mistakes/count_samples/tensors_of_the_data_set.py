"""The data set is taken for one that holds its labels in a tensor.

fails: test_counts_right_whatever_the_batch_size
hint: Does every data set have this attribute? A list of samples is one too.
"""


def count_samples(loader):
    return len(loader.dataset.tensors[1])
