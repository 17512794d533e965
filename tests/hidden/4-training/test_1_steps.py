"""Hidden checks of 4-training, first part: loss and optimizer, one step, one epoch.

The files are numbered in the order of the notebook, for reading.
"""

import contextlib
from types import SimpleNamespace

import torch

from autograder.checks import (
    Handle,
    Mismatch,
    accelerators,
    alike,
    call_without_accelerator,
    check,
    closer_look,
    define,
    expect,
    fairly,
    fetch,
    hints,
    is_rounded,
    number_of,
    put,
    require,
    shown_by,
    tools,
    type_names,
    unobserved,
)

NETWORKS = tools(__file__, "networks", "model_states", "training_parts")
MOODY = tools(__file__, "moody_networks", "model_states", "loaders", "training_parts")
ON_DEVICE = tools(__file__, "device_epochs")
SHUFFLED = tools(__file__, "shuffled_epochs")
TRACES = tools(__file__, "training_traces")


RIGHT_STEP = tools(__file__, "right_train_step")

RIGHT_TRAIN = tools(__file__, "right_train")  # With the train_step that it calls.

# So far apart may weights and losses lie that are right but for rounding on the way.
ABOUT = {"rtol": 0.02, "atol": 0.01}

BEGIN_THERE = " If other checks of {} fail too, begin with those."
NOT_MOVED = (
    "Which call moves the weights of this model, and what must have been computed before it?"
)


def draw_network(rng):
    """Sizes and weights of a small network, and a learning rate whose steps can't be missed."""
    inputs, hidden, classes = rng.integer(4, 8), rng.integer(5, 9), rng.integer(3, 6)
    state = {
        "0.weight": rng.tensor(hidden, inputs) * 0.5,
        "0.bias": rng.tensor(hidden) * 0.5,
        "2.weight": rng.tensor(classes, hidden) * 0.5,
        "2.bias": rng.tensor(classes) * 0.5,
    }
    lr = round(rng.uniform(0.2, 0.5), 3)
    return SimpleNamespace(inputs=inputs, classes=classes, state=state, lr=lr)


def draw_batches(rng, net, sizes):
    """Batches (X, y) of these sizes."""
    return [(rng.tensor(n, net.inputs), rng.labels(n, net.classes)) for n in sizes]


def draw_epoch(rng, net, rest=0, batches=0):
    """All samples of an epoch and a batch size. `rest`: the samples of a short last batch;
    `batches`: how many there are before it, 0 for a few.
    """
    size = rng.integer(3, 6)
    ((X, y),) = draw_batches(rng, net, [size * (batches or rng.integer(3, 5)) + rest])
    return SimpleNamespace(X=X, y=y, size=size)


def expect_weights(actual, expected, net, when, hint, still=NOT_MOVED):
    """Compares parameter by parameter, and says so if not one of them has moved: `still` is the
    hint for that, `hint` the one for other numbers.
    """
    # unneeded: what reads them by name below fails too, in worse words
    require_parameters(actual, expected, when)
    pairs = list(zip(actual.values(), net.state.values(), strict=True))
    # unneeded: weights that have not moved are not the right ones either, but this says so
    require(
        any(not isinstance(now, torch.Tensor) or not torch.equal(now, was) for now, was in pairs),
        f"{when[0].upper()}{when[1:]} all weights of the model are as before.",
        hint=still,
    )
    with hints(type=None, values=hint):
        for name, right in expected.items():
            expect(actual[name], right, name=f"The parameter {name} {when}", **ABOUT)


def gentle(net):
    """The same network, with steps of a fiftieth."""
    return SimpleNamespace(**{**vars(net), "lr": net.lr / 50})


def first_batch_of(epoch):
    """An epoch of the first batch alone."""
    return SimpleNamespace(X=epoch.X[: epoch.size], y=epoch.y[: epoch.size], size=epoch.size)


def require_parameters(actual, expected, when):
    # unneeded: what compares parameters by name fails too, in worse words
    require(
        isinstance(actual, dict) and actual.keys() == expected.keys(),
        f"The model has other parameters {when}.",
    )


def near(space, call, right):
    """Whether a call of the answer gives this but for rounding: it is made to choose a hint by."""
    with unobserved(space):
        return alike(call(), right, **ABOUT)


def flat(tensors, names):
    """All values of these tensors in one row, in the order of the names; 0 for what is odd."""
    parts = []
    for name, like in names.items():
        value = tensors[name]
        fits = isinstance(value, torch.Tensor) and value.shape == like.shape
        parts.append(value.detach().flatten().float() if fits else torch.zeros(like.numel()))
    return torch.cat(parts)


TWO_THINGS = "What comes back to the caller? The docstring names two things, in their order."
WHICH_IS_WHICH = (
    "What is the type of each of the two results? The docstring says what each is, in their order."
)


def require_two_things(pair):
    # unneeded: what follows fails too, in worse words
    require(
        isinstance(pair, (tuple, list)) and len(pair) == 2,
        "make_loss_and_optimizer(model, lr) did not return two things, loss_fn and optimizer.",
        hint=TWO_THINGS,
    )


def require_optimizer(second):
    # unneeded: other things have no step() either, but this says so
    require(
        "torch.optim.optimizer.Optimizer" in type_names(second),
        "The second of the two results is not an optimizer of torch.optim.",
        hint=WHICH_IS_WHICH,
    )


def pair_of(space, net, frozen=None):
    """What make_loss_and_optimizer gives for a network: a model, a loss, an optimizer. Of its
    parameters the one that is called `frozen` is not trained.
    """
    tools = define(space, NETWORKS)
    model = tools.tanh_network(net.state)
    model.eval()
    if frozen is not None:
        tools.freeze(model, frozen)
    pair = space.make_loss_and_optimizer(model, net.lr)
    require_two_things(pair)
    return SimpleNamespace(tools=tools, model=model, loss_fn=pair[0], optimizer=pair[1])


TWO_IMAGES = torch.tensor([[1.1, 0.0], [0.0, 0.0]]), torch.tensor([0, 1])
TWO_BY_HAND = (
    "Try the logits [[1.1, 0.0], [0.0, 0.0]] with the labels 0 and 1. By hand the two images cost "
    "0.29 and 0.69: what does loss_fn give?"
)


