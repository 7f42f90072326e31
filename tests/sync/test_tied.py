"""A kiosk tied to the real centre: everything arrives once, in order, whatever the cable does."""

import asyncio
import logging
from datetime import timedelta

import pytest
from kiosk_house import in_loop

from kiosk.errors import CentreRefuses


def assert_in_order(told):
    """Every entry once, without a gap, each order by itself."""
    orders = {}
    for epoch, seq, _ in told:
        orders.setdefault(epoch, []).append(seq)
    for seqs in orders.values():
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))


@in_loop
async def test_a_kiosk_without_a_centre_is_alone(open_kiosk):
    house = open_kiosk()
    async with house.at_work():
        await house.until(lambda: house.centre.reason == "alone")
        assert house.centre.state == "ready"


@in_loop
async def test_a_kiosk_that_nobody_enrolled_says_so_and_begins_when_it_is(open_kiosk, ward):
    house = open_kiosk()
    async with house.at_work(ward.url):
        await house.until(lambda: house.centre.reason == "not_enrolled")
        number = house.issue()
        house.enrol(ward.url, ward.code())
        await house.until(lambda: ward.numbers() == [number])
        await house.until(lambda: house.centre.state == "ready")


@in_loop
async def test_the_day_is_told_in_order(kiosk, ward):
    async with kiosk.at_work(ward.url):
        numbers = [kiosk.issue() for _ in range(20)]
        await kiosk.until(lambda: ward.numbers() == numbers)
        await kiosk.until(lambda: kiosk.engine.store.centre.waiting() == 0)
        assert_in_order(ward.told())


@in_loop
async def test_numbers_are_given_while_the_cable_is_out_and_told_when_it_is_in(
    kiosk, ward, cable, caplog
):
    caplog.set_level(logging.INFO)
    async with kiosk.at_work(cable.url):
        numbers = [kiosk.issue()]
        await kiosk.until(lambda: kiosk.centre.state == "ready" and ward.numbers() == numbers)
        caplog.clear()
        for _ in range(3):
            cable.pull()
            numbers += [kiosk.issue() for _ in range(5)]
            await kiosk.until(lambda: kiosk.centre.state == "unavailable")
            assert kiosk.centre.reason == "no_answer"
            assert kiosk.centre.since
            cable.plug_in()
            await kiosk.until(lambda: kiosk.centre.state == "ready")
            await kiosk.until(lambda want=tuple(numbers): ward.numbers() == [*want])
        assert_in_order(ward.told())
    lines = [one.getMessage() for one in caplog.records if "centre is" in one.getMessage()]
    assert len(lines) == 6, "once when it goes, once when it is back"


@in_loop
async def test_an_answer_that_is_cut_anywhere_costs_nothing(kiosk, ward, cable):
    async with kiosk.at_work(cable.url):
        numbers = []
        for cut in (0, 1, 20, 90, 200):
            cable.cut_after = cut
            numbers += [kiosk.issue() for _ in range(3)]
            await kiosk.until(lambda: not cable.is_in or kiosk.centre.state == "unavailable")
            cable.plug_in()
            await kiosk.until(lambda want=list(numbers): ward.numbers() == want)
        assert_in_order(ward.told())


@in_loop
async def test_answers_that_never_come_are_not_waited_for(open_kiosk, ward, cable):
    house = open_kiosk(answer_s=0.3)
    house.enrol(ward.url, ward.code())
    async with house.at_work(cable.url):
        cable.swallow = True
        numbers = [house.issue() for _ in range(3)]
        await house.until(lambda: house.centre.reason == "no_answer")
        cable.plug_in()
        await house.until(lambda: ward.numbers() == numbers)
        await house.until(lambda: house.engine.store.centre.waiting() == 0)


@in_loop
async def test_a_centre_that_goes_and_comes_back(open_kiosk, own_city):
    city, ward, kiosk = own_city, own_city.ward(), open_kiosk()
    kiosk.enrol(ward.url, ward.code())
    async with kiosk.at_work(ward.url):
        numbers = [kiosk.issue()]
        await kiosk.until(lambda: ward.numbers() == numbers)
        city.close()
        numbers += [kiosk.issue() for _ in range(4)]
        await kiosk.until(lambda: kiosk.centre.state == "unavailable")
        city.open()
        await kiosk.until(lambda: ward.numbers() == numbers)
        assert_in_order(ward.told())


@in_loop
async def test_how_the_kiosk_is_is_told_again_and_again(kiosk, ward):
    async with kiosk.at_work(ward.url):
        kiosk.issue()
        await kiosk.until(lambda: ward.health().get("waiting") == 1)
        health = ward.health()
        assert (health["version"], health["disk_free_mb"]) == ("1.2.3", 4711)
        parts = {one["name"]: one["state"] for one in health["parts"]}
        assert parts["store"] == "ready"
        assert parts["centre"] in {"ready", "starting"}
        kiosk.issue()
        await kiosk.until(lambda: ward.health()["waiting"] == 2)


@in_loop
async def test_a_clock_that_is_wrong_is_no_trouble(open_kiosk, own_city):
    ward, kiosk = own_city.ward(), open_kiosk()
    own_city.ahead = timedelta(days=365 * 50)
    kiosk.enrol(ward.url, ward.code())
    async with kiosk.at_work(ward.url):
        number = kiosk.issue()
        await kiosk.until(lambda: ward.numbers() == [number])


@in_loop
async def test_a_revoked_kiosk_keeps_its_day_for_whoever_it_is_next(kiosk, ward):
    async with kiosk.at_work(ward.url):
        numbers = [kiosk.issue()]
        await kiosk.until(lambda: ward.numbers() == numbers)
        device = ward.device()
        ward.revoke(device)
        numbers += [kiosk.issue() for _ in range(3)]
        await kiosk.until(lambda: kiosk.centre.reason == "revoked")
        assert kiosk.engine.store.centre.waiting() == 3
        enrolled = kiosk.enrol(ward.url, ward.code())
        assert enrolled.device != device
        await kiosk.until(lambda: ward.numbers() == numbers)
        assert len({epoch for epoch, _, _ in ward.told()}) == 2
        assert_in_order(ward.told())


@in_loop
async def test_a_wrong_code_enrols_nobody_and_spoils_nothing(kiosk, ward):
    before = (kiosk.data.centre / "enrolment.json").read_bytes()
    with pytest.raises(CentreRefuses) as caught:
        kiosk.enrol(ward.url, "ABCDEFGH")
    assert (caught.value.code, caught.value.status) == ("code", 422)
    assert (kiosk.data.centre / "enrolment.json").read_bytes() == before
    async with kiosk.at_work(ward.url):
        number = kiosk.issue()
        await kiosk.until(lambda: ward.numbers() == [number])


@in_loop
async def test_an_outbox_of_weeks_is_told_while_numbers_are_given(kiosk, ward):
    kiosk.core.begin()
    for _ in range(300):
        kiosk.issue()
    store = kiosk.engine.store
    rows = store.centre.batch(10_000, 10**9).rows
    from kiosk.store.database import immediate

    with immediate(store.rooms.database):
        for _ in range(20):
            for row in rows:
                store.rooms.database.execute(
                    "INSERT INTO outbox (kind, body, created_at) VALUES (?, ?, ?)",
                    [row.kind, row.body.decode(), row.at],
                )
    wanted = store.centre.waiting()
    assert wanted == 300 * 21
    async with kiosk.at_work(ward.url):
        while store.centre.waiting():
            kiosk.issue()
            wanted += 1
            await asyncio.sleep(0.02)
        assert len(ward.told()) == wanted
        assert_in_order(ward.told())
