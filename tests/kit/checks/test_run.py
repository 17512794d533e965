"""The plugin: a folder of check files run for one submission, whatever lies or happens there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.checks.facts import CourseFacts
from autograder.errors import ChecksBroken, DataUnavailable, KernelUnavailable
from autograder.in_sandbox.agent import Agent
from autograder.namespace.local import LocalChannel
from autograder.namespace.space import Link, Space
from autograder.results import CheckId, CheckResult, Outcome, Reader
from tests.kit.checks.conftest import Course

PASSED, FAILED, ERROR = Outcome.PASSED, Outcome.FAILED, Outcome.ERROR
WAITS = "This check could not judge the answer: a person will look at it."

TWO = """
@check("half", weight=2)
def test_halves(student, solution, rng):
    n = rng.uniform(1, 2)
    expect(student.half(n), solution.half(n))

@check("thing")
def test_size(student, solution):
    expect(student.thing.size, solution.thing.size)
"""


def sentences(result: CheckResult, reader: Reader = Reader.STUDENT) -> list[str]:
    return result.said_to(reader)


# What a check finds


def test_a_right_answer_passes_every_check(course: Course) -> None:
    assert course.outcomes(TWO) == {"test_halves": PASSED, "test_size": PASSED}


def test_a_wrong_answer_fails_its_own_check_only(course: Course) -> None:
    course.student = course.solution.replace("n / 2", "n / 3")

    assert course.outcomes(TWO) == {"test_halves": FAILED, "test_size": PASSED}


def test_a_failed_check_says_the_fact_to_students_and_both_values_to_tas(course: Course) -> None:
    course.student = course.solution.replace("n / 2", "n / 4")

    result = course.result("expect(student.half(8), solution.half(8))")

    assert sentences(result) == ["half(8) is not the expected number."]
    assert sentences(result, Reader.TA)[1:] == ["half(8) is 2, expected 4."]


def test_the_checks_that_are_expected_carry_their_exercise_and_weight(course: Course) -> None:
    assert course.run(TWO).expected == [
        CheckId(exercise="half", name="test_halves", weight=2),
        CheckId(exercise="thing", name="test_size", weight=1.0),
    ]


def test_each_result_is_told_as_soon_as_it_is_there(course: Course) -> None:
    course.run(TWO)

    assert course.told == ["test_halves", "test_size"]


def test_an_exception_of_the_student_names_the_line(course: Course) -> None:
    course.student = "def half(n):\n    return n / 0"

    result = course.result(
        "student.half(1)",
        quote_line=lambda number, line: f"Line {number}.",
    )

    assert (result.outcome, sentences(result)) == (
        ERROR,
        ["Your code raised ZeroDivisionError. Line 2."],
    )


def test_a_name_that_is_missing_is_an_error_of_its_own_check(course: Course) -> None:
    course.student = "thing = None"

    result = course.result("student.half(1)")

    assert (result.outcome, sentences(result)) == (ERROR, ["The notebook defines no half."])


def test_a_check_that_raises_by_itself_is_left_to_a_person_with_the_full_text(
    course: Course,
) -> None:
    result = course.result("len(5)")

    assert (result.outcome, result.credit) == (Outcome.UNDECIDED, 0.0)
    assert sentences(result) == [WAITS]
    raised, whole = sentences(result, Reader.TA)[1:]
    assert raised == (
        "The check itself raised TypeError: object of type 'int' has no len() "
        "(test_one.py, line 6)."
    )
    assert whole.startswith('  File "test_one.py", line 6, in test_it\n    len(5)\n')
    assert whole.endswith("TypeError: object of type 'int' has no len()")


def test_what_is_no_clear_pass_is_none(course: Course) -> None:
    bodies = [
        "pytest.skip('not today')",
        "pytest.xfail('known')",
        "raise SystemExit(0)",
        "assert False",
        "if student.thing: pass",
        "assert student.thing == student.thing",
        "require(student.thing, 'never said')",
    ]

    passed = [b for b, r in zip(bodies, course.each(bodies), strict=True) if r.credit]

    assert passed == []


def test_pytests_own_marks_pass_nobody(course: Course) -> None:
    marks = ["skip", "skipif(True, reason='x')", "xfail"]
    checks = [
        f"@pytest.mark.{mark}\n@check('half')\ndef test_{i}(): assert False\n"
        for i, mark in enumerate(marks)
    ]

    assert [r.credit for r in course.results("".join(checks)).values()] == [0.0] * 3


# Partial credit


CREDITS: list[tuple[str, Outcome, float, list[str]]] = [
    ("credit(0.25, 'Accuracy 74 %.')", PASSED, 0.25, ["Accuracy 74 %."]),
    ("credit(ramp(0.775, minimum=0.7, full=0.85), 'Half.')", PASSED, 0.5, ["Half."]),
    ("credit(1.0, 'All.')", PASSED, 1.0, ["All."]),
    ("credit(7, 'More.')", PASSED, 1.0, ["More."]),
    ("credit(0, 'Nothing.')", FAILED, 0.0, ["Nothing."]),
    ("credit(-1, 'Less.')", FAILED, 0.0, ["Less."]),
    ("credit(float('nan'), 'NaN.')", FAILED, 0.0, ["NaN."]),
    ("pass", FAILED, 0.0, []),
    ("credit(1.0, 'All.'); require(False, 'But.')", FAILED, 0.0, ["But."]),
    ("credit(1.0, 'All.'); len(5)", Outcome.UNDECIDED, 0.0, [WAITS]),
    ("credit(student.thing, 'A handle.')", Outcome.UNDECIDED, 0.0, [WAITS]),
]


def test_credit_is_what_was_given_if_nothing_failed(course: Course) -> None:
    results = course.each([row[0] for row in CREDITS], arguments="student, credit")

    told = [
        (body, result.outcome, result.credit, sentences(result))
        for (body, *_), result in zip(CREDITS, results, strict=True)
    ]
    assert told == CREDITS


AWARDED = """
@check("half")
def test_it(student, credit):
    if fetch(student.thing.size) == 3:
        credit(0.5, 'Three.')
