"""Which mutants are made of a source, and what is never touched."""

from __future__ import annotations

import ast

import pytest

from autograder.authoring.clause_kinds import KINDS
from autograder.authoring.mutants import OPERATORS, Mutant, mutants

TRANSPOSE = '''\
def transpose(m):
    """The matrix with its two axes swapped.

    m          tensor with two axes, any dtype
    returns    tensor of m's dtype and device; requires a gradient if m does
    memory     a view of m
    changes m  no
    """
    ### BEGIN SOLUTION
    return m.T  # the attribute
    ### END SOLUTION
'''


def made(source: str, given: frozenset[str] = frozenset()) -> set[tuple[str, str, str]]:
    """(kind, line before, line after) of all mutants."""
    return {(one.kind, one.line, one.becomes) for one in mutants(source, given)}


def in_function(*lines: str) -> str:
    return "\n".join(["def f(a, b):", *(f"    {line}" for line in lines), ""])


@pytest.mark.parametrize(
    ("line", "kind", "becomes"),
    [
        ("return 3", "values", "return 4"),
        ("return 3", "values", "return 2"),
        ("return 3", "values", "return 0"),
        ("return 3", "values", "return 1"),
        ("return 3", "values", "return -3"),
        ("return g(flag=True)", "values", "return g(flag=False)"),
        ("return g(limit=b)", "values", "return g(limit=None)"),
        ("return 'left'", "values", "return ''"),
        ("return a + b", "values", "return a - b"),
        ("return a + b", "values", "return a"),
        ("return a + b * a", "values", "return a + (b + a)"),
        ("return a < b", "values", "return a <= b"),
        ("return a and b", "values", "return a or b"),
        ("return a[1:]", "values", "return a[1:-1]"),
        ("return a[b]", "values", "return a[b - 1]"),
        ("return a[:, b]", "values", "return a[b, :]"),
        ("return range(b)", "passes", "return range(b - 1)"),
        ("return a.float()", "dtype", "return a"),
        ("return a.float()", "dtype", "return a.double()"),
        ("return torch.flatten(a)", "shape", "return a"),
        ("return g(a, b)", "values", "return g(b, a)"),
        ("return a.sum(dim=1)", "shape", "return a.sum()"),
        ("return a.sum(dim=1)", "shape", "return a.sum(dim=0)"),
        ("return a.sum(dim=1)", "shape", "return a.sum(dim=1, keepdim=True)"),
        ("return a, b", "values", "return b, a"),
        ("return a.T", "values", "return None"),
        ("return a.T", "values", "return b"),
        ("return [x for x in a if x]", "values", "return [x for x in a if True]"),
        ("return [x for x in a]", "passes", "return [x for x in list(a)[:1]]"),
        ("return [x for x in loader]", "passes", "return [x for x in list(loader)[:50]]"),
        ("return {'x': a, 'y': b}", "values", "return {'x': b, 'y': a}"),
        ("return next(iter(a))", "passes", "return next(iter(list(a)))"),
        ("return torch.zeros(a, dtype=torch.int64)", "dtype", "return torch.zeros(a)"),
        (
            "return torch.zeros(a, dtype=torch.int64)",
            "dtype",
            "return torch.zeros(a, dtype=torch.int32)",
        ),
        ("return a.max().item()", "type", "return a.max()"),
        ("return a.max().item()", "values", "return a.min().item()"),
        ("return a.argmax()", "values", "return a.argmin()"),
        ("return torch.rand_like(a)", "device", "return torch.rand(a.shape)"),
        ("return torch.rand(a)", "random", "torch.manual_seed(0)\nreturn torch.rand(a)"),
        ("return torch.load(a, map_location='cpu')", "device", "return torch.load(a)"),
        ("return a.to(b)", "device", "return a"),
        ("return a / 2", "changes", "return a.div_(2)"),
        ("return copy.deepcopy(a)", "memory", "return copy.copy(a)"),
        ("return a.min()", "values", "return a[0].min()"),
        ("return torch.randint(len(a))", "values", "return torch.randint(len(a) - 1)"),
        ("return torch.randint(len(a))", "values", "return torch.randint(len(a) // 2)"),
        ("return a.clone()", "dtype", "return a * 1"),
        ("return from_numpy(a)", "memory", "return a"),
        (
            "return torch.from_numpy(a)",
            "memory",
            "return torch.from_numpy(a if a.flags.c_contiguous else a.copy())",
        ),
        (
            "return torch.rand_like(a)",
            "shape",
            "return torch.rand(*a.shape, device=a.device)",
        ),
        ("a.load_state_dict(b)", "values", "a.load_state_dict(b, strict=False)"),
        (
            "return torch.load(a, map_location='cpu')",
            "device",
            "return torch.load(a, map_location={'cuda:0': 'cpu'})",
        ),
        ("return DataLoader(a)", "passes", "return DataLoader(a, drop_last=True)"),
        (
            "return torch.Generator().manual_seed(b)",
            "random",
            "return torch.manual_seed(b)",
        ),
    ],
)
def test_an_operator_makes_the_mutant_that_it_is_for(line: str, kind: str, becomes: str) -> None:
    assert (kind, line, becomes) in made(in_function(line))


