"""Hidden checks of 3-network, second part: probabilities and predictions.

The models here are small and made by the checks, never the notebook's own NeuralNetwork, so that a
mistake in the class costs its points there and not here again. Logits are drawn so that float32
computes them exactly and no two of an image are equal: the flake rate of a right answer is 0.
"""

from functools import partial
from types import SimpleNamespace

import numpy as np
import torch

from autograder.checks import (
    check,
    define,
    expect,
    fairly,
    fetch,
    hints,
    keep,
    put,
    real_numbers,
    require,
    shown_by,
    tools,
)

NETWORKS = tools(__file__, "gradients_on", "networks", "model_states")
MOODY = tools(__file__, "gradients_on", "moody_networks", "model_states")

RIGHT_PROBA = tools(__file__, "right_predict_proba")


def draw_network(rng, classes):
    """A linear layer's weights, and images of which it gives logits that a float32 holds exactly.

    The biases tell the classes apart: no image has the same logit twice.
    """
    weight = rng.integers(-1, 2, classes, 784) / 16
    bias = torch.tensor(rng.shuffled(range(classes))) / 256
    return weight.float(), bias.float()


def draw_images(rng, count):
    return (rng.images(count) > 0.5).float()


def logits_of(weights, X):
    weight, bias = weights
    return X.flatten(1) @ weight.T + bias


def values(result):
    """A result's numbers as float32, without a graph: its form has a check of its own."""
    if isinstance(result, np.ndarray) and result.dtype.kind in "fiu":
        result = torch.from_numpy(result)
    if isinstance(result, torch.Tensor) and result.is_floating_point():
        return result.detach().float()
    return result


# Wide enough for rounded probabilities, which one check alone takes points for.
LOOSE = {"rtol": 0.02, "atol": 0.01}
CLOSE = {"rtol": 1e-4, "atol": 1e-6}
NEARLY = 0.9
BEGIN_THERE = "If other checks of {} fail too, begin with those."


SHARES = (
    "For the logits 0, 0 and 1 the shares are 0.21, 0.21 and 0.58. What does your function give?"
)
SHARES_IN_A_BATCH = (
    "A single image with three logits gets the right shares. What is different for more images, "
    "or for another number of classes?"
)
ONE_ROW_EACH = "How many images came in, and how many classes has this model?"
WHICH_DTYPE = "Which dtype does the docstring name?"
FORM = {"shape": ONE_ROW_EACH, "dtype": WHICH_DTYPE}
ONE_IMAGE = "Try a single image, and print the shape after each step. Which axis is gone?"


def why_other_shape(result, right, other):
    """The hint for another shape: of a single image, whether an axis is gone; else `other`."""
    if isinstance(result, torch.Tensor) and len(right) == 1 and result.dim() < right.dim():
        return ONE_IMAGE
    return other


@check("predict_proba", weight=4, part="idea")
def test_gives_the_softmax_of_each_image(student, solution, rng):
    weights = draw_network(rng, rng.integer(5, 9))
    X = draw_images(rng, rng.integer(12, 20))
    result = values(student.predict_proba(define(student, NETWORKS).linear_network(*weights), X))
    right = solution.predict_proba(define(solution, NETWORKS).linear_network(*weights), X)
    with hints(**FORM, values=partial(why_no_shares, student, result, right)):
        expect(result, values(right), name="predict_proba(model, X)", **LOOSE)


def why_no_shares(student, result, right):
    """The hint for other numbers than these shares, by what they sum to."""
    numbers = real_numbers(values(result), right.shape)
    if numbers is None or numbers.layout is not torch.strided:
        return None
    if not bool(numbers.isfinite().all()):
        return "Some of your numbers are NaN or infinite. At which step do they become so?"
    if bool((numbers < 0).any()):
        return "Some of your numbers are below 0. Can a probability be?"
    if off_1(numbers.sum(1)) < SUM:
        logits = torch.tensor([0.0, 0.0, 1.0])
        trial = partial(by_hand, student, "predict_proba", logits), shares(logits[None]), SHARES
        return shown_by(trial, other=SHARES_IN_A_BATCH)
    if off_1(numbers.sum(0)) < SUM:
        return "Here each column sums to 1. Along which axis do the classes of one image lie?"
    if off_1(numbers.sum()) < SUM:
        return "All numbers of the batch together sum to 1. What should each row sum to?"
    return "Add up the numbers of one image. What do they sum to, and what should they?"


