"""Mistakes are tried in real kernels, once, and answers of other code match them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.diagnosis.library import Known, Library, from_plain, to_plain
from autograder.diagnosis.matching import match
from autograder.diagnosis.trying import each
from autograder.judge import rehearsal
from autograder.judge.grade import Judge
from autograder.results import Diagnosis, ExerciseResult, Outcome
from tests.kit.course_maker import ASSIGNMENT, POINTS, Mini, judge_of

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


def put(mini: Mini, name: str, code: str, exercise: str = "transpose") -> Path:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / exercise / f"{name}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(name=name) + code, encoding="utf-8")
    return path


def key_of(source: str) -> str:
    return f"key of {source}"


def a_library(mini: Mini, of_key: str = "") -> Library:
    """The library as it is on the disk now."""
    folder = mini.root / "tests" / "hidden" / ASSIGNMENT
    exercises = list(POINTS)
    fingerprints = mini.root / "fingerprints"
    return Library(folder, exercises, fingerprints, lambda source: of_key + key_of(source))


def try_all(library: Library, judge: Judge, mini: Mini) -> dict[str, ExerciseResult]:
    """Tries what was not tried yet, as a worker does."""
    found = each(judge, mini.cells(), library.untried("transpose"))
    tried = {one.answer.name: from_plain(to_plain(one.result)) for one in found}
    library.add("transpose", tried)
    return tried


@pytest.fixture(scope="module")
def judge(released: Mini) -> Judge:
    return judge_of(released)


@pytest.fixture(scope="module")
def shelf(
    released: Mini, judge: Judge, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mini, Known]:
    """A course with mistakes, and what is known once each of them was tried."""
    mini = released.copy_to(tmp_path_factory.mktemp("shelf") / "course")
    for name, code in MISTAKES.items():
        put(mini, name, code)
    try_all(a_library(mini), judge, mini)
    return mini, a_library(mini).known()


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
    shelf: tuple[Mini, Known], judge: Judge, mistake: str, code: str
) -> None:
    mini, known = shelf

    result = judge.grade(mini.cells(transpose=code)).report.exercise("transpose")

    assert match(result, code, known.mistakes["transpose"]) == Diagnosis(
        mistakes=(f"transpose/{mistake}",), hint=f"Hint of {mistake}."
    )


def test_an_answer_that_nobody_thought_of_matches_none(
    shelf: tuple[Mini, Known], judge: Judge
) -> None:
    mini, known = shelf
    code = "def transpose(m):\n    return m.flip(0).T"

    result = judge.grade(mini.cells(transpose=code)).report.exercise("transpose")

    assert result.points < result.max_points
    assert match(result, code, known.mistakes["transpose"]) is None


def test_a_mistake_that_kills_its_kernel_leaves_the_others_their_fingerprints(
    shelf: tuple[Mini, Known],
) -> None:
    found = {m.name: m.checks[0].outcome.value for m in shelf[1].mistakes["transpose"]}

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


@pytest.fixture
def small(mini: Mini, judge: Judge) -> Mini:
    """A course with one mistake, which was tried."""
    put(mini, "unchanged", MISTAKES["unchanged"])
    try_all(a_library(mini), judge, mini)
    return mini


def kept(mini: Mini) -> dict[str, object]:
    found: dict[str, object] = json.loads(mini.read("fingerprints", "transpose.json"))
    return found


def test_what_was_tried_once_is_not_tried_again(small: Mini) -> None:
    library = a_library(small)

    assert library.untried("transpose") == []
    assert [m.name for m in library.known().mistakes["transpose"]] == ["transpose/unchanged"]
    assert library.known().untried == frozenset()


def test_a_new_mistake_alone_is_tried(small: Mini, judge: Judge) -> None:
    before = kept(small)
    put(small, "reshapes", MISTAKES["reshapes"])
    library = a_library(small)
    assert library.known().untried == {"transpose"}

    assert list(try_all(library, judge, small)) == ["transpose/reshapes"]

    assert len(library.known().mistakes["transpose"]) == 2
    assert before.items() <= kept(small).items()
    assert len(kept(small)) == 2


def test_a_mistake_that_is_gone_is_not_kept(small: Mini, judge: Judge) -> None:
    put(small, "unchanged", MISTAKES["reshapes"])

    try_all(a_library(small), judge, small)

    assert len(kept(small)) == 1


def test_what_else_a_fingerprint_depends_on_is_in_its_key(small: Mini) -> None:
    assert [answer.name for answer in a_library(small, "another seed").untried("transpose")] == [
        "transpose/unchanged"
    ]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"a": 1}', '{"a": {"schema_version": 1}}'])
def test_a_file_that_was_damaged_is_made_again(small: Mini, judge: Judge, broken: str) -> None:
    (small.root / "fingerprints" / "transpose.json").write_text(broken, encoding="utf-8")

    try_all(a_library(small), judge, small)

    (mistake,) = a_library(small).known().mistakes["transpose"]
    assert mistake.name == "transpose/unchanged"
    assert len(kept(small)) == 1


def test_an_exercise_without_mistakes_has_none_and_writes_nothing(small: Mini) -> None:
    assert a_library(small).known().mistakes["total"] == ()
    assert not (small.root / "fingerprints" / "total.json").exists()


def test_a_mistake_that_cannot_be_read_is_named(small: Mini) -> None:
    put(small, "unchanged", "def (\n")

    known = a_library(small).known()

    assert known.unreadable == {"transpose": "transpose/unchanged.py: line 8 is no Python."}
    assert "transpose" not in known.mistakes


def test_mistakes_that_cannot_be_tried_give_no_hints_and_say_why(small: Mini) -> None:
    library = a_library(small)

    library.give_up("transpose", "No kernel.")

    assert library.known().unreadable == {"transpose": "No kernel."}
    assert library.known().untried == frozenset()


def test_a_mistake_that_never_ends_is_cut_and_kept_as_such(
    released: Mini, judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mini = released.copy_to(tmp_path / "course")
    put(mini, "hangs", "def transpose(m):\n    while True:\n        pass\n")
    put(mini, "unchanged", MISTAKES["unchanged"])
    monkeypatch.setattr(rehearsal.Rehearsal, "answer_s", 1.0)

    tried = {
        one.answer.name: one
        for one in each(judge, mini.cells(), a_library(mini).untried("transpose"))
    }

    hangs = tried["transpose/hangs"]
    assert hangs.wall_s < judge.limits.call_s / 2
    assert Outcome.TIMEOUT in {check.outcome for check in hangs.result.checks}
    assert hangs.result.points == 0
    unchanged = tried["transpose/unchanged"].result.checks
    assert {check.outcome for check in unchanged} <= {Outcome.PASSED, Outcome.FAILED}
