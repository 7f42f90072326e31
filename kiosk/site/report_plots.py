"""A day, or a month, as plots."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from kiosk.queueing.report import DayReport
from kiosk.site.charts import Bar, columns, rows


def plot_of_hours(report: DayReport, text: Callable[..., str]) -> Markup:
    """How many came, and how many were served, in each hour."""
    bars = [
        Bar(f"{line.key}h", (float(line.tally.issued), float(line.tally.served)))
        for line in report.by_hour
    ]
    return columns(bars, text("chart.by_hour"))


def plot_of_waits(
    report: DayReport,
    text: Callable[..., str],
    service: Callable[[str], str],
    *,
    point: str = ",",
) -> Markup | None:
    """How long was waited for each service, in minutes; None where nobody was served."""
    bars = [
        Bar(service(line.key), (_minutes(waits.median_s), _minutes(waits.p90_s)))
        for line in report.by_service
        if (waits := line.tally.waits).count
    ]
    return rows(bars, text("chart.waits"), point=point) if bars else None


def _minutes(seconds: float) -> float:
    return round(seconds / 60, 1)
