"""Whole submissions judged in real kernels: what is earned, what is lost, and what is said."""

from __future__ import annotations

import dataclasses
import tempfile
from collections import UserDict
from collections.abc import Iterator, KeysView
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.secret_random import SecretRandom
from autograder.course.rounds import seed
from autograder.errors import ChecksBroken, KernelUnavailable
from autograder.judge.grade import Judge, reference_space
from autograder.judge.records import Cell, Verdict
from autograder.judge.sitting import FreshKernel, Sitting
from autograder.kernel.session import CellStatus
from autograder.namespace.failures import MissingName, StudentDied, StudentTimeout
from autograder.namespace.space import Link, Space, define, fetch
from autograder.results import Outcome, Reader
from tests.kit.course_maker import (
    ALL_POINTS,
    ANSWERS,
    ASSIGNMENT,
    LIMITS,
    POINTS,
    HandedIn,
    Mini,
    full_marks,
    judge_all,
    judge_of,
)

LOOP = "while True:\n        pass"
UNSTOPPABLE = (
    "def transpose(m):\n    while True:\n        try:\n            while True:\n"
    "                pass\n        except BaseException:\n            pass"
)
# Stopped in time, it leaves a thread that spoils every other answer.
LEAVES_A_THREAD = f"""
def spoil(names):
    import time
    while True:
        for name in {[name for name in ANSWERS if name != "total"]!r}:
            names[name] = None
        time.sleep(0.001)


def total(m):
    import threading
    threading.Thread(target=spoil, args=(globals(),), daemon=True).start()
    {LOOP}
"""
# Each carries the hidden inputs out of the function by another way.
CARRIERS = {
    "transpose": "def transpose(m):\n    wrong = m.no_such_thing\n    return wrong",
    "total": "def total(m):\n    raise ValueError(f'saw {m.tolist()}')",
    "from_list": (
        "def from_list(values):\n"
        "    raise type('Saw' + '_'.join(map(str, values)), (Exception,), {})()"
    ),
    "with_column": (
        "def with_column(m, j, value):\n"
        "    problem = RuntimeError(f'the value is {value}')\n"
        "    problem.add_note(f'saw {m.tolist()}')\n"
        "    raise problem from ValueError(str(m.tolist()))"
    ),
    "matrix_product": (
        "def matrix_product(a, b):\n"
        "    import linecache\n"
        "    line = f'raise ValueError()  # {a.tolist()}'\n"
        "    linecache.cache['<ipykernel-7>'] = (len(line), None, [line], '<ipykernel-7>')\n"
        "    exec(compile(line, '<ipykernel-7>', 'exec'))"
    ),
    "pixels_to_float": (
        "class Seen:\n    pass\n"
        "def pixels_to_float(a):\n"
        "    return {f'saw {a.tolist()}': Seen(), 'name': type(str(a.tolist()), (), {})()}"
    ),
}


def submissions(mini: Mini) -> dict[str, HandedIn]:
    quick = dataclasses.replace(LIMITS, cell_s=3.0, call_s=2.0)
    stubs = {name: f"def {name}(*_args):\n    raise NotImplementedError()" for name in ANSWERS}
    deadly = "def transpose(m):\n    import os\n    os._exit(0)"
    return {
        "solution": HandedIn(mini.cells()),
        "stub": HandedIn(mini.cells(**stubs)),
        "killers": HandedIn(
            mini.cells(
                transpose=deadly,
                with_column="import os\nos._exit(0)",
                total=ANSWERS["total"].replace("total", "totl"),
            )
        ),
        "endless_cell": HandedIn(
            mini.cells(total="while True:\n    pass\n" + ANSWERS["total"]), quick
        ),
        "endless_calls": HandedIn(
            mini.cells(total=f"def total(m):\n    {LOOP}", transpose=UNSTOPPABLE), quick
        ),
        "leaves_something_running": HandedIn(mini.cells(total=LEAVES_A_THREAD), quick),
        "out_of_time": HandedIn(
            mini.cells(first=["import time\ntime.sleep(60)"]),
            dataclasses.replace(LIMITS, submission_s=2.0),
        ),
        "carriers": HandedIn(mini.cells(**CARRIERS)),
    }


