"""Documents, bookings and dossiers from the real centre; nothing of it can stop a kiosk."""

import secrets
from datetime import datetime, timedelta

import msgspec
import pytest
from kiosk_house import in_loop

from kiosk.catalogue.keeping import Kept
from kiosk.catalogue.portal_row import procedure_of
from kiosk.errors import CommandRefused
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.queueing.hours import HANOI
from kiosk.sync.enrolment import keep_enrolment, read_enrolment
from kiosk.words import AskDossier, AskSurvey, CheckInBooking, DossierTold, SuggestProcedures

NOTICE = '[[notice]]\ntext_vi = "Hôm nay nhận hồ sơ đến 16 giờ"\n'
SURVEY = (ASSETS / "feedback" / "survey.toml").read_text()
SERVICES = """
[[counter]]
number = "1"

[[service]]
code = "land"
name_vi = "Đất đai"
name_en = "Land"
series = "{series}"
counters = ["1"]
"""


def services(series="L"):
    return SERVICES.format(series=series)


def notices(house):
    return [one.text_vi for one in house.engine.state().notices]


def series(house):
    return {one.code: one.series for one in house.engine.state().services}


def tomorrow(clock="09:00"):
    day = (datetime.now(HANOI) + timedelta(days=1)).date()
    return datetime.fromisoformat(f"{day}T{clock}:00+07:00")


@in_loop
async def test_notices_come_and_go_while_the_kiosk_runs(kiosk, ward):
    own = ["Xin quý ông bà chuẩn bị sẵn giấy tờ khi đến lượt"]
    async with kiosk.at_work(ward.url):
        version = ward.publish("notices", NOTICE)
        await kiosk.until(lambda: notices(kiosk) == ["Hôm nay nhận hồ sơ đến 16 giờ"])
        await kiosk.until(lambda: ward.fates().get("notices") == (version, "in_use", ""))
        gone = ward.withdraw("notices")
        await kiosk.until(lambda: notices(kiosk) == own)
        await kiosk.until(lambda: ward.fates()["notices"] == (gone, "in_use", ""))
    assert kiosk.shelf.path.read_text().count("16 giờ") == 0, "config.toml is the technician's"


@in_loop
async def test_a_kiosk_that_starts_without_a_network_uses_what_it_has(open_kiosk, kiosk, ward):
    async with kiosk.at_work(ward.url):
        ward.publish("notices", NOTICE)
        await kiosk.until(lambda: ward.fates().get("notices"))
    again = open_kiosk()
    async with again.at_work():
        assert notices(again) == ["Hôm nay nhận hồ sơ đến 16 giờ"]


@in_loop
async def test_other_services_wait_until_nobody_waits_and_count_after_a_restart(
    open_kiosk, kiosk, ward
):
    async with kiosk.at_work(ward.url):
        kiosk.issue("land")
        version = ward.publish("services", services())
        await kiosk.until(lambda: "restart_needed" in kiosk.device("config").warnings)
        assert series(kiosk)["land"] == "D"
        assert not kiosk.restarts, "somebody waits"
        ticket = kiosk.engine.desk.hall.tickets("waiting")[0]
        kiosk.change(ticket.id, "cancel")
        await kiosk.until(lambda: kiosk.restarts)
        assert "services" not in ward.fates()
    again = open_kiosk()
    async with again.at_work(ward.url):
        assert series(again) == {"land": "L"}
        assert again.issue("land") == "L001"
        await again.until(lambda: ward.fates().get("services") == (version, "in_use", ""))


@in_loop
async def test_a_document_that_clashes_with_this_kiosk_alone_is_rolled_back(open_kiosk, ward):
    house = open_kiosk(changes={"leader.letter": '"X"'})
    house.enrol(ward.url, ward.code())
    async with house.at_work(ward.url):
        version = ward.publish("services", services("X"))
        found = await house.until(lambda: ward.fates().get("services"))
        assert found[:2] == (version, "rolled_back")
        assert found[2].startswith("config.toml:")
        assert found[2].endswith("leader.letter: 'X' is the series of service 'land'")
        assert house.issue("land") == "D001"
        ward.publish("notices", NOTICE)
        await house.until(lambda: notices(house) == ["Hôm nay nhận hồ sơ đến 16 giờ"])


