"""A last batch is left out if it holds one sample only.

fails: test_short_last_batches_are_dealt_out_too
hint: How many samples come in a pass of the training loader? Some are left over.
"""


def make_loaders(train_data, test_data, batch_size=64):
    options = {"batch_size": batch_size, "drop_last": len(train_data) % batch_size == 1}
    return DataLoader(train_data, shuffle=True, **options), DataLoader(test_data, batch_size)
