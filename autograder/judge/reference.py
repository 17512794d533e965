"""The reference solution as the first student: what its checks say of it, and the trail it leaves.

It runs in a kernel as a student's notebook does, not in this process: there it would run without
its long-running cells, the limits and the sandbox, and a check that fails for one of these would
look sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.checks.trail import Recorder
from autograder.errors import ChecksBroken
from autograder.judge.grade import Judge
from autograder.judge.records import Cell
from autograder.judge.sitting import Sitting
from autograder.namespace.local import recorded_answers
from autograder.results import CheckResult, Outcome, Reader, Report, Shown


def try_reference(judge: Judge, cells: Sequence[Cell]) -> Report:
    """What the checks find of the reference's notebook. The judge keeps the trail that it leaves,
    without the public draw: by that no answer is judged.

    Raises what `Judge.grade` raises.
    """
    report, _files = _tried(judge, cells, public=False)
    return report


def require_full_marks(judge: Judge, cells: Sequence[Cell]) -> None:
    """Tries the reference; raises ChecksBroken unless each check gives it full marks."""
    report, files = _tried(judge, cells, public=True)
    lost = [check for result in report.exercises for check in result.checks if check.credit < 1]
    if lost:
        raise ChecksBroken(judge.assignment.name, _why(lost, files))


def _tried(judge: Judge, cells: Sequence[Cell], *, public: bool) -> tuple[Report, dict[str, str]]:
    recorder = Recorder()
    with recorded_answers(judge.solution) as recorder.answers:
        report = judge.grade(cells, recorder=recorder).report
        if public:
            recorder.public = _public_results(judge, cells)
    judge.follow(recorder.trail)
    return report, recorder.files


def _public_results(judge: Judge, cells: Sequence[Cell]) -> Mapping[str, Sequence[Shown]]:
    """What the reference gives on the public draw, in a kernel of its own too."""
    with Sitting(cells, judge.plan, judge.limits) as sitting:
        return judge.run_public(sitting).results if sitting.open() else {}


def _why(lost: Sequence[CheckResult], files: dict[str, str]) -> str:
    # A check that raises is the fault itself; one that finds the reference wrong may be its victim.
    first = min(lost, key=lambda check: check.outcome is not Outcome.UNDECIDED)
    said = first.said_to(Reader.TA)
    words = said[1] if len(said) > 1 else next(iter(said), first.outcome.value)
    place = f" in {files[first.check.name]}" if first.check.name in files else ""
    others = f" (nor do {len(lost) - 1} others)" if len(lost) > 1 else ""
    does = f"{first.check.name}{place} does not give the reference solution full marks{others}"
    return f"{does}: {words}"
