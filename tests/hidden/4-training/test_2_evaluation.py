"""Hidden checks of 4-training, second part: counting right answers, the test loop, the confusion
matrix.

Most models here give their input as the logits, its columns in reverse order, so that the judge
decides what is predicted.
"""

from types import SimpleNamespace

import torch
from torch.nn.functional import cross_entropy

from autograder.checks import (
    as_number,
    check,
    closer_look,
    define,
    expect,
    fairly,
    fetch,
    hints,
    is_rounded,
    keep,
    number_of,
    put,
    require,
    shown_by,
    tools,
    unobserved,
)

MODELS = tools(__file__, "score_models", "loaders", "kept_batches", "training_parts")

PICTURES = tools(__file__, "picture_models", "training_parts")
SWITCHES = tools(__file__, "gradients_off")
TRACES = tools(__file__, "evaluation_traces")

RIGHT_COUNT = tools(__file__, "right_count_correct")

BEGIN_THERE = "If other checks of {} fail too, begin with those."
ONE_NUMBER = "What comes back to the caller, and what is its type? One number is asked for."


def draw_answers(rng, right, classes):
    """Logits and labels of which those are predicted right that `right` says."""
    y = rng.labels(len(right), classes)
    wrong = (y + rng.integers(1, classes, len(right))) % classes
    predicted = torch.where(torch.tensor(right), y, wrong)
    logits = rng.tensor(len(right), classes)
    # The winner leads by a margin that no rounding takes away; some logits are negative.
    lead = logits.max(dim=1).values - 1.5 + rng.integers(3, 6, len(right))
    logits[torch.arange(len(right)), predicted] = lead
    return logits, y


def draw_flags(rng, count):
    """Which answers are right: neither all nor none."""
    rights = rng.integer(1, count)
    return rng.shuffled([True] * rights + [False] * (count - rights))


@check("count_correct", weight=2, part="idea")
def test_counts_the_images_whose_highest_score_is_the_label(student, rng):
    # An odd number: right and wrong answers are never equally many.
    flags = draw_flags(rng, 2 * rng.integer(6, 10) + 1)
    logits, y = draw_answers(rng, flags, rng.integer(4, 9))
    # What is added to a row changes no prediction. Where it is wrong, the winner's score becomes
    # the label's number, so that comparing scores with labels counts these rows; where it is
    # right, all scores are 1 or more, so that a threshold picks none of them out.
    right, highest = torch.tensor(flags), logits.max(dim=1).values
    logits -= torch.where(right, logits.min(dim=1).values, highest)[:, None]
    logits += torch.where(right, 1, y)[:, None]
    # The highest of all stands in the last row: its index is nobody's label.
    order = logits.max(dim=1).values.argsort()
    logits, y = logits[order], y[order]
    got = number_of(student.count_correct(logits, y))
    # unneeded: the next line fails too, but this one says why
    require(got is not None, "count_correct(logits, y) did not return a number.", hint=ONE_NUMBER)
    require(
        bool(got == sum(flags)),
        "count_correct(logits, y) is not the number of right predictions.",
        hint=why_another_count(got, sum(flags), len(flags), lambda: count_by_hand(student)),
    )


def count_by_hand(student):
    """The hint that proposes a few rows, if the answer counts these wrong."""

    def counted(rows, *labels):
        with unobserved(student):
            return number_of(student.count_correct(torch.tensor(rows), torch.tensor(labels)))

    return shown_by(
        (
            lambda: counted([[1.0, 3.0], [4.0, 2.0], [5.0, 0.0]], 0, 1, 0),
            1.0,
            "Try the logits [[1, 3], [4, 2], [5, 0]] with the labels 0, 1 and 0. By hand one row "
            "is right: how many does your function count?",
        ),
        (
            lambda: counted([[-1.0, -3.0], [-4.0, -2.0]], 0, 1),
            2.0,
            "Try the logits [[-1, -3], [-4, -2]] with the labels 0 and 1. By hand both rows are "
            "right: how many does your function count?",
        ),
        (
            lambda: counted([[0.1, 0.3, 0.2], [3.0, 1.0, 2.0]], 1, 0),
            2.0,
            "Try the logits [[0.1, 0.3, 0.2], [3, 1, 2]] with the labels 1 and 0. By hand both "
            "rows are right: how many does your function count?",
        ),
        other="A few rows are counted right. From how many rows or classes on is the count wrong?",
    )


def why_another_count(got, right, count, other):
    """The hint for a wrong count, by how it lies to the right one; what `other` gives where that
    says nothing. A right count has none.
    """
    if got == right:
        return None
    if got == count:
        return "All images were counted, those that are read wrong too. Which of them should count?"
    if 0 < got < 1:
        return "A number between 0 and 1 came back. How many images is that?"
    return other()


THREE = torch.tensor([[1.0, 1.1, 1.2]])


