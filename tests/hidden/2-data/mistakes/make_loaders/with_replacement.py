"""A sampler with replacement gives some samples twice and others never.

fails: test_training_loader_gives_every_sample_once
hint: Does each sample come once in a pass?
"""


def make_loaders(train_data, test_data, batch_size=64):
    sampler = torch.utils.data.RandomSampler(train_data, replacement=True)
    train_loader = DataLoader(train_data, batch_size=batch_size, sampler=sampler)
    return train_loader, DataLoader(test_data, batch_size=batch_size)
