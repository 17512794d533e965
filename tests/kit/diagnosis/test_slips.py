"""A slip that is the same in every exercise is told as what it is, and right code has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.cells import judged_cells
from autograder.course.course import open_course
from autograder.diagnosis.answers import variants
from autograder.diagnosis.slips import slip
from autograder.settings.load import load

COURSE = open_course(load(Path(__file__).parents[3]))


def in_function(*lines: str) -> str:
    return "\n".join(["def f(model, X, device):", *(f"    {line}" for line in lines)])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["model.eval", "return 1"], "Line 2: `model.eval` has no parentheses behind it."),
        (["return X.sum().item"], "Line 2: `X.sum().item` is returned without parentheses."),
        (
            ["torch.no_grad()", "return model(X)"],
            "Line 2: `torch.no_grad()` on a line of its own ends at once.",
        ),
        (["with torch.no_grad:", "    return 1"], "Line 2: `torch.no_grad` has no parentheses"),
        (
            ['return "cuda" if torch.cuda.is_available else "cpu"'],
            "Line 2: `torch.cuda.is_available` has no parentheses behind it, and a function counts",
        ),
        (
            ["if not torch.accelerator.is_available and X:", "    pass"],
            "Line 2: `torch.accelerator.is_available` has no parentheses behind it, and a function",
        ),
        (["X.unsqueeze(0)", "return model(X)"], "Line 2: what `X.unsqueeze(0)` gives is not kept."),
        (["return X.sum / len(X)"], "Line 2: `X.sum` has no parentheses behind it."),
        (["model.train", "model.eval"], "Line 2: `model.train`"),
    ],
)
def test_a_slip_is_named_with_its_line(lines: list[str], said: str) -> None:
    assert slip(in_function(*lines)).startswith(said)


@pytest.mark.parametrize(
    "lines",
    [
        ["model.eval()", "with torch.no_grad():", "    return model(X).argmax(dim=1)"],
        ["return X.T"],
        ["X.squeeze_()", "return X.shape"],
        ["optimizer.step()"],
        ["return max(X, key=X.__getitem__)"],
        ["model.to(device)", "return X"],
        ["self.mean = 0.13", "return X - self.mean"],
        ["def (", "return"],
    ],
)
def test_what_is_no_slip_is_passed_over(lines: list[str]) -> None:
    assert slip(in_function(*lines)) == ""


def test_no_right_answer_of_the_course_has_one() -> None:
    right = {
        f"{name}/{answer.name}": answer.code
        for name in COURSE.assignments()
        for answer in variants(COURSE.checks_folder(name))
    }
    for name in COURSE.assignments():
        for cell in judged_cells(COURSE.source_notebook(name)).values():
            right[f"{name}/{cell.name}"] = cell.source

    assert len(right) > 200
    assert {name: slip(code) for name, code in right.items() if slip(code)} == {}
