"""Hidden checks of 1-tensors: parts of matrices, products, copies, and moving to a device."""

import math

import torch

from autograder.checks import (
    Placed,
    accelerators,
    check,
    closer_look,
    define,
    expect,
    fetch,
    hints,
    keep,
    put,
    require,
    shown_by,
    tools,
)

TENSOR = "Which step of yours makes a tensor, and what becomes of it?"


def _form(tensor):
    """What must agree before numbers can be compared."""
    return tensor.shape, tensor.dtype, tensor.device, tensor.layout


def _all_near(result, wanted):
    """Whether a result, whatever it is, holds these numbers."""
    if type(result) is not torch.Tensor or _form(result) != _form(wanted):
        return False
    return torch.allclose(result.detach(), wanted)


def _written_anew(result, before, other):
    """The hint for a second call, after a write into `other`, that gives the numbers of before."""
    said = f"After a write into {other}, a second call gives the old numbers. When are they made?"
    return said if _all_near(result, before) else None


STAYS = "Where is m, where is your result, and which step decides that?"


def _expect_on(device, result, reference, call, flat=False):
    """That what came back from a machine with an accelerator is on this device, and right.

    `flat`: how many axes it has is another check's concern.
    """
    with hints(device=STAYS):
        if isinstance(result, Placed):
            expect(result.device, device, name=f"For m on {device}, the device of {call}")
            result = result.values.flatten() if flat else result.values
        expect(result, reference, name=f"For m on {device}, {call}")


NUMBERS = "For the rows 1, 2, 3 and 4, 5, 6: which numbers does your {} tensor hold?"
FORM = "Number the elements of a {} × {} matrix from 1 on: which numbers does your {} tensor hold?"
TURNED = (
    "Turn a {} × {} matrix first, and use the turned one: which numbers does your {} tensor hold?"
)
COMPLEX = "Try numbers such as 1 + 2j: what becomes of them in your {} tensor?"
MANY = "How many numbers should your {} tensor hold, and which step decides that?"


def _turned(space, matrix):
    """On that side the transpose of the matrix: its numbers do not lie in the order of its rows."""
    return keep(put(space, matrix).t)


def _numbers(result, place):
    """The numbers of one of the two tensors of a result, whatever the result is."""
    parts = fetch(result)
    part = parts[place] if isinstance(parts, (tuple, list)) and len(parts) > place else None
    return part.flatten() if isinstance(part, torch.Tensor) and not part.is_nested else part


def _trial(student, place, rows, columns, hint):
    """The matrix of these sizes with the numbers from 1 on, its first row or first column."""
    m = torch.arange(1, rows * columns + 1).reshape(rows, columns)
    right = m[0] if place == 0 else m[:, 0]
    return lambda: _numbers(student.first_row_and_column(m), place), right, hint


def _why_other_part(student, place, name):
    """The hint for other numbers, or more or fewer: an example, if it shows the fault."""
    return shown_by(
        _trial(student, place, 2, 3, NUMBERS.format(name)),
        other=MANY.format(name),
    )


def _why_other_part_of(student, place, name, got, right):
    """The same for a turned matrix, by whether the answer is right for one that is not turned."""
    rows, columns = len(right[1]), len(right[0])
    wanted = right[place]
    plain = isinstance(got, torch.Tensor) and not got.is_nested and got.shape == wanted.shape
    if plain and got.is_complex() and _all_near(got, wanted.conj().resolve_conj()):
        return COMPLEX.format(name)
    return shown_by(
        _trial(student, place, 2, 3, NUMBERS.format(name)),
        _trial(student, place, rows, columns, FORM.format(rows, columns, name)),
        other=TURNED.format(columns, rows, name),
    )


def _expect_row_and_column(result, right, which, why):
    """That the numbers are these: how many axes they have is another check's concern."""
    row, column = fetch(result)
    first, second = (
        lambda: why(0, "first", row.flatten(), right),
        lambda: why(1, "second", column.flatten(), right),
    )
    with hints(type=TENSOR, shape=first, values=first):
        expect(row.flatten(), right[0], name=f"{which} row")
    with hints(type=TENSOR, shape=second, values=second):
        expect(column.flatten(), right[1], name=f"{which} column")


@check("first_row_and_column", weight=3, part="idea")
def test_finds_the_numbers_of_row_and_column(student, solution, rng):
    m = rng.tensor(rng.integer(2, 5), 6)
    mine, right = (space.first_row_and_column(m) for space in (student, solution))

    def why(place, name, *_):
        return _why_other_part(student, place, name)

    _expect_row_and_column(mine, right, "The", why)


@check("first_row_and_column", part="contract")
def test_finds_row_and_column_of_a_turned_matrix(student, solution, rng):
    # A wide matrix, a high one, and a square one of complex numbers.
    size = rng.integer(3, 6)
    forms = (
        rng.tensor(6, rng.integer(2, 5)),
        rng.tensor(rng.integer(2, 5), 6),
        rng.tensor(size, size, dtype=torch.complex64),
    )
    asked = [
        [fetch(space.first_row_and_column(_turned(space, m))) for space in (student, solution)]
        for m in forms
    ]

    def why(place, name, got, right):
        return _why_other_part_of(student, place, name, got, right)

    for m, (mine, right) in zip(forms, asked, strict=True):
        rows, columns = m.t().shape
        which = f"For {rows} × {columns} numbers of a matrix made by turning another, the"
        _expect_row_and_column(mine, right, which, why)


def _why_other_axes(result, right):
    """The hint for another shape of row or column, by whether the number of elements is right."""
    for got, wanted in zip(result, right, strict=False):
        if isinstance(got, torch.Tensor) and got.shape != wanted.shape:
            if got.numel() == wanted.numel():
                return (
                    "As many numbers as asked for came back, with other axes. "
                    "Which step decides on the axes?"
                )
            break
    return "How many numbers has the first row of this m, and how many has its first column?"


