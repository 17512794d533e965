"""A collate function that stacks by hand."""


def stack_samples(samples):
    images = torch.stack([image for image, label in samples])
    return images, torch.tensor([int(label) for image, label in samples])


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, True, collate_fn=stack_samples)
    test_loader = DataLoader(test_data, batch_size, False, collate_fn=stack_samples)
    return train_loader, test_loader