@check("count_correct", part="idea")
def test_counts_right_in_a_batch_of_any_size(student, rng):
    classes = rng.integer(4, 9)
    # As many images as classes: a square, in which rows and columns are easily mixed up.
    counts_of_rows = (classes, 1, 1, 3, 70, 40, 40, 1200)
    batches = []
    for count in counts_of_rows:
        flags = draw_flags(rng, count) if count > 3 else [len(batches) != 2] * count
        logits, y = draw_answers(rng, flags, classes)
        # Who finds one and the same class in all rows does not count right by luck.
        while count >= 40 and sum(flags) in y.bincount(minlength=classes):
            logits, y = draw_answers(rng, flags, classes)
        batches.append((flags, logits, y))
    # Logits have no fixed scale: so high that exp() has no room, far below 0, or so close together
    # that whole numbers and half precision can't tell them apart.
    for number, scale, offset in ((4, 100, 0), (5, 1, -90), (6, 0.01, 50)):
        flags, logits, y = batches[number]
        batches[number] = (flags, logits * scale + offset, y)
    each_row = "Does each row count by itself, however many there are? " + BEGIN_THERE.format(
        "count_correct"
    )
    one_image = "What does your function give for a single image, once read right and once wrong?"
    words = (
        ("", each_row),
        ("", one_image),
        ("", one_image),
        ("", each_row),
        (", logits far apart", "For the logits 400 and 500, which class does your function find?"),
        (
            ", all logits negative",
            "For the logits -95 and -90, which class does your function find?",
        ),
        (
            ", logits close together",
            lambda: shown_by(
                (
                    lambda: number_of(student.count_correct(THREE, torch.tensor([2]))),
                    1.0,
                    "For the logits 1.0, 1.1 and 1.2, which class does your function find?",
                ),
                other="For the logits 50.01 and 50.02, which class does your function find?",
            ),
        ),
        ("", "How many of these rows does your function look at?"),
    )
    # All are counted before the first is judged: the counts tell the mistake.
    counts = [number_of(student.count_correct(logits, y)) for _, logits, y in batches]
    for (flags, *_), got, (of_what, hint) in zip(batches, counts, words, strict=True):
        # unneeded: the next line fails too, but this one says why
        require(
            got is not None, "count_correct(logits, y) did not return a number.", hint=ONE_NUMBER
        )
        require(
            bool(got == sum(flags)),
            f"count_correct(logits, y) is wrong for a batch of {len(flags)}, {classes} classes"
            f"{of_what}.",
            hint=hint
            if len(flags) == 1
            else why_another_count(
                *(got, sum(flags), len(flags)),
                lambda hint=hint: hint() if callable(hint) else hint,
            ),
        )


@check("count_correct", part="details")
def test_returns_an_int(student, rng):
    flags = draw_flags(rng, rng.integer(12, 20))
    with hints(
        type="What is the type of the result? An int is asked for.",
        values=BEGIN_THERE.format("count_correct"),
    ):
        expect(
            student.count_correct(*draw_answers(rng, flags, 6)),
            sum(flags),
            name="count_correct(logits, y)",
        )


@check("count_correct", part="contract")
def test_leaves_its_arguments_as_they_were(student, rng):
    flags = draw_flags(rng, rng.integer(12, 20))
    logits, y = draw_answers(rng, flags, 6)
    given = put(student, logits), put(student, y)
    got = number_of(student.count_correct(*given))
    hint = "Which line of your function writes into a tensor that it was given?"
    expect(fetch(given[0]), logits, name="logits after count_correct(logits, y)", hint=hint)
    expect(fetch(given[1]), y, name="y after count_correct(logits, y)", hint=hint)
    # unneeded: a function that does nothing leaves all as it was, and earns nothing by that
    require(
        bool(got == sum(flags)),
        "count_correct(logits, y) is not the right number.",
        hint=BEGIN_THERE.format("count_correct"),
    )


def draw_batches(rng, classes, smallest=4, short=0, apart=0.04):
    """Batches of one size, and a last one of `short` images, all of which are predicted right.

    So the mean of the batches' accuracies is higher than the share of right answers; and the
    first batch alone has another share, never by chance about the same: `apart` by more.
    """
    size = rng.integer(smallest, smallest + 3)
    while True:
        flags = draw_flags(rng, size * rng.integer(2, 4))
        flags += [True] * short
        parts = [flags[start : start + size] for start in range(0, len(flags), size)]
        shares = [sum(part) / len(part) for part in parts]
        wrong = [shares[0]]
        if short:
            wrong += [sum(shares) / len(shares), sum(flags) / (len(parts) * size)]
            wrong.append(sum(flags[:-short]) / (len(flags) - short))
        if all(abs(one - sum(flags) / len(flags)) > apart for one in wrong):
            break
    logits, y = draw_answers(rng, flags, classes)
    return SimpleNamespace(logits=logits, y=y, size=size, share=sum(flags) / len(flags))


def results_of_test(space, images, smoothing=0.0, **moods):
    """The two numbers that `test` returns, and the tools and the model afterwards."""
    tools = define(space, MODELS)
    model = tools.scores(**moods)
    loader = tools.loader(images.logits.flip(1), images.y, images.size)
    result = space.test(loader, model, tools.blurred_loss(smoothing))
    # unneeded: what follows fails too, but this line says why
    require(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "test(dataloader, model, loss_fn) did not return two numbers, accuracy and loss.",
        hint="How many things come back to the caller? Two are asked for, in this order: the "
        "accuracy and the loss.",
    )
    return result, tools, model


TWO_FLOATS = "What is the type of each of the two results? Both are plain floats."


def why_another_share(number, other):
    """The hint for an accuracy that is wrong; `other` where it could be a share."""
    if isinstance(number, float) and number > 1:
        return (
            "The first number is above 1. Which count is divided by which, and where does each "
            "begin?"
        )
    return other


