"""Hidden checks of 1-tensors: tensors made from arrays and lists, and what a tensor tells."""

import numpy as np
import torch

from autograder.checks import accelerators, check, expect, fetch, hints, keep, put, require


@check("from_numpy_shared")
def test_holds_the_values_of_the_array(student, solution, rng):
    a = rng.array(2, rng.integer(3, 6), 5, dtype=np.float32)
    with hints(shape="Are all axes of the array still there, and no others?"):
        expect(student.from_numpy_shared(a), solution.from_numpy_shared(a))


@check("from_numpy_shared")
def test_keeps_the_dtype(student, solution, rng):
    from_numpy_shared = student.from_numpy_shared
    arrays = [rng.array(2, rng.integer(3, 7), dtype=dtype) for dtype in (np.float64, np.uint8)]
    # The class torch.Tensor takes a whole number without axes for a size. (0, for a tensor of
    # another size would hold what nobody has filled.)
    arrays.append(np.zeros((), dtype=np.int64))
    results = [from_numpy_shared(a) for a in arrays]
    for a, result in zip(arrays, results, strict=True):
        with hints(dtype="Is there a step that asks for another dtype, such as float()?"):
            expect(
                result,
                solution.from_numpy_shared(a),
                name=f"For an array of {a.dtype.name}, from_numpy_shared(a)",
            )


def _after_writes(space, array, turned, place, other, value):
    """What tensor and array hold, once somebody has written into the array and into the tensor."""
    kept = put(space, array)
    tensor = keep(space.from_numpy_shared, keep(kept.transpose) if turned else kept)
    kept[place] = value
    tensor[other] = value + 1
    return fetch(tensor), fetch(kept)


@check("from_numpy_shared")
def test_shows_what_is_written_into_the_array_later(student, solution, rng):
    array, value = rng.array(3, rng.integer(4, 7)), rng.uniform(5, 9)
    # Two places, in the array and in its transpose.
    writes = (rng.integer(0, 3), 3), (rng.integer(0, 3), rng.integer(0, 3)), value
    # The numbers of a turned array don't lie in its order: who puts them in order copies them.
    mine, right = (
        [_after_writes(space, array, turned, *writes) for turned in (False, True)]
        for space in (student, solution)
    )
    for which, pair, wanted in zip(("an array", "a turned array"), mine, right, strict=True):
        with hints(
            dtype="Can memory be shared if the numbers need another dtype?",
            values="Which function takes over an array's memory, without copying the numbers?",
        ):
            expect(pair, wanted, name=f"After a write into {which}, and one into its tensor, both")


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


PIXELS = {
    "shape": "Does each pixel stay in its place, with no axis added or removed?",
    "dtype": "Can a tensor of whole numbers hold 0.2?",
}


@check("pixels_to_float")
def test_scales_the_pixels_to_0_and_1(student, solution, rng):
    pixels_to_float = student.pixels_to_float
    # Of the usual size, and of another with more axes.
    for shape in ((28, 28), (2, 3, rng.integer(4, 7))):
        a = _picture(rng, *shape)
        result = _as_float32(pixels_to_float(a))
        with hints(values="What becomes of 51, and what of 255?", **PIXELS):
            expect(result, solution.pixels_to_float(a), name="pixels_to_float(a)")


@check("pixels_to_float")
def test_gives_float32(student, solution, rng):
    a = _picture(rng, rng.integer(3, 6), 7)
    with hints(dtype="Which library divides here, and which floats does it make?"):
        expect(student.pixels_to_float(a), solution.pixels_to_float(a))


@check("pixels_to_float")
def test_divides_by_255_even_where_no_pixel_is_white(student, solution, rng):
    a = rng.integers(30, 190, rng.integer(3, 6), 7).numpy().astype(np.uint8)
    result = _as_float32(student.pixels_to_float(a))
    with hints(values="Do you divide by 255, or by what depends on the picture?", **PIXELS):
        expect(
            result,
            solution.pixels_to_float(a),
            name="For a picture without a white pixel, pixels_to_float(a)",
        )


@check("pixels_to_float")
def test_leaves_the_array_as_it_was(student, solution, rng):
    a = _picture(rng, 5, rng.integer(6, 9))
    kept = put(student, a)
    result = _as_float32(student.pixels_to_float(kept))
    with hints(**PIXELS):
        expect(result, solution.pixels_to_float(a), name="pixels_to_float(a)")
    with hints(values="Which step writes into the memory of the array?"):
        expect(fetch(kept), a, name="After the call, the array")


def _part(result, index):
    """One of the three things that describe gives, or a mismatch that says how it must be."""
    result = fetch(result)
    require(
        isinstance(result, (tuple, list)) and len(result) == 3,
        "describe(t) does not give three things.",
        hint="Does the function return (shape, dtype, device), with commas between?",
    )
    return result[index]


