"""Hidden checks of 1-tensors: tensors made from arrays and lists, and what a tensor tells."""

import numpy as np
import torch

from autograder.checks import (
    accelerators,
    check,
    expect,
    fetch,
    hints,
    keep,
    put,
    require,
    type_names,
)

TENSOR = "Which step of yours makes a tensor, and what becomes of it?"
OVER_AN_ARRAY = {
    "type": TENSOR,
    "shape": "Which step of yours gives other axes or sizes than those of the array?",
    "dtype": "Which step of yours does not keep the dtype of the array?",
    "values": "Compare the array with the tensor, number by number: which step changes them?",
}


@check("from_numpy_shared", weight=2, part="idea")
def test_holds_the_values_of_the_array(student, solution, rng):
    a = rng.array(2, rng.integer(3, 6), 1, 5, dtype=np.float32)
    with hints(**OVER_AN_ARRAY):
        expect(student.from_numpy_shared(a), solution.from_numpy_shared(a))


@check("from_numpy_shared", part="contract")
def test_keeps_the_dtype(student, solution, rng):
    from_numpy_shared = student.from_numpy_shared
    dtypes = (np.float64, np.float16, np.int32, np.uint8)
    arrays = [rng.array(2, rng.integer(3, 7), dtype=dtype) for dtype in dtypes]
    # The class torch.Tensor takes a whole number without axes for a size. (0, for a tensor of
    # another size would hold what nobody has filled.)
    arrays += [np.zeros((), dtype=np.int64), np.zeros(()), np.zeros((0, 3))]
    results = [from_numpy_shared(a) for a in arrays]
    for a, result in zip(arrays, results, strict=True):
        with hints(**OVER_AN_ARRAY):
            expect(
                result,
                solution.from_numpy_shared(a),
                name=f"For an array of {a.dtype.name} and shape {a.shape}, from_numpy_shared(a)",
            )


def _after_writes(space, array, turned, place, other, value):
    """What tensor and array hold, once somebody has written into the array and into the tensor."""
    kept = put(space, array)
    tensor = keep(space.from_numpy_shared, keep(kept.transpose) if turned else kept)
    kept[place] = value
    tensor[other] = value + 1
    return fetch(tensor), fetch(kept)


SHARED = {"type": TENSOR, "dtype": "Can memory be shared if the numbers need another dtype?"}


def _why_not_shared(tensor, right):
    """The hint for other numbers after a write, by whether it is only the write that is missing."""
    comparable = isinstance(tensor, torch.Tensor) and tensor.shape == right.shape
    if comparable and int((tensor != right).sum()) <= 1:
        return (
            "A write on one side does not show on the other. "
            "From which step on has the tensor memory of its own?"
        )
    return OVER_AN_ARRAY["values"]


def _expect_shared(student, solution, rng, which):
    array, value = rng.array(3, rng.integer(4, 7)), rng.uniform(5, 9)
    # Two places, in the array and in its transpose.
    writes = (rng.integer(0, 3), 3), (rng.integer(0, 3), rng.integer(0, 3)), value
    turned = which == "a turned array"
    mine, right = (_after_writes(space, array, turned, *writes) for space in (student, solution))
    with hints(**SHARED, values=lambda: _why_not_shared(mine[0], right[0])):
        expect(
            mine,
            right,
            name=f"After a write into {which}, and one into its tensor, both",
        )


@check("from_numpy_shared", weight=3, part="idea")
def test_shows_what_is_written_into_the_array_later(student, solution, rng):
    _expect_shared(student, solution, rng, "an array")


@check("from_numpy_shared", part="contract")
def test_shares_the_memory_of_a_turned_array_too(student, solution, rng):
    # The numbers of a turned array don't lie in its order: who puts them in order copies them.
    _expect_shared(student, solution, rng, "a turned array")


def _after_a_write(space, array, place, value):
    """The tensor over an array, once somebody has written into the array."""
    kept = put(space, array)
    tensor = keep(space.from_numpy_shared, kept)
    kept[place] = value
    return fetch(tensor)


