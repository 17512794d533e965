"""Hidden checks of 5-saving, first part: weights into a file and back.

What `save_model` wrote is read here as bytes and never unpickled: `torch.load` would do what the
student's file says. The files for `load_model` are made here. Nothing in these checks depends on
luck: the flake rate of right answers is 0.
"""

import io
from unittest import mock

import torch

from autograder.checks import (
    StudentError,
    booby_trapped,
    check,
    define,
    expect,
    fetch,
    keep,
    read_torch_file,
    require,
    type_names,
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


def new_path(name, as_path=False):
    """A place for a file, in a folder in which there is nothing else."""
    path = Path(tempfile.mkdtemp(prefix="of-a-check-")) / name
    return path if as_path else str(path)


def write(path, data):
    Path(path).write_bytes(data)


def bytes_of(path):
    """What is in the file, or None where there is none."""
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


def logits(model, X):
    with torch.no_grad():
        return model(X)


def logits_of_file(path, state, X):
    """What a network with other weights says once it has been given those of the file."""
    model = network({name: torch.zeros_like(tensor) for name, tensor in state.items()})
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return logits(model.eval(), X)


def without_gpu(load_model, path):
    """What load_model gives on a machine that has no GPU."""
    with (
        mock.patch.object(torch.cuda, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "current_accelerator", lambda *a, **k: None),
    ):
        return load_model(path)


def modes(model):
    return [module.training for module in model.modules()]


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


def expect_file(data, state):
    """The bytes are a file that holds this state_dict and nothing else."""
    require(
        data is not None,
        "save_model(model, path) did not write a file to the path that it was given.",
        hint="Is it the argument path that torch.save gets?",
    )
    file = read_torch_file(data)
    require(
        not file.objects,
        "The file holds pickled objects, not weights alone.",
        hint="What does the model give you that has only names and tensors in it?",
    )
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
def test_file_holds_the_state_dict(student, rng):
    state = draw_state(rng)
    tools = define(student, TOOLS)
    path = tools.new_path("weights.pth")
    keep(student.save_model, tools.network(state), path)
    expect_file(tools.bytes_of(path), state)


@check("save_model")
def test_a_new_network_takes_the_weights_of_the_file(student, rng):
    state = draw_state(rng)
    X = rng.tensor(5, state["0.weight"].shape[1])
    tools = define(student, TOOLS)
    path = tools.new_path("weights.pt")
    keep(student.save_model, tools.network(state), path)
    data = tools.bytes_of(path)
    require(
        data is not None,
        "save_model(model, path) did not write a file to the path that it was given.",
    )
    # Whatever loading says on the student's side, the weights must be in the file.
    found = read_torch_file(data).tensors
    require(
        all(any(same(tensor, other) for other in found) for tensor in state.values()),
        "Some of the model's weights are not in the file.",
        hint="Is it the state_dict of the model that is given, and the whole of it?",
    )
    expect(
        tools.logits_of_file(path, state, X),
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
def test_each_file_is_at_the_path_that_was_given(student, rng):
    first, second = draw_state(rng), draw_state(rng)
    tools = define(student, TOOLS)
    # A str and a pathlib.Path; without an ending; and with an older file in its place.
    one = tools.new_path(f"weights {rng.integer(1, 999)}")
    other = tools.new_path(f"net-{rng.integer(1, 999)}.pt", as_path=True)
    tools.write(other, b"an older file" * 1000)
    keep(student.save_model, tools.network(first), one)
    keep(student.save_model, tools.network(second), other)
    expect_file(tools.bytes_of(one), first)
    expect_file(tools.bytes_of(other), second)


@check("save_model")
def test_leaves_the_model_as_it_was(student, rng):
    state = draw_state(rng)
    tools = define(student, TOOLS)
    path = tools.new_path("weights.pth")
    model = tools.network(state)
    keep(student.save_model, model, path)
    expect_file(tools.bytes_of(path), state)
    expect(
        tools.state_of(model),
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


def written(tools, data, name="weights.pth", as_path=False):
    """A path on the student's side with a file of these bytes."""
    path = tools.new_path(name, as_path)
    tools.write(path, data)
    return path


def loaded(student, tools, path):
    """The network that load_model gives for a file, as a handle."""
    model = keep(tools.without_gpu, student.load_model, path)
    require(
        "torch.nn.modules.module.Module" in type_names(model),
        "load_model(path) did not return a network.",
        hint="Who is returned: the model, the dictionary, or what load_state_dict returns?",
    )
    return model


def expect_logits(tools, model, weights, rng, name="The logits of the loaded network"):
    X = rng.images(3)
    expect(
        tools.logits(model, X),
        said(weights, X),
        name=name,
        hint="Have the numbers of the file been put into the network that is returned?",
        **CLOSE,
    )


@check("load_model", weight=2)
def test_network_has_the_weights_of_the_file(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    model = loaded(student, tools, written(tools, file_of(weights)))
    expect_logits(tools, model, weights, rng)
    state = fetch(tools.state_of(model))
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
    one = loaded(student, tools, written(tools, file_of(first), f"{rng.integer(1, 999)}.pt"))
    path = written(tools, file_of(second), "another network", as_path=True)
    other = loaded(student, tools, path)
    expect_logits(tools, other, second, rng, "The logits of the second network, from a Path,")
    expect_logits(
        tools, one, first, rng, "The logits of the first network, after a second was made,"
    )


@check("load_model")
def test_network_is_in_evaluation_mode(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    model = loaded(student, tools, written(tools, file_of(weights)))
    expect_logits(tools, model, weights, rng)
    modes = tools.modes(model)
    require(
        isinstance(modes, list) and bool(modes) and all(mode is False for mode in modes),
        "The network that load_model returns is in training mode.",
        hint="In which mode is a module when it has just been made?",
    )


@check("load_model")
def test_takes_a_file_from_a_machine_with_a_gpu(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    model = loaded(student, tools, written(tools, file_of(weights, "cuda:0")))
    expect_logits(tools, model, weights, rng, "The logits of a network from a GPU's file")


def refuses(student, tools, path):
    """Whether load_model raises an error for this file."""
    try:
        keep(tools.without_gpu, student.load_model, path)
    except StudentError:
        return True
    return False


@check("load_model")
def test_a_missing_weight_is_an_error(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    model = loaded(student, tools, written(tools, file_of(weights)))
    expect_logits(tools, model, weights, rng, "The logits of a network from a complete file")
    del weights[rng.shuffled(list(weights))[0]]
    require(
        refuses(student, tools, written(tools, file_of(weights))),
        "A weight was missing in the file, and load_model said nothing.",
        hint="A part of that network is random. What makes load_state_dict strict?",
    )


@check("load_model")
def test_runs_no_code_from_a_file(student, rng):
    weights = draw_weights(rng)
    tools = define(student, TOOLS)
    data = file_of(weights)
    model = loaded(student, tools, written(tools, data))
    expect_logits(tools, model, weights, rng, "The logits of a network from a harmless file")
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = refuses(student, tools, written(tools, trap))
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint="What must torch.load be told, so that it takes plain weights only?",
    )
    require(refused, "load_model said nothing about a file with code in it.")
