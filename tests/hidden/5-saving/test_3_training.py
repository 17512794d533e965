"""Hidden checks of 5-saving, last part: training that stops and goes on, and the best epoch.

A checkpoint's keys are the student's own choice, so `save_checkpoint` and `load_checkpoint` are
judged together: by where training leads afterwards, and by what is in the file. The file is read
here as bytes, as everywhere. Steps of training are the same on both sides up to rounding, far
below the tolerances: the flake rate of right answers is 0.
"""

from types import SimpleNamespace

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
)

TOOLS = '''
import builtins
import shutil
import tempfile
from pathlib import Path
from unittest import mock

import torch
from torch import nn

# A classify that leaves gradients switched off must not cost other exercises their points.
torch.set_grad_enabled(True)
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


class Training:
    """A small network, its optimizer, and the batch that it learns from."""

    def __init__(self, state, kind, lr, X, y):
        hidden, inputs = state["0.weight"].shape
        classes = len(state["2.bias"])
        self.model = nn.Sequential(
            nn.Linear(inputs, hidden), nn.Tanh(), nn.Linear(hidden, classes)
        )
        self.model.load_state_dict(state)
        parameters = self.model.parameters()
        if kind == "adam":
            self.optimizer = torch.optim.Adam(parameters, lr=lr)
        else:
            self.optimizer = torch.optim.SGD(parameters, lr=lr, momentum=0.9)
        self.X, self.y = X, y

    def steps(self, count):
        self.model.train()
        for _ in range(count):
            self.optimizer.zero_grad()
            nn.functional.cross_entropy(self.model(self.X), self.y).backward()
            self.optimizer.step()
        return {name: p.detach().clone() for name, p in self.model.named_parameters()}

    def momenta(self):
        state = self.optimizer.state.values()
        return [kept["momentum_buffer"].detach().clone() for kept in state]


def saved_on_a_gpu(save_checkpoint, path, model, optimizer, epoch):
    """The file says of each tensor that it was on a GPU."""
    with mock.patch.object(torch.serialization, "location_tag", lambda storage: "cuda:0"):
        save_checkpoint(path, model, optimizer, epoch)


def without_gpu(load_checkpoint, path, model, optimizer):
    """What load_checkpoint gives on a machine that has no GPU."""
    with (
        mock.patch.object(torch.cuda, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "current_accelerator", lambda *a, **k: None),
    ):
        return load_checkpoint(path, model, optimizer)


def has_run(name):
    """Whether the trap has left its mark. It is taken away: the next answer starts without."""
    return vars(builtins).pop(name, None) is not None
'''

CLOSE = {"rtol": 1e-3, "atol": 1e-4}


def draw_small(rng, sizes):
    inputs, hidden, classes = sizes
    return {
        "0.weight": rng.tensor(hidden, inputs) * 0.5,
        "0.bias": rng.tensor(hidden) * 0.5,
        "2.weight": rng.tensor(classes, hidden) * 0.5,
        "2.bias": rng.tensor(classes) * 0.5,
    }


def draw_run(rng, kind):
    """A training to begin with, another one of the same kind to take over, and an epoch."""
    sizes = (rng.integer(4, 8), rng.integer(8, 11), rng.integer(3, 7))
    lr = (
        round(rng.uniform(0.2, 0.4), 3) if kind == "momentum" else round(rng.uniform(0.03, 0.06), 4)
    )
    return SimpleNamespace(
        kind=kind,
        state=draw_small(rng, sizes),
        other=draw_small(rng, sizes),
        X=rng.tensor(12, sizes[0]),
        y=rng.labels(12, sizes[2]),
        lr=lr,
        before=rng.integer(3, 6),
        after=rng.integer(3, 6),
        epoch=rng.integer(11, 90),
    )


def begin(space, run):
    """The tools on that side and a training of so many steps."""
    tools = define(space, TOOLS)
    training = tools.Training(run.state, run.kind, run.lr, run.X, run.y)
    training.steps(run.before)
    return tools, training


def newcomer(tools, run):
    """Another training: other weights, another learning rate, no steps yet."""
    return tools.Training(run.other, run.kind, run.lr * 0.3, run.X, run.y)


def written(tools, path):
    """The bytes of the file that save_checkpoint should have written."""
    data = tools.bytes_of(path)
    require(
        data is not None,
        "save_checkpoint(path, model, optimizer, epoch) did not write a file to the path that it "
        "was given.",
        hint="Is it the argument path that torch.save gets?",
    )
    return data


def moved(tools, data, name="moved.pth", as_path=False):
    """The same bytes at another path: all that is needed must be in the file."""
    path = tools.new_path(name, as_path)
    tools.write(path, data)
    return path


