"""Hidden checks of 2-data, first part: the data set on disk, and one sample of it.

No check here depends on chance: a right answer always passes. The files are numbered in the
order of the notebook, for those who read them: points depend on no order.
"""

import numpy as np
import torch

from autograder.checks import check, define, expect, fetch, require, tools

MNIST_ON_DISK = tools(__file__, "mnist_on_disk")
PICTURES = tools(__file__, "pictures")

PARTS = {True: "train", False: "t10k"}


def draw_files(rng, train_count, test_count):
    """MNIST's four files, by their names, with few digits in them."""
    files = {}
    for part, count in (("train", train_count), ("t10k", test_count)):
        files[f"{part}-images-idx3-ubyte"] = rng.array(count, 28, 28, dtype=np.uint8)
        files[f"{part}-labels-idx1-ubyte"] = rng.labels(count).numpy().astype(np.uint8)
    return files


def labels_of(files, train):
    return files[f"{PARTS[train]}-labels-idx1-ubyte"].tolist()


def loaded(student, train, there, on_the_net):
    """What load_mnist gave and what it asked the net for; the first is known to be an MNIST.

    What `train` was there, and whether the files were left alone, only tells mistakes apart.
    """
    code = define(student, MNIST_ON_DISK)
    _, asked, got = code.load(student.load_mnist, train, there, on_the_net)
    # unneeded: what a check asks of another object fails too, but this says why
    require(
        isinstance(got, dict),
        "load_mnist(root, train) did not return an object of torchvision's class MNIST.",
        hint="Is the data set returned, as datasets.MNIST makes it?",
    )
    return code, got, asked


@check("load_mnist")
def test_reads_the_part_that_is_asked_for(student, rng):
    for train in (True, False):
        files = draw_files(rng, rng.integer(5, 8), rng.integer(8, 12))
        _, got, _ = loaded(student, train, files, draw_files(rng, 3, 4))
        expect(
            got["labels"],
            labels_of(files, train),
            name=f"The list of the labels in load_mnist(root, train={train})",
            hint="Are both arguments passed on: the folder root, and train as it is given?",
        )


@check("load_mnist")
def test_images_are_tensors_from_0_to_1(student, rng):
    files = draw_files(rng, 4, rng.integer(5, 7))
    code, got, _ = loaded(student, False, files, draw_files(rng, 3, 4))
    pixels = torch.from_numpy(files["t10k-images-idx3-ubyte"])
    expect(
        code.images(got["dataset"]),
        list((pixels.to(torch.float32) / 255).unsqueeze(1)),
        name="The list of all images",
        hint="What turns a picture into a tensor when it is taken out of the data set? Is it an "
        "object of that class?",
    )


@check("load_mnist")
def test_labels_are_whole_numbers(student, rng):
    files = draw_files(rng, rng.integer(5, 7), 4)
    code, got, _ = loaded(student, True, files, draw_files(rng, 3, 4))
    expect(
        code.labels(got["dataset"]),
        labels_of(files, True),
        name="The list of the labels in the pairs dataset[i]",
        hint="Is each label the plain int that datasets.MNIST gives?",
    )


@check("load_mnist")
def test_downloads_what_is_missing(student, rng):
    on_the_net = draw_files(rng, 5, 6)
    _, got, _ = loaded(student, True, {}, on_the_net)
    expect(got["labels"], labels_of(on_the_net, True), name="The list of the labels downloaded")


@check("load_mnist")
def test_downloads_nothing_where_the_files_are_there(student, rng):
    files = draw_files(rng, 5, 6)
    _, got, asked = loaded(student, True, files, draw_files(rng, 7, 8))
    require(asked == [], "load_mnist downloads again what is there already.")
    expect(got["labels"], labels_of(files, True), name="The list of the labels on disk")


# Grey pictures, and coloured ones of another dtype.
KINDS = ((torch.float32, 1), (torch.float64, 3))


def draw_pictures(rng, dtype, channels, unit):
    """What Pictures is made of: few pictures, not square, in another range than 0 to 1.

    The lowest and the highest value of a coloured one are in no first channel.
    """
    count, shape = rng.integer(6, 10), (channels, rng.integer(5, 9), rng.integer(10, 14))
    data = rng.integers(0, 256, count, *shape, dtype=torch.uint8)
    if channels > 1:
        data[:, 0] = data[:, 0] // 4 + 96
    scale, shift = rng.uniform(2, 3) * unit, rng.uniform(-1.5, -0.5) * unit
    names = [f"{i} - {rng.integer(100, 999)}" for i in range(10)]
    return data, rng.labels(count), names, scale, shift, dtype