"""


def test_the_credit_of_one_submission_is_not_the_next_ones(course: Course) -> None:
    first = course.results(AWARDED)["test_it"]
    course.student = course.student.replace("size = 3", "size = 4")
    second = course.results()["test_it"]

    assert (first.credit, second.credit) == (0.5, 0.0)


def test_a_check_files_own_fixtures_are_made_for_each_submission(course: Course) -> None:
    source = """
    @pytest.fixture(scope="module")
    def seen():
        return []
    @check("half")
    def test_it(seen):
        seen.append(1)
        require(seen == [1], "Somebody was here before.")
    """

    assert [course.outcomes(source), course.outcomes()] == [{"test_it": PASSED}] * 2


# What checks are handed


def test_a_checks_inputs_depend_on_the_seed_and_its_own_name_only(course: Course) -> None:
    source = """
    @check("half")
    def test_{}(credit, rng):
        credit(1, str(rng.tensor(2).tolist() + [rng.integer(0, 10**9)]))
    """
    both = source.format("a") + source.format("b")

    alone = sentences(course.results(source.format("b"))["test_b"])
    together = course.results(both)
    other_seed = sentences(course.results(both, seed=b"other")["test_b"])

    assert sentences(together["test_b"]) == alone
    assert len({str(sentences(together["test_a"])), str(alone), str(other_seed)}) == 3


def test_a_check_may_know_the_courses_facts(course: Course) -> None:
    facts = CourseFacts(minimum_accuracy=0.25)

    result = course.result(
        "require(course.minimum_accuracy == 0.25, 'no')", arguments="course", course=facts
    )

    assert result.outcome is PASSED


def test_a_check_may_have_hidden_digits(course: Course) -> None:
    body = "images, labels = hidden_digits\nrequire(labels.tolist() == [3, 4], 'no')"

    assert course.result(body, arguments="hidden_digits").outcome is PASSED


def test_hidden_digits_are_loaded_only_where_a_check_wants_them(course: Course) -> None:
    def loaded() -> Any:
        raise DataUnavailable([], "")

    assert course.result("pass", hidden_digits=loaded).outcome is PASSED


AGAIN = """
@check("half", wall_s=7)
def test_again(student, run_again, credit):
    before = student.thing
    run_again("half")
    credit(1, f"{before.size} {student.thing.size}")
