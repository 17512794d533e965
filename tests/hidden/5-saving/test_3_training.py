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
    accelerators,
    booby_trapped,
    check,
    define,
    expect,
    hints,
    is_rounded,
    read_torch_file,
    require,
    shown_by,
    tools,
)

CHECKPOINTS = tools(__file__, "gradients_on", "checkpoints")
TRAPPED = tools(__file__, "gradients_on", "checkpoints", "traps")
EPOCHS = tools(__file__, "gradients_on", "best_epochs")

# Wide enough for weights that were rounded, which one check alone takes points for.
LOOSE = {"rtol": 0.02, "atol": 0.01}
SAME = {"rtol": 0.0, "atol": 0.0}
CLOSE = {"rtol": 1e-4, "atol": 1e-5}
CLOSEST = {"rtol": 1e-10, "atol": 1e-10}
DIGITS = (
    "The numbers are near, and not the same. Follow one with .item() after each step: which step "
    "changes it?"
)
DTYPES = (
    "The numbers are near, with the digits of another dtype. Print a weight's dtype after each "
    "step: where does it change?"
)
AT_PATH = "Look for new files after the call. In which folder is each, and under which name?"
READ_AS_TOLD = (
    'The docstring says under "loads" what must not happen. Which of your lines allows it?'
)
NO_ERROR = "The docstring asks for an error. Who raises it, and does it reach the caller?"
SAME_FORM = "Print shape and dtype of the model's tensors before and after. What changes them?"
BEGIN_THERE = "If other checks of {} fail too, begin with those."
KINDS = ("type", "keys", "shape", "dtype", "values")


def begin_there(exercise):
    """For what a check asks before it comes to its own property."""
    return hints(**dict.fromkeys(KINDS, BEGIN_THERE.format(exercise)))


def draw_small(rng, sizes, kind, dtype):
    inputs, hidden, classes = sizes
    if kind == "buffers":
        return {
            "0.weight": rng.tensor(hidden, inputs) * 0.5,
            "0.bias": rng.tensor(hidden) * 0.5,
            "1.weight": rng.tensor(hidden) * 0.1 + 1,
            "1.bias": rng.tensor(hidden) * 0.5,
            "1.running_mean": rng.tensor(hidden),
            "1.running_var": rng.tensor(hidden).abs() + 0.5,
            "1.num_batches_tracked": rng.integers(3, 900),
            "3.weight": rng.tensor(classes, hidden) * 0.5,
            "3.bias": rng.tensor(classes) * 0.5,
        }
    return {
        "0.weight": rng.tensor(hidden, inputs, dtype=dtype) * 0.5,
        "0.bias": rng.tensor(hidden, dtype=dtype) * 0.5,
        "2.weight": rng.tensor(classes, hidden, dtype=dtype) * 0.5,
        "2.bias": rng.tensor(classes, dtype=dtype) * 0.5,
    }


def draw_run(rng, kind, dtype=torch.float32):
    """A training to begin with, another one of the same kind to take over, and an epoch."""
    sizes = (rng.integer(4, 8), rng.integer(8, 11), rng.integer(3, 7))
    lr = rng.uniform(0.2, 0.4) if kind == "momentum" else rng.uniform(0.03, 0.06)
    data = (rng.tensor(12, sizes[0], dtype=dtype), rng.labels(12, sizes[2]))
    return SimpleNamespace(
        beginning=[kind, draw_small(rng, sizes, kind, dtype), lr, *data],
        # Other weights and another learning rate: both are in the checkpoint.
        newcomer=[kind, draw_small(rng, sizes, kind, dtype), lr * 0.3, *data],
        before=rng.integer(3, 6),
        after=rng.integer(3, 6),
        epoch=rng.integer(11, 90),
    )


def saved(student, tools, run, **how):
    """What is in the file that save_checkpoint writes; the weights two steps after saving."""
    data, later, modes_stay, others = tools.saved(
        student.save_checkpoint, run.beginning, run.before, run.epoch, **how
    )
    # unneeded: what was not written cannot be read either, but this says so in better words
    require(
        data is not None,
        "save_checkpoint(path, model, optimizer, epoch) did not write a file to the path that it "
        "was given.",
        hint=AT_PATH,
    )
    return SimpleNamespace(data=data, later=later, modes_stay=modes_stay, others=others)


def loaded(student, tools, run, data, **how):
    """What load_checkpoint returned, the optimizer's learning rates, the weights right after and
    some steps later, and whether the model's mode and the file stayed as they were.
    """
    epoch, rates, now, later, modes_stay, file_stays = tools.loaded(
        student.load_checkpoint, data, run.newcomer, run.after, **how
    )
    return SimpleNamespace(
        epoch=epoch,
        rates=rates,
        now=now,
        later=later,
        modes_stay=modes_stay,
        file_stays=file_stays,
    )


