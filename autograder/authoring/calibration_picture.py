"""The accuracies of an exercise's answers as a picture: a line an answer, a ring a training."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from autograder.authoring.calibration import MISTAKE, REFERENCE, VARIANT
from autograder.authoring.calibration_numbers import Spread, Thresholds
from autograder.errors import KitError
from autograder.files import write_whole

FORMATS: Final = ("svg", "png")
_COLORS: Final = {REFERENCE: "#0550ae", VARIANT: "#0a6e2c", MISTAKE: "#953800"}
_MARKERS: Final = {REFERENCE: "o", VARIANT: "o", MISTAKE: "x"}
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "calibrate",
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    # A name may hold a dollar.
    "text.parse_math": False,
}


class PictureRefused(KitError):
    """A picture that cannot be written where it is asked for."""

    exit_code = 2


def require_format(path: Path) -> str:
    """The format that a file's name asks for; raises PictureRefused for one that is unknown."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise PictureRefused(
            f"{path.name} does not say which picture it is.", "Give it the ending .svg or .png."
        )
    return kind


def write_picture(
    path: Path, title: str, found: Sequence[Spread], now: Thresholds, then: Thresholds | None
) -> None:
    """Draws the accuracies with the thresholds of the settings and those that are proposed.

    Raises PictureRefused for another ending than .svg and .png, and for a place that cannot be
    written.
    """
    kind = require_format(path)
    data = io.BytesIO()
    with mpl.rc_context(_STYLE):
        picture = Figure(figsize=(8.0, 0.28 * len(found) + 1.7), layout="constrained")
        _draw(picture.subplots(), title, found, now, then)
        picture.legend(loc="outside lower center", ncols=2)
        nothing: dict[str, Any] = {"Date": None} if kind == "svg" else {}
        picture.savefig(data, format=kind, dpi=120, metadata=nothing)
    try:
        write_whole(path, data.getvalue())
    except OSError as problem:
        fact = f"{path} cannot be written ({problem.strerror})."
        raise PictureRefused(fact, "Name another place with --output.") from problem


def _draw(
    axes: Axes, title: str, found: Sequence[Spread], now: Thresholds, then: Thresholds | None
) -> None:
    for place, one in enumerate(found):
        values = [100 * value for value in one.values]
        color = _COLORS[one.kind]
        axes.plot(
            values,
            [place] * len(values),
            linestyle="none",
            marker=_MARKERS[one.kind],
            markersize=5,
            markerfacecolor="none",
            color=color,
            alpha=0.6,
        )
        if values:
            axes.plot([100 * one.mean] * 2, [place - 0.35, place + 0.35], color=color, lw=2)
        if one.unread:
            beside = max(values, default=-2) + 3
            text = f"no model: {one.unread} of {one.count}"
            axes.text(beside, place, text, va="center", color=color)
    for thresholds, style, when in ((now, "-", "now"), (then, ":", "proposed")):
        if thresholds is not None:
            for value, color in ((thresholds.minimum, "#6e7781"), (thresholds.full, "#1f2328")):
                axes.axvline(100 * value, color=color, linestyle=style, lw=1.2, zorder=0)
            label = f"{when}: points above {thresholds.minimum:.0%}, all from {thresholds.full:.0%}"
            axes.plot([], [], color="#1f2328", linestyle=style, label=label)
    names = [one.answer.partition("/")[2] for one in found]
    axes.set_yticks(range(len(found)), names)
    for tick, one in zip(axes.get_yticklabels(), found, strict=True):
        tick.set_color(_COLORS[one.kind])
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.set_xlim(0, 100)
    axes.set_xlabel("accuracy on hidden digits in %; rings: right answers, crosses: mistakes")
    axes.set_title(title, loc="left")
