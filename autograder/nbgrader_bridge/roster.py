"""Who belongs to a course: nbgrader's students table."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.nbgrader_bridge.gradebook import is_to_come, opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody in nbgrader's students table; "" for what it does not hold."""

    student: str
    first_name: str
    last_name: str
    email: str

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)

    @property
    def is_named(self) -> bool:
        """Whether somebody has entered more than an id, as an import of a roster does."""
        return bool(self.name or self.email)


def people(db_url: str) -> dict[str, Person]:
    """nbgrader's students table, by id. A gradebook to come has nobody, and is not made."""
    if is_to_come(db_url):
        return {}
    with opened(db_url) as gradebook:
        return {
            one.id: Person(
                student=one.id,
                first_name=one.first_name or "",
                last_name=one.last_name or "",
                email=one.email or "",
            )
            for one in gradebook.students
        }
