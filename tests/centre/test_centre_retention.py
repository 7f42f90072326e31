"""How long what is kept; words and numbers of citizens found, given out, made to be gone."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from centre_loop import change, closing, in_a_loop, rows
from click.testing import CliRunner
from intake_house import houses
from sqlalchemy import insert, select

from centre.__main__ import centre
from centre.one_change import who
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.accounts import Account, AccountSession, Audit
from centre.store.tables.alerts import Alert, AlertRule
from centre.store.tables.devices import EnrolmentCode, EnrolmentTry
from centre.store.tables.events import Event, Quarantined
from centre.telemetry.retention import Housekeeping, months_before

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
SEALED = {"number": "c2VhbGVk", "purpose": "call back", "key": "0123456789abcdef"}


def look(database: Database, now: datetime = NOW, **keys: Any) -> None:
    housekeeping = Housekeeping(database, Settings(**keys), lambda: now)
    in_a_loop(closing(database, housekeeping.look))


def said(seq: int, at: datetime, site: str = "tan-an", **body: Any) -> Any:
    told = {"face": "bad", "reasons": ["long"], "words": "Chờ lâu quá", "call_back": SEALED}
    return event(seq, at, site, "feedback_given", {**told, **body})


def event(seq: int, at: datetime, site: str, kind: str, body: dict[str, Any]) -> Any:
    return insert(Event).values(
        received_at=at, device="k1", epoch="e1", seq=seq, site=site, kind=kind, at=at, body=body
    )


def bodies(database: Database) -> dict[int, dict[str, Any]]:
    return {row.seq: row.body for row in rows(database, select(Event))}


def test_events_go_by_whole_months(database: Database) -> None:
    ages = (0, 30, 300, 360, 400)
    change(database, *(event(age, NOW - timedelta(days=age), "s", "k", {}) for age in ages))
    look(database, keep_events_months=12)
    assert sorted(bodies(database)) == [0, 30, 300, 360]


def test_words_and_numbers_are_emptied_where_they_lie(database: Database) -> None:
    ages = (1, 40, 500)
    change(database, *(said(age, NOW - timedelta(days=age)) for age in ages))
    change(database, event(7, NOW - timedelta(days=500), "s", "other", {"words": "a kiosk's own"}))
    look(database)
    kept = bodies(database)
    assert {age: (kept[age]["words"], kept[age]["call_back"]) for age in ages} == {
        1: ("Chờ lâu quá", SEALED), 40: ("Chờ lâu quá", None), 500: ("", None),
    }  # fmt: skip
    assert kept[500]["face"] == "bad"
    assert kept[500]["reasons"] == ["long"]
    assert kept[7] == {"words": "a kiosk's own"}
    look(database, NOW + timedelta(days=30))
    assert bodies(database)[1]["call_back"] is None
    assert bodies(database)[40]["words"] == "Chờ lâu quá"


def test_what_is_over_goes(database: Database) -> None:
    old, new = NOW - timedelta(days=4000), NOW - timedelta(hours=1)
    rule = insert(AlertRule).values(id=1, kind="offline", threshold=10)
    person = insert(Account).values(
        name="lan", shown_as="Lan", role="city", password_hash="", made_at=NOW
    )
    change(database, *houses("k1"), rule, person)
    for name, at in (("old", old), ("new", new)):
        change(
            database,
            insert(AccountSession).values(
                token_hash=name, account="lan", begun_at=at, seen_at=at, ends_at=at
            ),
            insert(EnrolmentCode).values(
                code_hash=name, site="site-of-k1", made_by=name, made_at=at, ends_at=at
            ),
            insert(EnrolmentTry).values(source=name, tried_at=at),
            insert(Alert).values(
                rule=1, subject=name, site="s", raised_at=at, over_at=at, value=1
            ),
            insert(Audit).values(at=at, account="lan", action=name),
            insert(Quarantined).values(
                device=name, epoch="e", seq=1, site="s", kind="k", reason="nul", text="",
                received_at=at,
            ),
        )  # fmt: skip
    look(database)
    for question in (
        "SELECT token_hash FROM account_session", "SELECT code_hash FROM enrolment_code",
        "SELECT source FROM enrolment_try", "SELECT subject FROM alert",
        "SELECT action FROM audit", "SELECT device FROM quarantined",
    ):  # fmt: skip
        assert rows(database, question) == [("new",)], question


def test_months_before() -> None:
    assert months_before(NOW, 12) == datetime(2025, 11, 1, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 31, tzinfo=UTC), 1) == datetime(2025, 12, 1, tzinfo=UTC)


def asked(settings: Settings, *words: str) -> Any:
    keys = {"CENTRE_DATA": settings.data, "CENTRE_DATABASE": settings.database}
    return CliRunner(env=keys).invoke(centre, ["personal", *words])


def test_what_somebody_said_is_given_out_and_erased(
    centre_settings: Settings, database: Database
) -> None:
    day = datetime(2026, 11, 11, 17, 30, tzinfo=UTC)  # in Hà Nội the 12th has begun
    change(database, said(1, day), said(2, day, words="", call_back=None), said(3, day, "ba-dinh"))
    change(database, said(4, day - timedelta(hours=1)), said(5, day + timedelta(hours=23)))
    day_told = str(date(2026, 11, 12))
    given = asked(centre_settings, "export", "tan-an", day_told, day_told)
    lines = [json.loads(line) for line in given.stdout.splitlines()]
    assert [(line["reference"], line["words"]) for line in lines] == [
        ("k1/e1/1", "Chờ lâu quá"), ("k1/e1/5", "Chờ lâu quá"),
    ]  # fmt: skip
    assert lines[0]["at"] == "2026-11-12T00:30:00+07:00"
    assert lines[0]["call_back"] == SEALED

    gone = asked(
        centre_settings, "erase", "tan-an", day_told, "k1/e1/1", "k1/e1/3", "--reason", "wish 7"
    )
    assert gone.exit_code == 1
    assert gone.stdout == "k1/e1/1: erased\nk1/e1/3: nothing there\n"
    kept = bodies(database)
    assert (kept[1]["words"], kept[1]["call_back"], kept[1]["face"]) == ("", None, "bad")
    assert [seq for seq, body in kept.items() if body["words"]] == [3, 4, 5]
    audit = rows(database, select(Audit).order_by(Audit.id))
    assert [(row.account, row.action, row.facts) for row in audit] == [
        (who(), "personal_export", {"answers": 2}),
        (who(), "personal_erase", {"reference": "k1/e1/1", "reason": "wish 7"}),
    ]
