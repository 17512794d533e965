"""Each error's whole sentence, its mend and its exit code."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder import errors
from autograder.errors import (
    ChecksBroken,
    DataUnavailable,
    KernelUnavailable,
    KitError,
    MissingFile,
    NotebookUnreadable,
    NotGraded,
    Refused,
    SettingsProblem,
    UnknownName,
    WireError,
)

GOLDEN: list[tuple[KitError, int, str]] = [
    (KitError("The disk is full."), 1, "The disk is full."),
    (
        KitError("The disk is full.", "Free 2 GB.", "autograder clean"),
        1,
        "The disk is full. Free 2 GB.\n    autograder clean",
    ),
    (KitError("", "Free 2 GB."), 1, "Free 2 GB."),
    (Refused("The disk is full.", "Free 2 GB."), 2, "The disk is full. Free 2 GB."),
    (
        UnknownName("assignment", "1-tensor", ["1-tensors", "2-data"], "solutions"),
        2,
        "There is no assignment named 1-tensor in solutions. Did you mean 1-tensors?",
    ),
    (
        UnknownName("student", "MINA", ["Mina", "Noor"]),
        2,
        "There is no student named MINA. Did you mean Mina?",
    ),
    (
        UnknownName("student", "zoe", ["noor", "mina"]),
        2,
        "There is no student named zoe. There is: mina, noor.",
    ),
    (
        UnknownName("student", "zoe", []),
        2,
        "There is no student named zoe. There is no student yet.",
    ),
    (
        SettingsProblem("/home/ada/course/course_config.py", "it is empty.", "Fill it."),
        2,
        "course_config.py: it is empty. Fill it.",
    ),
    (
        MissingFile("data/MNIST", "the digits", "Make it ready:", "autograder data"),
        2,
        "data/MNIST is not there: it holds the digits. Make it ready:\n    autograder data",
    ),
    (
        DataUnavailable(["data", "the net"], "Connect to the net.", "autograder data"),
        3,
        "MNIST could not be had. Tried: data; the net. Connect to the net.\n    autograder data",
    ),
    (
        NotebookUnreadable("submitted/mina/1-tensors/1-tensors.ipynb", "it is no JSON"),
        1,
        "1-tensors.ipynb could not be read as a notebook: it is no JSON. "
        "Open it in JupyterLab, save it and hand it in again.",
    ),
    (
        NotGraded("the disk is full.", "Free 2 GB."),
        1,
        "Not graded, because the disk is full. Free 2 GB.",
    ),
    (
        ChecksBroken("1-tensors", "two checks are called test_a"),
        2,
        "Not graded, because the hidden checks of 1-tensors cannot be used: "
        "two checks are called test_a. Fix tests/hidden/1-tensors, then grade again.",
    ),
    (
        WireError("a header is no JSON"),
        1,
        "A message broke the rules of the wire: a header is no JSON.",
    ),
    (
        KernelUnavailable("the fork server ended", "Look at its log.", "autograder doctor"),
        1,
        "No kernel could be started: the fork server ended. Look at its log.\n"
        "    autograder doctor",
    ),
]


@pytest.mark.parametrize(
    ("error", "exit_code", "text"), GOLDEN, ids=[type(row[0]).__name__ for row in GOLDEN]
)
def test_an_error_is_its_sentence(error: KitError, exit_code: int, text: str) -> None:
    assert (str(error), error.exit_code) == (text, exit_code)


def test_every_class_of_errors_has_a_golden_sentence() -> None:
    defined = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, KitError)
    }

    assert {type(row[0]) for row in GOLDEN} == defined


@pytest.mark.parametrize(("error", "_code", "_text"), GOLDEN)
def test_the_fact_the_mend_and_the_command_can_be_had_apart(
    error: KitError, _code: int, _text: str
) -> None:
    sentence = " ".join(part for part in (error.fact, error.mend) if part)

    assert str(error).split("\n    ") == [sentence, *([error.command] if error.command else [])]


def test_an_unknown_name_keeps_what_is_known_in_order() -> None:
    error = UnknownName("exercise", "x", {"b", "a"})

    assert (error.kind, error.name, error.known) == ("exercise", "x", ["a", "b"])


@pytest.mark.parametrize(("error", "_code", "text"), GOLDEN)
def test_a_students_notebook_shows_the_sentence_and_no_traceback(
    error: KitError, _code: int, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = InteractiveShell()
    shown: list[str] = []
    monkeypatch.setattr(shell, "_showtraceback", lambda _kind, _error, lines: shown.extend(lines))

    try:
        raise error
    except KitError:
        shell.showtraceback()

    assert "\n".join(shown) == text
