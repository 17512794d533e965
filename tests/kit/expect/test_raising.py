"""`expect` and `require` as a check or a notebook's cell calls them."""

from __future__ import annotations

import linecache
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell

import autograder.expect
from autograder.expect.raising import NO_RETURN, Mismatch, expect, require


class Student:
    """Stands for a namespace; gives what it is called with."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args, **kwargs: 4


def fetch(value: Any) -> Any:
    return value


def keep(_function: Any, *_args: Any) -> int:
    return 4


student = solution = Student()
result, matrix, values = 4, 0, [4]


def mismatch(act: Callable[[], object]) -> Mismatch:
    with pytest.raises(Mismatch) as raised:
        act()
    return raised.value


def test_what_is_expected_raises_nothing() -> None:
    expect(2 + 2, 4)


def test_the_fact_and_the_detail_are_two_sentences() -> None:
    problem = mismatch(lambda: expect(student.half(8), 3))

    assert problem.fact == "half(8) is not the expected number."
    assert problem.detail == "half(8) is 4, expected 3."
    assert problem.kind == "values"


def test_a_mismatch_reads_as_its_detail_and_its_hint() -> None:
    problem = mismatch(lambda: expect(student.half(8), 3, hint="Half of 6 is 3."))

    assert str(problem) == "half(8) is 4, expected 3.\nHint: Half of 6 is 3."
    assert problem.hint == "Half of 6 is 3."


def test_a_part_of_a_nested_answer_is_named() -> None:
    history = [{"loss": 1.0}]

    problem = mismatch(lambda: expect(history, [{"loss": 2.0}]))

    assert problem.fact == "history[0]['loss'] is not the expected number."


def test_a_part_of_an_answer_without_a_name_is_named_too() -> None:
    problem = mismatch(lambda: expect(values * 2, [4, 3]))

    assert problem.fact == "The result at [1] is not the expected number."


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("fit(...)", "fit(...)[1] is not the expected number."),
        ("The list of the losses", "The list of the losses, at [1], is not the expected number."),
        ("The shapes, sorted,", "The shapes, sorted, at [1], is not the expected number."),
    ],
)
def test_a_part_is_named_after_words_as_after_an_expression(name: str, fact: str) -> None:
    problem = mismatch(lambda: expect([4, 4], [4, 3], name=name))

    assert problem.fact == fact


def test_none_gets_the_question_whether_a_return_is_missing() -> None:
    problem = mismatch(lambda: expect(None, 3, name="half(8)", hint="Half of 6 is 3."))

    assert problem.detail == "half(8) is None, expected a whole number."
    assert problem.hint == NO_RETURN


# fmt: off
LABELS: list[tuple[Callable[[], object], str]] = [
    (lambda: expect(student.transpose(matrix), 3), "transpose(matrix)"),
    (lambda: expect(solution.transpose(matrix), 3), "transpose(matrix)"),
    (lambda: expect(student.fit(1, lr=0.5), 3), "fit(1, lr=0.5)"),
    (lambda: expect(student.f(student.g(1)), 3), "f(g(1))"),
    (lambda: expect(fetch(student.f(1)), 3), "f(1)"),
    (lambda: expect(fetch(result), 3), "The result"),
    (lambda: expect(keep(student.f, 1), 3), "f"),
    (lambda: expect(len(values) + 0, 3), "The result"),
    (lambda: expect(len(values), 3), "len(values)"),
    (lambda: expect(values[0], 3), "values[0]"),
    (lambda: expect(result, 3), "result"),
    (lambda: expect(4, 3), "The result"),
    (lambda: expect(*[4, 3]), "The result"),
    (lambda: expect(actual=result, expected=3), "The result"),
    (lambda: expect(result, 3, name="the mean loss"), "the mean loss"),
    (lambda: expect(4, 3, name="the mean loss"), "the mean loss"),
    (lambda: expect(
        student.transpose(
            matrix,
        ),
        3,
    ), "transpose(matrix)"),
    (lambda: expect(student.größe("ä"), 3), "größe('ä')"),
    (lambda: (expect("ä", "ä"), expect(student.f("x" * 80), 3)), "f('x' * 80)"),  # type: ignore[func-returns-value]  # two on a line
    (lambda: expect(student.f("ein sehr langer Text, der nirgends hin passt"), 3),
     "f('ein sehr langer Text, der nirgends hin passt')"),
    (lambda: expect(student.f("ein sehr langer Text, der nun gar nirgends hin passt"), 3),
     "f('ein sehr langer Text, der nun gar nirgends hin…"),
]
# fmt: on


@pytest.mark.parametrize(("act", "label"), LABELS, ids=[label for _, label in LABELS])
def test_the_sentence_speaks_of_the_source_of_the_first_argument(
    act: Callable[[], object], label: str
) -> None:
    assert mismatch(act).fact == f"{label} is not the expected number."


def run_cell(source: str, filename: str, *, keep_source: bool = True) -> Mismatch:
    """Runs a cell as IPython does: compiled under a name of its own, with or without its source."""
    if keep_source:
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
    with pytest.raises(Mismatch) as raised:
        exec(compile(source, filename, "exec"), {"expect": expect, "half": lambda n: n / 2})
    return raised.value


def test_a_cells_own_source_gives_the_words() -> None:
    assert run_cell("x = 1\nexpect(half(8), 3.0)\n", "<cell 1>").fact.startswith("half(8) is not")


def test_where_there_is_no_source_it_is_the_result() -> None:
    problem = run_cell("expect(half(8), 3.0)\n", "<cell without>", keep_source=False)

    assert problem.fact == "The result is not the expected number."


def test_a_source_that_has_changed_since_gives_no_wrong_words() -> None:
    source = "expect(half(8), 3.0)\n"
    linecache.cache["<cell changed>"] = (5, None, ["import os, sys  # something else"], "<c>")

    problem = run_cell(source, "<cell changed>", keep_source=False)

    assert problem.fact == "The result is not the expected number."


def test_a_file_gives_the_words(tmp_path: Path) -> None:
    path = tmp_path / "check.py"
    path.write_text("# ä\nexpect(half(8),\n       3.0)\n", encoding="utf-8")
    source = path.read_text(encoding="utf-8")

    problem = run_cell(source, str(path), keep_source=False)

    assert problem.fact == "half(8) is not the expected number."


@pytest.mark.parametrize("truth", [True, np.bool_(True), torch.tensor(True)], ids=repr)
def test_require_lets_what_is_true_pass(truth: Any) -> None:
    require(truth, "never said")


@pytest.mark.parametrize("untruth", [False, np.bool_(False), torch.tensor(False)], ids=repr)
def test_require_raises_its_fact(untruth: Any) -> None:
    problem = mismatch(lambda: require(untruth, "m was changed.", hint="Clone it."))

    assert (problem.fact, problem.detail, problem.hint) == (
        "m was changed.",
        "m was changed.",
        "Clone it.",
    )


class AlwaysTrue:
    def __bool__(self) -> bool:
        return True


@pytest.mark.parametrize(
    "condition",
    [1, 0, None, "yes", [1], AlwaysTrue(), np.array([True])],
    ids=lambda value: type(value).__name__,
)
def test_require_takes_no_other_object_for_a_truth(condition: Any) -> None:
    with pytest.raises(TypeError, match="require wants True or False, not"):
        require(condition, "never said")


def test_a_notebook_shows_the_sentence_and_no_frames(capsys: pytest.CaptureFixture[str]) -> None:
    shell = InteractiveShell()
    shell.run_cell("from autograder.expect import expect\nexpect(2 * 2, 5, hint='Count.')")

    printed = capsys.readouterr().out
    assert printed.strip().splitlines() == [
        "Not yet: The result is 4, expected 5.",
        "Hint: Count.",
    ]


@pytest.mark.parametrize("name", autograder.expect.__all__)
def test_the_package_gives_what_it_promises(name: str) -> None:
    assert getattr(autograder.expect, name).__name__ == name


def test_the_package_gives_nothing_else() -> None:
    with pytest.raises(AttributeError):
        _ = autograder.expect.everything