def uninterrupted(solution, run):
    """The weights where the checkpoint is saved and some steps later, and the momenta there."""
    training = define(solution, CHECKPOINTS).Training(*run.beginning)
    now = training.steps(run.before)
    momenta = training.momenta() if run.beginning[0] == "momentum" else []
    return now, training.steps(run.after), momenta


def expect_goes_on(student, solution, run, tolerance=LOOSE, **how):
    """Training after load_checkpoint leads where it would have led without stopping."""
    tools = define(student, CHECKPOINTS)
    file = saved(student, tools, run, **how)
    got = loaded(student, tools, run, file.data)
    right_now, right_later, _ = uninterrupted(solution, run)
    for name, right in right_now.items():
        told = f"The model's {name} after load_checkpoint"
        why = why_other_weights(name, got.now, right, run, file)
        with hints(type=SAME_FORM, shape=SAME_FORM, dtype=SAME_FORM, values=why):
            # unneeded: who begins elsewhere ends elsewhere too, but this says which went wrong
            expect(got.now[name], right, name=told, **tolerance)
    why = why_other_steps(got, run)
    for name, right in right_later.items():
        told = f"The model's {name} after {run.after} more steps"
        with hints(type=SAME_FORM, shape=SAME_FORM, dtype=SAME_FORM, values=why):
            expect(got.later[name], right, name=told, **tolerance)


def why_other_weights(name, now, right, run, file):
    """The hint for other weights than the saved ones, by whose they are."""
    if near(now[name], right):
        return why_near(now[name], right)
    if is_buffer(name):
        return (
            "A model keeps more than its parameters. Is all that its state_dict holds in the file, "
            "and in the model afterwards?"
        )
    if all_near(now, run.newcomer[1]):
        return "These weights were in the model before load_checkpoint. Where are the saved ones?"
    if all_near(now, file.later):
        return "These weights are of a later step than the saved ones. Where are they from?"
    return "Print a weight of the model before saving and after loading. Where does it change?"


def why_other_steps(got, run):
    """The hint for steps that lead elsewhere from the right weights, by what is seen of them."""
    rates, lr = got.rates, run.beginning[2]
    if rates and rates != [lr, lr / 2][: len(rates)]:
        return (
            "The optimizer does not have the saved learning rate. Print its param_groups before "
            "saving and after loading: where do they differ?"
        )
    weights = [name for name in got.now if not is_buffer(name)]
    if not any(moved(got.now[name], got.later.get(name)) for name in weights):
        return "The steps change no weight of the model. Whose weights does the optimizer step?"
    return (
        "The weights were right, and the next steps differ. Print optimizer.state_dict() before "
        "saving and after loading: where do they differ?"
    )


def is_buffer(name):
    return name.startswith("1.running") or name.endswith("tracked")


def near(got, right):
    # unneeded: it chooses a hint's words alone
    return (
        is_plain(got)
        and is_plain(right)
        and got.shape == right.shape
        and torch.allclose(got.double(), right.double(), **LOOSE)
    )


def why_near(got, right):
    """The hint for numbers that are `near`: whether they have the digits of a smaller dtype, but
    for a few that were rounded the other way.
    """
    for dtype in (torch.float16, torch.bfloat16, torch.float32):
        cut = right.to(dtype).double()
        if dtype != right.dtype and (got.double() == cut).double().mean() > 0.8:
            return DTYPES
    return DIGITS


def is_plain(result):
    # unneeded: it chooses a hint's words alone
    return (
        isinstance(result, torch.Tensor)
        and (result.layout, result.device.type) == (torch.strided, "cpu")
        and not (result.is_complex() or result.is_quantized)
    )


def all_near(got, right):
    # unneeded: it chooses a hint's words alone
    return (
        isinstance(got, dict)
        and isinstance(right, dict)
        and all(near(got.get(name), tensor) for name, tensor in right.items())
    )


def moved(before, after):
    """Whether the values differ, as far as that can be seen."""
    return not (
        isinstance(before, torch.Tensor)
        and isinstance(after, torch.Tensor)
        and before.shape == after.shape
        and before.dtype == after.dtype
        and torch.equal(before, after)
    )


@check("checkpoint", weight=3, part="idea")
def test_training_goes_on_with_its_momentum(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "momentum"))


@check("checkpoint", part="details")
def test_training_goes_on_to_the_last_digit(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "momentum"), CLOSE)
    # In double precision, too: digits that float32 would take away.
    expect_goes_on(student, solution, draw_run(rng, "momentum", torch.float64), CLOSEST)


