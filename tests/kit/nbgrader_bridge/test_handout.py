"""What students get: a folder, a zip file, nbgrader's exchange, and nothing that is not theirs."""

from __future__ import annotations

import json
import tomllib
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.course.course import open_course
from autograder.course.rounds import seed
from autograder.course.rubrics import rubric_files
from autograder.handout.places import HOW_TO, NotHandedOut, handout, to_exchange, to_folder, to_zip
from autograder.handout.release import build
from autograder.settings.load import load
from autograder.settings.packages import FIXED, in_words
from tests.kit.course_maker import ANSWERS, ASSIGNMENT, MARK_SCHEME, Mini

REPOSITORY = Path(__file__).parents[3]
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
REAL = open_course(load(REPOSITORY))


@pytest.fixture(scope="module")
def given(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> tuple[Mini, Path]:
    """A course with a seed, and its assignment as a folder for students. Not to be changed."""
    mini = released.copy_to(tmp_path_factory.mktemp("given") / "course")
    seed(mini.course, ASSIGNMENT)
    with handout(mini.course, ASSIGNMENT) as made:
        folder = to_folder(made, mini.root.parent / "for-students")
    return mini, folder


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def expected_names(folder: Path) -> list[str]:
    (wheel,) = folder.glob("pytorch_course_checks-*-py3-none-any.whl")
    return sorted([HOW_TO, NOTEBOOK, wheel.name])


def test_a_handout_is_the_notebook_the_wheel_and_how_to_start(given: tuple[Mini, Path]) -> None:
    mini, folder = given

    assert names(folder) == expected_names(folder)
    assert (folder / NOTEBOOK).read_text() == mini.read("assignments", ASSIGNMENT, NOTEBOOK)


def test_the_text_names_both_files_and_the_line_to_run(given: tuple[Mini, Path]) -> None:
    _, folder = given
    text = (folder / HOW_TO).read_text(encoding="utf-8")
    assert in_words(FIXED) in " ".join(text.split())
    (wheel,) = folder.glob("*.whl")

    assert f"\n    {NOTEBOOK}\n" in text
    assert f"\n       %pip install ./{wheel.name}\n" in text
    assert "{{" not in text


def test_nothing_secret_is_handed_out(given: tuple[Mini, Path]) -> None:
    mini, folder = given
    text = "\n".join(path.read_bytes().decode("utf-8", "replace") for path in folder.iterdir())

    # The wheel holds code of its own, in which a line of an answer may stand by chance.
    texts = [path.read_text("utf-8") for path in folder.iterdir() if path.suffix != ".whl"]
    for answer in ANSWERS.values():
        for line in answer.splitlines()[1:]:
            assert json.dumps(line.strip())[1:-1] not in "\n".join(texts)
    secrets = [seed(mini.course, ASSIGNMENT).hex(), MARK_SCHEME, str(mini.root), str(REPOSITORY)]
    for secret in (*secrets, "SOLUTION", "HIDDEN", "graded by the autograder", ".autograder/"):
        assert secret not in text


@pytest.mark.parametrize("assignment", REAL.assignments())
def test_nothing_of_the_courses_own_secrets_is_in_its_releases(
    assignment: str, tmp_path: Path
) -> None:
    released = build(REAL, assignment, into=tmp_path)
    text = (released / f"{assignment}.ipynb").read_text(encoding="utf-8")

    assert names(released) == [f"{assignment}.ipynb"]
    for word in ("SOLUTION", "HIDDEN", "MARK SCHEME", "tests/hidden", str(REPOSITORY), "/root/"):
        assert word not in text
    for rubric in rubric_files(REAL, assignment):
        for line in tomllib.loads(rubric.read_text(encoding="utf-8")).values():
            assert json.dumps(line["says"][:60])[1:-1] not in text


def test_the_course_itself_gets_neither_the_wheel_nor_the_text(given: tuple[Mini, Path]) -> None:
    mini, _ = given

    assert names(mini.root / "assignments") == [ASSIGNMENT, f"{ASSIGNMENT}/{NOTEBOOK}"]
    assert names(mini.root / "solutions") == [ASSIGNMENT, f"{ASSIGNMENT}/{NOTEBOOK}"]
    assert list((mini.root / ".autograder" / "work").iterdir()) == []


def test_everybody_may_read_a_handout(given: tuple[Mini, Path]) -> None:
    _, folder = given

    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o644"}


def test_an_earlier_handout_is_replaced_only_when_asked(mini: Mini, tmp_path: Path) -> None:
    with handout(mini.course, ASSIGNMENT) as made:
        folder = to_folder(made, tmp_path)
        (folder / NOTEBOOK).write_text("worked in")

        with pytest.raises(NotHandedOut, match=r"is there already\. Add --force"):
            to_folder(made, tmp_path)

        assert (folder / NOTEBOOK).read_text() == "worked in"
        to_folder(made, tmp_path, force=True)

    assert nbformat.read(folder / NOTEBOOK, as_version=4) == mini.released()
    assert names(folder) == expected_names(folder)


@pytest.mark.parametrize("place", ["solutions", "assignments"])
def test_what_is_no_handout_is_never_replaced(mini: Mini, place: str) -> None:
    before = (mini.root / place / ASSIGNMENT / NOTEBOOK).read_bytes()

    with (
        handout(mini.course, ASSIGNMENT) as made,
        pytest.raises(NotHandedOut, match="was not made by `autograder release`"),
    ):
        to_folder(made, mini.root / place, force=True)

    assert (mini.root / place / ASSIGNMENT / NOTEBOOK).read_bytes() == before
    assert names(mini.root / place / ASSIGNMENT) == [NOTEBOOK]


def test_a_zip_file_unpacks_to_one_folder(mini: Mini, tmp_path: Path) -> None:
    with handout(mini.course, ASSIGNMENT) as made:
        path = to_zip(made, tmp_path / "new" / "a1.zip")
        with pytest.raises(NotHandedOut, match=r"a1\.zip is there already\. Add --force"):
            to_zip(made, path)
        to_zip(made, path, force=True)

    with zipfile.ZipFile(path) as packed:
        packed.extractall(tmp_path / "unpacked")
    folder = tmp_path / "unpacked" / ASSIGNMENT
    assert names(folder) == expected_names(folder)
    assert names(path.parent) == ["a1.zip"]


def test_a_name_that_is_no_zip_files_is_refused(mini: Mini, tmp_path: Path) -> None:
    with (
        handout(mini.course, ASSIGNMENT) as made,
        pytest.raises(
            NotHandedOut, match=r"a1.tar is not the name of a zip file. Let it end in .zip."
        ),
    ):
        to_zip(made, tmp_path / "a1.tar")


def test_a_place_that_is_a_file_is_said(mini: Mini, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        handout(mini.course, ASSIGNMENT) as made,
        pytest.raises(NotHandedOut, match=r"file cannot be written \("),
    ):
        to_folder(made, tmp_path / "file")


# nbgrader's exchange


@pytest.fixture
def with_exchange(mini: Mini, tmp_path: Path) -> Mini:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\nc.Exchange.root = {str(tmp_path / 'exchange')!r}\n")
        settings.write(f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n")
    return mini


def test_students_fetch_the_wheel_with_the_notebook(with_exchange: Mini, tmp_path: Path) -> None:
    mini = with_exchange
    with handout(mini.course, ASSIGNMENT) as made:
        place = to_exchange(mini.course, made)

    assert Path(place) == tmp_path / "exchange" / "pytorch" / "outbound" / ASSIGNMENT
    mini.nbgrader("fetch_assignment", ASSIGNMENT)
    fetched = mini.root / ASSIGNMENT
    assert names(fetched) == expected_names(fetched)
    assert (fetched / NOTEBOOK).read_text() == mini.read("assignments", ASSIGNMENT, NOTEBOOK)


def test_what_is_in_the_exchange_is_replaced_only_when_asked(with_exchange: Mini) -> None:
    course = with_exchange.course
    with handout(course, ASSIGNMENT) as made:
        place = Path(to_exchange(course, made))
        (place / HOW_TO).unlink()

        with pytest.raises(NotHandedOut, match=r"a1 is in the exchange already\. Add --force"):
            to_exchange(course, made)

        assert not (place / HOW_TO).exists()
        to_exchange(course, made, force=True)

    assert names(place) == expected_names(place)


def test_without_an_exchange_the_other_ways_are_named(mini: Mini) -> None:
    with (
        handout(mini.course, ASSIGNMENT) as made,
        pytest.raises(NotHandedOut, match=r"c.Exchange.root is not set in course_config.py"),
    ):
        to_exchange(mini.course, made)


def test_an_exchange_that_cannot_be_written_is_one_sentence(
    with_exchange: Mini, tmp_path: Path
) -> None:
    (tmp_path / "exchange").touch()

    with (
        handout(with_exchange.course, ASSIGNMENT) as made,
        pytest.raises(NotHandedOut, match="a1 could not be put into the exchange: "),
    ):
        to_exchange(with_exchange.course, made)