@check("from_numpy_shared", part="contract")
def test_shares_the_memory_of_an_array_of_any_kind(student, solution, rng):
    kinds = (
        ((rng.integer(3, 6), 4), np.int64),
        ((2, rng.integer(3, 6)), np.float32),
        ((rng.integer(3, 6),), np.float64),
        ((2, 3, rng.integer(3, 6)), np.float64),
    )
    # All are asked first and judged afterwards: which of them go wrong tells the mistake.
    asked = []
    for shape, dtype in kinds:
        array, value = rng.array(*shape, dtype=dtype), rng.integer(101, 120)
        place = tuple(0 for _ in shape)
        results = [_after_a_write(space, array, place, value) for space in (student, solution)]
        asked.append((f"{dtype.__name__} of shape {shape}", *results))
    for kind, mine, right in asked:
        look = {"values": lambda mine=mine, right=right: _why_not_shared(mine, right)}
        with hints(**OVER_AN_ARRAY | SHARED | look):
            expect(mine, right, name=f"After a write into an array of {kind}, the tensor")


def _as_float32(result):
    """The result with any floating dtype forgiven: one check of its own looks at the dtype."""
    if isinstance(result, torch.Tensor) and result.is_floating_point():
        return result.float()
    return result


def _picture(rng, *shape):
    """Pixels of which one is black and one is white, so that both ends of the scale are there."""
    pixels = rng.array(*shape, dtype=np.uint8)
    black, white = rng.shuffled(range(pixels.size))[:2]
    pixels.flat[black], pixels.flat[white] = 0, 255
    return pixels


# How far a value may lie from the right one where the idea is asked: two digits are enough.
NEAR = 0.006
PIXELS = {
    "type": TENSOR,
    "shape": "Compare the two shapes: which axis or size is another one, and which step does that?",
    "dtype": "Which dtype does the docstring name, and can yours hold 0.2?",
    "values": "What becomes of 51, and what of 255?",
}


def _expect_near(result, solution, a, call):
    """That each value is right to two digits, in whatever floats."""
    expect(_as_float32(result), solution.pixels_to_float(a), atol=NEAR, rtol=0, name=call)


def _expect_scaled(result, solution, a, call, values=PIXELS["values"]):
    """As `_expect_near`, with hints; `values` is the one for other values."""
    with hints(**PIXELS | {"values": values}):
        _expect_near(result, solution, a, call)


@check("pixels_to_float", weight=2, part="idea")
def test_scales_the_pixels_to_0_and_1(student, solution, rng):
    a = _picture(rng, rng.integer(4, 7), 9)
    result = student.pixels_to_float(a)
    _expect_scaled(result, solution, a, "pixels_to_float(a)")
    with hints(values="Which number does the pixel 255 become, to the last digit?"):
        expect(float(result.max()), 1.0, name="For a picture with a white pixel, the largest value")


@check("pixels_to_float", weight=3, part="idea")
def test_divides_by_255_even_where_no_pixel_is_white(student, solution, rng):
    a = rng.integers(30, 190, rng.integer(3, 6), 7).numpy().astype(np.uint8)
    result = _as_float32(student.pixels_to_float(a))
    dark = "Try the pixels 51 and 102 alone: what comes back, and what does the docstring promise?"
    with hints(**PIXELS | {"values": dark}):
        expect(
            result,
            solution.pixels_to_float(a),
            atol=NEAR,
            rtol=0,
            name="For a picture without a white pixel, pixels_to_float(a)",
        )


@check("pixels_to_float", part="contract")
def test_keeps_the_shape_of_the_picture(student, solution, rng):
    pixels_to_float = student.pixels_to_float
    # A row, a picture of MNIST's size, larger ones, in colours and without, and several of which
    # some axes have one place.
    shapes = (
        (rng.integer(5, 9),),
        (28, 28),
        (rng.integer(30, 40), rng.integer(41, 60)),
        (rng.integer(4, 7), rng.integer(8, 11), 3),
        (1, 2, 1, rng.integer(4, 7)),
    )
    pictures = [_picture(rng, *shape) for shape in shapes]
    results = [pixels_to_float(a) for a in pictures]
    place = "Take one value that differs: which pixel belongs there, and what becomes of it?"
    for a, result in zip(pictures, results, strict=True):
        call = f"For an array of shape {a.shape}, pixels_to_float(a)"
        _expect_scaled(result, solution, a, call, place)
    a = _picture(rng, 5, rng.integer(6, 9))
    turned = keep(put(student, a).transpose)
    result, call = pixels_to_float(turned), "For a turned array, pixels_to_float(a)"
    _expect_scaled(result, solution, a.T, call, place)