"""


def test_a_check_may_run_the_students_cell_again(course: Course) -> None:
    asked = []
    notebook: dict[str, Any] = {"__name__": "__main__", "thing": SimpleNamespace(size=3)}
    student = Space(Link(LocalChannel(Agent(notebook)), owner="student", wall_s=5.0))

    def run_cell(name: str, wall_s: float) -> None:
        asked.append((name, wall_s))
        notebook["thing"] = SimpleNamespace(size=4)

    result = course.results(AGAIN, student=student, run_again=run_cell)["test_again"]

    # The name stands for a new object; the handle from before, for the old one.
    assert (asked, sentences(result)) == ([("half", 7)], ["3 4"])


def test_without_a_notebook_there_is_no_cell_to_run_again(course: Course) -> None:
    result = course.result("run_again('half')", arguments="run_again")

    assert (result.outcome, result.credit) == (ERROR, 0.0)


def test_each_check_starts_a_round_of_handles(course: Course) -> None:
    checks = """
    kept = []
    @check("thing")
    def test_first(student):
        kept.append(student.thing)
    @check("thing")
    def test_second(student):
        student.half(2)
        kept[0].size
    """

    assert course.outcomes(checks)["test_second"] is ERROR


def test_a_checks_own_time_limit_holds_for_it_alone(course: Course) -> None:
    checks = """
    @check("half", wall_s=0.25)
    def test_first(student, credit):
        credit(1, str(student._autograder_link.wall_s))
    @check("half")
    def test_second(student, credit):
        credit(1, str(student._autograder_link.wall_s))
    """

    said = [sentences(result) for result in course.results(checks).values()]

    assert said == [["0.25"], ["5.0"]]


# Which checks run


def test_only_the_exercises_that_are_asked_for_run_and_all_are_expected(course: Course) -> None:
    run = course.run(TWO, only=frozenset({"thing"}))

    assert [name for _, name in run.found] == ["test_size"]
    assert len(run.expected) == 2


def test_a_check_that_may_not_run_says_why_and_the_others_run(course: Course) -> None:
    results = course.results(TWO, may_run=lambda c: "Out of time." if c.exercise == "half" else "")

    lost = results["test_halves"]
    assert (lost.outcome, sentences(lost)) == (Outcome.NOT_RUN, ["Out of time."])
    assert results["test_size"].outcome is PASSED


def test_a_check_that_may_not_run_at_a_files_end_harms_no_other_file(course: Course) -> None:
    course.write(TWO, "test_one.py")
    course.write("@check('half')\ndef test_other(): pass\n", "test_two.py")

    outcomes = course.outcomes(may_run=lambda c: "Not this." if c.name == "test_size" else "")

    assert outcomes == {
        "test_halves": PASSED,
        "test_size": Outcome.NOT_RUN,
        "test_other": PASSED,
    }


def test_a_check_that_may_not_run_makes_no_fixtures(course: Course) -> None:
    def loaded() -> Any:
        raise DataUnavailable([], "")

    result = course.result(
        "pass", arguments="hidden_digits", may_run=lambda _check: "No.", hidden_digits=loaded
    )

    assert result.outcome is Outcome.NOT_RUN


def test_may_run_is_asked_between_checks(course: Course) -> None:
    asked: list[tuple[str, list[str]]] = []

    def may_run(check: CheckId) -> str:
        asked.append((check.name, list(course.told)))
        return ""

    course.run(TWO, may_run=may_run)

    assert asked == [("test_halves", []), ("test_size", ["test_halves"])]


RECORDS = "record_property('kept', {'rows': [1, 2.5, None]})\n"


@pytest.mark.parametrize("then", ["", "assert False", "student.no_such_name"])
def test_what_a_check_records_is_kept_however_it_ends(course: Course, then: str) -> None:
    result = course.result(RECORDS + then, arguments="student, record_property")

    assert result.kept == {"kept": {"rows": [1, 2.5, None]}}


def test_what_a_check_recorded_of_one_answer_is_not_kept_of_the_next(course: Course) -> None:
    body = "if hasattr(student.half(1), 'hex'): record_property('first', 1)"
    assert course.result(body, arguments="student, record_property").kept == {"first": 1}

    course.student = "def half(n): return 'no float'"

    assert course.result(body, arguments="student, record_property").kept == {}


def test_what_is_fetched_for_pages_is_not_how_an_answer_behaves(course: Course) -> None:
    body = (
        "from autograder.checks import unobserved\n"
        "student.half(4)\n"
        "with unobserved(student): student.half(8)\n"
        "assert False"
    )

    assert [str(line) for line in course.result(body).observed] == ["call float | 2"]


# Checks that cannot be used


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("float('nan')", "a property that JSON can't hold (Out of range float values are not"),
        ("object()", "a property that JSON can't hold (Object of type object is not JSON"),
        ("'x' * 30_000", "properties of 30,012 characters, more than 20,000"),
    ],
)
def test_a_check_that_records_what_cannot_be_kept_is_refused(
    course: Course, value: str, why: str
) -> None:
    checks = f"@check('half')\ndef test_it(record_property): record_property('name', {value})\n"

    assert broken(course, checks).startswith(f"test_it records {why}")


def broken(course: Course, checks: str = "", **settings: Any) -> str:
    """Why the checks cannot be used."""
    with pytest.raises(ChecksBroken) as problem:
        course.run(checks, **settings)
    head = "Not graded, because the hidden checks of 1-tensors cannot be used: "
    assert problem.value.fact.startswith(head)
    return problem.value.fact.removeprefix(head)


def test_two_checks_of_one_name_are_refused_also_in_two_files(course: Course) -> None:
    course.write("@check('half')\ndef test_it(): pass\n", "test_one.py")
    course.write("@check('thing')\ndef test_it(): pass\n", "test_two.py")

    assert broken(course) == "two checks are called test_it."


@pytest.mark.parametrize(
    "checks",
    ["def test_it(): pass\n", "@check\ndef test_it(student): pass\n"],
    ids=["undecorated", "without an exercise"],
)
def test_a_check_without_an_exercise_is_refused(course: Course, checks: str) -> None:
    assert broken(course, checks) == "test_it names no exercise: decorate it with @check."


@pytest.mark.parametrize(
    ("exercise", "mend"),
    [("halve", "did you mean half?"), ("elsewhere", "it grades half, thing")],
)
def test_a_check_of_what_the_notebook_does_not_grade_is_refused(
    course: Course, exercise: str, mend: str
) -> None:
    course.write("@check('half')\ndef test_good(): pass\n", "test_good.py")
    course.write(f"@check({exercise!r})\ndef test_it(): pass\n", "test_one.py")

    why = broken(course, graded=frozenset({"half", "thing"}))

    assert why == f"test_it is of {exercise}, which the notebook does not grade ({mend})."


@pytest.mark.parametrize(
    ("source", "end"),
    [
        ("def test_it(:\n", "SyntaxError: invalid syntax."),
        ("import not_there\n", "ModuleNotFoundError: No module named 'not_there'."),
        ("1 / 0\n", "ZeroDivisionError: division by zero."),
        ("check('half', weight=0)\n", "has a weight or limit that is not positive."),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused(course: Course, source: str, end: str) -> None:
    course.write("@check('half')\ndef test_good(): pass\n", "test_good.py")
    course.write(source, "test_bad.py")

    assert broken(course).endswith(end)


def test_a_folder_without_checks_is_refused(course: Course) -> None:
    course.folder.mkdir()

    assert broken(course) == f"{course.folder} holds no check."


def test_a_folder_that_is_not_there_is_refused(course: Course) -> None:
    assert broken(course) == f"{course.folder} is not there."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("solution.nothing()", "SolutionFailed: ValueError: no"),
        ("solution.typo", "SolutionFailed: it defines no typo"),
        ("len(solution.thing)", "TypeError: object of type 'Thing' has no len()"),
    ],
)
def test_a_solution_that_fails_is_not_the_students_fault(
    course: Course, body: str, why: str
) -> None:
    result = course.result(body)

    assert (result.outcome, sentences(result)) == (Outcome.UNDECIDED, [WAITS])
    assert sentences(result, Reader.TA)[1].endswith(f"{why} (test_one.py, line 6).")


def test_a_parameter_that_is_no_fixture_is_not_the_students_fault(course: Course) -> None:
    why = broken(course, "@check('half')\ndef test_it(studnt): pass\n")

    assert why == "test_it has a parameter that no fixture has: studnt."


# The kit's own trouble is no outcome


def raising(problem: BaseException) -> Callable[..., Any]:
    def act(*_args: object) -> Any:
        raise problem

    return act


TROUBLE = DataUnavailable(["data"], "Connect.")


@pytest.mark.parametrize("seam", ["hidden_digits", "may_run", "over"])
def test_what_the_kit_cannot_do_is_raised_and_costs_no_points(course: Course, seam: str) -> None:
    with pytest.raises(DataUnavailable) as raised:
        course.result("pass", arguments="hidden_digits", **{seam: raising(TROUBLE)})

    assert raised.value is TROUBLE


def test_after_the_kits_trouble_no_check_runs(course: Course) -> None:
    unavailable = KernelUnavailable("no")

    with pytest.raises(KernelUnavailable):
        course.run(TWO, may_run=raising(unavailable))

    assert course.told == []


def test_after_the_kits_trouble_the_next_submission_is_checked_as_ever(course: Course) -> None:
    with pytest.raises(DataUnavailable):
        course.run(TWO, over=raising(TROUBLE))

    assert course.outcomes() == {"test_halves": PASSED, "test_size": PASSED}


def test_ctrl_c_stops_grading_and_leaves_no_half_result(course: Course) -> None:
    with pytest.raises(KeyboardInterrupt):
        course.result("raise KeyboardInterrupt")


def test_a_fault_in_our_own_functions_is_no_silent_zero(course: Course) -> None:
    why = broken(course, TWO, over=raising(ValueError("a bug")))

    assert why == "pytest stopped: ValueError: a bug."


def test_a_check_that_ends_pytest_is_refused(course: Course) -> None:
    assert broken(course, "@check('half')\ndef test_it(): pytest.exit('enough')\n") == (
        "pytest stopped: Exit: enough."
    )


# What lies around


def test_a_check_file_that_was_edited_is_read_again(course: Course) -> None:
    first = course.outcomes("@check('half')\ndef test_it(): pass\n")
    second = course.outcomes("@check('half')\ndef test_it(): require(False, 'Edited.')\n")

    assert (first, second) == ({"test_it": PASSED}, {"test_it": FAILED})


def test_files_of_one_name_in_two_assignments_are_two_files(
    make_course: Callable[[str], Course],
) -> None:
    first = make_course("one").outcomes("@check('half')\ndef test_first(): pass\n")
    second = make_course("two").outcomes("@check('half')\ndef test_second(): pass\n")

    assert (first, second) == ({"test_first": PASSED}, {"test_second": PASSED})


def test_a_relative_folder_is_read_again_too(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.folder.parent)
    course.folder = Path("checks")

    test_a_check_file_that_was_edited_is_read_again(course)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("conftest.py", "raise RuntimeError('was imported')\n"),
        ("pytest.ini", "[pytest]\naddopts = --collect-only\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = ['--collect-only']\n"),
        ("tox.ini", "[pytest]\npython_functions = never_*\n"),
        ("setup.cfg", "[tool:pytest]\naddopts = -k nothing\n"),
        ("mistakes/half/test_wrong.txt", ">>> 1\n2\n"),
    ],
)
def test_pytests_own_files_are_not_read(course: Course, name: str, text: str) -> None:
    course.write(TWO)
    for path in (course.folder / name, course.folder.parent / name):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    assert course.outcomes() == {"test_halves": PASSED, "test_size": PASSED}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PYTEST_ADDOPTS", "--collect-only"),
        ("PYTEST_ADDOPTS", "-k nothing"),
        ("PYTEST_PLUGINS", "nothing_of_this_name"),
    ],
)
def test_pytests_own_variables_are_not_read(
    course: Course, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    assert course.outcomes(TWO) == {"test_halves": PASSED, "test_size": PASSED}


def test_the_environment_is_as_it_was_afterwards(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k nothing")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # pytest's own word on the test that runs
    before = dict(os.environ)
    course.run(TWO)

    assert dict(os.environ) == before


def test_nothing_is_printed(course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    course.run("@check('half')\ndef test_it():\n    print('loud')\n    assert False\n")

    assert capsys.readouterr() == ("", "")


def test_no_cache_is_left_in_the_folder(course: Course) -> None:
    course.run(TWO)

    assert sorted(p.name for p in course.folder.iterdir()) in (
        ["test_one.py"],
        ["__pycache__", "test_one.py"],
    )


def test_check_files_may_hold_classes_and_parameters(course: Course) -> None:
    checks = """
    class TestHalf:
        @pytest.mark.parametrize("n", [2, 4])
        @check("half")
        def test_it(self, student, n):
            expect(student.half(n), n / 2)
    """

    assert course.outcomes(checks) == {"test_it[2]": PASSED, "test_it[4]": PASSED}


IDEA_AND_DETAIL = """
    @check("half", weight=3, part="idea")
    def test_halves(student):
        expect(round(student.half(8)), 4, hint="Of the idea?")

    @check("half", part="details")
    def test_exact(student):
        expect(student.half(7), 3.5, hint="Of the detail?")

    @check("half", part="contract")
    def test_is_a_float(student):
        require(isinstance(student.half(8), float), "It is no float.", hint="Of the contract?")
"""


def hints_of(course: Course, answer: str) -> dict[str, str | None]:
    course.student = answer
    return {name: found.hint for name, found in course.results(IDEA_AND_DETAIL).items()}


def test_a_lost_detail_gives_no_hint_where_the_idea_is_lost_too(course: Course) -> None:
    assert hints_of(course, "def half(n): return n") == {
        "test_halves": "Of the idea?",
        "test_exact": None,
        "test_is_a_float": "Of the contract?",
    }


def test_a_lost_detail_gives_its_hint_where_the_idea_is_right(course: Course) -> None:
    hints = hints_of(course, "def half(n): return float(n // 2)")

    assert hints["test_exact"] == "Of the detail?"
