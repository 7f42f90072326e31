"""A figure with its aim, and how series of timings become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. `at_most` is the aim; `floor` the value that cannot be beaten here."""

    row: int
    what: str
    value: float
    unit: str
    at_most: float | None = None
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The value in units of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def verdict(self) -> str:
        """Whether the aim was met."""
        if self.at_most is None:
            return ""
        return "met" if self.value <= self.at_most else "MISSED"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def p50(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def p99(values: Sequence[float]) -> float:
    """The 99th percentile."""
    return percentile(values, 0.99)


def table(figures: Sequence[Figure]) -> str:
    """All figures as one readable table."""
    lines = [f"{'#':>2}  {'what':<58} {'value':>10} {'aim':>10} {'x floor':>8}  "]
    for one in figures:
        aim = "" if one.at_most is None else f"≤ {one.at_most:g}"
        ratio = "" if one.ratio is None else f"{one.ratio:.2f}"
        value = f"{one.value:.3g}" if one.value < 100 else f"{one.value:,.0f}"
        lines.append(
            f"{one.row:>2}  {one.what:<58} {value + ' ' + one.unit:>10} {aim:>10} {ratio:>8}  "
            f"{one.verdict}{'  (' + one.note + ')' if one.note else ''}"
        )
    return "\n".join(lines)