def load(student, tools, path, training):
    return tools.without_gpu(student.load_checkpoint, path, training.model, training.optimizer)


def expect_goes_on(student, solution, run, save=None):
    """Training after load_checkpoint leads where it would have led without stopping."""
    expected = begin(solution, run)[1].steps(run.after)

    tools, first = begin(student, run)
    path = tools.new_path("checkpoint.pth")
    arguments = (path, first.model, first.optimizer, run.epoch)
    if save is None:
        keep(student.save_checkpoint, *arguments)
    else:
        keep(save(tools), student.save_checkpoint, *arguments)
    data = written(tools, path)
    # The first training goes on and is saved again: the first file must be as it was.
    first.steps(2)
    later = tools.new_path("later.pth", as_path=True)
    keep(student.save_checkpoint, later, first.model, first.optimizer, run.epoch + 1)
    written(tools, later)

    second = newcomer(tools, run)
    keep(
        tools.without_gpu,
        student.load_checkpoint,
        moved(tools, data),
        second.model,
        second.optimizer,
    )
    now = second.steps(0)
    again = begin(solution, run)[1].steps(0)
    for name, right in again.items():
        expect(
            now[name],
            right,
            name=f"The parameter {name} after load_checkpoint",
            hint="Is it the model that load_checkpoint was given that gets the saved weights?",
            **CLOSE,
        )
    now = second.steps(run.after)
    for name, right in expected.items():
        expect(
            now[name],
            right,
            name=f"The parameter {name} after {run.after} more steps",
            hint="The weights were right when training went on. What else does the optimizer need "
            "to take the same steps?",
            **CLOSE,
        )


@check("checkpoint", weight=2)
def test_training_goes_on_with_its_momentum(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "momentum"))


@check("checkpoint")
def test_training_goes_on_with_adam(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "adam"))


@check("checkpoint")
def test_training_goes_on_from_a_machine_with_a_gpu(student, solution, rng):
    run = draw_run(rng, "momentum")
    expect_goes_on(student, solution, run, save=lambda tools: tools.saved_on_a_gpu)


@check("checkpoint")
def test_gives_back_the_epoch(student, rng):
    run = draw_run(rng, "momentum")
    tools, training = begin(student, run)
    files = {}
    for epoch in rng.shuffled([run.epoch, run.epoch + rng.integer(1, 9), 1]):
        path = tools.new_path(f"after {epoch}", as_path=epoch == 1)
        keep(student.save_checkpoint, path, training.model, training.optimizer, epoch)
        files[epoch] = written(tools, path)
    for epoch, data in files.items():
        second = newcomer(tools, run)
        expect(
            load(student, tools, moved(tools, data, as_path=epoch == 1), second),
            epoch,
            name="load_checkpoint(path, model, optimizer)",
            hint="Is the epoch in the file, and returned as the number that it was?",
        )


@check("checkpoint")
def test_file_holds_weights_and_optimizer_as_plain_data(student, solution, rng):
    run = draw_run(rng, "momentum")
    right = begin(solution, run)[1]
    tools, training = begin(student, run)
    path = tools.new_path("checkpoint.pth")
    keep(student.save_checkpoint, path, training.model, training.optimizer, run.epoch)
    file = read_torch_file(written(tools, path))
    require(
        not file.objects,
        "The file holds pickled objects, not plain data alone.",
        hint="What do a model and an optimizer give you that has only names, numbers and tensors "
        "in it?",
    )
    require(
        all(has(file, tensor) for tensor in right.steps(0).values()),
        "Some of the model's weights are not in the file.",
    )
    require(
        all(has(file, tensor) for tensor in right.momenta()),
        "The state of the optimizer is not in the file.",
        hint="Where does the velocity of momentum live?",
    )


def has(file, tensor):
    """Whether a tensor with these values is anywhere in the file."""
    return any(
        other.shape == tensor.shape
        and other.dtype == tensor.dtype
        and torch.allclose(other, tensor, **CLOSE)
        for other in file.tensors
    )


@check("checkpoint")
def test_loading_runs_no_code_from_a_file(student, rng):
    run = draw_run(rng, "momentum")
    tools, training = begin(student, run)
    path = tools.new_path("checkpoint.pth")
    keep(student.save_checkpoint, path, training.model, training.optimizer, run.epoch)
    data = written(tools, path)
    second = newcomer(tools, run)
    load(student, tools, moved(tools, data), second)
    expect(
        second.steps(0),
        training.steps(0),
        name="The weights after load_checkpoint of a harmless file",
        **CLOSE,
    )
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = False
    try:
        load(student, tools, moved(tools, trap), newcomer(tools, run))
    except StudentError:
        refused = True
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint="What must torch.load be told, so that it takes plain data only?",
    )
    require(refused, "load_checkpoint said nothing about a file with code in it.")