def why_swapped(result, share, losses, other):
    """The hint for an accuracy that is wrong, where it is the loss and the other one is right; what
    `other` gives where it is not so.
    """
    loss, accuracy = (number_of(part) for part in result)
    if loss is None or accuracy is None or not any(about(loss, right) for right in losses):
        return other()
    if about(accuracy, share) or about(accuracy, 100 * share):
        return "Here the first number is the loss. Which of the two does the docstring name first?"
    return other()


@check("test", weight=5, part="idea")
def test_accuracy_is_the_share_of_right_images(student, rng):
    images = draw_batches(rng, rng.integer(3, 8))
    loss, *_ = sums_of_losses(images.logits, images.y, images.size)

    def look():
        result, _, _ = results_of_test(student, images)
        # A share or percent, rounded or not, first or second: how it is returned is asked below.
        if not shows(result, (images.share, 100 * images.share)):
            number = as_number(result[0])
            by_hand = (
                "The loss is right, and so are the logits. For which of their rows is an image "
                "counted, and by what is the count divided?"
                if shows(result, (loss,))
                else "Say that of two batches of 4 images 3 and 2 are right. By hand the share is "
                "5/8: what does your function give?"
            )
            with hints(type=TWO_FLOATS, values=why_another_share(number, by_hand)):
                expect(
                    number,
                    images.share,
                    name="The accuracy, the first of the two results of test(...),",
                )

    fairly(student, RIGHT_COUNT, look)


ONE_BATCH = (
    "Call test twice with a loader of a single batch. Is each loss the one that loss_fn gives for "
    "the logits of this batch?"
)


@check("test", weight=2, part="idea")
def test_loss_is_the_mean_loss(student, rng):
    images = draw_even(rng)
    size = images.size
    one = SimpleNamespace(logits=images.logits[:size], y=images.y[:size], size=size)
    of_one = cross_entropy(one.logits, one.y).item()
    right, *others = sums_of_losses(images.logits, images.y, images.size)
    of_probabilities = sums_of_losses(images.logits.softmax(dim=1), images.y, images.size)

    def right_for_one():
        with unobserved(student):
            return shows(results_of_test(student, one)[0], (of_one,))

    def look():
        result, _, _ = results_of_test(student, images)
        if shows(result, (right,)):
            return
        # unneeded: the last line fails too, but this one says why
        require(
            not shows(result, of_probabilities),
            "The loss of test is the one that loss_fn gives for softmax(logits).",
            hint="loss_fn wants logits. Does it get what the model gives, as it is?",
        )
        hint = (
            "Say that loss_fn gives 1, 2 and 6 for three batches. By hand the mean is 3: what does "
            "your function give?"
        )
        if shows(result, others):
            hint = (
                "The batches' losses are right, their mean is not. How many of them are added up, "
                "and by what is the sum divided?"
            )
        elif isinstance(as_number(result[1]), float):
            hint = shown_by((right_for_one, True, ONE_BATCH), other=hint)
        name = "The loss, the second of the two results of test(...),"
        with hints(type=TWO_FLOATS, values=hint):
            expect(as_number(result[1]), right, name=name)

    fairly(student, RIGHT_COUNT, look)


@check("test", part="contract")
def test_loss_comes_from_the_function_it_is_given(student, rng):
    even = draw_even(rng, smoothing=rng.uniform(0.3, 0.6))

    def look():
        result, _, _ = results_of_test(student, even, smoothing=even.smoothing)
        smooth = shows(result, even.smooth)
        # unneeded: the last line fails too, but this one says why
        require(
            smooth or not shows(result, even.right),
            "With another loss_fn, test returns the loss of cross entropy all the same.",
            hint="Which function computes the loss: the one that test is given, or one of its own?",
        )
        require(
            smooth,
            "Neither number is a loss of the loss_fn that test was given.",
            hint=BEGIN_THERE.format("test"),
        )

    fairly(student, RIGHT_COUNT, look)


def sums_of_losses(logits, y, size, smoothing=0.0):
    """The mean loss, and what becomes of it when it is divided by another count, or by none."""
    losses = [
        cross_entropy(*batch, label_smoothing=smoothing).item()
        for batch in zip(logits.split(size), y.split(size), strict=True)
    ]
    total = sum(losses)
    return total / len(losses), total, total / len(y), total * size


def all_losses(logits, y, size, smoothing=0.0):
    """The sums of the losses of the logits and of their softmax: these are to tell one mode from
    another. Which of them is right has its own check.
    """
    return (
        *sums_of_losses(logits, y, size, smoothing),
        *sums_of_losses(logits.softmax(dim=1), y, size, smoothing),
    )


def about(number, right):
    """Whether a number is right but for rounding."""
    return abs(number - right) <= 0.015 * abs(right) + 0.006


def shows(result, values):
    """Is one of the two numbers about one of these, in whichever order they come?"""
    numbers = [number_of(value) for value in result]
    return any(
        number is not None and about(number, value) for number in numbers for value in values
    )


