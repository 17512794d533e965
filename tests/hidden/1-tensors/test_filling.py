"""Hidden checks of 1-tensors: tensors of a given shape, filled at random or with 0 and 1.

Random numbers are checked by what they have in common. `_expect_uniform` looks at n ≥ 3,600 draws
at a time. A right answer fails it only where the largest distance between the share of values
below x and x itself exceeds 0.06, at most 2·exp(-2·n·0.06²) = 1.1e-11 (Dvoretzky, Kiefer,
Wolfowitz), or stays below 0.2/√n, 5e-13 (Kolmogorov's distribution). `_expect_all_digits` fails it
where more than 1 % of the values repeat (0.4 repeats are usual among float32's 2**24 values, 36
never). They are called some 40 times: below 1e-9 in all. Comparisons of two draws fail by chance
with less than 1e-15. The run's secret seeds the student's side before each check, so that a second
run gives the same result.
"""

import contextlib

import pytest
import torch

from autograder.checks import (
    Placed,
    StudentFailure,
    accelerators,
    call_without_accelerator,
    check,
    closer_look,
    define,
    expect,
    fetch,
    hints,
    keep,
    put,
    require,
    set_seed,
    shown_by,
    tools,
)

UNFILLED_IS_NAN = tools(__file__, "unfilled_is_nan")
UNFILLED_IS_CHANCE = tools(__file__, "unfilled_is_chance")
SEEDED = tools(__file__, "seeded_draws")
STREAMS = tools(__file__, "random_streams")
WRITES = tools(__file__, "second_calls")


@pytest.fixture
def unfilled_is_nan(student):
    define(student, UNFILLED_IS_NAN)
    yield
    # The check may have ended the kernel: that is its outcome, not this.
    with contextlib.suppress(StudentFailure):
        define(student, UNFILLED_IS_CHANCE)


@pytest.fixture
def seeded(student, rng, unfilled_is_nan):
    set_seed(student, rng.seed())


def _sizes(rng, count):
    """`count` sizes whose product is at least 3,600."""
    low, high = {1: (3600, 4000), 2: (60, 80), 3: (16, 24)}[count]
    return tuple(rng.integer(low, high) for _ in range(count))


def _form(result):
    """The result with zeros for its values: what is left is shape, dtype and device."""
    return torch.zeros_like(result) if isinstance(result, torch.Tensor) else result


FORM = {
    "type": "Which step of yours makes a tensor, and what becomes of it?",
    "shape": "Which size is missing, added or changed, and which step does that?",
    "dtype": "The docstring names one dtype. Which step decides the one of your result?",
    "device": "Which device does the docstring name, and which step chooses yours?",
}
UNFILLED = (
    "Memory that nobody has filled holds NaN here, and 0 / 0 gives it too. "
    "Which step puts a number into every element?"
)
LIMITED = "How many different numbers can your steps give at most, and which step limits that?"
SAME_PARTS = "Some parts of the result are the same, number by number. Which step draws each?"


def _sizes_of(result):
    """The shapes of a result, whether one tensor or a pair."""
    parts = result if isinstance(result, (tuple, list)) else (result,)
    return [tuple(p.shape) for p in parts if isinstance(p, torch.Tensor) and not p.is_nested]


def _why_other_shape(result, right):
    """The hint for another shape, by the first one that is not as expected."""
    for sizes, wanted in zip(_sizes_of(result), _sizes_of(right), strict=False):
        if sizes == wanted:
            continue
        if sizes == tuple(size for size in wanted if size != 1):
            return "All that is missing are axes of size 1. Which step drops them?"
        if sizes == (len(wanted),):
            return (
                "Your tensor has one element for each size. "
                "What does the step that makes it take the sizes for?"
            )
        if sizes == wanted[: len(sizes)]:
            return "Which of the sizes does your code look at, and which does it leave out?"
        if sorted(sizes) == sorted(wanted):
            return "The sizes are there, in another order. Which step decides the order?"
        break
    return FORM["shape"]


def _of_form(result, right):
    """The hints for another form, the one for the shape by what came."""
    return FORM | {"shape": lambda: _why_other_shape(result, right)}


def _repeats_a_part(values):
    """Whether the first two parts along one of the axes are the same, number by number."""
    return any(
        torch.equal(values.select(axis, 0), values.select(axis, 1))
        for axis, size in enumerate(values.shape)
        if size > 1 and values.numel() >= 9 * size
    )


