"""Hidden checks of 5-saving, last part: training that stops and goes on, and the best epoch.

A checkpoint's keys are the student's own choice, so `save_checkpoint` and `load_checkpoint` are
judged together: by where training leads afterwards, and by what is in the file. The file is loaded
in the fresh kernel, as in the first part. Steps of training are the same on both sides up to
rounding, far below the tolerances: the flake rate of right answers is 0.
"""

from types import SimpleNamespace

import torch

from autograder.checks import (
    StudentError,
    booby_trapped,
    check,
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

# A classify that leaves gradients switched off must not cost other exercises their points.
torch.set_grad_enabled(True)
for old in Path(tempfile.gettempdir()).glob("of-a-check-*"):
    shutil.rmtree(old, ignore_errors=True)


def new_path(name, as_path=False):
    """A place for a file, in a folder in which there is nothing else."""
    path = Path(tempfile.mkdtemp(prefix="of-a-check-")) / name
    return path if as_path else str(path)


def bytes_of(path):
    """What is in the file, or None where there is none of a fitting size."""
    path = Path(path)
    if not path.is_file() or path.stat().st_size > 32_000_000:
        return None
    return path.read_bytes()


class Training:
    """A small network, its optimizer, and the batch that it learns from."""

    def __init__(self, kind, state, lr, X, y):
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


def saved(save_checkpoint, beginning, steps, epoch, on_gpu=False, as_path=False):
    """What is in the file that save_checkpoint writes after so many steps.

    Afterwards training goes on, and is saved once more elsewhere: the first file must be as it was.
    """
    training, path = Training(*beginning), new_path(f"after {epoch}.pth", as_path)
    training.steps(steps)
    device = "cuda:0" if on_gpu else "cpu"
    with mock.patch.object(torch.serialization, "location_tag", lambda storage: device):
        save_checkpoint(path, training.model, training.optimizer, epoch)
    training.steps(2)
    later = new_path("later.pth", not as_path)
    save_checkpoint(later, training.model, training.optimizer, epoch + 1)
    return None if bytes_of(later) is None else bytes_of(path)


def loaded(load_checkpoint, data, newcomer, steps, as_path=False):
    """What load_checkpoint gives on a machine without a GPU, for the same file at another path.

    And the weights that a new training has then, and after so many more steps.
    """
    training, path = Training(*newcomer), new_path("moved.pth", as_path)
    Path(path).write_bytes(data)
    with (
        mock.patch.object(torch.cuda, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "is_available", lambda: False),
        mock.patch.object(torch.accelerator, "current_accelerator", lambda *a, **k: None),
    ):
        epoch = load_checkpoint(path, training.model, training.optimizer)
    return epoch, training.steps(0), training.steps(steps)


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
    lr = rng.uniform(0.2, 0.4) if kind == "momentum" else rng.uniform(0.03, 0.06)
    data = (rng.tensor(12, sizes[0]), rng.labels(12, sizes[2]))
    return SimpleNamespace(
        beginning=[kind, draw_small(rng, sizes), lr, *data],
        # Other weights and another learning rate: both are in the checkpoint.
        newcomer=[kind, draw_small(rng, sizes), lr * 0.3, *data],
        before=rng.integer(3, 6),
        after=rng.integer(3, 6),
        epoch=rng.integer(11, 90),
    )


def saved(student, tools, run, **how):
    """The bytes of the file that save_checkpoint writes."""
    data = tools.saved(student.save_checkpoint, run.beginning, run.before, run.epoch, **how)
    require(
        data is not None,
        "save_checkpoint(path, model, optimizer, epoch) did not write a file to the path that it "
        "was given.",
        hint="Is it the argument path that torch.save gets?",
    )
    return data


def loaded(student, tools, run, data, **how):
    """What load_checkpoint returned, and the weights right after and some steps later."""
    return tools.loaded(student.load_checkpoint, data, run.newcomer, run.after, **how)


def uninterrupted(solution, run):
    """The weights where the checkpoint is saved and some steps later, and the momenta there."""
    training = define(solution, TOOLS).Training(*run.beginning)
    now = training.steps(run.before)
    momenta = training.momenta() if run.beginning[0] == "momentum" else []
    return now, training.steps(run.after), momenta


def expect_goes_on(student, solution, run, **how):
    """Training after load_checkpoint leads where it would have led without stopping."""
    tools = define(student, TOOLS)
    data = saved(student, tools, run, **how)
    _, now, later = loaded(student, tools, run, data)
    right_now, right_later, _ = uninterrupted(solution, run)
    hint = "Is it the model that load_checkpoint was given that gets the saved weights?"
    for name, right in right_now.items():
        expect(
            now[name], right, name=f"The parameter {name} after load_checkpoint", hint=hint, **CLOSE
        )
    hint = (
        "The weights were right when training went on. What else does the optimizer need to take "
        "the same steps?"
    )
    for name, right in right_later.items():
        told = f"The parameter {name} after {run.after} more steps"
        expect(later[name], right, name=told, hint=hint, **CLOSE)


@check("checkpoint", weight=2)
def test_training_goes_on_with_its_momentum(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "momentum"))


@check("checkpoint")
def test_training_goes_on_with_adam(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "adam"), as_path=True)


@check("checkpoint")
def test_training_goes_on_from_a_machine_with_a_gpu(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "momentum"), on_gpu=True)


