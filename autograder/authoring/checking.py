"""`verify --checks`: hidden checks broken on purpose, and who notices each.

What was found is kept in `.autograder/broken-checks`, each version by what its result depends on:
a run that was stopped goes on, and only what a change concerns is asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from autograder.authoring.broken_checks import Broken, broken_versions
from autograder.authoring.hearing import Hearing
from autograder.authoring.kept_versions import KeptVersions
from autograder.authoring.pool import Pool
from autograder.authoring.unneeded import Checked
from autograder.authoring.witnesses import Heard, in_order, witnesses
from autograder.course.check_parts import digests_by_exercise
from autograder.course.course import Course
from autograder.course.digest import digest
from autograder.course.packed import pack
from autograder.diagnosis.answers import Answer, answers
from autograder.errors import ChecksBroken


class NotAsTheyShouldBe(ChecksBroken):
    """Checks that are not in order before anybody breaks them."""

    def __init__(self, assignment: str, complaints: Sequence[str]) -> None:
        super().__init__(assignment, f"before anything is broken, {complaints[0]}")
        self.mend = "Get them in order first:"
        self.command = f"autograder verify {assignment}"


class Checking:
    """Broken versions of an assignment's checks: all, or those that concern some exercises.

    `mutants`, by exercise, are answers that lose points now and name no check: they are asked too.
    Raises ChecksBroken for a check file that is no Python, and what `pack` raises.
    """

    def __init__(
        self,
        course: Course,
        assignment: str,
        only: frozenset[str] = frozenset(),
        mutants: Mapping[str, Sequence[Answer]] | None = None,
    ) -> None:
        self.course = course
        self.packed = pack(course, assignment)
        self.mutants = mutants or {}
        try:
            versions = broken_versions(self.packed.checks)
        except SyntaxError as problem:
            why = f"{problem.filename}, line {problem.lineno}, is no Python"
            raise ChecksBroken(assignment, why) from problem
        self.versions = [one for one in versions if not only or not only.isdisjoint(one.checks)]
        self.left_out: list[str] = []
        """What answers do not do as they say, before anything is broken: nobody asks these."""
        known = answers(course.checks_folder(assignment))
        self._witnesses = {
            name: witnesses(known, name, self.mutants.get(name, ()))
            for name in {name for one in self.versions for name in one.checks}
        }
        self._of_checks = digests_by_exercise(self.packed.checks)
        self._kept = KeptVersions(course, assignment)
        self._heard: dict[str, list[Heard]] = {}

    @property
    def files(self) -> dict[str, bytes]:
        """The check files that there are broken versions of."""
        return {one.file: self.packed.checks[one.file] for one in self.versions}

    def results(self, jobs: int | None = None) -> Iterator[Checked]:
        """Each version and who noticed it, as they come, what is known already first.

        Raises NotAsTheyShouldBe where the reference does not get all points or the stub gets some,
        and what `Pool` raises.
        """
        left = []
        for one in self.versions:
            known = self._kept.of(one, partial(self._key, one))
            if known is None:
                left.append(one)
            else:
                yield known
        if not left:
            return
        with Pool(self.course, self.packed.assignment, jobs, Hearing) as pool:
            if complaints := [*pool.of_solution, *pool.of_stub]:
                raise NotAsTheyShouldBe(self.packed.assignment, complaints)
            for file in dict.fromkeys(one.file for one in left):
                yield from self._of_file(pool, [one for one in left if one.file == file])

    def _of_file(self, pool: Pool, versions: Sequence[Broken]) -> Iterator[Checked]:
        self._hear(pool, {name for one in versions for name in one.checks})
        for one, noticed in pool.asked((one, self._question(one)) for one in versions):
            checked = Checked(
                broken=one,
                by=noticed.by if noticed else "",
                says=noticed.says if noticed else "",
            )
            self._kept.keep(checked, self._key(one, checked.by))
            yield checked

    def _hear(self, pool: Pool, exercises: set[str]) -> None:
        """Asks all answers of these exercises by the checks as they are."""
        new = sorted(exercises - self._heard.keys())
        asked = [one for name in new for one in self._witnesses[name]]
        self._heard.update({name: [] for name in new})
        for one, heard in pool.asked((one, ("hear", one)) for one in asked):
            self._heard[one.answer.exercise].append(heard)
            if heard.complaint:
                self.left_out.append(f"{one.name} {heard.complaint}")

    def _question(self, broken: Broken) -> tuple[Any, ...]:
        heard = [one for name in sorted(broken.checks) for one in self._heard[name]]
        asked = in_order(broken, heard, self._kept.noticed_before(broken))
        return ("notice", broken.file, broken.content, sorted(broken.checks), asked)

    def _key(self, broken: Broken, by: str) -> str:
        """What a version's result depends on: the checks, the rest of the assignment, and who
        noticed it; where nobody did, all who might have.
        """
        names = sorted(broken.checks)
        asked = {one.name: one.answer.source for name in names for one in self._witnesses[name]}
        if by:
            asked = {by: asked.get(by, "")}
        answers = [f"{name}\0{source}" for name, source in sorted(asked.items())]
        of_checks = [self._of_checks[name] for name in names]
        return digest([self.packed.beside_checks, *of_checks, *answers])[:16]