def draw_even(rng, smoothing=0.5):
    """Batches of one size, so that all ways to average agree, and by how many classes a model
    moves its logits in the wrong mode. `right` and `wrong` are the losses in either mode, `smooth`
    is what another loss gives that blurs the labels."""
    while True:
        size, classes = rng.integer(3, 6), rng.integer(4, 8)
        flags = draw_flags(rng, size * 3)
        logits, y = draw_answers(rng, flags, classes)
        moved = rng.integer(1, classes)
        right = all_losses(logits, y, size)
        wrong = all_losses(logits.roll(moved, dims=1), y, size)
        smooth = all_losses(logits, y, size, smoothing)
        accuracy = sum(flags) / len(flags)
        apart = [(r, w) for r in right for w in (*wrong, *smooth)]
        # The accuracy is not to be taken for a loss either.
        apart += [(accuracy, loss) for loss in (*right, *wrong, *smooth)]
        apart += [(right[4], right[0]), (right[4], right[2])]
        if not any(abs(one - other) < 0.04 * abs(one) + 0.014 for one, other in apart):
            return SimpleNamespace(
                logits=logits,
                y=y,
                size=size,
                moved=moved,
                smoothing=smoothing,
                right=right,
                wrong=wrong,
                smooth=smooth,
            )


def in_wrong_mode(images):
    """What a model does that is in training mode, also where only its outside was switched."""
    return {"in_training": images.moved, "inside_in_training": images.moved}


@check("test", weight=3, part="idea")
def test_looks_at_the_model_in_evaluation_mode(student, rng):
    even = draw_even(rng)

    def look():
        result, _, _ = results_of_test(student, even, **in_wrong_mode(even))
        right = shows(result, even.right)
        # unneeded: the last line fails too, but this one says why
        require(
            right or not shows(result, even.wrong),
            "test ran the model in training mode.",
            hint="What puts the model into evaluation mode, with all that is inside it, before the "
            "first batch?",
        )
        require(
            right,
            "Neither number is a loss of the model in evaluation mode.",
            hint=BEGIN_THERE.format("test"),
        )

    fairly(student, RIGHT_COUNT, look)


@check("test", weight=3, part="contract")
def test_records_no_gradients(student, rng):
    even = draw_even(rng)

    def look():
        result, tools, model = results_of_test(student, even, with_gradients=even.moved)
        right = shows(result, even.right)
        # unneeded: the last line fails too, but this one says why
        require(
            right or not shows(result, even.wrong),
            "test ran the model while gradients were recorded.",
            hint="Where are gradients switched off, and is model(X) called there? eval() does not "
            "do it.",
        )
        require(
            right,
            "Neither number is a loss of the model without gradients.",
            hint=BEGIN_THERE.format("test"),
        )
        # Told by what becomes of a tensor, not by asking: is_grad_enabled may be replaced.
        require(
            tools.doubled(rng.tensor(3).requires_grad_()).requires_grad,
            "After test, gradients are switched off for all that follows.",
            hint="What switches gradients on again when your function has ended?",
        )
        parts = (tools.loader(even.logits, even.y, even.size), model, tools.blurred_loss(0.0))
        require(
            define(student, SWITCHES).off_afterwards(student.test, *parts),
            "Gradients were off before test was called, and are on afterwards.",
            hint="What puts them back as they were, on or off?",
        )

    def where_they_are_on():
        define(student, TRACES).switches(student.test)

    with closer_look(where_they_are_on):
        fairly(student, RIGHT_COUNT, look)


# What a model of these holds before anybody has run it, and the size of its gradient.
UNTOUCHED = {
    "inner.factor": torch.ones(1).requires_grad_(),
    "inner.frozen": torch.ones(1),
    "inner.shift": torch.zeros(1),
    "gradient": 3.0,
}


@check("test", part="contract")
def test_leaves_the_model_as_it_was(student, rng):
    even = draw_even(rng)

    def look():
        result, tools, model = results_of_test(student, even)
        require(
            shows(result, even.right),
            "Neither number that test returns is a loss.",
            hint=BEGIN_THERE.format("test"),
        )
        hint = "Testing only looks. Which line changes the model, its gradients or requires_grad?"
        expect(tools.state(model), UNTOUCHED, name="The model after test(...)", hint=hint)

    fairly(student, RIGHT_COUNT, look)


@check("test", weight=2, part="contract")
def test_counts_a_short_last_batch_by_its_images(student, rng):
    uneven = draw_batches(rng, rng.integer(3, 8), short=1)
    losses = sums_of_losses(uneven.logits, uneven.y, uneven.size)

    def look():
        result, _, _ = results_of_test(student, uneven)
        number = number_of(result[0])
        if number is None or not (about(number, uneven.share) or about(number, 100 * uneven.share)):
            by_hand = (
                "Say that of batches of 4, 4 and 1 images 3, 2 and 1 are right. By hand the share "
                "is 6/9: what does your function give?"
            )

            def why():
                def other():
                    return why_another_share(number, by_hand)

                return why_swapped(result, uneven.share, losses, other)

            with hints(type=TWO_FLOATS, values=why):
                expect(
                    as_number(result[0]),
                    uneven.share,
                    name="The accuracy, the first of the two results, with a shorter last batch",
                )

    fairly(student, RIGHT_COUNT, look)


@check("test", weight=2, part="details")
def test_gives_two_floats_with_all_digits(student, rng):
    while True:
        uneven = draw_batches(rng, rng.integer(3, 8), short=2)
        over_batches, *_ = sums_of_losses(uneven.logits, uneven.y, uneven.size)
        over_samples = cross_entropy(uneven.logits, uneven.y).item()
        # So that it shows where one of the two numbers is rounded to two digits.
        numbers = (uneven.share, over_batches, over_samples)
        if all(abs(number - round(number, 2)) > 0.002 for number in numbers):
            break

    def look():
        for which in ("first", "second"):
            accuracy, loss = result = results_of_test(student, uneven)[0]

            def why(accuracy=accuracy, result=result, which=which):
                def other():
                    return why_no_share(accuracy, uneven.share, which)

                return why_swapped(result, uneven.share, (over_batches, over_samples), other)

            with hints(type=TWO_FLOATS, values=why):
                expect(
                    accuracy, uneven.share, name=f"The accuracy in the {which} call of test(...)"
                )
            if isinstance(loss, float) and abs(loss - over_samples) <= 1e-4 * over_samples:
                continue
            hint = why_not_exact(loss, (over_batches, over_samples), which)
            with hints(type=TWO_FLOATS, values=hint):
                expect(loss, over_batches, name=f"The loss in the {which} call of test(...)")

    fairly(student, RIGHT_COUNT, look)


