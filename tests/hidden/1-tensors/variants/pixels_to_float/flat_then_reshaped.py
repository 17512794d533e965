"""All pixels in a row, then put into shape again."""


def pixels_to_float(a):
    row = torch.from_numpy(a.reshape(-1))
    return (row.float() / 255).reshape(a.shape)
