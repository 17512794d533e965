"""NumPy makes the float32."""


def pixels_to_float(a):
    return torch.from_numpy(a.astype(np.float32) / 255)