def why_no_share(accuracy, share, which):
    """The hint for an accuracy that is not this share, to the last digit."""
    number = number_of(accuracy)
    if number is not None and about(number, 100 * share):
        return "Which accuracy has a model that reads all images right, by the docstring?"
    return why_another_share(accuracy, why_not_exact(accuracy, (share,), which))


def why_not_exact(result, rights, which):
    """The hint for a number that is not one of these to the last digit, in which call."""
    if any(is_rounded(result, right) for right in rights):
        return "The number is right, with fewer digits. Which step cuts the others off?"
    if which == "second":
        return "The first call was right. What is left of it when the second one begins?"
    number = number_of(result)
    if number is not None and any(about(number, right) for right in rights):
        return (
            "The number is near the right one, but not it. Of which images is it, and by what is "
            "their sum divided?"
        )
    return BEGIN_THERE.format("test")


def draw_pictures(rng, classes, count):
    """Pictures (count, 1, classes, 2) of which nearly all are predicted right, but not all, the
    offset that makes logits of them, and how many are right.
    """
    right = count - rng.integer(2, 4)
    logits, y = draw_answers(rng, rng.shuffled([True] * right + [False] * (count - right)), classes)
    offset = 9 * rng.tensor(classes)
    pictures = torch.stack([logits + offset, rng.tensor(count, classes)], dim=2)[:, None]
    return SimpleNamespace(X=pictures, y=y, offset=offset, right=right, predicted=logits.argmax(1))


def draw_many(rng):
    """150 batches of 4 images. Of the first half only some are right: those of any beginning have
    another share than all.
    """
    flags = rng.shuffled([True] * 150 + [False] * 150) + [True] * 300
    logits, y = draw_answers(rng, flags, rng.integer(4, 8))
    return SimpleNamespace(logits=logits, y=y, size=4, share=sum(flags) / len(flags))


@check("test", part="contract")
def test_takes_the_images_as_the_loader_gives_them(student, rng):
    pictures = draw_pictures(rng, rng.integer(4, 8), 40)
    share = pictures.right / len(pictures.y)
    many = draw_many(rng)

    def look():
        tools = define(student, PICTURES)
        loader = tools.shuffling_loader(pictures.X, pictures.y, 4)
        model = tools.ReadsPictures(pictures.offset)
        require(
            shows(student.test(loader, model, tools.cross_entropy()), (share, 100 * share)),
            "The accuracy is wrong for images with three axes, from a loader that shuffles.",
            hint="Does the model get X as it is, and does each image keep its own label, if each "
            "pass has a new order? " + BEGIN_THERE.format("test"),
        )
        require(
            shows(results_of_test(student, many)[0], (many.share, 100 * many.share)),
            "The accuracy is wrong for 150 batches of 4 images.",
            hint="Which of the 150 batches count in your accuracy? " + BEGIN_THERE.format("test"),
        )

    fairly(student, RIGHT_COUNT, look)


def matrix_of(space, images, *classes, **moods):
    tools = define(space, MODELS)
    model = tools.scores(**moods)
    loader = tools.loader(images.logits.flip(1), images.y, images.size)
    return space.confusion_matrix(model, loader, *classes)


def draw_confused(rng, short=0):
    """Images of ten classes whose confusion matrix is not symmetric, and in whose first batch a
    pair of true and predicted class occurs twice."""
    while True:
        # Of more images one is too small a share, and a matrix is compared to the last image.
        images = draw_batches(rng, 10, smallest=12, short=short, apart=0.0)
        images.logits[1], images.y[1] = images.logits[0], images.y[0]
        there = images.y * 10 + images.logits.argmax(dim=1)
        back = images.logits.argmax(dim=1) * 10 + images.y
        if not torch.equal(there.sort().values, back.sort().values):
            return images


def counts_in(matrix):
    """The matrix in int64, if it is one of whole numbers: its dtype has a check of its own."""
    if isinstance(matrix, torch.Tensor) and matrix.dtype != torch.int64:
        whole = matrix.detach().to(torch.float64).nan_to_num().clamp(-1e6, 1e6).to(torch.int64)
        return whole if torch.equal(whole.to(matrix.dtype), matrix.detach()) else matrix
    return matrix


@check("confusion_matrix", weight=6, part="idea")
def test_rows_are_true_and_columns_predicted(student, solution, rng):
    images = draw_confused(rng)
    expected = matrix_of(solution, images)
    got = counts_in(matrix_of(student, images))
    if isinstance(got, torch.Tensor) and got.shape == expected.shape:
        # unneeded: the next line fails too, but this says why
        require(
            not torch.equal(got, expected.T),
            "In confusion_matrix(model, loader) rows and columns are exchanged.",
            hint="Which of the two is the row: the true class or the predicted one?",
        )
    with hints(
        type="What comes back to the caller, and what is its type? A tensor is asked for.",
        shape="How many rows and columns has your matrix, and how many classes are there?",
        dtype="Some of the entries are not whole numbers. Is each of them a number of images?",
        values=why_other_counts(got, expected),
    ):
        expect(got, expected, name="confusion_matrix(model, loader)")


