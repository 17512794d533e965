"""Lists for the channels."""


def normalized(mean, std):
    steps = [transforms.ToTensor(), transforms.Normalize(mean=[mean], std=[std])]
    return transforms.Compose(steps)
