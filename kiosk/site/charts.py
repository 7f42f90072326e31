"""Plots of two values each, as SVG: numbers become lengths, and nothing else. Pure.

`point` is what stands before a tenth: a comma in Vietnamese, a point in English.

Colours and letters are the style sheet's: `.first` and `.second` are the two values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 720
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 20, 30
PLOT_HEIGHT = 190
ROW_HEIGHT = 46
ROW_LABEL = 190


@dataclass(frozen=True, slots=True)
class Bar:
    """A label and its two values, none below 0."""

    label: str
    values: tuple[float, float]


def scale_top(largest: float) -> float:
    """The end of a scale: 1, 2 or 5 times a power of ten, not below `largest` and at least 1."""
    power = 10.0 ** math.floor(math.log10(max(largest, 1.0)))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= largest)


def columns(bars: Sequence[Bar], title: str, *, point: str = ",") -> Markup:
    """Upright pairs along the time."""
    top = scale_top(max((value for bar in bars for value in bar.values), default=0.0))
    height = TOP + PLOT_HEIGHT + BOTTOM
    floor = TOP + PLOT_HEIGHT
    pitch = (WIDTH - LEFT - RIGHT) / max(len(bars), 1)
    thick = min(22.0, pitch * 0.36)
    parts = []
    for share in (0.0, 0.5, 1.0):
        y = floor - share * PLOT_HEIGHT
        parts.append(_line(LEFT, y, WIDTH - RIGHT, y))
        parts.append(_text(LEFT - 8, y + 4, _figure(share * top, point), "end"))
    for place, bar in enumerate(bars):
        middle = LEFT + (place + 0.5) * pitch
        for side, value in enumerate(bar.values):
            tall = value / top * PLOT_HEIGHT
            x = middle + (side - 1) * thick + (side - 0.5) * 2
            parts.append(_rect(x, floor - tall, thick, tall, side, f"{bar.label}: {value:g}"))
        parts.append(_text(middle, height - 8, bar.label, "middle"))
    return _drawing(title, height, parts)


def rows(bars: Sequence[Bar], title: str, *, point: str = ",") -> Markup:
    """Lying pairs, one row for each name."""
    top = scale_top(max((value for bar in bars for value in bar.values), default=0.0))
    room = WIDTH - ROW_LABEL - 60
    parts = []
    for place, bar in enumerate(bars):
        y = place * ROW_HEIGHT + 6
        parts.append(_text(ROW_LABEL - 12, y + 23, bar.label, "end"))
        for side, value in enumerate(bar.values):
            long = value / top * room
            parts.append(_rect(ROW_LABEL, y + side * 17, long, 14, side, f"{bar.label}: {value:g}"))
            parts.append(
                _text(ROW_LABEL + long + 8, y + side * 17 + 12, _figure(value, point), "start")
            )
    return _drawing(title, max(len(bars), 1) * ROW_HEIGHT + 6, parts)


def _drawing(title: str, height: float, parts: list[Markup]) -> Markup:
    head = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img"><title>{}</title>')
    return head.format(WIDTH, _short(height), title) + Markup("").join(parts) + Markup("</svg>")


def _rect(x: float, y: float, width: float, height: float, side: int, about: str) -> Markup:
    return Markup(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="3"><title>{}</title></rect>'
    ).format(("first", "second")[side], _short(x), _short(y), _short(width), _short(height), about)


def _line(x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}"/>').format(*map(_short, (x1, y1, x2, y2)))


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
        _short(x), _short(y), anchor, escape(text)
    )


def _short(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _figure(value: float, point: str) -> str:
    return f"{value:g}".replace(".", point)
