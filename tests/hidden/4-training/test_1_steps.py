"""Hidden checks of 4-training, first part: loss and optimizer, one step, one epoch.

The files are numbered in the order of the notebook, for reading.
"""

from types import SimpleNamespace

import torch

from autograder.checks import (
    Handle,
    accelerators,
    call_without_accelerator,
    check,
    closer_look,
    define,
    expect,
    fairly,
    fetch,
    number_of,
    put,
    require,
    tools,
    type_names,
)

NETWORKS = tools(__file__, "networks", "model_states", "training_parts")
MOODY = tools(__file__, "moody_networks", "model_states", "loaders", "training_parts")
ON_DEVICE = tools(__file__, "device_epochs")
TRACES = tools(__file__, "training_traces")


RIGHT_STEP = tools(__file__, "right_train_step")

RIGHT_TRAIN = tools(__file__, "right_train")  # With the train_step that it calls.

CLOSE = {"rtol": 1e-4, "atol": 1e-5}


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


def draw_epoch(rng, net):
    """All samples of an epoch and a batch size that leaves a shorter last batch."""
    size = rng.integer(3, 6)
    rest = rng.integer(1, size)
    ((X, y),) = draw_batches(rng, net, [size * rng.integer(2, 4) + rest])
    return SimpleNamespace(X=X, y=y, size=size)


def expect_weights(actual, expected, net, when, hint):
    """Compares parameter by parameter, and says so if not one of them has moved."""
    require(
        isinstance(actual, dict) and actual.keys() == expected.keys(),
        f"The model has other parameters {when}.",
    )
    pairs = list(zip(actual.values(), net.state.values(), strict=True))
    require(
        any(not isinstance(now, torch.Tensor) or not torch.equal(now, was) for now, was in pairs),
        f"{when[0].upper()}{when[1:]} all weights of the model are as before.",
        hint="Who computes the gradients, from what, and who moves the weights by them? In which "
        "order?",
    )
    for name, right in expected.items():
        expect(actual[name], right, name=f"The parameter {name} {when}", hint=hint, **CLOSE)


def pair_of(space, net):
    """What make_loss_and_optimizer gives for a network: a model, a loss, an optimizer."""
    tools = define(space, NETWORKS)
    model = tools.tanh_network(net.state)
    model.eval()
    pair = space.make_loss_and_optimizer(model, net.lr)
    require(
        isinstance(pair, (tuple, list)) and len(pair) == 2,
        "make_loss_and_optimizer(model, lr) did not return two things, loss_fn and optimizer.",
    )
    return SimpleNamespace(tools=tools, model=model, loss_fn=pair[0], optimizer=pair[1])


@check("make_loss_and_optimizer", weight=3)
def test_loss_is_the_cross_entropy_of_logits(student, solution, rng):
    net = draw_network(rng)
    logits, y = rng.tensor(7, net.classes) * 2, rng.labels(7, net.classes)
    pair = pair_of(student, net)
    require(
        "torch.optim.optimizer.Optimizer" not in type_names(pair.loss_fn),
        "make_loss_and_optimizer(model, lr) returns the optimizer first; loss_fn comes first.",
    )
    require(
        isinstance(pair.loss_fn, Handle),
        "The first of the two results is not a loss function that can be called.",
    )
    require(
        "builtins.type" not in type_names(pair.loss_fn),
        "The first of the two results is a class, not a loss function made from it.",
        hint="What makes an object of a class?",
    )
    expect(
        pair.loss_fn(logits, y),
        pair_of(solution, net).loss_fn(logits, y),
        name="loss_fn(logits, y)",
        hint="Which loss of torch.nn takes logits as they are, does the softmax itself, and "
        "averages over the batch?",
    )