def _is_coarse(values):
    """Whether all numbers lie on a grid: few binary digits, or few decimal ones."""
    fine = values.double()
    grids = (fine * step for step in (2**16, *(10**digits for digits in range(1, 6))))
    return any(bool(((grid - grid.round()).abs() < 0.01).all()) for grid in grids)


def _why_few(result):
    """The hint where the same few numbers come again and again, by what they are."""
    values = result.detach()
    if len(values.unique()) == 1:
        return "All elements hold one and the same number. Where is one drawn for each of them?"
    if torch.equal(values, values.round()):
        return "These are whole numbers. Does the docstring ask for them, or for all between?"
    return SAME_PARTS if _repeats_a_part(values) else LIMITED


def _why_repeated(result):
    """The hint where many numbers come more than once, by which they are and where they stand."""
    values = result.detach()
    if _repeats_a_part(values):
        return SAME_PARTS
    if _is_coarse(values):
        return LIMITED
    return "Find two equal numbers: where do they stand, and which step draws each of them?"


def _why_uneven(values):
    """The hint where some parts of 0…1 are preferred: a few numbers repeated are uneven too."""
    if len(values.unique()) < len(values) / 2:
        return "Many numbers come more than once. Which parts of the result are the same?"
    return "Of a thousand of your numbers, how many lie below 0.25, and how many above 0.75?"


def _expect_uniform(result, reference, call):
    with hints(**_of_form(result, reference)):
        expect(_form(result), _form(reference), name=call)
    values = result.detach().flatten().sort().values
    # unneeded: NaN fails the next line too, but this one says so in better words
    require(
        not bool(values.isnan().any()),
        f"{call} holds NaN.",
        hint=UNFILLED,
    )
    # unneeded: values far outside fail two lines below too, but this one says so in better words
    require(
        bool(values[0] >= 0) and bool(values[-1] <= 1),
        f"{call} has values outside 0…1.",
        hint="Look at the smallest and the largest number: which range does the docstring ask for?",
    )
    # unneeded: few values lie too far below too, but this one says so in better words
    require(
        len(values.unique()) > 50,
        f"{call} holds the same few values again and again.",
        hint=_why_few(result),
    )
    distance = float((values - torch.arange(len(values)) / len(values)).abs().max())
    require(
        distance < 0.06,
        f"{call} is not spread evenly over 0…1.",
        hint=_why_uneven(values),
    )
    require(
        distance > 0.2 / len(values) ** 0.5,
        f"{call} is spread more evenly than chance would ever do it.",
        hint="Sort the numbers: does the step from one to the next look like chance?",
    )


def _expect_all_digits(result, reference, call):
    """That the numbers are as fine as float32's: neither rounded nor drawn from a short list."""
    _expect_uniform(result, reference, call)
    repeats = result.numel() - len(result.detach().flatten().unique())
    require(
        repeats < 0.01 * result.numel(),
        f"{call} holds many values more than once.",
        hint=_why_repeated(result),
    )


def _expect_uniform_on(device, result, reference, where):
    call = f"{where}, random_like(t)"
    if isinstance(result, Placed):
        with hints(device="Which step decides where the tensor is that you return?"):
            expect(result.device, device, name=f"{where}, the device of random_like(t)")
        result = result.values
    _expect_uniform(result, reference, call)


def _differ(first, second):
    """Whether hardly any element is the same in both."""
    return bool((first == second).float().mean() < 0.1)


@check("random_like", weight=3, part="idea")
def test_draws_uniform_numbers_in_the_shape_of_t(student, solution, rng, seeded):
    t = rng.tensor(*_sizes(rng, 3))
    _expect_uniform(student.random_like(t), solution.random_like(t), "random_like(t)")


@check("random_like", part="contract")
def test_takes_tensors_of_any_shape(student, solution, rng, seeded):
    random_like, row = student.random_like, rng.tensor(*_sizes(rng, 1))
    _expect_uniform(
        random_like(row), solution.random_like(row), "For t with 1 axis, random_like(t)"
    )
    for sizes in ((), (1, rng.integer(3, 9), 1, 2), (0, 3)):
        t = rng.tensor(*sizes)
        result, right = random_like(t), solution.random_like(t)
        with hints(**_of_form(result, right)):
            expect(
                _form(result),
                _form(right),
                name=f"For t of shape {sizes}, random_like(t)",
            )
    single = rng.tensor()
    require(
        len({float(random_like(single)) for _ in range(4)}) > 1,
        "For t of shape (), random_like(t) gave the same number in four calls.",
        hint="Call it four times for torch.tensor(2.0): which step should draw another number?",
    )


