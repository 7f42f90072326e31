"""What citizens said, for managers: a day or a month with plots, and as CSV and XLSX."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from markupsafe import Markup

from kiosk.feedback.summary import Line, Part, Tally
from kiosk.site.charts import Bar, columns, rows
from kiosk.site.feedback_sheets import feedback_csv, feedback_xlsx, reason_names
from kiosk.site.login import FACE
from kiosk.site.pages.feedback import FACE_ICONS
from kiosk.site.periods import Period, period_of
from kiosk.site.reception import AnyRequest, Reception, manager_of, manager_or_login
from kiosk.site.sessions import Session
from kiosk.site.sheets import CSV, XLSX, Wording
from kiosk.words import AskFeedback, FeedbackResult

NONE = Tally()
FACE_NAMES = ("very_sad", "sad", "so", "glad", "very_glad")


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot and the key of its title."""

    title: str
    drawing: Markup


@get("/said", include_in_schema=False)
async def show_said(
    request: AnyRequest, reception: NamedDependency[Reception], of: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """The summary of a day, or of a month; of today where `of` is neither."""
    session = manager_or_login(request, reception)
    if isinstance(session, Redirect):
        return session
    today = date.fromisoformat(reception.consoles.hall().business_day)
    try:
        period = period_of(of)
    except ValueError:
        period = period_of(today.isoformat())
    told = _told(reception, period)
    earlier = {
        (part.survey, part.question): part.whole
        for part in _told(reception, period.before()).summary.parts
    }
    return reception.drawing.page(
        "feedback_report",
        session=session,
        here="said",
        period=period,
        is_past=period.last < today,
        month=period.first.isoformat()[:7],
        today=today.isoformat(),
        parts=[
            (part, _charts(reception, told, earlier.get((part.survey, part.question), NONE), part))
            for part in told.summary.parts
        ],
        remarks=told.remarks,
        face_icons=FACE_ICONS,
    )


def _charts(reception: Reception, told: FeedbackResult, before: Tally, part: Part) -> list[Plot]:
    """The faces beside those of the period before; glad beside sad for all the rest."""
    text, names = reception.drawing.text, reception.drawing.names
    faces = zip(FACE_NAMES, part.whole.faces, before.faces, strict=True)
    bars = [Bar(text(f"said.{name}"), (float(now), float(then))) for name, now, then in faces]
    plots = [Plot("said.faces", rows(bars, text("said.faces")))]
    for key, lines, name, draw in (
        ("said.by_reason", part.by_reason, reason_names(told.survey), rows),
        ("table.by_service", part.by_service, names.service, rows),
        ("table.by_counter", part.by_counter, lambda one: text("table.counter", number=one), rows),
        ("said.by_day", part.by_day, lambda day: day[-2:], columns),
    ):
        if lines and (key != "said.by_day" or len(lines) > 1):
            plots.append(Plot(key, draw([_pair(line, name) for line in lines], text(key))))
    return plots


def _pair(line: Line, name: Callable[[str], str]) -> Bar:
    return Bar(name(line.key), (float(line.tally.glad), float(line.tally.sad)))


@get(
    "/said/{of:str}/{kind:str}",
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def give_said(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    of: FromPath[str],
    kind: FromPath[Literal["csv", "xlsx"]],
) -> Response[bytes]:
    """The figures of a day or a month, made on a thread."""
    del session
    try:
        period = period_of(of)
    except ValueError as error:
        raise NotFoundException from error
    told = _told(reception, period)
    names = reception.drawing.names
    wording = Wording(text=reception.drawing.text, service=names.service, reason=str)
    make, media_type = {"csv": (feedback_csv, CSV), "xlsx": (feedback_xlsx, XLSX)}[kind]
    data = await asyncio.to_thread(make, told.summary, told.survey, wording)
    name = f'attachment; filename="le-tan-gop-y-{period.text}.{kind}"'
    return Response(data, media_type=media_type, headers={"Content-Disposition": name})


def _told(reception: Reception, period: Period) -> FeedbackResult:
    wanted = AskFeedback(first_day=period.first.isoformat(), last_day=period.last.isoformat())
    result = reception.door.do(wanted, FACE)
    assert isinstance(result, FeedbackResult)
    return result


feedback_report_pages = [show_said, give_said]