@check("checkpoint")
def test_gives_back_the_epoch(student, rng):
    run = draw_run(rng, "momentum")
    tools = define(student, TOOLS)
    files = {}
    for epoch in rng.shuffled([run.epoch, 1]):
        run.epoch = epoch
        files[epoch] = saved(student, tools, run)
    for epoch, data in files.items():
        expect(
            loaded(student, tools, run, data, as_path=epoch == 1)[0],
            epoch,
            name="load_checkpoint(path, model, optimizer)",
            hint="Is the epoch in the file, and returned as the number that it was?",
        )


@check("checkpoint")
def test_file_holds_weights_and_optimizer_as_plain_data(student, solution, fresh, rng):
    run = draw_run(rng, "momentum")
    file = read_torch_file(fresh, saved(student, define(student, TOOLS), run))
    require(
        not file.refused,
        "The file holds pickled objects, not plain data alone.",
        hint="What do a model and an optimizer give you that has only names, numbers and tensors "
        "in it?",
    )
    weights, _, momenta = uninterrupted(solution, run)
    require(
        all(has(file, tensor) for tensor in weights.values()),
        "Some of the model's weights are not in the file.",
    )
    require(
        all(has(file, tensor) for tensor in momenta),
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
def test_loading_runs_no_code_from_a_file(student, solution, fresh, rng):
    run = draw_run(rng, "momentum")
    tools = define(student, TOOLS)
    data = saved(student, tools, run)
    expect(
        loaded(student, tools, run, data)[1],
        uninterrupted(solution, run)[0],
        name="The weights after load_checkpoint of a harmless file",
        **CLOSE,
    )
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(fresh, data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = False
    try:
        loaded(student, tools, run, trap)
    except StudentError:
        refused = True
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint="What must torch.load be told, so that it takes plain data only?",
    )
    require(refused, "load_checkpoint said nothing about a file with code in it.")


EPOCHS = '''
from unittest import mock

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


def written(model):
    """Changes where a tensor of the model is written, or another one takes its place."""
    tensors = model.state_dict().values()
    return [(t.data_ptr(), None if t.is_inference() else t._version) for t in tensors]


class Epochs:
    """A run_epoch: after its n-th call the model has the n-th of these states and accuracies."""

    def __init__(self, states, accuracies):
        self.states, self.accuracies, self.calls, self.written = states, accuracies, 0, None

    def __call__(self, model):
        index = min(self.calls, len(self.states) - 1)
        self.calls += 1
        model.train()
        with torch.no_grad():
            for name, tensor in model.state_dict().items():
                tensor.copy_(self.states[index][name])
        self.written = written(model)
        return self.accuracies[index]


def kept(keep_best, start, states, accuracies):
    """How often the model was copied as a whole, whether anything was written into it after the
    last epoch, how many epochs there were, what keep_best returns, and the model's state."""
    model, run_epoch, copies = network(start), Epochs(states, accuracies), []
    set_state = nn.Sequential.__setstate__

    def set_state_of_a_copy(copy, state):
        copies.append(copy)
        set_state(copy, state)

    with mock.patch.object(nn.Sequential, "__setstate__", set_state_of_a_copy):
        best = keep_best(model, run_epoch, len(states))
    put_back = written(model) != run_epoch.written
    return len(copies), put_back, run_epoch.calls, best, state_of(model)
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


def kept_best(student, *several):
    """For each drawn case: what keep_best returned, the model's state, the number of epochs, and
    whether anything was put back. How often the model was copied only tells mistakes apart.
    """
    tools = define(student, EPOCHS)
    results = [
        tools.kept(student.keep_best, epochs.start, epochs.states, epochs.accuracies)
        for epochs in several
    ]
    return [
        SimpleNamespace(best=best, state=state, calls=calls, put_back=put_back)
        for _, put_back, calls, best, state in results
    ]


def expect_best(got, epochs):
    expect(
        got,
        epochs.accuracies[epochs.best],
        name=f"keep_best(model, run_epoch, {epochs.count})",
        hint="Is it the best of the accuracies that run_epoch has returned, as a plain float?",
    )


def expect_state(got, epochs, names):
    state = got.state
    require(isinstance(state, dict), "The model cannot be read after keep_best.")
    for name in names:
        require(
            epochs.best == epochs.count - 1
            or not isinstance(state[name], torch.Tensor)
            or not torch.equal(state[name], epochs.states[-1][name]),
            "The model has the weights of the last epoch, and another one was the best.",
            hint="What is written into the model that was given, after the last epoch?"
            if got.put_back is False
            else "Whose tensors are in the dictionary that was kept? The next epoch changes the "
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
    cases = [draw_epochs(rng, *case) for case in ((rng.integer(4, 7), 2), (3, 0), (4, 3))]
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        expect_best(got.best, epochs)


@check("keep_best", weight=2)
def test_model_has_the_weights_of_its_best_epoch(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4))
    (got,) = kept_best(student, epochs)
    expect_state(got, epochs, PARAMETERS)


@check("keep_best")
def test_also_if_the_first_or_the_last_epoch_is_the_best(student, rng):
    count = rng.integer(3, 6)
    cases = [draw_epochs(rng, count, best) for best in (0, count - 1)]
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        expect_state(got, epochs, PARAMETERS)


@check("keep_best")
def test_puts_back_the_whole_state_dict(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4))
    (got,) = kept_best(student, epochs)
    expect_best(got.best, epochs)
    expect_state(got, epochs, PARAMETERS + BUFFERS)


@check("keep_best")
def test_runs_as_many_epochs_as_asked_for(student, rng):
    count = rng.integer(4, 8)
    cases = [draw_epochs(rng, count, count - 1), draw_epochs(rng, 1, 0)]
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        expect_best(got.best, epochs)
        expect(got.calls, epochs.count, name="The number of calls of run_epoch")
