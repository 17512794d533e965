"""Hidden checks of 5-saving, first part: weights into a file and back.

What `save_model` wrote is loaded in the fresh kernel: not in this process, because `torch.load` may
do what a file says, and not beside the student's code. The files for `load_model` are made here.
Nothing in these checks depends on luck: the flake rate of right answers is 0.
"""

import io
from collections import OrderedDict
from types import SimpleNamespace
from unittest import mock

import torch

from autograder.checks import (
    StudentError,
    accelerators,
    booby_trapped,
    check,
    closer_look,
    define,
    expect,
    hints,
    read_torch_file,
    require,
    tools,
)

FILES = tools(__file__, "gradients_on", "weights_files")
TRAPPED = tools(__file__, "gradients_on", "weights_files", "traps")

EXACT = {"rtol": 0.0, "atol": 0.0}
# Wide enough for weights that were rounded, which one check of each exercise takes points for.
LOOSE = {"rtol": 0.02, "atol": 0.02}
# unneeded: how near is open, for the weights themselves are looked for before
LOGITS = {"rtol": 0.05, "atol": 0.1}
DIGITS = (
    "The numbers are near, and not the same. Follow one with .item() after each step: which step "
    "changes it?"
)
DTYPES = (
    "The numbers are near, with the digits of another dtype. Print a weight's dtype after each "
    "step: where does it change?"
)
OF_THE_MODEL = (
    "Compare this tensor of the file with the model's own at the time of the call. Which numbers "
    "differ?"
)
OF_THE_FILE = (
    "Load two files, one after the other. Print a weight of each file and of its network: where "
    "do the numbers differ?"
)
AT_PATH = "Look for new files after the call. In which folder is each, and under which name?"
READ_AS_TOLD = (
    'The docstring says under "loads" what must not happen. Which of your lines allows it?'
)
NO_ERROR = "The docstring asks for an error. Who raises it, and does it reach the caller?"
KINDS = ("fact", "type", "keys", "shape", "dtype", "device", "requires_grad", "values")
SHAPES = {
    "linear_relu_stack.0.weight": (512, 784),
    "linear_relu_stack.0.bias": (512,),
    "linear_relu_stack.2.weight": (512, 512),
    "linear_relu_stack.2.bias": (512,),
    "linear_relu_stack.4.weight": (10, 512),
    "linear_relu_stack.4.bias": (10,),
}


def begin_there(exercise):
    """For what a check asks before it comes to its own property."""
    hint = f"If other checks of {exercise} fail too, begin with those."
    return hints(**dict.fromkeys(KINDS, hint))


def draw_state(rng, dtype=torch.float32):
    """The state_dict of a small network with batch normalization, as `Scaled` has it."""
    inputs, hidden, classes = rng.integer(4, 8), rng.integer(9, 12), rng.integer(3, 7)
    return {
        "scale": rng.tensor(inputs, dtype=dtype),
        "layers.0.weight": rng.tensor(hidden, inputs, dtype=dtype),
        "layers.0.bias": rng.tensor(hidden, dtype=dtype),
        "layers.1.weight": rng.tensor(hidden, dtype=dtype),
        "layers.1.bias": rng.tensor(hidden, dtype=dtype),
        "layers.1.running_mean": rng.tensor(hidden, dtype=dtype),
        "layers.1.running_var": rng.tensor(hidden, dtype=dtype).abs() + 0.5,
        "layers.1.num_batches_tracked": rng.integers(3, 900),
        "layers.3.weight": rng.tensor(classes, hidden, dtype=dtype),
        "layers.3.bias": rng.tensor(classes, dtype=dtype),
    }


def saved(student, tools, state, *how):
    """What is in the file after save_model, which is there, and in the model; and what gives the
    logits of a new network that takes the file's weights."""
    others, data, after, logits_of_file = tools.saved(student.save_model, state, *how)
    require_file(data, others)
    return SimpleNamespace(data=data, others=others, after=after, logits_of_file=logits_of_file)


def require_file(data, others, where=AT_PATH):
    # unneeded: what was not written holds nothing either, but this says so in better words
    require(
        data is not None,
        "save_model(model, path) did not write a file to the path that it was given.",
        hint="There is a file of another name beside it. What is that name made of?"
        if others
        else where,
    )


