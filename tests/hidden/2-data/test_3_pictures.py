"""Hidden checks of 2-data, third part: names of classes, and a grid of pictures.

Chance: each of the bounds on random samples is missed by a right show_grid in fewer than one in
10**10 runs; all other checks of right answers depend on no chance. The grids are small since
drawing is slow: a panel takes 5 to 10 ms of the student's process.
"""

import itertools
import re
from types import SimpleNamespace

import torch

from autograder.checks import check, define, expect, fairly, fetch, hints, require, tools

FIGURES = tools(__file__, "figures", "pictures")
PICTURES = tools(__file__, "pictures")
# Right versions of what show_grid may call.
RIGHT = tools(__file__, "right_samples")

SIDE = 28
WORDS = ("bat", "cup", "dog", "elm", "fan", "gnu", "hat", "ink", "jar", "kit", "log", "map", "nut")


def draw_pictures(rng, count, kind="Pictures", times=1):
    """A data set of noise: no picture looks like another, nor like itself turned around, but for
    the same ones, so many `times` each, that follow each other."""
    words = rng.shuffled([a + b for a in WORDS for b in WORDS if a != b])[:10]
    data = rng.integers(0, 256, count, SIDE, SIDE, dtype=torch.uint8)
    return SimpleNamespace(
        kind=kind,
        times=times,
        data=data,
        patterns=patterns(data.flip(-1) if kind == "Mirrored" else data),
        targets=rng.labels(count),
        classes=[f"{label} - {word}" for label, word in enumerate(words)],
    )


def dataset_of(space, drawn):
    return define(space, PICTURES).Pictures(drawn.data, drawn.targets, drawn.classes)


DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DIGIT = re.compile(rf"\b({'|'.join(DIGITS)})\b")
MNIST_NAMES = [f"{digit} - {name}" for digit, name in enumerate(DIGITS)]


BEGIN_THERE = "If other checks of show_grid fail too, begin with those."
A_NAME = "One name is asked for. What does type(...) say of your result?"
PRINTED = "Print an image after each of your lines. After which one is it another?"


def why_other_name(answer, right, classes):
    """The hint for another name than that of the label, by what it is."""
    if not isinstance(answer, str):
        return None
    if answer in classes:
        return "This is the name of another class. At which place of the list does yours stand?"
    if answer and (answer in right or right in answer):
        return "Compare your result with the name in the list, letter by letter. What differs?"
    if answer in (*MNIST_NAMES, *DIGITS):
        return "This is the name of a digit. Which names has this data set?"
    return "Which name has this label in dataset.classes, and which do you give?"


@check("label_name", part="idea")
def test_names_the_digits(student, rng):
    drawn = draw_pictures(rng, 12)
    drawn.classes = MNIST_NAMES
    dataset = dataset_of(student, drawn)
    # unneeded: with one label alone a wrong name could be right by luck
    for label in rng.shuffled(range(10)):
        answer = student.label_name(dataset, label)
        with hints(type=A_NAME, values=why_other_name(answer, MNIST_NAMES[label], MNIST_NAMES)):
            expect(
                answer,
                MNIST_NAMES[label],
                name=f"label_name(dataset, {label}), for the classes of MNIST,",
            )


@check("label_name", weight=2, part="idea")
def test_names_the_classes_of_any_data_set(student, rng):
    drawn = draw_pictures(rng, 20)
    # Some classes have no pictures, no name holds a number, and there are more than ten of them, or
    # as many as MNIST has.
    drawn.targets = drawn.targets.clamp(max=3)
    for count in (rng.integer(12, 15), 10):
        words = rng.shuffled([a + b for a in WORDS for b in WORDS if a != b])
        drawn.classes = words[:count]
        if drawn.classes == sorted(drawn.classes):
            drawn.classes.reverse()
        dataset = dataset_of(student, drawn)
        # unneeded: with one label alone a wrong name could be right by luck
        for label in rng.shuffled(range(len(drawn.classes))):
            answer, right = student.label_name(dataset, label), drawn.classes[label]
            with hints(type=A_NAME, values=why_other_name(answer, right, drawn.classes)):
                expect(answer, right, name=f"label_name(dataset, {label}), for {count} others,")


