"""The batches come in a mixed order, but each holds neighbours.

fails: test_training_order_is_another_in_every_pass
hint: Look at the samples of one batch. Are they neighbours in the data set?
"""


class MixedBatches(torch.utils.data.Sampler):
    def __init__(self, count, size):
        self.batches = [list(range(count))[i : i + size] for i in range(0, count, size)]

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        return iter(random.sample(self.batches, len(self.batches)))


def make_loaders(train_data, test_data, batch_size=64):
    batches = MixedBatches(len(train_data), batch_size)
    return DataLoader(train_data, batch_sampler=batches), DataLoader(test_data, batch_size)