@check("pixels_to_float", part="contract")
def test_gives_float32(student, solution, rng):
    a = _picture(rng, rng.integer(3, 6), 7)
    result = student.pixels_to_float(a)
    with hints():
        _expect_near(result, solution, a, "pixels_to_float(a)")
    with hints(dtype="Which step decides which floats come back?"):
        expect(torch.zeros_like(result), torch.zeros(a.shape), name="pixels_to_float(a)")


WHEN_MADE = "When is the tensor made that the second call gives?"


@check("pixels_to_float", part="contract")
def test_leaves_the_array_as_it_was(student, solution, rng):
    a = _picture(rng, 5, rng.integer(6, 9))
    kept = put(student, a)
    with hints():
        _expect_near(student.pixels_to_float(kept), solution, a, "pixels_to_float(a)")
    with hints(values="Which step writes into the memory of the array?"):
        expect(fetch(kept), a, name="After the call, the array")
    # Whoever is handed a result may write into it, and may call again.
    first = keep(student.pixels_to_float, kept)
    first[0, 0] = 7.0
    second = student.pixels_to_float(kept)
    with hints(values=WHEN_MADE):
        _expect_near(second, solution, a, "After a write into the first result, a second one")
        expect(float(first[0, 0]), 7.0, name="After a second call, what was written into the first")


def _dark(rng, *pixels):
    """A picture with all of these pixels and no others."""
    return np.array([rng.shuffled(pixels * 3) for _ in range(4)], dtype=np.uint8)


@check("pixels_to_float", part="details")
def test_is_right_to_the_last_digit(student, solution, rng):
    pixels_to_float = student.pixels_to_float
    # All 256 pixels that there are, in any order.
    a = np.array(rng.shuffled(range(256)), dtype=np.uint8).reshape(16, 16)
    grey = rng.integer(30, 190)
    dark = [_dark(rng, 0, 1), _dark(rng, 0, rng.integer(2, 9), rng.integer(10, 25))]
    pictures = [("", a), *(("For a very dark picture", one) for one in dark)]
    pictures.append(("For a picture of one grey", _dark(rng, grey)))
    results = [_as_float32(pixels_to_float(a)) for _, a in pictures]
    digits = "Compare one of your values with pixel / 255, digit by digit: where do they part?"
    dark = "Try the pixels 0 and 1, then 0, 5 and 20: what comes back, and what should?"
    for (which, a), result in zip(pictures, results, strict=True):
        with hints(**PIXELS | {"values": dark if "dark" in which else digits}):
            expect(
                result,
                solution.pixels_to_float(a),
                name=f"{which or 'Where all pixels occur'}, to the last digit, pixels_to_float(a)",
            )


def _part(result, index):
    """One of the things that describe gives, or a mismatch that says how it must be."""
    result = fetch(result)
    how = "How does a function give back three things at once?"
    # unneeded: what is too short has no such part either, but this one says so in better words
    require(
        isinstance(result, (tuple, list)) and len(result) > index,
        "describe(t) does not give three things.",
        hint="Nothing comes back. How do the three reach the caller?" if result is None else how,
    )
    return result[index]


def _why_no_sizes(shape):
    """The hint for something that is no shape, by what it is."""
    if any("method" in name for name in type_names(shape)[:1]):
        return "What comes first is a method, not what it gives. At which step is it carried out?"
    return "What comes first in your answer: is it a tuple, and is each size a whole number?"


def _why_not_as_many(sizes):
    """The hint for more or fewer sizes than t has axes, by how many these are."""
    if not sizes:
        return "How many axes has torch.tensor(5.0), and which sizes does your code give for it?"
    return f"Try a t of shape {sizes}: which of its sizes does your answer leave out or add?"


