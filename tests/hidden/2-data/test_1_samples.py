"""Hidden checks of 2-data, first part: the data set on disk, and one sample of it.

No check here depends on chance: a right answer always passes. The files are numbered in the
order of the notebook, for those who read them: points depend on no order.
"""

from functools import partial

import numpy as np
import torch

from autograder.checks import (
    alike,
    check,
    define,
    expect,
    fetch,
    hints,
    is_rounded,
    number_of,
    require,
    shown_by,
    tools,
)

MNIST_ON_DISK = tools(__file__, "mnist_on_disk")
PICTURES = tools(__file__, "pictures")

PARTS = {True: "train", False: "t10k"}

BEGIN_THERE = "If other checks of {} fail too, begin with those."
HOW_MANY = "How many digits are in the files, and how many in your data set?"
PRINTED = "Print the image after each of your lines. After which one is it another?"
ASKED_TWICE = (
    "Take out dataset[0] twice. What differs in its image, and which step makes it differ?"
)

FEWER_DIGITS = "These are the right numbers with fewer digits. Which step cuts the others off?"


# unneeded: it chooses a hint's words alone
FORM = {"atol": float("inf")}


def draw_files(rng, train_count, test_count):
    """MNIST's four files, by their names, with few digits in them, some of them dark."""
    files = {}
    for part, count in (("train", train_count), ("t10k", test_count)):
        brightness = np.linspace(0.4, 1, count).reshape(-1, 1, 1)
        pixels = rng.array(count, 28, 28, dtype=np.uint8) * brightness
        files[f"{part}-images-idx3-ubyte"] = pixels.astype(np.uint8)
        files[f"{part}-labels-idx1-ubyte"] = rng.labels(count).numpy().astype(np.uint8)
    return files


def labels_of(files, train):
    return torch.from_numpy(files[f"{PARTS[train]}-labels-idx1-ubyte"]).to(torch.int64)


def part_read(got):
    """Which part a data set is: to mix up the two costs its points once."""
    return bool(got["train"])


def loaded(student, train, there, on_the_net, black=None):
    """What load_mnist gave and what it asked the net for; the first is known to be an MNIST.

    What `train` was there, and whether the files were left alone, only tells mistakes apart.
    """
    code = define(student, MNIST_ON_DISK)
    _, asked, got = code.load(student.load_mnist, train, there, on_the_net, black)
    # unneeded: what a check asks of another object fails too, but this says why
    require(
        isinstance(got, dict),
        "load_mnist(root, train) did not return an object of torchvision's class MNIST.",
        hint="What does type(...) say of what your function returns?",
    )
    return code, got, asked


@check("load_mnist", weight=3, part="idea")
def test_reads_the_part_that_is_asked_for(student, rng):
    for train in (True, False):
        files = draw_files(rng, rng.integer(5, 8), rng.integer(8, 12))
        on_the_net = draw_files(rng, 3, 4)
        _, got, _ = loaded(student, train, files, on_the_net)
        expect(
            got["labels"],
            labels_of(files, train),
            name=f"The tensor of the labels in load_mnist(root, train={train})",
            hint=why_other_labels(got["labels"], files, train, on_the_net),
        )


def why_other_labels(labels, files, train, on_the_net):
    """The hint for other labels than those of a part on disk, by whose labels they are."""
    if alike(labels, labels_of(files, not train)):
        return "These are the labels of the other part. What does your function do with train?"
    if any(alike(labels, labels_of(on_the_net, part)) for part in PARTS):
        return "The files lie in root, but your digits come from a download. Why is there one?"
    return "Compare the labels in your data set with those in the files. Where do they differ?"