@pytest.fixture(scope="module")
def judge(released: Mini) -> Judge:
    return judge_of(released)


@pytest.fixture(scope="module")
def verdicts(judge: Judge, released: Mini) -> dict[str, Verdict]:
    return judge_all(judge, submissions(released))


def earned(verdict: Verdict) -> dict[str, float]:
    return {result.exercise: result.points for result in verdict.report.exercises}


def outcomes(verdict: Verdict, exercise: str) -> list[Outcome]:
    return [check.outcome for check in verdict.report.exercise(exercise).checks]


def said(verdict: Verdict, exercise: str, reader: Reader = Reader.STUDENT) -> list[str]:
    checks = verdict.report.exercise(exercise).checks
    return [text for check in checks for text in check.said_to(reader)]


def notes(verdict: Verdict) -> list[str]:
    return [note.text for note in verdict.report.notes]


def others_than(*exercises: str) -> dict[str, float]:
    return {name: points for name, points in full_marks().items() if name not in exercises}


def kept(verdict: Verdict, *lost: str) -> dict[str, float]:
    return {name: points for name, points in earned(verdict).items() if name not in lost}


def test_the_solution_gets_full_marks(verdicts: dict[str, Verdict]) -> None:
    assert earned(verdicts["solution"]) == full_marks()
    assert verdicts["solution"].report.points == ALL_POINTS
    assert notes(verdicts["solution"]) == []


def test_the_stub_gets_nothing_and_is_told_so(verdicts: dict[str, Verdict]) -> None:
    assert set(earned(verdicts["stub"]).values()) == {0.0}
    for exercise in POINTS:
        assert said(verdicts["stub"], exercise)[0] == (
            "Not answered yet: the cell still raises NotImplementedError."
        )


