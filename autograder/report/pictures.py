"""Numbers as pictures: inline SVG by matplotlib, in the page's own colours.

Nothing stands by colour alone: lost points are bars by their length, what waits is a ring.
"""

from __future__ import annotations

import contextlib
import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from autograder.report.facts import Answer, Facts
from autograder.report.models import Accuracy
from autograder.report.numbers import Item, Numbers
from autograder.report.tables import by_ease, hardest_first, ordered

# matplotlib knows no variables of CSS: each of these colours stands for one.
_COLORS: Final = {"#010101": "ink", "#020202": "muted", "#030303": "lost", "#040404": "good"}
_INK, _MUTED, _LOST, _GOOD = _COLORS
_WIDTH: Final = 7.0
_LEAST_REM: Final = 34
_DPI: Final = 72
# How much of a column all points are, and the shortest bar.
_COLUMN: Final = 0.84
_LEAST_BAR: Final = 0.06
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "text.color": _INK,
    "axes.edgecolor": _MUTED,
    "axes.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "xtick.color": _MUTED,
    "ytick.color": _MUTED,
    "xtick.labelcolor": _INK,
    "ytick.labelcolor": _INK,
    "grid.color": _MUTED,
    "grid.linewidth": 0.3,
    "legend.frameon": False,
    "path.simplify": False,
    # A name may hold a dollar.
    "text.parse_math": False,
}


def histogram(numbers: Numbers, name: str) -> str:
    """How the totals are distributed."""
    with _styled(name, 2.2) as picture:
        axes = picture.subplots()
        size = 100 // len(numbers.bins)
        places = [size * place + size / 2 for place in range(len(numbers.bins))]
        bars = axes.bar(places, numbers.bins, width=size * 0.86, color=_GOOD)
        axes.bar_label(bars, [str(count or "") for count in numbers.bins], color=_INK, padding=1)
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 20), [f"{share}%" for share in range(0, 101, 20)])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("share of the points")
        axes.margins(y=0.15)
        return _svg(picture, name)


def heat_map(facts: Facts, numbers: Numbers, name: str) -> str:
    """Students by exercises: a bar for what was lost, a ring for what waits for a person, a cross
    where there is nothing. Both are sorted, so that patterns show.
    """
    columns, rows = by_ease(numbers), ordered(facts)
    cells = [
        (x, y, one.answers.get(exercise))
        for y, one in enumerate(rows)
        for x, exercise in enumerate(columns)
    ]
    height = min(0.2, max(0.045, 9.0 / len(rows)))
    width = min(_WIDTH, 1.6 + 0.7 * len(columns))
    with _styled(name, height * len(rows) + 1.5, width) as picture:
        axes = picture.subplots()
        thick = height * _DPI * 0.75
        bars = [bar_of(x, one) for x, _, one in cells]
        # One line with gaps: a class of 200 is some 40 bytes a bar.
        ends = [(x, y) for bar, (_, y, _) in zip(bars, cells, strict=True) if bar for x in bar]
        xs, ys = [x for x, _ in ends], [float(y) for _, y in ends]
        axes.plot(xs, ys, color=_LOST, linewidth=thick, solid_capstyle="butt")
        thin: dict[str, Any] = {"color": _MUTED, "linestyle": "none", "markeredgewidth": 0.8}
        for marker, at in (
            ("o", [(x, y) for x, y, one in cells if one is not None and one.share is None]),
            ("x", [(x, y) for x, y, one in cells if one is None]),
        ):
            places = [x for x, _ in at], [y for _, y in at]
            axes.plot(*places, marker=marker, markersize=thick, markerfacecolor="none", **thin)
        _name_columns(axes, columns)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks([])
        axes.set_ylabel("students")
        return _svg(picture, name)