@in_loop
async def test_a_document_that_another_key_signed_is_not_used(kiosk, ward):
    centre = kiosk.data.centre
    keep_enrolment(centre, msgspec.structs.replace(read_enrolment(centre), document_key="11" * 32))
    async with kiosk.at_work(ward.url):
        version = ward.publish("notices", NOTICE)
        found = await kiosk.until(lambda: ward.fates().get("notices"))
        assert found == (version, "rolled_back", "the centre's document key has not signed it")
        assert "16 giờ" not in str(notices(kiosk))


@in_loop
async def test_a_document_that_breaks_off_comes_whole_the_next_time(kiosk, ward, cable):
    padding = "".join(
        f"# {secrets.token_hex(40)}\n" for _ in range(600)
    )  # gzip makes it no smaller
    async with kiosk.at_work(cable.url):
        await kiosk.until(lambda: kiosk.centre.state == "ready")
        version = ward.publish("notices", NOTICE + padding)
        for _ in range(3):
            cable.cut_after = 9_000
            await kiosk.until(lambda: not cable.is_in)
            assert "16 giờ" not in str(notices(kiosk))
            cable.plug_in()
        await kiosk.until(lambda: ward.fates().get("notices") == (version, "in_use", ""))
        assert notices(kiosk) == ["Hôm nay nhận hồ sơ đến 16 giờ"]


@in_loop
async def test_what_the_technician_keeps_is_kept(open_kiosk, ward):
    house = open_kiosk(changes={"centre.own": '["notices"]'})
    house.enrol(ward.url, ward.code())
    async with house.at_work(ward.url):
        version = ward.publish("notices", NOTICE)
        found = await house.until(lambda: ward.fates().get("notices"))
        assert found == (version, "rolled_back", "kept out by [centre] own in config.toml")
        assert notices(house) == ["Xin quý ông bà chuẩn bị sẵn giấy tờ khi đến lượt"]
    again = open_kiosk()  # the technician changed it back
    async with again.at_work(ward.url):
        await again.until(lambda: notices(again) == ["Hôm nay nhận hồ sơ đến 16 giờ"])
        await again.until(lambda: ward.fates()["notices"] == (version, "in_use", ""))


@in_loop
async def test_a_survey_is_asked_at_once(kiosk, ward):
    fresh = SURVEY.replace('version = "', 'version = "city-')
    async with kiosk.at_work(ward.url):
        ward.publish("survey", fresh)

        def asked():
            return kiosk.engine.do(AskSurvey(), "screen").survey.version

        await kiosk.until(lambda: asked().startswith("city-"))
        ward.withdraw("survey")
        await kiosk.until(lambda: not asked().startswith("city-"))


@in_loop
async def test_a_core_that_dies_twice_gets_its_former_documents(open_kiosk, kiosk, ward, caplog):
    async with kiosk.at_work(ward.url):
        ward.publish("notices", NOTICE)
        await kiosk.until(lambda: ward.fates().get("notices"))
    house = open_kiosk()
    house.edge.renewing._is_well = lambda name: None  # it does not live long enough to tell
    async with house.at_work(ward.url):
        bad = ward.publish("notices", NOTICE.replace("16", "17"))
        await house.until(lambda: notices(house) == ["Hôm nay nhận hồ sơ đến 17 giờ"])
    for _ in range(2):
        house.close(cleanly=False)
        house.edge.end = lambda: None
        house = open_kiosk()
    async with house.at_work(ward.url):
        assert notices(house) == ["Hôm nay nhận hồ sơ đến 16 giờ"]
        await house.until(lambda: ward.fates()["notices"][:2] == (bad, "rolled_back"))
    assert "two cores in a row died with it" in caplog.text