@check("make_loss_and_optimizer", weight=3, part="idea")
def test_loss_is_the_cross_entropy_of_logits(student, solution, rng):
    net = draw_network(rng)
    logits, y = rng.tensor(7, net.classes) * 2, rng.labels(7, net.classes)
    pair = pair_of(student, net)
    # unneeded: an optimizer can't be called as a loss is, but this says what it is
    require(
        "torch.optim.optimizer.Optimizer" not in type_names(pair.loss_fn),
        "make_loss_and_optimizer(model, lr) returns the optimizer first; loss_fn comes first.",
        hint="Which of the two does the docstring name first?",
    )
    # unneeded: plain data can't be called either, but this says what is asked for
    require(
        isinstance(pair.loss_fn, Handle),
        "The first of the two results is not a loss function that can be called.",
        hint=WHICH_IS_WHICH,
    )
    # unneeded: a class that is called with logits gives no loss, but this says what it is
    require(
        "builtins.type" not in type_names(pair.loss_fn),
        "The first of the two results is a class, not a loss function made from it.",
        hint="What makes an object of a class?",
    )
    with hints(
        type="What must a loss be, so that backward() can be called on it?",
        shape="How many numbers is the mean loss of a whole batch?",
        dtype="Which dtype have the logits, and which one has your loss?",
        values=lambda: shown_by(
            (lambda: pair.loss_fn(*TWO_IMAGES), 0.4899, TWO_BY_HAND),
            other="Print loss_fn for logits far apart and close together. For which is it another "
            "number than nn.functional.cross_entropy gives?",
        ),
    ):
        expect(
            pair.loss_fn(logits, y),
            pair_of(solution, net).loss_fn(logits, y),
            name="loss_fn(logits, y)",
        )


@check("make_loss_and_optimizer", part="details")
def test_loss_is_right_for_logits_far_apart(student, solution, rng):
    net = draw_network(rng)
    y = rng.labels(5, net.classes)
    logits = rng.tensor(5, net.classes)
    # The right class is so far behind that its probability is too small for a float.
    logits[range(5), y] -= 200
    expect(
        pair_of(student, net).loss_fn(logits, y),
        pair_of(solution, net).loss_fn(logits, y),
        name="loss_fn(logits, y), with logits that lie 200 apart,",
        hint="Try the logits [[0.0, 200.0]] with the label 0. By hand the loss is 200: what does "
        "loss_fn give?",
    )


def updates(space, net, gradients):
    """The model's weights after each step of the optimizer, one for each of these gradients."""
    pair = pair_of(space, net)
    require_optimizer(pair.optimizer)
    after = []
    for gradient in gradients:
        pair.tools.set_gradients(pair.model, gradient)
        pair.optimizer.step()
        after.append(pair.tools.weights(pair.model))
    return after


def draw_gradients(rng, net):
    return {name: rng.tensor(*weight.shape) for name, weight in net.state.items()}


@check("make_loss_and_optimizer", part="contract")
def test_changes_nothing_of_the_model(student, rng):
    net = draw_network(rng)
    # One of them is frozen.
    pair = pair_of(student, net, frozen="0.bias")
    before = {name: w.clone().requires_grad_(name != "0.bias") for name, w in net.state.items()}
    expect(
        pair.tools.condition(pair.model),
        {**before, "training": [False] * 4},
        name="The model, which came in evaluation mode, after make_loss_and_optimizer(model, lr)",
        hint="Loss and optimizer are only made here. What changes the model itself?",
    )


HOW_FAR = (
    "Set the gradients of a small model to 1 in one layer and to 10 in another, and call "
    "optimizer.step(). Which way and how far does each weight and bias move?"
)
BEFORE_ANY_STEP = (
    "Print a weight of the model before and after make_loss_and_optimizer(model, lr). Is it still "
    "the same, as no step has been taken?"
)


def why_other_moves(student, net):
    """The hint for other weights after a step, by whether they are others before it too."""

    def as_they_came():
        with unobserved(student):
            pair = pair_of(student, net)
            return alike(pair.tools.weights(pair.model), net.state)

    return shown_by((as_they_came, True, BEFORE_ANY_STEP), other=HOW_FAR)


@check("make_loss_and_optimizer", weight=2, part="idea")
def test_optimizer_moves_all_weights_of_the_model(student, rng):
    net = draw_network(rng)
    gradients = [draw_gradients(rng, net), draw_gradients(rng, net)]
    nowhere = {name: torch.zeros_like(weight) for name, weight in net.state.items()}
    first, second, third = updates(student, net, [*gradients, nowhere])

    # unneeded: what reads them by name below fails too, in worse words
    require_parameters(first, net.state, "after optimizer.step()")
    # Whatever its learning rate: each weight moves by the same multiple of its own gradient.
    along = flat(gradients[0], net.state)
    moved = flat(net.state, net.state) - flat(first, net.state)
    rate = torch.dot(moved, along) / along.square().sum()
    against = bool(rate > 1e-7)
    require(
        against,
        "optimizer.step() does not move the model's weights against their gradients.",
        hint=None if against else why_other_moves(student, net),
    )
    expected = {name: net.state[name] - rate * gradients[0][name] for name in net.state}
    # unneeded: what is wrong after one step is so after two, but this says when it began
    expect_weights(
        *(first, expected, net, "after optimizer.step()"),
        lambda: why_other_moves(student, net),
    )
    expected = {name: expected[name] - rate * gradients[1][name] for name in net.state}
    hint = "Take two steps with the same gradients. Is each weight moved twice as far as by one?"
    expect_weights(second, expected, net, "after the second optimizer.step()", hint)
    expect(
        third,
        second,
        rtol=0,
        atol=0,
        name="The model's weights, after another step with gradients of 0,",
        hint="Plain SGD moves nothing where all gradients are 0. What else moves the weights?",
    )


@check("make_loss_and_optimizer", part="contract")
def test_optimizer_moves_parameters_of_all_kinds(student):
    tools = define(student, NETWORKS)
    model = tools.ManyKinds()
    pair = student.make_loss_and_optimizer(model, 0.25)
    require_two_things(pair)
    require_optimizer(pair[1])
    still = tools.not_moved(model, pair[1])
    require(
        not still,
        f"In a model of other layers, optimizer.step() moves {8 - len(still)} of 8 parameters.",
        hint="What does model.parameters() give for such a model, and what does your optimizer "
        "hold?",
    )


@check("make_loss_and_optimizer", weight=2, part="contract")
def test_learning_rate_is_the_one_given(student, solution, rng):
    net = draw_network(rng)
    gradients = [draw_gradients(rng, net)]
    after = updates(student, net, gradients)[0]
    expect_weights(
        after,
        updates(solution, net, gradients)[0],
        net,
        "after optimizer.step()",
        hint=why_another_length(after, gradients[0], net),
        still="Whose parameters does the optimizer hold, and what is its learning rate?",
    )


