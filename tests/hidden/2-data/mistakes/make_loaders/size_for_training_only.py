"""The test loader deals out samples one by one.

fails: test_batches_have_the_size_that_is_asked_for, test_batches_hold_64_samples_by_default
hint: Your test loader deals out samples one by one. How many should be in a batch?
"""


def make_loaders(train_data, test_data, batch_size=64):
    return DataLoader(train_data, batch_size, shuffle=True), DataLoader(test_data)
