"""A function within the function."""


def normalized(mean, std):
    to_tensor = ToTensor()

    def transform(picture):
        return (to_tensor(picture) - mean) / std

    return transform