def test_a_cell_that_ends_the_kernel_costs_itself_only(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["killers"]

    assert outcomes(verdict, "with_column") == [Outcome.ERROR]
    assert kept(verdict, "with_column", "transpose", "total") == others_than(
        "with_column", "transpose", "total"
    )
    assert "with_column ended the kernel; the notebook was run again without it." in notes(verdict)


def test_a_call_that_ends_the_kernel_costs_its_exercise_only(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["killers"]

    assert outcomes(verdict, "transpose") == [Outcome.DIED, Outcome.NOT_RUN]
    assert said(verdict, "transpose")[-1] == (
        "Not run: an earlier check of this exercise ended the kernel."
    )
    assert outcomes(verdict, "from_list") == [Outcome.PASSED]


def test_a_misspelt_name_is_pointed_at(verdicts: dict[str, Verdict]) -> None:
    (check,) = verdicts["killers"].report.exercise("total").checks

    assert check.said_to(Reader.STUDENT) == ["The notebook defines no total."]
    assert check.hint == "Is totl a misspelling of it?"


def test_an_endless_cell_costs_itself_only(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["endless_cell"]

    assert earned(verdict) == {**full_marks(), "total": 0.0}
    assert notes(verdict) == ["total ran longer than 3 s and was stopped."]
    assert [run.status for run in verdict.runs.values()].count(CellStatus.TIMEOUT) == 1
    slow = [cell for cell in verdict.report.cells if cell.status != "ok"]
    assert [(cell.name, cell.status) for cell in slow] == [("total", "timeout")]
    assert slow[0].wall_s >= 3


def test_an_endless_call_is_a_timeout(verdicts: dict[str, Verdict]) -> None:
    verdict = verdicts["endless_calls"]

    assert outcomes(verdict, "total") == [Outcome.TIMEOUT]
    assert said(verdict, "total") == ["A call ran longer than 2 s and was stopped."]


def test_what_a_stopped_call_leaves_behind_costs_no_other_exercise(
    verdicts: dict[str, Verdict],
) -> None:
    verdict = verdicts["leaves_something_running"]

    assert outcomes(verdict, "total") == [Outcome.TIMEOUT]
    assert kept(verdict, "total") == others_than("total")


def test_an_exercise_that_cannot_be_stopped_is_not_asked_again(
    verdicts: dict[str, Verdict],
) -> None:
    verdict = verdicts["endless_calls"]

    assert outcomes(verdict, "transpose") == [Outcome.TIMEOUT, Outcome.NOT_RUN]
    assert kept(verdict, "transpose", "total") == others_than("transpose", "total")


def test_what_the_time_limit_leaves_open_is_not_run_with_a_reason(
    verdicts: dict[str, Verdict],
) -> None:
    verdict = verdicts["out_of_time"]

    assert set(earned(verdict).values()) == {0.0}
    for exercise in POINTS:
        assert set(said(verdict, exercise)) == {
            "Not run: the submission's time limit of 2 s was used up."
        }


def test_a_line_of_the_notebook_is_quoted(verdicts: dict[str, Verdict]) -> None:
    assert said(verdicts["carriers"], "transpose")[0] == (
        "Your code raised AttributeError. Line 2 of transpose: wrong = m.no_such_thing"
    )


def test_a_line_that_stands_nowhere_in_the_notebook_is_not_quoted(
    verdicts: dict[str, Verdict],
) -> None:
    (sentence,) = said(verdicts["carriers"], "matrix_product")

    assert sentence == "Your code raised ValueError."


def hidden_numbers(mini: Mini) -> Iterator[str]:
    """What the checks hand to students' functions, as a student's text would show it."""
    secret = seed(mini.course, ASSIGNMENT)

    def stream(name: str) -> SecretRandom:
        return SecretRandom(secret, f"{ASSIGNMENT}:{name}")

    for name, shape in [
        ("test_adds_all", (2, 3)),
        ("test_sets_one_column", (3, 3)),
        ("test_rows_times_columns", (2, 3)),
    ]:
        yield from (f"{abs(x):.9f}"[:7] for x in stream(name).tensor(*shape).flatten().tolist())
    yield ", ".join(map(str, stream("test_scales_to_one").array(4, 4, dtype="uint8")[0].tolist()))
    values = stream("test_of_whole_numbers")
    yield "_".join(str(values.integer(0, 99)) for _ in range(4))


def test_hidden_inputs_in_exceptions_reach_no_student(
    verdicts: dict[str, Verdict], released: Mini
) -> None:
    verdict = verdicts["carriers"]
    report = verdict.report
    for_students = [text for name in POINTS for text in said(verdict, name)]
    for_students += [check.hint or "" for e in report.exercises for check in e.checks]
    for_students += [note.text for note in report.notes if Reader.STUDENT.may_read(note)]

    found = [n for n in hidden_numbers(released) if any(n in text for text in for_students)]

    assert found == []


def test_a_ta_reads_the_whole_exception(verdicts: dict[str, Verdict], released: Mini) -> None:
    first = next(hidden_numbers(released))

    (whole,) = [t for t in said(verdicts["carriers"], "total", Reader.TA) if "ValueError: saw" in t]

    assert first in whole


def test_a_line_is_quoted_only_where_it_stands(judge: Judge) -> None:
    cells = [Cell(name="setup", source="import os"), Cell(name="total", source="a = 1\n\nb = a\n")]
    sitting = Sitting(cells, judge.plan, LIMITS)

    assert sitting.quote_line(3, "b = a") == "Line 3 of total: b = a"
    assert sitting.quote_line(3, "b = a  # 0.1234") == ""
    assert sitting.quote_line(2, "b = a") == ""
    assert sitting.quote_line(-1, "b = a") == ""
    assert sitting.quote_line(2, "") == ""
    assert sitting.quote_line(10**30, "b = a") == ""


@pytest.fixture(scope="module")
def counting(judge: Judge) -> Iterator[Sitting]:
    """A notebook whose cells count how often they ran, or can't be run a second time."""
    cells = [
        Cell(name="setup", source="runs = []"),
        Cell(name="total", source="runs.append(factor if runs else 1)"),
        Cell(name="raises", source="runs.append(0)\nraise ValueError"),
        Cell(name="slow", source="import time\nwhile runs[-1] == 7:\n    time.sleep(0.01)"),
        Cell(name="deadly", source="import os\nif runs[-1] == 7:\n    os._exit(0)"),
    ]
    with Sitting(cells, judge.plan, LIMITS) as sitting:
        sitting.open()
        yield sitting


@pytest.fixture
def notebook(counting: Sitting) -> Space:
    if not counting.alive:
        counting.open()
    return Space(Link(counting, owner="student", wall_s=10.0))


def test_a_cell_run_again_sees_what_a_check_put_into_the_notebook(
    counting: Sitting, notebook: Space
) -> None:
    notebook.runs = [1]
    notebook.factor = 4

    counting.run_again("total", 10.0)

    assert notebook.runs == [1, 4]


def test_a_cell_that_raises_again_raises_nothing_here(counting: Sitting, notebook: Space) -> None:
    notebook.runs = []

    counting.run_again("raises", 10.0)

    assert notebook.runs == [0]


def test_a_cell_run_again_ends_at_the_checks_limit(counting: Sitting, notebook: Space) -> None:
    notebook.runs = [7]

    with pytest.raises(StudentTimeout):
        counting.run_again("slow", 0.5)

    assert not counting.alive, "its threads would run on beside the next check"


def test_a_cell_that_ends_the_kernel_when_run_again_is_the_students_doing(
    counting: Sitting, notebook: Space
) -> None:
    notebook.runs = [7]

    with pytest.raises(StudentDied):
        counting.run_again("deadly", 10.0)


def test_a_cell_that_is_not_there_is_a_missing_name(counting: Sitting, notebook: Space) -> None:
    notebook.runs = []

    with pytest.raises(MissingName) as missing:
        counting.run_again("totl", 10.0)

    assert missing.value.similar == "total"


# The names in a kernel, whether torch.load was replaced there, and its end.
LOOKS = """
import os
import __main__
import torch


def looks():
    return "total" in vars(__main__), torch.load.__name__ != "load"


def leave():
    os._exit(0)
"""
IN_THE_FRESH_KERNEL = f"""
import pytest
from autograder.checks import StudentFailure, check, define, expect

LOOKS = {LOOKS!r}


@check("total")
def test_looks(student, fresh):
    expect(define(student, LOOKS).looks(), (True, True))
    expect(define(fresh, LOOKS).looks(), (False, False))
    with pytest.raises(StudentFailure):
        define(fresh, LOOKS).leave()


@check("total")
def test_is_there_again(fresh):
    expect(define(fresh, LOOKS).looks(), (False, False))
"""


def test_the_fresh_kernel_has_nothing_of_the_students(
    judge: Judge, released: Mini, tmp_path: Path
) -> None:
    (tmp_path / "test_fresh.py").write_text(IN_THE_FRESH_KERNEL)
    looking = dataclasses.replace(judge.assignment, checks_folder=tmp_path)
    cells = released.cells(first=["import torch\ntorch.load = lambda *_args: {}"])

    verdict = Judge(looking, judge.plan, judge.limits).grade(cells)

    assert said(verdict, "total", Reader.TA) == []
    assert outcomes(verdict, "total") == [Outcome.PASSED, Outcome.PASSED]


def test_a_fresh_kernel_is_there_from_the_first_question_to_the_end(judge: Judge) -> None:
    with FreshKernel(judge.plan, judge.limits) as fresh:
        before = fresh.kernel
        define(Space(Link(fresh, owner="fresh kernel", wall_s=10.0)), "")
        kernel = fresh.kernel

    assert before is None
    assert kernel is not None
    assert not kernel.alive


def test_what_a_person_has_to_look_at_first_waits_with_the_reason(judge: Judge) -> None:
    verdict = judge.wait("Nothing was handed in.")

    assert set(verdict.report.undecided) == set(POINTS)
    assert said(verdict, "transpose") == ["Nothing was handed in."] * 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def test_x(:", "SyntaxError"),
        ("def test_x(student):\n    pass", "test_x names no exercise"),
        ("import no_such_module_7f3a", "no_such_module_7f3a"),
        ("", "no tests ran"),
    ],
)
def test_checks_that_cannot_be_used_are_no_zero(
    judge: Judge, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "test_broken.py").write_text(text)
    broken = dataclasses.replace(judge.assignment, checks_folder=tmp_path)

    try:
        with pytest.raises(ChecksBroken, match=why):
            Judge(broken, judge.plan, judge.limits).wait("")
    except KeyboardInterrupt:  # pytest's own Interrupted is one: let through, it ends this run
        pytest.fail("a file of checks that cannot be collected looks like Ctrl-C")


def test_files_that_the_reference_leaves_are_removed(judge: Judge) -> None:
    source = "import tempfile\nplace = tempfile.mkdtemp()\nthere = tempfile.gettempdir()"

    space = reference_space(dataclasses.replace(judge.assignment, reference=(("total", source),)))

    place = Path(fetch(space.place))
    assert place.parent == Path(fetch(space.there)) != Path(tempfile.gettempdir())
    assert not place.parent.exists()


def test_a_reference_that_fails_is_no_zero(judge: Judge) -> None:
    broken = dataclasses.replace(judge.assignment, reference=(("total", "1 / 0"),))

    with pytest.raises(ChecksBroken, match="cell total: ZeroDivisionError"):
        Judge(broken, judge.plan, judge.limits)


class OnlyOnce(UserDict[str, Any]):
    """A kernel's traits, asked for once a kernel: from the second on, its digits are gone."""

    kernels = 0

    def keys(self) -> KeysView[str]:
        """Called by `dict`."""
        self.kernels += 1
        if self.kernels > 1:
            self["readable"] = ["/no/such/digits"]
        return super().keys()


def test_a_machine_that_fails_in_the_middle_is_no_zero(judge: Judge, released: Mini) -> None:
    traits = OnlyOnce(judge.plan.sandbox)
    plan = dataclasses.replace(judge.plan, sandbox=traits)
    cells = released.cells(transpose="def transpose(m):\n    import os\n    os._exit(0)")

    with pytest.raises(KernelUnavailable, match="/no/such/digits"):
        Judge(judge.assignment, plan, judge.limits).grade(cells)

    assert traits.kernels == 2


SETS = """

import pytest
from autograder.checks import define, require

ASKS = "import torch\\n\\ndef strict(): return torch.are_deterministic_algorithms_enabled()"
ASKS += "\\n\\ndef gradients(): return torch.is_grad_enabled()"


@pytest.fixture
def strictly(student):
    define(student, "import torch\\ntorch.use_deterministic_algorithms(True)")


@check("total")
def test_is_strict_at_first(student, strictly):
    require(define(student, ASKS).strict(), "It is not.")
    define(student, "import torch\\ntorch.set_grad_enabled(False)")


@check("total")
def test_is_strict_again(student, strictly):
    require(define(student, ASKS).strict(), "It is not.")


@check("total")
def test_is_as_it_was(student):
    require(not define(student, ASKS).strict(), "It is still strict.")
    require(define(student, ASKS).gradients(), "Gradients are still off.")
"""


def test_what_a_fixture_sets_in_the_notebook_is_of_its_own_check(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text("utf-8") + SETS, encoding="utf-8")

    report = judge_of(mini).grade(mini.cells()).report

    said = [c.said_to(Reader.TA) for c in report.exercise("total").checks if c.credit < 1]
    assert said == []
