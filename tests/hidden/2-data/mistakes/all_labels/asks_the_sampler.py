"""The sampler is asked for the order, and not the loader for its batches.

fails: test_joins_a_short_last_batch_too
hint: A loader may also be made with a batch_sampler. Does loader.sampler know its order?
"""


def all_labels(loader):
    return torch.tensor([int(loader.dataset[i][1]) for i in loader.sampler])
