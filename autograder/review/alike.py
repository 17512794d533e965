"""Submissions that are alike beyond chance: information for a person, never points.

Compared is the students' own code in answer cells, from recorded results, over all assignments of
the course; `likeness` says what is beyond chance. Nothing runs, and nothing is written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from typing import Any, Final

import nbformat
import numpy as np

from autograder.course.course import Course
from autograder.errors import KitError
from autograder.expect.printable import listed
from autograder.hand_in.cells import bare
from autograder.nbgrader_bridge.record import Record
from autograder.review.likeness import GRAM, Compared, Floats, Likeness, Place, View, likeness_of
from autograder.review.words import given_names

BEYOND_CHANCE: Final = 0.01
"""Told are pairs of which one class in a hundred would have one by chance, or fewer."""
# Of an assignment's own exercises: what more than one in twenty pairs reach is nothing to tell.
_TELLING: Final = 0.05
_MARKERS: Final = re.compile(r"^\s*### (BEGIN|END) (SOLUTION|HIDDEN TESTS)\s*$\n?", re.MULTILINE)
Seen = Callable[[], None]


class NothingToCompare(KitError):
    """There are no recorded answers that could be compared."""

    exit_code = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of an answer, and whether the other one has it too, but for names or comments."""

    text: str
    shared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Two answers to an exercise, whole. `matched` are the places of lines that stand in both."""

    assignment: str
    exercise: str
    left: tuple[Line, ...]
    right: tuple[Line, ...]
    matched: tuple[tuple[int, int], ...]

    @property
    def shared_lines(self) -> tuple[tuple[str, str], ...]:
        """The lines that stand in both, side by side."""
        return tuple((self.left[a].text, self.right[b].text) for a, b in self.matched)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two students whose answers are alike beyond chance; `other` may be of an earlier year.

    `score` says how far: 2 is a pair that one class in 100 would have by chance. `exercises` are
    those that say so, whose answers are more alike than those of 19 in 20 pairs; they are of
    `assignments`. `said` is one sentence of what was seen.
    """

    one: str
    other: str
    score: float
    exercises: tuple[Passage, ...]
    assignments: tuple[str, ...]
    said: str

    @property
    def shared_lines(self) -> tuple[tuple[str, str], ...]:
        """The lines that stand in both students' answers, side by side."""
        return tuple(line for passage in self.exercises for line in passage.shared_lines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """The code that was handed in for a course, by exercise and student, and what was given.

    `earlier` are the students of earlier years among them. `not_graded` are hand-ins without a
    result by assignment, `unreadable` says what could not be read and why.
    """

    codes: Mapping[Place, Mapping[str, str]]
    given: tuple[str, ...]
    earlier: frozenset[str] = frozenset()
    not_graded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """What was found of an assignment, the most alike first, and of how much it was found."""

    assignment: str
    pairs: tuple[Pair, ...]
    students: int
    compared: tuple[Place, ...]
    left_out: tuple[Place, ...]
    too_few: tuple[Place, ...]
    not_graded: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def pairs_alike(course: Course, assignment: str) -> tuple[Pair, ...]:
    """The pairs of an assignment that are alike beyond chance, the most alike first; none where
    nothing is graded yet. Raises UnknownName.
    """
    course.require_assignment(assignment)
    try:
        return alike(answers_of(course), assignment).pairs
    except NothingToCompare:
        return ()


def how_many(course: Course) -> int:
    """How many results will be read."""
    return sum(len(Record(course, name).students()) for name in course.assignments())


def answers_of(course: Course, seen: Seen = lambda: None) -> Answers:
    """The answers of a course; `seen` is called for each result that was read."""
    codes: dict[Place, dict[str, str]] = {}
    given: list[str] = []
    not_graded: dict[str, tuple[str, ...]] = {}
    unreadable: list[str] = []
    for assignment in course.assignments():
        given += given_code(course, assignment)
        record = Record(course, assignment)
        students = record.students()
        for student in students:
            marked = record.result(student)
            found = None if marked is None else _codes(marked.notebook, marked.unanswered)
            if found is None:
                unreadable.append(f"{student}, {assignment}: its result cannot be read")
            for exercise, code in (found or {}).items():
                codes.setdefault((assignment, exercise), {})[student] = code
            seen()
        not_graded[assignment] = tuple(sorted({*course.submitted(assignment)} - {*students}))
    return Answers(
        codes=codes,
        given=tuple(given),
        not_graded=not_graded,
        unreadable=tuple(unreadable),
    )


def given_code(course: Course, assignment: str) -> list[str]:
    """The code that everybody was given, and the reference's."""
    paths = [course.source_path(assignment)]
    paths.append(course.folder("release", ".", assignment) / f"{assignment}.ipynb")
    return [
        _MARKERS.sub("", cell.source)
        for path in paths
        if path.is_file()
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]


def _codes(notebook: str, unanswered: Mapping[str, bool]) -> dict[str, str] | None:
    """The sources of answer cells in code that are not as they were released, by exercise."""
    try:
        cells = json.loads(notebook)["cells"]
        found = dict(_answer(cell) for cell in cells if cell["cell_type"] == "code")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return {name: code for name, code in found.items() if name and not unanswered.get(name, True)}


def _answer(cell: Mapping[str, Any]) -> tuple[str, str]:
    source = cell["source"]
    facts = cell["metadata"].get("nbgrader", {})
    name = str(facts.get("grade_id", "")) if facts.get("solution") else ""
    return name, bare(source if isinstance(source, str) else "".join(source))


def alike(answers: Answers, assignment: str, seen: Seen = lambda: None) -> Alike:
    """The pairs of an assignment that are alike beyond chance, in it or in all assignments.

    `seen` is called for each answer. Raises NothingToCompare where there is none.
    """
    if not any(place[0] == assignment for place in answers.codes):
        raise NothingToCompare(
            f"Nothing of {assignment} is graded yet, so there is nothing to compare.",
            "Grade it first.",
            f"autograder grade {assignment}",
        )
    return told(answers, compared(answers, seen), assignment)


def compared(answers: Answers, seen: Seen = lambda: None) -> Likeness:
    """All answers compared, once for all assignments; `seen` is called for each."""
    names = given_names(answers.given)
    return likeness_of(answers.codes, answers.given, names, answers.earlier, seen)


def told(answers: Answers, likeness: Likeness, assignment: str) -> Alike:
    """What of the comparison is to be told of an assignment."""
    return Alike(
        assignment=assignment,
        pairs=tuple(_pairs(answers, likeness, assignment)),
        students=len(likeness.students),
        compared=tuple(one.place for one in likeness.exercises),
        left_out=likeness.left_out,
        too_few=likeness.too_few,
        not_graded=answers.not_graded.get(assignment, ()),
        unreadable=answers.unreadable,
    )


def _pairs(answers: Answers, likeness: Likeness, assignment: str) -> Iterator[Pair]:
    own = [one for one in likeness.exercises if one.place[0] == assignment]
    in_it, in_all = _least(likeness, own), _least(likeness, likeness.exercises)
    # Looked at twice, where there are other assignments: so there are two chances to be alike.
    looks = 1 if len(own) == len(likeness.exercises) else 2
    chance = looks * np.minimum(in_it, in_all)
    beyond = (chance <= BEYOND_CHANCE) & (in_it <= _TELLING * len(chance))
    for at in sorted(np.flatnonzero(beyond), key=lambda at: float(chance[at])):
        one, other = (int(side[at]) for side in likeness.pairs)
        if likeness.students[one] in answers.earlier:
            one, other = other, one
        if not _same_person(likeness.students[one], likeness.students[other], answers.earlier):
            passages = _passages(answers, likeness, one, other, assignment)
            if passages:
                yield _pair(likeness.students[one], likeness.students[other], chance[at], passages)


def _least(likeness: Likeness, exercises: Sequence[Compared]) -> Floats:
    """How many pairs would be as alike by chance, in structure alone or with the wording."""
    both = likeness.by_chance(exercises)
    structure = likeness.by_chance(exercises, structure_alone=True)
    found: Floats = 2 * np.minimum(both, structure)
    return found


def _same_person(one: str, other: str, earlier: frozenset[str]) -> bool:
    """Whether somebody takes the course again, and has used their own work."""
    return other in earlier and other.rpartition("/")[2] == one


def _passages(
    answers: Answers, likeness: Likeness, one: int, other: int, assignment: str
) -> list[Passage]:
    """The exercises that say something of a pair, those of the assignment first."""
    students = likeness.students[one], likeness.students[other]
    telling = [e for e in likeness.exercises if e.bits[one, other] > max(e.usual, GRAM)]
    telling.sort(key=lambda e: (e.place[0] != assignment, -e.bits[one, other]))
    found = []
    for exercise in telling:
        left, right = (answers.codes[exercise.place][who] for who in students)
        found.append(_passage(exercise, one, other, left, right))
    return [passage for passage in found if passage.matched]


def _passage(exercise: Compared, one: int, other: int, left: str, right: str) -> Passage:
    votes: Counter[tuple[int, int]] = Counter()
    in_left, in_right = set[int](), set[int]()
    for view in exercise.views:
        shared = view.shared(one, other)
        in_left |= _covered_lines(view, one, shared)
        in_right |= _covered_lines(view, other, shared)
        for gram in shared:
            mine, theirs = view.prints[one], view.prints[other]
            for a, b in zip(mine.grams[gram], theirs.grams[gram], strict=False):
                for step in range(GRAM):
                    votes[mine.words[a + step].line, theirs.words[b + step].line] += 1
    return Passage(
        assignment=exercise.place[0],
        exercise=exercise.place[1],
        left=_lines(left, in_left),
        right=_lines(right, in_right),
        matched=_matched(votes, in_left, in_right),
    )


def _covered_lines(view: View, who: int, shared: Mapping[int, float]) -> set[int]:
    """The lines of which at least half of the words stand in grams that are shared."""
    from copydetect.utils import get_copied_slices

    mine = view.prints[who]
    begins = [at for gram in shared for at in mine.grams[gram]]
    covered: Counter[int] = Counter()
    for begin, end in get_copied_slices(np.array(begins, dtype=int), GRAM).T.astype(int):
        covered.update(word.line for word in mine.words[begin:end])
    there = Counter(word.line for word in mine.words)
    return {line for line, count in covered.items() if 2 * count >= there[line]}


def _matched(
    votes: Mapping[tuple[int, int], int], in_left: set[int], in_right: set[int]
) -> tuple[tuple[int, int], ...]:
    """Lines that go with one another, each once, the surest first; in the order of the left."""
    pairs: dict[int, int] = {}
    for a, b in sorted(votes, key=lambda pair: (-votes[pair], pair)):
        if a in in_left and b in in_right and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return tuple(sorted(pairs.items()))


def _lines(code: str, shared: set[int]) -> tuple[Line, ...]:
    return tuple(Line(text=text, shared=at in shared) for at, text in enumerate(code.split("\n")))


def _pair(one: str, other: str, chance: float, passages: Sequence[Passage]) -> Pair:
    assignments = tuple(dict.fromkeys(passage.assignment for passage in passages))
    return Pair(
        one=one,
        other=other,
        score=-log10(chance),
        exercises=tuple(passages),
        assignments=assignments,
        said=f"{one} and {other}: {_seen(passages, assignments)}. {_by_chance(float(chance))}",
    )


def _seen(passages: Sequence[Passage], assignments: Sequence[str]) -> str:
    lines = sum(len(passage.matched) for passage in passages)
    of = sum(sum(bool(line.text.strip()) for line in passage.left) for passage in passages)
    where = [
        f"{name} ({listed([p.exercise for p in passages if p.assignment == name])})"
        for name in assignments
    ]
    return (
        f"{lines} of {of} lines go together, but for names or comments, in answers that are more "
        f"alike than usual, in {', '.join(where)}"
    )


def _by_chance(chance: float) -> str:
    classes = 1 / chance
    often = f"about {classes:,.0f}" if classes <= 1_000 else "more than 1,000"
    return f"By chance one class in {often} of this size would have such a pair."


def with_earlier(
    answers: Answers, codes: Mapping[Place, Mapping[str, str]], unreadable: Sequence[str]
) -> Answers:
    """The answers with those of earlier years beside them."""
    places = [*answers.codes, *(place for place in codes if place not in answers.codes)]
    return Answers(
        codes={p: {**answers.codes.get(p, {}), **codes.get(p, {})} for p in places},
        given=answers.given,
        earlier=frozenset(who for of_one in codes.values() for who in of_one),
        not_graded=answers.not_graded,
        unreadable=(*answers.unreadable, *unreadable),
    )
