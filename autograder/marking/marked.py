"""The result of marking a submission: all that is ever recorded or shown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from autograder.results import Report, from_json, to_json


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """A submission marked. `notebook` is the graded notebook as the text of its file.

    By grade_id: `scores` are points, None where a person has to give them; `unanswered` says of
    each answer whether it is as it was released; `answers` tells what each score is of. `file` is
    which file was graded, `code` its hand-in code, `hints_missing` the exercises whose known
    mistakes were not tried yet. `visible` says by exercise whether the visible checks ended well in
    the notebook as it was saved: the student's own claim, and only where there is one.
    """

    report: Report
    notebook: str
    file: str = ""
    code: str = ""
    scores: Mapping[str, float | None] = field(default_factory=dict)
    unanswered: Mapping[str, bool] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    hints_missing: tuple[str, ...] = ()
    visible: Mapping[str, bool] = field(default_factory=dict)

    @property
    def waits_whole(self) -> bool:
        """Whether the whole hand-in waits for a person, and nothing of it is an answer."""
        undecided = self.report.undecided
        every = len(undecided) == len(self.report.exercises)
        return not self.file and bool(undecided) and every

    def to_plain(self) -> dict[str, Any]:
        """The same as data that JSON can hold."""
        return {
            "report": to_json(self.report),
            "notebook": self.notebook,
            "file": self.file,
            "code": self.code,
            "scores": dict(self.scores),
            "unanswered": dict(self.unanswered),
            "answers": dict(self.answers),
            "hints_missing": list(self.hints_missing),
            "visible": dict(self.visible),
        }

    @classmethod
    def from_plain(cls, data: Mapping[str, Any]) -> Self:
        """What `to_plain` gave; raises ValueError on anything else."""
        try:
            return cls(
                report=from_json(data["report"]),
                notebook=data["notebook"],
                file=data["file"],
                code=data.get("code", ""),
                scores=data["scores"],
                unanswered=data["unanswered"],
                answers=data["answers"],
                hints_missing=tuple(data["hints_missing"]),
                # Earlier versions of the kit did not keep it.
                visible={str(name): well is True for name, well in data.get("visible", {}).items()},
            )
        except (KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"this is no marked submission: {problem}") from problem
