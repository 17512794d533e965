"""A cell's outputs as they come in from the kernel, kept within a budget.

Runs in: the judge. Everything here was written by the student's process: only known kinds of
output are taken, only texts and pictures out of them, and only so much.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

KEPT_MIME_TYPES = (
    "text/plain",
    "text/html",
    "text/markdown",
    "text/latex",
    "image/png",
    "image/jpeg",
    "image/svg+xml",
)
CUT_NOTE = "\n[output cut: the cell wrote more than {limit:,} characters]\n"
NO_ROOM_NOTE = "\n[output left out: the notebook wrote too much]\n"
TOO_MANY_NOTE = "\n[output cut: the cell wrote more than {limit:,} outputs]\n"
MAX_OUTPUTS = 1_000


class CellOutputs:
    """Collects the outputs of one cell. What goes beyond `limit_chars` is dropped and noted, and so
    are outputs beyond `MAX_OUTPUTS`: each costs more than its characters.
    """

    def __init__(self, limit_chars: int) -> None:
        self.limit_chars = limit_chars
        self.kept: list[NotebookNode] = []
        self.chars = 0
        self.cut = False

    def take(self, kind: str, content: dict[str, Any]) -> None:
        """One iopub message of a kind that shows something; others are passed over."""
        if len(self.kept) >= MAX_OUTPUTS and kind != "clear_output":
            self._say_cut(TOO_MANY_NOTE.format(limit=MAX_OUTPUTS))
            return
        if kind == "stream":
            self._stream(content)
        elif kind in ("display_data", "execute_result"):
            self._data(content)
        elif kind == "error":
            self._error(content)
        elif kind == "clear_output":
            self.kept.clear()
            self.chars, self.cut = 0, False

    @property
    def kept_chars(self) -> int:
        """The characters that are kept, notes left aside."""
        return min(self.chars, self.limit_chars)

    @property
    def _note(self) -> str:
        return CUT_NOTE.format(limit=self.limit_chars) if self.limit_chars else NO_ROOM_NOTE

    def _room_for(self, text: str) -> str:
        room = max(self.limit_chars - self.chars, 0)
        self.chars += len(text)
        if len(text) <= room:
            return text
        if not self.cut:
            self.cut = True
            return text[:room] + self._note
        return ""

    def _say_cut(self, note: str) -> None:
        """A picture is kept whole or not at all; where it is not, that is said."""
        if not self.cut:
            self.cut = True
            self.kept.append(new_output("stream", name="stdout", text=note))

    def _stream(self, content: dict[str, Any]) -> None:
        name, text = content.get("name"), content.get("text")
        if name not in ("stdout", "stderr") or not isinstance(text, str):
            return
        text = self._room_for(encodable(text))
        if not text:
            return
        last = self.kept[-1] if self.kept else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self.kept.append(new_output("stream", name=name, text=text))

    def _data(self, content: dict[str, Any]) -> None:
        bundle = content.get("data")
        if not isinstance(bundle, dict):
            return
        data = {mime: bundle[mime] for mime in KEPT_MIME_TYPES if isinstance(bundle.get(mime), str)}
        size = sum(len(text) for text in data.values())
        if not data:
            return
        if self.chars + size > self.limit_chars:
            self._say_cut(self._note)
            return
        self.chars += size
        # Never as execute_result: nbgrader would read a score out of one.
        clean = {mime: encodable(text) for mime, text in data.items()}
        self.kept.append(new_output("display_data", data=clean))

    def _error(self, content: dict[str, Any]) -> None:
        name, value, traceback = (content.get(k) for k in ("ename", "evalue", "traceback"))
        if not isinstance(name, str) or not isinstance(value, str):
            return
        lines = traceback if isinstance(traceback, list) else []
        lines = [line for line in lines if isinstance(line, str)][-60:]
        self.kept.append(
            new_output(
                "error",
                ename=encodable(name)[:200],
                evalue=self._room_for(encodable(value)[:4000]),
                traceback=[self._room_for(encodable(line)[:4000]) for line in lines],
            )
        )


def encodable(text: str) -> str:
    """The text without lone surrogates, which JSON can say and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")
