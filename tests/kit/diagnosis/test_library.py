"""Mistakes are tried in real kernels, once, and answers of other code match them."""

from __future__ import annotations

import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.course.judging import judge_assignment
from autograder.diagnosis.answers import AnswerUnreadable
from autograder.diagnosis.library import Library, _only_one
from autograder.diagnosis.matching import match
from autograder.errors import KernelUnavailable
from autograder.judge.grade import Judge
from autograder.judge.records import Limits
from autograder.kernel.session import KernelPlan
from autograder.results import Diagnosis
from tests.kit.course_maker import ASSIGNMENT, POINTS, Mini, plain_plan

HEAD = '"""{name}.\n\nfails: test_swaps_the_axes\nhint: Hint of {name}.\n"""\n\n\n'
MISTAKES = {
    "reshapes": "def transpose(m):\n    return m.reshape(m.shape[1], m.shape[0])\n",
    "unchanged": "def transpose(m):\n    return m\n",
    "copies": "def transpose(m):\n    return m.T.clone()\n",
    "raises": "def transpose(m):\n    return m.transpose(0, 2)\n",
    "draws": "def transpose(m):\n    return torch.rand(m.shape[1], m.shape[0])\n",
    "kills": "import os\n\n\ndef transpose(m):\n    os._exit(0)\n",
    "undefined": "1 / 0\n\n\ndef transpose(m):\n    return m.T\n",
}
NO_KERNEL = KernelPlan(argv=("/nowhere/python", "{connection_file}"))


def put(mini: Mini, name: str, code: str, exercise: str = "transpose") -> Path:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / exercise / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(name=name) + code, encoding="utf-8")
    return path


def a_judge(mini: Mini) -> Judge:
    points = {name: float(p) for name, p in POINTS.items()}
    assignment = judge_assignment(mini.course, ASSIGNMENT, points)
    return Judge(assignment, plain_plan(mini.course), Limits(cell_s=60.0, call_s=10.0))


@pytest.fixture(scope="module")
def shelf(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mini, Library]:
    """A course with mistakes, and its library with each of them tried."""
    mini = released.copy_to(tmp_path_factory.mktemp("shelf") / "course")
    for name, code in MISTAKES.items():
        put(mini, name, code)
    library = Library(a_judge(mini), mini.root / "fingerprints")
    library.of("transpose")
    return mini, library


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ("reshapes", "def transpose(m):\n    a, b = m.size()\n    return m.view(-1).view(b, a)"),
        ("unchanged", "def transpose(matrix):\n    matrix.T\n    return matrix"),
        ("copies", "# Mine.\ndef transpose(m):\n    r = m.t()\n    return r.contiguous()"),
        ("raises", "def transpose(m):\n\n    x = 2\n    return m.swapaxes(0, x)"),
        ("draws", "def transpose(m):\n    return torch.empty(m.T.shape).uniform_()"),
    ],
)
def test_other_code_that_does_the_same_matches(
    shelf: tuple[Mini, Library], mistake: str, code: str
) -> None:
    mini, library = shelf

    result = library.judge.grade(mini.cells(transpose=code)).report.exercise("transpose")

    assert match(result, code, library.of("transpose")) == Diagnosis(
        mistakes=(f"transpose/{mistake}",), hint=f"Hint of {mistake}."
    )


def test_an_answer_that_nobody_thought_of_matches_none(shelf: tuple[Mini, Library]) -> None:
    mini, library = shelf
    code = "def transpose(m):\n    return m.flip(0).T"

    result = library.judge.grade(mini.cells(transpose=code)).report.exercise("transpose")

    assert result.points < result.max_points
    assert match(result, code, library.of("transpose")) is None


def test_a_mistake_that_kills_its_kernel_leaves_the_others_their_fingerprints(
    shelf: tuple[Mini, Library],
) -> None:
    found = {m.name: m.checks[0].outcome.value for m in shelf[1].of("transpose")}

    assert found == {
        "transpose/copies": "passed",
        "transpose/draws": "failed",
        "transpose/kills": "died",
        "transpose/raises": "error",
        "transpose/reshapes": "failed",
        "transpose/unchanged": "failed",
        # As in a student's kernel: the reference does not stand in for a cell that failed.
        "transpose/undefined": "error",
    }


def without_kernels(library: Library) -> Library:
    """Another worker's library, whose kernels cannot start: it has what is on the disk."""
    judge = a_judge_like(library.judge)
    return Library(judge, library.folder)


def a_judge_like(judge: Judge) -> Judge:
    plan = dataclasses.replace(NO_KERNEL, env=judge.plan.env)
    return Judge(judge.assignment, plan, judge.limits)


def test_what_was_tried_once_is_not_tried_again(shelf: tuple[Mini, Library]) -> None:
    again = without_kernels(shelf[1]).of("transpose")

    assert [m.name for m in again] == [m.name for m in shelf[1].of("transpose")]


@pytest.fixture
def small(mini: Mini) -> tuple[Mini, Library]:
    put(mini, "unchanged", MISTAKES["unchanged"])
    library = Library(a_judge(mini), mini.root / "fingerprints")
    library.of("transpose")
    return mini, library


def test_a_worker_that_waited_for_another_takes_what_that_one_found(
    small: tuple[Mini, Library],
) -> None:
    path = small[1].folder / "transpose.json"
    kept = path.read_bytes()
    path.unlink()
    waits = without_kernels(small[1])

    with ThreadPoolExecutor(1) as other:
        with _only_one(path.with_suffix(".lock")):
            asked = other.submit(waits.of, "transpose")
            path.write_bytes(kept)
        (mistake,) = asked.result(30)

    assert mistake.name == "transpose/unchanged"


def test_a_new_mistake_alone_is_tried(small: tuple[Mini, Library]) -> None:
    mini, library = small
    path = library.folder / "transpose.json"
    before = json.loads(path.read_text(encoding="utf-8"))
    put(mini, "reshapes", MISTAKES["reshapes"])

    assert len(library.of("transpose")) == 2
    after = json.loads(path.read_text(encoding="utf-8"))
    assert before.items() <= after.items()
    assert len(after) == 2


def test_another_seed_gives_other_fingerprints(small: tuple[Mini, Library]) -> None:
    judge = a_judge_like(small[1].judge)
    judge.assignment = dataclasses.replace(judge.assignment, seed=b"another")

    with pytest.raises(KernelUnavailable):
        Library(judge, small[1].folder).of("transpose")


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"a": 1}', '{"a": {"schema_version": 1}}'])
def test_a_file_that_was_damaged_is_made_again(small: tuple[Mini, Library], broken: str) -> None:
    mini, library = small
    path = library.folder / "transpose.json"
    path.write_text(broken, encoding="utf-8")

    (mistake,) = Library(a_judge(mini), library.folder).of("transpose")

    assert mistake.name == "transpose/unchanged"
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 1


def test_an_exercise_without_mistakes_has_none_and_writes_nothing(
    small: tuple[Mini, Library],
) -> None:
    assert small[1].of("total") == ()
    assert not (small[1].folder / "total.json").exists()


def test_a_mistake_that_cannot_be_read_is_named(small: tuple[Mini, Library]) -> None:
    put(small[0], "unchanged", "def (\n")

    with pytest.raises(AnswerUnreadable, match=r"transpose/unchanged\.py: line 8 is no Python"):
        small[1].of("transpose")
