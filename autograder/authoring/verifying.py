"""`verify`: everything that is tried of an assignment, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from autograder.authoring import points
from autograder.authoring.clause_breakers import ClauseReview
from autograder.authoring.pool import Pool, Task
from autograder.authoring.trial import complaint
from autograder.course.cells import judged_cells, source_points
from autograder.course.course import Course
from autograder.diagnosis.answers import Answer
from autograder.diagnosis.answers import answers as answers_in
from autograder.diagnosis.trying import Tried
from autograder.errors import UnknownName


def exercises_of(course: Course, assignment: str, names: Sequence[str]) -> frozenset[str]:
    """The exercises of these names; raises UnknownName for one that the notebook does not grade."""
    known = source_points(course.source_notebook(course.require_assignment(assignment)))
    for name in names:
        if name not in known:
            raise UnknownName("exercise", name, known, assignment)
    return frozenset(names)


def answers(course: Course, assignment: str, only: frozenset[str] = frozenset()) -> list[Answer]:
    """The mistakes and variants of an assignment, of all exercises or of some."""
    return answers_in(course.checks_folder(course.require_assignment(assignment)), only)


def how_many(course: Course, assignment: str, only: frozenset[str] = frozenset()) -> int:
    """How many results `verify` gives."""
    reviewed = _review(course, assignment, only).exercises
    worths = points.complaints(_worths(course, assignment, only))
    return 2 + len(answers(course, assignment, only)) + len(reviewed) + len(list(worths))


def verify(
    course: Course,
    assignment: str,
    only: frozenset[str] = frozenset(),
    seen: Sequence[Callable[[Tried], None]] = (),
    jobs: int | None = None,
) -> Iterator[tuple[str, list[str]]]:
    """What is tried, and what is wrong with it: (name, complaints), as they come.

    With `only`, the answers and clauses of some exercises; the solution and the stub are always
    tried. Those of `seen` are told of each answer. `jobs` processes try answers side by side.
    """
    review = _review(course, assignment, only)
    changes = review.answers()
    tasks = [
        *(Task(answer=answer, at_home=True) for answer in answers(course, assignment, only)),
        *(Task(answer=answer) for answer in changes),
    ]
    with Pool(course, assignment, jobs) as pool:
        yield "solution", pool.of_solution
        yield "stub", pool.of_stub
        for _task, tried in pool.tried(tasks):
            review.add(tried)
            if tried.answer in changes:
                continue
            name = f"{'mistakes' if tried.answer.fails else 'variants'}/{tried.answer.name}"
            for tell in seen:
                tell(tried)
            found = complaint(tried)
            yield name, [f"{name} {found}"] if found else []
    yield from review.complaints()
    yield from points.complaints(_worths(course, assignment, only))


def _worths(course: Course, assignment: str, only: frozenset[str]) -> dict[str, list[points.Worth]]:
    found = points.read_worths(course.checks_folder(assignment))
    return {name: one for name, one in found.items() if not only or name in only}


def _review(course: Course, assignment: str, only: frozenset[str]) -> ClauseReview:
    cells = judged_cells(course.source_notebook(course.require_assignment(assignment)))
    return ClauseReview(course.checks_folder(assignment), cells.values(), only)