@check("load_mnist", part="contract")
def test_reads_all_digits_of_a_part(student, rng):
    files = draw_files(rng, 1, 1)
    count = rng.integer(10_100, 10_200)
    for part in PARTS.values():
        del files[f"{part}-images-idx3-ubyte"]
        files[f"{part}-labels-idx1-ubyte"] = rng.labels(count).numpy().astype(np.uint8)
    black = {f"{part}-images-idx3-ubyte": count for part in PARTS.values()}
    _, got, _ = loaded(student, True, files, draw_files(rng, 3, 4), black)
    with hints(shape=HOW_MANY, values="Has each digit the label that it has in the files?"):
        expect(
            got["labels"],
            labels_of(files, part_read(got)),
            name=f"With {count:,} digits on disk, the tensor of the labels in "
            "load_mnist(root, True)",
        )


def changing(code, loaded, images):
    """A trial of `shown_by`: whether a data set gives an image in another way the next time."""
    return lambda: code.images(loaded["dataset"]), images, ASKED_TWICE


def expect_images(student, rng, **tolerance):
    """Compares the images of both parts with the pictures on disk."""
    for train in (False, True):
        files = draw_files(rng, *rng.shuffled((4, rng.integer(5, 7))))
        code, got, _ = loaded(student, train, files, draw_files(rng, 2, 3))
        pixels = torch.from_numpy(files[f"{PARTS[part_read(got)]}-images-idx3-ubyte"])
        images = code.images(got["dataset"])
        expect_pixels(images, pixels, train, changing(code, got, images), **tolerance)


def expect_pixels(images, pixels, train, next_time, **tolerance):
    rights = list((pixels.to(torch.float32) / 255).unsqueeze(1))
    with hints(
        length=HOW_MANY,
        type="Look at type(dataset[0][0]). What turns a picture into a tensor?",
        shape="Which shape does the docstring name, and which has dataset[0][0]?",
        dtype="Which dtype does the docstring name, and which has dataset[0][0]?",
        values=lambda: shown_by(next_time, other=why_other_shades(images, rights)),
    ):
        expect(
            images,
            rights,
            name=f"The list of all images of load_mnist(root, train={train})",
            **tolerance,
        )


def why_other_shades(images, rights):
    """The hint for images with other values than these, by how they differ."""
    if alike(images, rights, **ROUGHLY):
        return "Nearly right. What does a pixel of 100 become, with all its digits?"
    pairs = [
        (image, right)
        for image, right in zip(images, rights, strict=False)
        if alike(image, right, **FORM)
    ]
    if any(image.min() < -0.02 or image.max() > 1.02 for image, _ in pairs):
        return "Some values lie outside 0…1. What are black and white in your images?"
    if any(image.max() > right.max() + 0.05 for image, right in pairs):
        return "A dark picture came out too bright. Which number is its brightest pixel in yours?"
    for image, right in pairs:
        in_order = image.flatten().sort().values, right.flatten().sort().values
        if alike(*in_order, **ROUGHLY) and not alike(image, right, **ROUGHLY):
            return "The numbers are right, but not their places. Where does row 0 lie in yours?"
    return "Compare a picture in the files with yours, pixel by pixel. Where do they differ?"


@check("load_mnist", weight=2, part="idea")
def test_images_are_tensors_from_0_to_1(student, rng):
    expect_images(student, rng, atol=0.02)


@check("load_mnist", part="details")
def test_shades_are_exact(student, rng):
    expect_images(student, rng)


@check("load_mnist", part="contract")
def test_labels_are_whole_numbers(student, rng):
    for train in (True, False):
        files = draw_files(rng, rng.integer(5, 7), 4)
        code, got, _ = loaded(student, train, files, draw_files(rng, 3, 4))
        with hints(
            length=HOW_MANY,
            type="The docstring asks for an int. What does type(dataset[0][1]) say?",
            values="Is dataset[i][1] the label that the digit has in the files?",
        ):
            expect(
                code.labels(got["dataset"]),
                labels_of(files, part_read(got)).tolist(),
                name="The list of the labels in the pairs dataset[i]",
            )


