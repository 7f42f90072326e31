"""Answers that prove nothing: late, another's, made up by a bad cable or by a picture."""

import random
import re
import time

import pytest
from counter_slip import FONTS, QUICK, SLIP

from hardware.printer.conversation import Waits
from hardware.printer.escpos_bytes import compile_slip
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.lines import TcpLine
from hardware.simulators.printer import LOW_MM, ROLL_MM
from hardware.simulators.printer_faults import Onset, parse_fault
from hardware.transport.loopback import LoopbackTransport
from hardware.transport.tcp import TcpTransport

BRIEF = Waits(answer_s=0.2, probe_s=0.2, printing_s=0.4, poll_s=0.1)


@pytest.fixture
def cable(machine):
    return LoopbackTransport(machine)


@pytest.fixture
def driver(cable):
    return EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=BRIEF)


def test_the_id_of_another_job_proves_nothing(driver, machine):
    assert driver.status().ready
    machine.set_fault("wrong_id")
    report = driver.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "not_finished")


def test_a_late_answer_of_the_slip_before_is_not_taken_for_the_next_ones(driver, machine, cable):
    """GS r answers look all alike: what is still due must come before anything else is sent."""
    machine.set_fault("no_process_id")
    assert driver.status().ready
    held = []

    def hold(answer: bytes) -> bytes:
        """The answers to GS r are late; those in real time are not."""
        late = bytes(byte for byte in answer if byte & 0x90 == 0)
        if len(answer) == 1 and late:
            held.append(late)
            return b""
        return answer

    cable.damage = hold
    assert driver.print_slip(SLIP, 1).outcome == "unknown"
    assert driver.status().reason == "busy"
    refused = driver.print_slip(SLIP, 2)
    assert (refused.outcome, refused.reason) == ("refused", "busy")
    assert len(held) > 1

    cable.damage = bytes
    assert driver.status().ready
    machine.set_fault("cover_open@3000")  # and now a slip that surely does not get done
    assert driver.print_slip(SLIP, 3).outcome == "unknown"


def test_a_fence_among_noise_proves_nothing(driver, machine, cable):
    machine.set_fault("no_process_id")
    assert driver.status().ready
    cable.damage = lambda answer: b"\xff" + answer if answer[0] & 0x90 == 0 else answer
    assert driver.print_slip(SLIP, 1).outcome == "unknown"


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_never_a_ready_printer(driver, machine, cable, seed):
    noise = random.Random(seed)
    cable.damage = lambda answer: noise.randbytes(noise.randint(1, 40))
    assert driver.status().reason in {"noise", "no_answer"}
    assert driver.print_slip(SLIP, 1).outcome == "refused"
    assert machine.slips == []


def test_no_picture_holds_a_command_that_acts_at_once():
    """In a picture of every pair of bytes, DLE EOT, DLE ENQ and DLE DC4 are no more."""
    from PIL import Image

    from hardware.printer.escpos_bytes import _harmless

    rows = bytes(byte for second in range(256) for byte in (0x10, second))
    harmless = _harmless(rows)
    assert not re.search(rb"\x10[\x04\x05\x14]", harmless)
    dots = Image.frombytes(
        "1", (8, len(rows)), bytes(a ^ b for a, b in zip(rows, harmless, strict=True))
    )
    assert sum(dots.histogram()[1:]) == 3  # a dot for each


def test_a_stalled_printer_is_told_before_its_outcome(cable, machine):
    waits = Waits(poll_s=0.1, write_s=1.2, slowest=10**6)
    driver = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=waits)
    assert driver.status().ready
    machine.set_fault("slow:0@5000")
    told = []
    began = time.monotonic()
    report = driver.print_slip(
        SLIP, 1, lambda status: told.append((status.reason, time.monotonic()))
    )
    assert (report.outcome, report.reason) == ("unknown", "line_stalled")
    reason, moment = next(one for one in told if one[0])
    assert reason == "stalled"
    assert moment - began < report.seconds - 0.5


def test_a_printer_that_falls_silent_behind_the_slip_is_told_at_once(driver, machine, cable):
    assert driver.status().ready
    machine.set_fault(f"silent@{len(compile_slip(SLIP, PAPERS[80], FONTS, 'raster').data)}")
    told = []
    assert driver.print_slip(SLIP, 1, told.append).outcome == "unknown"
    assert "no_answer" in [status.reason for status in told]


def test_the_power_fails_in_the_middle_and_the_next_slip_is_whole(machine, read_qr):
    line = TcpLine(machine)
    driver = EscposPrinter(
        TcpTransport("127.0.0.1", line.port), paper=PAPERS[80], fonts=FONTS, waits=QUICK
    )
    assert driver.status().ready
    machine.set_fault("power_off@30000")
    report = driver.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "line_lost")
    machine.clear_faults()
    assert driver.print_slip(SLIP, 2).outcome == "printed"
    assert [len(read_qr(slip)) for slip in machine.slips] == [0, 1]  # the torn one, the whole one
    driver.close()
    line.close()


def test_the_roll_is_used_up_by_the_millimetre(driver, machine):
    length = compile_slip(SLIP, PAPERS[80], FONTS, "raster").paper_mm
    assert driver.status().ready  # the first time it cuts off what may hang in the printer
    before = machine.paper_left_mm
    report = driver.print_slip(SLIP, 1)
    assert report.paper_mm == length
    assert before - machine.paper_left_mm == pytest.approx(length, abs=1)

    machine.load(LOW_MM + length // 2)
    assert driver.status().warnings == ()
    assert driver.print_slip(SLIP, 2).outcome == "printed"
    assert driver.status().warnings == ("paper_low",)

    machine.set_fault(f"paper_out:{length + length // 2}")  # enough for one and a half
    assert driver.print_slip(SLIP, 3).outcome == "printed"
    report = driver.print_slip(SLIP, 4)
    assert (report.outcome, report.reason) == ("unknown", "paper_out")
    machine.load(ROLL_MM)
    assert driver.status().ready
    assert len(machine.slips) == 4  # what it kept, it printed after the refill


@pytest.mark.parametrize(
    ("written", "onset"),
    [
        ("cover_open", Onset("cover_open")),
        ("slow:11520", Onset("slow", 11520)),
        ("unplugged@30000", Onset("unplugged", 0, 30000)),
        ("paper_out:60@10", Onset("paper_out", 60, 10)),
    ],
)
def test_how_a_fault_is_written(written, onset):
    assert parse_fault(written) == onset


@pytest.mark.parametrize("written", ["", "on_fire", "slow:", "slow:fast", "silent@", "silent@-1"])
def test_what_is_no_fault(written):
    with pytest.raises(ValueError, match="no fault"):
        parse_fault(written)


@pytest.mark.parametrize("fault", ["", "no_process_id"])
def test_a_slip_that_a_former_process_left_half_printed_is_pushed_out(
    machine, cable, fault, read_qr
):
    """It died in the middle of a picture: the printer takes whatever comes next for the rest."""
    if fault:
        machine.set_fault(fault)
    cable.open()
    cable.write(compile_slip(SLIP, PAPERS[80], FONTS, "raster").data[:20_000], 1.0)
    cable.close()
    driver = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=QUICK)
    report = driver.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("printed", "probable" if fault else "")
    torn, whole = machine.slips
    assert (len(read_qr(torn)), len(read_qr(whole))) == (0, 1)
    raw = whole.with_suffix(".bin").read_bytes()  # behind the resets of the probe
    assert raw.endswith(compile_slip(SLIP, PAPERS[80], FONTS, "raster").data[2:])
