"""Pictures of a training, drawn from numbers: loss and accuracy by epoch, what was read as what.

A chart is an SVG for an `<img>`, in which no script runs; the page shows its numbers beside it.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _BELOW = 340, 190, 46, 28
_MOST_EPOCHS = 100
_LINES = {"train_loss": "training", "test_loss": "test", "accuracy": "test"}
# In both schemes each colour stands out from its background; dashes tell the lines apart too.
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'font-family="sans-serif" font-size="11"><style>text{{fill:#1f2328}}.a{{stroke:#6e7781}}'
    ".l0{{stroke:#0550ae}}.l1{{stroke:#953800;stroke-dasharray:6 3}}"
    "@media (prefers-color-scheme:dark){{text{{fill:#e6edf3}}.a{{stroke:#8b949e}}"
    ".l0{{stroke:#79c0ff}}.l1{{stroke:#ffa657}}}}</style>{inner}</svg>"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Training:
    """A training by epoch: charts as (title, alt text, data URI), the rows, and of each digit how
    many of a hundred were read as which.
    """

    charts: tuple[tuple[str, str, str], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()


def training(kept: Mapping[str, Any]) -> Training | None:
    """What a check kept of a training, None where it kept nothing that can be drawn."""
    history, confusion = _history(kept.get("history")), _confusion(kept.get("confusion"))
    if not history and not confusion:
        return None
    charts = []
    if len(history) > 1:
        charts = [
            _chart("Loss by epoch", history, ("train_loss", "test_loss"), "{:.3g}"),
            _chart("Accuracy by epoch", history, ("accuracy",), "{:.1%}"),
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
    return Training(charts=tuple(charts), rows=rows, confusion=confusion)


def _row(epoch: int, row: Mapping[str, float]) -> tuple[str, ...]:
    losses = (f"{row[key]:.4g}" for key in ("train_loss", "test_loss"))
    return (str(epoch), *losses, f"{row['accuracy']:.1%}")


def _history(found: Any) -> list[dict[str, float]]:
    rows = found[:_MOST_EPOCHS] if isinstance(found, list) else []
    if all(
        isinstance(row, dict) and all(_is_number(row.get(key)) for key in _LINES) for row in rows
    ):
        return [{key: float(row[key]) for key in _LINES} for row in rows]
    return []


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


def _chart(
    title: str, history: Sequence[Mapping[str, float]], keys: Sequence[str], form: str
) -> tuple[str, str, str]:
    lines = {key: [row[key] for row in history] for key in keys}
    low = min(0.0, *(value for line in lines.values() for value in line))
    high = max(value for line in lines.values() for value in line)
    high = max(high, 1.0) if "accuracy" in keys else high
    parts = [_axes(len(history), form.format(low), form.format(high))]
    for place, (key, line) in enumerate(lines.items()):
        points = " ".join(_point(at, v, len(line), low, high) for at, v in enumerate(line))
        parts.append(f'<polyline class="l{place}" fill="none" stroke-width="2" points="{points}"/>')
        if len(lines) > 1:
            parts.append(_legend(place, _LINES[key]))
    ends = [
        f"{_LINES[k]} from {form.format(v[0])} to {form.format(v[-1])}" for k, v in lines.items()
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
