"""Pictures of a training, drawn from numbers: loss and accuracy by epoch, what was read as what.

A chart is an SVG for an `<img>`, in which no script runs; the page shows its numbers beside it.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

_WIDTH, _HEIGHT, _LEFT, _BELOW = 340, 190, 46, 28
_MOST_EPOCHS, _MOST_MISREAD, _SIDE = 100, 8, 28
_LINES = {"train_loss": "training", "test_loss": "test", "accuracy": "test"}
# In both schemes each colour stands out from its background; dashes tell the lines apart too.
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'font-family="sans-serif" font-size="11"><style>text{{fill:#1f2328}}.a{{stroke:#6e7781}}'
    ".l0{{stroke:#0550ae}}.l1{{stroke:#953800;stroke-dasharray:6 3}}"
    ".band{{fill:#6e7781;fill-opacity:.28}}"
    "@media (prefers-color-scheme:dark){{text{{fill:#e6edf3}}.a{{stroke:#8b949e}}"
    ".l0{{stroke:#79c0ff}}.l1{{stroke:#ffa657}}}}</style>{inner}</svg>"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """A training by epoch: charts as (title, alt text, data URI), the rows, of each digit how many
    of a hundred were read as which, and misread digits as (label, reading, data URI). `has_band`
    says whether the charts show where the reference's histories lie.
    """

    charts: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()
    misread: tuple[tuple[int, int, str], ...] = ()
    has_band: bool = False


def training(told: Mapping[str, Any]) -> Training | None:
    """What is told of a training for pages, None where nothing of it can be drawn."""
    history, confusion = _history(told.get("history")), _confusion(told.get("confusion"))
    bands = _bands(told.get("band"))
    if not history and not confusion:
        return None
    charts = []
    if len(history) > 1:
        charts = [
            _chart("Loss by epoch", history, ("train_loss", "test_loss"), "{:.3g}", bands),
            _chart("Accuracy by epoch", history, ("accuracy",), "{:.1%}", bands),
        ]
    rows = tuple(
        (
            str(epoch),
            f"{row['train_loss']:.4g}",
            f"{row['test_loss']:.4g}",
            f"{row['accuracy']:.1%}",
        )
        for epoch, row in enumerate(history, 1)
    )
    misread = tuple(_misread(told.get("misread")))
    return Training(
        charts=tuple(charts),
        rows=rows,
        confusion=confusion,
        misread=misread,
        has_band=bool(charts and bands),
    )


def _history(found: Any) -> list[dict[str, float]]:
    rows = found[:_MOST_EPOCHS] if isinstance(found, list) else []
    if all(
        isinstance(row, dict) and all(_is_number(row.get(key)) for key in _LINES) for row in rows
    ):
        return [{key: float(row[key]) for key in _LINES} for row in rows]
    return []


def _bands(found: Any) -> dict[str, list[tuple[float, float]]]:
    """Between which numbers most histories of the reference lie, epoch by epoch."""
    kept = {}
    for key, band in found.items() if isinstance(found, dict) else ():
        pairs = band[:_MOST_EPOCHS] if isinstance(band, list) else []
        if key in _LINES and all(_is_pair(pair) for pair in pairs):
            kept[key] = [(float(low), float(high)) for low, high in pairs]
    return kept


def _is_pair(found: Any) -> bool:
    return isinstance(found, list) and len(found) == 2 and all(map(_is_number, found))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value)


def _confusion(found: Any) -> tuple[tuple[int, ...], ...]:
    """Ten rows of shares in percent: how many images of a digit there were stays unsaid."""
    rows = found if isinstance(found, list) and len(found) == 10 else []
    if not all(isinstance(row, list) and len(row) == 10 for row in rows):
        return ()
    if not all(isinstance(count, int) and count >= 0 for row in rows for count in row):
        return ()
    return tuple(tuple(round(100 * n / max(sum(row), 1)) for n in row) for row in rows)


def _misread(found: Any) -> Iterator[tuple[int, int, str]]:
    for one in found[:_MOST_MISREAD] if isinstance(found, list) else []:
        label, read_as, pixels = (_at(one, key) for key in ("label", "read_as", "pixels"))
        if not (_is_digit(label) and _is_digit(read_as) and isinstance(pixels, str)):
            continue
        try:
            raw = base64.b64decode(pixels, validate=True)
        except ValueError:
            continue
        if len(raw) == _SIDE * _SIDE:
            yield label, read_as, _png(raw)


def _at(found: Any, key: str) -> Any:
    return found.get(key) if isinstance(found, dict) else None


def _is_digit(value: Any) -> bool:
    return type(value) is int and 0 <= value <= 9


def _png(pixels: bytes) -> str:
    held = io.BytesIO()
    Image.frombytes("L", (_SIDE, _SIDE), pixels).save(held, "PNG")
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"


def _chart(
    title: str,
    history: Sequence[Mapping[str, float]],
    keys: Sequence[str],
    form: str,
    bands: Mapping[str, Sequence[tuple[float, float]]],
) -> tuple[str, str, str]:
    lines = {key: [row[key] for row in history] for key in keys}
    shown = {key: bands[key][: len(history)] for key in keys if len(bands.get(key, ())) > 1}
    drawn = [value for line in lines.values() for value in line]
    drawn += [value for band in shown.values() for pair in band for value in pair]
    low, high = min(0.0, *drawn), max(drawn)
    high = max(high, 1.0) if "accuracy" in keys else high
    parts = [_axes(len(history), form.format(low), form.format(high))]
    for band in shown.values():
        edges = [
            *((at, top) for at, (_, top) in enumerate(band)),
            *((at, bottom) for at, (bottom, _) in reversed(list(enumerate(band)))),
        ]
        corners = " ".join(_point(at, value, len(history), low, high) for at, value in edges)
        parts.append(f'<polygon class="band" points="{corners}"/>')
    for place, (key, line) in enumerate(lines.items()):
        points = " ".join(_point(at, v, len(line), low, high) for at, v in enumerate(line))
        parts.append(f'<polyline class="l{place}" fill="none" stroke-width="2" points="{points}"/>')
        if len(lines) > 1:
            parts.append(_legend(place, _LINES[key]))
    ends = [
        f"{_LINES[k]} from {form.format(v[0])} to {form.format(v[-1])}" for k, v in lines.items()
    ]
    ends += [
        f"most trainings by the reference have {_LINES[key]} {form.format(band[-1][0])} to "
        f"{form.format(band[-1][1])} after {len(band)} epochs"
        for key, band in shown.items()
    ]
    alt = f"{title}, over {len(history)} epochs: {'; '.join(ends)}."
    svg = _SVG.format(width=_WIDTH, height=_HEIGHT, inner="".join(parts))
    return title, alt, f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _point(at: int, value: float, count: int, low: float, high: float) -> str:
    # Halves first: the distance of two finite numbers may be infinite.
    span = (high / 2 - low / 2) or 1.0
    share = (value / 2 - low / 2) / span
    x = _LEFT + at * (_WIDTH - _LEFT - 10) / (count - 1)
    y = (_HEIGHT - _BELOW) - share * (_HEIGHT - _BELOW - 14)
    return f"{x:.1f},{y:.1f}"


def _axes(count: int, low: str, high: str) -> str:
    bottom, right = _HEIGHT - _BELOW, _WIDTH - 10
    return (
        f'<path class="a" fill="none" d="M{_LEFT} 10V{bottom}H{right}"/>'
        f'<text x="{_LEFT - 5}" y="{bottom}" text-anchor="end">{low}</text>'
        f'<text x="{_LEFT - 5}" y="18" text-anchor="end">{high}</text>'
        f'<text x="{_LEFT}" y="{bottom + 16}">epoch 1</text>'
        f'<text x="{right}" y="{bottom + 16}" text-anchor="end">{count}</text>'
    )


def _legend(place: int, word: str) -> str:
    y = 20 + 15 * place
    return (
        f'<path class="l{place}" stroke-width="2" d="M{_WIDTH - 100} {y - 4}h24"/>'
        f'<text x="{_WIDTH - 70}" y="{y}">{word}</text>'
    )