def updates(space, net, gradients):
    """The model's weights after each step of the optimizer, one for each of these gradients."""
    pair = pair_of(space, net)
    require(
        "torch.optim.optimizer.Optimizer" in type_names(pair.optimizer),
        "The second of the two results is not an optimizer of torch.optim.",
    )
    after = []
    for gradient in gradients:
        pair.tools.set_gradients(pair.model, gradient)
        pair.optimizer.step()
        after.append(pair.tools.weights(pair.model))
    return after


def draw_gradients(rng, net):
    return {name: rng.tensor(*weight.shape) for name, weight in net.state.items()}


@check("make_loss_and_optimizer")
def test_changes_nothing_of_the_model(student, rng):
    net = draw_network(rng)
    pair = pair_of(student, net)
    before = {name: weight.clone().requires_grad_() for name, weight in net.state.items()}
    expect(
        pair.tools.condition(pair.model),
        {**before, "training": [False] * 4},
        name="The model, which came in evaluation mode, after make_loss_and_optimizer(model, lr)",
        hint="Loss and optimizer are only made here. What changes the model itself?",
    )


@check("make_loss_and_optimizer", weight=2)
def test_optimizer_moves_all_weights_of_the_model(student, rng):
    net = draw_network(rng)
    gradients = [draw_gradients(rng, net), draw_gradients(rng, net)]
    first, second = updates(student, net, gradients)

    require(
        isinstance(first, dict) and first.keys() == net.state.keys(),
        "The model has other parameters after optimizer.step().",
    )
    # Whatever its learning rate: each weight moves by the same multiple of its own gradient.
    along = flat(gradients[0], net.state)
    moved = flat(net.state, net.state) - flat(first, net.state)
    rate = torch.dot(moved, along) / along.square().sum()
    require(
        bool(rate > 1e-7),
        "optimizer.step() does not move the model's weights against their gradients.",
        hint="Was the optimizer given the parameters of this model?",
    )
    hint = "Is it plain SGD, without momentum, over all of model.parameters()?"
    expected = {name: net.state[name] - rate * gradients[0][name] for name in net.state}
    expect_weights(first, expected, net, "after optimizer.step()", hint)
    expected = {name: expected[name] - rate * gradients[1][name] for name in net.state}
    expect_weights(second, expected, net, "after the second optimizer.step()", hint)


def flat(tensors, names):
    """All values of these tensors in one row, in the order of the names; 0 for what is odd."""
    parts = []
    for name, like in names.items():
        value = tensors[name]
        fits = isinstance(value, torch.Tensor) and value.shape == like.shape
        parts.append(value.detach().flatten().float() if fits else torch.zeros(like.numel()))
    return torch.cat(parts)


@check("make_loss_and_optimizer", weight=2)
def test_learning_rate_is_the_one_given(student, solution, rng):
    net = draw_network(rng)
    gradients = [draw_gradients(rng, net)]
    expect_weights(
        updates(student, net, gradients)[0],
        updates(solution, net, gradients)[0],
        net,
        "after optimizer.step()",
        hint="Does the optimizer get the lr that the function is given?",
    )


def steps(space, net, batches, loss=None, momentum=0.0):
    """The losses that train_step gives for these batches, and the weights afterwards."""
    tools = define(space, NETWORKS)
    model = tools.tanh_network(net.state)
    loss_fn = tools.cross_entropy() if loss is None else tools.another_loss(loss)
    optimizer = tools.sgd(model, net.lr, momentum)
    losses = [space.train_step(model, X, y, loss_fn, optimizer) for X, y in batches]
    return losses, tools.weights(model)


@check("train_step", weight=2)
def test_one_step_moves_the_weights_downhill(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6])

    def what_happens():
        define(student, TRACES).events(student.train_step, *batches[0], net.state, net.lr)

    with closer_look(what_happens):
        expect_weights(
            steps(student, net, batches)[1],
            steps(solution, net, batches)[1],
            net,
            "after one step",
            hint="Does the loss get the logits as they are, and does step() come after backward()?",
        )