@check("checkpoint", part="contract")
def test_training_goes_on_with_all_that_a_model_keeps(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "buffers"))


@check("checkpoint", part="idea")
def test_training_goes_on_with_adam(student, solution, rng):
    expect_goes_on(student, solution, draw_run(rng, "adam"), as_path=True)


@check("checkpoint", part="contract")
def test_training_goes_on_from_a_machine_with_a_gpu(student, solution, rng):
    # Also from a machine with several GPUs, and from one with another kind.
    for device in ("cuda:0", f"cuda:{rng.integer(1, 8)}", "mps"):
        expect_goes_on(student, solution, draw_run(rng, "momentum"), device=device)
    run = draw_run(rng, "momentum")
    tools, right = define(student, CHECKPOINTS), uninterrupted(solution, run)[1]
    answers = (student.save_checkpoint, student.load_checkpoint)
    trained = (run.beginning, run.newcomer, [run.before, run.after])
    for gpu in accelerators(student):
        devices, later = gpu.call(tools.moved, *answers, *trained, gpu.device)
        expect(
            devices,
            [str(gpu.device)],
            name="The devices of models on an accelerator, after save_checkpoint and "
            "load_checkpoint,",
            hint="Print the devices of both models before and after the calls. What moves one?",
        )
        told = (
            "Here model and optimizer are on an accelerator. Print the devices of all that the "
            "optimizer keeps: are they the model's? "
        ) + BEGIN_THERE.format("checkpoint")
        with hints(type=SAME_FORM, keys=SAME_FORM, shape=SAME_FORM, dtype=SAME_FORM, values=told):
            expect(
                {name: placed.values for name, placed in later.items()},
                right,
                name=f"The model's state_dict after {run.after} more steps, on an accelerator,",
                **LOOSE,
            )


@check("checkpoint", part="contract")
def test_gives_back_the_epoch(student, rng):
    run = draw_run(rng, "momentum")
    tools = define(student, CHECKPOINTS)
    files = {}
    for epoch in rng.shuffled([run.epoch, 1, 1000 * run.epoch]):
        run.epoch = epoch
        files[epoch] = saved(student, tools, run).data
    for epoch, data in files.items():
        got = loaded(student, tools, run, data, as_path=epoch == 1).epoch
        with hints(
            type="Print the type of the epoch before saving and after loading. What changes it?",
            values=why_other_epoch(got, epoch),
        ):
            expect(got, epoch, name="load_checkpoint(path, model, optimizer)")
    trained = (student.save_checkpoint, student.load_checkpoint, run.beginning, run.newcomer)
    expect(
        tools.saved_here(*trained, 0),
        0,
        name="load_checkpoint(path, model, optimizer) for training that has not begun, and a path "
        "that is the file's name alone,",
        hint='Save epoch 0 before any step, with path "here.pth", and load it. What comes back?',
    )


def why_other_epoch(got, epoch):
    if isinstance(got, int) and got == epoch + 1:
        return "One more came back than was saved. Where does the number come from?"
    return (
        "Save with epoch=7, then with epoch=70000, each to its own path. What comes back for each?"
    )


@check("checkpoint", part="contract")
def test_leaves_mode_and_files_as_they_were(student, solution, rng):
    run = draw_run(rng, "momentum")
    tools = define(student, CHECKPOINTS)
    file = saved(student, tools, run)
    got = loaded(student, tools, run, file.data)
    for name, right in uninterrupted(solution, run)[0].items():
        told = f"The model's {name} after load_checkpoint"
        with begin_there("checkpoint"):
            expect(got.now[name], right, name=told, **LOOSE)
    require(
        got.modes_stay is True,
        "The model, or a part of it, was in training mode, and is not after load_checkpoint.",
        hint="Training goes on with this model. Who decides on its mode?",
    )
    require(
        file.others == [],
        "There is another file beside the one that save_checkpoint was asked for.",
        hint="Which files does your function write? The caller has named one.",
    )
    require(
        got.file_stays is True,
        "After load_checkpoint the file is not as it was, or there is another one beside it.",
        hint="The file may be needed once more. Look at it and its folder before the call and "
        "after it: what has changed?",
    )


