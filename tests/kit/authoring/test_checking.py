"""`verify --checks` on a real small course: who notices which broken line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest

from autograder.authoring.checking import Checking, NotAsTheyShouldBe
from autograder.authoring.hearing import Hearing
from autograder.authoring.unneeded import Checked, Lines, lines_of
from autograder.cli.commands import run
from autograder.diagnosis.answers import Answer
from autograder.errors import ChecksBroken
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, Mini

TRANSPOSE = frozenset({"transpose"})
FILE = "test_a1.py"
COPIES = "def transpose(m):\n    return m.T.clone()\n"
CUT = "def transpose(m):\n    return m.T[:2]\n"
VIEW_EXPECTED = "    expect(fetch(view)[1, 0].item(), value)\n"


def mistake(fails: str, code: str) -> str:
    return f'"""Wrong.\n\nfails: {fails}\nhint: Is it?\n"""\n\n{code}'


@pytest.fixture(scope="module")
def tried(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The tiny course with a mistake for each check of `transpose`, whose lines were all broken.
    Not to be changed: copy it.
    """
    mini = released.copy_to(tmp_path_factory.mktemp("tried") / "course")
    for name, text in {
        "mistakes/transpose/copies.py": mistake("test_is_a_view", COPIES),
        "mistakes/transpose/cut_short.py": mistake("test_swaps_the_axes", CUT),
        "variants/transpose/permuted.py": '"""By name."""\n\ndef transpose(m):\n'
        "    return m.permute(1, 0)\n",
    }.items():
        path = hidden(mini, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    results(mini)
    return mini


@pytest.fixture
def small(tried: Mini, tmp_path: Path) -> Mini:
    """A copy of it, with what was found."""
    return tried.copy_to(tmp_path / "course")


@pytest.fixture(scope="module")
def lacking(tried: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """The same without one of the mistakes, tried too. Not to be changed."""
    mini = tried.copy_to(tmp_path_factory.mktemp("lacking") / "course")
    hidden(mini, "mistakes/transpose/copies.py").unlink()
    results(mini)
    return mini


@pytest.fixture
def smaller(lacking: Mini, tmp_path: Path) -> Mini:
    return lacking.copy_to(tmp_path / "course")


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


def known(mini: Mini) -> list[Checked]:
    """What is known without anything being tried."""
    checking = Checking(mini.course, ASSIGNMENT, TRANSPOSE)
    found = [one for _, one in zip(range(VERSIONS), checking.results(jobs=1), strict=False)]
    assert children() == []
    return found


def lines(mini: Mini) -> Lines:
    return lines_of(Checking(mini.course, ASSIGNMENT, TRANSPOSE).files, known(mini))


SWAPS, VIEW, VERSIONS = 7, 16, 4
VIEW_TEXT = "expect(fetch(view)[1, 0].item(), value)"


def test_a_line_is_needed_by_the_mistake_that_fails_there(small: Mini) -> None:
    found = by(known(small))

    assert found[f"{SWAPS}: taken out"] == "mistakes/transpose/cut_short"
    assert found[f"{VIEW}: taken out"] == "mistakes/transpose/copies"
    assert len(found) == VERSIONS
    assert all(found.values())


def test_without_its_mistake_a_line_shows_and_the_command_fails(
    smaller: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["verify", ASSIGNMENT, "transpose", "--checks", "--jobs", "1"]

    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--course", str(smaller.root)])

    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 1
    assert f"{FILE}:{VIEW}: {VIEW_TEXT} (taken out): nothing needs it" in said
    assert "4 lines broken in 4 ways: 3 are needed, 0 have a reason, 1 have neither" in said


def test_a_reason_is_accepted_where_nothing_needs_the_line(smaller: Mini) -> None:
    edit(smaller, VIEW_EXPECTED, f"    # unneeded: nobody copies here\n{VIEW_EXPECTED}")

    found = lines(smaller)

    assert found.unneeded == []
    assert [one.reason for one in found.with_reason] == ["nobody copies here"]


def test_a_reason_for_a_line_that_is_needed_is_named(small: Mini) -> None:
    edit(small, VIEW_EXPECTED, f"    # unneeded: nobody copies here\n{VIEW_EXPECTED}")

    (named,) = lines(small).needed_after_all

    assert named.text == VIEW_TEXT


def test_a_mutant_may_be_what_needs_a_line(smaller: Mini) -> None:
    mutant = Answer(exercise="transpose", path=Path("line-2.py"), source=COPIES, symptom="copy")

    found = by(results(smaller, {"transpose": [mutant]}))

    assert found[f"{VIEW}: taken out"] == "mutants/transpose/line-2"


def test_a_run_that_was_stopped_goes_on(small: Mini) -> None:
    shutil.rmtree(small.root / ".autograder" / "broken-checks")
    stopped = Checking(small.course, ASSIGNMENT, TRANSPOSE).results(jobs=1)
    before = [next(stopped), next(stopped)]
    stopped.close()  # type: ignore[attr-defined]  # a generator

    again = Checking(small.course, ASSIGNMENT, TRANSPOSE).results(jobs=1)

    assert {next(again).broken.place for _ in before} == {one.broken.place for one in before}
    assert children() == []


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]


def test_a_comment_changes_nothing_that_is_known(small: Mini) -> None:
    edit(small, VIEW_EXPECTED, f"    # A comment.\n{VIEW_EXPECTED}")

    assert len(known(small)) == VERSIONS


def test_what_others_have_noticed_stands_without_an_answer(small: Mini) -> None:
    stands = {one.broken.place for one in known(small) if "copies" not in one.by}
    hidden(small, "mistakes/transpose/copies.py").unlink()

    results_now = Checking(small.course, ASSIGNMENT, TRANSPOSE).results(jobs=1)

    assert {next(results_now).broken.place for _ in stands} == stands
    assert children() == []


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


def test_a_check_file_that_is_no_python_is_named(small: Mini) -> None:
    edit(small, VIEW_EXPECTED, "    expect(\n")

    with pytest.raises(ChecksBroken, match=r"test_a1.py, line 16, is no Python"):
        results(small)


@pytest.fixture(scope="module")
def hearing(tried: Mini) -> Iterator[Hearing]:
    found = Hearing(tried.root, ASSIGNMENT)
    found.most_cpu_s = 3.0
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
    tried: Mini, hearing: Hearing, line: str, by: str
) -> None:
    text = hidden(tried, FILE).read_text(encoding="utf-8").replace(VIEW_EXPECTED, line)

    noticed = hearing.notice(FILE, text.encode(), ["transpose"], [])

    assert (noticed.by if noticed else "") == by
