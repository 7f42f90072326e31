"""The life of a slip, with the real driver on a simulated machine that fails on command."""

import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest
from house import House, in_loop

from hardware.printer.report import PrintReport
from hardware.status import DeviceStatus
from kiosk.core import printer_edge
from kiosk.errors import CommandRefused
from kiosk.words import AnswerSlip, EndVisit


def states(house: House, card) -> list[str]:
    """The states that the faces were told, one after the other."""
    return [slip.state for slip in house.slips_told(card)]


@in_loop
async def test_printed(house):
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "printed")
    assert states(house, card) == ["sending", "printed"]
    assert house.slip(card) == ("printed", "")
    assert len(house.machine.slips) == 1


@in_loop
async def test_no_paper_before_is_refused_and_printed_after_the_refill(house):
    house.machine.set_fault("paper_out")
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "refused")
        assert house.slip(card) == ("refused", "paper_out")
        await house.until(lambda: house.device("printer").reason == "paper_out")
        house.machine.clear_faults()
        await house.until_slip(card, "printed")
    assert states(house, card) == ["sending", "refused", "pending", "sending", "printed"]
    assert len(house.machine.slips) == 1


@in_loop
async def test_no_late_slip_after_the_retry_time_or_for_somebody_who_left(house):
    house.machine.set_fault("cover_open")
    async with house.at_work():
        old = house.issue("request-1")
        await house.until_slip(old, "refused")
        house.hands.pass_by(timedelta(seconds=121))
        gone = house.issue("request-2")
        await house.until_slip(gone, "refused")
        house.engine.do(EndVisit(ticket_id=gone.ticket.id), "screen")
        assert house.slip(gone) == ("abandoned", "photographed")
        here = house.issue("request-3")
        await house.until_slip(here, "refused")
        house.machine.clear_faults()
        await house.until_slip(here, "printed")
        last = house.issue("request-4")
        await house.until_slip(last, "printed")
    assert house.slip(old) == ("refused", "cover_open")
    assert len(house.machine.slips) == 2


@in_loop
async def test_paper_out_in_the_middle_is_unknown_asked_and_reprinted_marked(house):
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "ready")
        house.machine.set_fault("paper_out@20000")
        card = house.issue("request-1")
        await house.until_slip(card, "unknown")
        assert house.slip(card) == ("unknown", "paper_out")
        house.machine.clear_faults()  # a real machine prints what it kept, by itself
        again = house.engine.do(AnswerSlip(ticket_id=card.ticket.id, answer="reprint"), "screen")
        assert again.card.slip.reprint
        await house.until_slip(card, "printed")
        assert house.store.job(card.slip.job_id).state == "abandoned"
    assert len(house.machine.slips) == 2


@in_loop
async def test_a_slip_that_the_citizen_has_is_printed(house):
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "ready")
        house.machine.set_fault("unplugged@20000")
        card = house.issue("request-1")
        await house.until_slip(card, "unknown")
        house.engine.do(AnswerSlip(ticket_id=card.ticket.id, answer="received"), "screen")
        assert house.slip(card) == ("printed", "confirmed")
        await house.until(lambda: house.device("printer").reason == "not_connected")
        house.machine.clear_faults()  # plugged in again
        await house.until(lambda: house.device("printer").state == "ready")
        after = house.issue("request-2")
        await house.until_slip(after, "printed")


@in_loop
async def test_two_reprints_and_no_more(house):
    async with house.at_work():
        card = house.issue("request-1")
        wanted = AnswerSlip(ticket_id=card.ticket.id, answer="reprint")
        for _ in range(2):
            await house.until_slip(card, "printed")
            house.engine.do(wanted, "screen")
            with pytest.raises(CommandRefused, match="on its way"):
                house.engine.do(wanted, "screen")
        await house.until_slip(card, "printed")
        with pytest.raises(CommandRefused, match="reprinted twice") as refused:
            house.engine.do(wanted, "screen")
    assert refused.value.code == "wrong_state"
    assert len(house.machine.slips) == 3


@in_loop
async def test_a_fault_in_the_middle_of_a_slip_is_told_before_its_outcome(house):
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "ready")
        house.machine.set_fault("silent@20000")
        card = house.issue("request-1")
        await house.until(lambda: house.device("printer").reason == "no_answer")
        assert house.slip(card) == ("sending", "")
        await house.until_slip(card, "unknown")


@in_loop
async def test_a_silent_printer_is_refused(house):
    house.machine.set_fault("silent")
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "refused")
        assert house.slip(card) == ("refused", "no_answer")
        await house.until(lambda: house.device("printer").reason == "no_answer")


@in_loop
async def test_the_phrase_tells_to_photograph_when_the_printer_is_away(house):
    house.machine.set_fault("unplugged")
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "unavailable")
        house.issue("request-1")
        assert "chụp lại số" in house.speech.said[-1][0][-1]
        house.machine.clear_faults()
        await house.until(lambda: house.device("printer").state == "ready")
        house.issue("request-2")
        assert "lấy phiếu" in house.speech.said[-1][0][-1]


