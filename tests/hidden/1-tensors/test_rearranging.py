"""Hidden checks of 1-tensors: parts of matrices, products, copies, and moving to a device."""

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
    tools,
)


def _is_pair(result):
    return (
        isinstance(result, (tuple, list))
        and len(result) == 2
        and all(isinstance(part, torch.Tensor) for part in result)
    )


ROW = "Which index picks the row, the first or the second? And where does counting start?"
COLUMN = "In one pair of brackets, what stands for “every row”, and which number comes after it?"


@check("first_row_and_column")
def test_finds_the_numbers_of_row_and_column(student, solution, rng):
    first_row_and_column = student.first_row_and_column
    for rows, columns in ((rng.integer(2, 5), 6), (4, 4)):
        m = rng.tensor(rows, columns)
        result = fetch(first_row_and_column(m))
        require(
            _is_pair(result),
            "first_row_and_column(m) does not give two tensors.",
            hint="Does the function return the row and the column, with a comma between?",
        )
        row, column = solution.first_row_and_column(m)
        # How many axes they have is another check's concern.
        with hints(shape=ROW, values=ROW):
            expect(result[0].flatten(), row, name="The row")
        with hints(shape=COLUMN, values=COLUMN):
            expect(result[1].flatten(), column, name="The column")


@check("first_row_and_column")
def test_gives_both_with_one_axis(student, solution, rng):
    first_row_and_column = student.first_row_and_column
    for rows, columns in ((rng.integer(2, 5), 6), (rng.integer(3, 6), 1), (1, rng.integer(3, 6))):
        m = rng.integers(-99, 99, rows, columns)
        with hints(shape="What does a number in the brackets do to its axis, and what a slice?"):
            expect(
                fetch(first_row_and_column(m)),
                solution.first_row_and_column(m),
                name=f"For {rows} × {columns} numbers, first_row_and_column(m)",
            )


def _row_and_column_after_writes(space, matrix, writes):
    kept = put(space, matrix)
    pair = keep(space.first_row_and_column, kept)
    for place, value in writes:
        kept[place] = value
    return fetch(pair)


@check("first_row_and_column")
def test_gives_views_of_the_matrix(student, solution, rng):
    rows, columns = rng.integer(3, 6), rng.integer(6, 9)
    matrix = rng.tensor(rows, columns)
    places = ((0, rng.integer(1, columns)), (rng.integer(1, rows), 0))
    writes = [(place, rng.uniform(10, 90)) for place in places]
    with hints(values="Is it made by plain indexing, or by a step that copies?"):
        expect(
            _row_and_column_after_writes(student, matrix, writes),
            _row_and_column_after_writes(solution, matrix, writes),
            name="After two writes into m, first_row_and_column(m)",
        )


POURED = "Follow the number of one corner: did rows become columns, or were they poured anew?"


@check("transpose", weight=2)
def test_swaps_the_axes(student, solution, rng):
    transpose = student.transpose
    for rows, columns in ((rng.integer(2, 5), 6), (rng.integer(5, 8), 2), (3, 3)):
        matrix = rng.tensor(rows, columns)
        with hints(shape="Which size comes first in the result?", values=POURED):
            expect(transpose(matrix), solution.transpose(matrix))


@check("transpose")
def test_transpose_keeps_the_dtype(student, solution, rng):
    transpose = student.transpose
    for dtype in (torch.float64, torch.int64):
        matrix = rng.integers(-99, 100, rng.integer(2, 5), 6, dtype=dtype)
        with hints(dtype="Is the result made from m itself, or filled into something new?"):
            expect(
                transpose(matrix),
                solution.transpose(matrix),
                name=f"For {str(dtype).removeprefix('torch.')}, transpose(m)",
            )


def _transposed_after_a_write(space, matrix, place, value):
    kept = put(space, matrix)
    result = keep(space.transpose, kept)
    kept[place] = value
    return fetch(result)


@check("transpose")
def test_is_a_view(student, solution, rng):
    matrix = rng.tensor(3, rng.integer(4, 8))
    place, value = (0, rng.integer(1, 3)), rng.uniform(10, 90)
    with hints(values="Is there a step that copies the numbers, or did m itself change?"):
        expect(
            _transposed_after_a_write(student, matrix, place, value),
            _transposed_after_a_write(solution, matrix, place, value),
            name="After a write into m, transpose(m)",
        )


