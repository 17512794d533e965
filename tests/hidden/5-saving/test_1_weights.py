"""Hidden checks of 5-saving, first part: weights into a file and back.

What `save_model` wrote is loaded in the fresh kernel: not in this process, because `torch.load` may
do what a file says, and not beside the student's code. The files for `load_model` are made here.
Nothing in these checks depends on luck: the flake rate of right answers is 0.
"""

import io
from unittest import mock

import torch

from autograder.checks import (
    StudentError,
    booby_trapped,
    check,
    closer_look,
    define,
    expect,
    read_torch_file,
    require,
)

TOOLS = '''
import builtins
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import torch
from torch import nn

for old in Path(tempfile.gettempdir()).glob("of-a-check-*"):
    shutil.rmtree(old, ignore_errors=True)


def new_path(name, as_path):
    """A place for a file, in a folder in which there is nothing else."""
    path = Path(tempfile.mkdtemp(prefix="of-a-check-")) / name
    return path if as_path else str(path)


def bytes_of(path):
    """What is in the file, or None where there is none of a fitting size."""
    path = Path(path)
    if not path.is_file() or path.stat().st_size > 32_000_000:
        return None
    return path.read_bytes()


def network(state):
    """Linear, batch normalization, linear, with these weights; the sizes are theirs."""
    hidden, inputs = state["0.weight"].shape
    classes = len(state["3.bias"])
    model = nn.Sequential(
        nn.Linear(inputs, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Linear(hidden, classes)
    )
    model.load_state_dict(state)
    return model


def state_of(model):
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


paths = []


def saved(save_model, state, name="weights.pth", as_path=False, older=None):
    """Whether there are other files after save_model, what is in the file, and in the model."""
    path, model = new_path(name, as_path), network(state)
    paths.append(path)
    if older is not None:
        path.write_bytes(older)
    save_model(model, path)
    others = any(file != Path(path) for file in Path(path).parent.iterdir())
    return others, bytes_of(path), state_of(model)


def logits(model, X):
    with torch.no_grad():
        return model(X)


def logits_of_file(state, X):
    """What a network with other weights says once it has been given those of the last file."""
    model = network({name: torch.zeros_like(tensor) for name, tensor in state.items()})
    model.load_state_dict(torch.load(paths[-1], map_location="cpu", weights_only=True))
    return logits(model.eval(), X)


networks = []


def loaded(load_model, data, X, name="weights.pth", as_path=False):
    """The logits of what load_model gives on a machine without a GPU; None without X, and a word
    for what is no network."""
    path = new_path(name, as_path)
    Path(path).write_bytes(data)
    with (
        mock.patch.object(torch.cuda, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "current_accelerator", lambda *a, **k: None),
    ):
        model = load_model(path)
    networks.append(model)
    if X is None or isinstance(model, nn.Module):
        return None if X is None else logits(model, X)
    return next((kind.__name__ for kind in (dict, tuple) if isinstance(model, kind)), "other")


def modes():
    return [module.training for module in networks[-1].modules()]


def has_run(name):
    """Whether the trap has left its mark. It is taken away: the next answer starts without."""
    return vars(builtins).pop(name, None) is not None
'''

EXACT = {"rtol": 0.0, "atol": 0.0}
CLOSE = {"rtol": 1e-3, "atol": 1e-4}
SHAPES = {
    "linear_relu_stack.0.weight": (512, 784),
    "linear_relu_stack.0.bias": (512,),
    "linear_relu_stack.2.weight": (512, 512),
    "linear_relu_stack.2.bias": (512,),
    "linear_relu_stack.4.weight": (10, 512),
    "linear_relu_stack.4.bias": (10,),
}


def draw_state(rng):
    """The state_dict of a small network with batch normalization."""
    inputs, hidden, classes = rng.integer(4, 8), rng.integer(9, 12), rng.integer(3, 7)
    return {
        "0.weight": rng.tensor(hidden, inputs),
        "0.bias": rng.tensor(hidden),
        "1.weight": rng.tensor(hidden),
        "1.bias": rng.tensor(hidden),
        "1.running_mean": rng.tensor(hidden),
        "1.running_var": rng.tensor(hidden).abs() + 0.5,
        "1.num_batches_tracked": rng.integers(3, 900),
        "3.weight": rng.tensor(classes, hidden),
        "3.bias": rng.tensor(classes),
    }


