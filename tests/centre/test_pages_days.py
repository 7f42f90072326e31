"""A site's days made again from events: the same report as the kiosk's own; pages and files."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, replace
from datetime import UTC, date, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pages_house import NOW, PagesHouse, words_of
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from test_pages_fleet import device

from centre.pages.days.event_book import days_of_sites
from centre.pages.days.rebuilding import TICKET_KINDS, Told, answers_of, visits_of
from centre.store.tables.devices import Device
from centre.store.tables.events import Event
from kiosk.queueing.hours import HANOI
from kiosk.queueing.report import day_report
from tools.city.filling import fill_days
from tools.city.visits import Day, Entry

TODAY = date(2026, 11, 30)


def told(entries: list[Entry], device: str = "k1", site: str = "hoan-kiem") -> list[Told]:
    return [
        Told(
            site=site,
            device=device,
            epoch="e" * 16,
            seq=seq,
            kind=entry.kind,
            at=entry.at.astimezone(UTC),
            body=msgspec.json.encode(entry.body).decode(),
        )
        for seq, entry in enumerate(entries, start=1)
    ]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), busy=st.integers(0, 60))
def test_the_report_is_the_one_that_the_kiosk_made(seed: int, busy: int):
    day = Day(TODAY, Random(seed), busy=busy)
    entries = day.entries()
    events = [one for one in told(entries) if one.kind in TICKET_KINDS]
    Random(seed).shuffle(events)  # they come in no order
    text = TODAY.isoformat()
    visits = visits_of(events, text, text)
    tickets = {entry.body.id: entry.body for entry in entries if entry.kind != "feedback_given"}
    own = day_report(text, tickets.values(), day.steps)
    again = day_report(text, visits.tickets, visits.steps)
    # why a number expired is the kiosk's knowledge; so is the moment within the same instant
    assert replace(again, left_over=()) == replace(own, left_over=())
    assert visits.unread == 0
    other = (TODAY - timedelta(days=1)).isoformat()
    assert visits_of(events, other, other).tickets == []


def test_a_number_that_two_kiosks_tell_of_is_one():
    entries = Day(TODAY, Random(3), busy=12).entries()
    tickets = [one for one in entries if one.kind != "feedback_given"]
    lent = [one for one in tickets if one.kind == "ticket_issued"]
    taken = [
        Entry("ticket_taken_over", one.at, replace(one.body, id=one.body.id + 500)) for one in lent
    ]
    again = [Entry("ticket_restored", one.at, one.body) for one in lent]
    text = TODAY.isoformat()
    alone = visits_of(told(tickets), text, text)
    both = visits_of([*told(tickets), *told(taken, "k2"), *told(again, "k3")], text, text)
    assert len(both.tickets) == len(alone.tickets) == len(lent)
    assert day_report(text, both.tickets, both.steps) == day_report(
        text, alone.tickets, alone.steps
    )


@pytest.mark.parametrize(
    "body", ["{}", "[]", "null", '{"id":1}', '{"id":"x"}', '{"state":"dancing"}', '"A012"']
)
def test_what_cannot_be_read_is_counted_and_passed_over(body: str):
    strange = replace(told([Entry("ticket_issued", NOW, {})])[0], body=body)
    day = Day(TODAY, Random(1), busy=5)
    events = [one for one in told(day.entries()) if one.kind in TICKET_KINDS]
    visits = visits_of([strange, *events], TODAY.isoformat(), TODAY.isoformat())
    assert visits.unread == 1
    assert len(visits.tickets) == len({one.ticket_id for one in visits.steps})
    assert answers_of([strange], "2026-01-01", "2027-01-01") == []


def test_an_answers_words_are_cleaned_once_more():
    entries = Day(TODAY, Random(5), busy=80).entries()
    said = next(one for one in entries if one.kind == "feedback_given")
    body = {**said.body, "words": "gọi 0912345678\x00\n<b>nhé</b>", "service": "x" * 500}
    (given_,) = answers_of(told([Entry(said.kind, said.at, body)] * 2), "2026-11-30", "2026-11-30")
    assert given_.answer.words == "gọi ••• <b>nhé</b>"
    assert len(given_.answer.service) == 40


def fill(house: PagesHouse) -> None:
    async def make(connection: AsyncConnection) -> None:
        rows = [device(1, "hoan-kiem", health={}), device(2, "tay-ho", health={})]
        await connection.execute(insert(Device), rows)
        await fill_days(connection, "hoan-kiem", TODAY, 4, busy=40)
        await fill_days(connection, "tay-ho", TODAY, 1, busy=10)

    house.change(make)


def test_the_site_pages_say_what_the_kiosks_said(house: PagesHouse):
    fill(house)
    house.clock.go(12 * 3600)
    mine = select(Event.at).where(Event.site == "hoan-kiem", Event.kind == "ticket_issued")
    days = [row.at.astimezone(HANOI).date() for row in house.rows(mine)]
    issued = days.count(TODAY)
    assert issued > 20
    with house.open_as("lan") as browser:
        day = words_of(browser.get("/sites/hoan-kiem", of="2026-11-30"))
        assert f"{issued} số đã cấp" in day
        assert "Chứng thực" in day
        assert "Quầy 1" in day
        month = words_of(browser.get("/sites/hoan-kiem", of="2026-11"))
        assert "Số đã cấp và đã phục vụ theo ngày" in month
        for strange in ("2026-13", "9999", "<script>", "2026-11-31"):
            page = browser.get("/sites/hoan-kiem", of=strange)
            assert page.status_code == 200
            assert "Ngày 30/11/2026" in words_of(page)
        assert "chưa có số nào" in words_of(browser.get("/sites/hoan-kiem", of="2025-01-01"))
        sheet = browser.get("/sites/hoan-kiem/2026-11-30/csv")
        lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
        assert ["Tổng", str(issued)] == next(one[:2] for one in lines if one[:1] == ["Tổng"])
        book = load_workbook(io.BytesIO(browser.get("/sites/hoan-kiem/2026-11/xlsx").content))
        assert len(book.worksheets) == 5
        assert browser.get("/sites/hoan-kiem/none/csv").status_code == 404
        assert browser.get("/sites/hoan-kiem/2026-11-30/exe").status_code in (400, 404)
        browser.forget()
        browser.log_in("mai")
        table = words_of(browser.get("/sites", of="2026-11-30", sort="wait"))
        assert "Phường Hoàn Kiếm" in table
        assert f" {issued} " in table
        assert browser.get("/sites", of="x", sort="y").status_code == 200
        assert browser.get("/sites/nowhere").status_code == 404
        assert "The day" not in browser.get("/sites").text


def test_the_database_counts_a_day_as_the_report_does(house: PagesHouse):
    fill(house)

    async def ask(connection: AsyncConnection) -> None:
        found = await days_of_sites(connection, TODAY)
        rows = await connection.execute(Event.__table__.select())
        events = [
            Told(site=row.site, device=row.device, epoch=row.epoch, seq=row.seq, kind=row.kind,
                 at=row.at, body=msgspec.json.encode(row.body).decode())
            for row in rows
        ]  # fmt: skip
        for site in ("hoan-kiem", "tay-ho"):
            own = [one for one in events if one.site == site and one.kind in TICKET_KINDS]
            text = TODAY.isoformat()
            visits = visits_of(own, text, text)
            whole = day_report(text, visits.tickets, visits.steps).whole
            day = found[site]
            assert (day.issued, day.served, day.no_shows) == (
                whole.issued, whole.served, whole.no_shows,
            )  # fmt: skip
            assert day.waits.median_s == pytest.approx(whole.waits.median_s, abs=300)
        assert found["hoan-kiem"].answers >= 0
        assert asdict(found["hoan-kiem"])["waits"]["count"] > 0
        assert await days_of_sites(connection, date(2020, 1, 1)) == {}

    house.change(ask)


def test_events_of_a_hostile_device_break_no_page(house: PagesHouse):
    async def make(connection: AsyncConnection) -> None:
        await connection.execute(insert(Device), [device(1, "hoan-kiem", health={})])
        bodies = ({}, {"face": 9}, {"issued_at": "x", "called_at": "y"}, {"face": "5"},
                  {"call_back": {"sealed": 5}}, {"words": ["x"]})  # fmt: skip
        kinds = ("ticket_issued", "ticket_complete", "feedback_given")
        rows = [
            {"received_at": NOW, "device": "k1", "epoch": "e", "seq": 10 * n + m,
             "site": "hoan-kiem", "kind": kind, "at": NOW, "body": body}
            for n, kind in enumerate(kinds)
            for m, body in enumerate(bodies)
        ]  # fmt: skip
        await connection.execute(insert(Event), rows)

    house.change(make)
    with house.open_as("mai") as browser:
        for path in ("/sites", "/sites/hoan-kiem", "/sites/hoan-kiem?of=2026-11", "/said",
                     "/call-backs", "/said/csv", "/sites/hoan-kiem/2026-11-30/xlsx"):  # fmt: skip
            assert browser.get(path).status_code == 200, path
        assert "12 mục không đọc được" in words_of(browser.get("/sites/hoan-kiem"))
