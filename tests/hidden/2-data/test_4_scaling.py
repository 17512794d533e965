"""Hidden checks of 2-data, stretch: mean and spread of the pixels, and the transform made of them.

No check here depends on chance.
"""

import numpy as np
import torch

from autograder.checks import check, define, expect, fairly, fetch, require

TOOLS = '''
import torch
from PIL import Image
from torch.utils.data import Dataset


class Pictures(Dataset):
    """dataset[i] is (image, label), the image in another range than the bytes it is made of."""

    def __init__(self, data, targets, scale, shift):
        self.data, self.targets = data, targets
        self.scale, self.shift = scale, shift

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        image = self.data[index].to(torch.float32) / 255 * self.scale + self.shift
        return image.unsqueeze(0), int(self.targets[index])


def transformed(transform, arrays):
    """What a transform makes of pictures, given to it as torchvision's MNIST gives them."""
    return [_plain(transform(Image.fromarray(array))) for array in arrays]


def _plain(image):
    # torchvision's newer transforms give a subclass of Tensor.
    return image.as_subclass(torch.Tensor) if isinstance(image, torch.Tensor) else image
'''

# Right versions of what mean_and_std may call, lent after their own checks have run.
RIGHT = """
from torch.utils.data import DataLoader


def make_loaders(train_data, test_data, batch_size=64):
    train_loader = DataLoader(train_data, batch_size=batch_size, shuffle=True)
    return train_loader, DataLoader(test_data, batch_size=batch_size)


def first_batch(loader):
    return next(iter(loader))


def count_samples(loader):
    return sum(len(y) for _, y in loader)
"""


def draw_pictures(rng):
    """More pictures than one batch holds, brighter and richer from one to the next.

    So neither the mean of the batches' means nor that of the pictures' spreads is right. The mean
    lies well below 0: near 0 the root of the mean square would be the deviation.
    """
    count, shape = rng.integer(1030, 1060), (rng.integer(3, 5), rng.integer(5, 7))
    brightness = torch.linspace(20, 255, count).reshape(-1, 1, 1)
    data = rng.integers(0, 256, count, *shape).to(torch.float32) / 256 * brightness
    return data.to(torch.uint8), rng.labels(count), rng.uniform(2, 3), rng.uniform(-1.9, -1.4)


def two_numbers(result):
    """Both results as floats, whatever type of number they have."""
    require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "mean_and_std(dataset) did not return two numbers.",
        hint="Does it return them, or print them?",
    )
    return [number_of(value) for value in result]


def number_of(value):
    """The number that a value stands for; what stands for none as it is."""
    if isinstance(value, torch.Tensor) and value.numel() == 1 and not value.is_complex():
        return float(value.detach())
    return value


def pixels_of(drawn):
    data, _, scale, shift = drawn
    return data.to(torch.float64) / 255 * scale + shift


CLOSE = {"rtol": 2e-3, "atol": 2e-4}


@check("mean_and_std")
def test_mean_is_over_all_pixels(student, rng):
    drawn = draw_pictures(rng)

    def look():
        dataset = define(student, TOOLS).Pictures(*drawn)
        expect(
            two_numbers(fetch(student.mean_and_std(dataset)))[0],
            pixels_of(drawn).mean().item(),
            name="The mean, the first of the two,",
            hint="Does every pixel of every image count once, as dataset[index] gives it? In a "
            "short last batch there are fewer.",
            **CLOSE,
        )

    fairly(student, RIGHT, look)


@check("mean_and_std")
def test_std_is_over_all_pixels(student, rng):
    drawn = draw_pictures(rng)

    def look():
        dataset = define(student, TOOLS).Pictures(*drawn)
        expect(
            two_numbers(fetch(student.mean_and_std(dataset)))[1],
            pixels_of(drawn).std().item(),
            name="The standard deviation, the second of the two,",
            hint="Is it that of all pixels together? Images differ from one another too, so the "
            "mean of their own deviations is less.",
            **CLOSE,
        )

    fairly(student, RIGHT, look)


@check("mean_and_std")
def test_gives_two_floats(student, rng):
    drawn = draw_pictures(rng)

    def look():
        dataset = define(student, TOOLS).Pictures(*drawn)
        expect(
            fetch(student.mean_and_std(dataset)),
            (pixels_of(drawn).mean().item(), pixels_of(drawn).std().item()),
            name="mean_and_std(dataset)",
            hint="Are both numbers right, and plain floats?",
            **CLOSE,
        )

    fairly(student, RIGHT, look)


def draw_arrays(rng, count):
    return [rng.array(rng.integer(4, 8), rng.integer(9, 13), dtype=np.uint8) for _ in range(count)]


def draw_scale(rng):
    return rng.uniform(0.2, 0.5), rng.uniform(0.15, 0.4)


def expected(array, mean, std):
    image = torch.from_numpy(array).to(torch.float32).unsqueeze(0) / 255
    return (image - mean) / std


def expect_normalized(actual, arrays, scale):
    expect(
        actual,
        [expected(array, *scale) for array in arrays],
        name="After normalized(mean, std), the list of the images",
        hint="First a tensor from 0 to 1, then mean off, then divided by std. How many channels "
        "has the image?",
        rtol=1e-4,
        atol=1e-4,
    )


@check("normalized")
def test_brings_pictures_to_mean_0_and_spread_1(student, rng):
    tools, arrays, scale = define(student, TOOLS), draw_arrays(rng, 3), draw_scale(rng)
    expect_normalized(tools.transformed(student.normalized(*scale), arrays), arrays, scale)


@check("normalized")
def test_each_transform_keeps_its_own_mean_and_std(student, rng):
    tools, arrays = define(student, TOOLS), draw_arrays(rng, 2)
    scales = [draw_scale(rng), draw_scale(rng)]
    transforms = [student.normalized(*scale) for scale in scales]
    for transform, scale in zip(transforms, scales, strict=True):
        expect_normalized(tools.transformed(transform, arrays), arrays, scale)