def saved(student, tools, state, *how):
    """What is in the file after save_model, which is there, and in the model."""
    others, data, after = tools.saved(student.save_model, state, *how)
    require(
        data is not None,
        "save_model(model, path) did not write a file to the path that it was given.",
        hint="There is a file of another name beside it. Is path used as it is, without a change?"
        if others is True
        else "Is it the argument path that torch.save gets?",
    )
    return data, after


def read(fresh, data):
    """The file of these bytes, which holds plain data alone."""
    file = read_torch_file(fresh, data)
    require(
        not file.refused,
        "The file holds pickled objects, not weights alone.",
        hint="What does the model give you that has only names and tensors in it?",
    )
    return file


def expect_file(fresh, data, state):
    """The bytes are a file that holds this state_dict and nothing else."""
    file = read(fresh, data)
    require(
        isinstance(file.value, dict),
        "The file holds no dictionary of names and tensors.",
        hint="Is it the state_dict that is saved, with parentheses?",
    )
    hint = "Is it the whole state_dict of the model, and nothing around it?"
    require(
        set(file.value) == set(state), "The file has other names than the state_dict.", hint=hint
    )
    for name, tensor in state.items():
        expect(file.value[name], tensor, name=f"The file's {name}", hint=hint, **EXACT)


@check("save_model", weight=2)
def test_file_holds_the_state_dict(student, fresh, rng):
    state = draw_state(rng)
    data, _ = saved(student, define(student, TOOLS), state)
    expect_file(fresh, data, state)


@check("save_model")
def test_a_new_network_takes_the_weights_of_the_file(student, fresh, rng):
    state = draw_state(rng)
    X = rng.tensor(5, state["0.weight"].shape[1])
    tools = define(student, TOOLS)
    data, _ = saved(student, tools, state, "weights.pt")
    # Whatever loading says on the student's side, the weights must be in the file. What it says
    # where they are not tells a whole model, a method and arrays apart.
    with closer_look(lambda: tools.logits_of_file(state, X)):
        found = read(fresh, data).tensors
    require(
        all(any(same(tensor, other) for other in found) for tensor in state.values()),
        "Some of the model's weights are not in the file.",
        hint="Is it the state_dict of the model that is given, and the whole of it?",
    )
    expect(
        tools.logits_of_file(state, X),
        logits_of(state, X),
        name="What a new network says after load_state_dict(torch.load(path, weights_only=True))",
        hint="Is the file just the state_dict, or is there something around it?",
        **CLOSE,
    )


def same(tensor, other):
    return (
        tensor.shape == other.shape and tensor.dtype == other.dtype and torch.equal(tensor, other)
    )


def logits_of(state, X):
    hidden = X @ state["0.weight"].T + state["0.bias"]
    hidden = (hidden - state["1.running_mean"]) / (state["1.running_var"] + 1e-5).sqrt()
    hidden = torch.relu(hidden * state["1.weight"] + state["1.bias"])
    return hidden @ state["3.weight"].T + state["3.bias"]


@check("save_model")
def test_each_file_is_at_the_path_that_was_given(student, fresh, rng):
    first, second = draw_state(rng), draw_state(rng)
    tools = define(student, TOOLS)
    # A str and a pathlib.Path; without an ending; and with an older file in its place.
    name, other = f"weights {rng.integer(1, 999)}", f"net-{rng.integer(1, 999)}.pt"
    expect_file(fresh, saved(student, tools, first, name)[0], first)
    older = b"an older file" * 1000
    expect_file(fresh, saved(student, tools, second, other, True, older)[0], second)


@check("save_model")
def test_leaves_the_model_as_it_was(student, fresh, rng):
    state = draw_state(rng)
    data, after = saved(student, define(student, TOOLS), state)
    expect_file(fresh, data, state)
    expect(
        after,
        state,
        name="The model's state_dict after save_model",
        hint="Saving is only looking.",
        **EXACT,
    )