@check("load_mnist", part="contract")
def test_downloads_what_is_missing(student, rng):
    for train, broken_off in ((True, False), (False, False), (False, True)):
        on_the_net = draw_files(rng, 5, 6)
        there = dict(on_the_net) if broken_off else {}
        there.pop("t10k-labels-idx1-ubyte", None)
        where = "one of the four files is missing" if there else "there are no files"
        code, got, _ = loaded(student, train, there, on_the_net)
        _, usual, _ = loaded(student, train, on_the_net, on_the_net)
        always = alike(got["labels"], usual["labels"])
        # A wrong part or wrong images cost their points elsewhere, if they come always.
        expect(
            got["labels"],
            labels_of(on_the_net, part_read(usual)),
            name=f"Where {where}, the tensor of the labels in load_mnist(root, train={train})",
            hint=BEGIN_THERE.format("load_mnist") if always else AFTER_A_DOWNLOAD,
        )
        images = code.images(usual["dataset"])
        if all(isinstance(image, torch.Tensor) for image in images):
            next_time = changing(code, usual, images)
            form = dict.fromkeys(("length", "type", "shape", "dtype"), AFTER_A_DOWNLOAD)
            with hints(**form, values=partial(shown_by, next_time, other=AFTER_A_DOWNLOAD)):
                expect(
                    code.images(got["dataset"]),
                    images,
                    name=f"Where {where}, the list of all images of load_mnist(root, "
                    f"train={train})",
                )


AFTER_A_DOWNLOAD = "What does your function give after a download: the same as without one?"


@check("load_mnist", part="contract")
def test_downloads_nothing_where_the_files_are_there(student, rng):
    files = draw_files(rng, 5, 6)
    _, got, asked = loaded(student, True, files, draw_files(rng, 7, 8))
    wanted = labels_of(files, part_read(got))
    require(
        asked == [],
        "load_mnist downloads although the files are there.",
        hint="Your digits come from the files in root, and still some are fetched. By which line?"
        if alike(got["labels"], wanted)
        else "The files lie in root/MNIST/raw already. Why are your digits not read from there?",
    )
    expect(
        got["labels"],
        wanted,
        name="The tensor of the labels on disk",
        hint=BEGIN_THERE.format("load_mnist"),
    )


def draw_pictures(rng, shape, dtype, unit=1.0, shift=-1.0):
    """What Pictures is made of: few pictures, in another range than 0 to 1.

    Where they have channels, the lowest and the highest value are not in the first of them.
    """
    count = rng.integer(6, 10)
    data = rng.integers(0, 256, count, *shape).to(torch.float32)
    # Each picture is brighter than the one before: a neighbour's range is another one.
    brightness = torch.linspace(0.4, 1, count).reshape(-1, *[1] * len(shape))
    data = (data * brightness).to(torch.uint8)
    if len(shape) > 2:
        data[:, 0] = data[:, 0] // 8 + 48
    scale, shift = rng.uniform(2, 3) * unit, (shift + rng.uniform(-0.5, 0.5)) * unit
    names = [f"{i} - {rng.integer(100, 999)}" for i in range(10)]
    return data, rng.labels(count), names, scale, shift, dtype


def grey(rng):
    """The shape of a picture that is not square."""
    return rng.integer(5, 9), rng.integer(10, 14)


def two_sets(rng):
    """Grey pictures of three dtypes. No float32 holds the values of the second: what was cast on
    the way shows in more than the dtype."""
    yield draw_pictures(rng, grey(rng), torch.float32)
    # The lowest value is further from 0 than the highest.
    yield draw_pictures(rng, grey(rng), torch.float64, unit=1e39, shift=-2.0)
    yield draw_pictures(rng, grey(rng), torch.float16)


def about(drawn, index):
    """What sample_info should tell of such a picture."""
    data, targets, _, scale, shift, dtype = drawn
    image = data[index].to(dtype) / 255 * scale + shift
    shape = tuple(image.shape) if image.dim() != 2 else (1, *image.shape)
    return shape, dtype, image.min().item(), image.max().item(), int(targets[index])


