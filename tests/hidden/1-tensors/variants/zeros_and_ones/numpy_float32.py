"""NumPy's, in float32."""


def zeros_and_ones(shape):
    pair = (np.zeros(shape, dtype=np.float32), np.ones(shape, dtype=np.float32))
    return tuple(torch.from_numpy(a) for a in pair)
