"""Which submissions are graded, by processes that may die, and which stand from before."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from autograder.classroom.feedback import feedback_for
from autograder.classroom.grade import chosen_students, grade_class, worker_count
from autograder.classroom.running import Run
from autograder.classroom.workers import Order, Pool, local_processes
from autograder.course.course import CHECKS_FILE, open_course
from autograder.course.handed_in import handed_in
from autograder.errors import ChecksBroken, KitError, NotGraded, UnknownName, to_plain
from autograder.marking import worker
from autograder.marking.marked import Marked
from autograder.marking.task import DONE, OVERRUN, PROBLEM
from autograder.nbgrader_bridge.gradebook import enter, opened
from autograder.nbgrader_bridge.prepared import Prepared, result_of
from autograder.nbgrader_bridge.record import Record
from autograder.nbgrader_bridge.writer import Writer
from autograder.results import CheckId, Report, close
from autograder.settings.load import load
from tests.kit.course_maker import ASSIGNMENT, Mini
from tests.kit.forking import forked_processes

Work = Callable[[str], dict[str, Any]]
FINE: dict[str, Any] = {DONE: {}}


def order(name: str) -> Order[str]:
    """An order whose task is the student's own name."""
    task: Any = name
    return Order(who=name, task=lambda: task, bring=lambda given, _missing: given)


def all_of(*students: str, parallel: int = 2) -> dict[str, dict[str, Any]]:
    orders = deque(order(name) for name in students)
    with Pool(forked_processes, parallel) as pool:
        return {one.who: outcome for done in pool.done(orders) for one, outcome in done}


@pytest.fixture
def done_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], None]:
    """Puts a function in the place of the work; workers are forked and so have it too."""

    def put(work: Work) -> None:
        monkeypatch.setattr(worker, "work", work)

    return put


def test_a_worker_that_dies_costs_its_own_submission_only(
    done_by: Callable[[Work], None],
) -> None:
    def work(student: str) -> dict[str, Any]:
        if student == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        return FINE

    done_by(work)
    students = ["ada", "deadly", "ben", "eve", "finn"]

    found = all_of(*students)

    assert sorted(found) == sorted(students)
    assert [s for s in students if found[s] != FINE] == ["deadly"]
    with pytest.raises(NotGraded, match="the process that graded it ended twice"):
        result_of(found["deadly"])


def test_a_worker_that_died_once_is_given_another_try(
    done_by: Callable[[Work], None], tmp_path: Path
) -> None:
    def work(student: str) -> dict[str, Any]:
        flag = tmp_path / student
        if not flag.exists():
            flag.touch()
            os._exit(1)
        return FINE

    done_by(work)

    assert all_of("ada", parallel=1) == {"ada": FINE}


@pytest.mark.parametrize("times", [1, 2])
def test_what_its_budget_ended_is_tried_once_more_alone_and_then_told(
    done_by: Callable[[Work], None], tmp_path: Path, times: int
) -> None:
    def work(student: str) -> dict[str, Any]:
        with (tmp_path / "log").open("a") as log:
            log.write(f"{student} ")
        tried = (tmp_path / "log").read_text().split().count(student)
        slow = student == "slow" and tried <= times
        return {OVERRUN: "judging it took longer than 9 s"} if slow else FINE

    done_by(work)

    found = all_of("ada", "slow", "ben", "eve")

    assert (tmp_path / "log").read_text().split()[-1] == "slow"
    assert [found[s] for s in ("ada", "ben", "eve")] == [FINE] * 3
    if times == 1:
        assert found["slow"] == FINE
    else:
        with pytest.raises(NotGraded, match="judging it took longer than 9 s, twice"):
            result_of(found["slow"])


