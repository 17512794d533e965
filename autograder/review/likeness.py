"""How alike answers are, and how often students of such a class would be so alike by chance.

1. An answer is its grams: runs of `GRAM` words. It is seen two ways, by structure and by wording
   (see `words`). Grams of what students were given and of the reference are taken out. (Schleimer,
   Wilkerson, Aiken: Winnowing, SIGMOD 2003, with a window of 1: answers are short, so every gram is
   kept. The fingerprints are copydetect's.)
2. A gram that two answers share weighs -log2 of the share of the others who wrote it too, in
   bits: nothing where everybody did, most where nobody else did (inverse document frequency: Spärck
   Jones, 1972). The sum, over `GRAM`, as a word stands in so many grams, is what an exercise says
   of a pair.
3. Exercises whose answers are short, and those with few answers, are left out.
4. What exercises say is added up. By chance is: each exercise's sum drawn, apart from the others,
   from the sums of all pairs of the class. Their convolution is the distribution of the total. So
   one exercise alone is never beyond chance: some pair of a class is always the most alike.
5. Students are not drawn apart: who writes one answer in a certain style writes the next one so. As
   in genomic control (Devlin, Roeder, 1999), the spread of the class's totals is measured where
   most pairs are, and what is above the mean is divided by how much wider it is than by chance.
6. How many pairs of such a class would be as alike by chance is that tail times the number of pairs
   that were compared (an E-value: Karlin, Altschul, 1990). Who looks in several ways and takes the
   best multiplies it by their number (Bonferroni).

No threshold is one of similarity: all of it is relative to the class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from autograder.review.words import Spelling, Word, read

GRAM: Final = 6
FEWEST_LINES: Final = 4
"""Three lines are alike by nature: with fewer than these in the median, an exercise is left out."""
FEWEST_ANSWERS: Final = 8
_BITS_A_BIN: Final = 0.25
# Where spreads are compared: most pairs lie below, and copies, which are few, above.
_MIDDLE, _EDGE = 0.5, 0.9
_LEAST: Final = 1e-9
_HEADS: Final = ("def ", "class ", "import ", "from ", "@")

Floats = NDArray[np.float64]
Place = tuple[str, str]
"""An assignment and an exercise of it."""


@dataclass(frozen=True, slots=True)
class Print:
    """An answer's grams: by the gram's hash, where in the answer's words it begins."""

    words: tuple[Word, ...]
    grams: Mapping[int, Sequence[int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """An exercise's answers seen one way, by the student's number; `weights` are in bits."""

    prints: Mapping[int, Print]
    weights: Mapping[int, float]
    bits: Floats

    def shared(self, one: int, other: int) -> dict[int, float]:
        """The grams that two answers share, with their weights."""
        if one not in self.prints or other not in self.prints:
            return {}
        both = self.prints[one].grams.keys() & self.prints[other].grams.keys()
        return {gram: self.weights[gram] for gram in both}


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """An exercise of a class, seen by structure and by wording. Of both, `bits[i, j]` is what it
    says of students `i` and `j`, `usual` what it says of all but one in twenty pairs at most.
    """

    place: Place
    views: tuple[View, ...]
    bits: Floats
    answered: NDArray[np.bool_]
    usual: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """What was compared. `pairs` are the numbers of both students of each pair. `left_out` are
    exercises whose answers are too short, `too_few` those with too few answers.
    """

    students: tuple[str, ...]
    exercises: tuple[Compared, ...]
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]]
    left_out: tuple[Place, ...] = ()
    too_few: tuple[Place, ...] = ()

    def by_chance(self, exercises: Sequence[Compared], *, structure_alone: bool = False) -> Floats:
        """For each pair: how many pairs of such a class would be as alike in these exercises.

        Where names were changed, wording says nothing and adds chance: so structure may be asked
        alone.
        """
        left, right = self.pairs
        excess, chance, middle = np.zeros(len(left)), np.ones(1), 0.0
        for one in exercises:
            both = one.answered[left] & one.answered[right]
            bits = one.views[0].bits if structure_alone else one.bits
            values = bits[self.pairs]
            if both.any():
                mean = float(values[both].mean())
                excess += np.where(both, values - mean, 0.0)
                middle += mean
                chance = _convolved(chance, _histogram(values[both]))
        if len(chance) == 1:
            return np.full(len(left), np.inf)
        wider = max(1.0, _spread_of(excess) / max(_spread(chance), _BITS_A_BIN))
        tail = np.append(np.cumsum(chance[::-1])[::-1], 0.0)
        at = np.floor((middle + excess / wider) / _BITS_A_BIN).astype(int)
        beyond = tail[np.clip(at, 0, len(tail) - 1)]
        found: Floats = np.maximum(beyond * len(left), _LEAST)
        return found


def _histogram(values: Floats) -> Floats:
    # Rounded up, where a pair's own total is rounded down: else the most alike pair of all could
    # come to stand above itself.
    return np.bincount(np.ceil(values / _BITS_A_BIN).astype(int)) / len(values)