def looks_like(got, expected):
    """The matrix as numbers, None where it is not one of this shape and dtype on the CPU."""
    if (
        isinstance(got, torch.Tensor)
        and got.layout is torch.strided
        and got.device == expected.device
        and got.dtype == expected.dtype
        and got.shape == expected.shape
    ):
        return got.detach()
    return None


def why_other_counts(got, expected):
    """The hint for other counts, by what they add up to."""
    counts = looks_like(got, expected)
    if counts is not None and counts.sum() < expected.sum():
        return "The entries add up to fewer images than there are. Which of them are not counted?"
    if counts is not None and counts.sum() > expected.sum():
        return "The entries add up to more images than there are. Which count more than once?"
    return (
        "The entries add up to as many images as there are. In which row and column does an image "
        "of class 2 count that is read as 1?"
    )


def why_moved(got, expected, moved, hint):
    """The hint where each prediction is moved by as many classes as the model moves them, in a
    wrong mode; else where to begin.
    """
    counts = looks_like(got, expected)
    if counts is not None and torch.equal(counts, expected.roll(moved, dims=1)):
        return hint
    return BEGIN_THERE.format("confusion_matrix")


@check("confusion_matrix", part="contract")
def test_has_a_row_for_each_of_num_classes(student, solution, rng):
    classes = rng.integer(4, 9)
    # The last class never occurs, neither as a label nor as a prediction.
    images = draw_batches(rng, classes - 1)
    images.logits = torch.cat([images.logits, torch.full((len(images.y), 1), -9.0)], dim=1)
    begin_there = BEGIN_THERE.format("confusion_matrix")
    with hints(
        type=begin_there,
        shape="Is its size num_classes by num_classes, also when a class never occurs?",
        dtype=begin_there,
        values="Here the last class never occurs. In which row and column does an image of class "
        "1 count that is read as 0?",
    ):
        expect(
            counts_in(matrix_of(student, images, classes)),
            matrix_of(solution, images, classes),
            name=f"confusion_matrix(model, loader, {classes})",
        )


@check("confusion_matrix", part="contract")
def test_counts_predictions_made_in_evaluation_mode(student, solution, rng):
    images = draw_even(rng)
    classes = images.logits.shape[1]
    got = counts_in(matrix_of(student, images, classes, **in_wrong_mode(images)))
    expected = matrix_of(solution, images, classes, **in_wrong_mode(images))
    hint = (
        "What puts the model into evaluation mode, with all that is inside it, before the first "
        "batch?"
    )
    expect(
        got,
        expected,
        name="The confusion matrix of a model that came in training mode",
        hint=why_moved(got, expected, images.moved, hint),
    )


@check("confusion_matrix", part="contract")
def test_records_no_gradients_for_the_matrix(student, solution, rng):
    images = draw_even(rng)
    classes = images.logits.shape[1]
    expected = matrix_of(solution, images, classes)
    tools = define(student, MODELS)
    model = tools.scores(with_gradients=images.moved)
    loader = tools.loader(images.logits.flip(1), images.y, images.size)
    got = counts_in(student.confusion_matrix(model, loader, classes))
    hint = "Where are gradients switched off, and is model(X) called there? eval() does not do it."
    expect(
        got,
        expected,
        name="The confusion matrix of a model that minds whether gradients are recorded",
        hint=why_moved(got, expected, images.moved, hint),
    )
    require(
        tools.doubled(rng.tensor(3).requires_grad_()).requires_grad,
        "After confusion_matrix, gradients are switched off for all that follows.",
        hint="What switches gradients on again when your function has ended?",
    )
    require(
        define(student, SWITCHES).off_afterwards(student.confusion_matrix, model, loader, classes),
        "Gradients were off before confusion_matrix was called, and are on afterwards.",
        hint="What puts them back as they were, on or off?",
    )
    expect(
        tools.state(model),
        UNTOUCHED,
        name="The model after confusion_matrix(...)",
        hint="Counting only looks. Which line changes the model, its gradients or requires_grad?",
    )


@check("confusion_matrix", part="contract")
def test_gives_a_new_matrix_each_time(student, solution, rng):
    images, others = draw_confused(rng), draw_confused(rng)
    expected = matrix_of(solution, images)
    tools = define(student, MODELS)
    model = tools.scores()
    # A loader that gives the same tensors in each pass: what becomes of them shows in the second.
    loader = tools.kept_loader(images.logits.flip(1), images.y, images.size)
    first = keep(student.confusion_matrix, model, loader)
    again = student.confusion_matrix(model, loader)
    matrix_of(student, others)
    expect(
        counts_in(again),
        expected,
        name="The second confusion matrix of the same model and images",
        hint="What does the first call leave behind, in the images, their labels or the counts? "
        + BEGIN_THERE.format("confusion_matrix"),
    )
    expect(
        counts_in(fetch(first)),
        expected,
        name="The first confusion matrix, after confusion_matrix was called for other images",
        hint="Does each call make a matrix of its own?",
    )