@check("checkpoint", weight=2, part="contract")
def test_file_holds_weights_and_optimizer_as_plain_data(student, solution, fresh, rng):
    run = draw_run(rng, "momentum")
    written = saved(student, define(student, CHECKPOINTS), run)
    file = read_torch_file(fresh, written.data)
    # unneeded: what is refused holds no tensors that are found, but this says why
    require(
        not file.refused,
        "The file holds pickled objects, not plain data alone.",
        hint="Which part of your file is an object of some class, and not just names, numbers and "
        "tensors?",
    )
    weights, _, momenta = uninterrupted(solution, run)
    require(
        all(has(file, tensor) for tensor in weights.values()),
        "Some of the model's weights are not in the file.",
        hint="Load your file, and compare it with model.state_dict(). Which numbers are not in it?",
    )
    # unneeded: how many of them are missing costs the same
    require(
        all(has(file, tensor) for tensor in momenta),
        "The state of the optimizer is not in the file.",
        hint="Load your file, and compare it with optimizer.state_dict(). What is not in it?",
    )
    training = define(solution, CHECKPOINTS).Training(*run.beginning)
    for name, right in training.steps(run.before + 2).items():
        told = f"The parameter {name} two steps after save_checkpoint"
        steps = (
            "Print the state_dict of the model and of the optimizer before save_checkpoint and "
            "after it. What has changed?"
        )
        with hints(type=SAME_FORM, shape=SAME_FORM, dtype=SAME_FORM, values=steps):
            expect(written.later[name], right, name=told, **CLOSE)
    require(
        written.modes_stay is True,
        "The model, or a part of it, is in another mode after save_checkpoint.",
        hint="Saving only looks. Which line changes the mode, and does what is saved depend on it?",
    )


def has(file, tensor):
    """Whether a tensor with these values is anywhere in the file."""
    return any(
        other.shape == tensor.shape
        and other.is_floating_point()
        and torch.allclose(other.float(), tensor, **LOOSE)
        for other in file.tensors
    )


@check("checkpoint", weight=3, part="idea")
def test_loading_runs_no_code_from_a_file(student, solution, fresh, rng):
    run = draw_run(rng, "momentum")
    tools = define(student, TRAPPED)
    data = saved(student, tools, run).data
    with begin_there("checkpoint"):
        expect(
            loaded(student, tools, run, data).now,
            uninterrupted(solution, run)[0],
            name="The weights after load_checkpoint of a harmless file",
            **LOOSE,
        )
    mark = f"mark_{rng.seed()}"
    trap = booby_trapped(fresh, data, f"setattr(__import__('builtins'), '{mark}', True)")
    refused = False
    try:
        loaded(student, tools, run, trap)
    except StudentError:
        refused = True
    # unneeded: who runs it does not refuse it either, but this says what has happened
    require(
        tools.has_run(mark) is False,
        "Code that was hidden in a file has run.",
        hint=READ_AS_TOLD,
    )
    require(
        refused,
        "load_checkpoint said nothing about a file with code in it.",
        hint=NO_ERROR,
    )


def draw_epochs(rng, count, best, scale=1.0, dtype=torch.float32):
    """So many states of a model, the first one as it comes, and accuracies with the best there."""
    rows, columns = rng.integer(3, 6), rng.integer(6, 9)
    states = [
        {
            "0.weight": rng.tensor(rows, columns, dtype=dtype),
            "0.bias": rng.tensor(rows, dtype=dtype),
            "1.weight": rng.tensor(rows, dtype=dtype),
            "1.bias": rng.tensor(rows, dtype=dtype),
            "1.running_mean": rng.tensor(rows, dtype=dtype),
            "1.running_var": rng.tensor(rows, dtype=dtype).abs() + 0.1,
            "1.num_batches_tracked": torch.tensor(10 * epoch + rng.integer(0, 10)),
        }
        for epoch in range(count + 1)
    ]
    accuracies = [round(rng.uniform(0.1, 0.6) * scale, 5) for _ in range(count)]
    accuracies[best] = round(rng.uniform(0.7, 0.9) * scale, 5)
    return SimpleNamespace(
        start=states[0], states=states[1:], accuracies=accuracies, count=count, best=best
    )


def kept_best(student, *several):
    """For each drawn case: what keep_best returned, the model's state, the number of epochs, and
    whether anything was put back. How often the model was copied only tells mistakes apart.
    """
    kept = define(student, EPOCHS).kept
    results = [
        kept(student.keep_best, epochs.start, epochs.states, epochs.accuracies)
        for epochs in several
    ]
    return [
        SimpleNamespace(best=best, state=state, calls=calls, put_back=put_back, seen=seen)
        for _, put_back, calls, best, state, seen in results
    ]


