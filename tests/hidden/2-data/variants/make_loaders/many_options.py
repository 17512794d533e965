"""With options that change nothing here."""


def make_loaders(train_data, test_data, batch_size=64):
    options = dict(batch_size=batch_size, num_workers=0, pin_memory=False, drop_last=False)
    train_loader = DataLoader(dataset=train_data, shuffle=True, **options)
    test_loader = DataLoader(dataset=test_data, shuffle=False, **options)
    return (train_loader, test_loader)