@check("describe", weight=2, part="idea")
def test_tells_the_shape_first(student, solution, rng):
    describe = student.describe
    # The first size is no number of axes, so that an answer with one is not taken for the other's.
    several = ((2, 1, rng.integer(3, 6), 4), (rng.integer(3, 6), 2, 5), (0, rng.integer(3, 6)))
    for sizes in ((), *several, (rng.integer(3, 6),)):
        t = rng.tensor(*sizes)
        shape = _part(describe(t), 0)
        with hints(
            type=lambda shape=shape: _why_no_sizes(shape),
            length=_why_not_as_many(sizes),
            values="Try a tensor of 2 × 3 × 4 numbers: which sizes come back, and in which order?",
        ):
            expect(
                shape,
                solution.describe(t)[0],
                name=f"For t of shape {sizes}, describe(t)[0], the shape,",
            )


@check("describe", weight=2, part="idea")
def test_tells_the_dtype_second(student, solution, rng):
    describe = student.describe
    kind = "What type has the second thing that you return, and which one does the docstring name?"
    own = "Try a tensor of this dtype: which step of yours decides what comes back?"
    others = (torch.uint8, torch.float16, torch.complex64)
    for dtype in (torch.float64, torch.bool, torch.int32, *others):
        t = rng.integers(0, 2, 2, rng.integer(3, 6), dtype=dtype)
        told = _part(describe(t), 1)
        with hints(type=kind, values=own):
            expect(
                told,
                solution.describe(t)[1],
                name=f"For t of {str(dtype).removeprefix('torch.')}, describe(t)[1], the dtype,",
            )


@check("describe", weight=2, part="idea")
def test_tells_the_device_third(student, solution, rng):
    describe, t = student.describe, rng.tensor(rng.integer(2, 5), 3)
    # Every machine has the device meta, from which no copy can be made. All are asked first and
    # judged afterwards: which of them go wrong tells the mistake.
    meta = t.to("meta")
    asked = [("For t on meta,", solution.describe(meta)[2], describe(meta))]
    for gpu in accelerators(student, ("cuda:1", "mps")):
        for place, there in ((gpu.device, gpu.put(t)), (torch.device("cpu"), t)):
            where = f"Beside the device {gpu.device}, for t on {place},"
            asked.append((where, place, gpu.call(describe, there)))
    kind = "What type has the third thing that you return, and which one does the docstring name?"
    own = "Where is this very tensor, and which step of yours decides what comes back?"
    for where, place, result in asked:
        device = _part(result, 2)
        with hints(type=kind, device=own):
            expect(device, place, name=f"{where} describe(t)[2], the device,")


@check("describe", part="contract")
def test_gives_exactly_three_things(student, solution, rng):
    t = rng.tensor(rng.integer(2, 5), 3)
    result = fetch(student.describe(t))
    expect(_part(result, 2), solution.describe(t)[2], name="describe(t)[2], the device,")
    require(
        len(result) == 3,
        f"describe(t) gives {len(result)} things, expected three.",
        hint="Which three things does the docstring ask for?",
    )


@check("describe", part="contract")
def test_describe_leaves_t_as_it_was(student, solution, rng):
    t = rng.tensor(1, rng.integer(2, 5), 3)
    kept = put(student, t)
    expect(_part(student.describe(kept), 2), solution.describe(t)[2], name="describe(t)[2]")
    changed = "Compare t before and after the call: what is different, and which step does it?"
    with hints(shape=changed, dtype=changed, values=changed, requires_grad=changed):
        expect(fetch(kept), t, name="After the call, t")
    learning = t.clone().requires_grad_()
    kept = put(student, learning)
    student.describe(kept)
    with hints(shape=changed, dtype=changed, values=changed, requires_grad=changed):
        expect(fetch(kept), learning, name="After the call, t that requires a gradient")


INFERRED = {
    "type": TENSOR,
    "dtype": "Which step of yours decides the dtype, and what does it look at?",
    "shape": "From the list to the result: at which step is an axis lost or added?",
    "values": "Compare the list with the tensor, value by value: which step changes one?",
}


def _inferred(result, values):
    """The hints, the one for another shape by whether its sizes are the numbers of the list."""
    plain = isinstance(result, torch.Tensor) and not result.is_nested
    as_sizes = (
        "The numbers of the list became the sizes of the tensor. "
        "What does the step that makes it take them for?"
    )
    return INFERRED | ({"shape": as_sizes} if plain and list(result.shape) == values else {})