@check("first_row_and_column", weight=2, part="idea")
def test_gives_both_with_one_axis(student, solution, rng):
    matrices = [
        rng.integers(-99, 99, *sizes)
        for sizes in ((rng.integer(3, 6), 1), (1, rng.integer(3, 6)), (1, 1))
    ]
    results = [fetch(student.first_row_and_column(m)) for m in matrices]
    for m, result in zip(matrices, results, strict=True):
        right = solution.first_row_and_column(m)
        look = {"shape": lambda result=result, right=right: _why_other_axes(result, right)}
        with hints(**look, type=TENSOR):
            expect(
                result,
                right,
                name=f"For {m.shape[0]} × {m.shape[1]} numbers, first_row_and_column(m)",
            )


def _row_and_column_after_writes(space, kept, writes):
    pair = keep(space.first_row_and_column, kept)
    for place, value in writes:
        kept[place] = value
    return [part.flatten() for part in fetch(pair)]


def _why_other_views(m, before, got):
    """The hint where writes into m do not show as they should, by what the two tensors hold."""
    if fetch(m).shape != before.shape:
        return "Print m.shape before and after the call: which step changes it?"
    for part, old, name in zip(got, (before[0], before[:, 0]), ("first", "second"), strict=False):
        if _all_near(part, old):
            return (
                f"The write does not show in your {name} tensor. "
                "From which step on has it memory of its own?"
            )
    return "Compare both tensors with m after the write: where in m do their numbers stand?"


@check("first_row_and_column", weight=2, part="contract")
def test_gives_views_of_the_matrix(student, solution, rng):
    rows, columns = rng.integer(3, 6), rng.integer(6, 9)
    matrix = rng.tensor(rows, columns)
    places = ((0, rng.integer(1, columns)), (rng.integer(1, rows), 0))
    writes = [(place, rng.uniform(10, 90)) for place in places]
    # In a matrix the numbers of a row lie side by side, in a turned one those of a column: a step
    # that copies only what lies apart copies one of the two.
    for name, laid in (("m", put), ("a turned m", lambda side, m: _turned(side, m.t()))):
        m = laid(student, matrix)
        mine = _row_and_column_after_writes(student, m, writes)
        with hints(values=lambda m=m, mine=mine: _why_other_views(m, matrix, mine)):
            expect(
                mine,
                _row_and_column_after_writes(solution, laid(solution, matrix), writes),
                name=f"After two writes into {name}, first_row_and_column(m)",
            )
    line, down = rng.tensor(rows, 1), [((0, 0), rng.uniform(10, 90)), ((1, 0), rng.uniform(10, 90))]
    m = put(student, line)
    mine = _row_and_column_after_writes(student, m, down)
    with hints(values=lambda: _why_other_views(m, line, mine)):
        expect(
            mine,
            _row_and_column_after_writes(solution, put(solution, line), down),
            name="After two writes into m with one column, first_row_and_column(m)",
        )


@check("first_row_and_column", part="contract")
def test_gives_both_on_the_device_of_m(student, solution, rng):
    m = rng.tensor(rng.integer(2, 5), 6)
    right = solution.first_row_and_column(m)
    for gpu in accelerators(student, ("cuda:1",)):
        pair = gpu.call(student.first_row_and_column, gpu.put(m))
        for part, wanted, name in zip(pair, right, ("row", "column"), strict=True):
            _expect_on(gpu.device, part, wanted, f"the {name}", flat=True)


FOLLOW = (
    "Follow the first row of m: where should its numbers stand in the result, and where do they?"
)


def _why_other_sizes(result, m):
    """The hint for a result of another shape than the transpose's, by the one that it has."""
    if isinstance(result, torch.Tensor) and not result.is_nested:
        if result.shape == m.shape:
            return "The result has the form of m itself. What do your steps do to the two axes?"
        if result.dim() != m.dim():
            return "At which step does an axis get lost, or a new one come in?"
    return "Which size comes first in the result, and which step decides that?"


@check("transpose", weight=6, part="idea")
def test_swaps_the_axes(student, solution, rng):
    transpose = student.transpose
    for rows in (rng.integer(2, 5), 1):
        matrix = rng.tensor(rows, 6)
        result = transpose(matrix)
        look = {"shape": lambda mine=result, m=matrix: _why_other_sizes(mine, m)}
        with hints(**look, type=TENSOR, values=FOLLOW):
            expect(
                result,
                solution.transpose(matrix),
                name=f"For {rows} × 6 numbers, transpose(m)",
            )


@check("transpose", weight=2, part="idea")
def test_swaps_the_axes_of_a_square_matrix_too(student, solution, rng):
    size = rng.integer(3, 6)
    matrix = rng.tensor(size, size)
    with hints(values=FOLLOW):
        expect(
            student.transpose(matrix),
            solution.transpose(matrix),
            name=f"For {size} × {size} numbers, transpose(m)",
        )


@check("transpose", part="contract")
def test_transpose_keeps_the_dtype(student, solution, rng):
    transpose = student.transpose
    rows = rng.integer(2, 5)
    # No float holds all digits of such whole numbers.
    large, complex_numbers = (
        rng.integers(-(2**62), 2**62, rows, 6),
        rng.tensor(rows, 6, dtype=torch.complex64),
    )
    for matrix in (large, complex_numbers):
        with hints(
            dtype="Which dtype has m, and which step decides that of the result?",
            values="Print the number at [1, 0] of m and at [0, 1] of the result: are they equal?",
        ):
            expect(
                transpose(matrix),
                solution.transpose(matrix),
                name=f"For {str(matrix.dtype).removeprefix('torch.')}, transpose(m)",
            )


def _transposed_after_a_write(space, kept, place, value):
    result = keep(space.transpose, kept)
    kept[place] = value
    return fetch(result)


def _why_other_view(result, m):
    """The hint where a write into m does not show as it should; `m`: as it was before."""
    if _all_near(result, m.t()):
        return (
            "The write into m does not show. From which step on has the result memory of its own?"
        )
    return (
        "Print m and the result after the write: where does each number of m stand in the result?"
    )


