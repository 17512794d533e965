"""The samples of a batch are mixed when they are put together: the batches stay the same.

fails: test_training_order_is_another_in_every_pass
hint: Which samples can be in the first training batch: any of them, or always the same ones?
"""


def mixed_batch(samples):
    return torch.utils.data.default_collate(random.sample(samples, len(samples)))


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, collate_fn=mixed_batch)
    return train_loader, DataLoader(test_data, batch_size)