@check("describe")
def test_tells_the_shape_first(student, solution, rng):
    describe = student.describe
    # The first size is no number of axes, so that an answer with one is not taken for the other's.
    for sizes in ((), (2, 1, rng.integer(3, 6), 4)):
        t = rng.tensor(*sizes)
        kept = put(student, t)
        with hints(type="Which attribute of t holds the sizes of all axes?"):
            expect(
                _part(describe(kept), 0),
                solution.describe(t)[0],
                name="describe(t)[0], the shape,",
            )
        with hints(shape="Does a step work on t itself? Names that end in _ do."):
            expect(fetch(kept), t, name="After the call, t")


@check("describe")
def test_tells_the_dtype_second(student, solution, rng):
    describe = student.describe
    for dtype in (torch.float64, torch.bool):
        t = rng.integers(0, 2, 2, rng.integer(3, 6), dtype=dtype)
        with hints(type="Is it the tensor's own word for its elements, no class and no text?"):
            expect(
                _part(describe(t), 1),
                solution.describe(t)[1],
                name="describe(t)[1], the dtype,",
            )


@check("describe")
def test_tells_the_device_third(student, solution, rng):
    describe, t = student.describe, rng.tensor(rng.integer(2, 5), 3)
    # Every machine has the device meta, from which no copy can be made. All are asked first and
    # judged afterwards: which of them go wrong tells the mistake.
    meta = t.to("meta")
    asked = [("For t on meta,", solution.describe(meta)[2], describe(meta))]
    for gpu in accelerators(student, ("cuda", "mps")):
        for place, there in ((gpu.device, gpu.put(t)), (torch.device("cpu"), t)):
            where = f"Beside the device {gpu.device}, for t on {place},"
            asked.append((where, place, gpu.call(describe, there)))
    own = "Do you ask this tensor where it is, and pass its own answer on, unchanged?"
    for where, place, result in asked:
        with hints(type=own, device=own):
            expect(_part(result, 2), place, name=f"{where} describe(t)[2], the device,")


INFERRED = {
    "dtype": "Who decides the dtype here: PyTorch, from the values, or something in your code?",
    "shape": "Does the list reach PyTorch as it is, as one list of values?",
}


@check("from_list")
def test_makes_int64_of_whole_numbers(student, solution, rng):
    values = rng.shuffled([rng.integer(2, 9), rng.integer(2, 40), 0, rng.integer(50, 90)])
    with hints(**INFERRED):
        expect(
            student.from_list(values),
            solution.from_list(values),
            name="For whole numbers, from_list(values)",
        )


@check("from_list")
def test_makes_float32_of_floats(student, solution, rng):
    values = [rng.uniform(-3, 3) for _ in range(rng.integer(4, 9))]
    with hints(**INFERRED):
        expect(
            student.from_list(values),
            solution.from_list(values),
            name="For floats, from_list(values)",
        )


@check("from_list")
def test_makes_bool_of_bools(student, solution, rng):
    values = rng.shuffled([True, True, False, True, False])
    with hints(**INFERRED):
        expect(
            student.from_list(values),
            solution.from_list(values),
            name="For True and False, from_list(values)",
        )


@check("from_list")
def test_makes_one_element_of_a_list_with_one_number(student, solution, rng):
    values = [rng.integer(3, 30)]
    with hints(
        dtype=INFERRED["dtype"],
        shape="A list with one number has one axis with one element: is the number taken as a "
        "size, or an axis added or removed?",
    ):
        expect(
            student.from_list(values),
            solution.from_list(values),
            name="For a list with one number, from_list(values)",
        )