@check("label_name", weight=0.75, part="details")
def test_names_are_given_as_they_are(student, rng):
    drawn = draw_pictures(rng, 12)
    words = rng.shuffled([(a, b) for a in WORDS for b in WORDS if a != b])[:8]
    forms = ("{A}-{b}/{b}", "{b} {A}", "{b}_{a}", "{AA}.{b}")
    drawn.classes = [
        form.format(a=a, b=b, A=a.capitalize(), AA=a.upper())
        for form, (a, b) in zip(forms * 2, words, strict=True)
    ]
    dataset = dataset_of(student, drawn)
    answers = [student.label_name(dataset, label) for label in range(len(words))]
    for label, (answer, name) in enumerate(zip(answers, drawn.classes, strict=True)):
        expect(
            answer,
            name,
            name=f"label_name(dataset, {label}), for names with capital letters and signs in them,",
            hint="Is it the whole name, letter by letter as it stands in the list?",
        )


def drawn_grids(student, drawn, *sizes):
    """The panels of a figure for each size, the layouts of the figures, and their number. No size
    stands for the default."""
    code = define(student, FIGURES)
    kind = code.Mirrored if drawn.kind == "Mirrored" else code.Pictures
    dataset = kind(drawn.data, drawn.targets, drawn.classes)
    if drawn.times > 1:
        dataset = code.repeated(dataset, drawn.times)
    figures, layouts, seen = code.draw(student.show_grid, dataset, *sizes)
    for size, panels in zip(sizes, seen, strict=True):
        # unneeded: what is not a figure has no panels either, but this says why
        require(
            isinstance(panels, list),
            f"{call_of(size)} did not return a matplotlib figure.",
            hint="What does type(...) say of what your function returns?",
        )
    return seen, layouts, figures


def call_of(size):
    return f"show_grid({', '.join(['dataset', *map(str, size)])})"


def with_one_image(panels):
    return [panel for panel in panels if panel["images"] == 1]


def grids(student, drawn, *sizes):
    """The panels with an image in a figure for each size. Whether there are as many as are asked
    for has a check of its own."""
    seen, *_ = drawn_grids(student, drawn, *sizes)
    pictures = [with_one_image(panels) for panels in seen]
    for size, found in zip(sizes, pictures, strict=True):
        rows, cols = size
        # unneeded: how many are too few to judge by is open
        require(
            2 * len(found) > rows * cols,
            f"The figure of {call_of(size)} has {len(found)} axes with one image each, expected "
            f"{rows * cols}.",
            hint="Call it for 2 rows and 3 columns. Which pictures are on the figure you get?"
            if len(sizes) == 1
            else "Call it twice. Which pictures are on the first figure then, and which on the "
            "second?",
        )
    return pictures


def turned(picture):
    """A picture in each of the eight ways that a square can lie, upright first."""
    for way in (picture, picture.flip(-1)):
        for turns in range(4):
            yield way.rot90(turns, (-2, -1))


def patterns(pictures):
    """Each picture as a row of length 1 without its mean: a product of two tells how alike they
    are, 1 for the same but for brightness and contrast, -1 for the negative."""
    rows = pictures.flatten(1).to(torch.float32)
    rows = rows - rows.mean(dim=1, keepdim=True)
    return rows / rows.norm(dim=1, keepdim=True).clamp(min=1e-12)


def sample_in(panel, drawn):
    """The index of the sample that a panel shows, however it is turned, shaded or coloured."""
    numbers = panel["numbers"]
    if not isinstance(numbers, torch.Tensor) or tuple(numbers.shape) != (SIDE, SIDE):
        return None
    for picture in turned(numbers.nan_to_num()):
        likeness = (drawn.patterns @ patterns(picture[None])[0]).abs()
        # Two pictures of noise are alike by 0.2 at most.
        if likeness.max() > 0.8:
            return int(likeness.argmax())
    return None