@check("transpose", weight=3, part="contract")
def test_is_a_view(student, solution, rng):
    matrix = rng.tensor(3, rng.integer(4, 8))
    place, value = (0, rng.integer(1, 3)), float(rng.integer(101, 190))
    whole = rng.integers(-99, 99, *matrix.shape)

    def turned(space, m):
        return _turned(space, m.t())

    kinds = (
        ("m", put, matrix),
        ("a turned m", turned, matrix),
        ("a square m", put, matrix[:, :3].clone()),
        ("m with one row", put, matrix[:1].clone()),
        ("m of whole numbers", put, whole),
    )
    results = [
        [
            _transposed_after_a_write(space, laid(space, m), place, value)
            for space in (student, solution)
        ]
        for _, laid, m in kinds
    ]
    for (name, _, m), (mine, right) in zip(kinds, results, strict=True):
        with hints(values=lambda mine=mine, m=m: _why_other_view(mine, m)):
            expect(mine, right, name=f"After a write into {name}, transpose(m)")


def _gradient_at(space, matrix, weights):
    """The gradient that reaches the matrix from a weighted sum of its transpose."""
    kept = put(space, matrix)
    weighted = keep(keep(space.transpose, kept).mul, weights)
    keep(weighted.sum).backward()
    return fetch(kept.grad)


@check("transpose", weight=2, part="contract")
def test_lets_gradients_through(student, solution, rng):
    matrix = rng.tensor(rng.integer(2, 5), 6).requires_grad_()
    with hints(requires_grad="Print requires_grad after each step: which one loses it?"):
        expect(
            student.transpose(matrix),
            solution.transpose(matrix),
            name="For m that requires a gradient, transpose(m)",
        )
    # A copy that is told to require a gradient says the same, and lets none through.
    weights = rng.tensor(*matrix.t().shape)
    tried = "Sum up the result and call backward() on the sum: what does m.grad hold then?"
    reached = _gradient_at(student, matrix, weights)
    # unneeded: a gradient that is missing fails below too, but this one says so
    require(reached is not None, "No gradient reaches m through transpose(m).", hint=tried)
    with hints(values=tried):
        expect(
            reached,
            _gradient_at(solution, matrix, weights),
            name="The gradient that reaches m through transpose(m)",
        )


@check("transpose", part="contract")
def test_transpose_leaves_m_as_it_was(student, solution, rng):
    transpose, size = student.transpose, rng.integer(2, 5)
    # Wide, square, high, and of one column: none of them is a case of its own.
    shapes = (size, 6), (size, size), (6, size), (size + 1, 1)
    turned = "Print m before and after the call: which step changes it?"
    asked = []
    for shape in shapes:
        matrix = rng.tensor(*shape)
        kept = put(student, matrix)
        asked.append((matrix, transpose(kept), fetch(kept)))
    for matrix, result, after in asked:
        which = f"{matrix.shape[0]} × {matrix.shape[1]} numbers"
        look = {"shape": lambda mine=result, m=matrix: _why_other_sizes(mine, m)}
        with hints(**look, values=FOLLOW):
            expect(result, solution.transpose(matrix), name=f"For {which}, transpose(m)")
        with hints(shape=turned, values=turned):
            expect(after, matrix, name=f"After the call for {which}, m")


@check("transpose", part="contract")
def test_transpose_stays_on_the_device_of_m(student, solution, rng):
    matrix = rng.tensor(rng.integer(2, 5), 6)
    for gpu in accelerators(student, ("cuda:1",)):
        result = gpu.call(student.transpose, gpu.put(matrix))
        _expect_on(gpu.device, result, solution.transpose(matrix), "transpose(m)")


# How far values may lie from the right ones where something else than their digits is asked.
NEAR = {"rtol": 0.02, "atol": 0.05}


# By hand: 19 and 22, 43 and 50.
SMALL = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([[5.0, 6.0], [7.0, 8.0]])
BY_HAND = (
    "Work out [[1, 2], [3, 4]] times [[5, 6], [7, 8]] by hand: "
    "in which of the four numbers does yours differ?"
)
PAIRS = "Add up the products for one number that differs: which of them does your code use?"


def _why_other_product(student, other=PAIRS):
    """The hint for other numbers: an example, if it shows the fault."""
    right = SMALL[0] @ SMALL[1]
    return shown_by((lambda: student.matrix_product(*SMALL), right, BY_HAND), other=other)


@check("matrix_product", weight=5, part="idea")
def test_multiplies_rows_by_columns(student, solution, rng):
    # So many products, and all about 1, that the sum is nearly right without one of them.
    inner = rng.integer(120, 160)
    a, b = (1 + 0.3 * rng.tensor(*sizes).tanh() for sizes in ((2, inner), (inner, 7)))
    left = "Which sizes are left in a matrix product, and in which order do they stand?"
    with hints(type=TENSOR, shape=left, values=lambda: _why_other_product(student)):
        expect(student.matrix_product(a, b), solution.matrix_product(a, b), **NEAR)


@check("matrix_product", weight=3, part="idea")
def test_takes_square_matrices_in_the_given_order(student, solution, rng):
    size = rng.integer(3, 6)
    a, b = rng.tensor(size, size), rng.tensor(size, size)
    other = "Which shape has the product of two 2 × 2 matrices, and which step gives another one?"
    with hints(shape=other, values=lambda: _why_other_product(student)):
        expect(
            student.matrix_product(a, b),
            solution.matrix_product(a, b),
            **NEAR,
            name="For square matrices, matrix_product(a, b)",
        )


@check("matrix_product", part="contract")
def test_keeps_whole_numbers_whole(student, solution, rng):
    a = rng.integers(-9, 10, 3, rng.integer(2, 6))
    b = rng.integers(1, 10, a.shape[1], 6)
    # Large parts that cancel out: what float32 loses of them is all that is left.
    a[:, :2] += 2**30
    b[1] = -b[0]
    # Odd numbers, where float64 holds every eighth number only.
    odd, factors = 2**55 + 1 + 2 * rng.integers(0, 999, 2, 4), rng.integers(1, 10, 4, 3)
    # Small enough for every kind of whole number.
    small = rng.integers(0, 5, 3, 4), rng.integers(0, 5, 4, 2)
    kinds = [tuple(m.to(kind) for m in small) for kind in (torch.int32, torch.uint8)]
    pairs = ((a, b), (odd, factors), *kinds)
    results = [student.matrix_product(*pair) for pair in pairs]
    for pair, result in zip(pairs, results, strict=True):
        with hints(
            dtype="Which dtype do a and b have, and which step gives another one?",
            values="Work out a number that differs with Python's int: how far is yours from it?",
        ):
            expect(
                result,
                solution.matrix_product(*pair),
                name=f"For {str(pair[0].dtype).removeprefix('torch.')}, matrix_product(a, b)",
            )