@pytest.mark.parametrize(
    "problem",
    [
        ChecksBroken(ASSIGNMENT, "why"),
        NotGraded("why"),
        KitError("why", "mend", "command"),
        UnknownName("thing", "why", ["b"]),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_why_the_kit_could_not_grade_comes_back_from_the_worker(
    done_by: Callable[[Work], None], problem: KitError
) -> None:
    done_by(lambda _student: {PROBLEM: to_plain(problem)})

    with pytest.raises(type(problem)) as told:
        result_of(all_of("ada", parallel=1)["ada"])

    assert str(told.value) == str(problem)
    assert told.value.exit_code == problem.exit_code


def test_no_worker_is_left_when_the_reader_stops_half_way(
    done_by: Callable[[Work], None],
) -> None:
    def work(student: str) -> dict[str, Any]:
        if student != "ada":
            time.sleep(60)
        return FINE

    done_by(work)
    before = set(psutil.Process().children(recursive=True))

    with contextlib.suppress(KeyboardInterrupt), Pool(forked_processes, 2) as pool:
        results = pool.done(deque(order(name) for name in ("ada", "ben", "eve")))
        assert [one.who for one, _outcome in next(results)] == ["ada"]
        raise KeyboardInterrupt

    assert set(psutil.Process().children(recursive=True)) <= before


def test_orders_may_be_added_meanwhile(done_by: Callable[[Work], None]) -> None:
    done_by(lambda _student: FINE)
    orders = deque([order("ada")])
    told = []

    with Pool(forked_processes, 1) as pool:
        for done in pool.done(orders):
            told += [one.who for one, _outcome in done]
            if len(told) < 3:
                orders.append(order(f"more {len(told)}"))

    assert told == ["ada", "more 1", "more 2"]


def test_a_folder_whose_name_is_no_text_is_not_graded_and_the_class_goes_on(mini: Mini) -> None:
    """As unpacking an old ZIP archive leaves them."""
    mini.hand_in("ada", b"no notebook")
    name = os.fsdecode(b"M\xfcller")
    mini.hand_in(name, mini.answered())
    course = mini.course

    told = {t.graded.student: t.graded for t in grade_class(course, ASSIGNMENT, [name, "ada"])}

    assert told["ada"].report is not None
    assert "is no UTF-8 text" in str(told[name].problem)


def test_who_handed_in_is_found_and_who_did_not_is_refused(mini: Mini) -> None:
    course = mini.course
    with pytest.raises(KitError, match="Nobody has handed in a1"):
        chosen_students(course, ASSIGNMENT)
    mini.hand_in("ben", b"")
    mini.hand_in("ada", b"")
    (mini.root / "submitted" / "cleo" / "a2").mkdir(parents=True)

    assert chosen_students(course, ASSIGNMENT) == ["ada", "ben"]
    assert chosen_students(course, ASSIGNMENT, ["ben"]) == ["ben"]
    with pytest.raises(UnknownName, match=r"Did you mean ada\?"):
        chosen_students(course, ASSIGNMENT, ["adda"])
    with pytest.raises(UnknownName, match="no assignment named a2"):
        chosen_students(course, "a2")


def test_a_page_that_cannot_be_made_stops_no_other(mini: Mini) -> None:
    told = list(feedback_for(mini.course, ASSIGNMENT, ["ada", "ben"]))

    assert [student for student, _ in told] == ["ada", "ben"]
    assert all("has no graded notebook" in str(problem) for _, problem in told)


def test_workers_are_as_many_as_the_setting_says(mini: Mini) -> None:
    assert worker_count(mini.course) >= 1
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write("\nc.Grading.workers = 7\n")

    assert worker_count(open_course(load(mini.root))) == 7


# What a grade depends on.


def a_report() -> Report:
    return close(ASSIGNMENT, {"x": 1.0}, [CheckId(exercise="x", name="test_x")], {}, reason="No.")


def a_run(mini: Mini) -> Run:
    course = open_course(load(mini.root))
    return Run(course, ASSIGNMENT, Pool(local_processes, 1), lambda _text: None)


def stands(mini: Mini, **how: bool) -> bool:
    """Whether the result of ada stands as it is."""
    run = a_run(mini)
    run.sort_out(["ada"], **{"force": False, "new_versions": False, **how})
    return run.standing == ["ada"]


def put_result(mini: Mini, **other: Any) -> Record:
    """Ada's hand-in with a result, as a run leaves it; `other` are parts of its entry."""
    course = mini.course
    prepared, taken = Prepared(course, ASSIGNMENT, 1), handed_in(course, ASSIGNMENT, "ada")
    marked = Marked(report=a_report(), notebook=mini.read(*NOTEBOOK))
    record = Record(course, ASSIGNMENT)
    Writer(course, ASSIGNMENT, record).put_in_place(taken, marked)
    entry = dataclasses.replace(prepared.entry(marked, taken, "a test"), **other)
    record.put("ada", entry, marked)
    return record


NOTEBOOK = ("assignments", ASSIGNMENT, f"{ASSIGNMENT}.ipynb")


@pytest.fixture
def graded(mini: Mini) -> Mini:
    mini.hand_in("ada", mini.answered())
    put_result(mini)
    assert stands(mini)
    return mini


def _another_notebook(mini: Mini) -> None:
    mini.hand_in("ada", b"other")


def _a_second_notebook(mini: Mini) -> None:
    mini.submission("ada").with_name("other.ipynb").write_text("{}")


def _a_helper_file(mini: Mini) -> None:
    mini.submission("ada").with_name("helper.py").write_text("x = 1")


def _a_link_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()
    mini.submission("ada").symlink_to("/etc/hostname")


def _a_pipe_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()
    os.mkfifo(mini.submission("ada"))


def _nothing_instead(mini: Mini) -> None:
    mini.submission("ada").unlink()


def _another_check(mini: Mini) -> None:
    path = mini.root / "tests" / "hidden" / ASSIGNMENT / "test_a1.py"
    path.write_text(path.read_text() + "\n# changed\n")


def _another_reference(mini: Mini) -> None:
    path = mini.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text().replace("m.T", "m.t()"))


def _set(mini: Mini, line: str) -> None:
    with (mini.root / "course_config.py").open("a") as settings:
        settings.write(f"\n{line}\n")


def _another_limit(mini: Mini) -> None:
    _set(mini, "c.Limits.call_s = 9.0")


def _other_digits(mini: Mini) -> None:
    _set(mini, "c.MnistData.hidden_samples = 40")


def _another_seed(mini: Mini) -> None:
    (mini.root / ".autograder" / "seeds" / ASSIGNMENT).write_text("00" * 32)


def _other_bounds_of_output(mini: Mini) -> None:
    _set(mini, "c.LimitOutput.max_lines = 7")


@pytest.mark.parametrize(
    "change",
    [
        _another_notebook,
        _a_second_notebook,
        _a_helper_file,
        _a_link_instead,
        _a_pipe_instead,
        _nothing_instead,
        _another_check,
        _another_reference,
        _another_limit,
        _other_digits,
        _another_seed,
        _other_bounds_of_output,
    ],
)
def test_what_a_grade_depends_on_has_it_graded_again(
    graded: Mini, change: Callable[[Mini], None]
) -> None:
    change(graded)

    assert not stands(graded)


def _another_time(mini: Mini) -> None:
    stamp = mini.submission("ada").with_name("timestamp.txt")
    stamp.write_text("2026-11-01 12:00:00 UTC")


def _another_submission(mini: Mini) -> None:
    mini.hand_in("ben", mini.answered())


def _touched(mini: Mini) -> None:
    mini.submission("ada").touch()


def _another_late_policy(mini: Mini) -> None:
    _set(mini, "c.LateSubmissionPlugin.penalty_method = 'zero'")


def _more_workers(mini: Mini) -> None:
    _set(mini, "c.Grading.workers = 7")


def _another_readme(mini: Mini) -> None:
    (mini.root / "README.md").write_text("changed")


@pytest.mark.parametrize(
    "change",
    [
        _another_time,
        _another_submission,
        _touched,
        _another_late_policy,
        _more_workers,
        _another_readme,
    ],
)
def test_what_a_grade_does_not_depend_on_leaves_it(
    graded: Mini, change: Callable[[Mini], None]
) -> None:
    with opened(graded.course.db_url) as gradebook:
        enter(gradebook, ASSIGNMENT, "ada", None)
    change(graded)

    assert stands(graded)


def test_a_course_in_another_folder_is_not_graded_again(graded: Mini, tmp_path: Path) -> None:
    assert stands(graded.copy_to(tmp_path / "elsewhere" / "course"))


def _another_mistake(mini: Mini) -> None:
    mistake = mini.root / "tests" / "hidden" / ASSIGNMENT / "mistakes" / "total" / "one.py"
    mistake.parent.mkdir(parents=True)
    mistake.write_text("changed")


def _no_hints(mini: Mini) -> None:
    _set(mini, "c.FeedbackText.show_hints = False")


@pytest.mark.parametrize("change", [_another_mistake, _no_hints])
def test_what_only_shows_differently_is_shown_again_and_not_graded(
    graded: Mini, change: Callable[[Mini], None]
) -> None:
    change(graded)
    run = a_run(graded)

    run.sort_out(["ada"], force=False, new_versions=False)

    assert run.standing == []
    assert run.pending["ada"].marked is not None


def test_a_file_of_a_terabyte_is_told_from_others_and_not_read(graded: Mini) -> None:
    with graded.submission("ada").open("r+b") as file:
        file.truncate(10**12)

    assert not stands(graded)


def test_a_result_whose_graded_folder_is_lost_or_damaged_is_put_back(graded: Mini) -> None:
    folder = graded.course.folder("autograded", "ada", ASSIGNMENT)
    before = (folder / CHECKS_FILE).read_bytes()

    (folder / CHECKS_FILE).chmod(0o644)
    (folder / CHECKS_FILE).write_text("{}")

    assert stands(graded)
    assert (folder / CHECKS_FILE).read_bytes() == before


def test_a_result_without_a_copy_is_graded_again(graded: Mini) -> None:
    folder = graded.course.folder("autograded", "ada", ASSIGNMENT)
    (folder / f"{ASSIGNMENT}.ipynb").unlink()
    for copy in (graded.root / ".autograder" / "record").rglob("*.gz"):
        copy.unlink()

    assert not stands(graded)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"entries": [{}]}'])
