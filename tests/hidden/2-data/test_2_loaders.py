"""Hidden checks of 2-data, second part: loaders, and what comes out of them.

Chance: a shuffled pass over 30 samples or more is taken for one in a regular order in fewer than
one in 10**10 runs; all other checks of right answers depend on no chance.
"""

import itertools
import math
from collections import Counter
from types import SimpleNamespace

import numpy as np
import torch

from autograder.checks import (
    Handle,
    alike,
    check,
    define,
    expect,
    fairly,
    fetch,
    hints,
    number_of,
    require,
    set_seed,
    shown_by,
    tools,
    type_names,
)

BATCHES = tools(__file__, "loaders", "batches")
# Lent while all_labels is judged.
RIGHT_COUNT = tools(__file__, "right_count_samples")

BEGIN_THERE = "If other checks of {} fail too, begin with those."
HOW_MANY = "How many samples come in a pass, and how many are in the data set that is handed in?"
NO_BATCHES = "Go through your loader twice. How many batches come each time?"


# unneeded: it chooses a hint's words alone
FORM = {"atol": float("inf")}


def draw_samples(rng, count, classes=1000):
    """Images that are all different, and labels."""
    return SimpleNamespace(X=rng.tensor(count, 1, 2, 3), y=rng.labels(count, classes))


def loaders_of(student, train, test, *batch_size, kind="dataset"):
    """The two loaders that make_loaders gives, known to be DataLoaders, what reads them, and the
    two data sets."""
    code = define(student, BATCHES)
    data = [getattr(code, kind)(part.X, part.y) for part in (train, test)]
    pair = student.make_loaders(*data, *batch_size)
    if isinstance(pair, Handle):
        pair = list(pair)
    # unneeded: other things are no two DataLoaders either, but this says why
    require(
        isinstance(pair, (tuple, list)) and len(pair) == 2,
        "make_loaders(train_data, test_data) did not return two things.",
        hint="Which two things does the docstring ask for, and what does your function return?",
    )
    for loader in pair:
        require(
            "torch.utils.data.dataloader.DataLoader" in type_names(loader),
            "make_loaders(train_data, test_data) did not return two DataLoaders.",
            hint="What does type(...) say of each of the two?",
        )
    return *pair, code, data


def passes_of(code, loader, count):
    """The batches of each pass, each known to be a pair of tensors (X, y) of one length."""
    passes = code.passes(loader, count)
    # unneeded: other batches can neither be joined nor counted, but this says why
    require(
        all(
            len(batch) == 2
            and all(isinstance(part, torch.Tensor) and part.dim() for part in batch)
            and len(batch[0]) == len(batch[1])
            for batch in itertools.chain(*passes)
        ),
        "A batch is not a pair (X, y) of tensors.",
        hint="Print the first batch of each loader. What are its parts?",
    )
    return passes


def joined(batches):
    """All images and all labels of a pass, in the order in which they came."""
    # unneeded: an empty list cannot be joined, but this says why
    require(
        bool(batches),
        "A loader gives no batches.",
        hint=NO_BATCHES,
    )
    return torch.cat([X for X, _ in batches]), torch.cat([y for _, y in batches])


def in_known_order(samples):
    """Images and labels sorted by a pixel that is another one in every image."""
    X, y = samples
    order = X.flatten(1)[:, 0].argsort()
    return X[order], y[order]


def same_samples(some, others):
    """Whether these are the same samples, in whatever order."""
    if all(alike(one, other, **FORM) for one, other in zip(some, others, strict=True)):
        return alike(in_known_order(some), in_known_order(others))
    return False


OTHER_SIZE = (
    "Your images have more or fewer pixels than those of the data set that is handed in. Which "
    "data set is dealt?"
)


