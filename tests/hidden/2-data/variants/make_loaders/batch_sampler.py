"""Batches made by a batch sampler."""


def make_loaders(train_data, test_data, batch_size=64):
    data = torch.utils.data
    batches = data.BatchSampler(data.RandomSampler(train_data), batch_size, drop_last=False)
    return DataLoader(train_data, batch_sampler=batches), DataLoader(test_data, batch_size=batch_size)