def read(fresh, data):
    """The file of these bytes, which holds plain data alone."""
    file = read_torch_file(fresh, data)
    # unneeded: what is refused is no dictionary either, but this says why
    require(
        not file.refused,
        "The file holds pickled objects, not weights alone.",
        hint=why_refused(file.refused),
    )
    return file


def why_refused(refused):
    """The hint for a file with pickled objects, by the first thing that torch does not take."""
    if refused.endswith("getattr"):
        return "Print what you save, and its type. Is it a method, or what the method gives?"
    if refused.startswith("numpy"):
        return "Print the type of one value that you save. Which type has it in the model?"
    return (
        "Print the type of what you save, and of its parts. What does the model give you that has "
        "only names and tensors in it?"
    )


def expect_file(fresh, data, state, tolerance=LOOSE, other_numbers=OF_THE_MODEL):
    """The bytes are a file that holds this state_dict and nothing else."""
    file = read(fresh, data)
    # unneeded: what is no dictionary has not these names either, but this says so
    require(
        isinstance(file.value, dict),
        "The file holds no dictionary of names and tensors.",
        hint="Load your file. Of which type is what it holds, and which one should it be?",
    )
    # unneeded: a name that is missing fails below too, but this says so
    require(
        set(file.value) == set(state),
        "The file has other names than the state_dict.",
        hint=why_other_names(file.value, state),
    )
    for name, tensor in state.items():
        got = as_float32(file.value[name]) if tolerance is LOOSE else file.value[name]
        with hints(
            type="What stands behind this name in your file, and what in model.state_dict()?",
            shape="Which shape has this tensor in the model, and which one in your file?",
            dtype="Which dtype has this tensor in the model, and which one in your file?",
            values=why_near(got, tensor) if near(got, tensor) else other_numbers,
        ):
            expect(got, tensor, name=f"The file's {name}", **tolerance)


def why_other_names(found, state):
    """The hint for a dictionary with other names than the state_dict, by which ones it has."""
    wanted, names = set(state), set(found)
    if names == set(SHAPES):
        return (
            "The file has the names of a NeuralNetwork, and another model was given. Where do the "
            "names come from?"
        )
    if any(isinstance(inner, dict) and wanted <= set(inner) for inner in found.values()):
        return "The state_dict lies in another dictionary. What will load_state_dict find there?"
    if names < wanted:
        return "Print the names in your file, and those in model.state_dict(). Which are missing?"
    if wanted < names:
        return "Print the names in your file, and those in model.state_dict(). Which are too many?"
    return "Print the names in your file, and those in model.state_dict(). Where do they differ?"


def as_float32(result):
    """A tensor's numbers as the weights here have them: digits have a check of their own."""
    if isinstance(result, torch.Tensor) and result.is_floating_point():
        return result.float()
    return result


def near(got, tensor):
    got = as_float32(got)
    # unneeded: it chooses a hint's words, and who is near has all names and shapes
    return (
        isinstance(got, torch.Tensor)
        and (got.layout, got.device.type) == (torch.strided, "cpu")
        and not (got.is_complex() or got.is_quantized)
        and got.shape == tensor.shape
        and torch.allclose(got.float(), tensor.float(), **LOOSE)
    )


def why_near(got, right):
    """The hint for numbers that are `near`: whether they have the digits of a smaller dtype."""
    smaller = (torch.float16, torch.bfloat16, torch.float32)
    cut = [right.to(dtype).double() for dtype in smaller if dtype != right.dtype]
    return DTYPES if any(torch.equal(got.double(), numbers) for numbers in cut) else DIGITS


@check("save_model", weight=3, part="idea")
def test_file_holds_the_state_dict(student, fresh, rng):
    state = draw_state(rng)
    file = saved(student, define(student, FILES), state)
    expect_file(fresh, file.data, state)


@check("save_model", part="details")
def test_file_has_all_digits_of_the_weights(student, fresh, rng):
    # In double precision, too: digits that float32 would take away.
    for dtype in (torch.float32, torch.float64):
        state = draw_state(rng, dtype)
        file = saved(student, define(student, FILES), state)
        expect_file(fresh, file.data, state, EXACT)


