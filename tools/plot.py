"""One line over time, as SVG: for the reports of `make prove` and `make bench`."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 480, 210, 52, 14, 36, 34
MOST_POINTS = 400
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""A tick is one of these times a power of ten."""


def line_plot(
    title: str, unit: str, values: Sequence[float], xs: Sequence[float] = (), x_title: str = ""
) -> str:
    """A line through `values` at `xs` (0, 1, 2 … where none are given); it begins at 0. Of many
    values each point is the largest of its stretch, so that no peak is left out."""
    if not values:
        return ""
    places = list(xs) or [float(n) for n in range(len(values))]
    points = _thinned(list(zip(places, values, strict=True)))
    step = tick_step(max(values))
    top = step * max(1, math.ceil(max(values) / step - 1e-9))
    first, last = points[0][0], points[-1][0]
    span = (last - first) or 1.0
    floor, height = HEIGHT - BOTTOM, HEIGHT - TOP - BOTTOM

    def at(x: float, y: float) -> str:
        across = LEFT + (x - first) / span * (WIDTH - LEFT - RIGHT)
        return f"{across:.1f},{floor - y / top * height:.1f}"

    def tick(value: float) -> str:
        y = floor - value / top * height
        return (
            f"<path d='M{LEFT} {y:.1f}H{WIDTH - RIGHT}' stroke='#E3DDD0'/>"
            f"<text x='{LEFT - 8}' y='{y + 4:.1f}' text-anchor='end'>{value:,.6g}</text>"
        )

    ticks = "".join(tick(step * n) for n in range(round(top / step) + 1))
    line = " ".join(at(x, y) for x, y in points)
    shown = f"{title} ({unit})" if unit else title
    mark = f"<circle cx='{line.partition(',')[0]}' cy='{line.partition(',')[2]}' r='3' "
    drawn = (
        f"{mark}fill='#A3161F'/>"
        if len(points) == 1
        else f"<polyline points='{line}' fill='none' stroke='#A3161F' stroke-width='1.8' "
        "stroke-linejoin='round'/>"
    )
    return (
        f"<svg viewBox='0 0 {WIDTH} {HEIGHT}' font-size='14' fill='#5C6675' role='img' "
        f"aria-label='{html.escape(shown, quote=True)}'>"
        f"<text x='8' y='18' fill='#1D2430' font-weight='600'>{html.escape(shown)}</text>{ticks}"
        f"<text x='{LEFT}' y='{HEIGHT - 12}'>{first:g}</text>"
        f"<text x='{WIDTH - RIGHT}' y='{HEIGHT - 12}' text-anchor='end'>"
        f"{last:g} {html.escape(x_title)}</text>{drawn}</svg>"
    )


def tick_step(highest: float) -> float:
    """The round number of which at most four reach `highest`."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest / 4))
    return next(power * one for one in STEPS if power * one * 4 >= highest * (1 - 1e-9))


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    stretch = math.ceil(len(points) / MOST_POINTS)
    return [
        max(points[n : n + stretch], key=lambda one: one[1]) for n in range(0, len(points), stretch)
    ]
