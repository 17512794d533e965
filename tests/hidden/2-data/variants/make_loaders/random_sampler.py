"""The shuffling by a sampler, the batches by place."""


def make_loaders(train_data, test_data, batch_size=64):
    sampler = torch.utils.data.RandomSampler(train_data)
    return DataLoader(train_data, batch_size, sampler=sampler), DataLoader(test_data, batch_size)