@check("train_step", weight=3)
def test_three_steps_lead_to_the_right_weights(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6, 4, 5])
    expect_weights(
        steps(student, net, batches)[1],
        steps(solution, net, batches)[1],
        net,
        "after three steps",
        hint="Is one step right and are three steps wrong? Then what is left in the gradients "
        "from the step before?",
    )


@check("train_step", weight=2)
def test_returns_the_loss_as_a_float(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [5])
    expect(
        steps(student, net, batches)[0][0],
        steps(solution, net, batches)[0][0],
        name="train_step(model, X, y, loss_fn, optimizer)",
        hint="Is it the loss of this batch before the update, as a plain number?",
    )


@check("train_step", weight=2)
def test_uses_the_loss_and_the_optimizer_it_is_given(student, solution, rng):
    net = draw_network(rng)
    batches = draw_batches(rng, net, [6, 4])
    weight = rng.tensor(net.classes).abs() + 0.2
    expect_weights(
        steps(student, net, batches, weight, 0.8)[1],
        steps(solution, net, batches, weight, 0.8)[1],
        net,
        "after two steps with another loss and optimizer",
        hint="Does the function use its own arguments loss_fn and optimizer, and clear the "
        "gradients for each step?",
    )


@check("train_step")
def test_leaves_the_batch_as_it_was(student, rng):
    net = draw_network(rng)
    (batch,) = draw_batches(rng, net, [6])
    tools = define(student, NETWORKS)
    model = tools.tanh_network(net.state)
    given = [put(student, part) for part in batch]
    loss = student.train_step(model, *given, tools.cross_entropy(), tools.sgd(model, net.lr))
    expect(
        [fetch(part) for part in given],
        list(batch),
        name="The list of X and y after train_step(model, X, y, loss_fn, optimizer)",
        hint="Only the model's parameters are to change. What changes the batch?",
    )
    # unneeded: a function that does nothing leaves the batch as it was, and earns nothing by that
    require(number_of(loss) is not None, "train_step(model, X, y, …) did not return a number.")


def epoch_of(space, net, epoch, *, moody=False, loss=None, momentum=0.0):
    """What `train` returns for an epoch, and the weights afterwards."""
    tools = define(space, MOODY)
    model = tools.Halving(net.state) if moody else tools.tanh_network(net.state)
    model.eval()
    loader = tools.loader(epoch.X, epoch.y, epoch.size)
    loss_fn = tools.cross_entropy() if loss is None else tools.another_loss(loss)
    result = space.train(loader, model, loss_fn, tools.sgd(model, net.lr, momentum))
    return result, tools.weights(model)


def expect_mean_loss(actual, solution, net, epoch, name):
    """Passes for the mean over the batches and for the mean over the samples."""
    batches = list(zip(epoch.X.split(epoch.size), epoch.y.split(epoch.size), strict=True))
    losses, _ = steps(solution, net, batches)
    over_samples = sum(loss * len(y) for loss, (_, y) in zip(losses, batches, strict=True)) / len(
        epoch.y
    )
    if isinstance(actual, float) and abs(actual - over_samples) <= 1e-4 * over_samples:
        return
    hint = "By what is the sum of the losses divided? Each is a mean over its batch already."
    expect(actual, sum(losses) / len(losses), name=name, hint=hint)