EPOCHS = '''
import torch
from torch import nn

torch.set_grad_enabled(True)


def network(state):
    rows, columns = state["0.weight"].shape
    model = nn.Sequential(nn.Linear(columns, rows), nn.BatchNorm1d(rows))
    model.load_state_dict(state)
    return model


def state_of(model):
    return {name: tensor.detach().clone() for name, tensor in model.state_dict().items()}


class Epochs:
    """A run_epoch: after its n-th call the model has the n-th of these states and accuracies."""

    def __init__(self, states, accuracies):
        self.states, self.accuracies, self.calls = states, accuracies, 0

    def __call__(self, model):
        index = min(self.calls, len(self.states) - 1)
        self.calls += 1
        model.train()
        with torch.no_grad():
            for name, tensor in model.state_dict().items():
                tensor.copy_(self.states[index][name])
        return self.accuracies[index]
'''


def draw_epochs(rng, count, best):
    """So many states of a model, the first one as it comes, and accuracies with the best there."""
    rows, columns = rng.integer(3, 6), rng.integer(6, 9)
    states = [
        {
            "0.weight": rng.tensor(rows, columns),
            "0.bias": rng.tensor(rows),
            "1.weight": rng.tensor(rows),
            "1.bias": rng.tensor(rows),
            "1.running_mean": rng.tensor(rows),
            "1.running_var": rng.tensor(rows).abs() + 0.1,
            "1.num_batches_tracked": torch.tensor(10 * epoch + rng.integer(0, 10)),
        }
        for epoch in range(count + 1)
    ]
    accuracies = [round(rng.uniform(0.1, 0.6), 4) for _ in range(count)]
    accuracies[best] = round(rng.uniform(0.7, 0.9), 4)
    return SimpleNamespace(
        start=states[0], states=states[1:], accuracies=accuracies, count=count, best=best
    )


def kept_best(student, epochs):
    """What keep_best returned, the model's state afterwards, and how many epochs there were."""
    tools = define(student, EPOCHS)
    model = tools.network(epochs.start)
    run_epoch = tools.Epochs(epochs.states, epochs.accuracies)
    got = student.keep_best(model, run_epoch, epochs.count)
    return got, fetch(tools.state_of(model)), run_epoch.calls


def expect_best(got, epochs):
    expect(
        got,
        epochs.accuracies[epochs.best],
        name=f"keep_best(model, run_epoch, {epochs.count})",
        hint="Is it the best of the accuracies that run_epoch has returned, as a plain float?",
    )


def expect_state(state, epochs, names):
    require(isinstance(state, dict), "The model cannot be read after keep_best.")
    for name in names:
        require(
            epochs.best == epochs.count - 1
            or not isinstance(state[name], torch.Tensor)
            or not torch.equal(state[name], epochs.states[-1][name]),
            "The model has the weights of the last epoch, and another one was the best.",
            hint="Whose tensors are in the dictionary that was kept? The next epoch changes the "
            "model's own.",
        )
        expect(
            state[name],
            epochs.states[epochs.best][name],
            name=f"The model's {name} after keep_best",
            hint="Is what was kept put back into the model that was given, after the last epoch?",
            rtol=0.0,
            atol=0.0,
        )


PARAMETERS = ("0.weight", "0.bias", "1.weight", "1.bias")
BUFFERS = ("1.running_mean", "1.running_var", "1.num_batches_tracked")


@check("keep_best")
def test_returns_the_best_accuracy(student, rng):
    for count, best in ((rng.integer(4, 7), 2), (3, 0), (4, 3)):
        epochs = draw_epochs(rng, count, best)
        expect_best(kept_best(student, epochs)[0], epochs)


@check("keep_best", weight=2)
def test_model_has_the_weights_of_its_best_epoch(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4))
    expect_state(kept_best(student, epochs)[1], epochs, PARAMETERS)


@check("keep_best")
def test_also_if_the_first_or_the_last_epoch_is_the_best(student, rng):
    count = rng.integer(3, 6)
    for best in (0, count - 1):
        epochs = draw_epochs(rng, count, best)
        expect_state(kept_best(student, epochs)[1], epochs, PARAMETERS)


@check("keep_best")
def test_puts_back_the_whole_state_dict(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4))
    got, state, _ = kept_best(student, epochs)
    expect_best(got, epochs)
    expect_state(state, epochs, PARAMETERS + BUFFERS)


@check("keep_best")
def test_runs_as_many_epochs_as_asked_for(student, rng):
    for count in (rng.integer(4, 8), 1):
        epochs = draw_epochs(rng, count, count - 1)
        got, _, calls = kept_best(student, epochs)
        expect_best(got, epochs)
        expect(calls, count, name="The number of calls of run_epoch")
