"""What keeps readers of feedback and Formgrader safe: nothing a student wrote runs in a browser.

Markdown is cleaned after it is rendered, outputs by an allow-list of MIME types. Which outputs
are ours is known by the cell (graded and not the answer), never by what an output says of itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import bleach
import nbgrader
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML, markdown2html
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from traitlets.config import Config

from autograder.feedback.block import points
from autograder.hand_in.cells import exercise_checked_by, grade_id, is_checks, is_locked
from autograder.hand_in.pictures import pasted_pictures
from autograder.nbgrader_bridge.gradebook import unread_answers
from autograder.nbgrader_bridge.record import Record, graded_file, standing
from autograder.nbgrader_bridge.steps import course_of

TEMPLATES = Path(__file__).parent / "templates"
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
    """Called by nbgrader's templates, feedback and Formgrader alike, for every Markdown text.

    Pictures in it are put aside until it is rendered and cleaned: they may be long.
    """
    pictures = _PASTED.findall(source)
    numbers = itertools.count()
    text = _PASTED.sub(lambda _: f"]({_PLACE.format(number=next(numbers))})", source)
    html = _safe_html(text)
    for number, picture in enumerate(pictures):
        html = html.replace(_PLACE.format(number=number), picture)
    return html


# Most of a page's text is the assignment's own, the same on every page of a class.
@lru_cache(maxsize=512)
def _safe_html(source: str) -> str:
    if len(source) > _LONGEST:
        return f"<pre>{escape(_cut(source, _LONGEST))}</pre>"
    try:
        # Those that are pictures stand in the text by now, and nbconvert raises where one is
        # missing, which would cost its student the whole page.
        html = markdown2html(source.replace("](attachment:", "](#"))
    except Exception:  # noqa: BLE001 - no text of a student's may stop a page
        html = f"<pre>{escape(source)}</pre>"
    return clean_html(html)


def _cut(text: str, chars: int) -> str:
    """The beginning of a text, with a word on what is not shown."""
    return text if len(text) <= chars else text[:chars] + _CUT.format(chars=len(text))


class _Room:
    """How much of a student's text a page still takes."""

    def __init__(self) -> None:
        self.chars = _PAGE_CHARS
        self.pictures = _MAX_PICTURES

    def shown(self, text: str) -> str:
        """As much of the text as there is room for."""
        kept = _cut(text, min(_LONGEST, self.chars))
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
        if isinstance(data.get(mime), str) and _BASE64.fullmatch(data[mime]):
            return new_output("display_data", data={mime: data[mime]})
    html = data.get("text/html")
    if isinstance(html, str) and room.takes(html):
        return new_output("display_data", data={"text/html": clean_html(html)})
    if isinstance(data.get("text/plain"), str):
        return new_output("display_data", data={"text/plain": data["text/plain"]})
    return None


class _Compiled(BytecodeCache):
    """Templates compiled in this process: nbconvert makes an environment for each page."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by jinja2."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by jinja2."""
        self._code[bucket.key] = bucket.bytecode_to_string()


def _rounded(value: float) -> str:
    """A number as nbgrader's template writes it."""
    return str(round(float(value), 2))


_COMPILED = _Compiled()
_PICTURE_WITHOUT_WORDS = re.compile(r"<img(?![^>]*\salt=)")
_NO_WORDS = '<img alt="No description has been provided for this image"'


