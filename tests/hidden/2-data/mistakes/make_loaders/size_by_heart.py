"""64 stands in the code, the argument has no effect.

fails: test_batches_have_the_size_that_is_asked_for
hint: Your full batches hold 64 samples where another size is asked for. What becomes of batch_size?
"""


def make_loaders(train_data, test_data, batch_size=64):
    return (DataLoader(train_data, batch_size=64, shuffle=True),
            DataLoader(test_data, batch_size=64))