@check("save_model", part="idea")
def test_a_new_network_takes_the_weights_of_the_file(student, fresh, rng):
    state = draw_state(rng)
    X = rng.tensor(5, len(state["scale"]))
    file = saved(student, define(student, FILES), state, "weights.pt")
    # Whatever loading says on the student's side, the weights must be in the file. What it says
    # where they are not tells a whole model, a method and arrays apart.
    with closer_look(lambda: file.logits_of_file(X)):
        found = read(fresh, file.data).tensors
    # unneeded: who has not all weights fails below too, but this says so
    require(
        all(any(near(other, tensor) for other in found) for tensor in state.values()),
        "Some of the model's weights are not in the file.",
        hint="Compare your file with model.state_dict(). Which numbers are not in the file?",
    )
    expect(
        file.logits_of_file(X),
        logits_of(state, X),
        name="What a new network says after load_state_dict(torch.load(path, weights_only=True))",
        hint="Does each name in your file stand for the same tensor as in the model?",
        **LOGITS,
    )


def logits_of(state, X):
    inner = {name.removeprefix("layers."): tensor for name, tensor in state.items()}
    hidden = X * state["scale"] @ inner["0.weight"].T + inner["0.bias"]
    hidden = (hidden - inner["1.running_mean"]) / (inner["1.running_var"] + 1e-5).sqrt()
    hidden = torch.relu(hidden * inner["1.weight"] + inner["1.bias"])
    return hidden @ inner["3.weight"].T + inner["3.bias"]


@check("save_model", part="contract")
def test_each_file_is_at_the_path_that_was_given(student, fresh, rng):
    first, second = draw_state(rng), draw_state(rng)
    tools = define(student, FILES)
    # A name alone, where Python stands; a pathlib.Path, with an older file in its place; without an
    # ending.
    name, other = f"weights {rng.integer(1, 999)}", f"net-{rng.integer(1, 999)}.pt"
    # unneeded: that there is a file is what the name decides, and what is in it is asked above
    others, data = tools.saved_here(student.save_model, first, name)
    alone = 'Here path was a name alone, such as "net.pt". In which folder is the new file?'
    require_file(data, others, alone)
    expect_file(fresh, data, first)
    require(
        others == [],
        "There is another file beside the one that was asked for.",
        hint="Which files does your function write? The caller has named one.",
    )
    older = b"an older file" * 1000
    data = saved(student, tools, second, other, True, older).data
    # unneeded: older bytes are no file of weights either, but this says what they are
    require(
        not data.startswith(older),
        "What was in the file before save_model is still there.",
        hint="Save twice to the same path, and change a weight in between. Which number is in the "
        "file?"
        if data == older
        else "Save twice to the same path. How large is the file each time, and what is at its "
        "beginning?",
    )
    numbers = (
        "This model was saved before, with other numbers. Save one, change a weight, and save it "
        "again: what is in the second file?"
    )
    expect_file(fresh, data, second, other_numbers=numbers)