def _gradient_at(space, matrix, weights):
    """The gradient that reaches the matrix from a weighted sum of its transpose."""
    kept = put(space, matrix)
    weighted = keep(keep(space.transpose, kept).mul, weights)
    keep(weighted.sum).backward()
    return fetch(kept.grad)


@check("transpose")
def test_lets_gradients_through(student, solution, rng):
    matrix = rng.tensor(rng.integer(2, 5), 6).requires_grad_()
    broken = "Does every step stay in PyTorch, on the very tensor that was handed in?"
    with hints(requires_grad=broken, values=POURED):
        expect(
            student.transpose(matrix),
            solution.transpose(matrix),
            name="For m that requires a gradient, transpose(m)",
        )
    # A copy that is told to require a gradient says the same, and lets none through.
    weights = rng.tensor(*matrix.t().shape)
    with hints(type=broken, values=broken):
        expect(
            _gradient_at(student, matrix, weights),
            _gradient_at(solution, matrix, weights),
            name="The gradient that reaches m through transpose(m)",
        )


@check("transpose")
def test_transpose_leaves_m_as_it_was(student, solution, rng):
    matrix = rng.tensor(rng.integer(2, 5), 6)
    kept = put(student, matrix)
    with hints(values=POURED):
        expect(student.transpose(kept), solution.transpose(matrix), name="transpose(m)")
    turned = "Was m itself turned or written to? Names that end in _ work on the tensor itself."
    with hints(shape=turned, values=turned):
        expect(fetch(kept), matrix, name="After the call, m")


@check("matrix_product")
def test_multiplies_rows_by_columns(student, solution, rng):
    matrix_product = student.matrix_product
    for rows, inner, columns in ((2, rng.integer(3, 6), 7), (4, 5, rng.integer(2, 4))):
        a, b = rng.tensor(rows, inner), rng.tensor(inner, columns)
        with hints(
            shape="Which two sizes must agree in a matrix product, and which two are left?",
            values="Which row and which column make the element [0, 1]?",
        ):
            expect(matrix_product(a, b), solution.matrix_product(a, b))


@check("matrix_product")
def test_takes_square_matrices_in_the_given_order(student, solution, rng):
    size = rng.integer(3, 6)
    a, b = rng.tensor(size, size), rng.tensor(size, size)
    with hints(values="Is it the product of matrices, of a and b as they are, in this order?"):
        expect(
            student.matrix_product(a, b),
            solution.matrix_product(a, b),
            name="For square matrices, matrix_product(a, b)",
        )


@check("matrix_product")
def test_keeps_whole_numbers_whole(student, solution, rng):
    a = rng.integers(-9, 10, 3, rng.integer(2, 6))
    b = rng.integers(1, 10, a.shape[1], 6)
    # Large parts that cancel out: what float32 loses of them is all that is left.
    a[:, :2] += 2**30
    b[1] = -b[0]
    with hints(dtype="Does a product of whole numbers need floats? Where do they come from?"):
        expect(
            student.matrix_product(a, b),
            solution.matrix_product(a, b),
            name="For int64, matrix_product(a, b)",
        )


@check("matrix_product")
def test_keeps_both_axes(student, solution, rng):
    matrix_product, inner = student.matrix_product, rng.integer(3, 7)
    a, b = rng.tensor(1, inner), rng.tensor(inner, 1)
    for left, right in ((a, b), (b, a)):
        with hints(shape="The product of two matrices is a matrix: (n, k) times (k, m) is …?"):
            expect(
                matrix_product(left, right),
                solution.matrix_product(left, right),
                name="For a row and a column, matrix_product(a, b)",
            )


def _new_value(rng):
    """A float that float32 holds exactly, away from the others' range."""
    return 10 + rng.integer(0, 400) / 8


INDEX = {
    "shape": "The new column takes the place of an old one: how many columns are there then?",
    "values": "Which elements does your index pick? The row's index comes first, j second.",
}


@check("with_column")
def test_sets_the_column(student, solution, rng):
    with_column = student.with_column
    for rows, columns in ((5, rng.integer(4, 7)), (rng.integer(6, 9), 4)):
        m, j, value = rng.tensor(rows, columns), rng.integer(1, 3), _new_value(rng)
        with hints(**INDEX):
            expect(with_column(m, j, value), solution.with_column(m, j, value))


@check("with_column")
def test_sets_any_column_from_first_to_last(student, solution, rng):
    with_column, m = student.with_column, rng.tensor(rng.integer(2, 4), 5)
    for j in (4, 0, rng.integer(1, 4)):
        value = _new_value(rng)
        with hints(**INDEX):
            expect(
                with_column(m, j, value),
                solution.with_column(m, j, value),
                name=f"For column {j} of 5, with_column(m, j, value)",
            )


