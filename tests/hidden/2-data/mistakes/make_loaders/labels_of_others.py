"""A collate function mixes the labels within a batch.

fails: test_training_loader_gives_every_sample_once
hint: Does each image still come with its own label?
"""


def mix(samples):
    random.shuffle(samples)
    images = torch.stack([image for image, label in samples])
    random.shuffle(samples)
    return images, torch.tensor([int(label) for image, label in samples])


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size, collate_fn=mix, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size)
