"""The scanner's driver on a real pty and on TCP, against the simulated scanner."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.scanner.forms import BookingForm, CardForm, Foreign, TicketForm
from hardware.scanner.ports import open_scanner
from hardware.scanner.scanner import QrScanner
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.simulators.scanner import SimulatedScanner

TOKEN = "abcdefghijkmnpqr"
CARD = "012345678901|123456789|Nguyễn Thị Ánh|01021950|Nữ|Hà Nội|01012024"
WITHIN_S = 30.0


@pytest.fixture
def machine() -> SimulatedScanner:
    """A scanner."""
    return SimulatedScanner()


@pytest.fixture(params=["pty", "tcp"])
def scanner(request, machine, tmp_path: Path) -> Iterator[QrScanner]:
    """The driver, connected."""
    line = PtyLine(machine, tmp_path / "tty") if request.param == "pty" else TcpLine(machine)
    port = f"serial:{line.link}" if isinstance(line, PtyLine) else f"tcp:127.0.0.1:{line.port}"
    driver = open_scanner(port, cards=True)
    until(driver, "ready")
    yield driver
    driver.close()
    line.close()


def until(driver: QrScanner, state: str) -> float:
    """Look until the scanner is so; the seconds that it took."""
    began = time.monotonic()
    while driver.look().status.state != state:
        assert time.monotonic() - began < WITHIN_S
        time.sleep(0.02)
    return time.monotonic() - began


def reads(driver: QrScanner, machine: SimulatedScanner, *codes: str | bytes):
    """What the driver makes of codes shown one after the other."""
    for code in codes:
        deadline = time.monotonic() + WITHIN_S
        while not machine.show(code):  # a TCP client is greeted a moment after it connected
            assert time.monotonic() < deadline
            time.sleep(0.01)
    found = []
    quiet = 0
    while quiet < 3:
        look = driver.look()
        found += look.reads
        quiet = 0 if look.reads else quiet + 1
    return found


def test_what_it_reads(scanner, machine):
    found = reads(scanner, machine, f"LT1.{TOKEN}", "LTB1.abc234", CARD, "https://example.org")
    assert found[:2] == [TicketForm(TOKEN), BookingForm("abc234")]
    assert isinstance(found[2], CardForm)
    assert found[3:] == [Foreign()]


@pytest.mark.parametrize("faults", [["no_suffix"], ["aim"], ["chopped"], ["aim", "chopped"]])
def test_scanners_that_are_set_up_otherwise(faults, scanner, machine):
    for fault in faults:
        machine.set_fault(fault)
    assert reads(scanner, machine, f"LT1.{TOKEN}") == [TicketForm(TOKEN)]


def test_a_code_that_lies_there_counts_once(scanner, machine):
    assert reads(scanner, machine, *[f"LT1.{TOKEN}"] * 5) == [TicketForm(TOKEN)]


def test_what_is_no_text_or_too_long_is_foreign_or_nothing(scanner, machine):
    assert reads(scanner, machine, b"\xff\xfe\x00", b"y" * 3000) == [Foreign()]
    assert reads(scanner, machine, f"LT1.{TOKEN}") == [TicketForm(TOKEN)]


def test_a_scanner_that_goes_is_told_and_comes_back_within_two_seconds(scanner, machine):
    machine.set_fault("unplugged")
    assert until(scanner, "unavailable") <= 2.0
    assert scanner.look().status.reason == "not_connected"
    machine.clear_faults()
    assert until(scanner, "ready") <= 2.0
    assert reads(scanner, machine, f"LT1.{TOKEN}") == [TicketForm(TOKEN)]