def expect_samples(got, wanted, other_data, name, arranged=lambda samples: samples):
    """Compares the samples of a pass; those of the other data set only choose the hint."""
    X, y = wanted.X, wanted.y
    if same_samples(got, (other_data.X, other_data.y)):
        why = "These are samples of the other data set. Which one should this loader deal from?"
    elif len(got[0]) != len(X):
        other_size = len(got[0]) > 0 and got[0][0].numel() != X[0].numel()
        why = OTHER_SIZE if other_size else HOW_MANY
    elif got[0].shape != X.shape:
        why = "Print X.shape of one batch and the shape of one image. Which axis has changed?"
    elif same_samples(got, (X, y)):
        why = "All samples come, but in another order. What says in which order they come?"
    elif same_samples((got[0], got[0]), (X, X)):
        why = "Each image comes once, but not with its own label. Who puts the two together?"
    else:
        why = "Look at the samples of one pass. Does each one of the data set come once?"
    with hints(
        shape=why,
        values=why,
        dtype="Which dtypes has a batch of your loader, and which have the samples?",
    ):
        expect(arranged(got), arranged((X, y)), name=name)


@check("make_loaders", weight=3, part="idea")
def test_training_loader_gives_every_sample_once(student, rng):
    size = rng.integer(6, 9)
    train, test = draw_samples(rng, size * 4), draw_samples(rng, size * 3)
    loader, _, code, _ = loaders_of(student, train, test, size)
    for batches in passes_of(code, loader, 2):
        expect_samples(
            joined(batches),
            train,
            test,
            "The pair of all X and all y of a pass over the training loader, sorted,",
            in_known_order,
        )


def pixels_of(image):
    """An image as a key of a dict."""
    return tuple(image.flatten().tolist())


@check("make_loaders", weight=4, part="idea")
def test_training_order_is_another_in_every_pass(student, rng):
    size = rng.integer(6, 9)
    train, test = draw_samples(rng, size * 20), draw_samples(rng, size * 20)
    loader, _, code, _ = loaders_of(student, train, test, size)
    # Either part of the data, so that a mix-up of the two costs no point here again.
    places = {pixels_of(x): place for part in (train, test) for place, x in enumerate(part.X)}
    passes = passes_of(code, loader, 3)
    dealt = [[[places.get(pixels_of(x)) for x in X] for X, _ in batches] for batches in passes]
    orders = [list(itertools.chain(*batches)) for batches in dealt]
    for order in orders:
        # unneeded: other images have no place and too few have no steps, but this says why
        require(
            len(order) >= size and None not in order,
            "The training loader gives other samples than those of its data set.",
            hint="Compare the samples of a pass with those in the data set that is handed in. "
            "What differs?"
            if order
            else NO_BATCHES,
        )
        require_mixed(order, len(train.y))
    for one, other in itertools.combinations(orders, 2):
        require(
            len(neighbours(one) & neighbours(other)) < len(one) // 2,
            "The training loader gives the samples in the same order in several passes.",
            hint="Print the labels of two passes. What decides their order each time?"
            if one == other
            else "In each pass the same samples follow each other. What decides which comes next?",
        )
    # Two passes have two hands of six or more in common in fewer than one in 10**13 runs.
    hands = [{frozenset(hand) for hand in batches if len(hand) > 5} for batches in dealt]
    for one, other in itertools.combinations(hands, 2):
        require(
            len(one & other) <= 1,
            "The same samples are together in a batch of the training loader in several passes.",
            hint="Which samples can be together in a batch: any of them, or always the same ones?",
        )


def require_mixed(order, count):
    """The places of the samples in the data set, as a pass gives them, are in no regular order."""
    # How far each sample is from the one before: in a mixed pass hardly ever the same.
    steps = Counter(b - a for a, b in itertools.pairwise(order))
    require(
        max(steps.values()) <= len(order) // 2,
        "The training loader gives the samples in a regular order, such as that of the data set.",
        hint="Many samples still come next to the one beside them in the data set. Which things do "
        "you mix, and what stays together?"
        if len(steps) > 2 and abs(steps.most_common(1)[0][0]) == 1
        else "Print the labels of the data set, then of three passes. Which passes are mixed, and "
        "by what?",
    )
    # How far each is from where it was: a third of all places, give or take 2 %.
    way = sum(abs(place - i) for i, place in enumerate(order)) / len(order)
    require(
        way > count / 5,
        "The training loader gives the samples nearly where they are in the data set.",
        hint="Which samples can be in the first batch: any of them, or always the same ones?",
    )


def neighbours(order):
    """Which samples follow each other in a pass, forwards or backwards, all round."""
    return {frozenset(pair) for pair in itertools.pairwise([*order, order[0]])}


