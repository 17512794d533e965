"""What of a student's text and outputs is safe to show: nothing of it runs in a browser.

Markdown is cleaned after it is rendered, outputs by an allow-list of MIME types. Which outputs
are ours is known by the cell (graded and not the answer), never by what an output says of itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import Any, Final
from urllib.parse import unquote

import bleach
from bleach.css_sanitizer import CSSSanitizer
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from autograder.hand_in.cells import is_checks, is_locked
from autograder.hand_in.pictures import pasted_pictures
from autograder.nbgrader_bridge.formulas import rendered

_TAGS = frozenset(
    {
        *("a", "abbr", "b", "blockquote", "br", "caption", "code", "col", "colgroup", "dd", "del"),
        *("details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "samp", "small"),
        *("span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th"),
        *("thead", "tr", "u", "ul", "var"),
    }
)
_STYLES = CSSSanitizer(allowed_css_properties=["text-align", "color", "font-weight", "font-style"])
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
_LINK = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
# On a phone a table scrolls in its own box, which the keyboard has to reach.
_WIDE = '<div class="wide" tabindex="0" role="group" aria-label="A table">'
_PICTURE_WITHOUT_WORDS = re.compile(r"<img(?![^>]*\salt=)")
_NO_WORDS = '<img alt="No description has been provided for this image"'
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
# Colouring code, rendering Markdown and cleaning HTML take time that grows with the square of the
# text for some texts (30,000 characters of "\t\n" took 20 s): no text of a student's is handed to
# them that is longer, nor more of it in one page.
_LONGEST = 20_000
_LONGEST_HTML = 30_000
_PAGE_CHARS = 300_000
_CUT = "… [cut here: {chars:,} characters in all]"


def _allowed_attribute(tag: str, name: str, value: str) -> bool:
    if tag == "a" and name == "href":
        return bool(_LINK.match(value.strip()))
    if tag == "img" and name == "src":
        # Pictures in the page itself only: one from elsewhere would tell its host who reads.
        return bool(_PICTURE.fullmatch(value))
    if name in ("colspan", "rowspan", "start"):
        return value.isdigit() and len(value) < 5
    return name in ("title", "alt", "align", "style", "open")


def clean_html(html: str) -> str:
    """HTML without scripts, handlers, frames, forms, SVG, links that run and pictures that call."""
    return bleach.clean(
        html,
        tags=_TAGS,
        attributes=_allowed_attribute,
        protocols=["http", "https", "mailto", "data"],
        css_sanitizer=_STYLES,
        strip=True,
    )


_PASTED = re.compile(r"\]\((data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+)\)")
_PLACE = "data:image/png;base64,pastedPicture{number:04}"
_ATTACHED = re.compile(r"\]\(attachment:([^()\s]{1,200})\)")
_MAX_PICTURES: Final = 8_000_000  # characters of base64 in a page


def safe_markdown2html(source: str) -> str:
    """Called by nbgrader's templates, Formgrader's too, for every Markdown text."""
    return _pictures_aside(source, _safe_html)


def page_html(source: str) -> str:
    """Markdown on a feedback page: formulas as MathML, headings below those of the page."""
    return _pictures_aside(source, _safe_page_html)


def _pictures_aside(source: str, render: Callable[[str], str]) -> str:
    """Pictures are put aside until the text is rendered and cleaned: they may be long."""
    pictures = _PASTED.findall(source)
    numbers = itertools.count()
    text = _PASTED.sub(lambda _: f"]({_PLACE.format(number=next(numbers))})", source)
    html = render(text)
    for number, picture in enumerate(pictures):
        html = html.replace(_PLACE.format(number=number), picture)
    return html


# Most of a page's text is the assignment's own, the same on every page of a class.
@lru_cache(maxsize=512)
def _safe_html(source: str) -> str:
    if len(source) > _LONGEST:
        return f"<pre>{escape(cut(source, _LONGEST))}</pre>"
    try:
        html = markdown2html(_without_attachments(source))
    except Exception:  # noqa: BLE001 - no text of a student's may stop a page
        html = f"<pre>{escape(source)}</pre>"
    return clean_html(html)


@lru_cache(maxsize=512)
def _safe_page_html(source: str) -> str:
    if len(source) > _LONGEST:
        return _safe_html(source)
    try:
        html, formulas = rendered(_without_attachments(source))
    except Exception:  # noqa: BLE001 - no text of a student's may stop a page
        return _safe_html(source)
    html = (
        clean_html(html).replace("<table", f"{_WIDE}<table").replace("</table>", "</table></div>")
    )
    lower = _HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + 2, 6)}", html)
    return formulas.put_in(_PICTURE_WITHOUT_WORDS.sub(_NO_WORDS, lower))


def _without_attachments(source: str) -> str:
    # Those that are pictures stand in the text by now, and nbconvert raises where one is
    # missing, which would cost its student the whole page.
    return source.replace("](attachment:", "](#")


def cut(text: str, chars: int = _LONGEST) -> str:
    """The beginning of a text, with a word on what is not shown."""
    return text if len(text) <= chars else text[:chars] + _CUT.format(chars=len(text))


class _Room:
    """How much of a student's text a page still takes."""

    def __init__(self) -> None:
        self.chars = _PAGE_CHARS
        self.pictures = _MAX_PICTURES

    def shown(self, text: str) -> str:
        """As much of the text as there is room for."""
        kept = cut(text, min(_LONGEST, self.chars))
        self.chars = max(self.chars - len(text), 0)
        return kept

    def takes_picture(self, content: str) -> bool:
        """Whether there is room for a picture, which then is taken."""
        fits = len(content) <= self.pictures
        self.pictures -= len(content) if fits else 0
        return fits

    def takes(self, html: str) -> bool:
        """Whether there is room for all of it, which then is taken."""
        fits = len(html) <= min(_LONGEST_HTML, self.chars)
        self.chars -= len(html) if fits else 0
        return fits


