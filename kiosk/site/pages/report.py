"""The day report for managers: a page with plots, and the same figures as CSV and XLSX."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from litestar import Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery
from litestar.response import Redirect

from kiosk.queueing.report import DayReport
from kiosk.site.api.report import Day, report_of
from kiosk.site.reception import AnyRequest, Reception, manager_of, manager_or_login
from kiosk.site.report_plots import plot_of_hours, plot_of_waits
from kiosk.site.sessions import Session
from kiosk.site.sheets import CSV, XLSX, Wording, as_csv, as_xlsx

NAME = "le-tan-{day}.{kind}"


@get("/report", include_in_schema=False)
async def show_report(
    request: AnyRequest, reception: NamedDependency[Reception], day: FromQuery[str] = ""
) -> Response[str] | Redirect:
    """A day's report; today's unless `day` (YYYY-MM-DD) says otherwise."""
    session = manager_or_login(request, reception)
    if isinstance(session, Redirect):
        return session
    hall = reception.consoles.hall()
    today = date.fromisoformat(hall.business_day)
    shown = _day_or(day, today)
    report = report_of(reception, shown.isoformat())
    text, names = reception.drawing.text, reception.drawing.names
    waits = plot_of_waits(report, text, names.service)
    return reception.drawing.page(
        "report",
        session=session,
        here="report",
        report=report,
        day_before=(shown - timedelta(days=1)).isoformat(),
        day_after=(shown + timedelta(days=1)).isoformat() if shown < today else "",
        today=today.isoformat(),
        by_hour=plot_of_hours(report, text),
        waits=waits,
        waits_shown=waits is not None,
    )


@get(
    "/report/{business_day:str}/csv",
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def give_csv(
    reception: NamedDependency[Reception], session: NamedDependency[Session], business_day: Day
) -> Response[bytes]:
    """The figures for any spreadsheet."""
    del session
    report = report_of(reception, business_day.isoformat())
    return _download(as_csv(report, _wording(reception)), report, "csv", CSV)


@get(
    "/report/{business_day:str}/xlsx",
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def give_xlsx(
    reception: NamedDependency[Reception], session: NamedDependency[Session], business_day: Day
) -> Response[bytes]:
    """The figures for Excel, made on a thread."""
    del session
    report = report_of(reception, business_day.isoformat())
    data = await asyncio.to_thread(as_xlsx, report, _wording(reception))
    return _download(data, report, "xlsx", XLSX)


def _wording(reception: Reception) -> Wording:
    drawing = reception.drawing
    return Wording(
        text=drawing.text,
        service=drawing.names.service,
        reason=lambda note: drawing.text_or(f"left_over.{note}", "left_over.other"),
    )


def _download(data: bytes, report: DayReport, kind: str, media_type: str) -> Response[bytes]:
    name = NAME.format(day=report.business_day, kind=kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


def _day_or(text: str, today: date) -> date:
    """The day of an address, or today where it is none or has not come yet."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


report_pages = [show_report, give_csv, give_xlsx]
