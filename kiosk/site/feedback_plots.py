"""What citizens said, as plots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from kiosk.feedback.summary import Line, Part, Tally
from kiosk.site.charts import Bar, columns, rows

NONE = Tally()
FACE_ICONS = ("angry", "frown", "meh", "smile", "laugh")
FACE_NAMES = ("very_sad", "sad", "so", "glad", "very_glad")


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot and the key of its title."""

    title: str
    drawing: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotWording:
    """`text(key)` of the book "site"; names of services and reasons by their codes."""

    text: Callable[..., str]
    service: Callable[[str], str]
    reason: Callable[[str], str]


def plots_of(part: Part, before: Tally, wording: PlotWording) -> list[Plot]:
    """The faces beside those of the period before; glad beside sad for all the rest."""
    text = wording.text
    faces = zip(FACE_NAMES, part.whole.faces, before.faces, strict=True)
    bars = [Bar(text(f"said.{name}"), (float(now), float(then))) for name, now, then in faces]
    plots = [Plot("said.faces", rows(bars, text("said.faces")))]
    for key, lines, name, draw in (
        ("said.by_reason", part.by_reason, wording.reason, rows),
        ("table.by_service", part.by_service, wording.service, rows),
        ("table.by_counter", part.by_counter, lambda one: text("table.counter", number=one), rows),
        ("said.by_day", part.by_day, lambda day: day[-2:], columns),
    ):
        if lines and (key != "said.by_day" or len(lines) > 1):
            plots.append(Plot(key, draw([_pair(line, name) for line in lines], text(key))))
    return plots


def _pair(line: Line, name: Callable[[str], str]) -> Bar:
    return Bar(name(line.key), (float(line.tally.glad), float(line.tally.sad)))