def expect_information(student, rng, part, name, hint, units=(1.0, 1.0)):
    """Compares a part of what sample_info gives with the sample itself, for several indices."""
    for (dtype, channels), unit in zip(KINDS, units, strict=True):
        drawn = draw_pictures(rng, dtype, channels, unit)
        dataset = define(student, PICTURES).Pictures(*drawn)
        data, targets, _, scale, shift, _ = drawn
        indices = (0, rng.integer(1, len(data)))
        # All are asked for before one is judged: which of them are wrong tells mistakes apart.
        answers = [fetch(student.sample_info(dataset, index)) for index in indices]
        for index, got in zip(indices, answers, strict=True):
            require(
                isinstance(got, (tuple, list)) and len(got) == 5,
                "sample_info(dataset, index) did not return five things.",
                hint="Does it return them all, or print them?",
            )
            image = data[index].to(dtype) / 255 * scale + shift
            right = (*about(image), int(targets[index]))
            expect(got[part], right[part], name=name, hint=hint)


def about(image):
    return tuple(image.shape), image.dtype, image.min().item(), image.max().item()


@check("sample_info")
def test_tells_shape_and_dtype_of_the_image(student, rng):
    expect_information(
        student,
        rng,
        slice(0, 2),
        "The pair of shape and dtype",
        hint="Are they those of the image that dataset[index] gives, or of something else?",
        # No float32 holds the float64 values: what was cast on the way shows in the others.
        units=(1.0, 1e39),
    )


@check("sample_info")
def test_tells_the_lowest_and_the_highest_value(student, rng):
    expect_information(
        student,
        rng,
        slice(2, 4),
        "The pair of lowest and highest value",
        hint="Are they those of the image that dataset[index] gives, over all of its axes, as "
        "plain numbers, and the lowest first?",
    )


@check("sample_info")
def test_tells_the_label(student, rng):
    expect_information(
        student,
        rng,
        4,
        "The label, the last of the five,",
        hint="Is it the second part of dataset[index], as a plain int?",
    )


CLAUSES = {
    "load_mnist": [
        {
            "text": "The handwritten digits of MNIST, with images as tensors.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "the folder, a str; torchvision keeps its files in root/MNIST/raw",
            "checks": [
                "test_reads_the_part_that_is_asked_for",
                "test_images_are_tensors_from_0_to_1",
                "test_labels_are_whole_numbers",
                "test_downloads_nothing_where_the_files_are_there",
            ],
            "broken_by": "mistakes/folder_too_deep",
        },
        {
            "text": "True for the training digits, False for the test digits",
            "checks": [
                "test_reads_the_part_that_is_asked_for",
                "test_images_are_tensors_from_0_to_1",
            ],
            "broken_by": "mistakes/always_training",
        },
        {
            "text": "torchvision's datasets.MNIST",
            "checks": [
                "test_reads_the_part_that_is_asked_for",
                "test_images_are_tensors_from_0_to_1",
                "test_labels_are_whole_numbers",
                "test_downloads_what_is_missing",
                "test_downloads_nothing_where_the_files_are_there",
            ],
            "broken_by": "mistakes/both_parts",
        },
        {
            "text": "dataset[i] gives an image, float32 of shape (1, 28, 28)",
            "checks": ["test_images_are_tensors_from_0_to_1"],
            "broken_by": "mistakes/no_transform",
        },
        {
            "text": "with values 0…1",
            "checks": ["test_images_are_tensors_from_0_to_1"],
            "broken_by": "mistakes/normalized_too",
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
            ],
            "broken_by": "mistakes/raw_storage_scaled",
        },
        {
            "text": "a float tensor of any shape",
            "checks": ["test_tells_the_lowest_and_the_highest_value"],
            "broken_by": "mistakes/first_channel_only",
        },
        {
            "text": "and its label, an int",
            "why_none": "what the label is shows in what is returned",
        },
        {
            "text": "which sample, 0 or more",
            "checks": ["test_tells_the_lowest_and_the_highest_value", "test_tells_the_label"],
            "broken_by": "mistakes/first_sample_never_asked_for",
        },
        {
            "text": "a tuple (shape, dtype, lowest, highest, label)",
            "checks": [
                "test_tells_shape_and_dtype_of_the_image",
                "test_tells_the_lowest_and_the_highest_value",
                "test_tells_the_label",
            ],
            "broken_by": "mistakes/mean_as_well",
        },
        {
            "text": "shape and dtype of the image",
            "checks": ["test_tells_shape_and_dtype_of_the_image"],
            "broken_by": "mistakes/dtype_by_heart",
        },
        {
            "text": "its lowest and highest value as Python floats",
            "checks": ["test_tells_the_lowest_and_the_highest_value"],
            "broken_by": "mistakes/tensors_instead_of_numbers",
        },
        {
            "text": "the label as an int",
            "checks": ["test_tells_the_label"],
            "broken_by": "mistakes/label_as_a_tensor",
        },
        {
            "text": "nothing",
            "why_none": "the data set makes a new image each time it is asked",
        },
    ],
}