WHICH_FIVE = "Which five things does the docstring ask for, and what does your function return?"


def answers_and_rights(student, rng, sets):
    """What sample_info tells of several samples of each set, beside what it should tell."""
    for drawn in sets:
        dataset = define(student, PICTURES).Pictures(*drawn)
        indices = (0, rng.integer(1, len(drawn[0])))
        # All are asked for before one is judged: which of them are wrong tells mistakes apart.
        answers = [fetch(student.sample_info(dataset, index)) for index in indices]
        for index, got in zip(indices, answers, strict=True):
            # unneeded: other things have no five parts to compare, but this says why
            require(
                isinstance(got, (tuple, list)) and len(got) >= 5,
                "sample_info(dataset, index) did not return five things.",
                hint=WHICH_FIVE,
            )
            yield got, about(drawn, index)


def as_numbers(values):
    """Numbers of whatever type as floats; what stands for none as it is."""
    numbers = [number_of(value) for value in values]
    return [v if n is None else n for v, n in zip(values, numbers, strict=True)]


# The last digits have a check of their own.
ROUGHLY = {"rtol": 0.02, "atol": 0.02}


def why_other_range(got, right):
    """The hint for another pair of lowest and highest value, by how it differs."""
    if alike(got, right, **ROUGHLY):
        return None
    if alike(got, right[::-1], **ROUGHLY):
        return "Both numbers are right. Which of them does the docstring name first?"
    if all(map(is_rounded, got, right)):
        return FEWER_DIGITS
    if all(isinstance(number, float) for number in got):
        if all(map(float.is_integer, got)) and not any(map(float.is_integer, right)):
            return "Your two numbers are whole, those of the image are not. Where are yours from?"
        below, above = (0.02 + 0.02 * abs(number) for number in right)
        if got[0] < right[0] - below or got[1] > right[1] + above:
            return "One of your numbers lies beyond all values of the image. Where is it from?"
        if got[0] > right[0] + below or got[1] < right[1] - above:
            return "The image has values beyond your two numbers. Which pixels are yours from?"
    return "Are they the lowest and the highest number of the image that dataset[index] gives?"


@check("sample_info", weight=2, part="idea")
def test_tells_shape_and_dtype_of_the_image(student, rng):
    for got, right in answers_and_rights(student, rng, two_sets(rng)):
        whose = "Are they those of the image that dataset[index] gives, or of something else?"
        with hints(
            type="Look at type(...) of both: are they a shape and a dtype themselves?",
            length=whose,
            values=whose,
        ):
            expect(got[:2], right[:2], name="The pair of shape and dtype")


@check("sample_info", weight=2, part="idea")
def test_tells_the_lowest_and_the_highest_value(student, rng):
    # On both sides of 0, all above it and all below it.
    shifts = (rng.uniform(-2, -1), rng.uniform(1, 2), rng.uniform(-6, -5))
    sets = [draw_pictures(rng, grey(rng), torch.float32, shift=shift) for shift in shifts]
    for got, right in answers_and_rights(student, rng, sets):
        numbers = as_numbers(got[2:4])
        with hints(
            type="Look at type(...) of each: is it one number for the whole image?",
            values=why_other_range(numbers, right[2:4]),
        ):
            expect(numbers, right[2:4], name="The pair of lowest and highest value", **ROUGHLY)


@check("sample_info", part="idea")
def test_tells_the_label(student, rng):
    for got, right in answers_and_rights(student, rng, two_sets(rng)):
        with hints(
            type="The docstring asks for an int. What does type(...) say of your label?",
            values="Try the indices 0 and 1 and the last one. Which label has dataset[index], and "
            "which do you tell?",
        ):
            expect(
                as_numbers(got[4:5]),
                [float(right[4])],
                name="The list of the label, the last of the five,",
            )


