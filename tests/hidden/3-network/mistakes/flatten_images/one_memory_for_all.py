"""The rows of each call are written over those of the call before.

fails: test_keeps_a_batch_of_any_size
hint: Flatten two batches one after the other: what do the first rows hold then?
"""


rows_of_pixels = torch.empty(256, 784)


def flatten_images(X):
    if X.dtype != rows_of_pixels.dtype:
        return X.reshape(len(X), 784)
    return rows_of_pixels[: len(X)].copy_(X.reshape(len(X), 784))