@check("make_loaders", weight=3, part="idea")
def test_test_loader_gives_every_sample_in_order(student, rng):
    size = rng.integer(6, 9)
    train, test = draw_samples(rng, size * 3), draw_samples(rng, size * 4)
    _, loader, code, _ = loaders_of(student, train, test, size)
    for batches in passes_of(code, loader, 2):
        expect_samples(
            joined(batches),
            test,
            train,
            "The pair of all X and all y of a pass over the test loader",
        )


@check("make_loaders", weight=1.5, part="contract")
def test_short_last_batches_are_dealt_out_too(student, rng):
    size = rng.integer(6, 9)
    # One sample is left over, and the labels are ints: not every data set is made of tensors.
    train, test = (draw_samples(rng, size * rng.integer(3, 6) + 1) for _ in range(2))
    *loaders, code, _ = loaders_of(student, train, test, size, kind="Samples")
    read = [passes_of(code, loader, 1)[0] for loader in loaders]
    for batches, which, part in zip(read, ("training", "test"), (train, test), strict=True):
        X, y = joined(batches)
        left_over = len(part.y) - len(y)
        begin = BEGIN_THERE.format("make_loaders")
        with hints(
            shape="One sample is missing. In which batch should it come?"
            if left_over == 1
            else f"{HOW_MANY} {begin}",
            values=f"Here each label is an int, and one sample is left over. {begin}",
            dtype=f"Here each label is an int. {begin}",
        ):
            expect(
                in_known_order((X, y)),
                in_known_order((part.X, part.y)),
                name=f"Where the last batch holds one sample, the pair of all X and all y of a "
                f"pass over the {which} loader, sorted,",
            )


def sizes_of(code, loader):
    """The sizes of the batches of a pass, without that of a short last one."""
    (batches,) = passes_of(code, loader, 1)
    sizes = [len(y) for _, y in batches]
    return sizes[:-1] if sizes and sizes[-1] <= sizes[0] else sizes


SHORT_ONE = "Print len(y) for each batch of a pass. Where does a short one come, and where may it?"


@check("make_loaders", weight=2, part="contract")
def test_batches_have_the_size_that_is_asked_for(student, rng):
    size = rng.integer(70, 90)
    samples = draw_samples(rng, size * 3 + 1)
    *loaders, code, _ = loaders_of(student, samples, samples, size)
    for loader, which in zip(loaders, ("training", "test"), strict=True):
        # A last batch that is left out costs its points elsewhere.
        sizes = sizes_of(code, loader)
        expect(
            sizes,
            [size] * max(len(sizes), 2),
            name=f"The list of the sizes of the {which} loader's full batches",
            hint=SHORT_ONE
            if sizes and max(sizes) == size
            else "How many samples are in the largest batch, and how many were asked for?",
        )


@check("make_loaders", part="contract")
def test_batches_hold_64_samples_by_default(student, rng):
    samples = draw_samples(rng, 64 * 2 + rng.integer(1, 60))
    *loaders, code, _ = loaders_of(student, samples, samples)
    for loader, which in zip(loaders, ("training", "test"), strict=True):
        sizes = sizes_of(code, loader)
        expect(
            sizes,
            [64] * max(len(sizes), 1),
            name=f"By default, the list of the sizes of the {which} loader's full batches",
            hint=SHORT_ONE
            if sizes and max(sizes) == 64
            else "How many samples are in your largest batch where no size is given?",
        )


@check("make_loaders", weight=1.5, part="contract")
def test_changes_neither_the_data_nor_the_seed(student, rng):
    train, test = draw_samples(rng, 11), draw_samples(rng, 13)
    drawn = []
    for _ in range(2):
        set_seed(student, rng.seed())
        *_, code, data = loaders_of(student, train, test, 4)
        drawn.append(code.drawn())
        held = [tuple(part.tensors) for part in data]
        expect(
            held,
            [(train.X, train.y), (test.X, test.y)],
            name="After make_loaders, the list of what the two data sets hold",
            hint="Who should mix the samples: the data set or its loader?"
            if all(map(are_mixed, held, (train, test)))
            else "Print the data set after each of your lines. After which one is it another?",
        )
    # After two seeds the next numbers are others, unless the answer has set its own.
    require(
        all(one != other for one, other in zip(*drawn, strict=True)),
        "After each call of make_loaders the same random numbers come.",
        hint="What is drawn after one call comes again after the next. Which line does that?",
    )


