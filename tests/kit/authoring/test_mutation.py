"""Mutants tried against real checks: what survives, what is kept, scores, equivalents."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.equivalents import EquivalentsUnusable, matched, read_equivalents
from autograder.authoring.mutants import mutants
from autograder.authoring.mutation import Fate, Judged, Mutation, Score, fate_of
from autograder.cli.commands import run
from autograder.results import CheckId, CheckResult, ExerciseResult, Outcome
from tests.kit.course_maker import ASSIGNMENT, CHECKS, Mini

TRANSPOSE = "def transpose(m):\n    return m.T\n"
VIEW = '''\
def transpose(m):
    """The matrix with its axes swapped.

    returns: a tensor
    memory: a view of m
    """
    return m.T
'''
# Of the two axes of a matrix, both are the same as T.
SAME = """\
[[equivalent]]
line = "return m.T"
becomes = "return m.mT"
reason = "For two axes T and mT are the same."

[[equivalent]]
line = "return m.T"
becomes = "return m.H"
reason = "The tensors are real: H is T."
"""


def mutation(mini: Mini, *exercises: str) -> Mutation:
    return Mutation(mini.course, ASSIGNMENT, frozenset(exercises))


def without_check(mini: Mini, name: str) -> None:
    """Takes a check out of the course."""
    parts = CHECKS.split("\n\n\n")
    kept = [part for part in parts if f"def {name}(" not in part]
    assert len(kept) == len(parts) - 1
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text("\n\n\n".join(kept), encoding="utf-8")


def with_answer(mini: Mini, source: str) -> None:
    """Puts another reference into the source notebook, for `transpose`."""
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "transpose").source = source
    nbformat.write(notebook, path)


def equivalents(mini: Mini, text: str, exercise: str = "transpose") -> Path:
    folder = mini.root / "tests" / "hidden" / ASSIGNMENT / "equivalents"
    folder.mkdir(exist_ok=True)
    path = folder / f"{exercise}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def kept(mini: Mini, exercise: str = "transpose") -> Path:
    return mini.root / ".autograder" / "mutants" / ASSIGNMENT / f"{exercise}.json"


def becomes(found: list[Judged], fate: Fate) -> set[str]:
    return {one.mutant.becomes for one in found if one.fate is fate}


@pytest.mark.timeout(600)
def test_a_mutant_survives_where_the_check_that_notices_it_is_taken_out(mini: Mini) -> None:
    with_answer(mini, VIEW)
    before = list(mutation(mini, "transpose").judged(jobs=1))
    without_check(mini, "test_is_a_view")

    after = list(mutation(mini, "transpose").judged(jobs=1))

    new = becomes(after, Fate.SURVIVED) - becomes(before, Fate.SURVIVED)
    assert new == {"return m.T.clone()"}
    (copied,) = [one for one in after if one.mutant.becomes in new]
    assert mutation(mini).promised(copied) == ["memory: a view of m"]
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    text = path.read_text(encoding="utf-8")
    clause = '{"text": "a view of m", "checks": ["test_is_a_view"], "broken_by": "mistakes/copies"}'
    path.write_text(f'{text}\n\nCLAUSES = {{"transpose": [{clause}]}}\n', encoding="utf-8")
    assert mutation(mini).promised(copied) == ["a view of m (test_is_a_view)"]


@pytest.mark.timeout(600)
def test_what_was_tried_before_a_run_was_stopped_is_not_tried_again(mini: Mini) -> None:
    stopped = mutation(mini, "transpose").judged(jobs=1)
    first = list(itertools.islice(stopped, 2))
    stopped.close()
    found = json.loads(kept(mini).read_text())
    marked = {key: (fate, "kept") for key, (fate, _by) in found.items()}
    kept(mini).write_text(json.dumps(marked))

    again = list(mutation(mini, "transpose").judged(jobs=1))

    assert [one.mutant for one in again if one.by == "kept"] == [one.mutant for one in first]
    assert len(again) == mutation(mini, "transpose").count > len(first) == 2


@pytest.mark.timeout(600)
def test_only_the_exercise_whose_check_has_changed_is_tried_again(mini: Mini) -> None:
    list(mutation(mini, "transpose", "total").judged(jobs=1))
    for name in ("transpose", "total"):
        found = json.loads(kept(mini, name).read_text())
        marked = {key: (fate, "kept") for key, (fate, _by) in found.items()}
        kept(mini, name).write_text(json.dumps(marked))
    without_check(mini, "test_is_a_view")

    again = list(mutation(mini, "transpose", "total").judged(jobs=1))

    assert {one.exercise for one in again if one.by == "kept"} == {"total"}
    assert {one.exercise for one in again if one.by != "kept"} == {"transpose"}


def test_a_kept_file_that_is_spoiled_is_made_anew(mini: Mini) -> None:
    kept(mini).parent.mkdir(parents=True)
    kept(mini).write_text("[1, 2")

    found = list(mutation(mini, "transpose").judged(jobs=1))

    assert becomes(found, Fate.SURVIVED) == {"return m.mT", "return m.H"}
    assert len(json.loads(kept(mini).read_text())) == len(found)


@pytest.mark.timeout(600)
def test_below_the_floor_verify_fails_until_the_equivalents_are_explained(
    mini: Mini, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["verify", ASSIGNMENT, "transpose", "--mutants", "--jobs", "1"]
    where = ["--course", str(mini.root)]

    assert code_of([*command, *where]) == 1
    printed = capsys.readouterr()
    assert "transpose, line 3 (values): survived" in printed.out
    assert "- return m.T\n    + return m.mT" in printed.out
    assert (
        "a1, transpose: 50.0% of the mutants are noticed, and Verifying.mutation_floor is 75.0%."
        in printed.err
    )

    equivalents(mini, SAME)
    assert code_of([*command, *where]) == 0
    assert "survived\n" not in capsys.readouterr().out

    equivalents(mini, SAME.replace("m.mT", "m"))
    assert code_of([*command, *where]) == 1
    assert '"return m.T" that becomes "return m" is noticed' in capsys.readouterr().err


def code_of(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    return ended.value.code


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[equivalent", "it is not TOML"),
        ("[other]\nx = 1\n", "it holds something else than equivalents"),
        ("equivalent = 3\n", "it holds something else than equivalents"),
        (SAME.replace("becomes", "became", 1), "number 1 has other words than it may have"),
        (SAME.replace('"return m.T"', "3", 1), "number 1 has no text line"),
        (SAME.replace("The tensors are real: H is T.", "same"), 'number 2, "same", is too short'),
        (f"{SAME}line_number = 'x'\n", "the line_number of number 2 is no number"),
        (SAME.replace("m.mT", "m.q"), '"return m.T" that becomes "return m.q" is no mutant'),
        (SAME.replace("m.H", "m.mT"), "stands there twice"),
    ],
)
def test_a_file_of_equivalents_that_is_not_true_is_refused_in_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "transpose.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(EquivalentsUnusable) as refused:
        matched(path, read_equivalents(path), mutants(TRANSPOSE))

    assert sentence in str(refused.value)
    assert str(path) in str(refused.value)


def test_an_equivalent_names_its_line_where_several_read_alike(tmp_path: Path) -> None:
    source = "def f(a):\n    a.eval()\n    b = a\n    a.eval()\n    return b\n"
    entry = '[[equivalent]]\nline = "a.eval()"\nbecomes = ""\nreason = "It is set twice."\n'
    path = tmp_path / "f.toml"
    path.write_text(entry, encoding="utf-8")

    with pytest.raises(EquivalentsUnusable, match=r"is 2 mutants\. Add line_number = 2 or 4\."):
        matched(path, read_equivalents(path), mutants(source))
    path.write_text(f"{entry}line_number = 4\n", encoding="utf-8")
    (found,) = matched(path, read_equivalents(path), mutants(source))

    assert found.line_number == 4


def test_no_file_is_no_equivalent(tmp_path: Path) -> None:
    assert read_equivalents(tmp_path / "transpose.toml") == []


@pytest.mark.parametrize(
    ("outcomes", "fate"),
    [
        ([Outcome.PASSED, Outcome.PASSED], (Fate.SURVIVED, "")),
        ([Outcome.PASSED, Outcome.FAILED], (Fate.KILLED, "test_1 (failed)")),
        ([Outcome.TIMEOUT, Outcome.NOT_RUN], (Fate.KILLED, "test_0 (timeout)")),
        ([Outcome.DIED, Outcome.NOT_RUN], (Fate.KILLED, "test_0 (died)")),
        ([Outcome.FAILED, Outcome.UNDECIDED], (Fate.UNDECIDED, "test_1 (undecided)")),
    ],
)
def test_a_fate_follows_from_the_outcomes(outcomes: list[Outcome], fate: tuple[Fate, str]) -> None:
    checks = tuple(
        CheckResult(
            check=CheckId(exercise="f", name=f"test_{number}"),
            outcome=outcome,
            credit=float(outcome is Outcome.PASSED),
        )
        for number, outcome in enumerate(outcomes)
    )

    assert fate_of(ExerciseResult(exercise="f", max_points=1, checks=checks)) == fate


def test_equivalents_do_not_count_in_a_score() -> None:
    one, other = Score(mutants=10, killed=6, equivalent=2), Score(mutants=2, killed=2)

    assert one.share == 0.75
    assert (one + other).share == 0.8
    assert (one + other).survived == 2
    assert Score(mutants=1, equivalent=1).share == 1