# Whoever trains for too many epochs finds other states and other accuracies.
CALLS_FIRST = (
    "run_epoch was not called as often as epochs says. If other checks of keep_best say so, begin "
    "with those."
)
OTHER_MODEL = (
    "run_epoch did not get the caller's own model each time. If other checks of keep_best say so, "
    "begin with those."
)
FOUND = (
    "The accuracy that came back is of another epoch, too. Print each one beside the best so far: "
    "when should the best change?"
)
NO_ACCURACY = (
    "Another number came back than the best accuracy, too. Print the best so far after each epoch: "
    "when does it change?"
)
A_HAIR = (
    "The accuracy that came back is of another epoch, too, by a hair lower than the best. When is "
    "an epoch better for your code?"
)


def expect_best(student, got, epochs):
    with hints(
        type="What does the docstring say is returned, and of which type?",
        values=lambda: why_not_best(student, got, epochs),
    ):
        name = f"keep_best(model, run_epoch, {epochs.count})"
        expect(got.best, epochs.accuracies[epochs.best], name=name)


def why_not_best(student, got, epochs):
    """The hint for another accuracy than the best, by which one it is, or one that shows it."""
    if got.calls != epochs.count:
        return CALLS_FIRST
    last, lowest = epochs.accuracies[-1], min(epochs.accuracies)
    if isinstance(got.best, float) and got.best in (last, lowest):
        which = "that of the last epoch" if got.best == last else "the lowest of all epochs"
        return f"The accuracy that came back is {which}. Is there a higher one?"
    if is_rounded(got.best, epochs.accuracies[epochs.best]):
        return "The best accuracy came back with fewer digits. Which step takes them away?"
    by_hand = [(0.5, 0.9, 0.7), (0.9, 0.5, 0.7), (0.5, 0.7, 0.9), (0.004, 0.008, 0.006)]
    if max(epochs.accuracies) < 0.1:
        by_hand.reverse()
    trials = [
        (
            by_epochs(student, epochs, accuracies, "best"),
            max(accuracies),
            f"run_epoch returns {', then '.join(map(str, accuracies))}. What do you return?",
        )
        for accuracies in by_hand
    ]
    other = "Print each accuracy, and the best one so far. When does your code take a new one?"
    return shown_by(*trials, other=other)


def by_epochs(student, epochs, accuracies, what):
    """A trial for `shown_by`: `what` is seen of keep_best where run_epoch returns these."""
    # The states do not matter.
    start = epochs.start
    case = SimpleNamespace(
        start=start, states=[start] * len(accuracies), accuracies=list(accuracies)
    )
    return lambda: getattr(kept_best(student, case)[0], what)


def why_fewer_calls(student, epochs):
    """The hint for too few calls of run_epoch, by the accuracies that show it."""
    told = "run_epoch returns {}, and then 0.5, 0.7 and 0.6. How many calls are there for epochs=4?"
    return shown_by(
        (
            by_epochs(student, epochs, (0.5, 0.6, 0.7, 0.9), "calls"),
            4,
            "Count the calls of run_epoch for epochs=1 and for epochs=4. How many are there?",
        ),
        (by_epochs(student, epochs, (0.9, 0.5, 0.7, 0.6), "calls"), 4, told.format("0.9")),
        (by_epochs(student, epochs, (1.0, 0.5, 0.7, 0.6), "calls"), 4, told.format("1.0")),
        other="The first of 30 epochs is the best. How many calls of run_epoch are there?",
    )


def expect_state(got, epochs, names):
    state = got.state
    # unneeded: what cannot be read is not right either, but this says so
    require(isinstance(state, dict), "The model cannot be read after keep_best.")
    for name in names:
        # unneeded: other weights than the best fail below too, but this says whose they are
        require(
            epochs.best == epochs.count - 1
            or not isinstance(state[name], torch.Tensor)
            or not torch.equal(state[name], epochs.states[-1][name]),
            "The model has the weights of the last epoch, and another one was the best.",
            hint=why_the_last(name, got, epochs),
        )
        with hints(
            type=SAME_FORM,
            shape=SAME_FORM,
            dtype=SAME_FORM,
            values=why_another(name, got, epochs),
        ):
            best = epochs.states[epochs.best][name]
            expect(state[name], best, name=f"The model's {name} after keep_best", **SAME)


def why_the_last(name, got, epochs):
    """The hint for the weights of the last epoch, where another one was the best."""
    first = what_first(name, got, epochs)
    if first is not None:
        return first
    if got.put_back is False:
        return "What is written into the model that was given, after the last epoch?"
    return (
        "Weights were put back, and they are the last epoch's. Print a weight of what you keep "
        "after each epoch: from when on is it the last one's?"
    )


