"""The page to mark by: a question, its rubric, earlier comments and everybody's answer, in the
order of the sheet. It needs nothing else, and nothing of a student's runs in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Final

from markupsafe import Markup
from nbformat import NotebookNode

from autograder.feedback.block import points
from autograder.feedback.page_html import page_style
from autograder.feedback.sentences import counted
from autograder.nbgrader_bridge.cleaning import SanitizeOutputs, page_html
from autograder.review.answers import Answer, Answers, State
from autograder.review.pages import rendered

_MARKS_OF_A_SCHEME: Final = re.compile(r"^.*(BEGIN|END) MARK SCHEME.*$", re.MULTILINE)
_WIDE: Final = '<div class="wide" tabindex="0" role="group" aria-label="An output">'
_ORDER: Final = (*(State.WAITS, State.CHANGED, State.MARKED, State.FORMGRADER, State.UNANSWERED),)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """An answer as it is shown."""

    answer: Answer
    html: Markup
    comment: Markup

    @property
    def given(self) -> str:
        """What it was given, "" where it has no points."""
        one = self.answer.given
        if one.points is None:
            return ""
        return f"{points(one.points)} of {counted(one.max_points, 'point')}"

    @property
    def keys(self) -> str:
        mark = self.answer.mark
        return ", ".join(mark.choice.keys) if mark is not None else ""


def marking_page(found: Answers, made: datetime) -> str:
    """The page of a question."""
    question = found.question
    return rendered(
        "marking",
        question=question,
        found=found,
        shown=[_shown(answer) for answer in found.answers],
        groups=[(state, found.of(state)) for state in _ORDER if found.of(state)],
        comments=[(key, _text(text)) for key, text in found.marks.named_comments().items()],
        lines=[(line, _text(line.says)) for line in question.rubric.values()],
        asked=_text(question.text),
        scheme=_text(_MARKS_OF_A_SCHEME.sub(_mark_of_a_scheme, question.scheme)),
        made=made,
        style=page_style(),
        points=points,
        counted=counted,
        State=State,
    )


def _mark_of_a_scheme(found: re.Match[str]) -> str:
    """What stands on the page in the place of nbgrader's marks around a scheme."""
    return "**What earns points**\n" if found[1] == "BEGIN" else "\n**The reference's answer**\n"


def _shown(answer: Answer) -> _Shown:
    html = "" if answer.state is State.UNANSWERED else "\n".join(_html(answer.cells))
    comment = _text(answer.given.comment)
    return _Shown(answer=answer, html=Markup(html), comment=comment)  # noqa: S704 - cleaned


def _text(markdown: str) -> Markup:
    return Markup(page_html(markdown) if markdown else "")  # noqa: S704 - cleaned


def _html(cells: Sequence[NotebookNode]) -> Iterator[str]:
    """An answer's cells as HTML, cleaned as those of feedback pages are."""
    copied = [NotebookNode({**cell}) for cell in cells]
    notebook = NotebookNode(cells=copied, metadata=NotebookNode())
    for cell in SanitizeOutputs().preprocess(notebook, {})[0].cells:
        if cell.cell_type != "code":
            yield page_html(cell.source)
            continue
        yield f'<pre class="code"><code>{escape(cell.source)}</code></pre>'
        for output in cell.get("outputs", []):
            yield f'<div class="output">{_output(output)}</div>'


def _output(output: NotebookNode) -> str:
    data = output.get("data", {})
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            content = "".join(data[mime].split())
            return f'<img alt="A picture that the answer draws" src="data:{mime};base64,{content}">'
    if "text/html" in data:
        return f"{_WIDE}{data['text/html']}</div>"
    said = output.get("text") or data.get("text/plain") or output.get("evalue") or ""
    return f"<pre>{escape(str(said))}</pre>"
