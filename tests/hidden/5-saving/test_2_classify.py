"""Hidden checks of 5-saving, second part: one image, and the name of what is on it.

The models here look at their input, and some move their logits by a few classes in the wrong
mode: what they are taken for shows how they were run. The winner leads by a margin that no
rounding takes away, so the flake rate of right answers is 0.
"""

from types import SimpleNamespace

import torch

from autograder.checks import check, define, expect, fetch, hints, put, require, tools

SORTERS = tools(__file__, "sorters", "model_states")

NO_TEXT = "Is one name returned, a text, and not its number or something around it?"
PLACES = (
    "Print each logit beside its name in classes. Where is the highest one, and which step leads "
    "to another name?"
)
LOWEST = "The name beside the lowest logit came back. " + PLACES
FIRST = (
    "The first name in classes came back. Print what each step gives, and its shape: after which "
    "one is the right class lost?"
)
BEYOND_TEN = (
    "This model has more than ten classes. Let the eleventh logit be the highest: which name do "
    "you return?"
)
NOT_THERE = "The name that came back is not one of classes, letter by letter. Where is it from?"
CHANGED = (
    "It is the right name, and not letter by letter. Print the item of classes and what you "
    "return: which step changes it?"
)
BEGIN_THERE = "If other checks of classify fail too, begin with those."
KINDS = ("type", "values")
WHICH_SHAPE = (
    "Print the shape of what the model is given. Where does it differ from the docstring's?"
)


def draw_case(rng, classes, at_least=1):
    """A model's weights, an image, names, and the index of the name that is right: by luck it is
    neither the first nor as far from the end, nor is its place the same among sorted names.
    """
    while True:
        weight, bias = rng.tensor(classes, 784) / 14, rng.tensor(classes) - 4 * rng.integer(0, 2)
        image = rng.images(1)[0]
        logits = weight @ image.flatten() + bias
        best, second = logits.topk(2).values.tolist()
        right = int(logits.argmax())
        if best - second > 0.05 and right >= at_least and (2 * right != classes or classes == 2):
            break
    # Two names never begin alike, and none is a number or a digit's name.
    in_order = [f"{chr(97 + n)}{rng.integer(100, 1000)} thing" for n in range(classes)]
    names = in_order
    while names[right] == in_order[right]:
        names = rng.shuffled(in_order)
    return SimpleNamespace(
        weight=weight,
        bias=bias,
        image=image,
        classes=names,
        right=right,
        moved=rng.integer(1, classes),
    )


def expect_name(got, case, name="classify(model, image, classes)", places=None):
    with hints(type=why_no_text(got), values=why_another_name(got, case, places)):
        expect(got, case.classes[case.right], name=name)


def why_no_text(got):
    """The hint for what is no text, by its type."""
    if isinstance(got, (list, tuple, dict, set)):
        return "Print what you return. What is around the name, or beside it?"
    if isinstance(got, (int, float)) and not isinstance(got, bool):
        return "A number came back. Which argument of classify has the words?"
    return NO_TEXT


def why_another_name(got, case, places):
    """The hint for a wrong name: one that is not there, or `places`, or by where it stands."""
    if not isinstance(got, str):
        return NOT_THERE
    if got not in case.classes:
        part = got.strip(" .").casefold()
        return (
            CHANGED if len(part) > 3 and part in case.classes[case.right].casefold() else NOT_THERE
        )
    if places is not None:
        return places
    if got == case.classes[0]:
        return FIRST
    logits, count = case.weight @ case.image.flatten() + case.bias, len(case.classes)
    # Who takes the logit itself for a place finds any name.
    place = int(logits.max())
    if -count <= place < count and got == case.classes[place]:
        return PLACES
    if got == case.classes[int(logits.argmin())] and count > 2:
        return LOWEST
    return PLACES


def begin_there():
    """For what a check asks before it comes to its own property."""
    return hints(**dict.fromkeys(KINDS, BEGIN_THERE))


@check("classify", weight=3, part="idea")
def test_gives_the_name_of_the_class_with_the_highest_logit(student, rng):
    tools = define(student, SORTERS)
    # Also one of more than ten, with the right name beyond the tenth.
    for classes, at_least in ((rng.integer(4, 9), 1), (rng.integer(11, 15), 10), (10, 1), (2, 0)):
        case = draw_case(rng, classes, at_least)
        model, _ = tools.sorter(case.weight, case.bias)
        got = student.classify(model, case.image, case.classes)
        places = BEYOND_TEN if at_least == 10 else None
        expect_name(got, case, f"classify(model, image, classes) with {classes} classes", places)


