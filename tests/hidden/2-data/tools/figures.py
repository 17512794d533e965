"""The figures of show_grid: what is on them, and where."""

import itertools
from collections.abc import Callable, Iterable
from typing import Any
from unittest import mock

import matplotlib.pyplot as plt
import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

Panel = dict[str, Any]


def draw(
    show_grid: Callable[..., Any], dataset: Any, *sizes: tuple[int, ...]
) -> tuple[int, list[dict[str, int] | None], list[list[Panel] | None]]:
    """How many figures show_grid gives for these sizes, their layouts, and what is on them."""
    plt.close("all")
    try:
        figures = [show_grid(dataset, *size) for size in sizes]
        seen = [_seen(figure) for figure in figures]
        return len({id(figure) for figure in figures}), [_layout(panels) for panels in seen], seen
    finally:
        plt.close("all")


def changed_settings(
    show_grid: Callable[..., Any], dataset: Any, *size: int
) -> tuple[list[str], list[Panel] | None, bool]:
    """Which settings of matplotlib are others after show_grid, what is on its figure, and whether
    a figure that was open before is open still.
    """
    still_open = False

    def beside_another(*given: Any) -> Any:
        nonlocal still_open
        other = plt.figure()
        # Showing may close what it has shown: that is the notebook's doing.
        with mock.patch.object(plt, "show"):
            figure = show_grid(*given)
        still_open = any(plt.figure(number) is other for number in plt.get_fignums())
        return figure

    before = plt.rcParams.copy()
    try:
        _, _, (panels,) = draw(beside_another, dataset, size)
        after = plt.rcParams.copy()
    finally:
        plt.rcParams.update(before)
    # The backend is chosen by whoever draws first.
    changed: list[str] = [
        name for name in before if name != "backend" and before[name] != after[name]
    ]
    return changed, panels, still_open


def _seen(figure: Any) -> list[Panel] | None:
    if not isinstance(figure, Figure):
        return None
    if any(ax.get_axes_locator() for ax in figure.axes):
        figure.draw_without_rendering()  # only then an ImageGrid knows its places
    panels = [_panel(ax, figure) for ax in figure.axes if ax.get_visible()]
    return [panel for panel in panels if panel["images"] or panel["frame"]]


def _layout(panels: list[Panel] | None) -> dict[str, int] | None:
    """Of a figure the rows and columns, and how many of its axes have a title and other things."""
    if panels is None:
        return None
    return {
        "rows": _levels(panel["place"][1] for panel in panels),
        "columns": _levels(panel["place"][0] for panel in panels),
        "with a title": sum(bool(panel["title"]) for panel in panels),
        "with words elsewhere": sum(panel["words elsewhere"] for panel in panels),
        "with ticks": sum(panel["ticks"] for panel in panels),
    }


def _levels(values: Iterable[float]) -> int:
    """How many different heights (or sides) these places have."""
    ordered = sorted(values)
    return bool(ordered) + sum(b - a > 0.02 for a, b in itertools.pairwise(ordered))


def _panel(ax: Axes, figure: Figure) -> Panel:
    shown = [image for image in ax.images if image.get_visible()]
    box = ax.bbox
    return {
        "images": len(shown),
        "title": " ".join(filter(None, (ax.get_title(loc) for loc in ("left", "center", "right")))),
        "words elsewhere": bool(ax.get_xlabel() or ax.get_ylabel() or ax.texts),
        "place": (
            float(box.x0 + box.x1) / 2 / figure.bbox.width,
            float(box.y0 + box.y1) / 2 / figure.bbox.height,
        ),
        "frame": bool(ax.axison),
        "ticks": bool(ax.axison) and any(_has_ticks(axis) for axis in (ax.xaxis, ax.yaxis)),
        **(_image(shown[-1], ax) if shown else {}),
    }


def _has_ticks(axis: Axis) -> bool:
    if not axis.get_visible() or not len(axis.get_ticklocs()):
        return False
    return any(
        part.get_visible()
        for tick in axis.get_major_ticks()
        for part in (tick.tick1line, tick.tick2line, tick.label1, tick.label2)
    )


def _image(image: AxesImage, ax: Axes) -> Panel:
    """The numbers of an image, and the shades in which they are on the screen, both as they lie
    there: row 0 at the top.
    """
    array: Any = image.get_array()
    numbers = np.asarray(array)
    numbers = numbers[..., :3].mean(axis=-1) if numbers.ndim == 3 else numbers
    colours = np.asarray(image.to_rgba(array))
    colours = colours / (255 if colours.dtype == np.uint8 else 1)
    red, green, blue = (colours[..., channel] for channel in range(3))
    return {
        "grey": bool(max(np.abs(red - green).max(), np.abs(green - blue).max()) < 0.02),
        "numbers": _as_it_lies(numbers, image, ax),
        "shades": _as_it_lies((red + green + blue) / 3, image, ax),
    }


def _as_it_lies(values: np.ndarray[Any, Any], image: AxesImage, ax: Axes) -> torch.Tensor:
    left, _right, bottom, top = image.get_extent()
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    first_row = top if image.origin == "upper" else bottom
    if abs(first_row - y1) > abs(first_row - y0):
        values = values[::-1]
    if abs(left - x1) < abs(left - x0):
        values = values[:, ::-1]
    return torch.from_numpy(np.array(values, dtype=np.float32))
