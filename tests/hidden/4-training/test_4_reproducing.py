"""Hidden checks of 4-training, last part: seeds, and the device to compute on."""

import torch

from autograder.checks import (
    Placed,
    accelerators,
    call_without_accelerator,
    check,
    closer_look,
    define,
    expect,
    require,
    tools,
)

DRAWS = tools(__file__, "random_draws")
PICK = tools(__file__, "picked_devices")


def draws_after(student, *seeds):
    """What each generator gives after seed_everything with each of these seeds."""
    draws = define(student, DRAWS).draws
    results = []
    for seed in seeds:
        student.seed_everything(seed)
        results.append(draws())
    return results


def require_repeated(student, rng, library, words):
    # By chance alone four floats and a permutation never repeat: the flake rate is 0.
    seed = rng.integer(1, 100_000)
    first, _, again = draws_after(student, seed, seed + 1, seed)
    require(
        first[library] == again[library],
        f"After seed_everything with the same seed, {words} gives other numbers.",
        hint=f"Which generator does {words} draw from, and what does your function do to that one?",
    )


@check("seed_everything", weight=2, part="idea")
def test_numbers_of_python_repeat(student, rng):
    require_repeated(student, rng, "python", "Python's random")


@check("seed_everything", weight=2, part="idea")
def test_numbers_of_numpy_repeat(student, rng):
    require_repeated(student, rng, "numpy", "numpy.random")


@check("seed_everything", weight=2, part="idea")
def test_numbers_of_torch_repeat(student, rng):
    require_repeated(student, rng, "torch", "torch")


def repeating(first, again):
    """The libraries whose numbers repeat: what does not repeat at all has checks of its own."""
    libraries = [library for library in first if first[library] == again[library]]
    require(
        bool(libraries),
        "After seed_everything with the same seed no numbers repeat.",
        hint="If other checks of seed_everything fail too, begin with those.",
    )
    return libraries


def require_others(student, seed, others, hint):
    """Each of the other seeds gives other numbers than this seed, in each library."""
    first, *different, again = draws_after(student, seed, *others, seed)
    for library in repeating(first, again):
        require(
            all(first[library] != other[library] for other in different),
            f"After seed_everything with another seed, {library} gives the same numbers.",
            hint=hint,
        )


@check("seed_everything", weight=4, part="idea")
def test_another_seed_gives_other_numbers(student, rng):
    seed = rng.integer(1, 100_000)
    others = (seed + 1, seed + rng.integer(2, 1000))
    hint = "What does your function do with its argument seed for this library?"
    require_others(student, seed, others, hint)


@check("seed_everything", part="details")
def test_each_digit_of_the_seed_counts(student, rng):
    seed = rng.integer(1, 100_000)
    # Others with the same last digits, in the decimal and the binary system.
    others = (seed + 10_000 * rng.integer(1, 200_000), seed + 2**31)
    hint = "The two seeds lie far apart. What becomes of a seed before the library gets it?"
    require_others(student, seed, others, hint)


@check("seed_everything", part="contract")
def test_takes_the_smallest_and_the_largest_seed(student, rng):
    seed, last = rng.integer(1, 100_000), 2**32 - 1
    first, again, *ends = draws_after(student, seed, seed, 0, last, 0, last)
    for library in repeating(first, again):
        numbers = [draws[library] for draws in ends]
        require(
            numbers[:2] == numbers[2:],
            f"After seed_everything with the smallest seed, or the largest, {library} gives other "
            "numbers each time.",
            hint="What does your function do with the seed 0, and with the seed 2**32 - 1?",
        )


def picked(student):
    """What pick_device gives where there is an NVIDIA GPU, one answer for each GPU, and where there
    is none, though PyTorch was built for one; each with what became of a tensor that was moved
    there.
    """
    code = define(student, PICK)
    pick = code.pick
    # An answer may look for NVIDIA's only: on a machine with another accelerator that is right.
    gpus = [gpu for gpu in accelerators(student) if gpu.device.type == "cuda"]
    with_gpu = [gpu.call(pick, student.pick_device) for gpu in gpus]
    without = call_without_accelerator(student, pick, student.pick_device)
    idle = call_without_accelerator(student, code.pick_with_idle_build, student.pick_device)
    for device, *_ in with_gpu:
        require(
            isinstance(device, (torch.device, str)),
            "pick_device() returned neither a torch.device nor a device's name.",
            hint="What is the type of the result? X.to(...) should be able to take it as a device.",
        )
    with closer_look(lambda: code.how_asked(student.pick_device)):
        require(
            device_type(with_gpu[0][0]) != device_type(without[0]),
            "pick_device() gives the same device on a machine with a GPU and on one without.",
            hint="What does your function ask torch in each call, and how does the answer decide?",
        )
    return with_gpu, idle