def by_hand(student, name, logits):
    """What the answer gives for one image with these logits."""
    model = define(student, NETWORKS).passing_on()
    return values(getattr(student, name)(model, logits.reshape(1, 1, 1, -1)))


SUM = 0.05


def off_1(sums):
    """How far the sums are from 1 at most."""
    return float((sums - 1).abs().max())


@check("predict_proba", part="idea")
def test_shares_out_1_in_a_batch_of_any_size(student, rng):
    tools, predict_proba = define(student, NETWORKS), student.predict_proba
    for weights, batches in draw_batches(rng):
        model = tools.linear_network(*weights)
        for X in batches:
            result, right = values(predict_proba(model, X)), shares(logits_of(weights, X))
            form = {**FORM, "shape": partial(why_other_shape, result, right, ONE_ROW_EACH)}
            with hints(**form, values=partial(why_no_shares, student, result, right)):
                expect(result, right, name=f"predict_proba(model, X) {sizes(weights, X)}", **LOOSE)
    result, right = asked_again(student, predict_proba, *draw_batches(rng)[0])
    name = "After X and the model have changed, a second predict_proba(model, X)"
    expect(values(result), shares(right), name=name, hint=ASKED_ANEW, **LOOSE)


def draw_batches(rng):
    """The weights of networks of few and of many classes, and batches for each."""
    classes = rng.integer(5, 9)
    # As many images as classes: a square, in which rows and columns are easily mixed up.
    drawn = (
        (classes, (classes, rng.integer(130, 200), 1)),
        (2, (40,)),
        (rng.integer(20, 30), (30, 1)),
    )
    return [
        (draw_network(rng, classes), [draw_images(rng, count) for count in counts])
        for classes, counts in drawn
    ]


ASKED_ANEW = "Is the model asked at each call, as it is then, and for what X holds then?"


def asked_again(student, function, weights, batches):
    """What a second call gives, once X and the model have changed; the right logits for that."""
    _, X, _ = batches
    changed = [numbers.roll(1, 0) for numbers in weights]
    model = define(student, NETWORKS).linear_network(*weights)
    kept = put(student, X)
    keep(function, model, kept)
    keep(kept.copy_, X.flip(0))
    keep(model.load_state_dict, dict(zip(("1.weight", "1.bias"), changed, strict=True)))
    return function(model, kept), logits_of(changed, X.flip(0))


def sizes(weights, X):
    return f"with a batch of {len(X)} and {len(weights[1])} classes"


@check("predict_proba", weight=1.5, part="details")
def test_is_right_to_the_last_digit(student, rng):
    # Four times as far apart, so that some shares are near 0.
    weights = [4 * numbers for numbers in draw_network(rng, rng.integer(5, 9))]
    X = draw_images(rng, 30)
    result = values(student.predict_proba(define(student, NETWORKS).linear_network(*weights), X))
    right = shares(logits_of(weights, X))
    hint = why_near(result) if same_shares(result, right) else None
    with hints(**FORM, values=hint or partial(why_no_shares, student, result, right)):
        expect(result, right, name="predict_proba(model, X)", **CLOSE)


def why_near(result):
    """The hint for shares that are near: whether each of them has few digits."""
    for digits in (2, 3, 4):
        steps = 10**digits * result.double()
        if bool(((steps - steps.round()).abs() < 0.01).all()):
            return "Your numbers have few digits. Rounding is for printing."
    return "They are near, but not the same. What is done besides the softmax of the logits?"


