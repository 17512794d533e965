"""Formulas of Markdown as MathML, made when the page is made: browsers show it without a script.

The source may be a student's, so what the converter gives is built anew: elements by an allow-list,
texts escaped, attributes only where they are one plain word, and written without quotes. A formula
that lands in an attribute after all, such as a picture's words, cannot end it.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from html import escape, unescape
from typing import Any, Final
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

_TAGS: Final = frozenset(
    {
        *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot"),
        *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd"),
        *("mstyle", "mpadded", "mphantom", "menclose", "mmultiscripts", "mprescripts", "none"),
    }
)
_ATTRIBUTES: Final = frozenset(
    {
        *("display", "displaystyle", "scriptlevel", "stretchy", "fence", "separator", "form"),
        *("accent", "accentunder", "linethickness", "lspace", "rspace", "width", "columnalign"),
        *("mathvariant", "minsize", "maxsize", "movablelimits", "largeop", "notation"),
    }
)
_WORD: Final = re.compile(r"[A-Za-z0-9.%-]{1,30}")
# Definitions may double what they name again and again.
_DEFINES: Final = re.compile(r"\\(?:def|let|gdef|edef|newcommand|renewcommand|providecommand|Decl)")
_LONGEST: Final = 1_000
_MOST: Final = 200
_DEEPEST: Final = 60


class Formulas(IPythonRenderer):
    """Renders Markdown with a mark in the place of each formula, so that the text can be cleaned,
    and then puts the formulas in. Nobody can write a mark who does not know the `secret`.
    """

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)
        self.secret = secrets.token_hex(8)
        self.found: list[tuple[str, str]] = []

    def block_math(self, body: str) -> str:
        """Called by mistune."""
        return self._mark(body, "block", f"$${body}$$")

    def inline_math(self, body: str) -> str:
        """Called by mistune. What stands between "$5 and $6" is no formula."""
        if body != body.strip():
            return escape(f"${body}$")
        return self._mark(body, "inline", f"${body}$")

    def latex_environment(self, name: str, body: str) -> str:
        """Called by mistune."""
        source = f"\\begin{{{name}}}{body}\\end{{{name}}}"
        return self._mark(source, "block", source)

    def _mark(self, body: str, display: str, source: str) -> str:
        math = mathml(body, display) if len(self.found) < _MOST else None
        self.found.append((math or escape(source), escape(source)))
        return f"formula-{self.secret}-{len(self.found) - 1}-"

    def put_in(self, html: str) -> str:
        """A cleaned text with the formulas in the place of their marks, in attributes as text."""
        if not self.found:
            return html
        mark = re.compile(f"formula-{self.secret}-([0-9]+)-")
        in_quotes = re.compile(rf'="[^"]*?formula-{self.secret}-[^"]*"')
        html = in_quotes.sub(
            lambda found: mark.sub(lambda one: self.found[int(one[1])][1], found[0]), html
        )
        return mark.sub(lambda one: self.found[int(one[1])][0], html)


def rendered(source: str) -> tuple[str, Formulas]:
    """Markdown as HTML that is still to be cleaned, and the formulas to put into it then."""
    renderer = Formulas()
    return str(MarkdownWithMath(renderer=renderer).render(source)), renderer


@lru_cache(maxsize=2048)
def mathml(source: str, display: str) -> str | None:
    """A formula as MathML, None where it cannot be read."""
    if len(source) > _LONGEST or _DEFINES.search(source):
        return None
    try:
        math = _clean(Converter(display=display).convert_to_element(source), 0)
        # A wide one scrolls in its own box, which the keyboard has to reach.
        return math.replace("<math", "<math tabindex=0", 1) if display == "block" else math
    except Exception:  # noqa: BLE001 - no text of a student's may stop a page
        return None


def _clean(element: Any, depth: int) -> str:
    """An element with all that is allowed in it; what has another tag is left out, its content
    stays. Raises ValueError for what is nested too deeply for a browser.
    """
    if depth > _DEEPEST:
        raise ValueError("a formula of too many levels")
    inner = _text(element.text) + "".join(
        _clean(child, depth + 1) + _text(child.tail) for child in element
    )
    if element.tag not in _TAGS:
        return inner
    return f"<{element.tag}{_attributes(element)}>{inner}</{element.tag}>"


def _text(text: str | None) -> str:
    # The converter writes signs as references, which its own last step undoes.
    return escape(unescape(text or ""), quote=True)


def _attributes(element: Element) -> str:
    return "".join(
        f" {name}={value}"
        for name, value in sorted(element.attrib.items())
        if name in _ATTRIBUTES and _WORD.fullmatch(value)
    )