@in_loop
async def test_after_a_restart_nothing_is_printed_twice(start):
    house = start()
    cards = [house.issue(f"request-{number}") for number in range(4)]
    sending, fresh, refused, old = cards
    for card, state in ((sending, "sending"), (refused, "refused")):
        house.store.move_job(house.store.newest_job(card.ticket.id), state, "", "")
    house.store.rooms.database.execute(
        "UPDATE print_job SET created_at = '2026-11-23T07:00:00.000+07:00' WHERE ticket_id = ?",
        [old.ticket.id],
    )
    house = start()
    assert house.slip(sending) == ("unknown", "restart")
    assert house.slip(fresh) == ("pending", "")
    assert house.slip(old) == ("refused", "restart")
    async with house.at_work():
        await house.until_slip(fresh, "printed")
        await house.until_slip(refused, "printed")
    assert house.slip(sending) == ("unknown", "restart")
    assert len(house.machine.slips) == 2


@in_loop
async def test_a_service_that_is_gone_has_no_slip(start, monkeypatch):
    house = start()
    card = house.issue("request-1")
    monkeypatch.delitem(house.desk._services, "land")
    async with house.at_work():
        await house.until_slip(card, "abandoned")
    assert house.slip(card) == ("abandoned", "no_service")


@in_loop
async def test_an_outcome_that_the_store_cannot_keep_is_kept_later(house):
    database = house.store.rooms.database
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "ready")
        card = house.issue("request-1")
        await house.until_slip(card, "sending")
        database.execute("PRAGMA query_only=ON")
        await house.until_slip(card, "printed")  # it is on paper, so the faces are told
        assert house.slip(card) == ("sending", "")
        assert house.device("store").state == "unavailable"
        database.execute("PRAGMA query_only=OFF")
        other = house.issue("request-2")
        await house.until_slip(other, "printed")
        assert house.slip(card) == ("printed", "")


@dataclass
class BadDriver:
    """A printer whose driver has a bug; `gate` holds it up until it is opened."""

    fault: Exception | None = None
    gate: threading.Event | None = None
    printed: int = 0
    closed: int = 0

    def status(self) -> DeviceStatus:
        return DeviceStatus("ready")

    def print_slip(self, slip: object, job_id: int, tell: object) -> PrintReport:
        if self.gate is not None:
            self.gate.wait()
        if self.fault is not None:
            raise self.fault
        self.printed += 1
        return PrintReport("printed")

    def close(self) -> None:
        self.closed += 1


@in_loop
async def test_a_driver_that_raises_costs_its_slip_alone(start, caplog):
    driver = BadDriver(fault=ZeroDivisionError("a bug"))
    house = start(open_printer=lambda: driver)
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "unknown")
        assert house.slip(card) == ("unknown", "driver")
        driver.fault = None
        await house.until_slip(house.issue("request-2"), "printed")
    assert "the printer's driver failed" in caplog.messages


@in_loop
async def test_a_driver_that_hangs_keeps_nobody_waiting(start, monkeypatch):
    monkeypatch.setattr(printer_edge, "PRINT_WITHIN_S", 0.1)
    driver = BadDriver(gate=threading.Event())
    house = start(open_printer=lambda: driver)
    async with house.at_work():
        first = house.issue("request-1")
        await house.until_slip(first, "unknown")
        assert house.slip(first) == ("unknown", "hung")
        await house.until(lambda: house.device("printer").reason == "hung")
        second = house.issue("request-2")
        await house.until_slip(second, "refused")  # nothing was sent
        assert house.slip(second) == ("refused", "hung")
        driver.gate.set()
        await house.until_slip(second, "printed")
    assert house.slip(first) == ("unknown", "hung")  # never sent again by itself
    assert driver.printed == 2


@in_loop
async def test_a_printer_that_cannot_be_opened_is_away_and_comes_back(start):
    ports = [OSError("no such port"), OSError("no such port"), BadDriver()]

    def open_printer():
        port = ports.pop(0)
        if isinstance(port, OSError):
            raise port
        return port

    house = start(open_printer=open_printer)
    async with house.at_work():
        card = house.issue("request-1")
        await house.until_slip(card, "refused")
        assert house.slip(card) == ("refused", "not_connected")
        await house.until_slip(card, "printed")


@in_loop
async def test_the_worker_can_be_begun_again(start):
    drivers = [BadDriver(), BadDriver()]
    used = list(drivers)
    house = start(open_printer=lambda: used.pop(0))
    for number in range(2):
        async with house.at_work():
            await house.until_slip(house.issue(f"request-{number}"), "printed")
    assert [driver.printed for driver in drivers] == [1, 1]


@in_loop
async def test_a_faulty_printer_is_logged_once(start, caplog):
    house = start()
    caplog.set_level("INFO", logger="kiosk.core.devices")
    async with house.at_work():
        await house.until(lambda: house.device("printer").state == "ready")
        for number in range(3):
            house.machine.set_fault("paper_out")
            await house.until_slip(house.issue(f"request-{number}"), "refused")
        await house.until(lambda: house.device("printer").state == "unavailable")
        house.machine.clear_faults()
        await house.until(lambda: house.device("printer").state == "ready")
    told = [line for line in caplog.messages if line.startswith("printer is")]
    assert [line.split(":")[0] for line in told] == [
        "printer is ready",
        "printer is unavailable",
        "printer is ready",
    ]