@check("predict_proba", part="contract")
def test_copes_with_large_logits(student, rng):
    # An image's logits are all near 1000, or all near -1000, and a few units apart; or hundreds; or
    # near 1000 for one image of a batch and near -1000 for the next.
    classes = rng.integer(4, 7)
    weight = torch.zeros(classes, 784)
    weight[:, :300] = rng.integers(-1, 2, classes, 300) / 16
    X = draw_images(rng, 9)
    tools = define(student, NETWORKS)
    apart = torch.tensor(rng.shuffled([100.0, -100, *[0] * (classes - 2)]))
    weight[:, 783] = 2000
    drawn = ((1000.0, "all near 1000"), (-1000.0, "all near -1000"), (apart, "far apart"))
    begin_there = " " + BEGIN_THERE.format("predict_proba")
    mixed = (-1000.0, "near 1000 or near -1000, as those of another image are not,")
    for offset, logits in (*drawn, mixed):
        X[:, 0, 27, 27] = 0
        if logits == mixed[1]:
            X[::2, 0, 27, 27] = 1
        weights = weight, rng.integers(-8, 9, classes) / 16 + offset
        result = values(student.predict_proba(tools.linear_network(*weights), X))
        right = torch.softmax(logits_of(weights, X).double(), dim=1).float()
        with hints(**FORM, values=why_not_large(result, right, *LARGE[logits]) + begin_there):
            name = f"predict_proba(model, X) where the logits of an image are {logits}"
            expect(result, right, name=name, **LOOSE)


# By what the logits are: some of that kind, and what to ask of shares that are numbers.
LARGE = {
    "all near 1000": (
        "the logits 1000 and 1001",
        "The logits 1000 and 1000.25 share out 1 as 0 and 0.25 do. Do yours?",
    ),
    "all near -1000": (
        "the logits -1000 and -999",
        "The logits -1000 and -999.75 share out 1 as 0 and 0.25 do. Do yours?",
    ),
    "far apart": (
        "the logits 100, 0 and -100",
        "For the logits 100, 0 and -100 the shares are 1, 0 and 0. What does your function give?",
    ),
    "near 1000 or near -1000, as those of another image are not,": (
        "two images, one with logits near 1000 and one with logits near -1000,",
        "Is each row looked at by itself, whatever the others hold?",
    ),
}


def why_not_large(result, right, example, other):
    """The hint for wrong shares of large logits: by whether they are numbers at all."""
    numbers = real_numbers(values(result), right.shape)
    if numbers is None or numbers.layout is not torch.strided or bool(numbers.isfinite().all()):
        return other
    return (
        f"NaN or infinite numbers come out. Take {example} through each of your steps. Which step "
        "is the first to give 0, NaN or infinity?"
    )


def draw_moody(rng, classes):
    """A network whose logits are others in training mode, and those of evaluation mode."""
    weight, bias = draw_network(rng, classes)
    # Exact in float32 too: a mean of eighths, and a variance of 4 or 1/4.
    mean = rng.integers(-16, 17, classes) / 8
    variance = torch.where(rng.integers(0, 2, classes) > 0, 4.0, 0.25)
    while True:
        X = draw_images(rng, 12)
        logits = (logits_of((weight, bias), X) - mean) / variance.sqrt()
        highest = logits.topk(2, dim=1).values
        if bool((highest[:, 0] > highest[:, 1]).all()):
            return SimpleNamespace(arguments=(weight, bias, mean, variance), X=X, logits=logits)


@check("predict_proba", weight=3, part="idea")
def test_runs_the_model_in_evaluation_mode(student, rng):
    moody = draw_moody(rng, rng.integer(5, 9))
    tools = define(student, MOODY)
    model = tools.forgetting(*moody.arguments)
    model.train()
    result = student.predict_proba(model, moody.X)
    right = shares(moody.logits)
    hint = BEGIN_THERE.format("predict_proba")
    if not same_shares(result, right):
        # Of a wrong answer, the modes afterwards tell what became of eval().
        modes = tools.modes(model)
        if rows_of_training_mode(result, moody) == len(moody.X):
            hint = why_in_training_mode(modes)
    name = (
        "predict_proba(model, X) of a model with batch normalization and dropout, which came in "
        "training mode,"
    )
    with hints(**FORM, values=hint):
        expect(values(result), right, name=name, **LOOSE)


def rows_of_training_mode(result, moody):
    """How many rows are shares of what the moody network gives in training mode: its dropout
    makes some of the logits 0 and doubles the others. 0 where all shares are alike.
    """
    weight, bias, _, _ = moody.arguments
    numbers = real_numbers(values(result), moody.logits.shape)
    if numbers is None or bool((numbers - numbers[0, 0]).abs().max() < 0.05):
        return 0
    logits = logits_of((weight, bias), moody.X).double()
    logits = (logits - logits.mean(0)) / (logits.var(0, unbiased=False) + 0.125).sqrt()
    classes = len(bias)
    kept = torch.arange(2**classes)[:, None] >> torch.arange(classes) & 1
    possible = torch.softmax(2 * logits[:, None] * kept, dim=2)
    apart = (possible - numbers[:, None]).abs().amax(dim=2).amin(dim=1)
    return int((apart < 0.01).sum())


