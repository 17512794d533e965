"""The hidden tests in benchmarks/stock stand for the kit's hidden checks, one for one, and work."""

from __future__ import annotations

import ast
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from symtable import symtable

import pytest

from benchmarks.stock_tests import ASSIGNMENTS, PROGRAM, SAY, STOCK, hidden_tests, run, steps

HIDDEN = Path(__file__).parents[1] / "hidden"
FILES = sorted(STOCK.rglob("*.py"))
OURS = re.compile(r"_(?!i+$|[iod]h$)[A-Za-z][a-z_]*")
NAMED = re.compile(r"^# (test_\w+)$", re.MULTILINE)

# What no assert in a notebook can count on finding.
UNSEEN = {
    # Right on the CPU and on the meta device: wrong only where there is an accelerator.
    *("random_like/generator_of_the_cpu", "to_device/one_way_only", "to_device/through_numpy"),
    *("train_on/accelerator_picked_anew", "train_on/loss_by_numpy", "train_on/total_on_the_cpu"),
    # No such device is there without one, and on the CPU nothing is moved.
    *("describe/meta_or_cpu", "to_device/kind_of_device_only", "to_device/remembered"),
    *("to_device/through_float64", "pick_device/default_device_set"),
    *("to_device/home_from_anywhere", "to_device/number_of_an_object_lost"),
    "pick_device/what_torch_was_built_for",
    # The number of a device is left out, and here there is one at most.
    *("describe/number_left_out", "random_like/number_left_out"),
    # Memory that nobody filled may hold random numbers of an earlier test.
    *("random_like/unfilled", "random_tensor/unfilled"),
    # Refused by the visible checks, which stock nbgrader runs first.
    "model/another_shape",
}

# Each answer with its exercise's checks in a copy of the reference solution's names; what the
# hidden tests raised on it.
TRY = """
def raised(source, own):
    try:
        exec(source, own)
    except Exception as problem:
        return type(problem).__name__


def tried(answer, visible, hidden):
    own = dict(names)
    raised(answer, own), raised(visible, own)
    said = raised(hidden, own)
    torch.set_grad_enabled(True)
    return said


taken = {name: tried(*sources) for name, sources in given["answers"].items()}
"""


def hidden_checks(assignment: str) -> Iterator[tuple[str, str]]:
    """Each hidden check with its exercise, as the assignment's files say."""
    for path in sorted((HIDDEN / assignment).glob("test_*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            for mark in getattr(node, "decorator_list", []):
                match mark:
                    case ast.Call(
                        func=ast.Name(id="check"), args=[ast.Constant(value=str(exercise))]
                    ):
                        assert isinstance(node, ast.FunctionDef)
                        yield exercise, node.name


def asserts_below_names(source: str) -> list[tuple[str, int]]:
    """Each check that a comment names, with the asserts between it and the next such comment."""
    asserts = [node.lineno for node in ast.parse(source).body if isinstance(node, ast.Assert)]
    found = [(m[1], source.count("\n", 0, m.start()) + 1) for m in NAMED.finditer(source)]
    ends = [line for _, line in found[1:]] + [source.count("\n") + 1]
    return [
        (name, sum(start < line < end for line in asserts))
        for (name, start), end in zip(found, ends, strict=True)
    ]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_hidden_check_is_named_once_in_the_file_of_its_exercise(assignment: str) -> None:
    named = [
        (exercise, name)
        for exercise, source in hidden_tests(assignment).items()
        for name in NAMED.findall(source)
    ]

    assert Counter(named) == Counter(hidden_checks(assignment))
    assert len(named) > 30


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_name_is_followed_by_an_assert(path: Path) -> None:
    found = asserts_below_names(path.read_text(encoding="utf-8"))

    assert found
    assert [name for name, asserts in found if not asserts] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_name_of_the_students_is_taken_and_nothing_imported(path: Path) -> None:
    symbols = symtable(path.read_text(encoding="utf-8"), path.name, "exec").get_symbols()
    bound = {symbol.get_name() for symbol in symbols if symbol.is_assigned()}

    # IPython has _, _1, _i, _ih and their like for what was typed and printed.
    assert bound
    assert {name for name in bound if not OURS.fullmatch(name)} == set()
    assert not any(symbol.is_imported() for symbol in symbols)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_reference_solution_passes_all(assignment: str, digits: Path) -> None:
    taken = run(PROGRAM + SAY, {"steps": steps(assignment)}, digits)

    ran = {label for label in taken if label.startswith("hidden tests of ")}
    assert ran == {f"hidden tests of {exercise}" for exercise in hidden_tests(assignment)}


@pytest.mark.parametrize(("assignment", "count"), [("1-tensors", 40), ("4-training", 15)])
def test_mistakes_make_the_hidden_tests_raise(assignment: str, count: int, digits: Path) -> None:
    folder = HIDDEN / assignment / "mistakes"
    names = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.py")}
    chosen = random.Random(2026).sample(sorted(names - UNSEEN), count)
    notebook, tests = steps(assignment), hidden_tests(assignment)
    visible = {label.removeprefix("checks of "): source for label, source in notebook}
    answers = {}
    for name in chosen:
        exercise, answer = name.split("/")[0], (folder / f"{name}.py").read_text(encoding="utf-8")
        answers[name] = (answer, visible[exercise], tests[exercise])

    raised = run(PROGRAM + TRY + SAY, {"steps": notebook, "answers": answers}, digits)

    assert raised.keys() == answers.keys()
    assert [name for name, problem in raised.items() if not problem] == []
    # A name that is missing would be the hidden tests' own fault.
    assert "NameError" not in raised.values()


def test_each_mistake_that_is_left_out_exists() -> None:
    there = [
        f"{path.parent.name}/{path.stem}"
        for assignment in ASSIGNMENTS
        for path in (HIDDEN / assignment / "mistakes").rglob("*.py")
    ]

    assert UNSEEN - set(there) == set()
