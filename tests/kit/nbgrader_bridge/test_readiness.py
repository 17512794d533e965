"""A fault of a check costs no student: refused before the first, or left to a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import grade_class
from autograder.classroom.running import Told
from autograder.course.course import CHECKS_FILE, Course, open_course
from autograder.course.exercises import unchecked_exercises
from autograder.doctor.findings import findings
from autograder.errors import ChecksBroken
from autograder.handout.release import ReleaseFailed, build
from autograder.nbgrader_bridge.gradebook import opened
from autograder.nbgrader_bridge.prepared import Prepared
from autograder.nbgrader_bridge.stock import ready
from autograder.results import ExerciseResult, Outcome, Reader, read
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, CHECKS, REPOSITORY, Mini, full_marks

EXPECTS = (
    "    expect(student.transpose(matrix), solution.transpose(matrix), "
    "hint='Were the rows and columns exchanged?')\n"
)
READS = "    result = student.transpose(matrix)\n"
PLAIN = (
    "    result = student.transpose(matrix)\n"
    "    assert result.shape == (3, 2), f'shape {result.shpe}'\n"
    "    torch.testing.assert_close(result, solution.transpose(matrix))\n"
)


def put_checks(mini: Mini, old: str, new: str) -> None:
    assert CHECKS.count(old) == 1
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text("import torch\n" + CHECKS.replace(old, new), encoding="utf-8")


def graded(mini: Mini, *students: str) -> dict[str, Told]:
    told = grade_class(mini.course, ASSIGNMENT, students)
    return {t.graded.student: t for t in told}


def everything(mini: Mini) -> dict[str, bytes]:
    """What an earlier run has left for students and instructors."""
    folders = [mini.root / name for name in ("autograded", "feedback")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in paths}


def refused(mini: Mini) -> str:
    with pytest.raises(ChecksBroken) as broken:
        list(grade_class(mini.course, ASSIGNMENT, ["ada"]))
    assert broken.value.exit_code == 2
    return broken.value.fact


@pytest.fixture(scope="module")
def stands(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A submission that was graded, with its page, before the checks are changed."""
    mini = released.copy_to(tmp_path_factory.mktemp("stands") / "course")
    mini.hand_in("ada", mini.answered())
    graded(mini, "ada")
    assert [problem for _, problem in feedback_for(mini.course, ASSIGNMENT, ["ada"])] == [None]
    return mini


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (
            f"{READS}    expect(result.shpe, (3, 2))\n",
            "The check itself raised AttributeError: 'Tensor' object has no attribute 'shpe' "
            "(test_a1.py, line 9).",
        ),
        (
            f"{READS}    solution.transposed(matrix)\n",
            "The check itself raised SolutionFailed: it defines no transposed (test_a1.py, line 9)",
        ),
        (
            f"{READS}    expect(result, matrix)\n",
            "result has shape (3, 2), expected (2, 3).",
        ),
        (f"{READS}    assert result.shape == (2, 3), 'the wrong way'\n", "the wrong way"),
    ],
)
def test_checks_that_do_not_give_the_reference_full_marks_refuse_the_run_and_change_nothing(
    stands: Mini, tmp_path: Path, new: str, why: str
) -> None:
    mini = stands.copy_to(tmp_path / "course")
    before, scores = everything(mini), mini.scores("ada")
    put_checks(mini, EXPECTS, new)

    fact = refused(mini)

    assert "test_swaps_the_axes in test_a1.py does not give the reference solution full" in fact
    assert why in fact
    assert (everything(mini), mini.scores("ada")) == (before, scores)


def is_ready(course: Course, _assignment: str) -> bool:
    return Prepared(course, ASSIGNMENT, 1).is_ready()


def _another_check(mini: Mini) -> None:
    put_checks(mini, EXPECTS, f"{EXPECTS}    # changed\n")


def _another_reference(mini: Mini) -> None:
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace("m.T", "m.t()"))


def _another_limit(mini: Mini) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write("\nc.Limits.call_s = 9.0\n")


def _another_seed(mini: Mini) -> None:
    (mini.root / ".autograder" / "seeds" / ASSIGNMENT).write_text("00" * 32)


def _a_stamp_that_is_none(mini: Mini) -> None:
    (mini.root / ".autograder" / "reference" / f"{ASSIGNMENT}.json").write_text("[]")