def why_in_training_mode(modes):
    """The hint for shares of training mode, by the modes of the outermost module and those inside
    it afterwards.
    """
    if modes == [False] * 7:
        return "It is in evaluation mode afterwards, but was it while it ran?"
    if isinstance(modes, list) and modes[:1] == [False]:
        return "The layers inside the model looked at X in training mode. Who tells them?"
    return "The model looked at X in training mode. Which call switches that?"


@check("predict_proba", part="contract")
def test_calls_the_model(student, rng):
    require_called(student, "predict_proba", rng)


def require_called(student, name, rng):
    """Passes where the model's hooks run, which is when it is called: its logits are moved."""
    classes = rng.integer(5, 9)
    weights = draw_network(rng, classes)
    moved = rng.integer(1, classes)
    X = draw_images(rng, 12)
    model = define(student, MOODY).hooked(*weights, moved)
    result = getattr(student, name)(model, X)
    answer, same = ANSWERS[name]
    logits = logits_of(weights, X)
    fact = f"{name}(model, X) is wrong for a model with a hook. " + BEGIN_THERE.format(name)
    hint = None
    if same(result, answer(logits)):
        fact = f"{name} does not call the model: a hook of the model did not run."
        hint = "model(X) runs the hooks of the model as well. By which line does yours run it?"
    elif same(result, answer(-logits)):
        # The hook turns the signs where what it sees has another shape than images.
        hint = "X came in as (N, 1, 28, 28). In which shape did you hand it to the model?"
    require(same(result, answer(logits.roll(moved, dims=1))), fact, hint=hint)


def shares(logits):
    return torch.softmax(logits, dim=1)


def same_shares(result, expected):
    result = values(result)
    # unneeded: of another shape or dtype, torch finds other numbers or refuses to compare them
    return (
        isinstance(result, torch.Tensor)
        and result.shape == expected.shape
        and result.dtype == expected.dtype
        and torch.allclose(result, expected, **LOOSE)
    )


@check("predict_proba", weight=2, part="contract")
def test_gives_float32_numbers_without_a_graph(student, rng):
    weights = draw_network(rng, rng.integer(5, 9))
    X = draw_images(rng, 10)
    tools = define(student, NETWORKS)
    result = student.predict_proba(tools.linear_network(*weights), X)
    graph = isinstance(result, torch.Tensor) and result.requires_grad
    # unneeded: another requires_grad is a mismatch below too, but this says so in better words
    require(
        not graph,
        "What predict_proba(model, X) returns has requires_grad=True.",
        hint="Print it and look at its end. Which of your lines run where no gradients are "
        "recorded?",
    )
    right = shares(logits_of(weights, X))
    kind = "What kind of thing does the docstring promise?"
    with hints(**FORM, type=kind, values=BEGIN_THERE.format("predict_proba")):
        expect(result, right, name="predict_proba(model, X)", **LOOSE)
    require_gradients(tools, "predict_proba")


def require_gradients(tools, name):
    # By what becomes of a tensor, not by asking: is_grad_enabled may be replaced.
    require(
        tools.doubled(torch.ones(2, requires_grad=True)).requires_grad,
        f"After {name}, gradients are switched off for all that follows.",
        hint="Which line of yours switches them off, and what ends that?",
    )


@check("predict_proba", part="contract")
def test_leaves_the_model_and_the_images_as_they_were(student, rng):
    require_untouched(student, "predict_proba", rng)
    # A model may give back what it was given: whoever computes in place then writes into X.
    X = draw_images(rng, 4) + 1
    kept = put(student, X)
    result = student.predict_proba(define(student, NETWORKS).passing_on(), kept)
    # unneeded: what is wrong here is so for other models too: this asks for a right one first
    require(
        same_shares(result, shares(X.flatten(1))),
        "predict_proba(model, X) is wrong for a model that gives the pixels themselves as logits. "
        + BEGIN_THERE.format("predict_proba"),
    )
    hint = "Here the logits are the pixels of X. Is anything computed in place?"
    expect(fetch(kept), X, name="X after predict_proba(model, X)", hint=hint)