@pytest.mark.parametrize(
    ("lines", "kind", "before", "after"),
    [
        (("a.eval()", "return a(b)"), "mode", "a.eval()", ""),
        (("a.eval()", "return a(b)"), "mode", "a.eval()", "a.train()"),
        (("a = a.to(b)", "return a"), "values", "a = a.to(b)", ""),
        (
            ("with torch.no_grad():", "    return a(b)"),
            "gradients",
            "with torch.no_grad():\n    return a(b)",
            "return a(b)",
        ),
        (
            ("a.zero_grad()", "b.backward()"),
            "gradients",
            "a.zero_grad()\nb.backward()",
            "b.backward()\na.zero_grad()",
        ),
        (("for x in a:", "    b(x)"), "passes", "    b(x)", "    b(x)\n    break"),
        (("for x in a:", "    b(x)"), "passes", "for x in a:", "for x in list(a)[:-1]:"),
        (("for x, y in a:", "    b(x)"), "values", "for x, y in a:", "for y, x in a:"),
        (("if a:", "    return b", "return 2"), "values", "if a:", "if not (a):"),
        (("for x in a:", "    continue"), "passes", "continue", "break"),
    ],
)
def test_a_statement_is_left_out_unwrapped_or_exchanged(
    lines: tuple[str, ...], kind: str, before: str, after: str
) -> None:
    found = [
        (one, line.split(), becomes.split()) for one, line, becomes in made(in_function(*lines))
    ]

    assert (kind, before.split(), after.split()) in found


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("memory", "return m.T.clone()  # the attribute"),
        ("gradients", "return m.T.detach()  # the attribute"),
        ("device", "return m.T.cpu()  # the attribute"),
        ("dtype", "return m.T.double()  # the attribute"),
        ("values", "return m  # the attribute"),
    ],
)
def test_what_the_docstring_promises_is_broken_at_return(kind: str, becomes: str) -> None:
    assert (kind, "return m.T  # the attribute", becomes) in made(TRANSPOSE)


def test_what_came_in_is_written_into_where_the_docstring_says_that_it_is_not() -> None:
    kept = [one.becomes for one in mutants(TRANSPOSE) if one.operator == "in place"]
    free = mutants(TRANSPOSE.replace("changes m  no", "changes m  yes"))

    assert kept == [
        f"result = m.T\n{change}\nreturn result  # the attribute"
        for change in ("m += 1", "m.unsqueeze_(0)")
    ]
    assert [one for one in free if one.operator == "in place"] == []


def test_nothing_is_added_that_the_docstring_does_not_speak_of() -> None:
    silent = TRANSPOSE.replace("memory     a view of m", "memory     new").replace("gradient", "x")

    assert not {"m.T.clone()", "m.T.detach()"} & {one.becomes[7:18] for one in mutants(silent)}


def test_a_notebooks_own_name_stands_for_a_parameter() -> None:
    source = "def f(root, model):\n    return model(root)\n"

    found = made(source, frozenset({"MNIST_ROOT", "model", "np"}))

    assert ("values", "return model(root)", "return model(MNIST_ROOT)") in found
    assert ("values", "return model(root)", "return globals()['model'](root)") in found
    assert not [after for _kind, _before, after in found if "np" in after]


def test_what_is_usual_stands_for_what_is_given() -> None:
    source = "def f(seed, device, loss_fn, size=3):\n    return g(seed, device, loss_fn(size))\n"

    found = {after for _kind, _before, after in made(source)}

    assert "return g(seed % 100, device, loss_fn(size))" in found
    assert "return g(seed, torch.device(device).type, loss_fn(size))" in found
    assert "return g(seed, device, nn.CrossEntropyLoss()(size))" in found
    assert "return g(seed, device, loss_fn(3))" in found


