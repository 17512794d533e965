"""Hidden checks of 2-data, stretch: mean and spread of the pixels, and the transform made of them.

No check here depends on chance.
"""

import numpy as np
import torch

from autograder.checks import (
    check,
    define,
    expect,
    fairly,
    fetch,
    hints,
    number_of,
    require,
    tools,
)

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
    # unneeded: other things have no two numbers to compare, but this says why
    require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "mean_and_std(dataset) did not return two numbers.",
        hint="Does it return them, or print them?",
    )
    numbers = [number_of(value) for value in result]
    return [v if n is None else n for v, n in zip(result, numbers, strict=True)]


def right(drawn):
    """Mean and standard deviation of all pixels of these pictures."""
    data, _, _, scale, shift = drawn
    pixels = data.to(torch.float64) / 255 * scale + shift
    return pixels.mean().item(), pixels.std().item()


# A batch of 64 more or less is a larger part of so many pictures, the last digits a smaller one.
ROUGHLY = {"rtol": 0.015, "atol": 0.0}
CLOSE = {"rtol": 2e-3, "atol": 0.0}


def many(rng):
    """How many pictures: little more than whole batches of 64, of 100 and of 200. So the mean of
    the batches' means is far from right, as the last batch is short and bright."""
    return rng.integer(1601, 1603)


def very_many(rng):
    """How many pictures: the first 10,000 are clearly darker than all of them."""
    return rng.integer(12_501, 12_550)


def of_pictures(student, drawn):
    """What mean_and_std gives for a data set of these pictures."""
    return fetch(student.mean_and_std(define(student, PICTURES).Pictures(*drawn)))


def of_kept(student, drawn):
    """The same of a data set that has its images ready: many of them cost little time."""
    data, labels, names, scale, shift = drawn
    images = data.unsqueeze(1).to(torch.float32) / 255 * scale + shift
    return fetch(student.mean_and_std(define(student, PICTURES).Kept(images, labels, names)))


def expect_of_all_pixels(student, drawn, ask, part, name, hint):
    """Compares one of the two numbers that `ask` gets for these pictures."""

    def look():
        answer = two_numbers(ask(student, drawn))
        expect(answer[part], right(drawn)[part], name=name, hint=hint, **ROUGHLY)

    fairly(student, RIGHT, look)


@check("mean_and_std", weight=2, part="idea")
def test_mean_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        draw_pictures(rng, many(rng)),
        of_pictures,
        0,
        "The mean, the first of the two,",
        hint="Does every pixel of every image count once, as dataset[index] gives it?",
    )


@check("mean_and_std", weight=2, part="idea")
def test_std_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        draw_pictures(rng, very_many(rng)),
        of_kept,
        1,
        "The standard deviation, the second of the two,",
        hint="Images differ from one another too. Is it the deviation of all pixels together?",
    )


@check("mean_and_std", part="contract")
def test_gives_two_floats(student, rng):
    drawn = draw_pictures(rng, rng.integer(150, 200))

    def look():
        got = of_pictures(student, drawn)
        mean, std = right(drawn)
        _, given = two_numbers(got)
        with hints(type="Which type has each number? Two plain floats are asked for."):
            # The deviation is any number: its size costs its points elsewhere.
            wanted = (mean, given if isinstance(given, float) else std)
            expect(got, wanted, name="mean_and_std(dataset)", **ROUGHLY)

    fairly(student, RIGHT, look)


@check("mean_and_std", part="contract")
def test_leaves_the_images_as_they_are(student, rng):
    images, labels = rng.tensor(100, 1, 4, 6) + 1, rng.labels(100)

    def look():
        dataset = define(student, PICTURES).Kept(images, labels)
        mean, _ = two_numbers(fetch(student.mean_and_std(dataset)))
        expect(mean, images.mean().item(), name="The mean, the first of the two,", **ROUGHLY)
        expect(
            fetch(dataset.images),
            list(images),
            name="After mean_and_std, the list of the images in the data set",
            hint="Some methods of a tensor change it. Which of yours does?",
        )

    fairly(student, RIGHT, look)