def require_untouched(student, name, rng):
    """Passes for a right result after which the model and the images are as they were."""
    moody = draw_moody(rng, rng.integer(5, 9))
    tools = define(student, MOODY)
    model = tools.forgetting(*moody.arguments)
    model.eval()
    before = tools.tensors_of(model)
    kept = put(student, moody.X)
    result = getattr(student, name)(model, kept)
    answer, same = ANSWERS[name]
    is_right = same(result, answer(moody.logits))
    require(
        is_right,
        f"{name}(model, X) is wrong for a model with batch normalization and dropout, which came "
        "in evaluation mode. " + BEGIN_THERE.format(name),
        hint=None if is_right else why_untrue(student, name, model, moody.X, result, tools),
    )
    numbers = "Predicting only looks. Compare model.state_dict() before and after your call."
    learning = "Predicting only looks. Print requires_grad of each parameter before and after."
    with hints(values=numbers, shape=numbers, keys=numbers, requires_grad=learning):
        expect(tools.tensors_of(model), before, name=f"The model after {name}(model, X)")
    hint = "Which line of yours writes into X itself, or gives X another shape?"
    expect(fetch(kept), moody.X, name=f"X after {name}(model, X)", hint=hint)
    require(
        tools.modes(model) == [False] * 7,
        f"The model came in evaluation mode, and it is not, or not all of it, after {name}.",
        hint=OTHER_MODE,
    )


OTHER_MODE = "Print training of each module before and after your call. What has changed it?"
BY_CHANCE = (
    "Asked twice for the same images, your function gives two answers. Where does chance come in?"
)


def why_untrue(student, name, model, X, result, tools):
    """The hint for a wrong answer of a model that came in evaluation mode: by its modes afterwards,
    and by what a second call gives.
    """
    trials = [(lambda: tools.modes(model), [False] * 7, OTHER_MODE)]
    if is_finite(result):

        def again():
            answer = getattr(student, name)(model, X)
            return answer.detach() if isinstance(answer, torch.Tensor) else answer

        trials.append((again, result.detach(), BY_CHANCE))
    return shown_by(*trials)


def is_finite(result):
    return (
        isinstance(result, torch.Tensor)
        and result.device.type == "cpu"
        and result.layout is torch.strided
        and not result.is_complex()
        and bool(result.isfinite().all())
    )


def classes_in(result):
    """A result's whole numbers in an int64 tensor (N,): its form has a check of its own."""
    if isinstance(result, np.ndarray) and result.dtype.kind in "fiu":
        result = torch.from_numpy(result)
    if isinstance(result, list) and all(type(item) is int and 0 <= item < 100 for item in result):
        return torch.tensor(result, dtype=torch.int64)
    if not isinstance(result, torch.Tensor) or result.device.type != "cpu":
        return result
    result = result.detach()
    if result.dim() == 2 and result.shape[1] == 1:
        result = result.squeeze(1)
    if result.is_floating_point():
        whole = result.nan_to_num().clamp(-1, 100)
        return whole.to(torch.int64) if torch.equal(whole.round(), result) else result
    return result.to(torch.int64) if result.dtype != torch.bool else result


def same_classes(result, classes):
    """Right for nearly all images: to the last one is asked for by a check of its own."""
    result = classes_in(result)
    if not isinstance(result, torch.Tensor) or result.shape != classes.shape:
        return False
    return bool((result == classes).float().mean() > NEARLY)


def classes_of(logits):
    return logits.argmax(dim=1)


# What is right for given logits, and whether a result is that, whatever its form.
ANSWERS = {"predict_proba": (shares, same_shares), "predict": (classes_of, same_classes)}


ONE_NUMBER_EACH = "How many images came in, and how many numbers go out for each?"
NOT_WHOLE = "Print the first number that you return. Can it stand for a class?"
SEVERAL = "Your function gives several things back. Which of them holds the classes?"


def why_other_type(result):
    return SEVERAL if isinstance(result, tuple) else "Is this what you mean to return?"