@check("with_column")
def test_with_column_keeps_the_dtype(student, solution, rng):
    with_column = student.with_column
    for dtype, value in ((torch.int64, rng.integer(100, 900)), (torch.float64, _new_value(rng))):
        m = rng.integers(-9, 10, 3, rng.integer(3, 6), dtype=dtype)
        j = rng.integer(0, 3)
        with hints(dtype="Is it a copy of m itself, or something new of another dtype?", **INDEX):
            expect(
                with_column(m, j, value),
                solution.with_column(m, j, value),
                name=f"For {str(dtype).removeprefix('torch.')}, with_column(m, j, value)",
            )


RELATION = tools(__file__, "relation")


def _relation(student, m, j, value):
    """What the result is to m, in words."""
    return define(student, RELATION).relation(student.with_column, m, j, value)


@check("with_column", weight=2)
def test_with_column_leaves_m_as_it_was(student, solution, rng):
    m = rng.tensor(rng.integer(2, 5), 5)
    j, value = rng.integer(0, 5), _new_value(rng)
    kept = put(student, m)
    result = student.with_column(kept, j, value)
    with hints(**INDEX):
        expect(result, solution.with_column(m, j, value), name="with_column(m, j, value)")
    written = "Is it a copy that you write into? [:], view, detach and = make none."
    with closer_look(lambda: _relation(student, m, j, value)), hints(values=written):
        expect(fetch(kept), m, name="After the call, m")


CPU = torch.device("cpu")
MOVED = {
    "device": "What does a tensor's method to() give back, and do you return exactly that?",
    "dtype": "Does the tensor itself move, or is it rebuilt or cast on the way?",
    "values": "Are the tensor's own numbers moved, or is something new put there?",
}


def _expect_moved(result, reference, origin, target):
    where, call = f"For t on {origin} and the device {target}", "to_device(t, device)"
    with hints(**MOVED):
        if isinstance(result, Placed):
            expect(result.device, target, name=f"{where}, the device of {call}")
            result = result.values
        expect(result, reference, name=f"{where}, {call}")


def _expect_moves(student, solution, t, said):
    """From the CPU to each accelerator and back; `said` makes an argument of a device.

    All moves come first and are judged afterwards: which of them go wrong tells the mistake.
    """
    to_device, reference, moves = student.to_device, solution.to_device(t, "cpu"), []
    for gpu in accelerators(student, ("cuda", "mps")):
        moves.append((gpu.call(to_device, t, said(gpu.device)), CPU, gpu.device))
        moves.append((gpu.call(to_device, gpu.put(t), said(CPU)), gpu.device, CPU))
    moves.append((gpu.call(to_device, t, said(CPU)), CPU, CPU))
    for result, origin, target in moves:
        _expect_moved(result, reference, origin, target)


def _kind(device):
    """The device as a text without a number, such as "cuda"."""
    return device.type


@check("to_device")
def test_moves_to_the_device_of_that_name(student, solution, rng):
    _expect_moves(student, solution, rng.tensor(rng.integer(2, 5), 6), _kind)


@check("to_device")
def test_takes_a_device_object_too(student, solution, rng):
    _expect_moves(student, solution, rng.tensor(rng.integer(3, 9)), torch.device)


@check("to_device")
def test_to_device_keeps_the_dtype(student, solution, rng):
    for dtype in (torch.int64, torch.float64):
        t = rng.integers(-99, 100, 2, rng.integer(4, 7), dtype=dtype)
        _expect_moves(student, solution, t, str)


@check("to_device")
def test_leaves_the_tensor_that_was_handed_in(student, solution, rng):
    to_device, t = student.to_device, rng.tensor(rng.integer(2, 5), 3)
    reference = solution.to_device(t, "cpu")
    moved = "A tensor that others hold must stay as it is: does the call write to t itself?"
    for gpu in accelerators(student):
        # Each way, from the CPU and from the accelerator.
        for kept, origin, target in (
            (put(student, t), CPU, gpu.device),
            (gpu.put(t), gpu.device, CPU),
        ):
            result = gpu.call(to_device, kept, str(target))
            _expect_moved(result, reference, origin, target)
            with hints(device=moved, values=moved):
                after = gpu.fetch(kept)
                expect(after.device, origin, name="After the call, the device of t")
                expect(after.values, t, name="After the call, t")