def bar_of(column: int, answer: Answer | None) -> tuple[float, ...]:
    """Where the bar of what an answer lost begins and ends in its column, and a gap behind it;
    nothing where nothing was lost. What is little shows too.
    """
    share = None if answer is None else answer.share
    if share is None or share >= 1:
        return ()
    left = column - _COLUMN / 2
    return left, left + _COLUMN * max(1 - share, _LEAST_BAR), math.nan


def _name_columns(axes: Axes, columns: Sequence[str]) -> None:
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(columns)), columns, rotation=40, ha="left", rotation_mode="anchor")
    axes.set_xticks([place - 0.5 for place in range(1, len(columns))], minor=True)
    axes.tick_params(axis="x", which="both", length=0)
    axes.grid(axis="x", which="minor")
    axes.spines["top"].set_visible(True)


def difficulty(items: Sequence[Item], name: str) -> str:
    """Each item with its mean share as a bar, the hardest at the top."""
    shown = [one for one in hardest_first(items) if one.mean_share is not None]
    with _styled(name, 0.24 * max(len(shown), 1) + 0.6) as picture:
        axes = picture.subplots()
        places = range(len(shown))
        shares = [100 * (one.mean_share or 0.0) for one in shown]
        axes.barh(places, [100] * len(shown), height=0.62, color="none", edgecolor=_MUTED, lw=0.4)
        axes.barh(places, shares, height=0.62, color=_GOOD)
        labels = [
            f"{share:.0f}%, full marks: {one.full} of {one.answers}"
            for share, one in zip(shares, shown, strict=True)
        ]
        for place, label in zip(places, labels, strict=True):
            axes.text(102, place, label, va="center", color=_INK)
        axes.set_yticks(places, [one.check or one.exercise for one in shown])
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_xlim(0, 100)
        axes.set_xticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(axis="y", length=0)
        return _svg(picture, name)


def accuracies(found: Accuracy, name: str) -> str:
    """The accuracy of each trained model: a ring each, the best at the left."""
    with _styled(name, 2.0) as picture:
        axes = picture.subplots()
        values = [100 * value for value in found.values]
        ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": _GOOD}
        axes.plot(
            range(1, len(values) + 1), values, marker="o", markersize=5, linestyle="none", **ring
        )
        axes.set_xlim(0.5, max(len(values), 2) + 0.5)
        axes.set_ylabel("accuracy in %")
        axes.set_xlabel("models, the best first")
        axes.set_xticks([])
        axes.grid(axis="y")
        return _svg(picture, name)


@contextlib.contextmanager
def _styled(name: str, height: float, width: float = _WIDTH) -> Iterator[Figure]:
    """A figure of this size in inches, in our style; its ids are of this name."""
    with mpl.rc_context({**_STYLE, "svg.hashsalt": name}):
        yield Figure(figsize=(width, height), layout="constrained")


_IDS = re.compile(r'( id="| xlink:href="#|url\(#)')
_HEAD = re.compile(r"^.*?<svg [^>]*?viewBox=\"([^\"]*)\"[^>]*>", re.DOTALL)
# Its style would be one of the whole page, and the page has a font of its own.
_NOT_SHOWN = re.compile(
    r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->|(?<=>)\s+(?=<)| font-family: [^;]*;",
    re.DOTALL,
)


def _svg(picture: Figure, name: str) -> str:
    """A figure as an SVG element for a page: its own ids, colours by the page's variables."""
    text = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    picture.savefig(text, format="svg", dpi=_DPI, metadata=nothing)
    svg = _IDS.sub(rf"\g<1>{name}-", _NOT_SHOWN.sub("", text.getvalue()))
    width = picture.get_figwidth() / _WIDTH
    # No narrower on a phone than can be read: there it scrolls in its own box.
    size = f"max-width: {width:.0%}; min-width: {_LEAST_REM * width:.0f}rem"
    named = f'<svg xmlns:xlink="http://www.w3.org/1999/xlink" style="{size}"'
    svg = _HEAD.sub(rf'{named} viewBox="\1">', svg)
    for color, variable in _COLORS.items():
        svg = svg.replace(color, f"var(--{variable})")
    return svg