@check("from_list", weight=2, part="idea")
def test_makes_int64_of_whole_numbers(student, solution, rng):
    from_list = student.from_list
    values = rng.shuffled([rng.integer(2, 9), rng.integer(2, 40), 0, rng.integer(50, 90)])
    bits = rng.shuffled([0, 1, 1, 0, 1])
    results = from_list(values), from_list(bits)
    for which, one, result in zip(("", " 0 and 1"), (values, bits), results, strict=True):
        with hints(**_inferred(result, one)):
            expect(
                result,
                solution.from_list(one),
                name=f"For whole numbers{which}, from_list(values)",
            )


@check("from_list", weight=2, part="idea")
def test_makes_float32_of_floats(student, solution, rng):
    from_list = student.from_list
    values = [rng.uniform(-3, 3) for _ in range(rng.integer(4, 9))]
    whole = [float(rng.integer(2, 40)) for _ in range(4)]
    results = from_list(values), from_list(whole)
    for which, one, result in zip(("", " such as 3.0"), (values, whole), results, strict=True):
        with hints(**INFERRED):
            # unneeded: how near is open, for digits that are lost have a check of their own
            expect(
                result,
                solution.from_list(one),
                rtol=0.02,
                atol=0.006,
                name=f"For floats{which}, from_list(values)",
            )


@check("from_list", weight=2, part="idea")
def test_makes_bool_of_bools(student, solution, rng):
    from_list = student.from_list
    mixed = rng.shuffled([True, True, False, True, False])
    for values, which in ((mixed, "True and False"), ([True] * 3, "True alone")):
        with hints(**INFERRED):
            expect(
                from_list(values),
                solution.from_list(values),
                name=f"For {which}, from_list(values)",
            )


@check("from_list", part="contract")
def test_makes_one_element_of_a_list_with_one_number(student, solution, rng):
    values = [rng.integer(3, 30)]
    result = student.from_list(values)
    with hints(**_inferred(result, values)):
        expect(
            result,
            solution.from_list(values),
            name="For a list with one number, from_list(values)",
        )


@check("from_list", weight=2, part="contract")
def test_makes_rows_of_lists_in_the_list(student, solution, rng):
    from_list, whole = student.from_list, rng.integers(-50, 50, 2, rng.integer(3, 6)).tolist()
    floats = [[number + 0.5 for number in row] for row in whole]
    bools = [[number % 2 == 0 for number in row] for row in whole]
    lists = (
        (whole, "lists"),
        (floats, "lists of floats"),
        (bools, "lists of bools"),
        (whole[:1], "one list"),
        ([row[:1] for row in whole], "lists of one number"),
    )
    results = [from_list(values) for values, _ in lists]
    for (values, which), result in zip(lists, results, strict=True):
        with hints(**INFERRED):
            expect(
                result,
                solution.from_list(values),
                name=f"For a list of {which}, from_list(values)",
            )


@check("from_list", part="contract")
def test_leaves_the_list_as_it_was(student, solution, rng):
    values = rng.integers(-50, 50, rng.integer(4, 7)).tolist()
    kept = put(student, values)
    with hints():
        expect(student.from_list(kept), solution.from_list(values), name="from_list(values)")
    changed = "Print the list before and after the call: which step changes it?"
    with hints(type=changed, length=changed, values=changed):
        expect(fetch(kept), values, name="After the call, the list")
    first = keep(student.from_list, kept)
    first[0] = 99
    with hints(values=WHEN_MADE):
        expect(
            student.from_list(kept),
            solution.from_list(values),
            name="After a write into the first tensor, a second from_list(values)",
        )


@check("from_list", weight=2, part="details")
def test_keeps_every_digit(student, solution, rng):
    from_list = student.from_list
    # Odd numbers, where float64 holds every second one only; and floats as float32 holds them.
    large = [2**53 + 1 + 2 * rng.integer(0, 999) for _ in range(4)]
    floats = [rng.uniform(-3, 3) for _ in range(6)]
    for values, which in ((floats, "floats"), (large, "large whole numbers")):
        digits = (
            "Compare a number of the list with the tensor's, digit by digit: where do they part?"
        )
        with hints(**INFERRED | {"values": digits}):
            expect(
                from_list(values),
                solution.from_list(values),
                name=f"To the last digit, for {which}, from_list(values)",
            )


