"""How many slips the roll is good for, and how a face hears of it."""

import logging

import pytest
from house import House, in_loop

from hardware.simulators.printer import LOW_MM, ROLL_MM
from kiosk.core.paper import FIRST_SLIP_MM, FLICKER_MM, PaperForecast, about
from kiosk.errors import StoreUnavailable
from kiosk.words import AnswerSlip, CountSlips, EndVisit


class Facts:
    """A store of facts in memory; away when told."""

    def __init__(self):
        self.kept, self.away = {}, False

    def fact(self, name):
        self._check()
        return self.kept.get(name, "")

    def put_fact(self, name, value):
        self._check()
        self.kept[name] = value

    def _check(self):
        if self.away:
            raise StoreUnavailable("away")


@pytest.mark.parametrize(
    ("count", "said"), [(0, 0), (4, 4), (5, 5), (9, 5), (17, 15), (20, 20), (43, 40), (99, 90)]
)
def test_about(count, said):
    assert about(count) == said


def test_counted_from_the_sensor_s_word_and_kept_over_a_restart():
    facts = Facts()
    paper = PaperForecast(facts, low_mm=4800)
    paper.took(FIRST_SLIP_MM)
    assert paper.slips_left is None
    paper.sees(low=True)
    assert paper.slips_left == 40
    for _ in range(15):
        paper.took(FIRST_SLIP_MM)
    assert paper.slips_left == 20  # 25, as people say it
    again = PaperForecast(facts, low_mm=4800)
    again.sees(low=True)
    assert again.slips_left == 20
    for _ in range(30):
        again.took(FIRST_SLIP_MM)
    assert again.slips_left == 0


def test_a_wavering_sensor_is_no_new_roll_but_a_new_roll_is():
    paper = PaperForecast(Facts(), low_mm=4800)
    paper.sees(low=True)
    for _ in range(30):
        paper.took(FIRST_SLIP_MM)
    for low in (False, True, False, True):
        paper.sees(low=low)
        paper.took(FIRST_SLIP_MM)
    assert paper.slips_left < 10
    paper.sees(low=False)
    for _ in range(FLICKER_MM // FIRST_SLIP_MM + 1):
        paper.took(FIRST_SLIP_MM)
    paper.sees(low=True)
    assert paper.slips_left > 20


def test_a_store_that_is_away_does_not_stop_the_count():
    facts = Facts()
    facts.away = True
    paper = PaperForecast(facts, low_mm=1200)
    paper.sees(low=True)
    assert paper.slips_left == 10
    paper.took(FIRST_SLIP_MM)
    assert paper.slips_left == 5


@in_loop
async def test_the_faces_hear_how_many_slips_are_left(house: House, caplog):
    caplog.set_level(logging.INFO, logger="kiosk.core.devices")
    house.machine.load(LOW_MM - 1)
    async with house.at_work():
        first = await house.until(lambda: house.device("printer").left)
        assert house.device("printer").warnings == ("paper_low",)
        for number in range(12):
            await house.until_slip(house.issue(f"request-{number}"), "printed")
        await house.until(lambda: house.device("printer").left < first)
        house.machine.load(ROLL_MM)
        await house.until(lambda: house.device("printer").left is None)
    told = [line for line in caplog.messages if line.startswith("printer is")]
    assert told == ["printer is ready: paper_low", "printer is ready"]


@in_loop
async def test_the_slips_of_a_day_are_counted_by_what_became_of_them(house):
    async with house.at_work():
        for number in range(3):
            card = house.issue(f"request-{number}")
            await house.until_slip(card, "printed")
        house.engine.do(AnswerSlip(ticket_id=card.ticket.id, answer="reprint"), "screen")
        await house.until_slip(card, "printed")
        house.machine.set_fault("cover_open")
        await house.until_slip(house.issue("request-9"), "refused")
    counted = house.engine.do(CountSlips(), "cli")
    assert counted.business_day == "2026-11-23"
    assert [(one.state, one.reason, one.reprint, one.count) for one in counted.counts] == [
        ("printed", "", False, 3),
        ("printed", "", True, 1),
        ("refused", "cover_open", False, 1),
    ]
    assert house.engine.do(CountSlips(business_day="2026-01-01"), "cli").counts == ()


@in_loop
async def test_a_slip_of_which_nothing_was_sent_is_no_reprint(house):
    house.machine.set_fault("cover_open")
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "refused")
        house.engine.do(EndVisit(ticket_id=card.ticket.id), "screen")
        assert house.slip(card) == ("abandoned", "photographed")
        house.machine.clear_faults()
        again = house.engine.do(AnswerSlip(ticket_id=card.ticket.id, answer="reprint"), "screen")
        assert not again.card.slip.reprint
        await house.until_slip(card, "printed")
    assert {slip.reprint for slip in house.slips_told(card)} == {False}
