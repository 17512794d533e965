"""Each pass begins one sample later and goes round: nothing is mixed.

fails: test_training_order_is_another_in_every_pass
hint: Look at which samples follow each other in the second pass. Are they mixed?
"""


class Turning(torch.utils.data.Sampler):
    def __init__(self, count):
        self.order = list(range(count))

    def __len__(self):
        return len(self.order)

    def __iter__(self):
        self.order.append(self.order.pop(0))
        return iter(list(self.order))


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, sampler=Turning(len(train_data)))
    return train_loader, DataLoader(test_data, batch_size)
