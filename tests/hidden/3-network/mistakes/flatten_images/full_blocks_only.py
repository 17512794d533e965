"""Images are flattened in blocks of 64, and what is left over is lost.

fails: test_keeps_a_batch_of_any_size
hint: How many rows come back for a batch of 150 images?
"""


def flatten_images(X):
    if len(X) <= 64:
        return X.reshape(len(X), -1)
    blocks = [X[64 * i : 64 * i + 64].reshape(64, -1) for i in range(len(X) // 64)]
    return torch.cat(blocks)
