"""Hidden checks of 2-data, stretch: mean and spread of the pixels, and the transform made of them.

No check here depends on chance.
"""

import numpy as np
import torch

from autograder.checks import (
    alike,
    check,
    define,
    expect,
    fairly,
    fetch,
    hints,
    number_of,
    require,
    shown_by,
    tools,
)

PICTURES = tools(__file__, "pictures")
IMAGES = tools(__file__, "plain_images")
# Right versions of what mean_and_std may call.
RIGHT = tools(__file__, "right_loaders", "right_count_samples")

BEGIN_THERE = "If other checks of {} fail too, begin with those."


def draw_pictures(rng, count):
    """What Pictures is made of: pictures brighter and richer from one to the next.

    So neither the mean of the batches' means nor that of the pictures' spreads is right. The mean
    lies well below 0: near 0 the root of the mean square would be the deviation.
    """
    shape = (rng.integer(3, 5), rng.integer(5, 7))
    brightness = torch.linspace(20, 255, count).reshape(-1, 1, 1)
    data = rng.integers(0, 256, count, *shape).to(torch.float32) / 256 * brightness
    names = [str(label) for label in range(10)]
    labels, scale, shift = rng.labels(count), rng.uniform(2, 3), rng.uniform(-1.65, -1.4)
    return data.to(torch.uint8), labels, names, scale, shift


def two_numbers(result):
    """Both results as floats, whatever type of number they have."""
    # unneeded: other things have no two numbers to compare, but this says why
    require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "mean_and_std(dataset) did not return two numbers.",
        hint="The docstring asks for (mean, std). What does your function return?",
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


def expect_of_all_pixels(student, drawn, ask, part, name):
    """Compares one of the two numbers that `ask` gets for these pictures."""

    def look():
        answer, wanted = two_numbers(ask(student, drawn)), right(drawn)
        why = why_other_std if part else why_other_mean
        with hints(type=ONE_NUMBER, values=lambda: why(student, answer, *wanted)):
            expect(answer[part], wanted[part], name=name, **ROUGHLY)

    fairly(student, RIGHT, look)


ONE_NUMBER = "One number for all images is asked for. What does type(...) say of yours?"


def of_few(student):
    """The two numbers for three images of two pixels, in one batch; None for what is no number.

    The mean of the labels is another one. The middle of the pixels, the mean of the lowest and the
    highest, the spread of the images' means and the mean of their spreads are others, too.
    """
    images = torch.tensor([0.0, 0.0, 1.0, 3.0, 2.0, 6.0]).reshape(3, 1, 1, 2)
    data = define(student, PICTURES).Kept(images, torch.tensor([9, 9, 9]), list("0123456789"))
    got = fetch(student.mean_and_std(data))
    is_pair = isinstance(got, (tuple, list)) and len(got) == 2
    return [number_of(number) for number in got] if is_pair else [None, None]


def std_of_few_is_right(student):
    std = of_few(student)[1]
    return std is not None and 2.05 < std < 2.3


BY_HAND = "Try three images of two pixels: 0 and 0, 1 and 3, 2 and 6."
MEAN_BY_HAND = f"{BY_HAND} By hand the mean is 2. What does your function give?"


def why_other_mean(student, answer, mean, std):
    """The hint for another mean than this, by what it is."""
    if alike(answer, [std, mean], **ROUGHLY):
        return "Both numbers are right. Which of them does the docstring name first?"
    many_images = (
        "For a few images your mean is right. Which ones count if there are many, and how much "
        "does each?"
    )
    return shown_by((lambda: of_few(student)[0], 2.0, MEAN_BY_HAND), other=many_images)


def why_other_std(student, answer, mean, std):
    """The hint for another standard deviation than this, by what it is."""
    if alike(answer, [std, mean], **ROUGHLY):
        return "Both numbers are right. Which of them does the docstring name first?"
    if not alike(answer[0], mean, **ROUGHLY):
        many_images = (
            "With so many images your mean is another too. Which ones count, and how much does "
            "each?"
        )
        return shown_by((lambda: of_few(student)[0], 2.0, MEAN_BY_HAND), other=many_images)
    if alike(answer[1], std**2, **CLOSE):
        return "This is the variance. How does a standard deviation come from it?"
    if alike(answer[1], (mean**2 + std**2) ** 0.5, **CLOSE):
        return "This is how far pixels are from 0. From what should it be measured?"
    by_hand = f"{BY_HAND} By hand std is 2.08, or 2.28 with one less. What does your function give?"
    rest = (
        "For a few images your std is right. If there are many, from which mean is the distance "
        "of each pixel taken?"
    )
    return shown_by((lambda: std_of_few_is_right(student), True, by_hand), other=rest)


@check("mean_and_std", weight=2, part="idea")
def test_mean_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        draw_pictures(rng, many(rng)),
        of_pictures,
        0,
        "The mean, the first of the two,",
    )


@check("mean_and_std", weight=2, part="idea")
def test_std_is_over_all_pixels(student, rng):
    expect_of_all_pixels(
        student,
        draw_pictures(rng, very_many(rng)),
        of_kept,
        1,
        "The standard deviation, the second of the two,",
    )


