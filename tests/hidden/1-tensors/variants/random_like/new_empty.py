"""new_empty keeps the device; the dtype is named."""


def random_like(t):
    result = t.new_empty(t.shape, dtype=torch.float32)
    result.uniform_()
    return result