def _convolved(one: Floats, other: Floats) -> Floats:
    size = len(one) + len(other) - 1
    made = np.fft.irfft(np.fft.rfft(one, size) * np.fft.rfft(other, size), size)
    # What is below the precision of the transform is noise.
    return np.where(made > 1e-14, made, 0.0)


def _spread(chance: Floats) -> float:
    low, high = np.searchsorted(np.cumsum(chance), [_MIDDLE, _EDGE])
    return float(high - low) * _BITS_A_BIN


def _spread_of(values: Floats) -> float:
    low, high = np.quantile(values, [_MIDDLE, _EDGE])
    return float(high - low)


def likeness_of(
    answers: Mapping[Place, Mapping[str, str]],
    given: Sequence[str],
    names: frozenset[str],
    earlier: frozenset[str] = frozenset(),
    seen: Callable[[], None] = lambda: None,
) -> Likeness:
    """Compares answers, by exercise and student. `given` is code that counts for nothing, `names`
    what has its name from the course. Students of `earlier` are compared with the others, not among
    themselves. `seen` is called for each answer.
    """
    students = tuple(sorted({who for of_one in answers.values() for who in of_one}))
    number = {who: place for place, who in enumerate(students)}
    printed = _Printing(names)
    nothing = tuple({g for code in given for g in printed(code)[way].grams} for way in (0, 1))
    found, left_out, too_few = [], [], []
    for place, of_one in answers.items():
        prints: tuple[dict[int, Print], ...] = ({}, {})
        lines = []
        for who, code in of_one.items():
            for one, out, kept in zip(printed(code), nothing, prints, strict=True):
                own = {gram: at for gram, at in one.grams.items() if gram not in out}
                kept[number[who]] = Print(one.words, own)
            lines.append(_lines_in(code, printed(code)[0].words))
            seen()
        if len(lines) < FEWEST_ANSWERS:
            too_few.append(place)
        elif np.median(lines) < FEWEST_LINES:
            left_out.append(place)
        else:
            found.append(_compared(place, prints, len(students)))
    return Likeness(
        students=students,
        exercises=tuple(found),
        pairs=_pairs(students, earlier),
        left_out=tuple(left_out),
        too_few=tuple(too_few),
    )


def _lines_in(code: str, words: Sequence[Word]) -> int:
    """How many lines of code there are beside those that begin a function or a class."""
    lines = code.split("\n")
    return sum(not lines[at].lstrip().startswith(_HEADS) for at in {word.line for word in words})


class _Printing:
    """Makes the two prints of some code; the same code is read once."""

    def __init__(self, names: frozenset[str]) -> None:
        # copydetect imports matplotlib: a second, for those who compare.
        from copydetect.utils import get_document_fingerprints

        self._grams_of = get_document_fingerprints
        self._names = names
        self._spelling = Spelling()
        self._made: dict[str, tuple[Print, Print]] = {}

    def __call__(self, code: str) -> tuple[Print, Print]:
        if code not in self._made:
            structure, wording = read(code, self._names)
            self._made[code] = self._print(structure), self._print(wording)
        return self._made[code]

    def _print(self, words: tuple[Word, ...]) -> Print:
        # Its own `boilerplate` would also take out what stands twice in one answer: not used.
        _, grams = self._grams_of(self._spelling(words), GRAM, 1)
        return Print(words, {int(gram): at for gram, at in grams.items()})


def _compared(place: Place, prints: Sequence[Mapping[int, Print]], students: int) -> Compared:
    answered = np.zeros(students, dtype=np.bool_)
    answered[list(prints[0])] = True
    views = tuple(_view(one, students) for one in prints)
    bits = sum((view.bits for view in views), np.zeros((students, students)))
    among = bits[np.ix_(answered, answered)]
    usual = float(np.quantile(among[np.triu_indices(len(among), 1)], 0.95))
    return Compared(place=place, views=views, bits=bits, answered=answered, usual=usual)


def _view(prints: Mapping[int, Print], students: int) -> View:
    owners: dict[int, list[int]] = {}
    for who, one in prints.items():
        for gram in one.grams:
            owners.setdefault(gram, []).append(who)
    others = max(len(prints) - 1, 1)
    shared = [gram for gram, whose in owners.items() if len(whose) > 1]
    weights = np.array([-np.log2((len(owners[gram]) - 1) / others) / GRAM for gram in shared])
    has = np.zeros((students, len(shared)))
    for column, gram in enumerate(shared):
        has[owners[gram], column] = 1.0
    return View(
        prints=prints,
        weights=dict(zip(shared, weights.tolist(), strict=True)),
        bits=(has * weights) @ has.T,
    )


def _pairs(
    students: Sequence[str], earlier: frozenset[str]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    left, right = np.triu_indices(len(students), 1)
    old = np.array([who in earlier for who in students], dtype=np.bool_)
    kept = ~(old[left] & old[right])
    return left[kept], right[kept]
