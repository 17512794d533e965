"""Marking apart from all files of a course: without them, and in other processes."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.course.handed_in import handed_in
from autograder.errors import NotGraded
from autograder.marking.jobs import Mark, TryReference
from autograder.marking.task import DONE, MISSING, PROBLEM, Task
from autograder.marking.template import Template
from autograder.nbgrader_bridge.prepared import Prepared, result_of
from autograder.nbgrader_bridge.stock import done, ready
from tests.kit.course_maker import ASSIGNMENT, Mini, clean_env

WRONG = "def total(m):\n    return 0.0"
# Its own process, without any file of the course: the first argument is the course's folder.
IN_AN_EMPTY_COURSE = """
import ctypes, os, pickle, sys
libc = ctypes.CDLL(None, use_errno=True)
course, task, result = sys.argv[1:]
sys.stdout.write(repr(sorted(os.listdir(course))))
assert libc.unshare(0x00020000) == 0, os.strerror(ctypes.get_errno())
assert libc.mount(b"none", b"/", None, 0x44000, None) == 0, os.strerror(ctypes.get_errno())
assert libc.mount(b"tmpfs", course.encode(), b"tmpfs", 0, None) == 0
assert os.listdir(course) == []
from autograder.marking import worker
worker.become_template()
with open(task, "rb") as file:
    given = pickle.load(file)
found = worker.work(given)
with open(result, "wb") as file:
    pickle.dump(found, file)
"""


@pytest.fixture(scope="module")
def prepared(released: Mini, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A course with a submission that loses points, its assignment ready for grading."""
    mini = released.copy_to(tmp_path_factory.mktemp("apart") / "course")
    mini.hand_in("ada", mini.answered(total=WRONG))
    return ready(mini.course, ASSIGNMENT)


@pytest.fixture(scope="module")
def task(prepared: Prepared) -> Task:
    """The submission as a task, which brings all that it needs."""
    given = prepared.task(Mark(handed_in=handed_in(prepared.course, ASSIGNMENT, "ada")))
    missing = [given.packed, given.known, given.shown]
    return prepared.bring(given, missing)


def without_times(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: without_times(one) for name, one in value.items() if name != "wall_s"}
    return [without_times(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def marked(prepared: Prepared) -> Any:
    """What this machine makes of it, with the course at hand."""
    found = done(prepared, Mark(handed_in=handed_in(prepared.course, ASSIGNMENT, "ada")))
    return without_times(result_of(found))


def test_what_is_marked_says_all_that_is_recorded(marked: Any) -> None:
    assert marked["report"]["points"] == 7.0
    assert marked["scores"]["total-checks"] == 0.0
    assert marked["scores"]["why"] is None
    assert (marked["file"], marked["hints_missing"]) == (f"{ASSIGNMENT}.ipynb", [])
    assert set(marked["answers"]) == set(marked["scores"])


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="mounts something over the course's folder, which needs root on Linux",
)
def test_marking_needs_no_file_of_the_course(
    prepared: Prepared, task: Task, marked: Any, tmp_path: Path
) -> None:
    root = prepared.course.root
    (tmp_path / "task").write_bytes(pickle.dumps(task))
    names = [str(tmp_path / name) for name in ("task", "result")]

    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IN_AN_EMPTY_COURSE, str(root), *names],
        cwd=tmp_path,
        env=clean_env(),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "gradebook.db" in ran.stdout
    found = pickle.loads((tmp_path / "result").read_bytes())
    assert without_times(result_of(found)) == marked


@pytest.fixture(scope="module")
def template() -> Any:
    made = Template()
    yield made
    made.close()


def test_a_process_that_knows_nothing_asks_for_what_it_lacks_and_keeps_it(
    prepared: Prepared, task: Task, template: Template, marked: Any
) -> None:
    bare = prepared.task(task.job)
    assert set(template.work(bare)[MISSING]) == {bare.packed, bare.known}

    assert without_times(result_of(template.work(task))) == marked
    assert DONE in template.work(bare)


def test_what_has_become_known_since_a_task_was_made_is_brought(
    prepared: Prepared, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = prepared.task(Mark(handed_in=handed_in(prepared.course, ASSIGNMENT, "ada")))
    monkeypatch.setattr(prepared, "known_key", "what is known now")

    brought = prepared.bring(old, [old.known])

    assert (brought.known, list(brought.brought)) == ("what is known now", ["what is known now"])
    assert DONE in template.work(prepared.bring(old, [old.packed, old.known]))


def test_a_template_that_has_ended_is_a_problem_of_the_kits(prepared: Prepared, task: Task) -> None:
    ended = Template()
    signal.pidfd_send_signal(ended._process.descriptor, signal.SIGKILL)

    outcome = ended.work(task)

    assert PROBLEM in outcome
    with pytest.raises(NotGraded, match="the process that judges has ended"):
        result_of(outcome)
    assert not ended.alive


def test_a_template_ends_with_who_started_it() -> None:
    started = Template()

    started.line.close()

    assert started._process.has_ended(30)


def test_what_each_child_would_do_anew_is_done_before_it_is_forked(prepared: Prepared) -> None:
    program = """
import pickle, sys
import nbformat.validator
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from autograder.marking import worker
worker.become_template()
assert not nbformat.validator.validators and not KernelProvisionerFactory.initialized()
print(worker.make_ready(pickle.load(sys.stdin.buffer)))
print(sorted(nbformat.validator.validators), KernelProvisionerFactory.initialized())
"""
    given = prepared.task(TryReference())
    given = prepared.bring(given, [given.packed, given.known, given.shown])
    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=pickle.dumps(given),
        capture_output=True,
        check=False,
        env=clean_env(),
    )

    said = ran.stdout.decode().splitlines()
    assert said == ["{}", "[('fastjsonschema', 4, 5, False)] True"], ran.stderr.decode()