@check("train")
def test_every_batch_moves_the_weights_once(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_of(solution, net, epoch)[1]

    def look():
        expect_weights(
            epoch_of(student, net, epoch)[1],
            expected,
            net,
            "after an epoch",
            hint="Does the loop go once over all batches of the loader, the short last one "
            "included, with one step for each?",
        )

    fairly(student, RIGHT_STEP, look)


@check("train")
def test_returns_the_mean_loss_over_the_batches(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)

    def look():
        actual = epoch_of(student, net, epoch)[0]
        name = "train(dataloader, model, loss_fn, optimizer)"
        expect_mean_loss(actual, solution, net, epoch, name)

    fairly(student, RIGHT_STEP, look)


@check("train")
def test_trains_in_training_mode(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_of(solution, net, epoch, moody=True)[1]

    def look():
        expect_weights(
            epoch_of(student, net, epoch, moody=True)[1],
            expected,
            net,
            "after an epoch of a model that came in evaluation mode",
            hint="Is the model put into training mode before the first batch? If other checks of "
            "train fail too, begin with those.",
        )

    fairly(student, RIGHT_STEP, look)


@check("train")
def test_trains_with_the_loss_and_the_optimizer_it_is_given(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    options = {"loss": rng.tensor(net.classes).abs() + 0.2, "momentum": 0.8}
    expected = epoch_of(solution, net, epoch, **options)[1]

    def look():
        expect_weights(
            epoch_of(student, net, epoch, **options)[1],
            expected,
            net,
            "after an epoch with another loss and optimizer",
            hint="Does the function use its own arguments loss_fn and optimizer, instead of "
            "making new ones? If other checks of train fail too, begin with those.",
        )

    fairly(student, RIGHT_STEP, look)


def epoch_on_the_cpu(space, net, epoch, *, loss=None, momentum=0.0):
    """What `train_on` returns for an epoch on the CPU, and the weights afterwards."""
    tools = define(space, MOODY)
    model = tools.Halving(net.state)
    model.eval()
    loader = tools.loader(epoch.X, epoch.y, epoch.size)
    loss_fn = tools.cross_entropy() if loss is None else tools.another_loss(loss)
    optimizer = tools.sgd(model, net.lr, momentum)
    result = space.train_on(loader, model, loss_fn, optimizer, torch.device("cpu"))
    return result, tools.weights(model)


@check("train_on")
def test_trains_on_the_cpu_as_train_does(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_on_the_cpu(solution, net, epoch)[1]
    options = {"loss": rng.tensor(net.classes).abs() + 0.2, "momentum": 0.8}
    expected_with_options = epoch_on_the_cpu(solution, net, epoch, **options)[1]

    def look():
        result, weights = epoch_on_the_cpu(student, net, epoch)
        expect_weights(
            weights,
            expected,
            net,
            "after an epoch on the CPU",
            hint="Apart from the device, does it do all that train does, training mode included?",
        )
        name = "train_on(dataloader, model, loss_fn, optimizer, device)"
        expect_mean_loss(result, solution, net, epoch, name)
        expect_weights(
            epoch_on_the_cpu(student, net, epoch, **options)[1],
            expected_with_options,
            net,
            "after an epoch on the CPU with another loss and optimizer",
            hint="Does the function use its own arguments loss_fn and optimizer?",
        )

    fairly(student, RIGHT_TRAIN, look)


def plain_epoch(space, net, epoch):
    """The weights after an epoch on the CPU of a network without modes."""
    data = (epoch.X, epoch.y, epoch.size)
    on_device = define(space, ON_DEVICE).on_device
    return on_device(space.train_on, data, net.state, net.lr, torch.device("cpu"))[2]


def expect_epoch_on(device, answer, expected, net, sizes, name):
    """What `on_device` gave has used each batch once and left the right weights on the device."""
    result, seen, weights = answer
    require(seen == sizes, f"{name}: the model did not see each batch once.")
    for parameter in weights.values():
        expect(
            parameter.device,
            device,
            name=f"{name}, the device of the model's weights afterwards",
            hint="The model is on the device already: does something move it?",
        )
    values = {key: parameter.values for key, parameter in weights.items()}
    expect_weights(
        *(values, expected, net, f"after an epoch on {device}"),
        hint="Is it the moved batch that the model and the loss get, and nothing else?",
    )
    return result


@check("train_on")
def test_moves_every_batch_to_the_device(student, solution, rng):
    net = draw_network(rng)
    epoch = draw_epoch(rng, net)
    expected = epoch_on_the_cpu(solution, net, epoch)[1]
    # The CPU's epoch is one of a model that came in evaluation mode, which shows in its weights.
    expected_there = plain_epoch(solution, net, epoch)
    cpu, data = torch.device("cpu"), (epoch.X, epoch.y, epoch.size)
    sizes = [len(part) for part in epoch.X.split(epoch.size)]

    def look():
        weights = epoch_on_the_cpu(student, net, epoch)[1]
        expect_weights(weights, expected, net, "after an epoch on the CPU", hint=None)
        on_device = define(student, ON_DEVICE).on_device
        for gpu in accelerators(student, ("cuda", "mps")):
            # A machine with an accelerator has a CPU, and a caller may want that one.
            for device in (gpu.device, cpu):
                answer = gpu.call(on_device, student.train_on, data, net.state, net.lr, device)
                name = f"train_on(...) with device {device}, {gpu.device} being there"
                result = expect_epoch_on(device, answer, expected_there, net, sizes, name)
                expect_mean_loss(result, solution, net, epoch, name)

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


CLAUSES = {
    "make_loss_and_optimizer": [
        {
            "text": "The loss function and the optimizer for a model that gives logits.",
            "checks": ["test_loss_is_the_cross_entropy_of_logits"],
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
                "test_learning_rate_is_the_one_given",
            ],
            "broken_by": "mistakes/optimizer_first",
        },
        {
            "text": "loss_fn(logits, y) is the cross entropy",
            "checks": ["test_loss_is_the_cross_entropy_of_logits"],
            "broken_by": "mistakes/nll_loss_on_logits",
        },
        {
            "text": "averaged over the batch",
            "checks": ["test_loss_is_the_cross_entropy_of_logits"],
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
            "checks": ["test_uses_the_loss_and_the_optimizer_it_is_given"],
            "broken_by": "mistakes/own_loss_and_optimizer",
        },
        {
            "text": "the loss of this batch before the step",
            "checks": ["test_returns_the_loss_as_a_float"],
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
            ],
            "broken_by": "mistakes/step_before_backward",
        },
        {
            "text": "X and y stay as they are",
            "checks": ["test_leaves_the_batch_as_it_was"],
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
            ],
            "broken_by": "mistakes/short_batch_skipped",
        },
        {
            "text": "as for train_step",
            "checks": ["test_trains_with_the_loss_and_the_optimizer_it_is_given"],
            "broken_by": "mistakes/cross_entropy_of_its_own",
        },
        {
            "text": "the mean loss over the batches",
            "checks": ["test_returns_the_mean_loss_over_the_batches"],
            "broken_by": "mistakes/divided_by_samples",
        },
        {
            "text": "a Python float",
            "checks": ["test_returns_the_mean_loss_over_the_batches"],
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
            "checks": ["test_moves_every_batch_to_the_device"],
            "broken_by": "mistakes/nothing_moved",
        },
        {
            "text": "gives batches (X, y) on the CPU",
            "checks": ["test_moves_every_batch_to_the_device"],
            "broken_by": "mistakes/images_forgotten",
        },
        {
            "text": "the last one may be shorter",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
            ],
            "broken_by": {
                "line": "for X, y in dataloader:",
                "becomes": "for X, y in list(dataloader)[:-1]:",
            },
        },
        {
            "text": "is on the device already",
            "checks": ["test_moves_every_batch_to_the_device"],
            "broken_by": "mistakes/computed_on_the_cpu",
        },
        {
            "text": "as for train",
            "checks": ["test_trains_on_the_cpu_as_train_does"],
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
            ],
            "broken_by": {"line": "return total / len(dataloader)", "becomes": "return total"},
        },
        {
            "text": "a Python float",
            "checks": [
                "test_trains_on_the_cpu_as_train_does",
                "test_moves_every_batch_to_the_device",
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