def why_another(name, got, epochs):
    """The hint for other weights than those of the best epoch, by whose they are."""
    first = what_first(name, got, epochs)
    if first is not None:
        return first
    if near(got.state[name], epochs.states[epochs.best][name]):
        return why_near(got.state[name], epochs.states[epochs.best][name])
    before = [epochs.start, *epochs.states][epochs.best]
    if near(got.state[name], before[name]):
        return "The model has the weights from before its best epoch. When were they kept?"
    if near(got.state[name], epochs.start[name]):
        return "The model has its very first weights. Print what you put back: where is it from?"
    return "Print a weight of the model after each epoch and at the end. Where is it from?"


def what_first(name, got, epochs):
    """The hint where something else is wrong that explains other weights, or None."""
    if got.calls != epochs.count:
        return CALLS_FIRST
    if name in BUFFERS:
        return "The parameters are right, and a buffer is not. What else is in state_dict()?"
    if isinstance(got.best, (int, float)) and abs(got.best) < 1e6:
        below = epochs.accuracies[epochs.best] - got.best
        if got.best in epochs.accuracies and below > 0:
            return A_HAIR if below < 1e-4 else FOUND
        if not abs(below) < 1e-6:
            return NO_ACCURACY
    if isinstance(got.seen, list) and got.seen[:1] == [False]:
        return OTHER_MODEL
    if isinstance(got.seen, list) and got.seen[2:] == [False]:
        return (
            "An epoch did not begin with the weights that the last one had left. What do you "
            "write into the model, and when?"
        )
    return None


PARAMETERS = ("0.weight", "0.bias", "1.weight", "1.bias")
BUFFERS = ("1.running_mean", "1.running_var", "1.num_batches_tracked")


# First, for whoever trains for too many epochs or too few finds other things wrong as well.
@check("keep_best", weight=2, part="contract")
def test_trains_the_model_as_many_epochs_as_asked_for(student, rng):
    count = rng.integer(4, 8)
    cases = [draw_epochs(rng, count, count - 1), draw_epochs(rng, 1, 0)]
    # The first of many is so good that no later one is better.
    cases.append(draw_epochs(rng, rng.integer(25, 40), 0))
    cases[-1].accuracies[0] = 1.0
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        # unneeded: too many calls fail below too, but this says that they are too many
        require(
            got.calls <= epochs.count,
            f"run_epoch was called more often than keep_best(model, run_epoch, {epochs.count}) "
            "asks for.",
            hint="Count the calls of run_epoch for epochs=1 and for epochs=4. How many are there?",
        )
        with hints(fact=lambda: why_fewer_calls(student, cases[0])):
            # unneeded: fewer calls have not the best weights either, but this says why
            require(
                got.calls == epochs.count,
                "run_epoch was called less often than keep_best(model, run_epoch, "
                f"{epochs.count}) asks for.",
            )
        require(
            isinstance(got.seen, list) and got.seen[:2] == [True, True],
            "run_epoch got another model than the one that keep_best was given, or could not "
            "record gradients.",
            hint=why_no_training(got.seen),
        )
        require(
            got.seen == [True, True, True],
            "An epoch did not begin with the weights that the last one had left.",
            hint="What does your code write into the model between two calls of run_epoch?",
        )
        # Who returns the last accuracy loses another check for it.
        if epochs.best == epochs.count - 1:
            expect_best(student, got, epochs)


def why_no_training(seen):
    if isinstance(seen, list) and seen and seen[0] is False:
        return "Is what run_epoch gets, each time, the caller's own model?"
    return "run_epoch trains the model, and needs gradients for it. What has switched them off?"


@check("keep_best", part="idea")
def test_returns_the_best_accuracy(student, rng):
    cases = [draw_epochs(rng, *case) for case in ((rng.integer(4, 7), 2), (3, 0), (4, 3))]
    # Of a network that is still bad, too.
    cases.append(draw_epochs(rng, 4, 1, 0.01))
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        expect_best(student, got, epochs)


@check("keep_best", weight=3, part="idea")
def test_model_has_the_weights_of_its_best_epoch(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4))
    (got,) = kept_best(student, epochs)
    expect_state(got, epochs, PARAMETERS)


@check("keep_best", part="contract")
def test_also_if_the_first_or_the_last_epoch_is_the_best(student, rng):
    count = rng.integer(3, 6)
    cases = [draw_epochs(rng, count, best) for best in (0, count - 1)]
    # By one image of 20,000: another epoch comes near, before the best one or after it.
    for case, near_by in zip(cases, (1, -2), strict=True):
        case.accuracies[near_by] = case.accuracies[case.best] - 5e-5
    for epochs, got in zip(cases, kept_best(student, *cases), strict=True):
        expect_state(got, epochs, PARAMETERS)