def samples_in(panels, drawn):
    samples = [sample_in(panel, drawn) for panel in panels]
    right_size = all(getattr(one["numbers"], "shape", None) == (SIDE, SIDE) for one in panels)
    require(
        None not in samples,
        "An axes of the figure shows something else than an image of the data set.",
        hint="Are the numbers that imshow gets those of the image in dataset[index]?"
        if right_size
        else "How many rows and columns has an image, and how many has what you show?",
    )
    return samples


@check("show_grid", weight=2.5, part="idea")
def test_shows_images_of_the_data_set_upright(student, rng):
    # What is in the storage is mirrored: dataset[i] gives the images.
    drawn = draw_pictures(rng, 120, "Mirrored")

    def look():
        (panels,) = grids(student, drawn, (2, 3))
        for panel, sample in zip(panels, samples_in(panels, drawn), strict=True):
            mirrored = likeness_of(panel["numbers"].flip(-1), drawn, sample) > 0.8
            require(
                likeness_of(panel["numbers"], drawn, sample) > 0.8,
                "An image is turned or mirrored.",
                hint="Left and right are swapped. Is it the image that dataset[index] gives?"
                if mirrored
                else "Which row of the image is at the top, and which column is on the left?",
            )
            # Colours cost their points elsewhere.
            if not panel["grey"]:
                continue
            shades = panel["shades"]
            require(
                bool(shades.max() - shades.min() > 0.5),
                "An image is nearly of one colour: its lights and darks can't be told apart.",
                hint="Which shade has a pixel of 0 in your picture, and which has one of 1?",
            )
            require(
                likeness_of(shades, drawn, sample) > 0.95,
                "The shades of an image are not those of the sample.",
                hint="Which shade has a pixel of 0.25 in your picture, and which has one of 0.75?",
            )

    fairly(student, RIGHT, look)


def likeness_of(picture, drawn, sample):
    """How alike a picture and that of a sample are as they lie; a negative counts as the same."""
    return abs(float(torch.dot(patterns(picture[None])[0], drawn.patterns[sample])))


def names_the_label(title, label, classes):
    """Whether a title holds the label as a number of its own, or the word for its class."""
    word = classes[label].split(" - ")[1]
    return word in title or re.search(rf"(?<!\d){label}(?!\d)", title) is not None


def require_label(title, label, classes):
    # unneeded: an empty title is not the label either, but this says why
    require(
        bool(title),
        "An image has no title.",
        hint="Does the label stand above the image? Where axes are switched off, words below and "
        "beside it are too.",
    )
    require(
        names_the_label(title, label, classes),
        "The title of an image is not its label, as a number or as the name of the class.",
        hint="Take one of your pictures. Which label has dataset[index] for it, and what does its "
        "title say?",
    )
    require(
        not all(names_the_label(title, other, classes) for other in range(10)),
        "The title of an image names all ten labels.",
        hint="Which of them is the one of this image?",
    )
    require(
        not DIGIT.search(title),
        "The title of an image names a digit in words, where the classes of the data set have "
        "other names.",
        hint="Are the names those of the data set that was handed in?",
    )


@check("show_grid", weight=3.5, part="idea")
def test_titles_are_the_labels(student, rng):
    drawn = draw_pictures(rng, 130)

    def look():
        (panels,) = grids(student, drawn, (2, 3))
        for panel, sample in zip(panels, samples_in(panels, drawn), strict=True):
            require_label(panel["title"], int(drawn.targets[sample]), drawn.classes)

    fairly(student, RIGHT, look)


