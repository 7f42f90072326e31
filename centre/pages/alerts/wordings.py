"""What a message says: a mail in Vietnamese with the English below, a webhook in plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from centre.pages.alerts.alert_book import Raised
from centre.pages.wording import figure, moment

MOST_NAMED = 30
Text = Callable[..., str]
"""`text(key, language, **values)` of the books."""


def subject_of(what: str, kind: str, alerts: Sequence[Raised], text: Text) -> str:
    """The subject of a mail, without a device's own words beyond its name."""
    if what == "test":
        return text("alert_mail.test")
    key = f"alert_mail.{what}_one" if len(alerts) == 1 else f"alert_mail.{what}_many"
    where = alerts[0].site_vi if alerts else ""
    return text(key, kind=text(f"alert.{kind}"), site=where, count=len(alerts))


def words_of(what: str, kind: str, alerts: Sequence[Raised], url: str, text: Text) -> str:
    """The words of a mail."""
    parts = [_words(what, kind, alerts, url, text, language) for language in ("vi", "en")]
    return "\n\n--\n\n".join(parts) + "\n"


def _words(
    what: str,
    kind: str,
    alerts: Sequence[Raised],
    url: str,
    text: Text,
    language: str,
) -> str:
    if what == "test":
        return text("alert_mail.test_words", language)
    lines = [text(f"alert_mail.{what}", language, kind=text(f"alert.{kind}", language)), ""]
    lines += [_line(one, what, text, language) for one in alerts[:MOST_NAMED]]
    if len(alerts) > MOST_NAMED:
        lines.append(text("alert_mail.more", language, count=len(alerts) - MOST_NAMED))
    if url:
        lines += ["", text("alert_mail.see", language, url=f"{url.rstrip('/')}/alerts")]
    return "\n".join(lines)


def _line(one: Raised, what: str, text: Text, language: str) -> str:
    site = one.site_en if language == "en" else one.site_vi
    told = told_value(one, text, language)
    when = moment(one.over_at if what == "over" else one.raised_at)
    return f"- {f'{site}, {one.name}' if one.name else site}: {told} ({when})"


def told_value(one: Raised, text: Text, language: str) -> str:
    """How much it is, in words."""
    places = 1 if one.kind == "satisfaction_drop" else 0
    value = figure(one.value, places, "en" if language == "en" else "vi")
    return text(f"alert.told_{one.kind}", language, value=value)


def values_of(what: str, kind: str, alerts: Sequence[Raised]) -> dict[str, Any]:
    """What a webhook is told; `type` is alert.raised, alert.over or alert.test."""
    return {
        "type": f"alert.{what}",
        "kind": kind,
        "alerts": [
            {
                "id": one.id,
                "subject": one.subject,
                "site": one.site,
                "site_name": one.site_vi,
                "device_name": one.name,
                "value": one.value,
                "threshold": one.threshold,
                "raised_at": one.raised_at.isoformat(),
                "over_at": one.over_at.isoformat() if one.over_at else None,
            }
            for one in alerts
        ],
    }
