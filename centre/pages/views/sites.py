"""The sites: all of them on one day, side by side; one of them, a day or a month, in full."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from markupsafe import Markup

from centre.errors import Missing
from centre.pages.accounts.session_book import Session
from centre.pages.days.event_book import SiteDay, days_of_sites, events_of
from centre.pages.days.rebuilding import (
    ANSWER_KIND,
    TICKET_KINDS,
    Told,
    Visits,
    answers_of,
    visits_of,
)
from centre.pages.fleet.fleet_book import SiteCounts, Wanted, count_sites
from centre.pages.names import Names, names_in
from centre.pages.office import AnyRequest, Office, language_of, own_site
from centre.pages.site_book import find_site
from kiosk.feedback.summary import Summary, summarise
from kiosk.queueing.hours import HANOI
from kiosk.queueing.report import DayReport, day_report
from kiosk.site.charts import Bar, columns
from kiosk.site.feedback_plots import FACE_ICONS
from kiosk.site.periods import Period, period_of
from kiosk.site.report_plots import plot_of_hours, plot_of_waits
from kiosk.site.sheets import CSV, XLSX, Wording, as_csv, as_xlsx

SORTS: dict[str, Callable[[SiteDay], float]] = {
    "issued": lambda one: -one.issued,
    "wait": lambda one: -one.waits.median_s,
    "longest": lambda one: -one.waits.longest_s,
    "no_shows": lambda one: -(one.no_shows / one.issued if one.issued else 0),
    "said": lambda one: one.mean if one.answers else 6.0,
}
MAX_EVENTS = 400_000
Text = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """A site's period, worked out."""

    report: DayReport
    said: Summary
    days: Sequence[DayReport]
    unread: int


@dataclass(frozen=True, slots=True)
class Row:
    """A site among the others."""

    site: SiteCounts
    day: SiteDay


def today_of(office: Office) -> date:
    """The business day that it is in Hanoi."""
    return office.now().astimezone(HANOI).date()


@get("/sites", include_in_schema=False)
async def show_sites(
    request: AnyRequest,
    office: NamedDependency[Office],
    of: FromQuery[str] = "",
    sort: FromQuery[str] = "issued",
) -> Response[str]:
    """A day of every site; today unless `of` says otherwise."""
    today, now = today_of(office), office.now()
    shown = _day_or(of, today)
    async with office.database.reading() as connection:
        days = await days_of_sites(connection, shown)
        sites = await count_sites(connection, Wanted(), now)
    key = SORTS.get(sort, SORTS["issued"])
    rows = sorted(
        (Row(one, days.get(one.code) or SiteDay()) for one in sites), key=lambda row: key(row.day)
    )
    return office.page(
        request,
        "sites",
        here="sites",
        rows=rows,
        shown=shown,
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1) if shown < today else None,
        today=today,
        sort=sort if sort in SORTS else "issued",
        sorts=tuple(SORTS),
        whole=_whole(rows),
    )


def _whole(rows: Sequence[Row]) -> SiteDay:
    answers = sum(row.day.answers for row in rows)
    points = sum(row.day.mean * row.day.answers for row in rows)
    return SiteDay(
        issued=sum(row.day.issued for row in rows),
        served=sum(row.day.served for row in rows),
        no_shows=sum(row.day.no_shows for row in rows),
        expired=sum(row.day.expired for row in rows),
        answers=answers,
        mean=points / answers if answers else 0.0,
    )


@get("/sites/{code:str}", include_in_schema=False)
async def show_site(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    code: FromPath[str],
    of: FromQuery[str] = "",
) -> Response[str]:
    """A site's day, or month; today where `of` is neither."""
    site, today = own_site(session, code), today_of(office)
    try:
        period = period_of(of)
    except ValueError:
        period = period_of(today.isoformat())
    full, names = await _full(request, office, site, period)
    async with office.database.reading() as connection:
        facts = await find_site(connection, site)
        counts = await count_sites(connection, Wanted(site=site), office.now())

    def text(key: str, **values: object) -> str:
        return office.text(request, key, **values)

    point = "." if language_of(request) == "en" else ","
    return office.page(
        request,
        "site",
        here="site" if session.site else "sites",
        site=facts,
        fleet=counts[0],
        period=period,
        full=full,
        report=full.report,
        today=today.isoformat(),
        month=period.first.isoformat()[:7],
        is_past=period.last < today,
        by_hour=plot_of_hours(full.report, text),
        waits=plot_of_waits(full.report, text, names.service, point=point),
        by_day=_plot_of_days(full.days, text, point) if period.is_month else None,
        part=full.said.parts[0] if full.said.parts else None,
        face_icons=FACE_ICONS,
        service=names.service,
        left_over=lambda note: office.text(
            request, f"left_over.{note}" if note else "left_over.other"
        ),
    )


@get("/sites/{code:str}/{of:str}/{kind:str}", include_in_schema=False)
async def give_site(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    code: FromPath[str],
    of: FromPath[str],
    kind: FromPath[Literal["csv", "xlsx"]],
) -> Response[bytes]:
    """The figures of a day or a month, made on a thread."""
    site = own_site(session, code)
    try:
        period = period_of(of)
    except ValueError as error:
        raise Missing(f"no period {of!r}") from error
    full, names = await _full(request, office, site, period)
    wording = Wording(
        text=lambda key, **values: office.text(request, key, **values),
        service=names.service,
        reason=lambda _: office.text(request, "left_over.other"),
    )
    make, media_type = {"csv": (as_csv, CSV), "xlsx": (as_xlsx, XLSX)}[kind]
    data = await asyncio.to_thread(make, full.report, wording)
    return download(data, media_type, f"le-tan-{site}-{period.text}.{kind}")


def download(data: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


async def _full(
    request: AnyRequest, office: Office, site: str, period: Period
) -> tuple[Full, Names]:
    async with office.database.reading() as connection:
        await find_site(connection, site)
        names = await names_in(connection, language_of(request))
        events = await events_of(
            connection,
            TICKET_KINDS | {ANSWER_KIND},
            period.first,
            period.last,
            site=site,
            limit=MAX_EVENTS,
        )
    return await asyncio.to_thread(_work_out, period, events), names


def _work_out(period: Period, events: Sequence[Told]) -> Full:
    first, last = period.first.isoformat(), period.last.isoformat()
    visits = visits_of((one for one in events if one.kind in TICKET_KINDS), first, last)
    given = answers_of((one for one in events if one.kind == ANSWER_KIND), first, last)
    return Full(
        report=day_report(period.text, visits.tickets, visits.steps),
        said=summarise(first, last, [one.answer for one in given]),
        days=_days(visits) if period.is_month else (),
        unread=visits.unread,
    )


def _days(visits: Visits) -> list[DayReport]:
    return [day_report(day, one.tickets, one.steps) for day, one in visits.by_day().items()]


def _plot_of_days(days: Sequence[DayReport], text: Text, point: str) -> dict[str, Markup]:
    """How many came and were served, and how long they waited, each day."""
    came = [
        Bar(one.business_day[-2:], (float(one.whole.issued), float(one.whole.served)))
        for one in days
    ]
    waited = [
        Bar(
            one.business_day[-2:],
            (round(one.whole.waits.median_s / 60, 1), round(one.whole.waits.p90_s / 60, 1)),
        )
        for one in days
    ]
    return {
        "came": columns(came, text("plot.came_by_day")),
        "waited": columns(waited, text("plot.waited_by_day"), point=point),
    }


def _day_or(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


site_pages: list[Any] = [show_site, give_site]
city_pages: list[Any] = [show_sites]
