"""What wrong answers have in common: the known mistake they behave like, a group without a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from autograder.expect.printable import printable
from autograder.report.facts import Answer, Facts
from autograder.results import ExerciseResult, Reader

_EXEMPLAR_LINES: Final = 24
_EXEMPLAR_WIDTH: Final = 100
_SYMPTOM: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Misconception:
    """A known mistake that answers behave like. `symptom` says what is wrong, in its file's words;
    `alike` are others that behave the same, `exemplar` is one of the answers, without its student.
    """

    exercise: str
    name: str
    symptom: str = ""
    alike: tuple[str, ...] = ()
    students: int = 0
    exemplar: str = ""

    @property
    def title(self) -> str:
        """The mistake in words: "reshaped instead of transposed"."""
        return in_words(self.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unnamed:
    """Wrong answers of a class that do the same and have no name. `number` is the group's in
    `autograder groups`, `file` what would name it, `says` what students read of it.
    """

    exercise: str
    number: int
    students: int
    says: str
    file: str
    exemplar: str = ""


def _lost_by_checks(facts: Facts) -> Iterator[tuple[ExerciseResult, Answer]]:
    for one in facts.submissions:
        for answer in one.answers.values():
            if answer.result is not None and answer.result.points < answer.result.max_points:
                yield answer.result, answer


def misconceptions(facts: Facts) -> list[Misconception]:
    """Known mistakes, the most frequent first. Those that behave alike are one."""
    found: dict[tuple[str, frozenset[str]], list[tuple[str, str]]] = {}
    for result, answer in _lost_by_checks(facts):
        if result.diagnosis is not None and result.diagnosis.mistakes:
            names = result.diagnosis.mistakes
            key = result.exercise, frozenset(names)
            found.setdefault(key, []).append((names[0], answer.code))
    made = []
    for (exercise, mistakes), likest in found.items():
        name = Counter(first for first, _ in likest).most_common(1)[0][0]
        made.append(
            Misconception(
                exercise=exercise,
                name=name,
                symptom=printable(facts.symptoms.get(name, ""), _SYMPTOM),
                alike=tuple(sorted(mistakes - {name})),
                students=len(likest),
                exemplar=exemplar_of(code for first, code in likest if first == name),
            )
        )
    return sorted(made, key=lambda one: (-one.students, one.exercise, one.name))


def unnamed(facts: Facts) -> Iterator[Unnamed]:
    by_student = {one.student: one for one in facts.submissions}
    for number, group in enumerate(facts.groups, 1):
        answers = [
            by_student[who].answers.get(group.exercise)
            for who in group.students
            if who in by_student
        ]
        yield Unnamed(
            exercise=group.exercise,
            number=number,
            students=len(group.students),
            says=_says(group.result),
            file=group.file_in(facts.assignment),
            exemplar=exemplar_of(answer.code for answer in answers if answer is not None),
        )


def _says(result: ExerciseResult) -> str:
    """What students read of the first check that was lost: no hidden value is in it."""
    for check in result.checks:
        if check.credit < 1:
            said = next(iter(check.said_to(Reader.STUDENT)), check.outcome.value)
            return f"{check.check.title}: {printable(said, 200)}"
    return ""


def exemplar_of(codes: Iterable[str]) -> str:
    """The shortest of several answers that do the same, cut in length; "" where there is none."""
    written = sorted((code for code in codes if code.strip()), key=lambda code: (len(code), code))
    if not written:
        return ""
    lines = [printable(line.replace("\t", "    "), _EXEMPLAR_WIDTH) for line in _lines(written[0])]
    more = len(lines) - _EXEMPLAR_LINES
    return "\n".join([*lines[:_EXEMPLAR_LINES], *([f"… {more} more lines"] if more > 0 else [])])


def _lines(code: str) -> list[str]:
    return code.strip("\n").rstrip().splitlines()


def in_words(mistake: str) -> str:
    """The name of a mistake as words: `transpose/reshaped_it` is "reshaped it"."""
    return mistake.split("/")[-1].replace("_", " ")