class KitFeedback(HTMLExporter):
    """The exporter of feedback pages: nbgrader's template, offline, and no script may run in it."""

    def __init__(self, **kwargs: Any) -> None:
        formgrader = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
        css = formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css"
        templates = formgrader / "templates"
        config = Config()
        # On our own section: set on HTMLExporter, these break Formgrader's pages.
        config.KitFeedback.template_name = "kit_feedback"
        config.KitFeedback.extra_template_basedirs = [str(TEMPLATES), str(templates)]
        config.KitFeedback.extra_template_paths = [str(templates), str(css)]
        given = kwargs.pop("config", None) or getattr(kwargs.get("parent"), "config", Config())
        merged = Config(given)
        merged.merge(config)
        super().__init__(config=merged, **kwargs)  # type: ignore[no-untyped-call]  # nbconvert

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Called by nbgrader. Its list of contents calls each exercise "Test cell"; here they have
        their names. The page says which file was graded, and where that is an earlier day's result.
        """
        self._say_what_stands(nb, (resources or {}).get("nbgrader", {}))
        page, resources = self._rendered(nb, resources, **kwargs)
        page = self._with_what_is_unread(page, nb, resources.get("nbgrader", {}))
        for cell in nb.cells:
            if is_checks(cell):
                link = f'<a href="#{grade_id(cell)}">'
                page = page.replace(f"{link}Test cell<", f"{link}{exercise_checked_by(cell)}<")
        return page, resources

    def _rendered(
        self, nb: NotebookNode, resources: dict[str, Any] | None, **kwargs: Any
    ) -> tuple[str, dict[str, Any]]:
        """What HTMLExporter makes, but for its walk through the whole page with BeautifulSoup, half
        of the time of a page, in search of pictures without words (and of JupyterLab's classes,
        which this template has not).
        """
        language = nb.metadata.get("language_info", {})
        lexer = language.get("pygments_lexer", language.get("name"))
        self.register_filter("highlight_code", Highlight2HTML(pygments_lexer=lexer, parent=self))
        page, resources = TemplateExporter.from_notebook_node(self, nb, resources, **kwargs)
        return _PICTURE_WITHOUT_WORDS.sub(_NO_WORDS, page), resources

    def _create_environment(self) -> Environment:
        """Called by nbconvert."""
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.bytecode_cache = _COMPILED
        return environment

    def _with_what_is_unread(self, page: str, nb: NotebookNode, where: Mapping[str, Any]) -> str:
        """What a person has not read yet is no 0: not where it stands, and not in the total."""
        if not {"assignment", "student", "db_url"} <= where.keys():
            return page
        unread = unread_answers(where["db_url"], where["assignment"], where["student"])
        shown = [cell for cell in nb.cells if grade_id(cell) in unread]
        if not shown:
            return page
        for cell in shown:
            name, worth = grade_id(cell), points(unread[grade_id(cell)])
            score = f"Score: {_rounded(0.0)} / {_rounded(unread[name])}"
            said = f"Not read yet: {worth} points"
            in_list = re.compile(
                rf'(<a href="#{re.escape(name)}">[^<]*</a> \(){re.escape(score)}\)'
            )
            page = in_list.sub(rf"\g<1>{said})", page, count=1)
            above = re.compile(
                rf'(<a name="{re.escape(name)}"></a>\s*<div class="panel-heading">.{{0,400}}?)'
                rf"{re.escape(score)}",
                re.DOTALL,
            )
            page = above.sub(rf"\g<1>{said}", page, count=1)
        left = float(where["max_score"]) - sum(unread[grade_id(cell)] for cell in shown)
        whole = f"(Score: {_rounded(where['score'])} / {_rounded(where['max_score'])})"
        open_ = points(sum(unread[grade_id(cell)] for cell in shown))
        so_far = f"(Score: {_rounded(where['score'])} / {_rounded(left)} so far, "
        return page.replace(whole, f"{so_far}{open_} points not read yet)", 1)

    def _say_what_stands(self, nb: NotebookNode, where: dict[str, Any]) -> None:
        if not {"assignment", "student"} <= where.keys():
            return
        course = course_of(self.config, self.parent)
        history = Record(course, where["assignment"]).history(where["student"])
        said = {"An earlier result": standing(history), "Graded": graded_file(history)}
        # An indented block: Markdown shows it as it is, whatever a file is called.
        above = [f"**{title}**\n\n    {text}" for title, text in said.items() if text]
        nb.cells = [*map(new_markdown_cell, above), *nb.cells]
