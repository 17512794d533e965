"""`verify --checks` on a real small course: who notices which broken line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from autograder.authoring.checking import Checking, NotAsTheyShouldBe
from autograder.authoring.hearing import Hearing
from autograder.authoring.unneeded import Checked, Lines, lines_of
from autograder.cli.commands import run
from autograder.diagnosis.answers import Answer
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, Mini

TRANSPOSE = frozenset({"transpose"})
FILE = "test_a1.py"
COPIES = "def transpose(m):\n    return m.T.clone()\n"
POURS = "def transpose(m):\n    return m.reshape(3, 2)\n"
VIEW_EXPECTED = "    expect(fetch(view)[1, 0].item(), value)\n"


def mistake(fails: str, code: str) -> str:
    return f'"""Wrong.\n\nfails: {fails}\nhint: Is it?\n"""\n\n{code}'


@pytest.fixture
def small(mini: Mini) -> Mini:
    """The tiny course with a mistake for each check of `transpose`."""
    folder = mini.root / "tests" / "hidden" / ASSIGNMENT
    for name, text in {
        "mistakes/transpose/copies.py": mistake("test_is_a_view", COPIES),
        "mistakes/transpose/pours.py": mistake("test_swaps_the_axes", POURS),
        "variants/transpose/permuted.py": '"""By name."""\n\ndef transpose(m):\n'
        "    return m.permute(1, 0)\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return mini


def hidden(mini: Mini, name: str) -> Path:
    return mini.root / "tests" / "hidden" / ASSIGNMENT / name


def edit(mini: Mini, old: str, new: str) -> None:
    path = hidden(mini, FILE)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def results(mini: Mini, mutants: Mapping[str, list[Answer]] | None = None) -> list[Checked]:
    return list(Checking(mini.course, ASSIGNMENT, TRANSPOSE, mutants).results(jobs=1))


def by(found: list[Checked]) -> dict[str, str]:
    """Who noticed each version, by its line and what was done."""
    return {f"{one.broken.line}: {one.broken.done}": one.by for one in found}


def lines(mini: Mini) -> Lines:
    checking = Checking(mini.course, ASSIGNMENT, TRANSPOSE)
    return lines_of(checking.files, checking.results(jobs=1))


SWAPS, VIEW = 7, 16
VIEW_TEXT = "expect(fetch(view)[1, 0].item(), value)"


def test_a_line_is_needed_by_the_mistake_that_fails_there(small: Mini) -> None:
    found = by(results(small))

    assert found[f"{SWAPS}: taken out"] == "mistakes/transpose/pours"
    assert found[f"{VIEW}: taken out"] == "mistakes/transpose/copies"
    assert len(found) == 4
    assert all(found.values())


def test_without_its_mistake_a_line_shows_and_the_command_fails(
    small: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden(small, "mistakes/transpose/copies.py").unlink()
    arguments = ["verify", ASSIGNMENT, "transpose", "--checks", "--jobs", "1"]

    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--course", str(small.root)])

    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 1
    assert f"{FILE}:{VIEW}: {VIEW_TEXT} (taken out): nothing needs it" in said
    assert "4 lines broken in 4 ways: 3 are needed, 0 have a reason, 1 have neither" in said


def test_a_reason_is_accepted_where_nothing_needs_the_line(small: Mini) -> None:
    hidden(small, "mistakes/transpose/copies.py").unlink()
    edit(small, VIEW_EXPECTED, f"    # unneeded: nobody copies here\n{VIEW_EXPECTED}")

    found = lines(small)

    assert found.unneeded == []
    assert [one.reason for one in found.with_reason] == ["nobody copies here"]


def test_a_reason_for_a_line_that_is_needed_is_named(small: Mini) -> None:
    edit(small, VIEW_EXPECTED, f"    # unneeded: nobody copies here\n{VIEW_EXPECTED}")

    (named,) = lines(small).needed_after_all

    assert named.text == VIEW_TEXT


def test_a_mutant_may_be_what_needs_a_line(small: Mini) -> None:
    hidden(small, "mistakes/transpose/copies.py").unlink()
    mutant = Answer(exercise="transpose", path=Path("line-2.py"), source=COPIES, symptom="copy")

    found = by(results(small, {"transpose": [mutant]}))

    assert found[f"{VIEW}: taken out"] == "mutants/transpose/line-2"


def test_a_run_that_was_stopped_goes_on(small: Mini) -> None:
    checking = Checking(small.course, ASSIGNMENT, TRANSPOSE)
    stopped = checking.results(jobs=1)
    before = list(itertools.islice(stopped, 2))
    stopped.close()  # type: ignore[attr-defined]  # a generator

    again = Checking(small.course, ASSIGNMENT, TRANSPOSE).results(jobs=1)
    known = list(itertools.islice(again, 2))

    assert [(one.broken.place, one.by) for one in known] == [
        (one.broken.place, one.by) for one in before
    ]
    assert children() == []
    assert len(list(again)) == 2


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]


def test_what_is_known_holds_until_an_answer_or_a_check_changes(small: Mini) -> None:
    results(small)
    edit(small, VIEW_EXPECTED, f"    # A comment changes nothing.\n{VIEW_EXPECTED}")
    known = Checking(small.course, ASSIGNMENT, TRANSPOSE).results(jobs=1)
    assert all(one.by for one in itertools.islice(known, 4))
    assert children() == []

    hidden(small, "mistakes/transpose/copies.py").unlink()

    assert by(results(small))[f"{VIEW}: taken out"] == ""


def test_an_answer_that_does_not_do_as_it_says_is_not_asked(small: Mini) -> None:
    hidden(small, "mistakes/transpose/copies.py").write_text(
        mistake("test_is_a_view", ANSWERS["transpose"]), encoding="utf-8"
    )
    checking = Checking(small.course, ASSIGNMENT, TRANSPOSE)

    found = by(list(checking.results(jobs=1)))

    assert checking.left_out == ["mistakes/transpose/copies is wrong and got full marks"]
    assert found[f"{VIEW}: taken out"] == ""


def test_checks_that_the_reference_fails_are_not_broken_further(small: Mini) -> None:
    edit(small, VIEW_EXPECTED, "    expect(fetch(view)[1, 0].item(), value + 1)\n")

    with pytest.raises(NotAsTheyShouldBe, match=r"before anything is broken, solution: transpose"):
        results(small)


@pytest.fixture
def hearing(small: Mini) -> Iterator[Hearing]:
    found = Hearing(small.root, ASSIGNMENT)
    found.solution()
    yield found
    found.close()


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("    while True:\n        pass\n", "the clock"),
        ("    return (\n", "collection"),
        ("    expect(fetch(view)[1, 0].item(), value + 1)\n", "solution/transpose/solution"),
        ("    expect(fetch(vew)[1, 0].item(), value)\n", "solution/transpose/solution"),
        (VIEW_EXPECTED, ""),
    ],
)
def test_what_verify_itself_could_not_go_on_with_is_noticed(
    small: Mini, hearing: Hearing, line: str, by: str
) -> None:
    text = hidden(small, FILE).read_text(encoding="utf-8").replace(VIEW_EXPECTED, line)
    hearing.most_cpu_s = 3.0

    noticed = hearing.notice(FILE, text.encode(), ["transpose"], [])

    assert (noticed.by if noticed else "") == by
