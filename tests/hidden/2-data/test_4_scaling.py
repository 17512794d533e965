"""Hidden checks of 2-data, stretch: mean and spread of the pixels, and the transform made of them.

No check here depends on chance.
"""

import numpy as np
import torch

from autograder.checks import check, define, expect, fairly, fetch, require, tools

PICTURES = tools(__file__, "pictures")
IMAGES = tools(__file__, "plain_images")
# Right versions of what mean_and_std may call.
RIGHT = tools(__file__, "right_loaders", "right_count_samples")


def draw_pictures(rng, count):
    """What Pictures is made of: pictures brighter and richer from one to the next.

    So neither the mean of the batches' means nor that of the pictures' spreads is right. The mean
    lies well below 0: near 0 the root of the mean square would be the deviation.
    """
    shape = (rng.integer(3, 5), rng.integer(5, 7))
    brightness = torch.linspace(20, 255, count).reshape(-1, 1, 1)
    data = rng.integers(0, 256, count, *shape).to(torch.float32) / 256 * brightness
    names = [str(label) for label in range(10)]
    labels, scale, shift = rng.labels(count), rng.uniform(2, 3), rng.uniform(-1.9, -1.4)
    return data.to(torch.uint8), labels, names, scale, shift


def two_numbers(result):
    """Both results as floats, whatever type of number they have."""
    require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "mean_and_std(dataset) did not return two numbers.",
        hint="Does it return them, or print them?",
    )
    return [as_float(value) for value in result]


def as_float(value):
    """The number that a value stands for; what stands for none as it is."""
    if isinstance(value, torch.Tensor) and value.numel() == 1 and not value.is_complex():
        return float(value.detach())
    return value


def right(drawn):
    """Mean and standard deviation of all pixels of these pictures."""
    data, _, _, scale, shift = drawn
    pixels = data.to(torch.float64) / 255 * scale + shift
    return pixels.mean().item(), pixels.std().item()


CLOSE = {"rtol": 2e-3, "atol": 2e-4}


def expect_of_all_pixels(student, rng, part, name, hint):
    """Compares one of the two numbers, for more pictures than one batch holds, and for so few
    that each of them counts."""
    data_sets = [draw_pictures(rng, rng.integer(*many)) for many in ((1030, 1060), (40, 50))]

    def look():
        code = define(student, PICTURES)
        answers = [fetch(student.mean_and_std(code.Pictures(*drawn))) for drawn in data_sets]
        for drawn, answer in zip(data_sets, answers, strict=True):
            expect(two_numbers(answer)[part], right(drawn)[part], name=name, hint=hint, **CLOSE)

    fairly(student, RIGHT, look)


@check("mean_and_std")
def test_mean_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        rng,
        0,
        "The mean, the first of the two,",
        hint="Does every pixel of every image count once, as dataset[index] gives it? In a short "
        "last batch there are fewer.",
    )


@check("mean_and_std")
def test_std_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        rng,
        1,
        "The standard deviation, the second of the two,",
        hint="Is it that of all pixels together? Images differ from one another too, so the mean "
        "of their own deviations is less.",
    )


@check("mean_and_std")
def test_gives_two_floats(student, rng):
    drawn = draw_pictures(rng, rng.integer(1030, 1060))

    def look():
        dataset = define(student, PICTURES).Pictures(*drawn)
        expect(
            fetch(student.mean_and_std(dataset)),
            right(drawn),
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
    code, arrays, scale = define(student, IMAGES), draw_arrays(rng, 3), draw_scale(rng)
    expect_normalized(code.transformed(student.normalized(*scale), arrays), arrays, scale)


@check("normalized")
def test_each_transform_keeps_its_own_mean_and_std(student, rng):
    code, arrays = define(student, IMAGES), draw_arrays(rng, 2)
    scales = [draw_scale(rng), draw_scale(rng)]
    transforms = [student.normalized(*scale) for scale in scales]
    for transform, scale in zip(transforms, scales, strict=True):
        expect_normalized(code.transformed(transform, arrays), arrays, scale)


CLAUSES = {
    "mean_and_std": [
        {
            "text": "Mean and standard deviation of all pixels of a data set.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "dataset[i] gives an image, a float tensor of shape (1, H, W), the same for "
            "all, and a label",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
            ],
            "broken_by": "mistakes/labels_too",
        },
        {
            "text": "a tuple (mean, std)",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
            ],
            "broken_by": "mistakes/deviation_first",
        },
        {
            "text": "of Python floats",
            "checks": ["test_gives_two_floats"],
            "broken_by": "mistakes/tensors",
        },
        {
            "text": "over all pixels of all images",
            "checks": ["test_mean_is_over_all_pixels", "test_std_is_over_all_pixels"],
            "broken_by": "mistakes/last_image_left_out",
        },
        {
            "text": "as dataset[i] gives them",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
            ],
            "broken_by": "mistakes/storage_by_255",
        },
        {
            "text": "the variance may be divided by the number of pixels or by one less",
            "allowed_by": "variants/added_up",
        },
        {
            "text": "nothing",
            "why_none": "the data set makes a new image each time it is asked",
        },
    ],
    "normalized": [
        {
            "text": "A transform: first a tensor, then normalised",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
            ],
            "broken_by": "mistakes/to_tensor_only",
        },
        {
            "text": "floats, of the pixels after ToTensor, such as mean_and_std gives",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
            ],
            "broken_by": "mistakes/by_heart",
        },
        {
            "text": "std is above 0",
            "why_none": "a promise to the answer: no call gives another",
        },
        {
            "text": "an object to be called with a grey PIL picture, as datasets.MNIST does with "
            "its transform",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
            ],
            "broken_by": "mistakes/a_list",
        },
        {
            "text": "it gives a float32 tensor (1, H, W)",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
            ],
            "broken_by": "mistakes/float64",
        },
        {
            "text": "each pixel in 0…1, minus mean, divided by std",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
            ],
            "broken_by": "mistakes/multiplied",
        },
    ],
}