class SanitizeOutputs(Preprocessor):
    """Keeps of a notebook what is safe to show. It cannot be switched off."""

    def __call__(self, nb: NotebookNode, resources: dict[str, Any]) -> Any:
        """Called by nbconvert's exporter, before the template."""
        return self.preprocess(nb, resources)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Any:
        nb.metadata.pop("widgets", None)
        # Formgrader's template shows names as they are, and a folder may be called <img src=…>.
        for name in ("student", "last_name", "first_name"):
            if isinstance(resources.get(name), str):
                resources[name] = escape(resources[name])
        room = _Room()
        nb.cells = [_safe_cell(cell, room) for cell in nb.cells]
        return nb, resources


def _safe_cell(cell: NotebookNode, room: _Room) -> NotebookNode:
    attachments = cell.pop("attachments", {})
    if not is_locked(cell):
        cell.source = room.shown(cell.source)
    if cell.cell_type == "markdown" and attachments:
        cell.source = _with_pictures(cell.source, pasted_pictures(attachments), room)
    if cell.cell_type == "raw":
        return new_markdown_cell("".join(f"    {line}\n" for line in cell.source.splitlines()))
    if cell.cell_type == "code":
        # Pygments looks at each blank from each blank before it; at a line's end nobody does.
        cell.source = "\n".join(line.rstrip() for line in cell.source.split("\n"))
    if cell.cell_type == "code" and not is_checks(cell):
        safe = [_safe_output(output, room) for output in cell.get("outputs", [])]
        cell.outputs = [output for output in safe if output is not None]
    return cell


def is_base64(content: Any) -> bool:
    """Whether it is a picture's content as notebooks hold it, and nothing else."""
    return isinstance(content, str) and bool(_BASE64.fullmatch(content))


def _with_pictures(source: str, pictures: Mapping[str, Mapping[str, str]], room: _Room) -> str:
    """A text in which pasted pictures stand in the place of their names."""

    def shown(found: re.Match[str]) -> str:
        for mime, content in pictures.get(unquote(found[1]), {}).items():
            if room.takes_picture(content):
                return f"](data:{mime};base64,{content})"
        return found[0]

    return _ATTACHED.sub(shown, source)


def _safe_output(output: NotebookNode, room: _Room) -> NotebookNode | None:
    if output.output_type in ("stream", "error"):
        return output
    data = output.get("data", {})
    for mime in ("image/png", "image/jpeg"):
        if is_base64(data.get(mime)):
            return new_output("display_data", data={mime: data[mime]})
    html = data.get("text/html")
    if isinstance(html, str) and room.takes(html):
        return new_output("display_data", data={"text/html": clean_html(html)})
    if isinstance(data.get("text/plain"), str):
        return new_output("display_data", data={"text/plain": data["text/plain"]})
    return None
