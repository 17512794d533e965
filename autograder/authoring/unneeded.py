"""Lines of checks that nothing needs: the reasons they carry, and what is made of both."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from autograder.authoring.broken_checks import Broken
from autograder.errors import KitError

MARK: Final = "unneeded:"
_SHORTEST: Final = 15


class ReasonTooShort(KitError):
    """A reason for a line that nothing needs which says hardly anything."""

    def __init__(self, file: str, line: int) -> None:
        fact = f"The reason after `# {MARK}` in {file}, line {line}, is too short."
        super().__init__(fact, f"Say in {_SHORTEST} characters or more why no answer needs it.")


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A broken version and who noticed it, or ""; `says` is what `verify` would then say."""

    broken: Broken
    by: str
    says: str = ""


@dataclass(kw_only=True)
class CheckLine:
    """A statement of a check file, by its first line, and what was found of it."""

    file: str
    line: int
    text: str
    reason: str = ""
    noticed: list[Checked] = field(default_factory=list)
    unnoticed: list[Checked] = field(default_factory=list)

    @property
    def is_needed(self) -> bool:
        """Whether each way to break it is noticed."""
        return not self.unnoticed

    @property
    def is_accounted_for(self) -> bool:
        return self.is_needed or bool(self.reason)

    def __str__(self) -> str:
        done = ", ".join(one.broken.done for one in self.unnoticed)
        return f"{self.file}:{self.line}: {self.text}" + (f" ({done})" if done else "")


@dataclass(frozen=True)
class Lines:
    """All lines of some checks."""

    lines: tuple[CheckLine, ...]

    @property
    def unneeded(self) -> list[CheckLine]:
        return [one for one in self.lines if not one.is_accounted_for]

    @property
    def with_reason(self) -> list[CheckLine]:
        return [one for one in self.lines if one.reason and not one.is_needed]

    @property
    def needed_after_all(self) -> list[CheckLine]:
        """Lines whose reason is not true any more."""
        return [one for one in self.lines if one.reason and one.is_needed]

    @property
    def share(self) -> float:
        """Of all lines, those that are needed or have a reason; 1 where there are none."""
        return 1 - len(self.unneeded) / len(self.lines) if self.lines else 1.0

    def __str__(self) -> str:
        versions = sum(len(one.noticed) + len(one.unnoticed) for one in self.lines)
        return (
            f"{len(self.lines)} lines broken in {versions} ways: "
            f"{len(self.lines) - len(self.unneeded) - len(self.with_reason)} are needed, "
            f"{len(self.with_reason)} have a reason, {len(self.unneeded)} have neither "
            f"({self.share:.1%} accounted for)"
        )


def lines_of(files: Mapping[str, bytes], checked: Iterable[Checked]) -> Lines:
    """What the results say of each line; raises ReasonTooShort."""
    reasons = {name: reasons_in(name, content) for name, content in files.items()}
    found: dict[tuple[str, int], CheckLine] = {}
    for one in checked:
        broken = one.broken
        line = found.setdefault(
            (broken.file, broken.line),
            CheckLine(file=broken.file, line=broken.line, text=broken.text),
        )
        own = range(broken.line, broken.head + 1)
        line.reason = line.reason or next(
            (reasons[broken.file][n] for n in own if n in reasons[broken.file]), ""
        )
        (line.noticed if one.by else line.unnoticed).append(one)
    return Lines(tuple(found[key] for key in sorted(found)))


def reasons_in(name: str, content: bytes) -> dict[int, str]:
    """The reasons in a check file, by the line that they are about; raises ReasonTooShort.

    A reason is a comment at the end of its line, or in the lines before it.
    """
    found: dict[int, str] = {}
    block: list[str] = []
    for token in tokenize.tokenize(io.BytesIO(content).readline):
        if token.type == tokenize.COMMENT:
            text = token.string.lstrip("# ")
            if token.line.lstrip().startswith("#"):
                block.append(text)
            elif reason := _reason([text], name, token.start[0]):
                found[token.start[0]] = reason
        elif token.type not in (tokenize.NL, tokenize.INDENT, tokenize.DEDENT):
            if block and (reason := _reason(block, name, token.start[0])):
                found[token.start[0]] = reason
            block = []
    return found


def _reason(block: list[str], name: str, line: int) -> str:
    """The reason in a block of comments, up to its end, or ""."""
    first = next((n for n, text in enumerate(block) if text.startswith(MARK)), None)
    if first is None:
        return ""
    reason = " ".join([block[first].removeprefix(MARK).strip(), *block[first + 1 :]]).strip()
    if len(reason) < _SHORTEST:
        raise ReasonTooShort(name, line)
    return reason