@check("confusion_matrix", part="contract")
def test_takes_images_as_the_loader_gives_them(student, rng):
    pictures, classes = draw_pictures(rng, 5, 40), 5
    # One image 300 times as well: more than a byte can count.
    X = torch.cat([pictures.X, pictures.X[:1].expand(300, -1, -1, -1)])
    true, predicted = (
        torch.cat([part, part[:1].expand(300)]) for part in (pictures.y, pictures.predicted)
    )
    expected = torch.bincount(true * classes + predicted, minlength=classes**2)
    tools = define(student, PICTURES)
    loader, model = tools.shuffling_loader(X, true, 3), tools.ReadsPictures(pictures.offset)
    got, expected = (
        counts_in(student.confusion_matrix(model, loader, classes)),
        expected.reshape(classes, classes),
    )
    expect(
        got,
        expected,
        name="The confusion matrix of 340 images with three axes, from a loader that shuffles,",
        hint=why_not_as_given(got, expected),
    )


def why_not_as_given(got, expected):
    """The hint for other counts of many images, by whether all are counted."""
    begin_there = BEGIN_THERE.format("confusion_matrix")
    counts = looks_like(got, expected)
    if counts is None:
        return begin_there
    if counts.sum() == expected.sum():
        return (
            "All images are counted, some in a wrong place. Does the model get X as it is, and "
            f"does each image keep its own label? {begin_there}"
        )
    missing = expected - counts
    # A byte begins at 0 again after 255.
    if bool((missing % 256 == 0).all()):
        return (
            "The entries do not add up to 340, the number of images. How high can an entry count? "
            + begin_there
        )
    if missing.sum() > 0:
        return (
            "The entries add up to fewer than the 340 images, which come in 114 batches. Which of "
            f"them are not counted? {begin_there}"
        )
    return (
        "The entries add up to more than the 340 images. Which of them count more than once? "
        + begin_there
    )


@check("confusion_matrix", part="details")
def test_counts_a_short_last_batch_in_whole_numbers(student, solution, rng):
    images = draw_confused(rng, short=1)
    begin_there = BEGIN_THERE.format("confusion_matrix")
    with hints(
        type=begin_there,
        shape=begin_there,
        dtype="Which dtype has your matrix, and which one is asked for?",
        values=f"How do the images of the shorter last batch count? {begin_there}",
    ):
        expect(
            matrix_of(student, images),
            matrix_of(solution, images),
            name="The confusion matrix of images whose last batch is shorter",
        )