@check("classify", part="details")
def test_takes_names_and_logits_of_any_kind(student, rng):
    tools = define(student, SORTERS)
    odd = draw_case(rng, rng.integer(4, 9))
    odd.classes = [f" {name.upper()} - Of {name}. " for name in odd.classes]
    # All logits far above 0, all far below, and all so near 0 that rounding leaves nothing.
    high, low, flat = (draw_case(rng, rng.integer(4, 9)) for _ in range(3))
    while low.right == len(low.classes) - 1:
        # A search that finds nothing may end at the last name.
        low = draw_case(rng, rng.integer(4, 9))
    high.bias, low.bias = high.bias + 200, low.bias - 200
    flat.weight, flat.bias = flat.weight / 10_000, flat.bias / 10_000
    asked = {
        "whose names have capital letters, dashes and spaces": (odd, None),
        "whose logits are all about 200": (high, "200 and 201"),
        "whose logits are all about -200": (low, "-201 and -200"),
        "whose logits are all about 0": (flat, "0.001 and 0.002"),
    }
    for told, (case, logits) in asked.items():
        model, _ = tools.sorter(case.weight, case.bias)
        got = student.classify(model, case.image, case.classes)
        places = logits and f"Two logits are {logits}. Which of the two names do you return?"
        expect_name(got, case, f"classify(model, image, classes) for a model {told}", places)


@check("classify", weight=1.5, part="idea")
def test_shows_the_model_a_batch_of_one_image(student, rng):
    tools = define(student, SORTERS)
    case = draw_case(rng, rng.integer(4, 9))
    model, shapes_shown = tools.sorter(case.weight, case.bias)
    with begin_there():
        expect_name(student.classify(model, case.image, case.classes), case)
    shapes = shapes_shown()
    # unneeded: who does not call the model has not the right name either
    require(isinstance(shapes, list) and bool(shapes), "classify did not call the model.")
    # unneeded: the image that the model sees has its shape too, but this says so in better words
    expect(shapes[-1], [1, 1, 28, 28], name="The shape that the model sees", hint=WHICH_SHAPE)
    # As bright as bytes and beyond what they can be, and very dark.
    bright = case.image * rng.uniform(200, 300) - rng.uniform(5, 20)
    dark = case.image * rng.uniform(0.01, 0.02)
    for image, pixels in ((bright, "go from -20 to 300"), (dark, "are all below 0.02")):
        model, images_shown = tools.looking_on(case.weight, case.bias)
        student.classify(model, image, case.classes)
        seen = images_shown()
        # unneeded: who does not call the model has not the right name either
        require(isinstance(seen, list) and bool(seen), "classify did not call the model.")
        with hints(
            type="Is it a tensor that the model is given?",
            shape=WHICH_SHAPE,
            dtype="Which dtype has the image, and which one does the model see?",
            requires_grad="Does the image require a gradient, or what the model is given?",
            values=f"Try an image whose pixels {pixels}. Print the smallest and the largest that "
            "the model is given: are they the image's?",
        ):
            expect(seen[-1], image[None], name="The image that the model sees")


@check("classify", part="contract")
def test_runs_the_model_in_evaluation_mode(student, rng):
    tools = define(student, SORTERS)
    case = draw_case(rng, rng.integer(4, 9))
    count = len(case.classes)
    moves = rng.shuffled(range(1, count))[:2]
    model, _ = tools.sorter(case.weight, case.bias, *moves)
    got = student.classify(model, case.image, case.classes)
    wrong = [case.classes[(case.right + moved) % count] for moved in moves]
    # unneeded: the wrong name fails below too, but this says where it comes from
    require(
        not isinstance(got, str) or got not in wrong,
        "classify ran the model, or a part of it, in training mode.",
        hint="In which mode are the model and all its layers while it looks at the image? "
        + BEGIN_THERE,
    )
    with begin_there():
        expect_name(got, case)
    model.train()
    got = student.classify(model, case.image, case.classes)
    places = "The first call was right, then came model.train(). In which mode was the second call?"
    expect_name(got, case, "classify(model, image, classes) after another model.train()", places)


@check("classify", part="contract")
def test_records_no_gradients(student, rng):
    tools = define(student, SORTERS)
    case = draw_case(rng, rng.integer(4, 9))
    model, _ = tools.sorter(case.weight, case.bias, with_gradients=case.moved)
    got = student.classify(model, case.image, case.classes)
    wrong = case.classes[(case.right + case.moved) % len(case.classes)]
    # unneeded: the wrong name fails below too, but this says where it comes from
    require(
        not isinstance(got, str) or got != wrong,
        "Gradients are recorded while the model runs.",
        hint="eval() does not switch them off. What does, and does it hold where the model runs? "
        + BEGIN_THERE,
    )
    with begin_there():
        expect_name(got, case)
    # By what becomes of a tensor, not by asking: is_grad_enabled may be replaced.
    require(
        tools.doubled(torch.ones(2, requires_grad=True)).requires_grad,
        "After classify, gradients are switched off for all that follows.",
        hint="What switches gradients off for some lines only, and back after those?",
    )
    name, recorded = tools.without_gradients(student.classify, model, case.image, case.classes)
    with begin_there():
        # unneeded: the name is right where gradients are on, and then it is here
        expect_name(name, case)
    require(
        recorded is False,
        "Gradients were off before classify, and after it they are on.",
        hint="The caller may have switched them off for longer. Who switches them on here?",
    )