def test_a_history_that_cannot_be_read_has_all_graded_again(graded: Mini, text: str) -> None:
    (history,) = (graded.root / ".autograder" / "record").rglob("history.json")
    history.write_text(text)

    assert not stands(graded)


def test_what_could_not_be_graded_today_is_tried_again(graded: Mini) -> None:
    Record(graded.course, ASSIGNMENT).note_problem("ada", "why")

    assert not stands(graded)


def test_a_forced_run_leaves_nothing(graded: Mini) -> None:
    assert not stands(graded, force=True)


OLD = {"python": "3.9.0"}


@pytest.mark.parametrize(
    ("given_out", "new_versions", "stays"),
    [(False, False, False), (True, False, True), (True, True, False)],
)
def test_other_versions_grade_again_what_was_not_released(
    graded: Mini, given_out: bool, new_versions: bool, stays: bool
) -> None:
    record = put_result(graded, versions=OLD)
    if given_out:
        record.note_released("ada")
    said: list[str] = []
    run = Run(graded.course, ASSIGNMENT, Pool(local_processes, 1), said.append)

    run.sort_out(["ada"], force=False, new_versions=new_versions)

    assert (run.standing == ["ada"]) == stays
    assert "Python, a package or the kit has changed since 1 results" in said[0]
    assert ("Add --new-versions" in said[0]) == stays
