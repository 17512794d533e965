"""A class that can be called."""


class Normalized:
    def __init__(self, mean, std):
        self.mean, self.std = mean, std

    def __call__(self, picture):
        image = torch.from_numpy(np.array(picture, dtype=np.float32)).unsqueeze(0) / 255
        return image.sub_(self.mean).div_(self.std)


def normalized(mean, std):
    return Normalized(mean, std)
