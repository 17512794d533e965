"""Both in one go, returned as a list."""


def make_loaders(train_data, test_data, batch_size=64):
    pairs = ((train_data, True), (test_data, False))
    return [DataLoader(data, batch_size=batch_size, shuffle=mix) for data, mix in pairs]