FOR_LOGITS = "For the logits {} the class is {}. What does your function give?"
# In turn: numbers with a sign, numbers that rounding makes alike, and two classes only.
BY_HAND = (
    ([-5.0, -2, -3], 1, FOR_LOGITS.format("-5, -2 and -3", 1)),
    ([0.12, 0.14, 0.11], 1, FOR_LOGITS.format("0.12, 0.14 and 0.11", 1)),
    ([3.0, 2], 0, FOR_LOGITS.format("3 and 2", 0)),
    ([-3.0, -2], 1, FOR_LOGITS.format("-3 and -2", 1)),
)
LOWEST = "These are the places of the lowest logits. Which logit has the likeliest class?"
CLASSES_IN_A_BATCH = (
    "A single image with two or three logits is read right. What is different for more images, or "
    "for more classes?"
)


def class_by_hand(student, *trials):
    """The hint that proposes one image, if the answer reads it wrong."""

    def call(logits):
        return classes_in(by_hand(student, "predict", torch.tensor(logits)))

    return shown_by(
        *(
            (partial(call, logits), torch.tensor([right]), hint)
            for logits, right, hint in (*trials, *BY_HAND)
        ),
        other=CLASSES_IN_A_BATCH,
    )


def why_other_classes(student, result, logits):
    """The hint for other classes than those of the highest logits, by which ones they are."""
    result = classes_in(result)
    if not isinstance(result, torch.Tensor) or result.dtype != torch.int64:
        return None
    if same_classes(result - 1, classes_of(logits)):
        return "Your classes are one too high. Which number has the first column?"
    if same_classes(result, classes_of(-logits)):
        # The largest in size are these places too where most logits are negative.
        return class_by_hand(student, ([-1.0, 3, 2], 1, LOWEST))
    return class_by_hand(student)


def form_of_classes(student, result, logits):
    """The hints for classes that are not right, or not of the right form."""
    classes = classes_of(logits)
    return {
        "values": partial(why_other_classes, student, result, logits),
        "shape": partial(why_other_shape, classes_in(result), classes, ONE_NUMBER_EACH),
        "dtype": NOT_WHOLE,
        "type": partial(why_other_type, result),
    }


@check("predict", weight=5, part="idea")
def test_gives_the_class_with_the_highest_logit(student, rng):
    weights = draw_network(rng, rng.integer(5, 9))
    X = draw_images(rng, rng.integer(60, 80))

    def look():
        result = student.predict(define(student, NETWORKS).linear_network(*weights), X)
        logits = logits_of(weights, X)
        right = classes_of(logits)
        if not same_classes(result, right):
            with hints(**form_of_classes(student, result, logits)):
                expect(classes_in(result), right, name="predict(model, X)")

    fairly(student, RIGHT_PROBA, look)


@check("predict", part="contract")
def test_predicts_in_a_batch_of_any_size(student, rng):
    drawn = draw_batches(rng)

    def look():
        tools, predict = define(student, NETWORKS), student.predict
        for weights, batches in drawn:
            model = tools.linear_network(*weights)
            for X in batches:
                result, logits = predict(model, X), logits_of(weights, X)
                right = classes_of(logits)
                if not same_classes(result, right):
                    with hints(**form_of_classes(student, result, logits)):
                        name = f"predict(model, X) {sizes(weights, X)}"
                        expect(classes_in(result), right, name=name)
        result, right = asked_again(student, predict, *drawn[0])
        require(
            same_classes(result, classes_of(right)),
            "After X and the model have changed, a second predict(model, X) is not right.",
            hint=ASKED_ANEW,
        )

    fairly(student, RIGHT_PROBA, look)