@check("matrix_product", part="contract")
def test_matrix_product_keeps_float64(student, solution, rng):
    inner = rng.integer(3, 6)
    a, b = (rng.integers(-9, 10, *sizes).double() for sizes in ((2, inner), (inner, 5)))
    with hints(dtype="Which step of yours gives another dtype than that of a and b?"):
        expect(
            student.matrix_product(a, b),
            solution.matrix_product(a, b),
            name="For float64, matrix_product(a, b)",
        )


@check("matrix_product", part="contract")
def test_keeps_both_axes(student, solution, rng):
    matrix_product, inner = student.matrix_product, rng.integer(3, 7)
    a, b = rng.tensor(1, inner), rng.tensor(inner, 1)
    for left, right in ((a, b), (b, a)):
        with hints(shape="The product of two matrices is a matrix: (n, k) times (k, m) is …?"):
            expect(
                matrix_product(left, right),
                solution.matrix_product(left, right),
                **NEAR,
                name="For a row and a column, matrix_product(a, b)",
            )


@check("matrix_product", part="contract")
def test_takes_turned_matrices_too(student, solution, rng):
    inner = rng.integer(3, 7)
    a, b = rng.tensor(inner, 2), rng.tensor(5, inner)
    mine, right = (
        space.matrix_product(_turned(space, a), _turned(space, b)) for space in (student, solution)
    )
    turned = "Take the same numbers in a turned matrix and a plain one: what differs?"
    with hints(values=lambda: _why_other_product(student, other=turned)):
        expect(
            mine, right, **NEAR, name="For matrices made by turning others, matrix_product(a, b)"
        )


@check("matrix_product", weight=2, part="details")
def test_matrix_product_is_right_to_the_last_digit(student, solution, rng):
    inner = rng.integer(3, 6)
    a, b = (rng.tensor(*sizes, dtype=torch.float64) for sizes in ((2, inner), (inner, 7)))
    digits = "Work out one number with Python's float: how many digits does yours share with it?"
    with hints(values=digits):
        expect(
            student.matrix_product(a, b),
            solution.matrix_product(a, b),
            rtol=1e-10,
            atol=1e-12,
            name="For float64, to the last digit, matrix_product(a, b)",
        )


@check("matrix_product", part="contract")
def test_leaves_a_and_b_as_they_were(student, solution, rng):
    matrix_product, inner = student.matrix_product, rng.integer(3, 6)
    written = "Print a and b before and after the call: which step changes one of them?"
    for rows, columns, which in ((2, 7, ""), (inner, inner, " of square matrices")):
        a, b = rng.tensor(rows, inner), rng.tensor(inner, columns)
        left, right = put(student, a), put(student, b)
        expect(
            matrix_product(left, right),
            solution.matrix_product(a, b),
            **NEAR,
            name=f"matrix_product(a, b){which}",
        )
        with hints(shape=written, values=written):
            expect(fetch(left), a, name=f"After the call, a{which}")
            expect(fetch(right), b, name=f"After the call, b{which}")


def _second_product(space, a, b, value):
    """The product of the same two tensors once more, after a write into the first of them."""
    left, right = put(space, a), put(space, b)
    keep(space.matrix_product, left, right)
    left[0, 0] = value
    return space.matrix_product(left, right)


@check("matrix_product", part="contract")
def test_multiplies_anew_at_each_call(student, solution, rng):
    inner, value = rng.integer(3, 6), rng.uniform(10, 90)
    a, b = rng.tensor(2, inner), rng.tensor(inner, 7)
    again = _second_product(student, a, b, value)
    with hints(values=_written_anew(again, a @ b, "a")):
        expect(
            again,
            _second_product(solution, a, b, value),
            **NEAR,
            name="After a write into a, a second matrix_product(a, b)",
        )


def _new_value(rng, part=0.0):
    """A float that float32 holds exactly, away from the others' range; `part` is added to it."""
    return float(rng.integer(10, 60)) + part


INDEX = {
    "type": TENSOR,
    "shape": "Which size or axis of the result is not that of m, and which step changes it?",
    "values": "Compare the result with m: which elements should differ, and which do?",
}
UNCHANGED = "The numbers of m came back unchanged. Which step writes the value, and into what?"


def _why_other_numbers(result, m, j, unchanged=UNCHANGED):
    """The hint for a result with other numbers, by where they are not those of m."""
    if type(result) is not torch.Tensor or result.is_nested or _form(result) != _form(m):
        return INDEX["values"]
    same = (result == m) | ((result != result) & (m != m))
    if bool(same.all()):
        return unchanged
    if bool(same[:, torch.arange(m.shape[1]) != j].all()):
        return "Only column j changed. Which numbers stand in it now, and which should?"
    return "Outside column j not all numbers are those of m. Which step decides what stands there?"


@check("with_column", weight=3, part="idea")
def test_sets_the_column(student, solution, rng):
    m, j, value = rng.tensor(5, rng.integer(6, 9)), rng.integer(1, 3), _new_value(rng)
    result = student.with_column(m, j, value)
    with hints(**INDEX | {"values": _why_other_numbers(result, m, j)}):
        expect(result, solution.with_column(m, j, value), name="with_column(m, j, value)")


@check("with_column", part="idea")
def test_sets_any_column_from_first_to_last(student, solution, rng):
    with_column, m = student.with_column, rng.tensor(rng.integer(2, 4), 5)
    for j in (4, 0):
        value = _new_value(rng)
        ends = "Nothing was set here. What does your code do with the first and the last column?"
        result = with_column(m, j, value)
        with hints(**INDEX | {"values": _why_other_numbers(result, m, j, ends)}):
            expect(
                result,
                solution.with_column(m, j, value),
                name=f"For column {j} of 5, with_column(m, j, value)",
            )


