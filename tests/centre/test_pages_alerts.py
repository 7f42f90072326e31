"""Alerts: what rules find, told once and once when it is over, by real mail and webhook."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from centre_loop import closing, in_a_loop
from pages_house import NOW, PagesHouse, words_of
from receivers import HookPlace, MailPlace
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from test_pages_fleet import device

from centre.pages.alerts.alert_book import all_rules, keep_rule, look
from centre.pages.alerts.mail import read_mail_server
from centre.pages.alerts.rules import (
    USUAL,
    Kind,
    Rule,
)
from centre.pages.alerts.telling import GIVEN_UP_AFTER, Telling
from centre.pages.alerts.watch import Watch
from centre.pages.wording import drawing_of
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.alerts import Alert, AlertMessage
from centre.store.tables.devices import Device
from centre.store.tables.events import Event
from kiosk.paths import ASSETS

TEXT = drawing_of(ASSETS).text


def rule(house: PagesHouse, kind: Kind, *tell: str, **facts: Any) -> None:
    wanted = Rule(kind=kind, threshold=facts.pop("threshold", USUAL[kind]), tell=tell, **facts)

    async def make(connection: AsyncConnection) -> None:
        await keep_rule(connection, wanted, by="mai", now=NOW)

    house.change(make)


def devices(house: PagesHouse, *rows: dict[str, Any]) -> None:
    async def make(connection: AsyncConnection) -> None:
        await connection.execute(insert(Device), list(rows))

    house.change(make)


def told(house: PagesHouse, number: int, **values: Any) -> None:
    """What a device told last."""

    async def make(connection: AsyncConnection) -> None:
        mine = Device.id == f"k{number}"
        await connection.execute(update(Device).where(mine).values(**values))

    house.change(make)


def look_once(house: PagesHouse, at: datetime) -> int:
    async def ask(connection: AsyncConnection) -> int:
        return await look(connection, at)

    return house.change(ask)


def alerts(house: PagesHouse) -> list[tuple[str, bool]]:
    rows = house.rows(select(Alert.subject, Alert.over_at).order_by(Alert.id))
    return [(row.subject, row.over_at is None) for row in rows]


def tell_due(house: PagesHouse, at: datetime, smtp: str = "") -> int:
    database = Database(house.database.url, pool=2)
    telling = Telling(database, read_mail_server(smtp), "https://centre.example/", TEXT)
    return in_a_loop(closing(database, lambda: telling.tell_due(at)))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_who_is_silent_is_told_of_once_and_once_when_back(house: PagesHouse):
    devices(house, device(1, "hoan-kiem", seen_at=NOW, health={}))
    rule(house, "offline", "mailto:a@b.example")
    assert look_once(house, NOW + minutes(10)) == 0
    assert look_once(house, NOW + minutes(10.1)) == 1
    assert look_once(house, NOW + minutes(11)) == 0
    assert alerts(house) == [("k1", True)]
    told(house, 1, seen_at=NOW + minutes(12))
    assert look_once(house, NOW + minutes(13)) == 1
    assert look_once(house, NOW + minutes(14)) == 0
    assert alerts(house) == [("k1", False)]
    assert look_once(house, NOW + minutes(30)) == 1  # silent once more is another one
    told(house, 1, revoked_at=NOW)
    assert look_once(house, NOW + minutes(31)) == 1
    assert [is_open for _, is_open in alerts(house)] == [False, False]


def test_a_value_that_swings_round_the_threshold_is_told_once(house: PagesHouse):
    devices(
        house,
        device(1, "hoan-kiem", seen_at=NOW, health_at=NOW, health={"slips_left": 60}),
        device(2, "tay-ho", seen_at=NOW, health_at=NOW, health={"longest_wait_min": 46}),
        device(3, "tay-ho", seen_at=NOW, health_at=NOW, health={}),
    )
    rule(house, "paper_low", "mailto:a@b.example")
    rule(house, "wait_long", "mailto:a@b.example")
    assert look_once(house, NOW) == 2
    for slips, wait, messages in ((66, 40, 0), (72, 37, 0), (50, 90, 0), (73, 36, 2), (60, 46, 2)):
        told(house, 1, health={"slips_left": slips})
        told(house, 2, health={"longest_wait_min": wait})
        assert look_once(house, NOW) == messages, (slips, wait)
    told(house, 2, health_at=NOW - minutes(11))  # nobody knows who waits
    assert look_once(house, NOW) == 1


def test_a_rule_of_a_site_and_of_the_working_hours(house: PagesHouse):
    night = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)  # 23:00 in Hanoi
    morning = datetime(2026, 12, 1, 0, 5, tzinfo=UTC)  # 7:05
    for number, site in ((1, "hoan-kiem"), (2, "tay-ho")):
        devices(house, device(number, site, seen_at=NOW, health={}))
    rule(house, "offline", "mailto:a@b.example", site="tay-ho", hours="working")
    assert look_once(house, night) == 0
    assert look_once(house, morning) == 0  # it has time to start
    assert look_once(house, morning + minutes(6)) == 1
    assert alerts(house) == [("k2", True)]


def test_satisfaction_that_drops(house: PagesHouse):
    rule(house, "satisfaction_drop", "mailto:a@b.example")
    faces = [(4, 20, 20), (2, 3, 19), (2, 3, 1)]  # face, days ago, how many

    async def make(connection: AsyncConnection, start: int, rows: list[Any]) -> None:
        numbers = iter(range(start, start + 1000))
        await connection.execute(
            insert(Event),
            [
                {"received_at": NOW, "device": "k1", "epoch": "e", "seq": next(numbers),
                 "site": "tay-ho", "kind": "feedback_given", "at": NOW - timedelta(days=ago),
                 "body": {"face": face}}
                for face, ago, count in rows
                for _ in range(count)
            ],
        )  # fmt: skip

    house.change(lambda connection: make(connection, 1, faces[:2]))
    assert look_once(house, NOW) == 0  # 19 answers are too few
    house.change(lambda connection: make(connection, 1000, faces[2:]))
    assert look_once(house, NOW + minutes(30)) == 0  # once an hour
    assert look_once(house, NOW + minutes(61)) == 1
    assert alerts(house) == [("tay-ho", True)]
    assert house.rows(select(Alert.value))[0][0] == pytest.approx(2.0)


def test_workers_that_look_at_once_find_it_once(house: PagesHouse):
    devices(house, *(device(n, "tay-ho", seen_at=NOW, health={}) for n in range(30)))
    rule(house, "offline", "mailto:a@b.example")

    async def together() -> None:
        database = Database(house.database.url, pool=6)

        async def one() -> None:
            async with database.changing() as connection:
                await look(connection, NOW + minutes(20))

        try:
            await asyncio.gather(*(one() for _ in range(6)))
        finally:
            await database.close()

    in_a_loop(together())
    assert len(alerts(house)) == 30
    assert house.rows(select(AlertMessage.alerts))[0][0] == list(range(1, 31))


def test_mail_reaches_a_server_and_says_what_and_where(house: PagesHouse):
    devices(house, *(device(n, "tay-ho", seen_at=NOW, health={}) for n in range(32)))
    rule(house, "offline", "mailto:truc@hanoi.example", "mailto:hai@hanoi.example")
    look_once(house, NOW + minutes(14))
    with MailPlace() as place:
        assert tell_due(house, NOW + minutes(14), place.url) == 2
        assert tell_due(house, NOW + minutes(15), place.url) == 0
        first, second = place.mails
        assert {first["To"], second["To"]} == {"truc@hanoi.example", "hai@hanoi.example"}
        assert first["Subject"] == "Lễ Tân: mất kết nối, 32 nơi"
        assert first["Auto-Submitted"] == "auto-generated"
        words = first.get_content()
        assert "- Phường Tây Hồ, Sảnh <i>0</i>: đã 14 phút (10:14 30/11/2026)" in words
        assert "- Tay Ho Ward, Sảnh" in words
        assert "và 2 nơi nữa" in words
        assert "https://centre.example/alerts" in words
        told(house, 3, seen_at=NOW + minutes(20))
        look_once(house, NOW + minutes(20))
        tell_due(house, NOW + minutes(20), place.url)
        assert place.mails[-1]["Subject"] == "Lễ Tân: đã qua, mất kết nối, Phường Tây Hồ"
        assert len({mail["Message-ID"] for mail in place.mails}) == 4


def test_a_mail_server_that_is_away_is_asked_again_for_a_day(house: PagesHouse, caplog):
    devices(house, device(1, "tay-ho", seen_at=NOW, health={}))
    rule(house, "offline", "mailto:truc@hanoi.example")
    look_once(house, now := NOW + minutes(14))
    with MailPlace() as place:
        url = place.url
    assert tell_due(house, now, url) == 1
    assert tell_due(house, now, url) == 0  # not due yet
    for _ in range(6):
        now += timedelta(hours=1)
        assert tell_due(house, now, url) == 1
    state = house.rows(select(AlertMessage.tries, AlertMessage.error, AlertMessage.due_at))[0]
    assert state.tries == 7
    assert "Connection" in state.error
    assert len([one for one in caplog.records if "alert message" in one.message]) == 1
    with MailPlace() as place:
        place.refuses = 451
        now += timedelta(hours=1)
        assert tell_due(house, now, place.url) == 1
        assert house.rows(select(AlertMessage.sent_at, AlertMessage.due_at))[0][1] is not None
        place.refuses = 0
        now += timedelta(hours=1)
        assert tell_due(house, now, place.url) == 1
        assert len(place.mails) == 1
    assert house.rows(select(AlertMessage.sent_at))[0][0] is not None


def test_what_will_never_arrive_is_given_up(house: PagesHouse):
    devices(house, device(1, "tay-ho", seen_at=NOW, health={}))
    rule(house, "offline", "mailto:nobody@hanoi.example", "mailto:late@hanoi.example")
    look_once(house, NOW + minutes(14))
    with MailPlace() as place:
        place.refuses = 550
        assert tell_due(house, NOW + minutes(14), place.url) == 2
        assert tell_due(house, NOW + timedelta(days=3), place.url) == 0
    rule(house, "offline", "mailto:late@hanoi.example", threshold=3.0)
    look_once(house, NOW + minutes(15))
    assert tell_due(house, NOW + minutes(15)) == 1  # no server at all
    assert tell_due(house, NOW + minutes(15) + GIVEN_UP_AFTER) == 1
    assert tell_due(house, NOW + timedelta(days=9)) == 0


def test_a_webhook_is_signed_and_tried_again(house: PagesHouse):
    devices(house, device(1, "tay-ho", seen_at=NOW, health={}))
    with HookPlace() as place:
        rule(house, "offline", place.url)
        look_once(house, now := NOW + minutes(14))
        for status in (500, 307):
            place.answers = status
            assert tell_due(house, now) == 1
            now += timedelta(hours=1)
        place.answers = 204
        assert tell_due(house, now) == 1
        assert len(place.posts) == 3  # the redirect was not followed
        headers, body = place.posts[-1]
        secret = house.rows("SELECT secret FROM alert_rule")[0][0]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        mark = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
        assert headers["webhook-signature"] == f"v1,{base64.b64encode(mark).decode()}"
        assert {one["webhook-id"] for one, _ in place.posts} == {"alert-1"}
        told_ = json.loads(body)
        assert told_["type"] == "alert.raised"
        assert told_["alerts"][0]["site"] == "tay-ho"
        assert told_["alerts"][0]["value"] == 14
        look_once(house, now)
        place.answers = 410
        told(house, 1, seen_at=now)
        look_once(house, now)
        assert tell_due(house, now) == 1
        assert tell_due(house, now + timedelta(days=1)) == 0  # gone is gone


def test_workers_that_send_at_once_send_it_once(house: PagesHouse):
    devices(house, *(device(n, "tay-ho", seen_at=NOW, health={}) for n in range(3)))
    with MailPlace() as place:
        for number in range(6):
            rule(house, "offline", f"mailto:{number}@hanoi.example")
        look_once(house, NOW + minutes(14))
        url = place.url

        async def together() -> None:
            database = Database(house.database.url, pool=8)
            server = read_mail_server(url)
            workers = [Telling(database, server, "", TEXT) for _ in range(4)]
            try:
                await asyncio.gather(*(one.tell_due(NOW + minutes(14)) for one in workers))
            finally:
                await database.close()

        in_a_loop(together())
        assert sorted(mail["To"] for mail in place.mails) == [
            f"{number}@hanoi.example" for number in range(6)
        ]


def test_the_watch_looks_and_tells_beside_the_pages(house: PagesHouse):
    devices(house, device(1, "tay-ho", seen_at=NOW - timedelta(hours=1), health={}))
    rule(house, "offline", "mailto:truc@hanoi.example")
    with MailPlace() as place:
        settings = Settings(smtp=place.url, public_url="")

        async def watch() -> None:
            database = Database(house.database.url, pool=3)
            one = Watch(database, settings, house.clock, TEXT)
            await one.begin()
            try:
                async with asyncio.timeout(60):
                    while not place.mails:
                        await asyncio.sleep(0.02)
            finally:
                await one.end()
                await database.close()

        in_a_loop(watch())
    assert place.mails[0]["To"] == "truc@hanoi.example"


def test_the_city_writes_rules_and_a_ward_sees_its_own_alerts(house: PagesHouse):
    for number, site in ((1, "hoan-kiem"), (2, "tay-ho")):
        devices(house, device(number, site, seen_at=NOW - timedelta(hours=1), health={}))
    with house.open_as("mai") as browser:
        form = {"kind": "offline", "threshold": "10", "site": "", "hours": "always",
                "tell": "truc@hanoi.example\nhttps://bot.example/x"}  # fmt: skip
        assert "Đã lưu" in words_of(browser.post("/alerts/rules", **form))
        look_once(house, NOW)
        page = browser.get("/alerts")
        assert "Đang xảy ra (2)" in words_of(page)
        assert "2 nơi nhận" in words_of(page)
        for wrong, why in (
            ({"kind": "weather"}, "chưa đúng"),
            ({"threshold": "0"}, "Ngưỡng"),
            ({"threshold": "nhiều"}, "Ngưỡng"),
            ({"threshold": "nan"}, "Ngưỡng"),
            ({"tell": "file:///etc/passwd"}, "địa chỉ"),
            ({"tell": "http://intranet/x"}, "địa chỉ"),
            ({"tell": "a@b.example\nBcc: c@d.example"}, "địa chỉ"),
            ({"site": "nowhere"}, "phường"),
            ({"hours": "never"}, "chưa đúng"),
        ):
            refused = browser.post("/alerts/rules", **form | wrong)
            assert refused.status_code == 422, wrong
            assert why in words_of(refused), wrong
        assert browser.post("/alerts/rules", **form, id="77").status_code == 422
        assert browser.post("/alerts/test", id="77").status_code == 404
        browser.post("/alerts/test", id="1")
        browser.post("/alerts/rules", **form, id="1")  # switched off
        assert "Hiện không có cảnh báo" in words_of(browser.get("/alerts"))
        browser.forget()
        browser.log_in("hoa")
        own = browser.get("/alerts")
        assert "Tây Hồ" in words_of(own)
        assert "Hoàn Kiếm" not in own.text
        assert "truc@" not in own.text
    whats = [row[0] for row in house.rows(select(AlertMessage.what))]
    assert whats.count("test") == 2

    async def rules(connection: AsyncConnection) -> list[bool]:
        return [one.active for one in await all_rules(connection)]

    assert house.change(rules) == [False]
