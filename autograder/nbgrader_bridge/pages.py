"""Feedback pages: nbgrader's exporter of them, with the kit's page, and what keeps readers safe.

`course_config.py` names the classes and functions here; most of them live in `cleaning`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Final

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.feedback.page import Page
from autograder.feedback.page_html import Clean, page_style, page_top, questions_html
from autograder.hand_in.cells import exercise_checked_by, grade_id, is_checks
from autograder.nbgrader_bridge.cleaning import (
    SanitizeOutputs,
    clean_html,
    page_html,
    safe_markdown2html,
)
from autograder.nbgrader_bridge.page_facts import page_facts
from autograder.nbgrader_bridge.steps import course_of

__all__ = ["KitFeedback", "SanitizeOutputs", "clean_html", "safe_markdown2html"]

TEMPLATES = Path(__file__).parent / "templates"


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


_COMPILED = _Compiled()


# Coloured code is up to twenty times as long: what goes beyond this is shown as it is.
_COLOURED_CHARS: Final = 40_000


class _Colours:
    """Colours code, each text once; what is locked is the same on all pages of a class."""

    def __init__(self, lexer: str | None) -> None:
        self._lexer = lexer
        self._of_page: dict[str, str] = {}
        self._room = _COLOURED_CHARS

    def __call__(self, source: str, metadata: Mapping[str, Any] | None = None) -> str:
        """Called by the template for a cell, and without `metadata` for a student's answer."""
        told = (metadata or {}).get("nbgrader", {})
        if told.get("locked") and not told.get("solution"):
            return _coloured(source, self._lexer)
        self._room -= len(source)
        if self._room < 0:
            return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
        if source not in self._of_page:
            self._of_page[source] = _colour(source, self._lexer)
        return self._of_page[source]


def _colour(source: str, lexer: str | None) -> str:
    return str(Highlight2HTML(pygments_lexer=lexer)(source))


_coloured = lru_cache(maxsize=512)(_colour)


class KitFeedback(HTMLExporter):
    """The exporter of feedback pages: offline, and no script may run in them.

    nbgrader's preprocessors give each cell its points and comments; the top says what to do next.
    """

    def __init__(self, **kwargs: Any) -> None:
        config = Config()
        # On our own section: set on HTMLExporter, these break Formgrader's pages.
        config.KitFeedback.template_name = "kit_feedback"
        config.KitFeedback.extra_template_basedirs = [str(TEMPLATES)]
        config.KitFeedback.extra_template_paths = []
        given = kwargs.pop("config", None) or getattr(kwargs.get("parent"), "config", Config())
        merged = Config(given)
        merged.merge(config)
        super().__init__(config=merged, **kwargs)  # type: ignore[no-untyped-call]  # nbconvert

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kwargs: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Called by nbgrader. In the place of what HTMLExporter makes, but for its walk through the
        whole page with BeautifulSoup, half of the time of a page.
        """
        language = nb.metadata.get("language_info", {})
        code = _Colours(language.get("pygments_lexer", language.get("name")))
        self.register_filter("page_code", code)
        self.register_filter("page_text", page_html)
        page = self._facts(nb, (resources or {}).get("nbgrader", {}))
        clean = Clean(code=code, text=page_html)
        kit = {
            "title": f"{page.assignment}: feedback",
            "style": page_style(),
            "top": page_top(page, clean),
            "questions": {i.anchor: questions_html(i, clean) for i in page.items if i.questions},
            "unread": sorted(item.cell for item in page.unread),
            "exercises": {grade_id(c): exercise_checked_by(c) for c in nb.cells if is_checks(c)},
        }
        given = {**(resources or {}), "kit": kit}
        return TemplateExporter.from_notebook_node(self, nb, given, **kwargs)

    def _facts(self, nb: NotebookNode, where: Mapping[str, Any]) -> Page:
        if not {"assignment", "student"} <= where.keys():
            return Page(assignment=str(where.get("notebook", "")))
        course = course_of(self.config, self.parent)
        return page_facts(course, where["assignment"], where["student"], nb.cells)

    def _create_environment(self) -> Environment:
        """Called by nbconvert."""
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.bytecode_cache = _COMPILED
        return environment