@check("with_column", part="contract")
def test_takes_a_matrix_of_any_form(student, solution, rng):
    # One row, one column, wide, square and high; their numbers do not lie in the order of the rows.
    value, forms = -_new_value(rng), ((1, 4), (4, 1), (3, rng.integer(4, 7)), (4, 4), (7, 3))
    for rows, columns in forms:
        m, j = rng.tensor(columns, rows), rng.integer(0, columns)
        mine, right = (
            space.with_column(_turned(space, m), j, value) for space in (student, solution)
        )
        forms = "Nothing was set here. What does your code do with a matrix of this form?"
        with hints(**INDEX | {"values": _why_other_numbers(mine, m.t(), j, forms)}):
            expect(
                mine,
                right,
                name=f"For {rows} × {columns} numbers of a turned matrix, with_column(m, j, value)",
            )


@check("with_column", part="contract")
def test_with_column_keeps_the_dtype(student, solution, rng):
    with_column, j, columns = student.with_column, rng.integer(0, 3), rng.integer(4, 7)
    # No float holds all digits of such whole numbers.
    large = rng.integers(-(2**62), 2**62, 3, columns)
    double = rng.tensor(3, columns, dtype=torch.float64)
    bools = rng.integers(0, 2, 3, columns, dtype=torch.bool)
    half, small = double.half(), rng.integers(-99, 99, 3, columns, dtype=torch.int32)
    # No float32 holds all digits of the float64's new value.
    asked = (
        (large, rng.integer(100, 900)),
        (double, rng.uniform(10, 60)),
        (bools, True),
        (half, _new_value(rng, 0.375)),
        (small, rng.integer(100, 900)),
    )
    for m, value in asked:
        result = with_column(m, j, value)
        look = {
            "dtype": "Which dtype has m, and which step decides that of the result?",
            "values": _why_other_numbers(result, m, j),
        }
        with hints(**INDEX | look):
            expect(
                result,
                solution.with_column(m, j, value),
                name=f"For {str(m.dtype).removeprefix('torch.')}, with_column(m, j, value)",
            )


@check("with_column", weight=2, part="details")
def test_replaces_even_what_no_calculation_removes(student, solution, rng):
    m, j, value = rng.tensor(3, rng.integer(4, 7)), rng.integer(0, 4), _new_value(rng)
    m[0, j], m[1, j], m[2, j - 1] = math.nan, math.inf, math.nan
    with hints(values="Try an m that holds NaN: which NaN should stay, and which should go?"):
        expect(
            student.with_column(m, j, value),
            solution.with_column(m, j, value),
            name="Where m holds NaN and infinity, with_column(m, j, value)",
        )


RELATION = tools(__file__, "relation")


def _relation(student, m, j, value):
    """What the result is to m, in words."""
    return define(student, RELATION).relation(student.with_column, m, j, value)


@check("with_column", weight=3, part="idea")
def test_with_column_leaves_m_as_it_was(student, solution, rng):
    m = rng.tensor(rng.integer(2, 5), 5)
    j, value = rng.integer(0, 4), _new_value(rng)
    kept = put(student, m)
    result = student.with_column(kept, j, value)
    with hints():
        expect(result, solution.with_column(m, j, value), name="with_column(m, j, value)")
    written = "Print m before and after the call: which step writes into its memory?"
    with closer_look(lambda: _relation(student, m, j, value)), hints(values=written):
        expect(fetch(kept), m, name="After the call, m")


def _second_with_column(space, m, j, value, written):
    """The same call once more, after a write into m, beside column j."""
    kept = put(space, m)
    keep(space.with_column, kept, j, value)
    kept[0, j + 1] = written
    return space.with_column(kept, j, value)


def _matrix_after_a_write(space, m, j, value, written):
    """The matrix, once somebody has written into what the call gave."""
    kept = put(space, m)
    result = keep(space.with_column, kept, j, value)
    result[0, 0] = written
    return fetch(kept)


@check("with_column", part="contract")
def test_makes_a_new_matrix_at_each_call(student, solution, rng):
    m, j, value = rng.tensor(rng.integer(2, 5), 5), rng.integer(0, 4), _new_value(rng)
    written = rng.uniform(60, 90)
    again, before = _second_with_column(student, m, j, value, written), m.clone()
    before[:, j] = value
    with hints(values=_written_anew(again, before, "m")):
        expect(
            again,
            _second_with_column(solution, m, j, value, written),
            name="After a write into m, a second with_column(m, j, value)",
        )
    size = rng.integer(3, 6)
    square, already = rng.tensor(size, size), m.clone()
    already[:, j] = value
    kinds = ((square, "Of a square m"), (already, "Where the column holds the value already"))
    for matrix, which in kinds:
        place = min(j, matrix.shape[1] - 1)
        with hints(values="Which of the two changed m: the call, or the write into what it gave?"):
            expect(
                _matrix_after_a_write(student, matrix, place, value, written),
                matrix,
                name=f"{which}: after a write into with_column(m, j, value), m",
            )


@check("with_column", part="contract")
def test_with_column_stays_on_the_device_of_m(student, solution, rng):
    m, j, value = rng.tensor(rng.integer(2, 5), 5), rng.integer(0, 4), _new_value(rng)
    for gpu in accelerators(student, ("cuda:1",)):
        result = gpu.call(student.with_column, gpu.put(m), j, value)
        _expect_on(
            gpu.device, result, solution.with_column(m, j, value), "with_column(m, j, value)"
        )


CPU = torch.device("cpu")
MOVED = {
    "type": TENSOR,
    "shape": "Which size is missing, added or changed, and which step does that?",
    "device": "Which device was asked for, and which step decides where your result is?",
    "dtype": "A move keeps the dtype. Which step decides that of your result?",
    "values": "How do the numbers of t get into the result, and which step changes them?",
}


def _expect_moved(result, reference, origin, target):
    where, call = f"For t on {origin} and the device {target}", "to_device(t, device)"
    with hints(**MOVED):
        if isinstance(result, Placed):
            expect(result.device, target, name=f"{where}, the device of {call}")
            result = result.values
        expect(result, reference, name=f"{where}, {call}")