@check("keep_best", part="contract")
def test_puts_back_the_whole_state_dict(student, rng):
    epochs = draw_epochs(rng, rng.integer(5, 8), rng.integer(1, 4), dtype=torch.float64)
    (got,) = kept_best(student, epochs)
    expect_best(student, got, epochs)
    expect_state(got, epochs, PARAMETERS + BUFFERS)


CLAUSES = {
    "checkpoint": [
        {
            "text": "Writes to one file all that training needs to go on.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "where to, a str or a pathlib.Path",
            "checks": [
                "test_training_goes_on_with_its_momentum",
                "test_training_goes_on_to_the_last_digit",
                "test_training_goes_on_with_all_that_a_model_keeps",
                "test_training_goes_on_with_adam",
                "test_training_goes_on_from_a_machine_with_a_gpu",
                "test_gives_back_the_epoch",
                "test_file_holds_weights_and_optimizer_as_plain_data",
                "test_loading_runs_no_code_from_a_file",
                "test_leaves_mode_and_files_as_they_were",
            ],
            "broken_by": {
                "line": "torch.save(checkpoint, path)",
                "becomes": 'torch.save(checkpoint, "" + path)',
            },
        },
        {
            "text": "its folder exists",
            "why_none": "a promise to the answer: nothing else is ever given",
        },
        {
            "text": "a file that is there is replaced",
            "checks": ["test_training_goes_on_with_adam"],
            "broken_by": "mistakes/keeps_an_older_file",
        },
        {
            "text": "an nn.Module and its optimizer, of any kind",
            "checks": [
                "test_training_goes_on_with_adam",
                "test_training_goes_on_with_all_that_a_model_keeps",
            ],
            "broken_by": "mistakes/momentum_only",
        },
        {
            "text": "how many epochs are done, an int",
            "checks": ["test_gives_back_the_epoch"],
            "broken_by": "mistakes/epoch_plus_one",
        },
        {
            "text": "holds the weights, the state of the optimizer and the epoch",
            "checks": [
                "test_training_goes_on_with_its_momentum",
                "test_training_goes_on_to_the_last_digit",
                "test_training_goes_on_with_all_that_a_model_keeps",
                "test_training_goes_on_with_adam",
                "test_training_goes_on_from_a_machine_with_a_gpu",
                "test_file_holds_weights_and_optimizer_as_plain_data",
            ],
            "broken_by": "mistakes/optimizer_forgotten",
        },
        {
            "text": "as plain data, which torch.load(path, weights_only=True) reads",
            "checks": [
                "test_file_holds_weights_and_optimizer_as_plain_data",
                "test_loading_runs_no_code_from_a_file",
            ],
            "broken_by": "mistakes/optimizer_pickled",
        },
        {"text": "under which keys is up to you", "allowed_by": "variants/long_names_and_more"},
        {"text": "nothing that is looked at", "why_none": "it says itself that nobody looks at it"},
        {
            "text": "only the file",
            "checks": ["test_file_holds_weights_and_optimizer_as_plain_data"],
            "broken_by": "mistakes/shorter_strides_after_saving",
        },
        {
            "text": "Puts what save_checkpoint has written into a model and its optimizer.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "a str or a pathlib.Path of a file that save_checkpoint has written",
            "checks": ["test_gives_back_the_epoch"],
            "broken_by": {
                "line": 'checkpoint = torch.load(path, map_location="cpu", weights_only=True)',
                "becomes": 'place = "" + path\n'
                'checkpoint = torch.load(place, map_location="cpu", weights_only=True)',
            },
        },
        {
            "text": "new ones of the same kinds as the saved ones",
            "why_none": "a promise to the answer: nothing else is ever given",
        },
        {
            "text": "the optimizer perhaps with another learning rate",
            "checks": [
                "test_training_goes_on_with_its_momentum",
                "test_training_goes_on_to_the_last_digit",
                "test_training_goes_on_with_all_that_a_model_keeps",
                "test_training_goes_on_with_adam",
                "test_training_goes_on_from_a_machine_with_a_gpu",
            ],
            "broken_by": {
                "line": 'optimizer.load_state_dict(checkpoint["optimizer"])',
                "becomes": 'lr = optimizer.param_groups[0]["lr"]\n'
                'optimizer.load_state_dict(checkpoint["optimizer"])\n'
                'optimizer.param_groups[0]["lr"] = lr',
            },
        },
        {
            "text": "both are filled in place",
            "checks": [
                "test_training_goes_on_with_its_momentum",
                "test_training_goes_on_to_the_last_digit",
                "test_training_goes_on_with_all_that_a_model_keeps",
                "test_training_goes_on_with_adam",
                "test_training_goes_on_from_a_machine_with_a_gpu",
                "test_loading_runs_no_code_from_a_file",
                "test_leaves_mode_and_files_as_they_were",
            ],
            "broken_by": "mistakes/new_model_inside",
        },
        {
            "text": "the epoch that was saved, an int",
            "checks": ["test_gives_back_the_epoch"],
            "broken_by": "mistakes/epoch_not_returned",
        },
        {
            "text": "of Python or of NumPy",
            "allowed_by": "variants/epoch_as_a_numpy_number",
        },
        {
            "text": "on a machine with or without a GPU",
            "checks": ["test_training_goes_on_from_a_machine_with_a_gpu"],
            "broken_by": "mistakes/no_map_location",
        },
        {
            "text": "whichever the file comes from",
            "checks": ["test_training_goes_on_from_a_machine_with_a_gpu"],
            "broken_by": "mistakes/from_the_first_gpu_only",
        },
        {
            "text": "with weights_only=True, so that no code in a file can run",
            "checks": ["test_loading_runs_no_code_from_a_file"],
            "broken_by": "mistakes/weights_only_false",
        },
        {
            "text": "an error (any) if there is anything in the file but plain data",
            "checks": ["test_loading_runs_no_code_from_a_file"],
            "broken_by": "mistakes/errors_swallowed",
        },
        {
            "text": "the model and the optimizer: training goes on as if it had never stopped",
            "checks": [
                "test_training_goes_on_with_its_momentum",
                "test_training_goes_on_to_the_last_digit",
                "test_training_goes_on_with_all_that_a_model_keeps",
                "test_training_goes_on_with_adam",
                "test_training_goes_on_from_a_machine_with_a_gpu",
            ],
            "broken_by": "mistakes/optimizer_saved_not_loaded",
        },
        {
            "text": "a model in training mode stays in it",
            "checks": ["test_leaves_mode_and_files_as_they_were"],
            "broken_by": "mistakes/evaluation_mode_after_loading",
        },
        {
            "text": "the file stays as it is",
            "checks": ["test_leaves_mode_and_files_as_they_were"],
            "broken_by": "mistakes/file_taken_away",
        },
    ],
    "keep_best": [
        {
            "text": "Trains a model for some epochs and leaves it with the weights of the best "
            "one.",
            "why_none": "the title: the fields below say it in full",
        },
        {
            "text": "an nn.Module, trained in place",
            "checks": [
                "test_model_has_the_weights_of_its_best_epoch",
                "test_also_if_the_first_or_the_last_epoch_is_the_best",
                "test_puts_back_the_whole_state_dict",
            ],
            "broken_by": "mistakes/name_points_elsewhere",
        },
        {
            "text": "called as run_epoch(model)",
            "checks": [
                "test_returns_the_best_accuracy",
                "test_model_has_the_weights_of_its_best_epoch",
                "test_also_if_the_first_or_the_last_epoch_is_the_best",
                "test_puts_back_the_whole_state_dict",
                "test_trains_the_model_as_many_epochs_as_asked_for",
            ],
            "broken_by": {
                "line": "accuracy = run_epoch(model)",
                "becomes": "accuracy = run_epoch()",
            },
        },
        {
            "text": "trains the model for one epoch and returns its accuracy afterwards, on "
            "validation images: a float above 0, up to 1",
            "why_none": "what run_epoch does, which the check itself gives",
        },
        {
            "text": "how often to call it, 1 or more",
            "checks": [
                "test_returns_the_best_accuracy",
                "test_also_if_the_first_or_the_last_epoch_is_the_best",
                "test_trains_the_model_as_many_epochs_as_asked_for",
            ],
            "broken_by": "mistakes/one_epoch_too_few",
        },
        {
            "text": "the best of the accuracies, a float",
            "checks": ["test_returns_the_best_accuracy", "test_puts_back_the_whole_state_dict"],
            "broken_by": "mistakes/last_accuracy",
        },
        {
            "text": "the model has afterwards the whole state_dict",
            "checks": ["test_puts_back_the_whole_state_dict"],
            "broken_by": "mistakes/parameters_without_buffers",
        },
        {
            "text": "that it had after its best epoch",
            "checks": [
                "test_model_has_the_weights_of_its_best_epoch",
                "test_also_if_the_first_or_the_last_epoch_is_the_best",
                "test_puts_back_the_whole_state_dict",
            ],
            "broken_by": "mistakes/never_put_back",
        },
        {
            "text": "of several that are equally good, that of any one",
            "allowed_by": "variants/the_last_of_equals",
        },
        {
            "text": "each epoch goes on where the last one ended",
            "checks": ["test_trains_the_model_as_many_epochs_as_asked_for"],
            "broken_by": "mistakes/back_after_each_worse_epoch",
        },
    ],
}
