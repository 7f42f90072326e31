"""One line over time, as SVG: for the reports of `make prove` and `make bench`."""

from __future__ import annotations

import html
from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 800, 220, 70, 16, 30, 36
MOST_POINTS = 400


def line_plot(
    title: str, unit: str, values: Sequence[float], xs: Sequence[float] = (), x_title: str = ""
) -> str:
    """A line through `values` at `xs` (0, 1, 2 … where none are given); it begins at 0."""
    if not values:
        return ""
    places = list(xs) or [float(n) for n in range(len(values))]
    step = max(1, len(values) // MOST_POINTS)
    points = list(zip(places, values, strict=True))[::step]
    top = max(*values, 0.0) * 1.1 or 1.0
    first, last = points[0][0], points[-1][0]
    span = (last - first) or 1.0

    def at(x: float, y: float) -> str:
        across = LEFT + (x - first) / span * (WIDTH - LEFT - RIGHT)
        return f"{across:.1f},{HEIGHT - BOTTOM - y / top * (HEIGHT - TOP - BOTTOM):.1f}"

    line = " ".join(at(x, y) for x, y in points)
    floor = HEIGHT - BOTTOM
    labels = "".join(
        f"<text x='{LEFT - 8}' y='{floor - share * (HEIGHT - TOP - BOTTOM) + 4:.0f}' "
        f"text-anchor='end'>{_figure(share * top)}</text>"
        for share in (0.0, 0.5, 1.0)
    )
    return (
        f"<svg viewBox='0 0 {WIDTH} {HEIGHT}' font-size='13' fill='#5C6675' role='img'>"
        f"<text x='{LEFT}' y='18' fill='#1D2430'>{html.escape(title)} ({html.escape(unit)})</text>"
        f"<path d='M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}' fill='none' stroke='#E3DDD0'/>{labels}"
        f"<text x='{LEFT}' y='{HEIGHT - 10}'>{first:g}</text>"
        f"<text x='{WIDTH - RIGHT}' y='{HEIGHT - 10}' text-anchor='end'>"
        f"{last:g} {html.escape(x_title)}</text>"
        f"<polyline points='{line}' fill='none' stroke='#A3161F' stroke-width='1.6'/></svg>"
    )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
