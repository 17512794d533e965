"""Hidden checks of 2-data, first part: the data set on disk, and one sample of it.

No check here depends on chance: a right answer always passes. The files are numbered in the
order of the notebook, for those who read them: points depend on no order.
"""

import numpy as np
import torch

from autograder.checks import (
    check,
    define,
    expect,
    fetch,
    hints,
    number_of,
    require,
    tools,
)

MNIST_ON_DISK = tools(__file__, "mnist_on_disk")
PICTURES = tools(__file__, "pictures")

PARTS = {True: "train", False: "t10k"}


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
        hint="Is the data set returned, as datasets.MNIST makes it?",
    )
    return code, got, asked


@check("load_mnist", weight=3, part="idea")
def test_reads_the_part_that_is_asked_for(student, rng):
    for train in (True, False):
        files = draw_files(rng, rng.integer(5, 8), rng.integer(8, 12))
        _, got, _ = loaded(student, train, files, draw_files(rng, 3, 4))
        expect(
            got["labels"],
            labels_of(files, train),
            name=f"The tensor of the labels in load_mnist(root, train={train})",
            hint="Are both arguments passed on: the folder root, and train as it is given?",
        )


@check("load_mnist", part="contract")
def test_reads_all_digits_of_a_part(student, rng):
    files = draw_files(rng, 1, 1)
    count = rng.integer(10_100, 10_200)
    for part in PARTS.values():
        del files[f"{part}-images-idx3-ubyte"]
        files[f"{part}-labels-idx1-ubyte"] = rng.labels(count).numpy().astype(np.uint8)
    black = {f"{part}-images-idx3-ubyte": count for part in PARTS.values()}
    _, got, _ = loaded(student, True, files, draw_files(rng, 3, 4), black)
    expect(
        got["labels"],
        labels_of(files, part_read(got)),
        name=f"With {count:,} digits on disk, the tensor of the labels in load_mnist(root, True)",
        hint="How many digits are in the files, and how many in the data set?",
    )


def expect_images(student, rng, **tolerance):
    """Compares the images of both parts with the pictures on disk."""
    for train in (False, True):
        files = draw_files(rng, *rng.shuffled((4, rng.integer(5, 7))))
        code, got, _ = loaded(student, train, files, draw_files(rng, 2, 3))
        pixels = torch.from_numpy(files[f"{PARTS[part_read(got)]}-images-idx3-ubyte"])
        expect_pixels(code.images(got["dataset"]), pixels, train, **tolerance)


def expect_pixels(images, pixels, train, **tolerance):
    with hints(
        length="Which part of the data set is it, training or test?",
        type="What turns a picture into a tensor when it is taken out of the data set?",
        shape="Does an image have an axis for the channel, and the rows and columns of its "
        "picture?",
        dtype="Which dtype do the numbers of an image have?",
        values="Black is 0 and white is 1. What are they in your images?",
    ):
        expect(
            images,
            list((pixels.to(torch.float32) / 255).unsqueeze(1)),
            name=f"The list of all images of load_mnist(root, train={train})",
            **tolerance,
        )


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
        expect(
            code.labels(got["dataset"]),
            labels_of(files, part_read(got)).tolist(),
            name="The list of the labels in the pairs dataset[i]",
            hint="Is each label an int, as datasets.MNIST gives it?",
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
        # A wrong part or wrong images cost their points elsewhere, if they come always.
        expect(
            got["labels"],
            labels_of(on_the_net, part_read(usual)),
            name=f"Where {where}, the tensor of the labels in load_mnist(root, train={train})",
            hint="What does your function give after a download: the same as without one?",
        )
        images = code.images(usual["dataset"])
        if all(isinstance(image, torch.Tensor) for image in images):
            expect(
                code.images(got["dataset"]),
                images,
                name=f"Where {where}, the list of all images of load_mnist(root, train={train})",
                hint="What does your function give after a download: the same as without one?",
            )


@check("load_mnist", part="contract")
def test_downloads_nothing_where_the_files_are_there(student, rng):
    files = draw_files(rng, 5, 6)
    _, got, asked = loaded(student, True, files, draw_files(rng, 7, 8))
    require(
        asked == [],
        "load_mnist downloads although the files are there.",
        hint="In which folder does torchvision look for the files?",
    )
    wanted = labels_of(files, part_read(got))
    expect(got["labels"], wanted, name="The tensor of the labels on disk")


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
                hint="Does it return them all, or print them?",
            )
            yield got, about(drawn, index)


