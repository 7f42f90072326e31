"""What citizens said, for managers: a day or a month with plots, and as CSV and XLSX."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Literal

from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.site.feedback_plots import FACE_ICONS, NONE, PlotWording, plots_of
from kiosk.site.feedback_sheets import feedback_csv, feedback_xlsx, reason_names
from kiosk.site.login import FACE
from kiosk.site.periods import Period, period_of
from kiosk.site.reception import AnyRequest, Reception, manager_of, manager_or_login
from kiosk.site.sessions import Session
from kiosk.site.sheets import CSV, XLSX, Wording
from kiosk.words import AskFeedback, FeedbackResult


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
    wording = PlotWording(
        text=reception.drawing.text,
        service=reception.drawing.names.service,
        reason=reason_names(told.survey),
    )
    return reception.drawing.page(
        "feedback_report",
        session=session,
        here="said",
        period=period,
        is_past=period.last < today,
        month=period.first.isoformat()[:7],
        today=today.isoformat(),
        parts=[
            (part, plots_of(part, earlier.get((part.survey, part.question), NONE), wording))
            for part in told.summary.parts
        ],
        remarks=told.remarks,
        face_icons=FACE_ICONS,
    )


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