def test_the_reference_is_tried_once_for_each_change(mini: Mini) -> None:
    def course() -> Course:
        return open_course(load(mini.root))

    assert not is_ready(course(), ASSIGNMENT)
    ready(course(), ASSIGNMENT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autograder.nbgrader_bridge.stock.work_apart", None)
        ready(course(), ASSIGNMENT)

    for number, change in enumerate(
        (_another_check, _another_reference, _another_limit, _another_seed, _a_stamp_that_is_none)
    ):
        copy = mini.copy_to(mini.root.with_name(f"copy-{number}"))
        # The folder of the course is a part of no digest.
        assert is_ready(open_course(load(copy.root)), ASSIGNMENT)
        change(copy)
        assert not is_ready(open_course(load(copy.root)), ASSIGNMENT), change.__name__


def test_a_worker_that_ends_while_it_tries_the_reference_is_said(mini: Mini) -> None:
    put_checks(mini, EXPECTS, "    import os\n    os._exit(1)\n")

    with pytest.raises(
        ChecksBroken,
        match="not be tried on the reference solution: the process that",
    ):
        ready(mini.course, ASSIGNMENT)


# On a student's answer only


@pytest.fixture(scope="module")
def plain(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A class whose checks are plain asserts, one of them with a fault that the reference hides."""
    mini = released.copy_to(tmp_path_factory.mktemp("plain") / "course")
    put_checks(mini, EXPECTS, PLAIN)
    for student, answer in {
        "right": "return m.T",
        "list": "return [1.0]",
        "unturned": "return m.clone()",
        "zeros": "return torch.zeros(3, 2)",
    }.items():
        mini.hand_in(student, mini.answered(transpose=f"def transpose(m):\n    {answer}"))
    told = graded(mini, "right", "list", "unturned", "zeros")
    assert [t for t in told.values() if t.graded.report is None] == []
    assert not [p for _, p in feedback_for(mini.course, ASSIGNMENT, sorted(told)) if p]
    return mini


def transpose(mini: Mini, student: str) -> ExerciseResult:
    report = read(mini.course.folder("autograded", student, ASSIGNMENT) / CHECKS_FILE)
    return report.exercise("transpose")


def test_a_right_answer_has_all_points(plain: Mini) -> None:
    assert plain.scores("right") == {**full_marks(), "why": None}


def test_an_attribute_that_the_answer_lacks_and_the_reference_has_is_the_answers_failure(
    plain: Mini,
) -> None:
    result = transpose(plain, "list")

    assert [c.outcome for c in result.checks] == [Outcome.FAILED] * 2
    assert result.checks[0].said_to(Reader.STUDENT) == [
        "The answer has no `.shape`: it is a list of 1, expected a tensor of shape (3, 2) and "
        "dtype float32."
    ]
    assert plain.scores("list") == {**full_marks(), "transpose": 0.0, "why": None}


def test_a_plain_assert_close_is_an_ordinary_failure(plain: Mini) -> None:
    result = transpose(plain, "zeros")

    assert result.checks[0].outcome is Outcome.FAILED
    (said,) = result.checks[0].said_to(Reader.STUDENT)
    assert said == "Tensor-likes are not close! Mismatched elements: 6 / 6 (100.0%)"
    assert "Greatest absolute difference" in result.checks[0].said_to(Reader.TA)[1]


def test_a_check_that_raises_on_an_answer_only_leaves_its_exercise_to_a_person(plain: Mini) -> None:
    result = transpose(plain, "unturned")

    assert result.checks[0].outcome is Outcome.UNDECIDED
    assert (result.undecided, result.points) == (True, 0.0)
    whole = result.checks[0].said_to(Reader.TA)[-1]
    assert "assert result.shape == (3, 2), f'shape {result.shpe}'" in whole
    assert plain.scores("unturned") == {**full_marks(), "transpose": None, "why": None}
    with opened(plain.course.db_url) as gradebook:
        waiting = gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "unturned")
        others = gradebook.find_grade("total-checks", ASSIGNMENT, ASSIGNMENT, "unturned")
        assert (waiting.needs_manual_grade, waiting.auto_score) == (True, None)
        assert (others.needs_manual_grade, others.auto_score) == (False, 2.0)


def test_the_page_says_that_a_person_will_grade_it(plain: Mini) -> None:
    page = plain.read("feedback", "unturned", ASSIGNMENT, f"{ASSIGNMENT}.html")

    assert "transpose: a person will grade this, 3 points" in page
    assert "This check could not judge the answer: a person will look at it." in page
    assert "shpe" not in page


def test_a_mended_check_takes_the_exercise_back(plain: Mini, tmp_path: Path) -> None:
    mini = plain.copy_to(tmp_path / "course")
    put_checks(mini, EXPECTS, PLAIN.replace("shpe", "shape"))

    graded(mini, "unturned")

    assert mini.scores("unturned") == {**full_marks(), "transpose": 0.0, "why": None}
    with opened(mini.course.db_url) as gradebook:
        grade = gradebook.find_grade("transpose-checks", ASSIGNMENT, ASSIGNMENT, "unturned")
        assert not grade.needs_manual_grade


def test_stock_nbgrader_refuses_faulty_checks_too_and_keeps_points(
    plain: Mini, tmp_path: Path
) -> None:
    mini = plain.copy_to(tmp_path / "course")
    put_checks(mini, EXPECTS, f"{READS}    result.shpe\n")
    before = mini.scores("right")

    done = mini.nbgrader("autograde", ASSIGNMENT, "--student", "right", "--force")

    assert done.returncode == 1
    assert "'Tensor' object has no attribute 'shpe' (test_a1.py, line 9)" in done.stderr
    assert mini.scores("right") == before


def test_stock_nbgrader_leaves_the_exercise_to_a_person_too(plain: Mini, tmp_path: Path) -> None:
    mini = plain.copy_to(tmp_path / "course")

    done = mini.nbgrader("autograde", ASSIGNMENT, "--student", "unturned", "--force")

    assert done.returncode == 0, done.stderr
    assert mini.scores("unturned") == {**full_marks(), "transpose": None, "why": None}


# An exercise without a hidden check


@pytest.fixture
def unchecked(mini: Mini) -> Mini:
    start, end = CHECKS.index('@check("total")'), CHECKS.index('@check("from_list")')
    put_checks(mini, CHECKS[start:end], "")
    return mini


WITHOUT = (
    'Write one in tests/hidden/a1/test_total.py, a function test_… under @check("total"): '
    "docs/checks.md says how."
)


def test_an_exercise_without_a_hidden_check_is_not_built(unchecked: Mini) -> None:
    release = unchecked.root / "assignments"
    before = {path: path.stat().st_mtime_ns for path in release.rglob("*")}

    with pytest.raises(ReleaseFailed) as failed:
        build(unchecked.course, ASSIGNMENT)

    assert failed.value.fact == (
        "a1 was not built: the exercise total has no hidden check: everybody would get 0 points "
        "for it."
    )
    assert failed.value.mend == WITHOUT
    assert {path: path.stat().st_mtime_ns for path in release.rglob("*")} == before


def test_an_exercise_without_a_hidden_check_refuses_grading(unchecked: Mini) -> None:
    unchecked.hand_in("ada", unchecked.answered())

    fact = refused(unchecked)

    assert "the exercise total has no hidden check" in fact
    assert set(unchecked.scores("ada").values()) <= {None}
    assert not (unchecked.root / "autograded").exists()


def test_an_exercise_without_a_hidden_check_is_a_finding_of_the_doctor(unchecked: Mini) -> None:
    (finding,) = [f for f in findings(unchecked.course) if f.what == ASSIGNMENT and not f.ok]

    assert (finding.ok, finding.mend) == (False, WITHOUT)
    assert "the exercise total has no hidden check" in finding.said


def test_several_exercises_without_a_check_are_all_named(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(CHECKS[: CHECKS.index('@check("from_list")')])

    with pytest.raises(
        ReleaseFailed,
        match="exercises from_list, with_column, matrix_product, pixels_to_float have no hidden",
    ):
        build(mini.course, ASSIGNMENT)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "have no hidden check"),
        (
            "def test_it(:\n",
            "its hidden checks cannot be used: test_a1.py: SyntaxError: invalid syntax",
        ),
    ],
)
def test_checks_that_are_not_there_or_cannot_be_read_are_not_built(
    mini: Mini, text: str | None, why: str
) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.unlink() if text is None else path.write_text(text)

    with pytest.raises(ReleaseFailed, match=why):
        build(mini.course, ASSIGNMENT)


@pytest.mark.parametrize("assignment", open_course(load(REPOSITORY)).assignments())
def test_each_exercise_of_this_course_has_a_hidden_check(assignment: str) -> None:
    assert unchecked_exercises(open_course(load(REPOSITORY)), assignment) == []