@check("sample_info", part="contract")
def test_takes_images_of_any_shape(student, rng):
    shapes = (3, *grey(rng)), (rng.integer(5, 9),), (3, 2, *grey(rng))
    sets = [draw_pictures(rng, shape, torch.float32) for shape in shapes]
    for got, right in answers_and_rights(student, rng, sets):
        told = f"For an image of shape {tuple(right[0])},"
        begin = BEGIN_THERE.format("sample_info")
        expect(
            got[0],
            right[0],
            name=f"{told} the shape",
            hint=f"Which shape has dataset[index][0] here, and which one do you tell? {begin}",
        )
        numbers = as_numbers(got[2:5])
        why = why_other_range(numbers[:2], right[2:4])
        with hints(
            type=f"Look at type(...) of each for this shape: is it one number? {begin}",
            values=f"{why} {begin}" if why else begin,
        ):
            expect(
                numbers,
                [float(number) for number in right[2:]],
                name=f"{told} the list of lowest value, highest value and label",
                **ROUGHLY,
            )


@check("sample_info", weight=2, part="contract")
def test_gives_five_things_and_plain_numbers(student, rng):
    grey_ones = draw_pictures(rng, grey(rng), torch.float32)
    for got, right in answers_and_rights(student, rng, [grey_ones]):
        require(
            len(got) == 5,
            "sample_info(dataset, index) gives more than five things.",
            hint="Which five does the docstring ask for?",
        )
        with hints(
            type="What does type(...) say of it? The docstring asks for two floats and an int.",
            values=BEGIN_THERE.format("sample_info"),
        ):
            expect(
                got[2:5],
                right[2:],
                name="The list of lowest value, highest value and label",
                **ROUGHLY,
            )


@check("sample_info", part="contract")
def test_changes_no_image(student, rng):
    images, labels = rng.tensor(3, 1, *grey(rng)), rng.labels(3)
    dataset = define(student, PICTURES).Kept(images, labels)
    got = fetch(student.sample_info(dataset, 1))
    # unneeded: other things have no shape to compare, but this says why
    require(
        isinstance(got, (tuple, list)) and len(got) >= 5,
        "sample_info(dataset, index) did not return five things.",
        hint=WHICH_FIVE,
    )
    expect(
        got[0],
        images.shape[1:],
        name="The shape",
        hint=BEGIN_THERE.format("sample_info"),
    )
    expect(
        fetch(dataset.images),
        list(images),
        name="After sample_info, the list of the images in the data set",
        hint=PRINTED,
    )


@check("sample_info", part="details")
def test_numbers_are_exact(student, rng):
    # Small ones: rounded to a few digits they are others.
    grey_ones = draw_pictures(rng, grey(rng), torch.float32, unit=1e-3)
    for got, right in answers_and_rights(student, rng, [grey_ones]):
        numbers = as_numbers(got[2:4])
        with hints(
            values=FEWER_DIGITS
            if all(map(is_rounded, numbers, right[2:4]))
            else "Try an image with values around 0.001. Are your two among them?"
        ):
            expect(
                numbers,
                right[2:4],
                name="The pair of lowest and highest value, to the last digit,",
                rtol=1e-5,
                atol=0.0,
            )