def draw_weights(rng):
    """Weights for a NeuralNetwork."""
    return {name: rng.tensor(*shape) * 0.06 for name, shape in SHAPES.items()}


def said(weights, X):
    """The logits of a NeuralNetwork with these weights."""
    first, first_bias, second, second_bias, last, last_bias = weights.values()
    hidden = torch.relu(X.flatten(1) @ first.T + first_bias)
    return torch.relu(hidden @ second.T + second_bias) @ last.T + last_bias


def file_of(weights, device="cpu"):
    """A file with these weights, as it would be had they been saved on this device."""
    file = io.BytesIO()
    with mock.patch.object(torch.serialization, "location_tag", return_value=device):
        torch.save(weights, file)
    return file.getvalue()


def load(student, tools, weights, rng, data=None, name="weights.pth", as_path=False):
    """Has load_model load a file with these weights, and looks at the logits of what it gives."""
    X = rng.images(3)
    data = file_of(weights) if data is None else data
    logits = tools.loaded(student.load_model, data, X, name, as_path)
    require(
        logits is not None and not isinstance(logits, str),
        "load_model(path) did not return a network.",
        hint="Who is returned: the model, the dictionary, or what load_state_dict returns?",
    )
    expect_logits(logits, weights, X)


def expect_logits(logits, weights, X, name="The logits of the loaded network"):
    expect(
        logits,
        said(weights, X),
        name=name,
        hint="Have the numbers of the file been put into the network that is returned?",
        **CLOSE,
    )


@check("load_model", weight=2)
def test_network_has_the_weights_of_the_file(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    load(student, tools, weights, rng)
    state = tools.state_of(tools.networks[-1])
    require(
        isinstance(state, dict) and set(state) == set(weights),
        "The loaded network has other weights than a NeuralNetwork.",
    )
    for name, tensor in weights.items():
        expect(state[name], tensor, name=f"The loaded network's {name}", **EXACT)


@check("load_model")
def test_each_file_gives_a_network_of_its_own(student, rng):
    first, second = draw_weights(rng), draw_weights(rng)
    tools = define(student, TOOLS)
    load(student, tools, first, rng, name=f"{rng.integer(1, 999)}.pt")
    one = tools.networks[-1]
    load(student, tools, second, rng, name="another network", as_path=True)
    X = rng.images(3)
    name = "The logits of the first network, after a second one was made,"
    expect_logits(tools.logits(one, X), first, X, name)


@check("load_model")
def test_network_is_in_evaluation_mode(student, rng):
    tools = define(student, TOOLS)
    load(student, tools, draw_weights(rng), rng)
    modes = tools.modes()
    require(
        isinstance(modes, list) and bool(modes) and all(mode is False for mode in modes),
        "The network that load_model returns is in training mode.",
        hint="In which mode is a module when it has just been made?",
    )


@check("load_model")
def test_takes_a_file_from_a_machine_with_a_gpu(student, rng):
    weights = draw_weights(rng)
    load(student, define(student, TOOLS), weights, rng, file_of(weights, "cuda:0"))


def refuses(student, tools, data):
    """Whether load_model raises an error for this file."""
    try:
        tools.loaded(student.load_model, data, None)
    except StudentError:
        return True
    return False


@check("load_model")
def test_a_missing_weight_is_an_error(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    load(student, tools, weights, rng)
    del weights[rng.shuffled(list(weights))[0]]
    require(
        refuses(student, tools, file_of(weights)),
        "A weight was missing in the file, and load_model said nothing.",
        hint="A part of that network is random. What makes load_state_dict strict?",
    )


@check("load_model")
def test_runs_no_code_from_a_file(student, fresh, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    data = file_of(weights)
    load(student, tools, weights, rng, data)
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(fresh, data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = refuses(student, tools, trap)
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint="What must torch.load be told, so that it takes plain weights only?",
    )
    require(refused, "load_model said nothing about a file with code in it.")