def device_type(device):
    """The device's type, "cuda" of "cuda:0"; a name that torch does not know stays as it is."""
    try:
        return torch.device(device).type
    except (RuntimeError, TypeError, ValueError):
        return "unknown"


def expect_device(answer, kind, where, hint):
    """The device is of the right type, and tensors can be moved there."""
    device, moved, before, made, changed = answer
    name = f"The type of pick_device() on a machine {where}"
    if device_type(device) == "unknown":
        hint = (
            "torch.device(...) does not take what your function returns. What would it take there?"
        )
    expect(device_type(device), kind, name=name, hint=hint)
    require(
        isinstance(moved, Placed),
        f"On a machine {where}, no tensor can be moved to the device that pick_device() gives.",
        hint="What would X.to(...) need there? If there is one GPU, its number is 0.",
    )
    require(
        made.device == before.device,
        f"On a machine {where}, new tensors are made on another device after pick_device().",
        hint="The function only tells a device. What does it change in torch?",
    )
    require(
        not changed,
        f"On a machine {where}, pick_device() changes {' and '.join(changed)}.",
        hint="The function only tells a device. What else does it do?",
    )


WITH_GPU = "On such a machine is_available() is True. Which device does your function return then?"


@check("pick_device", part="idea")
def test_takes_the_accelerator_where_there_is_one(student):
    with_gpu, _ = picked(student)
    # unneeded: there is a second one only on a machine that has a GPU
    for answer in with_gpu:
        expect_device(answer, "cuda", "with an NVIDIA GPU", WITH_GPU)


@check("pick_device", part="idea")
def test_takes_the_cpu_where_there_is_none(student):
    _, idle = picked(student)
    hint = (
        "There PyTorch was built for GPUs, and is_available() is False. Which device does your "
        "function return then?"
    )
    expect_device(idle, "cpu", "without an accelerator", hint)


CLAUSES = {
    "seed_everything": [
        {
            "text": "Seeds Python's",
            "checks": ["test_numbers_of_python_repeat"],
            "broken_by": "mistakes/random_forgotten",
        },
        {
            "text": "NumPy's",
            "checks": ["test_numbers_of_numpy_repeat"],
            "broken_by": "mistakes/generator_of_its_own",
        },
        {
            "text": "and PyTorch's own random generators.",
            "checks": ["test_numbers_of_torch_repeat"],
            "broken_by": "mistakes/cuda_only",
        },
        {
            "text": "a whole number from 0 to 2**32 - 1",
            "checks": ["test_takes_the_smallest_and_the_largest_seed"],
            "broken_by": "mistakes/zero_is_no_seed",
        },
        {
            "text": "nothing that is looked at",
            "allowed_by": "variants/in_a_loop",
        },
        {
            "text": "what random, np.random and torch draw next",
            "checks": [
                "test_another_seed_gives_other_numbers",
                "test_each_digit_of_the_seed_counts",
            ],
            "broken_by": "mistakes/last_digits_only",
        },
        {
            "text": "the same seed, the same numbers",
            "checks": ["test_numbers_of_torch_repeat"],
            "broken_by": "mistakes/seed_asked_for",
        },
    ],
    "pick_device": [
        {
            "text": "The device to compute on.",
            "checks": [
                "test_takes_the_accelerator_where_there_is_one",
                "test_takes_the_cpu_where_there_is_none",
            ],
            "broken_by": "mistakes/truth_value",
        },
        {
            "text": "the accelerator where PyTorch reports one",
            "checks": ["test_takes_the_accelerator_where_there_is_one"],
            "broken_by": "mistakes/called_gpu",
        },
        {
            "text": "else the CPU",
            "checks": ["test_takes_the_cpu_where_there_is_none"],
            "broken_by": "mistakes/what_torch_was_built_for",
        },
        {
            "text": "a torch.device or its name",
            "allowed_by": "variants/cuda_mps_xpu",
        },
        {
            "text": "nothing",
            "checks": ["test_takes_the_accelerator_where_there_is_one"],
            "broken_by": "mistakes/default_device_set",
        },
    ],
}