@check("random_like", weight=3, part="idea")
def test_random_like_draws_new_numbers_at_each_call(student, solution, rng, seeded):
    random_like, t = student.random_like, rng.tensor(*_sizes(rng, 2))
    # The very same tensor twice, so that a result that is kept for it comes back.
    kept = put(student, t)
    first, second = random_like(kept), random_like(kept)
    _expect_uniform(second, solution.random_like(t), "random_like(t)")
    require(
        _differ(first, second),
        "random_like(t) gave the same numbers in two calls.",
        hint="Call it twice with the same t: what in your code keeps the numbers the same?",
    )


@check("random_like", weight=3, part="idea")
def test_gives_float32_for_a_tensor_of_any_dtype(student, solution, rng, seeded):
    random_like = student.random_like
    dtypes = (torch.int64, torch.float64, torch.bool, torch.float16)
    patterns = [rng.integers(0, 2, *_sizes(rng, 2), dtype=dtype) for dtype in dtypes]
    results = [random_like(t) for t in patterns]
    for t, result in zip(patterns, results, strict=True):
        call = f"For t of dtype {str(t.dtype).removeprefix('torch.')}, random_like(t)"
        _expect_uniform(result, solution.random_like(t), call)


@check("random_like", weight=2, part="contract")
def test_stays_on_the_device_of_t(student, solution, rng, seeded):
    random_like, t = student.random_like, rng.tensor(*_sizes(rng, 2))
    # unneeded: with it an answer that is wrong everywhere is told so, and nothing of devices
    _expect_uniform(random_like(t), solution.random_like(t), "random_like(t)")
    for gpu in accelerators(student, ("cuda:1", "mps")):
        # A machine with an accelerator has a CPU too.
        result, where = gpu.call(random_like, t), f"For t on the CPU, {gpu.device} being there"
        # unneeded: who looks for a GPU misses the second of two below, but this one says so first
        _expect_uniform_on(torch.device("cpu"), result, solution.random_like(t), where)
        there = gpu.put(t)
        result, where = gpu.call(random_like, there), f"For t on {gpu.device}"
        # Once the device is gone, a step towards it is refused: is there one whose result is lost?
        with closer_look(lambda t=there: call_without_accelerator(student, random_like, t)):
            _expect_uniform_on(gpu.device, result, solution.random_like(t), where)


@check("random_like", part="contract")
def test_leaves_t_as_it_was(student, solution, rng, seeded):
    t = rng.tensor(*_sizes(rng, 2))
    kept = put(student, t)
    with hints():
        _expect_uniform(student.random_like(kept), solution.random_like(t), "random_like(t)")
    changed = "Print t before and after the call: which step changes it?"
    with hints(shape=changed, dtype=changed, values=changed):
        expect(fetch(kept), t, name="After the call, t, a float32 tensor,")


@check("random_like", weight=2, part="details")
def test_random_like_draws_numbers_with_all_their_digits(student, solution, rng, seeded):
    random_like, t = student.random_like, rng.tensor(*_sizes(rng, 2))
    asked = (
        (t, ""),
        (rng.tensor(*_sizes(rng, 3)), "For t with 3 axes, "),
        (t.half(), "For t of dtype float16, "),
    )
    results = [random_like(t) for t, _ in asked]
    for (t, which), result in zip(asked, results, strict=True):
        _expect_all_digits(result, solution.random_like(t), f"{which}random_like(t)")


@check("random_tensor", weight=2, part="idea")
def test_draws_uniform_numbers_in_a_matrix(student, solution, rng, seeded):
    shape = _sizes(rng, 2)
    _expect_uniform(
        student.random_tensor(shape), solution.random_tensor(shape), "random_tensor(shape)"
    )