@pytest.mark.parametrize(
    ("says", "kind", "becomes"),
    [
        ("memory: new", "memory", "from functools import cache\n\n\n@cache\ndef f(t):"),
        ("returns: an int", "type", "return np.int64(t.T)"),
        ("returns: a tensor of t's dtype", "dtype", "return (t.T).float().to(t.dtype)"),
        (
            "returns: a tensor on the CPU",
            "device",
            "return (t.T).to(torch.accelerator.current_accelerator() or 'cpu')",
        ),
    ],
)
def test_what_silent_wrong_answers_did_is_tried_where_the_docstring_forbids_it(
    says: str, kind: str, becomes: str
) -> None:
    source = f'def f(t):\n    """Turns.\n\n    t: a tensor\n    {says}\n    """\n    return t.T\n'

    assert (kind, becomes) in {(one.kind, one.becomes) for one in mutants(source)}
    silent = {one.becomes for one in mutants(source.replace(says, "gives: something"))}
    assert becomes not in silent


def test_layers_are_left_out_added_and_given_other_sizes() -> None:
    source = (
        "class N(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.layers = nn.Sequential(\n"
        "            nn.Linear(4, 8),\n"
        "            nn.ReLU(),\n"
        "            nn.Linear(8, 2),\n"
        "        )\n"
    )

    found = made(source)

    assert ("values", "super().__init__()", "") in found
    assert ("values", "nn.ReLU(),", "") in found
    assert ("values", "nn.Linear(8, 2),", "nn.Linear(8, 2), nn.Softmax(dim=1),") in found
    assert ("values", "nn.Linear(8, 2),", "nn.Linear(8, 2, bias=False),") in found
    assert ("values", "nn.Linear(4, 8),", "nn.ReLU(), nn.Linear(4, 8),") in found
    assert (
        "shape",
        "nn.Linear(4, 8),\nnn.ReLU(),\nnn.Linear(8, 2),",
        "nn.Linear(4, 4),\nnn.ReLU(),\nnn.Linear(4, 2),",
    ) in found


def test_no_mutant_is_made_that_is_as_good_as_another_one_or_as_the_source() -> None:
    source = in_function("torch.manual_seed(7)", "return g(a=True)")
    becomes = {after for _, _, after in made(source)}
    assert "return g(a=None)" not in becomes  # g(a=False) is made
    assert not {line for line in becomes if line.startswith("torch.manual_seed")}


def test_a_mutant_differs_from_the_source_in_its_lines_alone() -> None:
    for one in mutants(TRANSPOSE):
        lines, before = TRANSPOSE.splitlines(), one.line.splitlines()
        start = one.line_number - 1
        after = [f"    {line}" for line in one.becomes.splitlines()]
        expected = [*lines[:start], *after, *lines[start + len(before) :]]

        assert one.source.splitlines() == expected


def test_no_two_mutants_are_the_same_code_and_none_is_the_reference() -> None:
    source = in_function("return 0 + 1 - a", "return a")
    dumps = [ast.dump(ast.parse(one.source)) for one in mutants(source)]

    assert len(set(dumps)) == len(dumps)
    assert ast.dump(ast.parse(source)) not in dumps


def test_what_students_are_given_or_what_is_only_printed_is_left_alone() -> None:
    source = (
        "def f(a, size=3):\n"
        '    """Of 5."""\n'
        "    k = 7\n"
        "    ### BEGIN SOLUTION\n"
        '    print(f"{a + 1} of {size - 1}", 4)\n'
        "    ### END SOLUTION\n"
        "    return k\n"
    )

    assert mutants(source) == []


def test_every_operator_makes_a_mutant_of_the_courses_kind() -> None:
    found = [one for source in (TRANSPOSE, in_function("return a + b")) for one in mutants(source)]

    assert {one.kind for one in found} <= set(KINDS)
    assert {one.operator for one in found} <= set(OPERATORS)


def test_a_diff_shows_the_lines_before_and_after() -> None:
    one = Mutant(operator="call", kind="dtype", line_number=3, line="a", becomes="b\nc", source="")

    assert one.diff == "- a\n+ b\n+ c"