def why_another_length(after, gradients, net):
    """The hint for other weights after a step, by whether the direction is right."""
    dense = isinstance(after, dict) and all(
        isinstance(now, torch.Tensor) and now.layout is torch.strided for now in after.values()
    )
    if dense and after.keys() == net.state.keys():
        moved = flat(net.state, net.state) - flat(after, net.state)
        if torch.cosine_similarity(moved, flat(gradients, net.state), dim=0) > 0.9999:
            return (
                "The step has the right direction, and its length is not lr times the gradient. "
                "Which settings has your optimizer, and what does each do to a step?"
            )
    return (
        "Take a step with lr=0.5 and gradients of 1 and of 10. Which way and how far does each "
        "weight and bias move?" + BEGIN_THERE.format("make_loss_and_optimizer")
    )


def steps(space, net, batches, make_loss=None, momentum=0.0, moody=False):
    """The losses that train_step gives for these batches, the weights afterwards, and how many
    steps the optimizer that it was given has taken.
    """
    tools = define(space, MOODY)
    model = tools.Turning(net.state) if moody else tools.tanh_network(net.state)
    loss_fn = tools.cross_entropy() if make_loss is None else make_loss(tools)
    optimizer = tools.sgd(model, net.lr, momentum)
    taken = tools.step_counter(optimizer)
    losses = [space.train_step(model, X, y, loss_fn, optimizer) for X, y in batches]
    return SimpleNamespace(losses=losses, weights=tools.weights(model), taken=taken())


def why_still(answer):
    """The hint where no weight has moved, by whether the given optimizer has taken a step."""
    if answer.taken == 0:
        return "The optimizer that is given has taken no step. Which line is to make it take one?"
    return "A step was taken, and no weight has moved. Which gradients did it find, and from where?"


WHAT_MOVES = "What moves the weights: a step of the optimizer that is given, or something else?"
STEPS_OF_A_BATCH = "How many steps belong to one batch?"


def why_another_way(answer, along):
    """The hint where the weights move in another direction, by how many steps were taken and by
    how far it is from the right one.
    """
    if answer.taken == 0:
        return WHAT_MOVES
    if answer.taken > 1:
        return STEPS_OF_A_BATCH
    if along < -0.999:
        return (
            "The weights move just the opposite way. Which sign has the number that the gradients "
            "are computed from, and which way does a step go?"
        )
    return (
        "The step should come from the gradients of loss_fn(model(X), y) alone. What is different "
        "in your code on the way?"
    )


@contextlib.contextmanager
def explained_by_steps(answer, count, net):
    """Where the weights within are not the right ones: has the given optimizer taken a step for
    each batch? An answer that moves nothing at all is told that by its weights.
    """
    try:
        yield
    except Mismatch:
        # unneeded: the mismatch itself is raised below, but this says where it comes from
        require_steps(answer, count, net)
        raise


def require_steps(answer, count, net):
    moved = answer.weights.keys() != net.state.keys() or not torch.equal(
        flat(answer.weights, net.state), flat(net.state, net.state)
    )
    # unneeded: weights that another optimizer moved are not the right ones, but this says why
    require(
        answer.taken > 0 or not moved,
        "The weights have moved, and the optimizer that was given has taken no step.",
        hint=WHAT_MOVES,
    )
    # unneeded: after more steps the weights are not the right ones, but this says why
    require(
        answer.taken <= count,
        f"For {count} batches the optimizer has taken {answer.taken} steps.",
        hint=STEPS_OF_A_BATCH,
    )


@check("train_step", weight=4, part="idea")
def test_one_step_moves_the_weights_downhill(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6])

    def what_happens():
        define(student, TRACES).events(student.train_step, *batches[0], net.state, net.lr)

    with closer_look(what_happens):
        answer, right = steps(student, net, batches), steps(solution, net, batches)
        # unneeded: what reads them by name below fails too, in worse words
        require_parameters(answer.weights, net.state, "after one step")
        before = flat(net.state, net.state)
        moved = flat(answer.weights, net.state) - before
        # unneeded: what has not moved has no direction either, but this says so
        require(
            bool(moved.any()),
            "After one step all weights of the model are as before.",
            hint=why_still(answer),
        )
        # In the right direction: how far is asked by the next check.
        along = torch.cosine_similarity(moved, flat(right.weights, net.state) - before, dim=0)
        require(
            bool(along > 0.999),
            "One step moves the weights in another direction than against their gradients.",
            hint=why_another_way(answer, along),
        )


ONE_STEP = (
    "If the check of one step fails too, begin there. How far does one step move a weight, and how "
    "far would lr times its gradient?"
)
LATER_STEPS = (
    "The first step alone is right. Print a parameter's .grad just before each step: is it the "
    "gradient of this batch's loss alone, in its full length?"
)


@check("train_step", weight=6, part="idea")
def test_three_steps_lead_to_the_right_weights(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6, 4, 5])
    first = steps(solution, net, batches[:1]).weights
    answer = steps(student, net, batches)

    def of_one():
        return near(student, lambda: steps(student, net, batches[:1]).weights, first)

    with explained_by_steps(answer, 3, net):
        expect_weights(
            answer.weights,
            steps(solution, net, batches).weights,
            net,
            "after three steps",
            hint=lambda: shown_by((of_one, True, ONE_STEP), other=LATER_STEPS),
            still=why_still(answer),
        )


@check("train_step", weight=3, part="contract")
def test_returns_the_loss_before_the_step(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [5])
    got = steps(student, net, batches).losses[0]
    right = steps(solution, net, batches)
    ((_, y),) = batches
    number = number_of(got)
    # unneeded: the last line fails too, but this says why
    require(
        number is not None,
        "train_step(model, X, y, loss_fn, optimizer) did not return a number.",
        hint="What comes back to the caller, and what is its type? One number is asked for.",
    )
    for factor, how in ((len(y), "times"), (1 / len(y), "divided by")):
        # unneeded: the last line fails too, but this says why
        require(
            not about(number, right.losses[0] * factor),
            f"What train_step returns is the loss of the batch {how} its number of images.",
            hint="loss_fn gives a mean over the batch already. What else happens to this number "
            "on its way back?",
        )
    expect(
        number,
        right.losses[0],
        **ABOUT,
        name="train_step(model, X, y, loss_fn, optimizer)",
        hint="Print loss_fn(model(X), y) just before you call train_step. Is that the number that "
        "comes back?",
    )


def about(number, right):
    """Whether a number is right but for rounding."""
    return abs(number - right) <= ABOUT["rtol"] * abs(right) + ABOUT["atol"]


