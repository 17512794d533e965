"""Truth values and small floats become float32.

fails: test_keeps_the_dtype_and_leaves_the_images_as_they_were
hint: Which dtype goes out where the pixels are True and False, or float16?
"""


def flatten_images(X):
    if X.dtype in (torch.bool, torch.float16):
        X = X.to(torch.float32)
    return X.reshape(len(X), 784)