def are_mixed(held, samples):
    """Whether what a data set holds are its own samples, in whatever order."""
    if len(held) == 2:
        return same_samples(held, (samples.X, samples.y))
    return False


A_PAIR = "The docstring asks for (X, y). What does your function return?"
OF_NO_LOADER = (
    "Here the loader is no DataLoader. What comes first in a pass over it, and what do you give?"
)


def expect_batch(got, X, y, hint=OF_NO_LOADER, name="first_batch(loader)"):
    # unneeded: other things are no pair of X and y either, but this says why
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "first_batch(loader) did not return two things, X and y.",
        hint=A_PAIR,
    )
    with hints(
        type="What does type(...) say of your X and y, and of those in the batch?",
        shape=hint,
        dtype="Which dtypes have X and y in the batch, and which have yours?",
        values=hint,
    ):
        expect(tuple(got), (X, y), name=name)


@check("first_batch", weight=2, part="idea")
def test_gives_images_and_labels_of_the_first_batch(student, rng):
    code = define(student, BATCHES)
    size, samples = rng.integer(5, 9), draw_samples(rng, 40)
    order = rng.shuffled(range(40))
    first = order[:size]
    got = fetch(student.first_batch(code.loader(samples.X, samples.y, size, order)))
    X, y = samples.X[first], samples.y[first]
    expect_batch(got, X, y, hint=why_other_batch(got, X, y, samples.X[:size]))


def why_other_batch(got, X, y, of_data_set):
    """The hint for another batch than (X, y), by what it is."""
    if isinstance(got, (tuple, list)) and len(got) == 2:
        if alike(got[0], of_data_set):
            return (
                "Your batch holds the first samples of the data set. With which ones does this "
                "loader begin?"
            )
        if alike(list(got), [y, X]):
            return "Both are of the first batch. Which of them does the docstring name first?"
        if isinstance(got[0], torch.Tensor) and got[0].shape == X.shape[1:]:
            return "Your X is one image. How many come in the first batch of a for loop?"
    return "What is the first thing that a for loop over the loader would get?"


def draw_batches(rng, count):
    return [(rng.tensor(n, 4), rng.integers(0, 1000, n)) for n in [rng.integer(2, 6)] * count]


@check("first_batch", part="idea")
def test_images_and_labels_are_of_one_batch(student, rng):
    code = define(student, BATCHES)
    drawn = draw_batches(rng, 6)
    got = fetch(student.first_batch(code.Batches(drawn)))
    # unneeded: other things are no pair of X and y either, but this says why
    require(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "first_batch(loader) did not return two things, X and y.",
        hint=A_PAIR,
    )
    same = [tensors_equal(got[0], X) and tensors_equal(got[1], y) for X, y in drawn]
    of_two = all(any(tensors_equal(got[part], batch[part]) for batch in drawn) for part in (0, 1))
    require(
        any(same),
        "From a loader that begins every pass anew, X and y are not of one batch.",
        hint="X is of one batch and y of another. How often is the loader asked for a batch?"
        if of_two
        else "Compare your X and y with the first batch that a for loop gets. Are they those?",
    )


def tensors_equal(one, other):
    return isinstance(one, torch.Tensor) and torch.equal(one, other)


@check("first_batch", part="contract")
def test_asks_any_iterable_for_one_batch_only(student, rng):
    code = define(student, BATCHES)
    # Of other dtypes than those that a loader of MNIST gives.
    drawn = [(X.double(), y.to(torch.int32)) for X, y in draw_batches(rng, 5)]
    many = code.Batches(drawn)
    expect_batch(fetch(student.first_batch(many)), *drawn[0])
    require(
        many.asked == 1,
        "first_batch(loader) asks for more than one batch.",
        hint="What is asked of the loader after the first batch has come?",
    )
    # Batches of one sample: they have the same axes as others.
    drawn = [(X[:1], y[:1]) for X, y in draw_batches(rng, 3)]
    hint = "In this list a batch holds one sample. Do X and y come as they are in the first batch?"
    expect_batch(fetch(student.first_batch(drawn)), *drawn[0], hint)