@check("train_step", weight=2, part="details")
def test_returns_the_loss_as_a_float(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [5])
    got, right = (steps(space, net, batches).losses[0] for space in (student, solution))
    other = BEGIN_THERE.format("train_step")
    with hints(type=WHICH_TYPE, values=about_right(got, (right,), other, NEAR_LOSS)):
        expect(got, right, name="train_step(model, X, y, loss_fn, optimizer)")


WHICH_TYPE = "What is the type of the result? A plain Python float is asked for."


NEAR_LOSS = (
    "The number is near the loss of this batch, but not it. Of which moment is it, and what is "
    "done to it on its way back?"
)


def about_right(got, rights, other, nearly):
    """The hint for a number that is right but for its digits; `nearly` for one that is close to
    the right one, `other` for all else.
    """
    if any(is_rounded(got, right) for right in rights):
        return "The number is right, with fewer digits. Which step cuts the others off?"
    number = number_of(got)
    if number is not None and any(about(number, right) for right in rights):
        return nearly
    return other.strip()


@check("train_step", weight=4, part="contract")
def test_uses_the_loss_and_the_optimizer_it_is_given(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6, 4])
    weight = rng.tensor(net.classes).abs() + 0.2
    # Not only rows and labels: the last axis alone is the model's.
    shapes = (rng.integer(3, 6), rng.integer(2, 4))
    cubes = [(rng.tensor(*shapes, net.inputs), rng.tensor(*shapes, net.classes)) for _ in range(2)]
    lone = draw_batches(rng, net, [1, 1])
    for net_given, given, make_loss, words, hint in (
        (
            gentle(net),
            batches,
            lambda tools: tools.louder_loss(weight),
            "another loss and optimizer",
            "Here the loss is higher, and the optimizer has momentum. Are both used as they are "
            "given, with the whole gradient?",
        ),
        (
            net,
            cubes,
            lambda tools: tools.squared_error(),
            "squared errors of a batch with three axes",
            "Here X and y have three axes. Do the model and loss_fn get what they take with all of "
            "its axes?",
        ),
        (
            net,
            lone,
            lambda tools: tools.loss_by_rows,
            "batches of one sample, and a loss of its rows",
            "Here a batch has a single sample. What shape have the outputs that loss_fn gets?",
        ),
    ):
        answer = steps(student, net_given, given, make_loss, 0.8)
        with explained_by_steps(answer, 2, net_given):
            expect_weights(
                answer.weights,
                steps(solution, net_given, given, make_loss, 0.8).weights,
                net_given,
                f"after two steps with {words}",
                hint=hint + BEGIN_THERE.format("train_step"),
                still=why_still(answer),
            )


@check("train_step", part="contract")
def test_leaves_the_rest_as_it_was(student, solution, rng):
    net = draw_network(rng)
    (batch,) = batches = draw_batches(rng, net, [6])
    given = [put(student, part) for part in batch]
    answer = steps(student, net, [given], moody=True)
    expect(
        [fetch(part) for part in given],
        list(batch),
        name="The list of X and y after train_step(model, X, y, loss_fn, optimizer)",
        hint="Only the model's parameters are to change. What in your function changes the batch?",
    )
    right = steps(solution, net, batches, moody=True).weights
    in_any_mode = steps(solution, net, batches).weights
    # unneeded: what reads them by name below fails too, in worse words
    require_parameters(answer.weights, right, "after one step")
    before = {f"layers.{name}": weight for name, weight in net.state.items()}
    moved = flat(answer.weights, before) - flat(before, before)
    along = torch.cosine_similarity(moved, flat(right, before) - flat(before, before), dim=0)
    of_its_mode = bool(along > 0.9)

    def without_modes():
        return near(student, lambda: steps(student, net, batches).weights, in_any_mode)

    begin_there = BEGIN_THERE.format("train_step").strip()
    require(
        of_its_mode,
        "A step of a model that came in training mode is not the step of that mode.",
        hint=None
        if of_its_mode
        else shown_by((without_modes, True, begin_there), other=IN_WHICH_MODE),
    )


IN_WHICH_MODE = (
    "In which mode did the model come, and in which mode does it compute what the loss is made of?"
)


def epoch_of(space, net, epoch, *, moody=False, loss=None, momentum=0.0, epochs=1):
    """What `train` returned for the last of some epochs, and the weights afterwards."""
    tools = define(space, MOODY)
    model = tools.Turning(net.state) if moody else tools.tanh_network(net.state)
    model.eval()
    loader = tools.loader(epoch.X, epoch.y, epoch.size)
    loss_fn = tools.cross_entropy() if loss is None else tools.another_loss(loss)
    optimizer = tools.sgd(model, net.lr, momentum)
    for _ in range(epochs):
        result = space.train(loader, model, loss_fn, optimizer)
    return result, tools.weights(model)


def batch_losses(solution, net, epoch, epochs=1):
    """The losses of the batches, in the last of some epochs."""
    batches = list(zip(epoch.X.split(epoch.size), epoch.y.split(epoch.size), strict=True))
    return steps(solution, net, batches * epochs).losses[-len(batches) :]


def mean_losses(solution, net, epoch, epochs=1):
    """The mean over the batches and that over the samples: both are right."""
    losses, parts = batch_losses(solution, net, epoch, epochs), epoch.y.split(epoch.size)
    weighted = sum(loss * len(y) for loss, y in zip(losses, parts, strict=True))
    return sum(losses) / len(losses), weighted / len(epoch.y)


MEAN_LOSS = (
    "Say that three batches of two samples have the losses 1, 2 and 6. By hand their mean is 3: "
    "what does your function return?"
)


NEAR_MEAN = (
    "The number is near the mean loss, but not it. Which losses are in it, and by what is their "
    "sum divided?"
)


def expect_mean_loss(actual, means, name, other=MEAN_LOSS, nearly=NEAR_MEAN):
    """Passes for the mean over the batches and for the mean over the samples, to the last digit.
    `other`: the hint for another number, `nearly` for one that is close to the right one.
    """
    over_batches, over_samples = means
    if isinstance(actual, float) and abs(actual - over_samples) <= 1e-4 * over_samples:
        return
    with hints(type=WHICH_TYPE, values=about_right(actual, means, other, nearly)):
        expect(actual, over_batches, name=name)


STEPS_OF_AN_EPOCH = (
    "How many steps does the given optimizer take in one call, and whose weights do they move?"
)
STEPS_AND_BATCHES = (
    "In one call, how many steps does the given optimizer take, and how many batches does the "
    "loader give?"
)
BATCH_ALONE = (
    "Train one copy of a small model by train, with a loader of a single batch, and another one by "
    "train_step. Where do their weights differ?"
)
AFTER_THE_FIRST = (
    "With a loader of a single batch the weights are right. Which batch does the second step get, "
    "and which gradients does it find?"
)


