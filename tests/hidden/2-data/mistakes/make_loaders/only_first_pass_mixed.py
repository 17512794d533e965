"""Only the first pass is mixed: for each later one the order is made anew, unmixed.

fails: test_training_order_is_another_in_every_pass
hint: Look at the order of the second pass. Who mixes it?
"""


class Order(torch.utils.data.Sampler):
    def __init__(self, count):
        self.count = count
        self.order = random.sample(range(count), count)

    def __len__(self):
        return self.count

    def __iter__(self):
        order, self.order = self.order, range(self.count)
        return iter(order)


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, sampler=Order(len(train_data)))
    return train_loader, DataLoader(test_data, batch_size)