@check("save_model", part="contract")
def test_leaves_the_model_as_it_was(student, fresh, rng):
    state = draw_state(rng)
    tools = define(student, FILES)
    file = saved(student, tools, state)
    with begin_there("save_model"):
        expect_file(fresh, file.data, state)
    buffers = ("mean", "var", "tracked")
    before = {
        name: tensor.clone().requires_grad_(not name.endswith(buffers))
        for name, tensor in state.items()
    }
    told = "Print the model's state_dict before the call and after it. What has changed?"
    with hints(
        type=told,
        keys=told,
        shape=told,
        dtype="Print the dtype of a weight before the call and after it. What changes it?",
        device="On which device is the model before the call, and on which one after it?",
        requires_grad="Can the model still learn after the call? Look at requires_grad.",
        values=told,
    ):
        expect(file.after, before, name="The model's state_dict after save_model", **EXACT)
    # By what becomes of a tensor, not by asking: is_grad_enabled may be replaced.
    require(
        tools.doubled(torch.ones(2, requires_grad=True)).requires_grad,
        "After save_model, gradients are switched off for all that follows.",
        hint="Saving is only looking. What is switched, and for how long?",
    )
    for gpu in accelerators(student):
        expect(
            gpu.call(tools.places_after_saving, student.save_model, state, gpu.device),
            [str(gpu.device)],
            name="The devices of a model on an accelerator, after save_model,",
            hint="Saving is only looking. On which device is the model after the call?",
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


NETWORK = "The logits of the loaded network"


def load(student, tools, weights, rng, data=None, name=NETWORK, other_numbers=OF_THE_FILE):
    """Has load_model load a file with these weights, and looks at the logits of what it gives.

    What is returned gives the network itself.
    """
    told = {"name": name, "other_numbers": other_numbers}
    return load_and_look(student, tools, weights, rng, data, **told).network


def load_and_look(
    student, tools, weights, rng, data=None, *how, name=NETWORK, other_numbers=OF_THE_FILE
):
    """As `load`: the network, whether the file is as it was, and the names of other files."""
    X = rng.images(3)
    data = file_of(weights) if data is None else data
    logits, after, others, network = tools.loaded(student.load_model, data, X, *how)
    # unneeded: what gives no logits has not the right ones either, but this says why
    require(
        logits is not None and not isinstance(logits, str),
        "load_model(path) did not return a network.",
        hint=NO_NETWORK.get(logits if isinstance(logits, str) else "other"),
    )
    expect_logits(logits, weights, X, name, other_numbers)
    return SimpleNamespace(network=network, file_is_as_it_was=after == data, others=others)


NO_NETWORK = {
    "dict": "A dictionary is returned. Who takes its numbers in, and can be called with images?",
    "tuple": "A tuple is returned, and load_state_dict gives one, too. What does the caller want?",
    "other": "Print the type of what you return. Is it a NeuralNetwork?",
}


def expect_logits(logits, weights, X, name, other_numbers):
    with hints(
        type="Of which class is the network that is returned?",
        shape="Of which class is the network that is returned?",
        dtype="Which dtype have the weights in the file, and which one in the network?",
        values=other_numbers,
    ):
        expect(logits, said(weights, X), name=name, **LOOSE)


@check("load_model", weight=4, part="idea")
def test_network_has_the_weights_of_the_file(student, rng):
    expect_weights(student, rng, LOOSE)


def expect_weights(student, rng, tolerance):
    weights = draw_weights(rng)
    tools = define(student, FILES)
    network = load(student, tools, weights, rng)
    state = tools.state_of(network())
    # unneeded: what has other names has not these weights either, but this says so
    require(
        isinstance(state, dict) and set(state) == set(weights),
        "The loaded network has other weights than a NeuralNetwork.",
        hint="Of which class is the network that is returned?",
    )
    for name, tensor in weights.items():
        got = as_float32(state[name]) if tolerance is LOOSE else state[name]
        with hints(
            type="Of which class is the network that is returned?",
            shape="Which shape has this weight in the file, and which one in the network?",
            dtype="Which dtype has this weight in the file, and which one in the network?",
            values=why_near(got, tensor) if near(got, tensor) else OF_THE_FILE,
        ):
            expect(got, tensor, name=f"The loaded network's {name}", **tolerance)


@check("load_model", part="details")
def test_weights_have_all_digits_of_the_file(student, rng):
    expect_weights(student, rng, EXACT)


@check("load_model", part="contract")
def test_each_file_gives_a_network_of_its_own(student, rng):
    first, second = draw_weights(rng), draw_weights(rng)
    tools = define(student, FILES)
    # Both by the same pathlib.Path, a name alone: the file there is another one the second time.
    how = (f"{rng.integer(1, 999)}.pt", True, tools.new_folder())
    look = load_and_look(student, tools, first, rng, None, *how)
    require(
        look.file_is_as_it_was and look.others == [],
        "After load_model(path) the file is not as it was, or there is another one beside it.",
        hint="List the folder before the call and after it. Which of your lines makes the new file?"
        if look.others
        else "Compare the file before the call and after it. Which of your lines changes it?",
    )
    # By what becomes of a tensor, not by asking: is_grad_enabled may be replaced.
    require(
        tools.doubled(torch.ones(2, requires_grad=True)).requires_grad,
        "After load_model, gradients are switched off for all that follows.",
        hint="Loading changes nothing but the network that it makes. What is switched, and for how "
        "long?",
    )
    name = "The logits of a network from a file that was replaced"
    told = "A second file has taken the place of the first. From which one are the numbers now?"
    load_and_look(student, tools, second, rng, None, *how, name=name, other_numbers=told)
    X = rng.images(3)
    name = "The logits of the first network, after a second one was made,"
    told = "The second call has changed the first network. What do the two have in common?"
    expect_logits(tools.logits(look.network(), X), first, X, name, told)


@check("load_model", weight=2, part="contract")
def test_network_is_in_evaluation_mode(student, rng):
    tools = define(student, FILES)
    with begin_there("load_model"):
        network = load(student, tools, draw_weights(rng), rng)
    modes = tools.modes(network())
    require(
        isinstance(modes, list) and bool(modes) and all(mode is False for mode in modes),
        "The network that load_model returns is in training mode, or a part of it.",
        hint=why_in_training(modes),
    )


def why_in_training(modes):
    """The hint for a network that is not all in evaluation mode, the outermost module first."""
    if isinstance(modes, list) and modes and modes[0] is False:
        return "The outermost module is in evaluation mode. What switches those inside it, too?"
    if isinstance(modes, list) and any(mode is False for mode in modes):
        return "A part of the network is in evaluation mode. Print model.training: is all of it?"
    return "A new module is in training mode. What switches it, and does it stay so to the end?"


@check("load_model", weight=2, part="contract")
def test_takes_a_file_from_a_machine_with_a_gpu(student, rng):
    weights = draw_weights(rng)
    tools = define(student, FILES)
    # Also from a machine with several GPUs, from one with another kind, and from one without.
    for device in ("cuda:0", f"cuda:{rng.integer(1, 8)}", "mps"):
        load(student, tools, weights, rng, file_of(weights, device))
    for gpu in accelerators(student):
        for data in (file_of(weights, "cuda:0"), file_of(weights)):
            expect(
                gpu.call(tools.places_of_loaded, student.load_model, data),
                ["cpu"],
                name="The devices of the loaded network, on a machine with a GPU,",
                hint="Where should the network be, whatever machine this is?",
            )


def refuses(student, tools, data):
    """Whether load_model raises an error for this file."""
    try:
        tools.loaded(student.load_model, data, None)
    except StudentError:
        return True
    return False


@check("load_model", part="contract")
def test_a_missing_weight_is_an_error(student, rng):
    weights = draw_weights(rng)
    tools = define(student, FILES)
    with begin_there("load_model"):
        load(student, tools, weights, rng)
    *others, last = weights
    missing = rng.shuffled(others)[0]
    # The last one as well: who fills in by position comes to it when all others are in place. And
    # one in whose place there is another name: who counts misses nothing.
    parts = [{name: weights[name] for name in weights if name != gone} for gone in (missing, last)]
    for part in parts:
        require(
            refuses(student, tools, file_of(part)),
            "A weight was missing in the file, and load_model said nothing.",
            hint="What is in the network where the file has nothing for it, and who is told?",
        )
    renamed = {f"{n}_old" if n == missing else n: tensor for n, tensor in weights.items()}
    require(
        refuses(student, tools, file_of(renamed)),
        "In the place of a weight the file had one of another name, and load_model said nothing.",
        hint="This file has as many names as the network, and not the same. Who compares them?",
    )
    # None is missing, and a file promises names, and no order.
    turned = file_of(OrderedDict(reversed(weights.items())))
    name = f"{NETWORK}, whose file has its names in another order,"
    told = "Here the names stand in another order. By what does your code know what goes where?"
    load(student, tools, weights, rng, turned, name, told)


@check("load_model", weight=4, part="idea")
def test_runs_no_code_from_a_file(student, fresh, rng):
    weights = draw_weights(rng)
    tools = define(student, TRAPPED)
    data = file_of(weights)
    with begin_there("load_model"):
        load(student, tools, weights, rng, data)
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(fresh, data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = refuses(student, tools, trap)
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint=READ_AS_TOLD,
    )
    require(
        refused,
        "load_model said nothing about a file with code in it.",
        hint=NO_ERROR,
    )


CLAUSES = {
    "save_model": [
        {
            "text": "Writes a model's weights to a file.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "an nn.Module",
            "checks": [
                "test_file_holds_the_state_dict",
                "test_file_has_all_digits_of_the_weights",
                "test_a_new_network_takes_the_weights_of_the_file",
                "test_each_file_is_at_the_path_that_was_given",
                "test_leaves_the_model_as_it_was",
            ],
            "broken_by": "mistakes/new_network",
        },
        {
            "text": "where to, a str or a pathlib.Path",
            "checks": [
                "test_file_holds_the_state_dict",
                "test_file_has_all_digits_of_the_weights",
                "test_a_new_network_takes_the_weights_of_the_file",
                "test_each_file_is_at_the_path_that_was_given",
                "test_leaves_the_model_as_it_was",
            ],
            "broken_by": "mistakes/paths_only",
        },
        {
            "text": "its folder exists",
            "why_none": "a promise to the answer: nothing else is ever given",
        },
        {
            "text": "a file that is there is replaced",
            "checks": ["test_each_file_is_at_the_path_that_was_given"],
            "broken_by": "mistakes/keeps_an_older_file",
        },
        {
            "text": "holds model.state_dict(), all of it and nothing else",
            "checks": [
                "test_file_holds_the_state_dict",
                "test_file_has_all_digits_of_the_weights",
                "test_a_new_network_takes_the_weights_of_the_file",
                "test_each_file_is_at_the_path_that_was_given",
                "test_leaves_the_model_as_it_was",
            ],
            "broken_by": "mistakes/named_parameters_only",
        },
        {
            "text": "so that model.load_state_dict(torch.load(path, weights_only=True)) takes it",
            "checks": [
                "test_file_holds_the_state_dict",
                "test_file_has_all_digits_of_the_weights",
                "test_a_new_network_takes_the_weights_of_the_file",
                "test_each_file_is_at_the_path_that_was_given",
                "test_leaves_the_model_as_it_was",
            ],
            "broken_by": "mistakes/dictionary_around_it",
        },
        {"text": "nothing that is looked at", "why_none": "it says itself that nobody looks at it"},
        {
            "text": "only the file; the model's weights stay as they are",
            "checks": ["test_leaves_the_model_as_it_was"],
            "broken_by": "mistakes/weights_cleared",
        },
        {"text": "(its mode may change)", "allowed_by": "variants/in_evaluation_mode"},
    ],
    "load_model": [
        {
            "text": "A network with the weights of a file.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "a str or a pathlib.Path",
            "checks": ["test_each_file_gives_a_network_of_its_own"],
            "broken_by": "mistakes/text_paths_only",
        },
        {
            "text": "the file holds the state_dict of a NeuralNetwork",
            "checks": [
                "test_network_has_the_weights_of_the_file",
                "test_weights_have_all_digits_of_the_file",
                "test_each_file_gives_a_network_of_its_own",
                "test_network_is_in_evaluation_mode",
                "test_takes_a_file_from_a_machine_with_a_gpu",
                "test_a_missing_weight_is_an_error",
                "test_runs_no_code_from_a_file",
            ],
            "broken_by": "mistakes/expects_the_whole_model",
        },
        {
            "text": "its names in any order",
            "checks": ["test_a_missing_weight_is_an_error"],
            "broken_by": "mistakes/in_the_order_of_the_file",
        },
        {
            "text": "a new NeuralNetwork",
            "checks": ["test_each_file_gives_a_network_of_its_own"],
            "broken_by": "mistakes/one_network_for_all",
        },
        {
            "text": "with these weights",
            "checks": [
                "test_network_has_the_weights_of_the_file",
                "test_weights_have_all_digits_of_the_file",
                "test_each_file_gives_a_network_of_its_own",
                "test_network_is_in_evaluation_mode",
                "test_takes_a_file_from_a_machine_with_a_gpu",
                "test_a_missing_weight_is_an_error",
                "test_runs_no_code_from_a_file",
            ],
            "broken_by": "mistakes/never_filled_in",
        },
        {
            "text": "on the CPU",
            "checks": ["test_takes_a_file_from_a_machine_with_a_gpu"],
            "broken_by": "mistakes/onto_the_gpu",
        },
        {
            "text": "in evaluation mode",
            "checks": ["test_network_is_in_evaluation_mode"],
            "broken_by": "mistakes/no_evaluation_mode",
        },
        {
            "text": "on a machine with or without a GPU",
            "checks": ["test_takes_a_file_from_a_machine_with_a_gpu"],
            "broken_by": "mistakes/no_map_location",
        },
        {
            "text": "whichever the file comes from",
            "checks": ["test_takes_a_file_from_a_machine_with_a_gpu"],
            "broken_by": "mistakes/from_the_first_gpu_only",
        },
        {
            "text": "with weights_only=True, so that no code in a file can run",
            "checks": ["test_runs_no_code_from_a_file"],
            "broken_by": "mistakes/weights_only_false",
        },
        {
            "text": "an error (any) if a weight is missing in the file",
            "checks": ["test_a_missing_weight_is_an_error"],
            "broken_by": "mistakes/by_position",
        },
        {
            "text": "or if there is anything in it but plain data",
            "checks": ["test_a_missing_weight_is_an_error", "test_runs_no_code_from_a_file"],
            "broken_by": "mistakes/errors_swallowed",
        },
        {
            "text": "nothing; the file stays as it is",
            "checks": ["test_each_file_gives_a_network_of_its_own"],
            "broken_by": "mistakes/file_saved_again",
        },
    ],
}