@in_loop
async def test_bookings_come_move_and_go(kiosk, ward):
    def kept():
        return {one.code: one.at[11:16] for one in kiosk.engine.store.bookings.all()}

    async with kiosk.at_work(ward.url):
        first = ward.book("land", tomorrow("09:00"))
        second = ward.book("land", tomorrow("10:00"))
        await kiosk.until(lambda: set(kept().values()) == {"09:00", "10:00"})
        ward.move(first, tomorrow("14:00"))
        await kiosk.until(lambda: set(kept().values()) == {"10:00", "14:00"})
        ward.cancel(second)
        await kiosk.until(lambda: set(kept().values()) == {"14:00"})
        assert not any(one.person == "" for one in kiosk.engine.store.bookings.all())


@in_loop
async def test_a_booking_checks_in_with_the_cable_out(kiosk, ward, cable):
    soon = (datetime.now(HANOI) + timedelta(minutes=30)).replace(second=0, microsecond=0)
    soon += timedelta(minutes=-soon.minute % 30)
    if soon.date() != datetime.now(HANOI).date():
        pytest.skip("the day is nearly over")
    async with kiosk.at_work(cable.url):
        code = ward.book("land", soon)
        await kiosk.until(kiosk.engine.store.bookings.all)
        cable.pull()
        card = kiosk.engine.do(CheckInBooking(code=code), "cli").card
        assert card.ticket.booked_at == soon.isoformat()
        cable.plug_in()
        await kiosk.until(lambda: ward.numbers() == [card.ticket.number])


@in_loop
async def test_the_default_configuration_is_not_touched(kiosk, ward):
    before = kiosk.shelf.path.read_bytes()
    async with kiosk.at_work(ward.url):
        ward.publish("hours", '[hours]\nalways_open = true\nclosed_on = ["2031-01-01"]\n')
        await kiosk.until(lambda: ward.fates().get("hours"))
    assert kiosk.shelf.path.read_bytes() == before
    assert "2031-01-01" not in DEFAULT_CONFIG.read_text()


def row(number):
    """A procedure that no shipped catalogue has."""
    return procedure_of(
        {
            "code": f"9.{number:06}",
            "name": f"Cấp giấy phép thả diều số {number}",
            "field": "Thả diều",
            "level": "Cấp xã",
            "ward": True,
        }
    )


def catalogue(*numbers):
    rows = tuple(row(number) for number in numbers)
    kept = Kept(imported_on="2026-11-01", source="the city", ward_only=True, rows=rows)
    return msgspec.json.encode(kept).decode()


@pytest.mark.slow
@in_loop
async def test_a_catalogue_is_read_and_given_back(kiosk, ward):
    def names():
        try:
            found = kiosk.engine.do(SuggestProcedures(text="cấp giấy phép thả diều"), "screen")
        except CommandRefused:  # the guide is still being read
            return None
        return {one.code for one in found.lines if one.code.startswith("9.")}

    async with kiosk.at_work(ward.url, guided=True):
        await kiosk.until(lambda: names() == set())
        version = ward.publish("catalogue", catalogue(7))
        await kiosk.until(lambda: names() == {"9.000007"})
        await kiosk.until(lambda: ward.fates().get("catalogue") == (version, "in_use", ""))
        ward.withdraw("catalogue")
        await kiosk.until(lambda: names() == set())


@in_loop
async def test_a_citizen_asks_how_far_a_dossier_is(kiosk, ward, cable):
    told = []
    kiosk.engine.listen(lambda event: told.append(event) if event.__class__ is DossierTold else 0)
    ward.dossier("H26.15-261101-0003", state="ready", due_on="2026-11-24")

    async def ask(code):
        kiosk.engine.do(AskDossier(request_id=code, code=code), "screen")
        return await kiosk.until(lambda: next((x for x in told if x.request_id == code), None))

    async with kiosk.at_work(cable.url):
        found = await ask("h26.15-261101-0003")
        assert (found.outcome, found.stage, found.due_on) == ("known", "ready", "2026-11-24")
        assert (await ask("H26.15-261101-0004")).outcome == "unknown"
        cable.pull()
        assert (await ask("H26.15-261101-0005")).outcome == "away"
