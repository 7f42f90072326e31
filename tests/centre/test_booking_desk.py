"""The booking desk on both databases: rules, repeats, quotas under a crowd, the feed, the purge."""

import asyncio
from collections import Counter
from datetime import UTC, timedelta

import pytest
from city_house import MONDAY, PERSON, add_clients, at, in_loop, said, settle, wish, with_desk
from sqlalchemy import insert, select, text

from centre.bookings.desk import BookingDesk
from centre.bookings.shapes import BookingMove
from centre.bookings.shelf import changes_since
from centre.bookings.surroundings import forget
from centre.errors import Conflict, Missing, Unprocessable
from centre.store import Database
from centre.store.tables.bookings import BookingDay, BookingRow

NOW = MONDAY


async def feed(desk, site="tan-an", since=0):
    """What a device of a site is told."""
    async with desk.database.reading() as connection:
        return await changes_since(connection, site, since)


async def refusal(work):
    """The code with which it is refused."""
    with pytest.raises((Conflict, Unprocessable, Missing)) as refused:
        await work
    return refused.value.code


@with_desk
async def test_a_booking_is_made_once_for_each_request(desk):
    booked, is_new = await desk.create("app", wish("request-1"), NOW)
    again, again_new = await desk.create("app", wish("request-1"), NOW + timedelta(hours=1))
    assert (is_new, again_new) == (True, False)
    assert again == booked
    assert booked.at == at("09:00")
    assert booked.field == "land"
    # the same moment said otherwise, and the same person written otherwise, are the same wish
    london = wish("request-1", at=at("09:00").astimezone(UTC).isoformat(), person="001 088 012 345")
    assert (await desk.create("app", london, NOW))[0] == booked
    assert await refusal(desk.create("app", wish("request-1", at=said("09:30")), NOW)) == (
        "request_reused"
    )
    # another client's request of the same name is its own
    other, other_new = await desk.create("other", wish("request-1", person="somebody-else"), NOW)
    assert other_new
    assert other.code != booked.code


@with_desk
async def test_the_table_knows_no_person(desk):
    await desk.create("app", wish("request-1"), NOW)
    async with desk.database.reading() as connection:
        row = (await connection.execute(select(BookingRow))).one()
    assert PERSON not in str(row)
    assert len(row.person) == 64
    other = BookingDesk(database=desk.database, secret=b"another secret of 32 bytes......")
    await other.create("app", wish("request-2", at=said("10:00")), NOW)
    async with desk.database.reading() as connection:
        persons = set((await connection.execute(select(BookingRow.person))).scalars())
    assert len(persons) == 2  # a copy of the table without the secret cannot be tried out


@with_desk
async def test_the_rules_hold_across_sites(desk):
    await desk.create("app", wish("request-1"), NOW)
    elsewhere = wish("request-2", site="ba-dinh", at=said("15:00"))
    assert await refusal(desk.create("app", elsewhere, NOW)) == "booking_field"
    await desk.create("app", wish("request-3", service="birth", at=said("10:00")), NOW)
    third = wish("request-4", service="marriage", at=said("11:00"))
    assert await refusal(desk.create("other", third, NOW)) == "booking_too_many"
    await desk.create("app", wish("request-5", service="marriage", at=said("11:00", 1)), NOW)
    assert await refusal(desk.create("app", wish("request-6", service="fish"), NOW)) == (
        "unknown_service"
    )
    assert await refusal(desk.create("app", wish("request-7", site="nowhere"), NOW)) == (
        "unknown_service"
    )
    for number, day in enumerate((-1, 7)):
        late = wish(f"request-8{number}", at=at("09:00", day).isoformat())
        assert await refusal(desk.create("app", late, NOW)) == "booking_day"


@with_desk
async def test_moving_and_cancelling(desk):
    booked, _ = await desk.create("app", wish("request-1"), NOW)
    later = NOW + timedelta(minutes=5)
    moved = await desk.change("app", booked.code, BookingMove(at=said("10:00", 1)), later, None)
    assert (moved.code, moved.at, moved.registered_at) == (booked.code, at("10:00", 1), NOW)
    assert moved.version > booked.version
    same = await desk.change("app", booked.code, BookingMove(at=said("10:00", 1)), later, None)
    assert same == moved
    assert (
        await refusal(
            desk.change("app", booked.code, BookingMove(service="birth"), later, booked.version)
        )
        == "booking_changed"
    )
    birth = await desk.change(
        "app", booked.code, BookingMove(service="birth"), later, moved.version
    )
    assert birth.field == "civil-status"
    gone = await desk.cancel("app", booked.code, later, None)
    assert gone.state == "cancelled"
    assert await desk.cancel("app", booked.code, later, None) == gone
    assert (
        await refusal(
            desk.change("app", booked.code, BookingMove(at=said("11:00", 1)), later, None)
        )
        == "booking_cancelled"
    )
    # the first request still finds what it made, as it is now
    assert (await desk.create("app", wish("request-1"), later))[0] == gone
    # and the person is free to book again
    assert (await desk.create("app", wish("request-2"), later))[1]


@with_desk
async def test_a_booking_whose_time_has_come_stays(desk):
    booked, _ = await desk.create("app", wish("request-1"), NOW)
    move = BookingMove(at=said("10:00", 1))
    assert await refusal(desk.change("app", booked.code, move, at("09:00"), None)) == (
        "booking_past"
    )