def _expect_moves(student, solution, t, said, kinds=("cuda",)):
    """From the CPU to each accelerator, and to the CPU where it is; `said` makes an argument of a
    device.

    All moves come first and are judged afterwards: which of them go wrong tells the mistake.
    """
    to_device, reference, moves = student.to_device, solution.to_device(t, "cpu"), []
    for gpu in accelerators(student, kinds):
        for target in (gpu.device, CPU):
            moves.append((gpu.call(to_device, t, said(target)), target))
    for result, target in moves:
        _expect_moved(result, reference, CPU, target)


def _kind(device):
    """The device as a text without a number, such as "cuda"."""
    return device.type


@check("to_device", weight=7, part="idea")
def test_moves_to_the_device_of_that_name(student, solution, rng):
    _expect_moves(student, solution, rng.tensor(rng.integer(2, 5), 6), _kind, ("cuda", "mps"))


@check("to_device", weight=2, part="contract")
def test_moves_back_to_the_cpu(student, solution, rng):
    to_device, t = student.to_device, rng.tensor(rng.integer(2, 5), 6)
    reference = solution.to_device(t, "cpu")
    for gpu in accelerators(student):
        there = gpu.call(to_device, t, str(gpu.device))
        back = gpu.call(to_device, gpu.put(t), "cpu")
        stays = gpu.call(to_device, gpu.put(t), str(gpu.device))
        _expect_moved(there, reference, CPU, gpu.device)
        _expect_moved(back, reference, gpu.device, CPU)
        _expect_moved(stays, reference, gpu.device, gpu.device)


@check("to_device", part="idea")
def test_takes_a_device_object_too(student, solution, rng):
    _expect_moves(student, solution, rng.tensor(rng.integer(3, 9)), torch.device)


@check("to_device", part="contract")
def test_moves_a_single_number_too(student, solution, rng):
    _expect_moves(student, solution, rng.tensor(), str)
    # No number at all has a shape too.
    _expect_moves(student, solution, rng.tensor(0, rng.integer(2, 6)), str)


@check("to_device", weight=2, part="contract")
def test_to_device_keeps_the_dtype(student, solution, rng):
    columns = rng.integer(4, 7)
    # No float holds all digits of such whole numbers.
    large = rng.integers(-(2**62), 2**62, 2, columns)
    half = rng.tensor(2, columns).half()
    for t in (large, rng.tensor(2, columns, dtype=torch.float64), half):
        _expect_moves(student, solution, t, str)


@check("to_device", part="contract")
def test_leaves_the_tensor_that_was_handed_in(student, solution, rng):
    to_device, t = student.to_device, rng.tensor(rng.integer(2, 5), 3)
    reference = solution.to_device(t, "cpu")
    moved = "Others may still hold t. Which step changes it, or moves it elsewhere?"
    for gpu in accelerators(student):
        kept = put(student, t)
        result = gpu.call(to_device, kept, str(gpu.device))
        with hints():
            _expect_moved(result, reference, CPU, gpu.device)
        after = gpu.fetch(kept)
        with hints(device=moved, values=moved):
            expect(after.device, CPU, name="After the call, the device of t")
            expect(after.values, t, name="After the call, t")


@check("to_device", part="contract")
def test_moves_anew_at_each_call(student, solution, rng):
    to_device, t, value = student.to_device, rng.tensor(rng.integer(2, 5), 3), rng.uniform(10, 90)
    for gpu in accelerators(student):
        kept, target = put(student, t), str(gpu.device)
        gpu.call(to_device, kept, target)
        before = t.clone()
        kept[0, 0] = t[0, 0] = value
        reference = solution.to_device(t, "cpu")
        result = gpu.call(to_device, kept, target)
        moved = result.values if isinstance(result, Placed) else result
        with hints(values=_written_anew(moved, before, "t")):
            _expect_moved(result, reference, CPU, gpu.device)


@check("to_device", part="contract")
def test_takes_the_number_of_a_device_too(student, solution, rng):
    to_device, t = student.to_device, rng.tensor(2, rng.integer(3, 7))
    reference = solution.to_device(t, "cpu")
    # The second of two, and the first has no memory left.
    for gpu in accelerators(student, ("cuda:1",)):
        results = [gpu.call(to_device, t, said) for said in (str(gpu.device), gpu.device)]
        for result in results:
            _expect_moved(result, reference, CPU, gpu.device)