@check("show_grid", weight=1.5, part="contract")
def test_titles_are_plain_text(student, rng):
    drawn = draw_pictures(rng, 120)

    def look():
        (panels,) = grids(student, drawn, (2, 1))
        for panel, sample in zip(panels, samples_in(panels, drawn), strict=True):
            require_label(panel["title"], int(drawn.targets[sample]), drawn.classes)
            require(
                "tensor" not in panel["title"],
                'The title of an image holds the word "tensor".',
                hint="Which method of a tensor with one element gives the number in it?",
            )

    fairly(student, RIGHT, look)


COUNTED = (
    "Call it for 2 rows and 1 column, then for 1 row and 3. How many pictures are on each figure?"
)


def require_layout(student, drawn, *sizes):
    seen, layouts, figures = drawn_grids(student, drawn, *sizes)
    for panels, size in zip(seen, sizes, strict=True):
        rows, cols = size or (5, 5)
        pictures = with_one_image(panels)
        others = len(panels) - len(pictures)
        require(
            len(pictures) == len(panels) == rows * cols,
            f"The figure of {call_of(size)} has {len(pictures)} axes with one image each"
            + (f" and {others} others" if others else "")
            + f", expected {rows * cols} and no others.",
            hint="Some axes hold no picture, or more than one. Which line makes them?"
            if others
            else COUNTED
            if size
            else "How many pictures come where no rows and columns are given?",
        )
        samples_in(pictures, drawn)
    # unneeded: what is drawn over holds more images too, but this says why
    require(
        figures == len(sizes),
        "Two calls of show_grid gave the same figure.",
        hint="Call it twice. On which figure does each call draw, and which line makes that one?",
    )
    all_found = [(layout["rows"], layout["columns"]) for layout in layouts]
    swapped = all(found == size[::-1] for found, size in zip(all_found, sizes, strict=True))
    for found, size in zip(all_found, sizes, strict=True):
        rows, cols = size or (5, 5)
        expect(
            found,
            (rows, cols),
            name=f"The pair of rows and columns of {call_of(size)}",
            hint="Rows and columns are swapped. Which number comes first where the grid is made?"
            if swapped
            else "How many pictures are beside each other on your figure, and how many below?",
        )


@check("show_grid", weight=2, part="contract")
def test_grid_has_the_rows_and_columns_that_are_asked_for(student, rng):
    drawn = draw_pictures(rng, 140)
    sizes = [(2, 1), (1, rng.integer(3, 5))]

    def look():
        require_layout(student, drawn, *sizes)
        # The default is drawn where the rest is right: so many panels take their time.
        require_layout(student, drawn, ())

    fairly(student, RIGHT, look)


@check("show_grid", weight=3.5, part="idea")
def test_samples_are_drawn_at_random(student, rng):
    # So many that even those who draw from the first 10,000 only miss one half.
    drawn = draw_pictures(rng, 600, times=40)

    def look():
        seen = grids(student, drawn, (2, 3), (2, 3))
        first, second = (samples_in(panels, drawn) for panels in seen)
        # unneeded: what never changes may leave out a half too, but this says why
        require(
            first != second,
            "Two calls of show_grid show the same samples.",
            hint="Print the indices of two calls. What makes those of the second the same?",
        )
        steps = [b - a for row in (first, second) for a, b in itertools.pairwise(row)]
        # unneeded: which number of steps is too small is open
        require(
            len(set(steps)) > 3,
            "The samples of a grid are neighbours in the data set, or one and the same.",
            hint="Print the indices of one grid. How does each come about?",
        )
        require_all_parts(student, drawn, first + second, 2)

    fairly(student, RIGHT, look)


@check("show_grid", weight=1.5, part="details")
def test_every_sample_can_be_drawn(student, rng):
    drawn = draw_pictures(rng, 2)

    def look():
        # Of two samples each is a part: the last one must come, too.
        require_all_parts(student, drawn, [], 2)

    fairly(student, RIGHT, look)


