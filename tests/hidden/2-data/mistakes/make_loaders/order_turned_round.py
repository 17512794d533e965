"""The order is drawn once; each pass begins somewhere else in it.

fails: test_training_order_is_another_in_every_pass
hint: Which samples follow each other in the first pass, and which in the second?
"""


class Turned(torch.utils.data.Sampler):
    def __init__(self, count):
        self.order = torch.randperm(count)

    def __len__(self):
        return len(self.order)

    def __iter__(self):
        return iter(self.order.roll(random.randrange(len(self.order))).tolist())


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, sampler=Turned(len(train_data)))
    return train_loader, DataLoader(test_data, batch_size)