@check("from_list")
def test_makes_rows_of_lists_in_the_list(student, solution, rng):
    values = rng.integers(-50, 50, 2, rng.integer(3, 6)).tolist()
    with hints(**INFERRED):
        expect(
            student.from_list(values),
            solution.from_list(values),
            name="For a list of lists, from_list(values)",
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
            ],
            "broken_by": "mistakes/returns_the_array",
        },
        {
            "text": "NumPy array of any shape",
            "checks": ["test_keeps_the_dtype"],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": "return torch.from_numpy(a if a.ndim else a.reshape(1))",
            },
        },
        {
            "text": "of whole numbers or floats",
            "checks": ["test_keeps_the_dtype"],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": "t = torch.from_numpy(a)\n"
                "return t if t.is_floating_point() else t.float()",
            },
        },
        {
            "text": "tensor of the same shape",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
            ],
            "broken_by": "mistakes/flattens",
        },
        {
            "text": "and dtype",
            "checks": ["test_keeps_the_dtype", "test_shows_what_is_written_into_the_array_later"],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": "on the CPU",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a)",
                "becomes": 'return torch.from_numpy(a).to("meta")',
            },
        },
        {
            "text": "shared: what is written into `a` later shows in the tensor",
            "checks": ["test_shows_what_is_written_into_the_array_later"],
            "broken_by": "mistakes/copies_with_torch_tensor",
        },
        {
            "text": "no",
            "checks": [
                "test_holds_the_values_of_the_array",
                "test_keeps_the_dtype",
                "test_shows_what_is_written_into_the_array_later",
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
            ],
            "broken_by": "mistakes/casts_only",
        },
        {"text": "NumPy array of uint8", "why_none": "what may be handed in, said by `returns`"},
        {
            "text": "of any shape",
            "checks": ["test_scales_the_pixels_to_0_and_1"],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": "t = torch.from_numpy(a).float() / 255\n"
                "return t if t.ndim == 2 else t.flatten()",
            },
        },
        {
            "text": "tensor of float32",
            "checks": ["test_gives_float32"],
            "broken_by": "mistakes/numpy_divides_into_float64",
        },
        {
            "text": "and of the same shape",
            "checks": [
                "test_scales_the_pixels_to_0_and_1",
                "test_gives_float32",
                "test_divides_by_255_even_where_no_pixel_is_white",
                "test_leaves_the_array_as_it_was",
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
            ],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": 'return (torch.from_numpy(a).float() / 255).to("meta")',
            },
        },
        {
            "text": "each pixel over 255",
            "checks": ["test_divides_by_255_even_where_no_pixel_is_white"],
            "broken_by": "mistakes/divides_by_the_brightest_pixel",
        },
        {"text": "new", "why_none": "floats cannot share the memory of bytes"},
        {
            "text": "no",
            "checks": ["test_leaves_the_array_as_it_was"],
            "broken_by": {
                "line": "return torch.from_numpy(a).float() / 255",
                "becomes": "result = torch.from_numpy(a).float() / 255\na[0] = 0\nreturn result",
            },
        },
    ],
    "describe": [
        {
            "text": "The three things to know first of a tensor, as (shape, dtype, device).",
            "checks": ["test_tells_the_shape_first", "test_tells_the_dtype_second"],
            "broken_by": "mistakes/another_order",
        },
        {
            "text": "tensor of any shape",
            "checks": ["test_tells_the_shape_first"],
            "broken_by": {
                "line": "return t.shape, t.dtype, t.device",
                "becomes": "return t.shape[-2:], t.dtype, t.device",
            },
        },
        {
            "text": "dtype",
            "checks": ["test_tells_the_dtype_second"],
            "broken_by": {
                "line": "return t.shape, t.dtype, t.device",
                "becomes": "return t.shape, torch.float32, t.device",
            },
        },
        {
            "text": "and device",
            "checks": ["test_tells_the_device_third"],
            "broken_by": "mistakes/through_numpy",
        },
        {
            "text": "tuple of a torch.Size (or a plain tuple of sizes)",
            "checks": ["test_tells_the_shape_first"],
            "broken_by": "mistakes/number_of_axes",
        },
        {
            "text": "a torch.dtype",
            "checks": ["test_tells_the_dtype_second"],
            "broken_by": "mistakes/legacy_type_name",
        },
        {
            "text": "a torch.device",
            "checks": ["test_tells_the_device_third"],
            "broken_by": "mistakes/number_of_the_device",
        },
        {
            "text": "no",
            "checks": ["test_tells_the_shape_first"],
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
            ],
            "broken_by": "mistakes/always_float32",
        },
        {
            "text": "list of whole numbers",
            "checks": [
                "test_makes_int64_of_whole_numbers",
                "test_makes_one_element_of_a_list_with_one_number",
                "test_makes_rows_of_lists_in_the_list",
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\n"
                "return t.float() if t.dtype == torch.int64 else t",
            },
        },
        {
            "text": "of floats",
            "checks": ["test_makes_float32_of_floats"],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\n"
                "return t.long() if t.is_floating_point() else t",
            },
        },
        {
            "text": "or of bools;",
            "checks": ["test_makes_bool_of_bools"],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\n"
                "return t.long() if t.dtype == torch.bool else t",
            },
        },
        {
            "text": "or of equally long such lists",
            "checks": ["test_makes_rows_of_lists_in_the_list"],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "return torch.tensor(values).flatten()",
            },
        },
        {
            "text": "tensor of int64, float32 or bool",
            "checks": ["test_makes_float32_of_floats"],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\n"
                "return t.double() if t.is_floating_point() else t",
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
            ],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": 'return torch.tensor(values, device="meta")',
            },
        },
        {
            "text": "a list in the list is a row",
            "checks": ["test_makes_rows_of_lists_in_the_list"],
            "broken_by": {
                "line": "return torch.tensor(values)",
                "becomes": "t = torch.tensor(values)\nreturn t.T if t.ndim > 1 else t",
            },
        },
        {"text": "new", "why_none": "a list holds objects: no tensor can share its memory"},
        {"text": "no", "why_none": "no check looks at the list afterwards: torch only reads it"},
    ],
}
