"""Mistakes and variants: what is read from the head of their files, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.diagnosis.answers import AnswerUnreadable, mistakes, variants

MISTAKE = '''"""The axes stay as they are.

fails: test_swaps_the_axes, test_leaves_m_alone
hint: What does the name
    of the function promise?
"""


def transpose(m):
    return m
'''
REPOSITORY = Path(__file__).parents[3]


def put(folder: Path, name: str, source: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path


def test_a_mistake_tells_its_symptom_what_it_fails_and_its_hint(tmp_path: Path) -> None:
    path = put(tmp_path, "mistakes/transpose/unchanged.py", MISTAKE)

    (mistake,) = mistakes(tmp_path)

    assert (mistake.name, mistake.exercise, mistake.path) == (
        "transpose/unchanged",
        "transpose",
        path,
    )
    assert mistake.symptom == "The axes stay as they are."
    assert mistake.fails == ("test_swaps_the_axes", "test_leaves_m_alone")
    assert mistake.hint == "What does the name of the function promise?"
    assert mistake.source == MISTAKE


def test_a_variant_fails_nothing_and_gives_no_hint(tmp_path: Path) -> None:
    put(tmp_path, "variants/transpose/by_t.py", '"""With .T."""\ntranspose = lambda m: m.T\n')

    (variant,) = variants(tmp_path)

    assert (variant.name, variant.symptom) == ("transpose/by_t", "With .T.")
    assert (variant.fails, variant.hint) == ((), "")


@pytest.mark.parametrize(
    ("head", "fails", "hint"),
    [
        ("One.\n\nfails: a\nhint: b", ("a",), "b"),
        ("One.\n\nhint: b\nfails: a", ("a",), "b"),
        ("One.\n\nfails: a,\n    b,\nhint: c", ("a", "b"), "c"),
        ("One.\n\nfails: a\nhint:\n    On its own line.", ("a",), "On its own line."),
        ("One.\n\nfails: a\nhint: Note: with a colon.", ("a",), "Note: with a colon."),
    ],
)
def test_the_fields_of_a_head(tmp_path: Path, head: str, fails: tuple[str, ...], hint: str) -> None:
    put(tmp_path, "mistakes/transpose/one.py", f'"""{head}\n"""\n')

    (mistake,) = mistakes(tmp_path)

    assert (mistake.symptom, mistake.fails, mistake.hint) == ("One.", fails, hint)


def test_a_symptom_may_take_two_lines(tmp_path: Path) -> None:
    put(tmp_path, "mistakes/t/one.py", '"""One,\ntwo.\n\nfails: a\nhint: b\n"""\n')

    assert mistakes(tmp_path)[0].symptom == "One, two."


def test_answers_come_by_exercise_and_name(tmp_path: Path) -> None:
    for name in ("b/z", "a/y", "b/x"):
        put(tmp_path, f"variants/{name}.py", '"""Right."""\n')

    assert [variant.name for variant in variants(tmp_path)] == ["a/y", "b/x", "b/z"]


def test_a_folder_without_answers_has_none(tmp_path: Path) -> None:
    assert mistakes(tmp_path) == variants(tmp_path) == []


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1\n", "transpose/one.py: it has no docstring."),
        ('"""One."""\n', "transpose/one.py: its docstring needs a line fails: and a line hint:."),
        (
            '"""One.\n\nfails: a\n"""\n',
            "transpose/one.py: its docstring needs a line fails: and a line hint:.",
        ),
        (
            '"""One.\n\nfails:\nhint: b\n"""\n',
            "transpose/one.py: its docstring needs a line fails: and a line hint:.",
        ),
        ('"""One."""\ndef (\n', "transpose/one.py: line 2 is no Python."),
    ],
)
def test_a_mistake_that_cannot_be_read_is_named(tmp_path: Path, source: str, sentence: str) -> None:
    put(tmp_path, "mistakes/transpose/one.py", source)

    with pytest.raises(AnswerUnreadable) as unreadable:
        mistakes(tmp_path)

    assert str(unreadable.value) == sentence


@pytest.mark.parametrize(
    "folder", sorted((REPOSITORY / "tests" / "hidden").glob("*")), ids=lambda path: path.name
)
def test_the_courses_own_answers_can_be_read(folder: Path) -> None:
    assert [m for m in mistakes(folder) if not m.hint] == []
    assert [v for v in variants(folder) if v.fails] == []
