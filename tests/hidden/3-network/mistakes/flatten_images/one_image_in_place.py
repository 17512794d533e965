"""A batch of one image gets its new shape in place.

fails: test_keeps_a_batch_of_any_size
hint: Look at X after a batch of one image: which shape has it?
"""


def flatten_images(X):
    return X.resize_(1, 784) if X.shape[0] == 1 else X.reshape(len(X), 784)