@with_desk
async def test_a_booking_is_its_clients_own(desk):
    booked, _ = await desk.create("app", wish("request-1"), NOW)
    move = BookingMove(at=said("10:00"))
    assert await desk.read("app", booked.code.lower()) == booked
    assert await refusal(desk.read("other", booked.code)) == "missing"
    assert await refusal(desk.change("other", booked.code, move, NOW, None)) == "missing"
    assert await refusal(desk.cancel("other", booked.code, NOW, None)) == "missing"


@with_desk
async def test_a_site_is_told_its_own_changes_in_their_order(desk):
    first, _ = await desk.create("app", wish("request-1"), NOW)
    await desk.create("app", wish("request-2", site="ba-dinh", person="another"), NOW)
    second, _ = await desk.create("app", wish("request-3", person="a third"), NOW)
    changes, cursor, more = await feed(desk)
    assert [change.code for change in changes] == [
        one.code.replace("-", "") for one in (first, second)
    ]
    assert (changes[0].at, changes[0].state) == ("2026-11-30T09:00:00+07:00", "booked")
    assert not more
    assert await feed(desk, since=cursor) == ((), cursor, False)
    await desk.cancel("app", first.code, NOW, None)
    changes, later, _ = await feed(desk, since=cursor)
    assert [(change.code, change.state) for change in changes] == [
        (first.code.replace("-", ""), "cancelled")
    ]
    assert later > cursor
    async with desk.database.reading() as connection:
        told, half, more = await changes_since(connection, "tan-an", 0, limit=1)
        rest, _, no_more = await changes_since(connection, "tan-an", half, limit=1)
    assert (len(told), more, len(rest), no_more) == (1, True, 1, False)


@with_desk
async def test_days_that_are_over_are_forgotten(desk):
    await desk.create("app", wish("request-1"), NOW)
    tomorrow, _ = await desk.create("app", wish("request-2", at=said("09:00", 1)), NOW)
    assert (await forget(desk.database, at("23:59")))[0] == 0
    assert (await forget(desk.database, at("00:00", 1)))[0] == 1
    assert await refusal(desk.read("app", "ABCD-2345")) == "missing"
    assert await desk.read("app", tomorrow.code) == tomorrow


@with_desk
async def test_days_off(desk):
    days = [
        ("", at("00:00", 1), False),  # closed everywhere but at Tân An
        ("tan-an", at("00:00", 1), True),
        ("tan-an", at("00:00", 2), False),
        ("tan-an", at("00:00", 6), True),  # a Sunday that is worked
    ]
    async with desk.database.changing() as connection:
        for site, day, is_open in days:
            values = {"site": site, "day": day.date(), "is_open": is_open}
            await connection.execute(insert(BookingDay).values(**values))

    async def free(site, day):
        return len((await desk.slots(site, "land", at("00:00", day).date(), NOW)).slots)

    assert await free("ba-dinh", 1) == 0
    assert [await free("tan-an", day) for day in (1, 2, 3, 6)] == [15, 0, 15, 15]
    new_year = at("07:00", 29)  # 29 December: the first of January is three days on
    slots = await desk.slots("tan-an", "land", at("00:00", 32).date(), new_year)
    assert slots.slots == ()


@with_desk
async def test_what_can_be_booked(desk):
    told = await desk.sites(NOW)
    assert told.days == tuple(at("00:00", day).date() for day in range(7))
    assert {site.code: [one.service for one in site.services] for site in told.sites} == {
        "ba-dinh": ["land"],
        "tan-an": ["birth", "land", "marriage"],
    }


@in_loop
async def test_a_crowd_never_exceeds_a_quota(database):
    """Forty wishes at once, through two servers' worth of connections, for two places."""
    desks = [await settle(database)]
    await add_clients(database)
    second = Database(database.url, pool=5)
    desks.append(BookingDesk(database=second, secret=desks[0].secret))

    async def try_it(number):
        one = wish(f"request-{number}", person=f"person-{number}")
        try:
            return (await desks[number % 2].create("app", one, NOW))[1]
        except Conflict as refused:
            return refused.code

    async def same_person(number):
        services = ("land", "birth", "marriage")
        one = wish(
            f"request-p{number}",
            service=services[number % 3],
            at=said("14:00"),
            person="greedy",
        )
        try:
            return (await desks[number % 2].create("app", one, NOW))[1]
        except Conflict as refused:
            return refused.code

    try:
        came = Counter(await asyncio.gather(*(try_it(number) for number in range(40))))
        assert came == {True: 2, "booking_full": 38}
        greedy = Counter(await asyncio.gather(*(same_person(number) for number in range(12))))
        assert greedy[True] == 2
        repeats = await asyncio.gather(
            *(
                desks[n % 2].create("app", wish("request-x", at=said("15:00")), NOW)
                for n in range(8)
            )
        )
        assert len({booked.code for booked, _ in repeats}) == 1
        assert sum(is_new for _, is_new in repeats) == 1
        async with database.reading() as connection:
            cursors = (await connection.execute(text("SELECT cursor FROM booking"))).scalars()
            assert len(set(cursors)) == 5
    finally:
        await second.close()
        await database.close()
