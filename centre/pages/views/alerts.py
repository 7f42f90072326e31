"""Alerts: what is open, what is over, the rules, and what became of the messages."""

from __future__ import annotations

from typing import Any, cast

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from centre.errors import CentreError, Missing
from centre.pages.accounts.session_book import Session
from centre.pages.alerts.alert_book import (
    alerts_of,
    all_rules,
    keep_rule,
    last_messages,
    put_out,
)
from centre.pages.alerts.rules import HOURS, KINDS, LIMITS, USUAL, Hours, Kind, Rule, addresses_in
from centre.pages.alerts.wordings import told_value
from centre.pages.office import AnyRequest, Office, language_of, own_site
from centre.pages.site_book import all_sites
from kiosk.words.root import Word


class RuleForm(Word, frozen=True, kw_only=True):
    """What the form of a rule sends; `id` "" is a new one."""

    id: str = ""
    kind: str = ""
    threshold: str = ""
    site: str = ""
    hours: str = "always"
    tell: str = ""
    active: str = ""
    csrf: str = ""


class TestForm(Word, frozen=True, kw_only=True):
    """Which rule's addresses are tried."""

    __test__ = False  # no test class
    id: str = ""
    csrf: str = ""


@get("/alerts", include_in_schema=False)
async def show_alerts(
    request: AnyRequest, office: NamedDependency[Office], session: NamedDependency[Session]
) -> Response[str]:
    """What is open, for whom it is."""
    return await _draw(request, office, session)


@post("/alerts/rules", include_in_schema=False)
async def write_rule(
    request: AnyRequest,
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: URLEncodedBody[RuleForm],
) -> Response[Any]:
    """A new rule, or another form of one."""
    try:
        rule = Rule(
            id=_number(data.id),
            kind=cast("Kind", data.kind),
            threshold=_threshold(data.threshold),
            site=data.site,
            hours=cast("Hours", data.hours),
            tell=addresses_in(data.tell),
            active=not data.id or data.active == "1",
        )
        async with office.database.changing() as connection:
            await keep_rule(connection, rule, by=session.account, now=office.now())
    except CentreError as error:
        if error.status == 500:
            raise
        return await _draw(request, office, session, refused=error.code, typed=data)
    return Redirect("/alerts?done=rule_kept", status_code=303)


@post("/alerts/test", include_in_schema=False)
async def try_rule(
    office: NamedDependency[Office],
    session: NamedDependency[Session],
    data: URLEncodedBody[TestForm],
) -> Redirect:
    """A word to each of a rule's addresses, that it is only tried."""
    del session
    async with office.database.changing() as connection:
        rules = {one.id: one for one in await all_rules(connection)}
        rule = rules.get(_number(data.id))
        if rule is None:
            raise Missing("no such rule", code="unknown_rule")
        await put_out(connection, rule, "test", [], office.now())
    return Redirect("/alerts?done=rule_tried", status_code=303)


async def _draw(
    request: AnyRequest,
    office: Office,
    session: Session,
    *,
    refused: str = "",
    typed: RuleForm | None = None,
) -> Response[str]:
    site = own_site(session, "")
    async with office.database.reading() as connection:
        now_open = await alerts_of(connection, site=site, is_open=True)
        over = await alerts_of(connection, site=site, is_open=False)
        rules = await all_rules(connection) if session.is_city else []
        messages = await last_messages(connection) if session.is_city else []
        sites = await all_sites(connection)
    language = language_of(request)
    return office.page(
        request,
        "alerts",
        status=422 if refused else 200,
        here="alerts",
        refused=refused,
        now_open=now_open,
        over=over[:50],
        rules=rules,
        messages=messages,
        sites=sites,
        site_names={one.code: one.name(language) for one in sites},
        kinds=KINDS,
        usual=USUAL,
        limits=LIMITS,
        all_hours=HOURS,
        has_mail=bool(office.settings.smtp),
        typed=typed or RuleForm(),
        told_value=lambda one: told_value(one, office.drawing.text, language),
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _threshold(text: str) -> float:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return -1.0


alert_pages = [show_alerts]
city_alert_pages = [write_rule, try_rule]