CLAUSES = {
    "load_mnist": [
        {
            "text": "The handwritten digits of MNIST",
            "checks": ["test_reads_all_digits_of_a_part"],
            "broken_by": "mistakes/first_five_thousand",
        },
        {
            "text": "with images as tensors.",
            "why_none": "the field returns says it in full",
        },
        {
            "text": "the folder, a str; torchvision keeps its files in root/MNIST/raw",
            "checks": [
                "test_reads_the_part_that_is_asked_for",
                "test_reads_all_digits_of_a_part",
                "test_images_are_tensors_from_0_to_1",
                "test_shades_are_exact",
                "test_labels_are_whole_numbers",
                "test_downloads_what_is_missing",
                "test_downloads_nothing_where_the_files_are_there",
            ],
            "broken_by": "mistakes/folder_too_deep",
        },
        {
            "text": "True for the training digits, False for the test digits",
            "checks": ["test_reads_the_part_that_is_asked_for"],
            "broken_by": "mistakes/always_training",
        },
        {
            "text": "torchvision's datasets.MNIST",
            "checks": [
                "test_reads_the_part_that_is_asked_for",
                "test_reads_all_digits_of_a_part",
                "test_images_are_tensors_from_0_to_1",
                "test_shades_are_exact",
                "test_labels_are_whole_numbers",
                "test_downloads_what_is_missing",
                "test_downloads_nothing_where_the_files_are_there",
            ],
            "broken_by": "mistakes/both_parts",
        },
        {
            "text": "dataset[i] gives an image, float32 of shape (1, 28, 28)",
            "checks": ["test_images_are_tensors_from_0_to_1", "test_shades_are_exact"],
            "broken_by": "mistakes/no_transform",
        },
        {
            "text": "with values 0…1",
            "checks": ["test_images_are_tensors_from_0_to_1", "test_shades_are_exact"],
            "broken_by": "mistakes/divided_by_256",
        },
        {
            "text": "and its label, an int",
            "checks": ["test_labels_are_whole_numbers"],
            "broken_by": "mistakes/labels_as_tensors",
        },
        {
            "text": "nothing if the files are there",
            "checks": ["test_downloads_nothing_where_the_files_are_there"],
            "broken_by": "mistakes/fetched_into_a_second_folder",
        },
        {
            "text": "else torchvision downloads them",
            "checks": ["test_downloads_what_is_missing"],
            "broken_by": "mistakes/no_download",
        },
    ],
    "sample_info": [
        {
            "text": "What a sample of a data set is.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "dataset[index] gives an image",
            "checks": [
                "test_tells_shape_and_dtype_of_the_image",
                "test_tells_the_lowest_and_the_highest_value",
                "test_tells_the_label",
                "test_takes_images_of_any_shape",
                "test_gives_five_things_and_plain_numbers",
                "test_changes_no_image",
                "test_numbers_are_exact",
            ],
            "broken_by": "mistakes/raw_storage_scaled",
        },
        {
            "text": "a float tensor of any shape",
            "checks": ["test_takes_images_of_any_shape"],
            "broken_by": "mistakes/first_channel_only",
        },
        {
            "text": "and its label, an int",
            "why_none": "what the label is shows in what is returned",
        },
        {
            "text": "which sample, 0 or more",
            "checks": [
                "test_tells_the_lowest_and_the_highest_value",
                "test_tells_the_label",
                "test_takes_images_of_any_shape",
                "test_gives_five_things_and_plain_numbers",
                "test_numbers_are_exact",
            ],
            "broken_by": "mistakes/first_sample_never_asked_for",
        },
        {
            "text": "a tuple (shape, dtype, lowest, highest, label)",
            "checks": ["test_gives_five_things_and_plain_numbers"],
            "broken_by": "mistakes/mean_as_well",
        },
        {
            "text": "shape and dtype of the image",
            "checks": ["test_tells_shape_and_dtype_of_the_image"],
            "broken_by": "mistakes/dtype_by_heart",
        },
        {
            "text": "its lowest and highest value as floats",
            "checks": ["test_gives_five_things_and_plain_numbers", "test_numbers_are_exact"],
            "broken_by": "mistakes/rounded",
        },
        {
            "text": "the label as an int",
            "checks": ["test_gives_five_things_and_plain_numbers"],
            "broken_by": "mistakes/label_as_a_float",
        },
        {
            "text": "NumPy's numbers will do",
            "allowed_by": "variants/numbers_of_numpy",
        },
        {
            "text": "tensors will not",
            "checks": ["test_gives_five_things_and_plain_numbers"],
            "broken_by": "mistakes/tensors_instead_of_numbers",
        },
        {
            "text": "nothing",
            "checks": ["test_changes_no_image"],
            "broken_by": "mistakes/clamped_in_place",
        },
    ],
}