def require_all_parts(student, drawn, samples, parts):
    """Has grids drawn until samples of each part of the data set have been seen: both halves, or
    each one of a few."""
    count = len(drawn.targets)
    while len({sample * parts // count for sample in samples}) < parts:
        # So many without one of the parts: in fewer than one in 10**10 runs.
        # unneeded: without an end the loop takes all the time, which costs the same points
        require(
            len(samples) < 20 * parts,
            "One half of the data set is never shown."
            if parts < count
            else f"One of the {count} samples of a small data set is never shown.",
            hint="From which numbers is the index drawn? len(dataset) says how many there are.",
        )
        (panels,) = grids(student, drawn, (2, 1))
        samples = samples + samples_in(panels, drawn)


@check("show_grid", weight=1.5, part="contract")
def test_images_are_grey(student, rng):
    drawn = draw_pictures(rng, 110)

    def look():
        (panels,) = grids(student, drawn, (2, 1))
        samples_in(panels, drawn)
        require(
            all(panel["grey"] is True for panel in panels),
            "An image is shown in colours, not in grey.",
            hint="Which colours do the numbers of an image turn into?",
        )

    fairly(student, RIGHT, look)


@check("show_grid", weight=1.5, part="contract")
def test_there_are_no_axes_around_the_images(student, rng):
    drawn = draw_pictures(rng, 110)

    def look():
        (panels,) = grids(student, drawn, (2, 1))
        samples_in(panels, drawn)
        require(
            all(panel["ticks"] is False for panel in panels),
            "There are ticks or numbers around an image.",
            hint="What switches them off, and is it done for each of the axes?",
        )

    fairly(student, RIGHT, look)


@check("show_grid", weight=1, part="contract")
def test_changes_nothing_else(student, rng):
    drawn = draw_pictures(rng, 20)
    images = drawn.data.unsqueeze(1) / 255

    def look():
        code = define(student, FIGURES)
        dataset = code.Kept(images, drawn.targets, drawn.classes)
        settings, panels, still_open = code.changed_settings(student.show_grid, dataset, 2, 1)
        # unneeded: what is not a figure has no panels either, but this says why
        require(
            isinstance(panels, list),
            f"{call_of((2, 1))} did not return a matplotlib figure.",
            hint="What does type(...) say of what your function returns?",
        )
        pictures = with_one_image(panels)
        require(
            bool(pictures),
            "The figure of show_grid has no axes with an image.",
            hint=f"Here another figure is open before the call. {BEGIN_THERE}",
        )
        samples_in(pictures, drawn)
        require(
            not settings,
            f"After show_grid, matplotlib draws by other settings: {', '.join(settings[:3])}.",
            hint="Which of your lines speaks to this figure only, and which to all later ones?",
        )
        require(
            still_open,
            "After show_grid, a figure that was open before is closed.",
            hint="Which of your lines speaks to this figure only, and which to all that are open?",
        )
        expect(
            fetch(dataset.images),
            list(images),
            name="After show_grid, the list of the images in the data set",
            hint=PRINTED,
        )

    fairly(student, RIGHT, look)


CLAUSES = {
    "label_name": [
        {
            "text": "The name of a class.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "has a list of the names of its classes, dataset.classes",
            "checks": [
                "test_names_the_classes_of_any_data_set",
                "test_names_are_given_as_they_are",
            ],
            "broken_by": "mistakes/names_by_heart",
        },
        {
            "text": "the number of the class, an int",
            "checks": [
                "test_names_the_digits",
                "test_names_the_classes_of_any_data_set",
                "test_names_are_given_as_they_are",
            ],
            "broken_by": "mistakes/counts_from_one",
        },
        {
            "text": "its name, a str",
            "checks": ["test_names_are_given_as_they_are"],
            "broken_by": "mistakes/small_letters",
        },
        {
            "text": 'such as "7 - seven"',
            "checks": ["test_names_the_digits"],
            "broken_by": "mistakes/word_only",
        },
    ],
    "show_grid": [
        {
            "text": "A wall of random samples with their labels.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "as torchvision's MNIST: dataset[i] gives an image, a float tensor of shape "
            "(1, 28, 28), and its label, an int",
            "checks": [
                "test_shows_images_of_the_data_set_upright",
                "test_titles_are_the_labels",
                "test_titles_are_plain_text",
                "test_grid_has_the_rows_and_columns_that_are_asked_for",
                "test_samples_are_drawn_at_random",
                "test_every_sample_can_be_drawn",
                "test_images_are_grey",
                "test_there_are_no_axes_around_the_images",
                "test_changes_nothing_else",
            ],
            "broken_by": "mistakes/notebooks_data",
        },
        {
            "text": "dataset.classes holds the names",
            "why_none": "an answer may do without them: a number is a title too",
        },
        {
            "text": "It has at least rows * cols samples",
            "allowed_by": "variants/subplots_and_randperm",
        },
        {
            "text": "how many pictures below and beside each other",
            "checks": ["test_grid_has_the_rows_and_columns_that_are_asked_for"],
            "broken_by": "mistakes/rows_and_columns_swapped",
        },
        {
            "text": "in all 2 or more",
            "why_none": "a promise to the answer: no call asks for fewer",
        },
        {
            "text": "a new matplotlib figure",
            "checks": [
                "test_grid_has_the_rows_and_columns_that_are_asked_for",
                "test_samples_are_drawn_at_random",
            ],
            "broken_by": "mistakes/on_the_old_figure",
        },
        {
            "text": "with rows times cols axes and no others",
            "checks": ["test_grid_has_the_rows_and_columns_that_are_asked_for"],
            "broken_by": "mistakes/colour_bars",
        },
        {
            "text": "Each shows, by imshow, the image of a sample",
            "checks": [
                "test_shows_images_of_the_data_set_upright",
                "test_titles_are_the_labels",
                "test_titles_are_plain_text",
                "test_grid_has_the_rows_and_columns_that_are_asked_for",
                "test_samples_are_drawn_at_random",
                "test_every_sample_can_be_drawn",
                "test_images_are_grey",
                "test_there_are_no_axes_around_the_images",
                "test_changes_nothing_else",
            ],
            "broken_by": "mistakes/cast_to_bytes",
        },
        {
            "text": "drawn at random from the whole data set",
            "checks": ["test_samples_are_drawn_at_random", "test_every_sample_can_be_drawn"],
            "broken_by": "mistakes/first_half_only",
        },
        {
            "text": "anew at every call",
            "checks": ["test_samples_are_drawn_at_random", "test_every_sample_can_be_drawn"],
            "broken_by": "mistakes/seed_inside",
        },
        {
            "text": "upright",
            "checks": ["test_shows_images_of_the_data_set_upright"],
            "broken_by": "mistakes/head_over_heels",
        },
        {
            "text": "in grey",
            "checks": ["test_images_are_grey"],
            "broken_by": "mistakes/nearly_grey",
        },
        {
            "text": "without ticks and numbers",
            "checks": ["test_there_are_no_axes_around_the_images"],
            "broken_by": "mistakes/axes_left_on",
        },
        {
            "text": "Its title is the label of the sample",
            "checks": ["test_titles_are_the_labels", "test_titles_are_plain_text"],
            "broken_by": "mistakes/two_draws",
        },
        {
            "text": 'as a number or as the name of the class: "7" or "7 - seven"',
            "allowed_by": "variants/mixed_order_of_indices",
        },
        {
            "text": 'but not "tensor(7)"',
            "checks": ["test_titles_are_plain_text"],
            "broken_by": "mistakes/tensor_in_the_title",
        },
        {
            "text": "More words in the title are fine",
            "allowed_by": "variants/bold_numbers",
        },
        {
            "text": "nothing but the state of the random generator",
            "checks": ["test_changes_nothing_else"],
            "broken_by": "mistakes/grey_for_all",
        },
    ],
}
