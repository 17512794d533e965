"""A sample that would be alone in the last batch is put into the one before, which is too large.

fails: test_batches_have_the_size_that_is_asked_for
hint: How large is your largest batch for 65 samples in batches of 32?
"""


class Hands(torch.utils.data.Sampler):
    def __init__(self, count, size):
        self.count, self.size = count, size

    def __len__(self):
        return sum(1 for _ in self)

    def __iter__(self):
        hands = [hand.tolist() for hand in torch.randperm(self.count).split(self.size)]
        if len(hands) > 1 and len(hands[-1]) == 1:
            hands[-2:] = [hands[-2] + hands[-1]]
        return iter(hands)


def make_loaders(train_data, test_data, batch_size=64):
    hands = Hands(len(train_data), batch_size)
    return DataLoader(train_data, batch_sampler=hands), DataLoader(test_data, batch_size)
