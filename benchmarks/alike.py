"""How many copies `autograder alike` finds, misses, and whom it wrongly accuses.

    python benchmarks/alike.py
    python benchmarks/alike.py --classes 8 --show

Each class has 200 students, who answer all assignments in their own hand (`benchmarks/own_hand.py`
says how, and what that is worth). Then students are made copies of others: of each kind, of the
whole course, of three assignments, of one, and of three exercises. Five more have followed one
tutorial through 4-training, each in their own hand: they have not copied.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import own_hand  # type: ignore[import-not-found]  # its own folder is on the path

from autograder.course.course import open_course
from autograder.diagnosis.answers import mistakes, variants
from autograder.hand_in.cells import grade_id, is_answer
from autograder.review.alike import Answers, compared, given_code, told
from autograder.review.likeness import Place
from autograder.review.words import given_names
from autograder.settings.load import find_root, load

REPOSITORY = Path(__file__).resolve().parents[1]
STUDENTS = 200
TUTORIAL = 5
Codes = dict[Place, dict[str, str]]
Disguise = Callable[[str, random.Random], str]


class Course:
    """What classes are made of: the repository's course."""

    def __init__(self) -> None:
        self.course = open_course(load(find_root(REPOSITORY)))
        self.assignments = self.course.assignments()
        self.given = [code for one in self.assignments for code in given_code(self.course, one)]
        self.names = given_names(self.given)
        self.right: dict[Place, list[str]] = {}
        self.wrong: dict[Place, list[str]] = {}
        for assignment in self.assignments:
            folder = self.course.checks_folder(assignment)
            for cell in self.course.source_notebook(assignment).cells:
                if is_answer(cell):
                    self.right[assignment, grade_id(cell)] = [_bare(cell.source)]
            for one in variants(folder):
                self.right[assignment, one.exercise].append(one.code)
            for one in mistakes(folder):
                self.wrong.setdefault((assignment, one.exercise), []).append(one.code)

    def honest(self, seed: int) -> Codes:
        """A class in which nobody copied."""
        codes: Codes = {place: {} for place in self.right}
        for number in range(STUDENTS):
            chance = random.Random(f"{seed} {number}")
            how, skill = own_hand.habits(chance), chance.betavariate(5, 2)
            for place, (reference, *others) in self.right.items():
                ways = [reference, *random.Random(str(place)).sample(others, len(others))]
                code = own_hand.one_of(ways, how, chance)
                if chance.random() > skill:
                    code = chance.choice(self.wrong.get(place, [code]))
                codes[place][f"s{number:03d}"] = own_hand.written(code, how, chance, self.names)
        return codes


def _bare(source: str) -> str:
    return re.sub(r"\n\s*### (BEGIN|END) SOLUTION", "", source)


@cache
def course() -> Course:
    return Course()


def _as_it_is(code: str, _chance: random.Random) -> str:
    return code


def _renamed(code: str, chance: random.Random) -> str:
    return own_hand.renamed(code, chance, course().names)


def _all_three(code: str, chance: random.Random) -> str:
    return own_hand.other_comments(own_hand.reordered(_renamed(code, chance), chance), chance)


KINDS: dict[str, Disguise] = {
    "verbatim": _as_it_is,
    "comments changed": own_hand.other_comments,
    "statements reordered": own_hand.reordered,
    "variables renamed, no comments": _renamed,
    "all three": _all_three,
}
MIX = "a mix from two students"
THREE = frozenset({"fit", "test", "train_step"})
EXTENTS: dict[str, Callable[[Place], bool]] = {
    "the course": lambda place: True,
    "three assignments": lambda place: place[0] in ("2-data", "4-training", "5-saving"),
    "4-training": lambda place: place[0] == "4-training",
    "three exercises": lambda place: place[0] == "4-training" and place[1] in THREE,
}
Planted = dict[frozenset[str], tuple[str, str]]


def plant(codes: Codes, seed: int) -> tuple[Planted, frozenset[str]]:
    """Makes students copies of others; gives the pairs, and who has followed the tutorial."""
    chance = random.Random(f"plant {seed}")
    free = iter(chance.sample(sorted(next(iter(codes.values()))), STUDENTS))
    planted: Planted = {}
    for extent, holds in EXTENTS.items():
        places = [place for place in codes if holds(place)]
        for kind, disguise in KINDS.items():
            source, copy = next(free), next(free)
            for place in places:
                codes[place][copy] = disguise(codes[place][source], chance)
            planted[frozenset({source, copy})] = kind, extent
        one, other, copy = next(free), next(free), next(free)
        for place in places:
            codes[place][copy] = codes[place][chance.choice((one, other))]
        planted[frozenset({one, copy})] = planted[frozenset({other, copy})] = MIX, extent
    group = frozenset(next(free) for _ in range(TUTORIAL))
    places = [place for place in codes if place[0] == "4-training"]
    tutorial = {place: chance.choice(course().right[place]) for place in places}
    for student in sorted(group):
        how = own_hand.habits(chance)
        for place in places:
            codes[place][student] = own_hand.written(tutorial[place], how, chance, course().names)
    return planted, group


def one_class(seed: int) -> tuple[Planted, set[frozenset[str]], frozenset[str]]:
    """What was planted in a class, which pairs were told, and who has followed the tutorial."""
    codes = course().honest(seed)
    planted, group = plant(codes, seed)
    answers = Answers(codes=codes, given=tuple(course().given))
    began = time.monotonic()
    likeness = compared(answers)
    found = {
        frozenset({pair.one, pair.other})
        for assignment in course().assignments
        for pair in told(answers, likeness, assignment).pairs
    }
    print(f"class {seed}: compared in {time.monotonic() - began:.1f} s", flush=True)
    return planted, found, group


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--classes", type=int, default=4, help="how many (default: %(default)s)")
    parser.add_argument("--show", action="store_true", help="name who was wrongly accused")
    wanted = parser.parse_args()
    if wanted.classes < 1:
        parser.error("--classes is 1 or more.")
    found_of: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    accused, by_tutorial = 0, 0
    for seed in range(1, wanted.classes + 1):
        planted, found, group = one_class(seed)
        for pair, what in planted.items():
            found_of[what][pair in found] += 1
        wrong = found - planted.keys()
        by_tutorial += sum(pair <= group for pair in wrong)
        accused += sum(not pair <= group for pair in wrong)
        if wanted.show:
            print(*(" and ".join(sorted(pair)) for pair in wrong), sep="\n")
    for line in _table(found_of):
        print(line)
    print(f"wrongly accused: {accused} pairs, and {by_tutorial} of {TUTORIAL} who followed one")
    print(f"tutorial, in {wanted.classes} classes of {STUDENTS} with 19,900 pairs each")


def _table(found_of: dict[tuple[str, str], Counter[bool]]) -> Iterator[str]:
    yield f"| found, of planted | {' | '.join(EXTENTS)} |"
    yield f"| --- {'| --- ' * len(EXTENTS)}|"
    for kind in (*KINDS, MIX):
        cells = (found_of[kind, extent] for extent in EXTENTS)
        yield f"| {kind} | {' | '.join(f'{c[True]} of {c.total()}' for c in cells)} |"


if __name__ == "__main__":
    main()