@check("mean_and_std", part="contract")
def test_gives_two_floats(student, rng):
    drawn = draw_pictures(rng, rng.integer(150, 200))

    def look():
        got = of_pictures(student, drawn)
        mean, std = right(drawn)
        _, given = two_numbers(got)
        with hints(
            type="Which type has each number? Two plain floats are asked for.",
            values=BEGIN_THERE.format("mean_and_std"),
        ):
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
        with hints(type=ONE_NUMBER, values=BEGIN_THERE.format("mean_and_std")):
            expect(mean, images.mean().item(), name="The mean, the first of the two,", **ROUGHLY)
        expect(
            fetch(dataset.images),
            list(images),
            name="After mean_and_std, the list of the images in the data set",
            hint="Print an image after each of your lines. After which one is it another?",
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
        numbers = two_numbers(answers[0])
        short = all(isinstance(one, float) and one == round(one, 5) for one in numbers)
        with hints(
            type=ONE_NUMBER,
            values="Your numbers end after a few digits. Which line cuts them off?"
            if short
            else BEGIN_THERE.format("mean_and_std")
            if not alike(numbers, right(few), rtol=0.1, atol=0.0)
            else "Change a pixel of the first image, then one of the last. Do your numbers change?",
        ):
            expect(numbers, right(few), name="For few images, mean_and_std(dataset)", **CLOSE)
        with hints(
            type=ONE_NUMBER,
            values="How much does an image at the start of the data set count, and how much one "
            "at the end?",
        ):
            expect(
                two_numbers(answers[1]),
                right(drawn),
                name="For many images, mean_and_std(dataset)",
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


NEAR = {"rtol": 0.02, "atol": 0.02}


def all_pixels(images, rights):
    return [pixels_of(image, like) for image, like in zip(images, rights, strict=True)]


def expect_normalized(actual, arrays, scale, hint):
    """Compares the pixels, whatever the form of the images is."""
    rights = [expected(array, *scale) for array in arrays]
    with hints(
        type="What does type(...) say of what the transform gives for one picture?",
        shape="Which shape has the picture, and which has what comes out?",
        values=hint,
    ):
        expect(
            all_pixels(actual, rights),
            rights,
            name="After normalized(mean, std), the list of the images",
            **NEAR,
        )


@check("normalized", weight=2, part="idea")
def test_brings_pictures_to_mean_0_and_spread_1(student, rng):
    code, arrays, scale = define(student, IMAGES), draw_arrays(rng, 3), draw_scale(rng)
    expect_normalized(
        code.transformed(student.normalized(*scale), arrays),
        arrays,
        scale,
        hint=lambda: shown_by((lambda: of_one_pixel(student), -1.2, ONE_PIXEL), other=MORE_PIXELS),
    )


ONE_PIXEL = (
    "Take a picture of one pixel, 51, with mean 0.5 and std 0.25. What should come out, and what "
    "does?"
)
MORE_PIXELS = (
    "A picture of one pixel comes out right. Take one of two rows: which pixel comes out where, "
    "and as which number?"
)


def of_one_pixel(student):
    """The number that one pixel of 51 becomes, with a mean of 0.5 and a deviation of 0.25."""
    pixel = np.full((1, 1), 51, dtype=np.uint8)
    (image,) = define(student, IMAGES).transformed(student.normalized(0.5, 0.25), [pixel])
    is_one = isinstance(image, np.ndarray) and image.size == 1
    return number_of(image.item() if is_one else image)


@check("normalized", part="contract")
def test_each_transform_keeps_its_own_mean_and_std(student, rng):
    code, arrays = define(student, IMAGES), draw_arrays(rng, 2)
    scales = [draw_scale(rng), draw_scale(rng)]
    transforms = [student.normalized(*scale) for scale in scales]
    # All are asked before one is judged.
    images = [code.transformed(transform, arrays) for transform in transforms]
    for got, scale, other in zip(images, scales, scales[::-1], strict=True):
        others = [expected(array, *other) for array in arrays]
        hint = (
            "Two transforms were made, and one uses the numbers of the other. Where are they kept?"
            if alike(all_pixels(got, others), others, **NEAR)
            else BEGIN_THERE.format("normalized")
        )
        expect_normalized(got, arrays, scale, hint)


@check("normalized", part="contract")
def test_gives_exact_float32_images_with_a_channel(student, rng):
    code, arrays, scale = define(student, IMAGES), draw_arrays(rng, 2), draw_scale(rng)
    images = code.transformed(student.normalized(*scale), arrays)
    rights = [expected(array, *scale) for array in arrays]
    # Of pictures that are all nearly one grey.
    flat = rng.uniform(0.4, 0.6), rng.uniform(0.0005, 0.001)
    of_flat = code.transformed(student.normalized(*flat), arrays)
    rights_of_flat = [expected(array, *flat) for array in arrays]
    with hints(
        type="What does type(...) say of what the transform gives for one picture?",
        shape="Which shape does the docstring name, and which comes out of yours?",
        dtype="Which dtype does the docstring name, and which comes out of yours?",
        values="These are nearly right. With mean 0 and std 1, what does a pixel of 100 become, "
        "with all its digits?"
        if alike(images, rights, **NEAR)
        else BEGIN_THERE.format("normalized"),
    ):
        expect(
            images,
            rights,
            name="After normalized(mean, std), the list of the images, to the last digit,",
            rtol=1e-4,
            atol=1e-4,
        )
    with hints(
        values="Here std is below 0.001. By which number, with all its digits, is each pixel "
        "divided?"
    ):
        expect(
            of_flat,
            rights_of_flat,
            name="For a std below 0.001, the list of the images",
            rtol=1e-3,
            atol=1e-3,
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