def as_numbers(values):
    """Numbers of whatever type as floats; what stands for none as it is."""
    numbers = [number_of(value) for value in values]
    return [v if n is None else n for v, n in zip(values, numbers, strict=True)]


# The last digits have a check of their own.
ROUGHLY = {"rtol": 0.02, "atol": 0.02}


@check("sample_info", weight=2, part="idea")
def test_tells_shape_and_dtype_of_the_image(student, rng):
    for got, right in answers_and_rights(student, rng, two_sets(rng)):
        expect(
            got[:2],
            right[:2],
            name="The pair of shape and dtype",
            hint="Are they those of the image that dataset[index] gives, or of something else?",
        )


@check("sample_info", weight=2, part="idea")
def test_tells_the_lowest_and_the_highest_value(student, rng):
    # On both sides of 0, all above it and all below it.
    shifts = (rng.uniform(-2, -1), rng.uniform(1, 2), rng.uniform(-6, -5))
    sets = [draw_pictures(rng, grey(rng), torch.float32, shift=shift) for shift in shifts]
    for got, right in answers_and_rights(student, rng, sets):
        expect(
            as_numbers(got[2:4]),
            right[2:4],
            name="The pair of lowest and highest value",
            hint="The lowest comes first. Are they those of the whole image that dataset[index] "
            "gives?",
            **ROUGHLY,
        )


@check("sample_info", part="idea")
def test_tells_the_label(student, rng):
    for got, right in answers_and_rights(student, rng, two_sets(rng)):
        expect(
            as_numbers(got[4:5]),
            [float(right[4])],
            name="The list of the label, the last of the five,",
            hint="Is it the second part of dataset[index]?",
        )


@check("sample_info", part="contract")
def test_takes_images_of_any_shape(student, rng):
    shapes = (3, *grey(rng)), (rng.integer(5, 9),), (3, 2, *grey(rng))
    sets = [draw_pictures(rng, shape, torch.float32) for shape in shapes]
    for got, right in answers_and_rights(student, rng, sets):
        told = f"For an image of shape {tuple(right[0])},"
        expect(got[0], right[0], name=f"{told} the shape")
        expect(
            as_numbers(got[2:5]),
            [float(number) for number in right[2:]],
            name=f"{told} the list of lowest value, highest value and label",
            hint="An image may have several channels. Are all of its numbers looked at?",
            **ROUGHLY,
        )


@check("sample_info", weight=2, part="contract")
def test_gives_five_things_and_plain_numbers(student, rng):
    grey_ones = draw_pictures(rng, grey(rng), torch.float32)
    for got, right in answers_and_rights(student, rng, [grey_ones]):
        require(
            len(got) == 5,
            "sample_info(dataset, index) gives more than five things.",
            hint="Which five does the text ask for?",
        )
        with hints(type="Is it a plain number, without a tensor around it?"):
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
        hint="Does it return them all, or print them?",
    )
    expect(got[0], images.shape[1:], name="The shape")
    expect(
        fetch(dataset.images),
        list(images),
        name="After sample_info, the list of the images in the data set",
        hint="Some methods of a tensor change it. Which of yours does?",
    )


@check("sample_info", part="details")
def test_numbers_are_exact(student, rng):
    # Small ones: rounded to a few digits they are others.
    grey_ones = draw_pictures(rng, grey(rng), torch.float32, unit=1e-3)
    for got, right in answers_and_rights(student, rng, [grey_ones]):
        expect(
            as_numbers(got[2:4]),
            right[2:4],
            name="The pair of lowest and highest value, to the last digit,",
            hint="Are they given as they are, or rounded?",
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