@check("mean_and_std", part="details")
def test_every_image_counts(student, rng):
    # So few that a single one shows, and with numbers so small that rounding shows.
    data, labels, names, scale, shift = draw_pictures(rng, rng.integer(40, 50))
    few = data, labels, names, scale / 100, shift / 100
    # Many: a short last batch counts too much where batches count the same.
    drawn = draw_pictures(rng, many(rng))

    def look():
        answers = of_pictures(student, few), of_kept(student, drawn)
        expect(
            two_numbers(answers[0]),
            right(few),
            name="For few images, mean_and_std(dataset)",
            hint="Is each image counted, and are the numbers given as they are?",
            **CLOSE,
        )
        expect(
            two_numbers(answers[1]),
            right(drawn),
            name="For many images, mean_and_std(dataset)",
            hint="Does each image count the same, wherever it is in the data set?",
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


def pixels_of(image, like):
    """The pixels of an image, in a tensor of the form that is asked for if they fit in."""
    if isinstance(image, np.ndarray):
        image = torch.from_numpy(image)
    fits = isinstance(image, torch.Tensor) and image.numel() == like.numel()
    return image.detach().to(torch.float32).reshape(like.shape) if fits else image


def expect_normalized(actual, arrays, scale):
    """Compares the pixels, whatever the form of the images is."""
    rights = [expected(array, *scale) for array in arrays]
    with hints(
        type="What comes out of the transform for one picture?",
        shape="How many channels has a grey picture?",
        values="First 0 to 1, then the mean off, then divided by std. Which step differs?",
    ):
        expect(
            [pixels_of(image, like) for image, like in zip(actual, rights, strict=True)],
            rights,
            name="After normalized(mean, std), the list of the images",
            rtol=0.02,
            atol=0.02,
        )


@check("normalized", weight=2, part="idea")
def test_brings_pictures_to_mean_0_and_spread_1(student, rng):
    code, arrays, scale = define(student, IMAGES), draw_arrays(rng, 3), draw_scale(rng)
    expect_normalized(code.transformed(student.normalized(*scale), arrays), arrays, scale)


@check("normalized", part="contract")
def test_each_transform_keeps_its_own_mean_and_std(student, rng):
    code, arrays = define(student, IMAGES), draw_arrays(rng, 2)
    scales = [draw_scale(rng), draw_scale(rng)]
    transforms = [student.normalized(*scale) for scale in scales]
    # All are asked before one is judged.
    images = [code.transformed(transform, arrays) for transform in transforms]
    for got, scale in zip(images, scales, strict=True):
        expect_normalized(got, arrays, scale)


@check("normalized", part="contract")
def test_gives_exact_float32_images_with_a_channel(student, rng):
    code, arrays, scale = define(student, IMAGES), draw_arrays(rng, 2), draw_scale(rng)
    with hints(
        type="What comes out of the transform for one picture?",
        shape="Is the axis for the channel there?",
        dtype="Which dtype do our networks compute with?",
        values="Black is 0 and white is 1 before the mean is taken off. Are they in yours?",
    ):
        expect(
            code.transformed(student.normalized(*scale), arrays),
            [expected(array, *scale) for array in arrays],
            name="After normalized(mean, std), the list of the images, to the last digit,",
            rtol=1e-4,
            atol=1e-4,
        )


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
                "test_leaves_the_images_as_they_are",
                "test_every_image_counts",
            ],
            "broken_by": "mistakes/labels_too",
        },
        {
            "text": "a tuple (mean, std)",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
                "test_leaves_the_images_as_they_are",
                "test_every_image_counts",
            ],
            "broken_by": "mistakes/deviation_first",
        },
        {
            "text": "of floats",
            "checks": ["test_gives_two_floats"],
            "broken_by": "mistakes/tensors",
        },
        {
            "text": "Python's or NumPy's",
            "allowed_by": "variants/numpy",
        },
        {
            "text": "over all pixels of all images",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
                "test_every_image_counts",
            ],
            "broken_by": "mistakes/last_image_left_out",
        },
        {
            "text": "as dataset[i] gives them",
            "checks": [
                "test_mean_is_over_all_pixels",
                "test_std_is_over_all_pixels",
                "test_gives_two_floats",
                "test_leaves_the_images_as_they_are",
                "test_every_image_counts",
            ],
            "broken_by": "mistakes/storage_by_255",
        },
        {
            "text": "the variance may be divided by the number of pixels or by one less",
            "allowed_by": "variants/added_up",
        },
        {
            "text": "nothing",
            "checks": ["test_leaves_the_images_as_they_are"],
            "broken_by": "mistakes/images_moved_in_place",
        },
    ],
    "normalized": [
        {
            "text": "A transform: first a tensor, then normalised",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
                "test_gives_exact_float32_images_with_a_channel",
            ],
            "broken_by": "mistakes/to_tensor_only",
        },
        {
            "text": "floats, of the pixels after ToTensor, such as mean_and_std gives",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
                "test_gives_exact_float32_images_with_a_channel",
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
                "test_gives_exact_float32_images_with_a_channel",
            ],
            "broken_by": "mistakes/a_list",
        },
        {
            "text": "it gives a float32 tensor (1, H, W)",
            "checks": ["test_gives_exact_float32_images_with_a_channel"],
            "broken_by": "mistakes/float64",
        },
        {
            "text": "each pixel in 0…1, minus mean, divided by std",
            "checks": [
                "test_brings_pictures_to_mean_0_and_spread_1",
                "test_each_transform_keeps_its_own_mean_and_std",
                "test_gives_exact_float32_images_with_a_channel",
            ],
            "broken_by": "mistakes/multiplied",
        },
    ],
}