@check("first_batch", part="contract")
def test_each_call_begins_a_new_pass(student, rng):
    code = define(student, BATCHES)
    drawn = draw_batches(rng, 5)
    # Its second pass begins with another batch than the first, and than the first goes on with.
    loader = code.Batches(drawn, 3)
    got = [fetch(student.first_batch(loader)) for _ in range(2)]
    expect_batch(got[0], *drawn[0])
    expect_batch(
        got[1],
        *drawn[3],
        hint="Call your function twice with the same loader. Of which pass is the second batch?",
        name="The second call of first_batch with the same loader",
    )


TWICE = "Call your function twice with one loader. With which number does the second count begin?"


def require_count(student, rng, count, size, kind="loader", hint=None):
    code = define(student, BATCHES)
    # Fewer classes than samples: some labels come twice.
    samples = draw_samples(rng, count, classes=10)
    loader = getattr(code, kind)(samples.X, samples.y, size)
    got = number_of(student.count_samples(loader))
    if got != count:
        hint = shown_by(
            (lambda: number_of(student.count_samples(loader)) == got, True, TWICE),
            other=hint or why_other_count(got, count),
        )
    require(
        bool(got == count),
        f"count_samples(loader) is wrong for {count} samples in batches of {size}.",
        hint=hint,
    )


def why_other_count(got, count):
    """The hint for another number of samples, by whether it is too small or too large."""
    if got is None or math.isnan(got):
        return "One number is asked for. What does type(...) say of what your function returns?"
    size = "small" if got < count else "large"
    return (
        f"Your number is too {size}. Write down the size of each batch: how does yours come about?"
    )


@check("count_samples", part="idea")
def test_counts_samples_and_not_batches(student, rng):
    size = rng.integer(5, 12)
    require_count(student, rng, size * rng.integer(3, 7), size)


@check("count_samples", weight=2, part="idea")
def test_counts_a_short_last_batch_as_it_is(student, rng):
    size = rng.integer(5, 12)
    require_count(student, rng, size * rng.integer(3, 7) + rng.integer(2, size), size)


@check("count_samples", part="contract")
def test_counts_right_whatever_the_batch_size(student, rng):
    count = rng.integer(110, 130)
    # Many batches of one, which are all full, and one batch for all, which is not.
    for size in (1, count + 5):
        require_count(student, rng, count, size)
    # Each data set is counted, also one that is a list of samples.
    require_count(student, rng, count, 4, kind="loader_of_a_list")


@check("count_samples", weight=0.75, part="contract")
def test_counts_what_a_batch_sampler_deals(student, rng):
    size = rng.integer(5, 9)
    require_count(
        student,
        rng,
        size * rng.integer(3, 6) + rng.integer(2, size),
        size,
        kind="loader_with_a_batch_sampler",
        hint="Here a batch_sampler makes the batches, and loader.batch_size is None. "
        + BEGIN_THERE.format("count_samples"),
    )


@check("count_samples", part="contract")
def test_gives_an_int(student, rng):
    code = define(student, BATCHES)
    samples = draw_samples(rng, 8 * rng.integer(4, 7), classes=10)
    count = student.count_samples(code.loader(samples.X, samples.y, 8))
    with hints(
        type="Which type has the count? It should be an int of Python.",
        values=BEGIN_THERE.format("count_samples"),
    ):
        expect(count, len(samples.y), name="count_samples(loader)")
    require(
        not isinstance(count, np.generic),
        "count_samples(loader) gives a number of NumPy, expected an int of Python.",
        hint="What makes an int of another number?",
    )


def expect_labels(student, rng, count, size, judged, shift=0, kind="loader"):
    """Compares with the labels in the order of the loader, which is not that of the data set.

    `judged` makes of what came, and of the labels as they should be, what is compared.
    """
    samples, order = draw_samples(rng, count, classes=10), rng.shuffled(range(count))
    # Of ten kinds some come twice, and most fit into no byte.
    samples.y = samples.y * 111 + shift

    def look():
        code = define(student, BATCHES)
        loader = getattr(code, kind)(samples.X, samples.y, size, order)
        got, right = judged(fetch(student.all_labels(loader))), judged(samples.y[order])
        with hints(
            type=NO_AXES
            if isinstance(got, torch.Tensor) and got.shape == ()
            else "One tensor is asked for. What does type(...) say of your result?",
            length=how_many(got, right),
            shape="How many labels come in one pass, and how many axes has the result?",
            dtype="Labels are int64. What has made them something else?",
            values=why_other_labels(got, right),
        ):
            expect(
                got,
                right,
                name=f"all_labels(loader), with {count} labels in batches of {size},",
            )

    fairly(student, RIGHT_COUNT, look)