def takes_all_steps(space, net, epoch):
    """Whether `train` takes as many steps as there are batches: asked to choose a hint by."""
    with unobserved(space):
        tools = define(space, MOODY)
        model = tools.tanh_network(net.state)
        loader = tools.loader(epoch.X, epoch.y, epoch.size)
        optimizer = tools.sgd(model, net.lr)
        taken = tools.step_counter(optimizer)
        space.train(loader, model, tools.cross_entropy(), optimizer)
        return taken() == len(epoch.y.split(epoch.size))


@check("train", weight=4, part="idea")
def test_every_batch_moves_the_weights_once(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_of(solution, net, epoch)[1]
    one = first_batch_of(epoch)
    after_one = epoch_of(solution, net, one)[1]

    def of_one():
        return near(student, lambda: epoch_of(student, net, one)[1], after_one)

    def look():
        expect_weights(
            epoch_of(student, net, epoch)[1],
            expected,
            net,
            "after an epoch",
            hint=lambda: shown_by(
                (lambda: takes_all_steps(student, net, epoch), True, STEPS_AND_BATCHES),
                (of_one, True, BATCH_ALONE),
                other=AFTER_THE_FIRST,
            ),
            still=STEPS_OF_AN_EPOCH,
        )

    fairly(student, RIGHT_STEP, look)


@check("train", weight=2, part="idea")
def test_returns_the_mean_loss_over_the_batches(student, solution, rng):
    # The steps are so small that the losses are those of the weights as they came.
    net = draw_network(rng)
    net.lr = 1e-4
    while True:
        epoch = draw_epoch(rng, net)
        first, *_, last = losses = batch_losses(solution, net, epoch)
        mean = sum(losses) / len(losses)
        # Neither the first nor the last of them is about the mean.
        if min(abs(first - mean), abs(last - mean)) > 0.03 * mean + 0.015:
            break

    def look():
        number = number_of(epoch_of(student, net, epoch)[0])
        # unneeded: the next line fails too, but this says why
        require(
            number is not None,
            "train(dataloader, model, loss_fn, optimizer) did not return a number.",
            hint="What comes back to the caller, and what is its type? One number is asked for.",
        )
        with hints(values=lambda: shown_by((of_one_batch, lone, ONE_BATCH), other=MEAN_LOSS)):
            expect(number, mean, **ABOUT, name="train(dataloader, model, loss_fn, optimizer)")

    def of_one_batch():
        return number_of(epoch_of(student, net, one)[0])

    one = first_batch_of(epoch)
    (lone,) = batch_losses(solution, net, one)
    fairly(student, RIGHT_STEP, look)


ONE_BATCH = (
    "Call train twice with a loader of a single batch. Is each result the loss that train_step "
    "returns for it?"
)


@check("train", weight=2, part="contract")
def test_trains_in_training_mode(student, solution, rng):
    net = draw_network(rng)
    # So many that whoever looks at the model now and then looks at it here.
    epoch = draw_epoch(rng, net, batches=rng.integer(55, 65))
    expected = epoch_of(solution, net, epoch, moody=True)[1]
    in_any_mode = epoch_of(solution, net, epoch)[1]

    def without_modes():
        return near(student, lambda: epoch_of(student, net, epoch)[1], in_any_mode)

    def look():
        expect_weights(
            epoch_of(student, net, epoch, moody=True)[1],
            expected,
            net,
            "after an epoch of a model that came in evaluation mode",
            hint=lambda: shown_by(
                (lambda: takes_all_steps(student, net, epoch), True, STEPS_AND_BATCHES),
                (without_modes, True, WRONG_IN_ANY_MODE),
                other=MODE_OF_ALL,
            ),
            still=STEPS_OF_AN_EPOCH,
        )

    fairly(student, RIGHT_STEP, look)


WRONG_IN_ANY_MODE = (
    "Over so many batches the weights are wrong in any mode. Which batch does each step get?"
    + BEGIN_THERE.format("train")
)
MODE_OF_ALL = (
    "In which mode does the model run its batches, from the first to the last, with all that is "
    "inside it?"
)


@check("train", part="contract")
def test_trains_with_the_loss_and_the_optimizer_it_is_given(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    # In the second epoch the optimizer goes on with what it has kept of the first one.
    options = {"loss": rng.tensor(net.classes).abs() + 0.2, "momentum": 0.8, "epochs": 2}
    expected = epoch_of(solution, net, epoch, **options)[1]

    def look():
        expect_weights(
            epoch_of(student, net, epoch, **options)[1],
            expected,
            net,
            "after two epochs with another loss and optimizer",
            hint="Here loss_fn is another one, and the optimizer has momentum. Does each call use "
            "both, and leave them as they are?" + BEGIN_THERE.format("train"),
            still=STEPS_OF_AN_EPOCH,
        )

    fairly(student, RIGHT_STEP, look)


def draw_cubes(rng, net):
    """Samples with two axes each, what is asked for them, and an order of them."""
    rows = rng.integer(2, 4)
    size = rng.integer(2, 4)
    count = size * rng.integer(60, 70)
    return SimpleNamespace(
        X=rng.tensor(count, rows, net.inputs),
        y=rng.tensor(count, rows, net.classes),
        size=size,
        order=rng.shuffled(range(count)),
    )


def epoch_of_cubes(space, net, cubes, name, *more, count=False):
    """The weights after an epoch of this function on samples in an order of the loader's own; with
    `count` how many steps were taken.
    """
    tools = define(space, MOODY)
    model = tools.tanh_network(net.state)
    loader = tools.loader(cubes.X, cubes.y, cubes.size, cubes.order)
    optimizer = tools.sgd(model, net.lr)
    taken = tools.step_counter(optimizer) if count else None
    getattr(space, name)(loader, model, tools.squared_error(), optimizer, *more)
    return taken() if count else tools.weights(model)


def in_order(cubes):
    """The same samples, in the order of the data set."""
    return SimpleNamespace(**{**vars(cubes), "order": None})


def expect_batches_as_given(student, net, cubes, rights, samples, name, *more):
    """The function trains on the loader's own batches, in its order, and goes over it once.
    `rights`: the right weights, and those of the samples in order.
    """
    expected, expected_in_order = rights

    def all_steps():
        with unobserved(student):
            taken = epoch_of_cubes(student, net, cubes, name, *more, count=True)
        return taken == len(cubes.y.split(cubes.size))

    def right_in_order():
        sorted_cubes = in_order(cubes)
        return near(
            student,
            lambda: epoch_of_cubes(student, net, sorted_cubes, name, *more),
            expected_in_order,
        )

    expect_weights(
        epoch_of_cubes(student, net, cubes, name, *more),
        expected,
        net,
        f"after an epoch of {name} on samples with two axes, in an order of the loader's own",
        hint=lambda: shown_by(
            (all_steps, True, STEPS_AND_BATCHES),
            (right_in_order, True, THREE_AXES + BEGIN_THERE.format(name)),
            other=ANOTHER_ORDER,
        ),
        still=STEPS_OF_AN_EPOCH,
    )
    seen = define(student, SHUFFLED).samples_seen
    require(
        seen(getattr(student, name), *samples, 4, *more) == len(samples[1]),
        "With a loader that shuffles, the model has not seen all samples in one epoch.",
        hint="Each pass over this loader has a new order. Which samples do the steps of one call "
        "get, and from how many passes?",
    )


THREE_AXES = (
    "Here X and y have three axes, and loss_fn is another one. Does each step use all three as the "
    "caller gives them?"
)
ANOTHER_ORDER = (
    "In the order of the data set the weights are right. If the loader has another order, where "
    "does each step get its batch from?"
)


@check("train", part="contract")
def test_takes_the_batches_as_the_loader_gives_them(student, solution, rng):
    net = draw_network(rng)
    cubes, samples = draw_cubes(rng, net), (rng.tensor(48, 3), rng.labels(48, 3))
    rights = [epoch_of_cubes(solution, net, c, "train") for c in (cubes, in_order(cubes))]

    def look():
        expect_batches_as_given(student, net, cubes, rights, samples, "train")

    fairly(student, RIGHT_STEP, look)


@check("train", part="details")
def test_uses_the_short_last_batch(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net, rest=1)
    expected = epoch_of(solution, net, epoch)[1]

    def look():
        expect_weights(
            epoch_of(student, net, epoch)[1],
            expected,
            net,
            "after an epoch whose last batch is shorter",
            hint="Is a step made from the last batch too, when it is shorter? If other checks of "
            "train fail too, begin with those.",
            still=STEPS_OF_AN_EPOCH,
        )

    fairly(student, RIGHT_STEP, look)


MANY_BATCHES = (
    "For a few batches the mean is right. What happens to the sum of the losses after many of them?"
)
SECOND_EPOCH = (
    "The mean loss of the first epoch is right. What else than the weights does the first call "
    "leave changed for the second?"
)


@check("train", part="details")
def test_mean_loss_is_a_float_in_every_epoch(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net, rest=2)
    means = [mean_losses(solution, net, epoch, epochs) for epochs in (1, 2)]
    # In so many small steps what is rounded on the way hardly adds up.
    long = draw_epoch(rng, net, batches=rng.integer(110, 130))
    mean_of_long = mean_losses(solution, gentle(net), long)

    def look():
        results = [epoch_of(student, net, epoch, epochs=epochs)[0] for epochs in (1, 2)]
        for actual, right, which in zip(results, means, ("first", "second"), strict=True):
            name = f"train(dataloader, model, loss_fn, optimizer) in the {which} epoch"
            later = (SECOND_EPOCH, SECOND_EPOCH) if which == "second" else ()
            expect_mean_loss(actual, right, name, *later)
        name = "For more than 100 batches, train(dataloader, model, loss_fn, optimizer)"
        result = epoch_of(student, gentle(net), long)[0]
        expect_mean_loss(result, mean_of_long, name, MANY_BATCHES, MANY_BATCHES)

    fairly(student, RIGHT_STEP, look)


def epoch_on_the_cpu(space, net, epoch, *, loss, momentum, moody=True):
    """What `train_on` returns for an epoch on the CPU, and the weights afterwards."""
    tools = define(space, MOODY)
    model = tools.Turning(net.state) if moody else tools.tanh_network(net.state)
    model.eval()
    loader = tools.loader(epoch.X, epoch.y, epoch.size)
    loss_fn = tools.another_loss(loss)
    optimizer = tools.sgd(model, net.lr, momentum)
    result = space.train_on(loader, model, loss_fn, optimizer, torch.device("cpu"))
    return result, tools.weights(model)


@check("train_on", weight=2, part="contract")
def test_trains_on_the_cpu_as_train_does(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    options = {"loss": rng.tensor(net.classes).abs() + 0.2, "momentum": 0.8}
    expected = epoch_on_the_cpu(solution, net, epoch, **options)[1]
    in_any_mode = epoch_on_the_cpu(solution, net, epoch, **options, moody=False)[1]
    plain = epoch_there(solution, net, epoch)[2]

    def right_if_plain():
        return near(student, lambda: epoch_there(student, net, epoch)[2], plain)

    def without_modes():
        def call():
            return epoch_on_the_cpu(student, net, epoch, **options, moody=False)[1]

        return near(student, call, in_any_mode)

    def look():
        expect_weights(
            epoch_on_the_cpu(student, net, epoch, **options)[1],
            expected,
            net,
            "after an epoch on the CPU",
            hint=lambda: shown_by(
                (right_if_plain, True, TWO_COPIES),
                (without_modes, True, AS_GIVEN),
                other=CAME_TO_BE_TESTED,
            ),
            still=STEPS_OF_AN_EPOCH,
        )

    fairly(student, RIGHT_TRAIN, look)


TWO_COPIES = (
    "Train two copies of a small model on the CPU, one by train and one by train_on. After which "
    "batch do their weights part?"
)
AS_GIVEN = (
    "Here loss_fn is another one, and the optimizer has momentum. Is each used as it is given, on "
    "the X and y of the loader?"
)
CAME_TO_BE_TESTED = (
    "The model came in evaluation mode. In which mode does it run its batches, with all that is "
    "inside it?"
)


@check("train_on", part="contract")
def test_takes_the_batches_as_the_loader_gives_them_on_the_cpu(student, solution, rng):
    net, cpu = draw_network(rng), torch.device("cpu")
    cubes, samples = draw_cubes(rng, net), (rng.tensor(48, 3), rng.labels(48, 3))
    both = cubes, in_order(cubes)
    rights = [epoch_of_cubes(solution, net, c, "train_on", cpu) for c in both]

    def look():
        expect_batches_as_given(student, net, cubes, rights, samples, "train_on", cpu)

    fairly(student, RIGHT_TRAIN, look)


def epoch_there(space, net, epoch):
    """What `on_device` gives for the CPU and a network without modes."""
    data = (epoch.X, epoch.y, epoch.size)
    on_device = define(space, ON_DEVICE).on_device
    return on_device(space.train_on, data, net.state, net.lr, torch.device("cpu"))


def expect_epoch_on(device, answer, expected, net, sizes, name):
    """What `on_device` gave has used each batch once and left the right weights on the device."""
    _, seen, weights, moved = answer
    # unneeded: the weights are not the right ones either, but this says why
    require(
        seen == sizes,
        f"{name}: the model did not see each batch once.",
        hint="How often does the model run in one call, and on which of the batches?",
    )
    for parameter in weights.values():
        expect(
            parameter.device,
            device,
            name=f"{name}, the device of the model's weights afterwards",
            hint="The model was on the device before the call. What in your function moves it?",
        )
    values = {key: parameter.values for key, parameter in weights.items()}
    # unneeded: nobody is known to be right on the CPU and to compute something else there
    expect_weights(
        *(values, expected, net, f"after an epoch on {device}"),
        hint="On the CPU the weights are right. What is different in your function on another "
        "device?",
    )
    require(
        moved is False,
        f"{name}: the samples of the data set are on another device afterwards.",
        hint="What does your function change beside the model's weights? Its batches are its own, "
        "the data set is the caller's.",
    )


@check("train_on", weight=7, part="idea")
def test_moves_every_batch_to_the_device(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_there(solution, net, epoch)[2]
    cpu, data = torch.device("cpu"), (epoch.X, epoch.y, epoch.size)
    sizes = [len(part) for part in epoch.X.split(epoch.size)]

    def look():
        weights = epoch_there(student, net, epoch)[2]
        # unneeded: the loop below tries the CPU too, but this is cheaper and says so first
        expect_weights(
            *(weights, expected, net, "after an epoch on the CPU"),
            hint=BEGIN_THERE.format("train_on").strip(),
            still=STEPS_OF_AN_EPOCH,
        )
        on_device = define(student, ON_DEVICE).on_device
        for gpu in accelerators(student, ("cuda:1", "mps")):
            # A machine with an accelerator has a CPU, and a caller may want that one.
            for device in (gpu.device, cpu):
                answer = gpu.call(on_device, student.train_on, data, net.state, net.lr, device)
                name = f"train_on(...) with device {device}, {gpu.device} being there"
                expect_epoch_on(device, answer, expected, net, sizes, name)

    def how_far():
        (gpu, *_), tools = accelerators(student), define(student, TRACES)
        epoch_there = (student.train_on, data, net.state, net.lr)
        gpu.call(tools.how_far, *epoch_there, gpu.device, gpu.device)
        # A model that was left on the CPU shows what else was moved, and a device that is not
        # there whether anything was.
        gpu.call(tools.how_far, *epoch_there, cpu, gpu.device)
        call_without_accelerator(student, tools.how_far, *epoch_there, cpu, gpu.device)

    with closer_look(how_far):
        fairly(student, RIGHT_TRAIN, look)


@check("train_on", weight=2, part="details")
def test_returns_the_mean_loss_of_all_batches(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net, rest=1)
    expected = epoch_there(solution, net, epoch)[2]
    means = mean_losses(solution, net, epoch)

    def look():
        result, _, weights, _ = epoch_there(student, net, epoch)
        name = "train_on(dataloader, model, loss_fn, optimizer, device)"
        expect_mean_loss(result, means, name)
        expect_weights(
            weights,
            expected,
            net,
            "after an epoch whose last batch is shorter",
            hint="Is a step made from the last batch too, when it is shorter?",
        )

    fairly(student, RIGHT_TRAIN, look)


CLAUSES = {
    "make_loss_and_optimizer": [
        {
            "text": "The loss function and the optimizer for a model that gives logits.",
            "checks": [
                "test_loss_is_the_cross_entropy_of_logits",
                "test_loss_is_right_for_logits_far_apart",
            ],
            "broken_by": "mistakes/softmax_before_cross_entropy",
        },
        {
            "text": "an nn.Module",
            "why_none": "what may be handed in, and what all checks hand in",
        },
        {
            "text": "the learning rate, a float",
            "checks": ["test_learning_rate_is_the_one_given"],
            "broken_by": "mistakes/fixed_learning_rate",
        },
        {
            "text": "a tuple (loss_fn, optimizer), in this order",
            "checks": [
                "test_loss_is_the_cross_entropy_of_logits",
                "test_optimizer_moves_all_weights_of_the_model",
                "test_optimizer_moves_parameters_of_all_kinds",
                "test_learning_rate_is_the_one_given",
                "test_loss_is_right_for_logits_far_apart",
            ],
            "broken_by": "mistakes/optimizer_first",
        },
        {
            "text": "loss_fn(logits, y) is the cross entropy",
            "checks": [
                "test_loss_is_the_cross_entropy_of_logits",
                "test_loss_is_right_for_logits_far_apart",
            ],
            "broken_by": "mistakes/nll_loss_on_logits",
        },
        {
            "text": "averaged over the batch",
            "checks": [
                "test_loss_is_the_cross_entropy_of_logits",
                "test_loss_is_right_for_logits_far_apart",
            ],
            "broken_by": "mistakes/summed_loss",
        },
        {
            "text": "optimizer is plain SGD (no momentum)",
            "checks": ["test_optimizer_moves_all_weights_of_the_model"],
            "broken_by": "mistakes/momentum",
        },
        {
            "text": "over all of the model's parameters",
            "checks": [
                "test_optimizer_moves_all_weights_of_the_model",
                "test_optimizer_moves_parameters_of_all_kinds",
                "test_learning_rate_is_the_one_given",
            ],
            "broken_by": "mistakes/weights_without_biases",
        },
        {
            "text": "with rate lr",
            "checks": ["test_learning_rate_is_the_one_given"],
            "broken_by": "mistakes/fixed_learning_rate",
        },
        {
            "text": "no",
            "checks": ["test_changes_nothing_of_the_model"],
            "broken_by": "mistakes/model_put_into_training_mode",
        },
    ],
    "train_step": [
        {
            "text": "One step of training on one batch.",
            "checks": [
                "test_one_step_moves_the_weights_downhill",
                "test_three_steps_lead_to_the_right_weights",
                "test_uses_the_loss_and_the_optimizer_it_is_given",
                "test_leaves_the_rest_as_it_was",
            ],
            "broken_by": "mistakes/no_step",
        },
        {
            "text": "an nn.Module",
            "why_none": "what may be handed in, and what all checks hand in",
        },
        {
            "text": "a batch of its inputs, first dimension N",
            "why_none": "what may be handed in, and what all checks hand in",
        },
        {
            "text": "what loss_fn compares the outputs with, such as int64 labels (N,)",
            "why_none": "what may be handed in, and what all checks hand in",
        },
        {
            "text": "called as loss_fn(outputs, y), gives a tensor with one number",
            "checks": ["test_uses_the_loss_and_the_optimizer_it_is_given"],
            "broken_by": {
                "line": "loss = loss_fn(logits, y)",
                "becomes": "loss = nn.CrossEntropyLoss()(logits, y)",
            },
        },
        {
            "text": "holds the model's parameters",
            "checks": [
                "test_three_steps_lead_to_the_right_weights",
                "test_uses_the_loss_and_the_optimizer_it_is_given",
            ],
            "broken_by": "mistakes/own_loss_and_optimizer",
        },
        {
            "text": "the loss of this batch before the step",
            "checks": [
                "test_returns_the_loss_before_the_step",
                "test_returns_the_loss_as_a_float",
            ],
            "broken_by": "mistakes/loss_after_the_update",
        },
        {
            "text": "a Python float",
            "checks": ["test_returns_the_loss_as_a_float"],
            "broken_by": "mistakes/returns_the_tensor",
        },
        {
            "text": "the model's parameters, by one step of the optimizer",
            "checks": [
                "test_one_step_moves_the_weights_downhill",
                "test_three_steps_lead_to_the_right_weights",
                "test_uses_the_loss_and_the_optimizer_it_is_given",
                "test_leaves_the_rest_as_it_was",
            ],
            "broken_by": "mistakes/step_before_backward",
        },
        {
            "text": "X and y stay as they are",
            "checks": ["test_leaves_the_rest_as_it_was"],
            "broken_by": "mistakes/gradients_for_the_images",
        },
    ],
    "train": [
        {
            "text": "One epoch: a step of training on each batch of the loader.",
            "checks": [
                "test_every_batch_moves_the_weights_once",
                "test_returns_the_mean_loss_over_the_batches",
                "test_trains_in_training_mode",
                "test_trains_with_the_loss_and_the_optimizer_it_is_given",
                "test_uses_the_short_last_batch",
                "test_mean_loss_is_a_float_in_every_epoch",
                "test_takes_the_batches_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/two_epochs",
        },
        {
            "text": "gives batches (X, y)",
            "checks": [
                "test_every_batch_moves_the_weights_once",
                "test_returns_the_mean_loss_over_the_batches",
                "test_trains_in_training_mode",
                "test_trains_with_the_loss_and_the_optimizer_it_is_given",
                "test_uses_the_short_last_batch",
                "test_mean_loss_is_a_float_in_every_epoch",
                "test_takes_the_batches_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/first_batch_again_and_again",
        },
        {
            "text": "the last one may be shorter",
            "checks": [
                "test_every_batch_moves_the_weights_once",
                "test_returns_the_mean_loss_over_the_batches",
                "test_trains_in_training_mode",
                "test_trains_with_the_loss_and_the_optimizer_it_is_given",
                "test_uses_the_short_last_batch",
                "test_mean_loss_is_a_float_in_every_epoch",
            ],
            "broken_by": "mistakes/short_batch_skipped",
        },
        {
            "text": "as for train_step",
            "checks": [
                "test_trains_with_the_loss_and_the_optimizer_it_is_given",
                "test_uses_the_short_last_batch",
                "test_mean_loss_is_a_float_in_every_epoch",
                "test_takes_the_batches_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/cross_entropy_of_its_own",
        },
        {
            "text": "the mean loss over the batches",
            "checks": [
                "test_returns_the_mean_loss_over_the_batches",
                "test_mean_loss_is_a_float_in_every_epoch",
            ],
            "broken_by": "mistakes/divided_by_samples",
        },
        {
            "text": "a Python float",
            "checks": [
                "test_returns_the_mean_loss_over_the_batches",
                "test_mean_loss_is_a_float_in_every_epoch",
            ],
            "broken_by": {
                "line": "return total / len(dataloader)",
                "becomes": "return torch.tensor(total / len(dataloader))",
            },
        },
        {
            "text": "the model's parameters",
            "checks": [
                "test_every_batch_moves_the_weights_once",
                "test_returns_the_mean_loss_over_the_batches",
                "test_trains_in_training_mode",
                "test_trains_with_the_loss_and_the_optimizer_it_is_given",
                "test_uses_the_short_last_batch",
                "test_mean_loss_is_a_float_in_every_epoch",
                "test_takes_the_batches_as_the_loader_gives_them",
            ],
            "broken_by": "mistakes/own_optimizer",
        },
        {
            "text": "the model is put into training mode",
            "checks": ["test_trains_in_training_mode"],
            "broken_by": "mistakes/no_training_mode",
        },
    ],
    "train_on": [
        {
            "text": "One epoch on a device.",
            "checks": [
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
            ],
            "broken_by": "mistakes/nothing_moved",
        },
        {
            "text": "gives batches (X, y) on the CPU",
            "checks": [
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
                "test_takes_the_batches_as_the_loader_gives_them_on_the_cpu",
            ],
            "broken_by": "mistakes/images_forgotten",
        },
        {
            "text": "the last one may be shorter",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
                "test_takes_the_batches_as_the_loader_gives_them_on_the_cpu",
            ],
            "broken_by": {
                "line": "for X, y in dataloader:",
                "becomes": "for X, y in list(dataloader)[:-1]:",
            },
        },
        {
            "text": "is on the device already",
            "checks": [
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
            ],
            "broken_by": "mistakes/computed_on_the_cpu",
        },
        {
            "text": "as for train",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_takes_the_batches_as_the_loader_gives_them_on_the_cpu",
            ],
            "broken_by": "mistakes/loss_of_its_own",
        },
        {
            "text": "a torch.device, such as pick_device() gives",
            "checks": ["test_moves_every_batch_to_the_device"],
            "broken_by": "mistakes/device_picked_anew",
        },
        {
            "text": "the mean loss over the batches",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
            ],
            "broken_by": {
                "line": "return total / len(dataloader)",
                "becomes": "return total",
            },
        },
        {
            "text": "a Python float",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
            ],
            "broken_by": {
                "line": "return total / len(dataloader)",
                "becomes": "return torch.tensor(total / len(dataloader))",
            },
        },
        {
            "text": "the model's parameters",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
                "test_returns_the_mean_loss_of_all_batches",
                "test_takes_the_batches_as_the_loader_gives_them_on_the_cpu",
            ],
            "broken_by": {
                "line": "total += train_step(model, X, y, loss_fn, optimizer)",
                "becomes": "total += loss_fn(model(X), y).item()",
            },
        },
        {
            "text": "the model is put into training mode",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
            ],
            "broken_by": "mistakes/no_training_mode",
        },
    ],
}