@check("predict", part="details")
def test_predicts_from_large_negative_and_close_logits(student, rng):
    classes = rng.integer(5, 9)
    weight, bias = draw_network(rng, classes)
    # Of many images those whose two highest logits are closest: rounded, they are the same.
    many = draw_images(rng, 300)
    first, second = logits_of((weight, bias), many).topk(2, dim=1).values.T
    X = many[(first - second).argsort()[:20]]

    begin_there = " " + BEGIN_THERE.format("predict")
    large = "For the logits 1000, 1001 and 1001.01 the class is 2. What does your function give?"
    far = "For the logits -1001, -1000.01 and -1000 the class is 2. What does your function give?"
    negative = "For the logits -9, -8.01 and -8 the class is 2. What does your function give?"
    form = {"shape": ONE_NUMBER_EACH, "dtype": NOT_WHOLE}
    drawn = (1000.0, "large", large), (-1000.0, "negative", far), (-8.0, "negative", negative)

    def look():
        tools = define(student, NETWORKS)
        for offset, logits, hint in drawn:
            weights = weight, bias + offset
            with hints(**form, values=hint + begin_there):
                expect(
                    classes_in(student.predict(tools.linear_network(*weights), X)),
                    classes_of(logits_of(weights, X)),
                    name=f"predict(model, X) where all logits are {logits}, the highest two close,",
                )
        # The logits of one image lie near 1000, those of the next near -1000.
        apart, mixed = weight.clone(), X.clone()
        apart[:, 783], mixed[:, 0, 27, 27] = 2000, 0
        mixed[::2, 0, 27, 27] = 1
        weights = apart, bias - 1000
        each = "Is each row looked at by itself, whatever the others hold?"
        with hints(**form, values=each + begin_there):
            expect(
                classes_in(student.predict(tools.linear_network(*weights), mixed)),
                classes_of(logits_of(weights, mixed)),
                name="predict(model, X) where one image's logits lie far above another's",
            )

    fairly(student, RIGHT_PROBA, look)


@check("predict", part="contract")
def test_returns_int64_numbers_in_one_row(student, rng):
    weights = draw_network(rng, rng.integer(5, 9))
    X = draw_images(rng, 14)

    def look():
        tools = define(student, NETWORKS)
        result = student.predict(tools.linear_network(*weights), X)
        right = classes_of(logits_of(weights, X))
        if isinstance(result, torch.Tensor) and same_classes(result, right):
            # Nearly right: here its form alone is compared.
            right = result.detach().reshape(-1).long()
        kind = "Is it a tensor, with one number for each image?"
        begin = BEGIN_THERE.format("predict")
        with hints(values=begin, shape=ONE_NUMBER_EACH, dtype=WHICH_DTYPE, type=kind):
            expect(result, right, name="predict(model, X)")
        require_gradients(tools, "predict")
        require(
            not tools.on_after_off(student.predict, tools.linear_network(*weights), X),
            "Gradients were off before predict was called, and they are on afterwards.",
            hint="Call it inside torch.no_grad(). Are gradients on there afterwards?",
        )

    fairly(student, RIGHT_PROBA, look)


@check("predict", part="contract")
def test_predicts_by_calling_the_model(student, rng):
    fairly(student, RIGHT_PROBA, lambda: require_called(student, "predict", rng))


@check("predict", part="contract")
def test_predicts_in_evaluation_mode_and_changes_nothing(student, rng):
    fairly(student, RIGHT_PROBA, lambda: require_untouched(student, "predict", rng))


