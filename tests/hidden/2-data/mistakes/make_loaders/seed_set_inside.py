"""The seed of all random numbers is set in the function.

fails: test_changes_neither_the_data_nor_the_seed
hint: Call your function and then torch.rand(1), and do both once more. Why is it the same number?
"""


def make_loaders(train_data, test_data, batch_size=64):
    torch.manual_seed(42)
    train_loader = DataLoader(train_data, batch_size, shuffle=True)
    test_loader = DataLoader(test_data, batch_size)
    return train_loader, test_loader