NO_AXES = "Your result has no axis at all. Which shape does the docstring ask for?"


def how_many(got, right):
    """The hint for more or fewer numbers than there are labels."""
    if isinstance(got, list) and isinstance(right, list) and len(got) > len(right):
        return "You give more numbers than a pass has labels. Where are the others from?"
    return "How many labels come in all batches together?"


def why_other_labels(got, right):
    """The hint for other labels than these: in another order, too often, or changed."""
    if isinstance(got, torch.Tensor) and alike(got, right, **FORM):
        got, right = got.flatten().tolist(), right.flatten().tolist()
    numbers = isinstance(got, list) and all(isinstance(number, (int, float)) for number in got)
    if not numbers or not isinstance(right, list):
        return None
    if sorted(got) == sorted(right):
        return "All labels are there. In which order does the loader give them?"
    # To floats that have no room for their last digits all large labels are one number.
    large = min(right, default=0) > 2**24
    if set(got) <= set(right) and not (large and len(set(got)) == 1):
        return "Some labels come too often, others too rarely. Which batches go in, and how often?"
    if large:
        return "Your numbers are not all labels here. What becomes of a label such as 2**40 + 1?"
    return "Some of your numbers are not among the labels of this loader. Which step are they from?"


def numbers_in_a_row(labels):
    """Labels as a list of numbers, whatever holds them; other things as they are."""
    if isinstance(labels, (list, tuple)) and all(isinstance(y, torch.Tensor) for y in labels):
        return [number for y in labels for number in numbers_in_a_row(y)]
    if isinstance(labels, torch.Tensor):
        is_real = labels.layout is torch.strided and not labels.is_complex()
        return labels.flatten().to(torch.int64).tolist() if is_real else []
    return labels.ravel().tolist() if isinstance(labels, np.ndarray) else labels


def row_or_number(labels):
    """Labels as a list of numbers, whatever holds them; a tensor without axes as it is."""
    scalar = isinstance(labels, torch.Tensor) and not labels.dim()
    return labels if scalar else numbers_in_a_row(labels)


def of_int64(labels):
    """Labels in the form that they have, as int64 if they are in a tensor."""
    is_real = isinstance(labels, torch.Tensor) and not labels.is_complex()
    return labels.detach().to(torch.int64) if is_real else labels


def in_a_row(labels):
    """Labels as they are, those in a tensor along one axis."""
    return labels.flatten() if isinstance(labels, torch.Tensor) else labels


@check("all_labels", weight=4, part="idea")
def test_gives_the_labels_in_the_order_of_the_pass(student, rng):
    size = rng.integer(4, 12)
    expect_labels(student, rng, size * rng.integer(2, 5), size, numbers_in_a_row)


@check("all_labels", part="contract")
def test_joins_a_short_last_batch_too(student, rng):
    size = rng.integer(6, 12)
    # A last batch of one sample, and one that is the only one.
    for count in (size * 2 + 1, size - 1):
        expect_labels(student, rng, count, size, numbers_in_a_row, kind="loader_of_a_list")
    expect_labels(student, rng, 1, 1, row_or_number)
    expect_labels(student, rng, rng.integer(110, 130), 1, numbers_in_a_row)
    # A batch_sampler deals in an order of its own, of which loader.sampler knows nothing.
    dealt = "loader_with_a_batch_sampler"
    expect_labels(student, rng, size * 2 + 1, size, numbers_in_a_row, kind=dealt)


@check("all_labels", weight=1.5, part="idea")
def test_labels_are_of_one_pass(student, rng):
    size = rng.integer(4, 9)
    samples = draw_samples(rng, size * 4)
    orders = [rng.shuffled(range(size * 4)) for _ in range(8)]

    def look():
        code = define(student, BATCHES)
        loader = code.loader_of_many_orders(samples.X, samples.y, size, orders)
        got, given = numbers_in_a_row(fetch(student.all_labels(loader))), samples.y.tolist()
        require(
            isinstance(got, list) and any(got == samples.y[order].tolist() for order in orders),
            "From a loader that shuffles anew in each pass, the labels are not those of one pass.",
            hint=why_of_no_pass(got, given),
        )

    fairly(student, RIGHT_COUNT, look)