CLAUSES = {
    "count_correct": [
        {
            "text": "How many images are predicted right.",
            "checks": [
                "test_counts_the_images_whose_highest_score_is_the_label",
                "test_counts_right_in_a_batch_of_any_size",
                "test_returns_an_int",
                "test_leaves_its_arguments_as_they_were",
            ],
            "broken_by": "mistakes/share_instead_of_count",
        },
        {
            "text": "float tensor (N, classes)",
            "checks": [
                "test_counts_the_images_whose_highest_score_is_the_label",
                "test_counts_right_in_a_batch_of_any_size",
                "test_returns_an_int",
                "test_leaves_its_arguments_as_they_were",
            ],
            "broken_by": "mistakes/argmax_of_everything",
        },
        {
            "text": "the labels, int64 (N,)",
            "checks": [
                "test_counts_the_images_whose_highest_score_is_the_label",
                "test_counts_right_in_a_batch_of_any_size",
                "test_returns_an_int",
                "test_leaves_its_arguments_as_they_were",
            ],
            "broken_by": "mistakes/compares_scores",
        },
        {
            "text": "the number of rows whose highest logit stands in the column of the label",
            "checks": [
                "test_counts_the_images_whose_highest_score_is_the_label",
                "test_counts_right_in_a_batch_of_any_size",
                "test_returns_an_int",
                "test_leaves_its_arguments_as_they_were",
            ],
            "broken_by": "mistakes/number_of_predictions",
        },
        {
            "text": "an int",
            "checks": ["test_returns_an_int"],
            "broken_by": "mistakes/a_float",
        },
        {
            "text": "(NumPy's whole numbers are fine)",
            "allowed_by": "variants/by_numpy",
        },
        {
            "text": "no",
            "checks": ["test_leaves_its_arguments_as_they_were"],
            "broken_by": "mistakes/labels_in_place",
        },
    ],
    "test": [
        {
            "text": "How good the model is on all images of a loader.",
            "checks": [
                "test_accuracy_is_the_share_of_right_images",
                "test_loss_is_the_mean_loss",
                "test_loss_comes_from_the_function_it_is_given",
                "test_looks_at_the_model_in_evaluation_mode",
                "test_records_no_gradients",
                "test_leaves_the_model_as_it_was",
                "test_counts_a_short_last_batch_by_its_images",
                "test_gives_two_floats_with_all_digits",
                "test_takes_the_images_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/first_batch_only",
        },
        {
            "text": "gives batches (X, y) with int64 labels y",
            "checks": ["test_takes_the_images_as_the_loader_gives_them"],
            "broken_by": "mistakes/labels_of_another_pass",
        },
        {
            "text": "the last one may be shorter",
            "checks": [
                "test_accuracy_is_the_share_of_right_images",
                "test_counts_a_short_last_batch_by_its_images",
                "test_gives_two_floats_with_all_digits",
            ],
            "broken_by": "mistakes/divided_by_full_batches",
        },
        {
            "text": "gives logits (N, classes)",
            "checks": [
                "test_accuracy_is_the_share_of_right_images",
                "test_loss_is_the_mean_loss",
                "test_loss_comes_from_the_function_it_is_given",
                "test_looks_at_the_model_in_evaluation_mode",
                "test_records_no_gradients",
                "test_leaves_the_model_as_it_was",
                "test_counts_a_short_last_batch_by_its_images",
                "test_gives_two_floats_with_all_digits",
                "test_takes_the_images_as_the_loader_gives_them",
            ],
            "broken_by": {
                "line": "logits = model(X)",
                "becomes": "logits = X",
            },
        },
        {
            "text": "a tensor with the mean loss of a batch",
            "checks": ["test_loss_comes_from_the_function_it_is_given"],
            "broken_by": "mistakes/loss_of_its_own",
        },
        {
            "text": "a tuple (accuracy, loss)",
            "checks": [
                "test_accuracy_is_the_share_of_right_images",
                "test_loss_is_the_mean_loss",
                "test_counts_a_short_last_batch_by_its_images",
                "test_gives_two_floats_with_all_digits",
            ],
            "broken_by": "mistakes/loss_first",
        },
        {
            "text": "of Python floats",
            "checks": [
                "test_loss_is_the_mean_loss",
                "test_gives_two_floats_with_all_digits",
            ],
            "broken_by": "mistakes/loss_as_a_tensor",
        },
        {
            "text": "the share of right images, in 0…1",
            "checks": [
                "test_accuracy_is_the_share_of_right_images",
                "test_gives_two_floats_with_all_digits",
            ],
            "broken_by": "mistakes/percent",
        },
        {
            "text": "and the mean loss",
            "checks": [
                "test_loss_is_the_mean_loss",
                "test_gives_two_floats_with_all_digits",
            ],
            "broken_by": "mistakes/loss_divided_by_samples",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_looks_at_the_model_in_evaluation_mode"],
            "broken_by": "mistakes/no_evaluation_mode",
        },
        {
            "text": "without gradients",
            "checks": ["test_records_no_gradients"],
            "broken_by": "mistakes/gradients_on",
        },
        {
            "text": "afterwards these are on or off as before",
            "checks": ["test_records_no_gradients"],
            "broken_by": "mistakes/gradients_on_afterwards",
        },
        {
            "text": "no parameter",
            "checks": ["test_leaves_the_model_as_it_was"],
            "broken_by": "mistakes/parameters_frozen",
        },
        {
            "text": "nothing that the model keeps",
            "checks": [
                "test_records_no_gradients",
                "test_leaves_the_model_as_it_was",
            ],
            "broken_by": "mistakes/backward_too",
        },
        {
            "text": "its mode may change",
            "allowed_by": "variants/mean_over_samples",
        },
    ],
    "confusion_matrix": [
        {
            "text": "How often each class is taken for each other.",
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_gives_a_new_matrix_each_time",
                "test_counts_a_short_last_batch_in_whole_numbers",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/last_batch_only",
        },
        {
            "text": "gives logits (N, num_classes)",
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_gives_a_new_matrix_each_time",
                "test_counts_a_short_last_batch_in_whole_numbers",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": {
                "line": "pairs = y * num_classes + model(X).argmax(dim=1)",
                "becomes": "pairs = y * num_classes + X.argmax(dim=1)",
            },
        },
        {
            "text": "gives batches (X, y) with int64 labels y",
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_gives_a_new_matrix_each_time",
                "test_counts_a_short_last_batch_in_whole_numbers",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/last_batch_only",
        },
        {
            "text": "a new",
            "checks": ["test_gives_a_new_matrix_each_time"],
            "broken_by": "mistakes/one_matrix_for_all_calls",
        },
        {
            "text": "int64",
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_counts_a_short_last_batch_in_whole_numbers",
            ],
            "broken_by": "mistakes/floats",
        },
        {
            "text": "tensor (num_classes, num_classes)",
            "checks": [
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/ten_in_the_code",
        },
        {
            "text": "on the CPU",
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_gives_a_new_matrix_each_time",
                "test_counts_a_short_last_batch_in_whole_numbers",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": {
                "line": "return matrix",
                "becomes": 'return matrix.to("meta")',
            },
        },
        {
            "text": (
                "the entry in row t and column p is the number of images of class t "
                "that were predicted as p"
            ),
            "checks": [
                "test_rows_are_true_and_columns_predicted",
                "test_has_a_row_for_each_of_num_classes",
                "test_counts_predictions_made_in_evaluation_mode",
                "test_records_no_gradients_for_the_matrix",
                "test_gives_a_new_matrix_each_time",
                "test_counts_a_short_last_batch_in_whole_numbers",
                "test_takes_images_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/transposed",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_counts_predictions_made_in_evaluation_mode"],
            "broken_by": "mistakes/no_evaluation_mode",
        },
        {
            "text": "without gradients",
            "checks": ["test_records_no_gradients_for_the_matrix"],
            "broken_by": "mistakes/gradients_on",
        },
        {
            "text": "afterwards these are on or off as before",
            "checks": ["test_records_no_gradients_for_the_matrix"],
            "broken_by": "mistakes/gradients_on_afterwards",
        },
        {
            "text": "no parameter",
            "checks": ["test_records_no_gradients_for_the_matrix"],
            "broken_by": "mistakes/parameters_frozen",
        },
        {
            "text": "the model's mode may change",
            "allowed_by": "variants/bincount",
        },
    ],
}