@check("classify", part="contract")
def test_leaves_image_and_weights_as_they_were(student, rng):
    tools = define(student, SORTERS)
    case = draw_case(rng, rng.integer(4, 9))
    model, _ = tools.sorter(case.weight, case.bias)
    image, classes = put(student, case.image), put(student, case.classes)
    with begin_there():
        expect_name(student.classify(model, image, classes), case)
    with hints(
        type="Print the caller's image before the call and after it. Which line changes it?",
        shape="Print the shape of the caller's image before and after. Which line changes it?",
        dtype="Print the dtype of the caller's image before and after. Which line changes it?",
        requires_grad="Print image.requires_grad before and after. Which line changes it?",
        values="Print the caller's image before the call and after it. Which line changes it?",
    ):
        expect(fetch(image), case.image, name="The image after classify", rtol=0.0, atol=0.0)
    expect(
        fetch(classes),
        case.classes,
        name="The list classes after classify",
        hint="Print the caller's list before the call and after it. Which line changes it?",
    )
    weights = {"weight": case.weight, "bias": case.bias}
    before = {f"inner.1.{name}": w.clone().requires_grad_() for name, w in weights.items()}
    told = "Print the model's weights before the call and after it. Which line changes them?"
    trained = "Can the model still learn after the call? Look at requires_grad of its weights."
    same = dict.fromkeys(("type", "keys", "shape", "dtype", "values"), told)
    with hints(**same, requires_grad=trained):
        expect(tools.tensors_of(model), before, name="The model after classify", rtol=0.0, atol=0.0)


CLAUSES = {
    "classify": [
        {
            "text": "The name of the class that a model sees in one image.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "gives logits (N, number of classes)",
            "checks": ["test_gives_the_name_of_the_class_with_the_highest_logit"],
            "broken_by": "mistakes/first_ten_only",
        },
        {
            "text": "for a batch of images (N, 1, 28, 28)",
            "checks": ["test_shows_the_model_a_batch_of_one_image"],
            "broken_by": "mistakes/batch_axis_at_the_end",
        },
        {
            "text": "one image without a batch axis, a float tensor (1, 28, 28)",
            "checks": ["test_shows_the_model_a_batch_of_one_image"],
            "broken_by": "mistakes/no_batch_axis",
        },
        {
            "text": "a list with the name of each class, in the order of the logits",
            "checks": [
                "test_gives_the_name_of_the_class_with_the_highest_logit",
                "test_shows_the_model_a_batch_of_one_image",
                "test_runs_the_model_in_evaluation_mode",
                "test_records_no_gradients",
                "test_leaves_image_and_weights_as_they_were",
                "test_takes_names_and_logits_of_any_kind",
            ],
            "broken_by": "mistakes/ten_names_in_the_code",
        },
        {
            "text": "the name of the class with the highest logit",
            "checks": [
                "test_gives_the_name_of_the_class_with_the_highest_logit",
                "test_shows_the_model_a_batch_of_one_image",
                "test_runs_the_model_in_evaluation_mode",
                "test_records_no_gradients",
                "test_leaves_image_and_weights_as_they_were",
                "test_takes_names_and_logits_of_any_kind",
            ],
            "broken_by": "mistakes/least_likely",
        },
        {
            "text": "a str",
            "checks": [
                "test_gives_the_name_of_the_class_with_the_highest_logit",
                "test_shows_the_model_a_batch_of_one_image",
                "test_runs_the_model_in_evaluation_mode",
                "test_records_no_gradients",
                "test_leaves_image_and_weights_as_they_were",
                "test_takes_names_and_logits_of_any_kind",
            ],
            "broken_by": "mistakes/list_with_one_name",
        },
        {
            "text": "on a batch of one image (1, 1, 28, 28)",
            "checks": ["test_shows_the_model_a_batch_of_one_image"],
            "broken_by": "mistakes/no_batch_axis",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_runs_the_model_in_evaluation_mode"],
            "broken_by": "mistakes/no_evaluation_mode",
        },
        {
            "text": "without gradients",
            "checks": ["test_records_no_gradients"],
            "broken_by": "mistakes/gradients_on",
        },
        {
            "text": "neither the image",
            "checks": ["test_leaves_image_and_weights_as_they_were"],
            "broken_by": "mistakes/batch_axis_in_place",
        },
        {
            "text": "nor classes",
            "checks": ["test_leaves_image_and_weights_as_they_were"],
            "broken_by": "mistakes/name_taken_out",
        },
        {
            "text": "nor a weight",
            "checks": ["test_leaves_image_and_weights_as_they_were"],
            "broken_by": {
                "line": "index = logits.argmax(dim=1).item()",
                "becomes": "model.requires_grad_(False)\nindex = logits.argmax(dim=1).item()",
            },
        },
        {"text": "the model's mode may change", "allowed_by": "variants/stacked"},
        {
            "text": "gradients are on or off afterwards as they were before",
            "checks": ["test_records_no_gradients"],
            "broken_by": "mistakes/gradients_on_afterwards",
        },
    ]
}