def why_of_no_pass(got, given):
    """The hint for labels that are not those of one pass, by what else they are."""
    if isinstance(got, list) and len(got) == len(given):
        numbers = [number for number in got if isinstance(number, (int, float))]
        if sorted(numbers) == sorted(given):
            return "All labels are there, in an order that no pass had. What puts them into yours?"
        if len(numbers) == len(given) and set(numbers) <= set(given):
            return "Some labels come too often, others are missing. How often does a pass begin?"
    return BEGIN_THERE.format("all_labels")


@check("all_labels", weight=2, part="contract")
def test_is_one_tensor_with_one_axis(student, rng):
    size = rng.integer(4, 9)
    expect_labels(student, rng, size * 3, size, of_int64)


@check("all_labels", part="contract")
def test_is_of_int64(student, rng):
    size = rng.integer(4, 9)
    # Numbers that no float32 holds to the last digit.
    expect_labels(student, rng, size * 3, size, in_a_row, shift=2**40)


CLAUSES = {
    "make_loaders": [
        {
            "text": "A loader for training and one for testing.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "data sets",
            "checks": [
                "test_training_loader_gives_every_sample_once",
                "test_training_order_is_another_in_every_pass",
                "test_test_loader_gives_every_sample_in_order",
                "test_short_last_batches_are_dealt_out_too",
            ],
            "broken_by": "mistakes/globals_instead_of_arguments",
        },
        {
            "text": "samples in a batch",
            "checks": [
                "test_batches_have_the_size_that_is_asked_for",
                "test_batches_hold_64_samples_by_default",
            ],
            "broken_by": "mistakes/hands_of_one",
        },
        {
            "text": "the last one may be shorter",
            "checks": ["test_short_last_batches_are_dealt_out_too"],
            "broken_by": "mistakes/short_batch_dropped",
        },
        {
            "text": "a tuple of two DataLoaders",
            "checks": [
                "test_training_loader_gives_every_sample_once",
                "test_training_order_is_another_in_every_pass",
                "test_test_loader_gives_every_sample_in_order",
                "test_short_last_batches_are_dealt_out_too",
                "test_batches_have_the_size_that_is_asked_for",
                "test_batches_hold_64_samples_by_default",
                "test_changes_neither_the_data_nor_the_seed",
            ],
            "broken_by": "mistakes/test_batches_in_a_list",
        },
        {
            "text": "(train_loader, test_loader), in this order",
            "checks": [
                "test_training_loader_gives_every_sample_once",
                "test_training_order_is_another_in_every_pass",
                "test_test_loader_gives_every_sample_in_order",
                "test_short_last_batches_are_dealt_out_too",
            ],
            "broken_by": "mistakes/test_loader_first",
        },
        {
            "text": "In a pass each gives every sample once",
            "checks": [
                "test_training_loader_gives_every_sample_once",
                "test_short_last_batches_are_dealt_out_too",
            ],
            "broken_by": "mistakes/with_replacement",
        },
        {
            "text": "the first shuffled anew for each pass",
            "checks": ["test_training_order_is_another_in_every_pass"],
            "broken_by": "mistakes/mixed_within_batches",
        },
        {
            "text": "the second in the order of the data set",
            "checks": ["test_test_loader_gives_every_sample_in_order"],
            "broken_by": "mistakes/both_shuffled",
        },
        {
            "text": "nothing",
            "checks": ["test_changes_neither_the_data_nor_the_seed"],
            "broken_by": "mistakes/seed_set_inside",
        },
    ],
    "first_batch": [
        {
            "text": "The first batch of a pass.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "a DataLoader or any other iterable of batches (X, y)",
            "checks": [
                "test_gives_images_and_labels_of_the_first_batch",
                "test_images_and_labels_are_of_one_batch",
                "test_asks_any_iterable_for_one_batch_only",
                "test_each_call_begins_a_new_pass",
            ],
            "broken_by": "mistakes/square_brackets",
        },
        {
            "text": "(X, y)",
            "checks": [
                "test_gives_images_and_labels_of_the_first_batch",
                "test_images_and_labels_are_of_one_batch",
                "test_asks_any_iterable_for_one_batch_only",
                "test_each_call_begins_a_new_pass",
            ],
            "broken_by": "mistakes/labels_first",
        },
        {
            "text": "the first batch",
            "checks": [
                "test_gives_images_and_labels_of_the_first_batch",
                "test_asks_any_iterable_for_one_batch_only",
                "test_each_call_begins_a_new_pass",
            ],
            "broken_by": "mistakes/second_batch",
        },
        {
            "text": "that a new pass over the loader gives",
            "checks": ["test_each_call_begins_a_new_pass"],
            "broken_by": "mistakes/goes_on_with_the_pass",
        },
        {
            "text": "for one batch, not for more",
            "checks": ["test_asks_any_iterable_for_one_batch_only"],
            "broken_by": "mistakes/whole_list",
        },
    ],
    "count_samples": [
        {
            "text": "How many samples one pass over a loader gives.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "a DataLoader, made with batch_size or with a batch_sampler,",
            "checks": ["test_counts_what_a_batch_sampler_deals"],
            "broken_by": "mistakes/size_asked_of_the_loader",
        },
        {
            "text": "that gives each sample of its data set once, in batches (X, y)",
            "checks": [
                "test_counts_samples_and_not_batches",
                "test_counts_a_short_last_batch_as_it_is",
                "test_counts_right_whatever_the_batch_size",
                "test_counts_what_a_batch_sampler_deals",
                "test_gives_an_int",
            ],
            "broken_by": "mistakes/parts_of_a_batch",
        },
        {
            "text": "the last batch may be shorter",
            "checks": [
                "test_counts_a_short_last_batch_as_it_is",
                "test_counts_right_whatever_the_batch_size",
                "test_counts_what_a_batch_sampler_deals",
            ],
            "broken_by": "mistakes/full_batches_only",
        },
        {
            "text": "the number of samples",
            "checks": [
                "test_counts_samples_and_not_batches",
                "test_counts_a_short_last_batch_as_it_is",
                "test_counts_right_whatever_the_batch_size",
                "test_counts_what_a_batch_sampler_deals",
                "test_gives_an_int",
            ],
            "broken_by": "mistakes/batches",
        },
        {
            "text": "an int of Python",
            "checks": ["test_gives_an_int"],
            "broken_by": "mistakes/a_float",
        },
        {
            "text": "not a tensor",
            "checks": ["test_gives_an_int"],
            "broken_by": "mistakes/a_tensor",
        },
        {
            "text": "not a number of NumPy",
            "checks": ["test_gives_an_int"],
            "broken_by": "mistakes/number_of_numpy",
        },
    ],
    "all_labels": [
        {
            "text": "The labels of one pass over a loader.",
            "checks": ["test_labels_are_of_one_pass"],
            "broken_by": "mistakes/a_pass_for_each_batch",
        },
        {
            "text": "a DataLoader that gives each sample of its data set once, in batches (X, y) "
            "with int64 labels y of shape (N,)",
            "checks": [
                "test_gives_the_labels_in_the_order_of_the_pass",
                "test_joins_a_short_last_batch_too",
                "test_labels_are_of_one_pass",
                "test_is_one_tensor_with_one_axis",
                "test_is_of_int64",
            ],
            "broken_by": "mistakes/images",
        },
        {
            "text": "one int64 tensor",
            "checks": ["test_is_one_tensor_with_one_axis", "test_is_of_int64"],
            "broken_by": "mistakes/plain_list",
        },
        {
            "text": "of shape (number of samples,)",
            "checks": ["test_joins_a_short_last_batch_too", "test_is_one_tensor_with_one_axis"],
            "broken_by": "mistakes/stacked",
        },
        {
            "text": "the labels in the order in which the loader gives them",
            "checks": [
                "test_gives_the_labels_in_the_order_of_the_pass",
                "test_joins_a_short_last_batch_too",
                "test_labels_are_of_one_pass",
                "test_is_one_tensor_with_one_axis",
                "test_is_of_int64",
            ],
            "broken_by": "mistakes/sorted",
        },
    ],
}