# Which words of the docstrings which checks hold, and what breaks only these: docs/checks.md.
CLAUSES = {
    "from_numpy_shared": [
        {
            "text": "A tensor over the array's own memory.",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": "mistakes/returns_the_array",
        },
        {
            "text": "NumPy array of any shape",
            "checks": [
                "test_keeps_the_dtype",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": "return torch.from_numpy(a if a.ndim else a.reshape(1))",
            },
        },
        {
            "text": "of whole numbers or floats",
            "checks": [
                "test_keeps_the_dtype",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": (
                    "t = torch.from_numpy(a)\nreturn t if t.is_floating_point() else t.float()"
                ),
            },
        },
        {
            "text": "tensor of the same shape",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": "mistakes/flattens",
        },
        {
            "text": "and dtype",
            "checks": [
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": "on the CPU",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": 'return torch.from_numpy(a).to("meta")',
            },
        },
        {
            "text": "shared: what is written into `a` later shows in the tensor",
            "checks": [
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": "mistakes/copies_with_torch_tensor",
        },
        {
            "text": "no",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
                "test_shares_the_memory_of_a_turned_array_too",
                "test_shares_the_memory_of_an_array_of_any_kind",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": "a *= 2\nreturn torch.from_numpy(a)",
            },
        },
    ],
    "pixels_to_float": [
        {
            "text": "The pixels of a picture as floats between 0 and 1: 0 is 0.0, 255 is 1.0.",
            "checks": [
                "test_scales_the_pixels_to_0_and_1",
                "test_gives_float32",
                "test_divides_by_255_even_where_no_pixel_is_white",
                "test_leaves_the_array_as_it_was",
                "test_keeps_the_shape_of_the_picture",
                "test_is_right_to_the_last_digit",
            ],
            "broken_by": "mistakes/casts_only",
        },
        {
            "text": "NumPy array of uint8",
            "why_none": "what may be handed in, said by `returns`",
        },
        {
            "text": "with one axis or more",
            "checks": [
                "test_keeps_the_shape_of_the_picture",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": (
                    "t = torch.from_numpy(a).float() / 255\n"
                    "return t if t.ndim == 2 else t.flatten()"
                ),
            },
        },
        {
            "text": "tensor of float32",
            "checks": [
                "test_gives_float32",
            ],
            "broken_by": "mistakes/numpy_divides_into_float64",
        },
        {
            "text": "and of the same shape",
            "checks": [
                "test_scales_the_pixels_to_0_and_1",
                "test_gives_float32",
                "test_divides_by_255_even_where_no_pixel_is_white",
                "test_leaves_the_array_as_it_was",
                "test_keeps_the_shape_of_the_picture",
                "test_is_right_to_the_last_digit",
            ],
            "broken_by": "mistakes/to_tensor_adds_an_axis",
        },
        {
            "text": "on the CPU:",
            "checks": [
                "test_scales_the_pixels_to_0_and_1",
                "test_gives_float32",
                "test_divides_by_255_even_where_no_pixel_is_white",
                "test_leaves_the_array_as_it_was",
                "test_keeps_the_shape_of_the_picture",
                "test_is_right_to_the_last_digit",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": 'return (torch.from_numpy(a).float() / 255).to("meta")',
            },
        },
        {
            "text": "each pixel over 255",
            "checks": [
                "test_divides_by_255_even_where_no_pixel_is_white",
                "test_is_right_to_the_last_digit",
            ],
            "broken_by": "mistakes/divides_by_the_brightest_pixel",
        },
        {
            "text": "new",
            "why_none": "floats cannot share the memory of bytes",
        },
        {
            "text": "no",
            "checks": [
                "test_leaves_the_array_as_it_was",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": "result = torch.from_numpy(a).float() / 255\na[0] = 0\nreturn result",
            },
        },
    ],
    "describe": [
        {
            "text": "The three things to know first of a tensor, as (shape, dtype, device).",
            "checks": [
                "test_tells_the_shape_first",
                "test_tells_the_dtype_second",
                "test_gives_exactly_three_things",
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": "mistakes/another_order",
        },
        {
            "text": "tensor of any shape",
            "checks": [
                "test_tells_the_shape_first",
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": {
                "line": "return t.shape, t.dtype, t.device",
                "becomes": "return t.shape[-2:], t.dtype, t.device",
            },
        },
        {
            "text": "dtype",
            "checks": [
                "test_tells_the_dtype_second",
            ],
            "broken_by": {
                "line": "return t.shape, t.dtype, t.device",
                "becomes": "return t.shape, torch.float32, t.device",
            },
        },
        {
            "text": "and device",
            "checks": [
                "test_tells_the_device_third",
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": "mistakes/through_numpy",
        },
        {
            "text": "tuple of a torch.Size (or a plain tuple of sizes)",
            "checks": [
                "test_tells_the_shape_first",
                "test_gives_exactly_three_things",
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": "mistakes/number_of_axes",
        },
        {
            "text": "a torch.dtype",
            "checks": [
                "test_tells_the_dtype_second",
            ],
            "broken_by": "mistakes/legacy_type_name",
        },
        {
            "text": "a torch.device",
            "checks": [
                "test_tells_the_device_third",
                "test_gives_exactly_three_things",
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": "mistakes/number_of_the_device",
        },
        {
            "text": "no",
            "checks": [
                "test_describe_leaves_t_as_it_was",
            ],
            "broken_by": "mistakes/squeezes_in_place",
        },
    ],
    "from_list": [
        {
            "text": "A tensor of the list's values, with the dtype that PyTorch infers from them.",
            "checks": [
                "test_makes_int64_of_whole_numbers",
                "test_makes_bool_of_bools",
                "test_makes_one_element_of_a_list_with_one_number",
                "test_makes_rows_of_lists_in_the_list",
                "test_leaves_the_list_as_it_was",
                "test_keeps_every_digit",
            ],
            "broken_by": "mistakes/always_float32",
        },
        {
            "text": "list of whole numbers",
            "checks": [
                "test_makes_int64_of_whole_numbers",
                "test_makes_one_element_of_a_list_with_one_number",
                "test_makes_rows_of_lists_in_the_list",
                "test_leaves_the_list_as_it_was",
                "test_keeps_every_digit",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": (
                    "t = torch.tensor(values)\nreturn t.float() if t.dtype == torch.int64 else t"
                ),
            },
        },
        {
            "text": "of floats",
            "checks": [
                "test_makes_float32_of_floats",
                "test_makes_rows_of_lists_in_the_list",
                "test_keeps_every_digit",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": (
                    "t = torch.tensor(values)\nreturn t.long() if t.is_floating_point() else t"
                ),
            },
        },
        {
            "text": "or of bools;",
            "checks": [
                "test_makes_bool_of_bools",
                "test_makes_rows_of_lists_in_the_list",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": (
                    "t = torch.tensor(values)\nreturn t.long() if t.dtype == torch.bool else t"
                ),
            },
        },
        {
            "text": "or of equally long such lists",
            "checks": [
                "test_makes_rows_of_lists_in_the_list",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "return torch.tensor(values).flatten()",
            },
        },
        {
            "text": "tensor of int64, float32 or bool",
            "checks": [
                "test_makes_float32_of_floats",
                "test_makes_rows_of_lists_in_the_list",
                "test_keeps_every_digit",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": (
                    "t = torch.tensor(values)\nreturn t.double() if t.is_floating_point() else t"
                ),
            },
        },
        {
            "text": "on the CPU;",
            "checks": [
                "test_makes_int64_of_whole_numbers",
                "test_makes_float32_of_floats",
                "test_makes_bool_of_bools",
                "test_makes_one_element_of_a_list_with_one_number",
                "test_makes_rows_of_lists_in_the_list",
                "test_leaves_the_list_as_it_was",
                "test_keeps_every_digit",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": 'return torch.tensor(values, device="meta")',
            },
        },
        {
            "text": "a list in the list is a row",
            "checks": [
                "test_makes_rows_of_lists_in_the_list",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\nreturn t.T if t.ndim > 1 else t",
            },
        },
        {
            "text": "new",
            "why_none": "a list holds objects: no tensor can share its memory",
        },
        {
            "text": "no",
            "checks": ["test_leaves_the_list_as_it_was"],
            "broken_by": "mistakes/writes_into_the_list",
        },
    ],
}