CLAUSES = {
    "predict_proba": [
        {
            "text": "The probabilities of the classes for a batch of images.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "an nn.Module that gives logits (N, classes)",
            "checks": [
                "test_gives_the_softmax_of_each_image",
                "test_shares_out_1_in_a_batch_of_any_size",
                "test_is_right_to_the_last_digit",
                "test_copes_with_large_logits",
                "test_runs_the_model_in_evaluation_mode",
                "test_calls_the_model",
                "test_gives_float32_numbers_without_a_graph",
                "test_leaves_the_model_and_the_images_as_they_were",
            ],
            "broken_by": "mistakes/own_network",
        },
        {
            "text": "it comes in training or evaluation mode",
            "checks": ["test_runs_the_model_in_evaluation_mode"],
            "broken_by": "mistakes/no_evaluation_mode",
        },
        {
            "text": "a batch of images (N, 1, 28, 28)",
            "checks": ["test_shares_out_1_in_a_batch_of_any_size"],
            "broken_by": "mistakes/squeezed",
        },
        {
            "text": "handed to the model as it is",
            "checks": ["test_calls_the_model"],
            "broken_by": "mistakes/flattened_first",
        },
        {
            "text": "a new float32 tensor (N, classes)",
            "checks": ["test_gives_float32_numbers_without_a_graph"],
            "broken_by": "mistakes/float64",
        },
        {
            "text": "without gradients (requires_grad is False)",
            "checks": ["test_gives_float32_numbers_without_a_graph"],
            "broken_by": "mistakes/gradients_on",
        },
        {
            "text": "in each row the softmax of that image's logits",
            "checks": ["test_copes_with_large_logits"],
            "broken_by": "mistakes/exponentials_by_hand",
        },
        {
            "text": "so that each row sums to 1",
            "checks": [
                "test_gives_the_softmax_of_each_image",
                "test_shares_out_1_in_a_batch_of_any_size",
                "test_is_right_to_the_last_digit",
                "test_copes_with_large_logits",
                "test_runs_the_model_in_evaluation_mode",
                "test_calls_the_model",
                "test_gives_float32_numbers_without_a_graph",
                "test_leaves_the_model_and_the_images_as_they_were",
            ],
            "broken_by": "mistakes/sigmoid",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_runs_the_model_in_evaluation_mode"],
            "broken_by": "mistakes/only_the_outermost_module",
        },
        {
            "text": "by calling it, model(X)",
            "checks": ["test_calls_the_model"],
            "broken_by": "mistakes/calls_forward",
        },
        {
            "text": "neither parameters nor X",
            "checks": ["test_leaves_the_model_and_the_images_as_they_were"],
            "broken_by": "mistakes/parameters_frozen",
        },
        {
            "text": "and gradients are on again afterwards",
            "checks": ["test_gives_float32_numbers_without_a_graph"],
            "broken_by": "mistakes/gradients_off_for_ever",
        },
        {
            "text": "the model's mode may be the former one then, or evaluation mode",
            "checks": ["test_leaves_the_model_and_the_images_as_they_were"],
            "allowed_by": "variants/former_mode_restored",
        },
    ],
    "predict": [
        {
            "text": "The most likely class of each image of a batch.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "an nn.Module that gives logits (N, classes)",
            "checks": [
                "test_gives_the_class_with_the_highest_logit",
                "test_predicts_in_a_batch_of_any_size",
                "test_predicts_from_large_negative_and_close_logits",
                "test_returns_int64_numbers_in_one_row",
                "test_predicts_by_calling_the_model",
                "test_predicts_in_evaluation_mode_and_changes_nothing",
            ],
            "broken_by": "mistakes/ten_classes_in_the_code",
        },
        {
            "text": "it comes in evaluation mode",
            "why_none": "a promise to the answer, which may set the mode itself",
        },
        {
            "text": "a batch of images (N, 1, 28, 28)",
            "checks": ["test_predicts_in_a_batch_of_any_size"],
            "broken_by": "mistakes/squeezed",
        },
        {
            "text": "handed to the model as it is",
            "checks": ["test_predicts_by_calling_the_model"],
            "broken_by": "mistakes/flattened_first",
        },
        {
            "text": "a new int64 tensor (N,)",
            "checks": ["test_returns_int64_numbers_in_one_row"],
            "broken_by": "mistakes/int32",
        },
        {
            "text": "for each image the index of its highest logit",
            "checks": [
                "test_gives_the_class_with_the_highest_logit",
                "test_predicts_in_a_batch_of_any_size",
                "test_predicts_from_large_negative_and_close_logits",
                "test_returns_int64_numbers_in_one_row",
                "test_predicts_by_calling_the_model",
                "test_predicts_in_evaluation_mode_and_changes_nothing",
            ],
            "broken_by": "mistakes/lowest",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_predicts_in_evaluation_mode_and_changes_nothing"],
            "broken_by": "mistakes/training_mode",
        },
        {
            "text": "by calling it, model(X)",
            "checks": ["test_predicts_by_calling_the_model"],
            "broken_by": "mistakes/calls_forward",
        },
        {
            "text": "neither parameters nor X",
            "checks": ["test_predicts_in_evaluation_mode_and_changes_nothing"],
            "broken_by": {
                "line": "return predict_proba(model, X).argmax(dim=1)",
                "becomes": "model.requires_grad_(False)\n"
                "return predict_proba(model, X).argmax(dim=1)",
            },
        },
        {
            "text": "nor the mode",
            "checks": ["test_predicts_in_evaluation_mode_and_changes_nothing"],
            "broken_by": "mistakes/training_mode_afterwards",
        },
        {
            "text": "and gradients are on afterwards as they were before",
            "checks": ["test_returns_int64_numbers_in_one_row"],
            "broken_by": "mistakes/gradients_off_for_ever",
        },
    ],
}
