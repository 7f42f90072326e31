"""What citizens said: a day or a month, of one site or of all, with filters; as CSV and XLSX."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from centre.errors import Missing, TooLarge
from centre.pages.accounts.session_book import Session
from centre.pages.days.event_book import events_of
from centre.pages.days.rebuilding import ANSWER_KIND, Given, Told, answers_of
from centre.pages.days.said_sheets import said_tables
from centre.pages.names import Names, names_in
from centre.pages.office import AnyRequest, Office, language_of, own_site
from centre.pages.site_book import SiteFacts, all_sites
from centre.pages.views.sites import download, today_of
from kiosk.feedback.summary import Summary, summarise
from kiosk.site.feedback_plots import FACE_ICONS, NONE, PlotWording, plots_of
from kiosk.site.periods import Period, period_of
from kiosk.site.sheets import CSV, XLSX, write_csv, write_xlsx

MAX_ANSWERS = 100_000
A_PAGE = 25
GLADNESS: dict[str, tuple[int, ...]] = {"sad": (1, 2), "so": (3,), "glad": (4, 5)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: "" is any. `mood` is one of GLADNESS."""

    period: Period
    site: str = ""
    mood: str = ""
    service: str = ""
    text: str = ""
    page: int = 0

    def __call__(self, **changes: object) -> str:
        """The address of this page with something changed."""
        if "of" in changes:
            changes["period"] = period_of(str(changes.pop("of")))
        one = replace(self, **{"page": 0, **changes})  # type: ignore[arg-type]
        return f"/said?{urlencode(one.query())}"

    def query(self) -> dict[str, object]:
        """As an address says it."""
        pairs = {"of": self.period.text, "site": self.site, "mood": self.mood,
                 "service": self.service, "text": self.text, "page": self.page}  # fmt: skip
        return {key: value for key, value in pairs.items() if value}

    def takes(self, given: Given) -> bool:
        """Whether an answer is asked for."""
        one = given.answer
        return (
            (not self.mood or one.face in GLADNESS[self.mood])
            and (not self.service or one.service == self.service)
            and (not self.text or self.text.casefold() in one.words.casefold())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answers that were asked for, the newest last, and what they come to."""

    given: Sequence[Given]
    summary: Summary
    before: Summary


@get("/said", include_in_schema=False)
async def show_said(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    of: FromQuery[str] = "",
    site: FromQuery[str] = "",
    mood: FromQuery[str] = "",
    service: FromQuery[str] = "",
    text: FromQuery[str] = "",
    page: FromQuery[int] = 0,
) -> Response[str]:
    """Figures, plots, and the words with whatever they were said about."""
    asked = _asked(office, session, of, site, mood, service, text, page)
    found, names, sites = await _find(request, office, asked)
    wording = PlotWording(
        text=lambda key, **values: office.text(request, key, **values),
        service=names.service,
        reason=names.reason,
    )
    earlier = {(part.survey, part.question): part.whole for part in found.before.parts}
    said = [one for one in reversed(found.given) if one.answer.words]
    return office.page(
        request,
        "said",
        here="said",
        asked=asked,
        today=today_of(office).isoformat(),
        month=asked.period.first.isoformat()[:7],
        is_past=asked.period.last < today_of(office),
        sites=sites if session.is_city else (),
        site_names={one.code: one.name(language_of(request)) for one in sites},
        moods=tuple(GLADNESS),
        services=names.services,
        service=names.service,
        reason=names.reason,
        parts=[
            (part, plots_of(part, earlier.get((part.survey, part.question), NONE), wording))
            for part in found.summary.parts
        ],
        remarks=said[asked.page * A_PAGE : (asked.page + 1) * A_PAGE],
        count=len(said),
        pages=-(-len(said) // A_PAGE),
        face_icons=FACE_ICONS,
        query=urlencode(replace(asked, page=0).query()),
    )


@get("/said/{kind:str}", include_in_schema=False)
async def give_said(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    kind: FromPath[Literal["csv", "xlsx"]],
    of: FromQuery[str] = "",
    site: FromQuery[str] = "",
    mood: FromQuery[str] = "",
    service: FromQuery[str] = "",
    text: FromQuery[str] = "",
) -> Response[bytes]:
    """The same as a file, made on a thread."""
    asked = _asked(office, session, of, site, mood, service, text, 0)
    found, names, sites = await _find(request, office, asked)
    site_names = {one.code: one.name(language_of(request)) for one in sites}

    def say(key: str, **values: object) -> str:
        return office.text(request, key, **values)

    data = await asyncio.to_thread(_sheet, kind, found, names, site_names, say)
    name = f"le-tan-gop-y-{asked.site or 'tat-ca'}-{asked.period.text}.{kind}"
    return download(data, CSV if kind == "csv" else XLSX, name)


def _sheet(
    kind: str, found: Found, names: Names, sites: dict[str, str], text: Callable[..., str]
) -> bytes:
    tables = said_tables(found.summary, found.given, names, sites, text)
    if kind == "xlsx":
        return write_xlsx(tables)
    head = (text("said.title"), found.summary.first_day, found.summary.last_day)
    return write_csv(head, tables)


def _asked(
    office: Office,
    session: Session,
    of: str,
    site: str,
    mood: str,
    service: str,
    text: str,
    page: int,
) -> Asked:
    try:
        period = period_of(of)
    except ValueError:
        period = period_of(today_of(office).isoformat()[:7])
    return Asked(
        period=period,
        site=own_site(session, site[:40]),
        mood=mood if mood in GLADNESS else "",
        service=service[:40],
        text=text.strip()[:60],
        page=min(max(0, page), MAX_ANSWERS // A_PAGE),
    )


async def _find(
    request: AnyRequest, office: Office, asked: Asked
) -> tuple[Found, Names, Sequence[SiteFacts]]:
    period, before = asked.period, asked.period.before()
    async with office.database.reading() as connection:
        names = await names_in(connection, language_of(request))
        sites = await all_sites(connection)
        events = await events_of(
            connection,
            {ANSWER_KIND},
            before.first,
            period.last,
            site=asked.site,
            limit=2 * MAX_ANSWERS + 1,
        )
    if len(events) > 2 * MAX_ANSWERS:
        raise TooLarge("too many answers at once", code="too_many_answers")
    if asked.site and asked.site not in {one.code for one in sites}:
        raise Missing("no such site", code="unknown_site")
    return await asyncio.to_thread(_work_out, asked, before, events), names, sites


def _work_out(asked: Asked, before: Period, events: Sequence[Told]) -> Found:
    first, last = asked.period.first.isoformat(), asked.period.last.isoformat()
    given = [one for one in answers_of(events, first, last) if asked.takes(one)]
    earlier = (before.first.isoformat(), before.last.isoformat())
    once = [one.answer for one in answers_of(events, *earlier) if asked.takes(one)]
    return Found(
        given=given,
        summary=summarise(first, last, [one.answer for one in given]),
        before=summarise(*earlier, once),
    )


said_pages = [show_said, give_said]