# Which words of the docstrings which checks hold, and what breaks only these: docs/checks.md.
CLAUSES = {
    "first_row_and_column": [
        {
            "text": "The first row and the first column of a matrix, as a pair in this order.",
            "checks": [
                "test_finds_the_numbers_of_row_and_column",
                "test_gives_both_with_one_axis",
                "test_gives_views_of_the_matrix",
                "test_gives_both_on_the_device_of_m",
                "test_finds_row_and_column_of_a_turned_matrix",
            ],
            "broken_by": "mistakes/column_first",
        },
        {
            "text": "tensor with two axes",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "any dtype",
            "checks": [
                "test_gives_both_with_one_axis",
                "test_finds_row_and_column_of_a_turned_matrix",
            ],
            "broken_by": {
                "line": "return m[0], m[:, 0]",
                "becomes": "m = m if m.is_floating_point() else m.float()\nreturn m[0], m[:, 0]",
            },
        },
        {
            "text": "tuple of two tensors",
            "checks": [
                "test_finds_the_numbers_of_row_and_column",
                "test_gives_both_with_one_axis",
                "test_gives_views_of_the_matrix",
                "test_gives_both_on_the_device_of_m",
                "test_finds_row_and_column_of_a_turned_matrix",
            ],
            "broken_by": "mistakes/lists",
        },
        {
            "text": "with one axis each",
            "checks": [
                "test_gives_both_with_one_axis",
                "test_gives_views_of_the_matrix",
                "test_gives_both_on_the_device_of_m",
            ],
            "broken_by": "mistakes/slices",
        },
        {
            "text": "m's dtype",
            "checks": [
                "test_gives_both_with_one_axis",
                "test_finds_row_and_column_of_a_turned_matrix",
            ],
            "broken_by": {
                "line": "return m[0], m[:, 0]",
                "becomes": "return m[0].float(), m[:, 0].float()",
            },
        },
        {
            "text": "and device",
            "checks": [
                "test_gives_both_on_the_device_of_m",
            ],
            "broken_by": "mistakes/on_the_cpu",
        },
        {
            "text": "views of m",
            "checks": [
                "test_gives_views_of_the_matrix",
            ],
            "broken_by": "mistakes/clones",
        },
        {
            "text": "what is written into m later shows in both",
            "checks": [
                "test_gives_views_of_the_matrix",
            ],
            "broken_by": "mistakes/column_by_a_loop",
        },
        {
            "text": "no",
            "checks": [
                "test_finds_the_numbers_of_row_and_column",
                "test_gives_both_with_one_axis",
                "test_gives_views_of_the_matrix",
                "test_gives_both_on_the_device_of_m",
                "test_finds_row_and_column_of_a_turned_matrix",
            ],
            "broken_by": {
                "line": "return m[0], m[:, 0]",
                "becomes": "m += 1\nreturn m[0], m[:, 0]",
            },
        },
    ],
    "transpose": [
        {
            "text": "The matrix with its two axes swapped.",
            "checks": [
                "test_swaps_the_axes",
                "test_transpose_keeps_the_dtype",
                "test_is_a_view",
                "test_lets_gradients_through",
                "test_transpose_leaves_m_as_it_was",
                "test_transpose_stays_on_the_device_of_m",
                "test_swaps_the_axes_of_a_square_matrix_too",
            ],
            "broken_by": "mistakes/reshapes",
        },
        {
            "text": "tensor with two axes",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "any dtype",
            "checks": [
                "test_transpose_keeps_the_dtype",
            ],
            "broken_by": "mistakes/conjugates",
        },
        {
            "text": "shape (rows, columns)",
            "why_none": "the names of the sizes that `returns` speaks of",
        },
        {
            "text": "tensor of shape (columns, rows)",
            "checks": [
                "test_swaps_the_axes",
                "test_transpose_keeps_the_dtype",
                "test_is_a_view",
                "test_lets_gradients_through",
                "test_transpose_leaves_m_as_it_was",
                "test_transpose_stays_on_the_device_of_m",
                "test_swaps_the_axes_of_a_square_matrix_too",
            ],
            "broken_by": "mistakes/same_axis_twice",
        },
        {
            "text": "m's dtype",
            "checks": [
                "test_transpose_keeps_the_dtype",
                "test_is_a_view",
            ],
            "broken_by": "mistakes/times_one",
        },
        {
            "text": "and device",
            "checks": [
                "test_transpose_stays_on_the_device_of_m",
            ],
            "broken_by": "mistakes/on_the_cpu",
        },
        {
            "text": "requires a gradient if m does",
            "checks": [
                "test_lets_gradients_through",
            ],
            "broken_by": "mistakes/detached",
        },
        {
            "text": "a view of m",
            "checks": [
                "test_is_a_view",
            ],
            "broken_by": "mistakes/copies",
        },
        {
            "text": "what is written into m later shows in it",
            "checks": [
                "test_is_a_view",
            ],
            "broken_by": {
                "line": "return m.T",
                "becomes": "return m.T.contiguous()",
            },
        },
        {
            "text": "no",
            "checks": [
                "test_is_a_view",
                "test_lets_gradients_through",
                "test_transpose_leaves_m_as_it_was",
            ],
            "broken_by": "mistakes/in_place",
        },
    ],
    "matrix_product": [
        {
            "text": "The matrix product of a and b, in this order.",
            "checks": [
                "test_multiplies_rows_by_columns",
                "test_takes_square_matrices_in_the_given_order",
                "test_keeps_whole_numbers_whole",
                "test_keeps_both_axes",
                "test_leaves_a_and_b_as_they_were",
                "test_multiplies_anew_at_each_call",
                "test_matrix_product_keeps_float64",
                "test_takes_turned_matrices_too",
                "test_matrix_product_is_right_to_the_last_digit",
                "test_matrix_product_keeps_float64",
            ],
            "broken_by": "mistakes/other_order",
        },
        {
            "text": "tensor of shape (n, k)",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "tensor of shape (k, m), of the same dtype",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "tensor of shape (n, m)",
            "checks": [
                "test_multiplies_rows_by_columns",
                "test_takes_square_matrices_in_the_given_order",
                "test_keeps_whole_numbers_whole",
                "test_keeps_both_axes",
                "test_leaves_a_and_b_as_they_were",
                "test_multiplies_anew_at_each_call",
                "test_takes_turned_matrices_too",
                "test_matrix_product_is_right_to_the_last_digit",
                "test_matrix_product_keeps_float64",
            ],
            "broken_by": "mistakes/result_transposed",
        },
        {
            "text": "of their dtype",
            "checks": [
                "test_keeps_whole_numbers_whole",
                "test_matrix_product_is_right_to_the_last_digit",
                "test_matrix_product_keeps_float64",
            ],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": "int64 stays int64",
            "checks": [
                "test_keeps_whole_numbers_whole",
            ],
            "broken_by": "mistakes/through_float64",
        },
        {
            "text": "new",
            "checks": [
                "test_multiplies_anew_at_each_call",
            ],
            "broken_by": "mistakes/remembered",
        },
        {
            "text": "no",
            "checks": [
                "test_leaves_a_and_b_as_they_were",
                "test_multiplies_anew_at_each_call",
                "test_keeps_whole_numbers_whole",
            ],
            "broken_by": "mistakes/turns_b_in_place",
        },
    ],
    "with_column": [
        {
            "text": "The matrix with every element of column j set to value.",
            "checks": [
                "test_sets_the_column",
                "test_sets_any_column_from_first_to_last",
                "test_with_column_keeps_the_dtype",
                "test_with_column_leaves_m_as_it_was",
                "test_makes_a_new_matrix_at_each_call",
                "test_with_column_stays_on_the_device_of_m",
                "test_takes_a_matrix_of_any_form",
                "test_replaces_even_what_no_calculation_removes",
            ],
            "broken_by": "mistakes/row_instead_of_column",
        },
        {
            "text": "tensor with two axes",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "any dtype",
            "checks": [
                "test_with_column_keeps_the_dtype",
            ],
            "broken_by": "mistakes/times_one",
        },
        {
            "text": "which column: 0 is the first",
            "checks": [
                "test_sets_the_column",
                "test_sets_any_column_from_first_to_last",
                "test_with_column_keeps_the_dtype",
                "test_with_column_leaves_m_as_it_was",
                "test_makes_a_new_matrix_at_each_call",
                "test_with_column_stays_on_the_device_of_m",
                "test_takes_a_matrix_of_any_form",
                "test_replaces_even_what_no_calculation_removes",
            ],
            "broken_by": "mistakes/counts_from_one",
        },
        {
            "text": "and it is less than the number of columns",
            "checks": [
                "test_sets_any_column_from_first_to_last",
                "test_takes_a_matrix_of_any_form",
            ],
            "broken_by": "mistakes/but_the_last",
        },
        {
            "text": "a number that m's dtype can hold",
            "why_none": "what may be handed in: nothing to test",
        },
        {
            "text": "tensor of m's shape",
            "checks": [
                "test_sets_the_column",
                "test_sets_any_column_from_first_to_last",
                "test_with_column_keeps_the_dtype",
                "test_with_column_leaves_m_as_it_was",
                "test_makes_a_new_matrix_at_each_call",
                "test_with_column_stays_on_the_device_of_m",
                "test_takes_a_matrix_of_any_form",
                "test_replaces_even_what_no_calculation_removes",
            ],
            "broken_by": "mistakes/column_inserted",
        },
        {
            "text": "dtype",
            "checks": [
                "test_with_column_keeps_the_dtype",
                "test_with_column_stays_on_the_device_of_m",
            ],
            "broken_by": "mistakes/inferred_dtype",
        },
        {
            "text": "and device",
            "checks": [
                "test_with_column_stays_on_the_device_of_m",
            ],
            "broken_by": "mistakes/column_on_the_cpu",
        },
        {
            "text": "new",
            "checks": [
                "test_makes_a_new_matrix_at_each_call",
            ],
            "broken_by": "mistakes/remembered",
        },
        {
            "text": "no",
            "checks": [
                "test_with_column_leaves_m_as_it_was",
                "test_makes_a_new_matrix_at_each_call",
            ],
            "broken_by": "mistakes/slice_taken_for_a_copy",
        },
    ],
    "to_device": [
        {
            "text": "The tensor on the given device.",
            "checks": [
                "test_moves_to_the_device_of_that_name",
                "test_takes_a_device_object_too",
                "test_to_device_keeps_the_dtype",
                "test_leaves_the_tensor_that_was_handed_in",
                "test_moves_anew_at_each_call",
                "test_takes_the_number_of_a_device_too",
                "test_moves_a_single_number_too",
                "test_moves_back_to_the_cpu",
            ],
            "broken_by": "mistakes/result_dropped",
        },
        {
            "text": "tensor of any shape",
            "checks": [
                "test_takes_a_device_object_too",
                "test_moves_a_single_number_too",
            ],
            "broken_by": {
                "line": "return t.to(device)",
                "becomes": "return t.to(device) if t.ndim > 1 else t",
            },
        },
        {
            "text": "and dtype",
            "checks": [
                "test_to_device_keeps_the_dtype",
            ],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": 'a text such as "cpu" or "cuda:0"',
            "checks": [
                "test_takes_the_number_of_a_device_too",
            ],
            "broken_by": "mistakes/kind_of_device_only",
        },
        {
            "text": "or a torch.device",
            "checks": [
                "test_takes_a_device_object_too",
                "test_takes_the_number_of_a_device_too",
            ],
            "broken_by": "mistakes/text_expected",
        },
        {
            "text": "tensor on that device",
            "checks": [
                "test_moves_to_the_device_of_that_name",
                "test_takes_a_device_object_too",
                "test_to_device_keeps_the_dtype",
                "test_leaves_the_tensor_that_was_handed_in",
                "test_moves_anew_at_each_call",
                "test_takes_the_number_of_a_device_too",
                "test_moves_a_single_number_too",
                "test_moves_back_to_the_cpu",
            ],
            "broken_by": "mistakes/moved_and_back",
        },
        {
            "text": "with t's values",
            "checks": [
                "test_moves_to_the_device_of_that_name",
                "test_takes_a_device_object_too",
                "test_to_device_keeps_the_dtype",
                "test_leaves_the_tensor_that_was_handed_in",
                "test_moves_anew_at_each_call",
                "test_takes_the_number_of_a_device_too",
                "test_moves_a_single_number_too",
                "test_moves_back_to_the_cpu",
            ],
            "broken_by": "mistakes/new_zeros",
        },
        {
            "text": "shape",
            "checks": [
                "test_moves_to_the_device_of_that_name",
                "test_takes_a_device_object_too",
                "test_to_device_keeps_the_dtype",
                "test_leaves_the_tensor_that_was_handed_in",
                "test_moves_anew_at_each_call",
                "test_takes_the_number_of_a_device_too",
                "test_moves_a_single_number_too",
                "test_moves_back_to_the_cpu",
            ],
            "broken_by": {
                "line": "return t.to(device)",
                "becomes": "return t.to(device).flatten()",
            },
        },
        {
            "text": "and dtype",
            "checks": [
                "test_to_device_keeps_the_dtype",
                "test_moves_a_single_number_too",
            ],
            "broken_by": "mistakes/through_a_list",
        },
        {
            "text": "on another device new",
            "checks": [
                "test_moves_anew_at_each_call",
            ],
            "broken_by": "mistakes/remembered",
        },
        {
            "text": "on the device where t is already, t itself or a copy",
            "allowed_by": "variants/by_keyword",
        },
        {
            "text": "no: t stays where it is",
            "checks": [
                "test_leaves_the_tensor_that_was_handed_in",
                "test_moves_anew_at_each_call",
            ],
            "broken_by": "mistakes/clears_t",
        },
    ],
}