def _shapes(rng, least):
    """A shape with one size, with three, and with more than anybody lists; 1 is a size too."""
    return [
        (rng.integer(least, least + 400),),
        (2, 1, rng.integer(least // 2, least)),
        (1, rng.integer(least // 6, least // 3), 2, 3, 1),
    ]


@check("random_tensor", weight=2, part="idea")
def test_takes_a_shape_with_any_number_of_axes(student, solution, rng, seeded):
    random_tensor = student.random_tensor
    for shape in _shapes(rng, 3600):
        call = f"For a shape with {_sizes_in(shape)}, random_tensor(shape)"
        _expect_uniform(random_tensor(shape), solution.random_tensor(shape), call)


@check("random_tensor", weight=2, part="idea")
def test_random_tensor_draws_new_numbers_at_each_call(student, solution, rng, seeded):
    random_tensor, shape = student.random_tensor, _sizes(rng, 2)
    first, second = random_tensor(shape), random_tensor(shape)
    _expect_uniform(second, solution.random_tensor(shape), "random_tensor(shape)")
    require(
        _differ(first, second),
        "random_tensor(shape) gave the same numbers in two calls.",
        hint="Call it twice with one shape: what in your code keeps the numbers the same?",
    )


@check("random_tensor", weight=2, part="contract")
def test_obeys_a_manual_seed_given_before_the_call(student, solution, rng, seeded):
    shape, number = _sizes(rng, 2), rng.integer(0, 10**6)
    # set_seed would seed NumPy too, and a seed of PyTorch's is what the exercise speaks of.
    draw = define(student, SEEDED).draw
    first, second, again = draw(student.random_tensor, shape, [number, number + 1, number])
    with hints():
        _expect_uniform(first, solution.random_tensor(shape), "random_tensor(shape)")
    require(
        _differ(first, second),
        "random_tensor(shape) gave the same numbers after two different torch.manual_seed.",
        hint="Which generator do your numbers come from, and who sets its seed?",
    )
    require(
        torch.equal(first, again),
        "random_tensor(shape) gave other numbers after the same torch.manual_seed.",
        hint="Which generator do your numbers come from, and what sets its state just before?",
    )


@check("random_tensor", part="details")
def test_random_tensor_draws_numbers_with_all_their_digits(student, solution, rng, seeded):
    random_tensor = student.random_tensor
    for shape in (_sizes(rng, 2), _sizes(rng, 3)):
        call = f"For a shape with {_sizes_in(shape)}, random_tensor(shape)"
        _expect_all_digits(random_tensor(shape), solution.random_tensor(shape), call)


PAIR = {
    **FORM,
    "type": "What comes back: is it a pair, and is each of its two parts a tensor?",
    "length": "How many things come back, and how many does the docstring ask for?",
}


def _sizes_in(shape):
    return f"{len(shape)} size{'s' * (len(shape) > 1)}"


def _as_float32(pair):
    """The pair with another dtype forgiven: one check of its own looks at the dtype."""
    if not isinstance(pair, (tuple, list)):
        return pair
    return [one.float() if isinstance(one, torch.Tensor) else one for one in pair]


def _tensors_in(result):
    """The tensors of a result whose numbers can be looked at."""
    parts = result if isinstance(result, (tuple, list)) else ()
    kinds = (torch.device("cpu"), torch.strided)
    return [p for p in parts if isinstance(p, torch.Tensor) and (p.device, p.layout) == kinds]


def _why_filled_otherwise(pair):
    """The hint for a pair that holds other numbers, by what it holds."""
    parts = _tensors_in(pair)
    if any(bool(part.isnan().any()) for part in parts):
        return UNFILLED
    if len(parts) == 2:
        first, second = parts
        if bool((first == 1).all()) and bool((second == 0).all()):
            return "Both are there. Which of them does the docstring name first?"
        if torch.equal(first, second):
            return "Both tensors hold the same numbers. Which step makes each of the two?"
    return "Look at each of the two tensors: which number should stand in every element?"


def _expect_filled(result, right, name):
    """That the pair is right, whatever the dtype."""
    pair = _as_float32(result)
    looks = {"shape": lambda: _why_other_shape(pair, right)}
    with hints(**PAIR | looks, values=_why_filled_otherwise(pair)):
        expect(pair, right, name=name)


@check("zeros_and_ones", weight=4, part="idea")
def test_gives_zeros_then_ones(student, solution, rng, unfilled_is_nan):
    shape = (rng.integer(2, 6), 7)
    result = fetch(student.zeros_and_ones(shape))
    _expect_filled(result, solution.zeros_and_ones(shape), "zeros_and_ones(shape)")


@check("zeros_and_ones", weight=2, part="contract")
def test_fills_a_shape_with_any_number_of_axes(student, solution, rng, unfilled_is_nan):
    zeros_and_ones = student.zeros_and_ones
    for shape in _shapes(rng, 12):
        _expect_filled(
            fetch(zeros_and_ones(shape)),
            solution.zeros_and_ones(shape),
            f"For a shape with {_sizes_in(shape)}, zeros_and_ones(shape)",
        )


@check("zeros_and_ones", part="contract")
def test_gives_float32_twice(student, solution, rng, unfilled_is_nan):
    shape = (rng.integer(2, 6), 7)
    with hints(type=PAIR["type"], dtype=PAIR["dtype"]):
        expect(
            fetch(student.zeros_and_ones(shape)),
            solution.zeros_and_ones(shape),
            name="zeros_and_ones(shape)",
        )


def _both_after_write(space, shape, place, value):
    """What a call and the next one give, once somebody has written into the first's tensors."""
    return define(space, WRITES).both_after_write(space.zeros_and_ones, shape, place, value)


def _most_written(pair, value):
    """In how many elements of one of the tensors the value stands."""
    return max((int((part == value).sum()) for part in _tensors_in(pair)), default=0)


@check("zeros_and_ones", part="contract")
def test_makes_new_tensors_at_each_call(student, solution, rng, unfilled_is_nan):
    sizes = rng.integer(2, 6), rng.integer(7, 10)
    # Whole numbers, which tensors of any dtype can hold.
    row, column, value = rng.integer(0, 2), rng.integer(0, 7), rng.integer(2, 9)
    asked = (
        (sizes, (row, column)),
        (sizes[1:], (column,)),
        ((3, *sizes), (row, row, column)),
    )
    # Other numbers from the start are what the checks above speak of.
    many = "One element was written to, and more hold its number. Has each its own place in memory?"
    again = "What was written into the first pair stands in the second one. When are they made?"
    for shape, place in asked:
        mine, right = (
            fetch(_both_after_write(space, shape, place, value)) for space in (student, solution)
        )
        which = f"For a shape with {_sizes_in(shape)}, after a write into the"
        first, second = _as_float32(mine[0]), _as_float32(mine[1])
        with hints(**({"values": many} if _most_written(first, value) > 1 else {})):
            expect(first, right[0], name=f"{which} pair, it")
        with hints(**({"values": again} if _most_written(second, value) > 0 else {})):
            expect(second, right[1], name=f"{which} first pair, a second zeros_and_ones(shape)")


@check("seeded_random", part="idea")
def test_draws_uniform_numbers(student, solution, rng, seeded):
    shape, seed = _sizes(rng, 2), rng.seed()
    _expect_uniform(
        student.seeded_random(shape, seed),
        solution.seeded_random(shape, seed),
        "seeded_random(shape, seed)",
    )


SAME_SEED = "Call it twice with one seed: in which state is the generator that draws, each time?"


@check("seeded_random", weight=3, part="idea")
def test_repeats_the_numbers_of_a_seed(student, solution, rng, seeded):
    seeded_random, shape = student.seeded_random, _sizes(rng, 2)
    seed = rng.integer(2, 10)
    # The last digits of the two seeds are alike, whether one counts by ten or by two.
    first, second, again = (seeded_random(shape, one) for one in (seed, seed + 10**5 * 2**11, seed))
    _expect_uniform(first, solution.seeded_random(shape, seed), "seeded_random(shape, seed)")
    require(
        torch.equal(first, again),
        "seeded_random(shape, seed) gave other numbers for the same seed.",
        hint=SAME_SEED,
    )
    require(
        _differ(first, second),
        "seeded_random(shape, seed) gave the same numbers for two seeds.",
        hint="Where in your code does another seed make a difference?",
    )


def _drawn_after(space, seed, shape, number):
    """The result, and what the common generators draw after the call."""
    draw_after = define(space, STREAMS).draw_after
    set_seed(space, seed)
    return draw_after(space.seeded_random, shape, number)


@check("seeded_random", weight=5, part="idea")
def test_leaves_the_global_random_state_untouched(student, solution, rng, unfilled_is_nan):
    shape, number, seed = _sizes(rng, 2), rng.seed(), rng.seed()
    result, drawn = _drawn_after(student, seed, shape, number)
    reference, wanted = _drawn_after(solution, seed, shape, number)
    with hints():
        _expect_uniform(result, reference, "seeded_random(shape, seed)")
    for draw, numbers in wanted.items():
        with hints(values=f"Which step of yours sets or uses the generator behind {draw}?"):
            expect(drawn[draw], numbers, name=f"After the call, {draw}")


@check("seeded_random", weight=2, part="contract")
def test_seeded_random_takes_a_shape_with_any_number_of_axes(student, solution, rng, seeded):
    seeded_random, seed = student.seeded_random, rng.seed()
    for shape in _shapes(rng, 3600):
        call = f"For a shape with {_sizes_in(shape)}, seeded_random(shape, seed)"
        _expect_uniform(seeded_random(shape, seed), solution.seeded_random(shape, seed), call)


def _why_zero_goes_on(seeded_random):
    """The hint where the seed 0 does not repeat its numbers, by whether another seed does."""

    def repeats():
        first, again = (seeded_random((9,), 3) for _ in range(2))
        both = isinstance(first, torch.Tensor) and isinstance(again, torch.Tensor)
        return both and torch.equal(first, again)

    zero = "Seeds such as 3 repeat their numbers. What does your code do with 0?"
    return shown_by((repeats, True, SAME_SEED), other=zero)


@check("seeded_random", part="contract")
def test_takes_zero_for_a_seed_too(student, solution, rng, seeded):
    seeded_random, shape = student.seeded_random, _sizes(rng, 2)
    first, again = seeded_random(shape, 0), seeded_random(shape, 0)
    _expect_uniform(first, solution.seeded_random(shape, 0), "seeded_random(shape, 0)")
    require(
        torch.equal(first, again),
        "seeded_random(shape, 0) gave other numbers in a second call.",
        hint=None if torch.equal(first, again) else _why_zero_goes_on(seeded_random),
    )
    for seed in (1, 42):
        require(
            _differ(first, seeded_random(shape, seed)),
            f"seeded_random gave the same numbers for the seeds 0 and {seed}.",
            hint=f"What becomes of the seed 0 in your code, and what of the seed {seed}?",
        )


@check("seeded_random", part="contract")
def test_gives_memory_of_its_own_at_each_call(student, solution, rng, seeded):
    shape, seed = _sizes(rng, 2), rng.seed()
    kept = keep(student.seeded_random, shape, seed)
    first = fetch(kept)
    with hints():
        _expect_uniform(first, solution.seeded_random(shape, seed), "seeded_random(shape, seed)")
    # Whoever is handed a result may write into it.
    kept[0] = rng.uniform(2, 9)
    second = student.seeded_random(shape, seed)
    require(
        not bool((second[0] > 1).any()),
        "What was written into one result stands in the next.",
        hint="When is the tensor made that the second call hands out?",
    )


@check("seeded_random", weight=2, part="details")
def test_seeded_random_draws_numbers_with_all_their_digits(student, solution, rng, seeded):
    seeded_random, seed = student.seeded_random, rng.seed()
    for shape in (_sizes(rng, 2), _sizes(rng, 3)):
        call = f"For a shape with {_sizes_in(shape)}, seeded_random(shape, seed)"
        _expect_all_digits(seeded_random(shape, seed), solution.seeded_random(shape, seed), call)


# Which words of the docstrings which checks hold, and what breaks only these: docs/checks.md.
CLAUSES = {
    "random_like": [
        {
            "text": "Random numbers, uniform in [0, 1), in the likeness of a tensor.",
            "checks": [
                "test_draws_uniform_numbers_in_the_shape_of_t",
                "test_random_like_draws_new_numbers_at_each_call",
                "test_gives_float32_for_a_tensor_of_any_dtype",
                "test_stays_on_the_device_of_t",
                "test_leaves_t_as_it_was",
                "test_random_like_draws_numbers_with_all_their_digits",
                "test_takes_tensors_of_any_shape",
            ],
            "broken_by": "mistakes/bell_curve",
        },
        {
            "text": "tensor of any shape",
            "checks": [
                "test_takes_tensors_of_any_shape",
            ],
            "broken_by": "mistakes/sizes_one_by_one",
        },
        {
            "text": "dtype",
            "checks": [
                "test_gives_float32_for_a_tensor_of_any_dtype",
                "test_random_like_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/dtype_of_the_pattern",
        },
        {
            "text": "and device",
            "checks": [
                "test_stays_on_the_device_of_t",
            ],
            "broken_by": "mistakes/written_into_a_copy",
        },
        {
            "text": "tensor of t's shape",
            "checks": [
                "test_draws_uniform_numbers_in_the_shape_of_t",
                "test_takes_tensors_of_any_shape",
                "test_random_like_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/matrices_only",
        },
        {
            "text": "on t's device",
            "checks": [
                "test_stays_on_the_device_of_t",
            ],
            "broken_by": "mistakes/device_forgotten",
        },
        {
            "text": "always float32",
            "checks": [
                "test_gives_float32_for_a_tensor_of_any_dtype",
                "test_random_like_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/whole_numbers_cast_only",
        },
        {
            "text": "other numbers at each call",
            "checks": [
                "test_random_like_draws_new_numbers_at_each_call",
                "test_takes_tensors_of_any_shape",
            ],
            "broken_by": "mistakes/seed_inside",
        },
        {
            "text": "new",
            "checks": [
                "test_random_like_draws_new_numbers_at_each_call",
            ],
            "broken_by": "mistakes/remembered",
        },
        {
            "text": "no",
            "checks": [
                "test_gives_float32_for_a_tensor_of_any_dtype",
                "test_leaves_t_as_it_was",
                "test_random_like_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/fills_the_pattern",
        },
    ],
    "random_tensor": [
        {
            "text": "Random numbers, uniform in [0, 1), of a given shape.",
            "checks": [
                "test_draws_uniform_numbers_in_a_matrix",
                "test_takes_a_shape_with_any_number_of_axes",
                "test_random_tensor_draws_new_numbers_at_each_call",
                "test_obeys_a_manual_seed_given_before_the_call",
                "test_random_tensor_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/bell_curve",
        },
        {
            "text": "tuple of sizes",
            "checks": [
                "test_takes_a_shape_with_any_number_of_axes",
                "test_random_tensor_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/two_sizes_only",
        },
        {
            "text": "one or more",
            "checks": [
                "test_takes_a_shape_with_any_number_of_axes",
            ],
            "broken_by": "mistakes/at_least_two_sizes",
        },
        {
            "text": "tensor of float32",
            "checks": [
                "test_draws_uniform_numbers_in_a_matrix",
                "test_takes_a_shape_with_any_number_of_axes",
                "test_random_tensor_draws_new_numbers_at_each_call",
                "test_obeys_a_manual_seed_given_before_the_call",
                "test_random_tensor_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/numpy_float64",
        },
        {
            "text": "of this shape",
            "checks": [
                "test_takes_a_shape_with_any_number_of_axes",
                "test_random_tensor_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/first_two_sizes",
        },
        {
            "text": "on the CPU",
            "checks": [
                "test_draws_uniform_numbers_in_a_matrix",
                "test_takes_a_shape_with_any_number_of_axes",
                "test_random_tensor_draws_new_numbers_at_each_call",
                "test_obeys_a_manual_seed_given_before_the_call",
                "test_random_tensor_draws_numbers_with_all_their_digits",
            ],
            "broken_by": {
                "line": "return torch.rand(shape)",
                "becomes": 'return torch.rand(shape, device="meta")',
            },
        },
        {
            "text": "other numbers at each call",
            "checks": [
                "test_random_tensor_draws_new_numbers_at_each_call",
                "test_obeys_a_manual_seed_given_before_the_call",
            ],
            "broken_by": "mistakes/seed_inside",
        },
        {
            "text": "and the same ones again after the same torch.manual_seed",
            "checks": [
                "test_obeys_a_manual_seed_given_before_the_call",
            ],
            "broken_by": "mistakes/numpy_draws",
        },
        {
            "text": "new",
            "why_none": "other numbers at each call need other memory",
        },
    ],
    "zeros_and_ones": [
        {
            "text": "A tensor of zeros and a tensor of ones, as a pair in this order.",
            "checks": [
                "test_gives_zeros_then_ones",
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
                "test_gives_float32_twice",
            ],
            "broken_by": "mistakes/ones_first",
        },
        {
            "text": "tuple of sizes",
            "checks": [
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
            ],
            "broken_by": "mistakes/two_sizes_only",
        },
        {
            "text": "one or more",
            "checks": [
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
            ],
            "broken_by": "mistakes/at_least_two_sizes",
        },
        {
            "text": "tuple of two tensors",
            "checks": [
                "test_gives_zeros_then_ones",
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
                "test_gives_float32_twice",
            ],
            "broken_by": "mistakes/stacked_into_one",
        },
        {
            "text": "of float32",
            "checks": [
                "test_gives_float32_twice",
            ],
            "broken_by": "mistakes/numpy_float64",
        },
        {
            "text": "of this shape",
            "checks": [
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
            ],
            "broken_by": "mistakes/first_two_sizes",
        },
        {
            "text": "on the CPU",
            "checks": [
                "test_gives_zeros_then_ones",
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
                "test_gives_float32_twice",
            ],
            "broken_by": {
                "line": "return torch.zeros(shape), torch.ones(shape)",
                "becomes": 'return torch.zeros(shape, device="meta"), torch.ones(shape)',
            },
        },
        {
            "text": "new at each call",
            "checks": [
                "test_makes_new_tensors_at_each_call",
            ],
            "broken_by": "mistakes/kept_from_the_last_call",
        },
        {
            "text": "for each of the two",
            "checks": [
                "test_gives_zeros_then_ones",
                "test_fills_a_shape_with_any_number_of_axes",
                "test_makes_new_tensors_at_each_call",
                "test_gives_float32_twice",
            ],
            "broken_by": "mistakes/one_memory",
        },
    ],
    "seeded_random": [
        {
            "text": "Random numbers, uniform in [0, 1), that the seed decides.",
            "checks": [
                "test_draws_uniform_numbers",
                "test_repeats_the_numbers_of_a_seed",
                "test_leaves_the_global_random_state_untouched",
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
                "test_takes_zero_for_a_seed_too",
                "test_gives_memory_of_its_own_at_each_call",
                "test_seeded_random_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/bell_curve",
        },
        {
            "text": "tuple of sizes",
            "checks": [
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
                "test_seeded_random_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/two_sizes_only",
        },
        {
            "text": "one or more",
            "checks": [
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
            ],
            "broken_by": "mistakes/at_least_two_sizes",
        },
        {
            "text": "whole number, not negative",
            "checks": [
                "test_repeats_the_numbers_of_a_seed",
            ],
            "broken_by": "mistakes/last_digits_of_the_seed",
        },
        {
            "text": "tensor of float32",
            "checks": [
                "test_draws_uniform_numbers",
                "test_repeats_the_numbers_of_a_seed",
                "test_leaves_the_global_random_state_untouched",
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
                "test_takes_zero_for_a_seed_too",
                "test_gives_memory_of_its_own_at_each_call",
                "test_seeded_random_draws_numbers_with_all_their_digits",
            ],
            "broken_by": {
                "line": "return torch.rand(shape, generator=generator)",
                "becomes": "return torch.rand(shape, generator=generator, dtype=torch.float64)",
            },
        },
        {
            "text": "of this shape",
            "checks": [
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
                "test_seeded_random_draws_numbers_with_all_their_digits",
            ],
            "broken_by": "mistakes/first_two_sizes",
        },
        {
            "text": "on the CPU:",
            "checks": [
                "test_draws_uniform_numbers",
                "test_repeats_the_numbers_of_a_seed",
                "test_leaves_the_global_random_state_untouched",
                "test_seeded_random_takes_a_shape_with_any_number_of_axes",
                "test_takes_zero_for_a_seed_too",
                "test_gives_memory_of_its_own_at_each_call",
                "test_seeded_random_draws_numbers_with_all_their_digits",
            ],
            "broken_by": {
                "line": "return torch.rand(shape, generator=generator)",
                "becomes": 'return torch.rand(shape, generator=generator).to("meta")',
            },
        },
        {
            "text": "the same numbers for the same seed",
            "checks": [
                "test_repeats_the_numbers_of_a_seed",
                "test_takes_zero_for_a_seed_too",
            ],
            "broken_by": "mistakes/generator_that_goes_on",
        },
        {
            "text": "other numbers for another",
            "checks": [
                "test_repeats_the_numbers_of_a_seed",
                "test_takes_zero_for_a_seed_too",
            ],
            "broken_by": "mistakes/generator_not_seeded",
        },
        {
            "text": "whatever was drawn before",
            "checks": [
                "test_repeats_the_numbers_of_a_seed",
                "test_leaves_the_global_random_state_untouched",
                "test_takes_zero_for_a_seed_too",
            ],
            "broken_by": "mistakes/generator_not_used",
        },
        {
            "text": "new",
            "checks": [
                "test_gives_memory_of_its_own_at_each_call",
            ],
            "broken_by": "mistakes/remembered",
        },
        {
            "text": "no global random state: not PyTorch's",
            "checks": [
                "test_leaves_the_global_random_state_untouched",
            ],
            "broken_by": "mistakes/seeds_the_global_generator",
        },
        {
            "text": "not NumPy's",
            "checks": [
                "test_leaves_the_global_random_state_untouched",
            ],
            "broken_by": "mistakes/seeds_numpy",
        },
        {
            "text": "not Python's",
            "checks": [
                "test_leaves_the_global_random_state_untouched",
            ],
            "broken_by": "mistakes/seeds_python",
        },
    ],
}
