"""torchvision knows the scale of bytes."""


def pixels_to_float(a):
    return transforms.functional.convert_image_dtype(torch.from_numpy(a), torch.float32)
