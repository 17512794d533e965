"""Who is in a batch together is drawn once; later only batches and their insides are mixed.

fails: test_training_order_is_another_in_every_pass
hint: Which samples can be together in a batch: any of them, or always the same ones?
"""


class Hands(torch.utils.data.Sampler):
    def __init__(self, count, size):
        self.hands = list(torch.randperm(count).split(size))

    def __len__(self):
        return len(self.hands)

    def __iter__(self):
        short = self.hands[-1:]
        for hand in random.sample(self.hands[:-1], len(self.hands) - 1) + short:
            yield hand[torch.randperm(len(hand))].tolist()


def make_loaders(train_data, test_data, batch_size=64):
    hands = Hands(len(train_data), batch_size)
    return DataLoader(train_data, batch_sampler=hands), DataLoader(test_data, batch_size)
