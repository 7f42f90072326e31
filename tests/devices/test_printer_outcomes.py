"""What becomes of a slip, on every kind of line and with every fault: never a wrong word."""

import socket
import time
from pathlib import Path

import pytest
from counter_slip import FONTS, QUICK, SLIP, TOKEN

from hardware.errors import NotConnected
from hardware.printer.conversation import Waits
from hardware.printer.escpos_bytes import slip_bytes
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.lines import TcpLine
from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.printer_faults import FAULTS
from hardware.transport.file import FileTransport
from hardware.transport.loopback import LoopbackTransport
from hardware.transport.tcp import UNHEARD_MS, TcpTransport

REFUSALS = [
    ("paper_out", "paper_out"),
    ("cover_open", "cover_open"),
    ("cutter_error", "cutter_error"),
    ("overheated", "overheated"),
    ("silent", "no_answer"),
    ("garbage", "noise"),
    ("unplugged", "not_connected"),
]


def test_printed(printer, machine, read_qr):
    assert printer.status().ready
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("printed", "")
    assert [read_qr(slip) for slip in machine.slips] == [[TOKEN]]


def test_several_slips_on_one_connection(printer, machine):
    assert [printer.print_slip(SLIP, job).outcome for job in (1, 2, 3)] == ["printed"] * 3
    assert len(machine.slips) == 3


@pytest.mark.parametrize(("fault", "reason"), REFUSALS)
def test_refused_and_nothing_sent(printer, machine, fault, reason):
    assert printer.status().ready
    machine.set_fault(fault)
    began = time.monotonic()
    status = printer.status()
    assert time.monotonic() - began < 2
    assert (status.state, status.reason) == ("unavailable", reason)
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("refused", reason)

    machine.clear_faults()
    assert machine.slips == []  # nothing waited in the machine
    assert _until_ready(printer)
    assert printer.print_slip(SLIP, 2).outcome == "printed"
    assert len(machine.slips) == 1


def _until_ready(printer) -> bool:
    """A line that was pulled needs a moment to be there again."""
    end = time.monotonic() + 30
    while not (ready := printer.status().ready) and time.monotonic() < end:
        time.sleep(0.01)
    return ready


def test_paper_low_is_a_warning(printer, machine):
    machine.set_fault("paper_low")
    assert printer.status().warnings == ("paper_low",)
    assert printer.print_slip(SLIP, 1).outcome == "printed"


def test_paper_out_in_the_middle_is_unknown_and_the_machine_keeps_the_job(
    printer, machine, read_qr
):
    assert printer.status().ready
    machine.set_fault("paper_out@20000")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "paper_out")
    assert machine.slips == []
    assert printer.print_slip(SLIP, 2).outcome == "refused"

    machine.clear_faults()
    assert _until_ready(printer)
    assert [read_qr(slip) for slip in machine.slips] == [[TOKEN]]  # once, by itself
    assert printer.print_slip(SLIP, 3).outcome == "printed"
    assert len(machine.slips) == 2


def test_a_full_buffer_tears_the_slip_and_the_next_one_is_whole(machine):
    """Out of paper at once, with more to come than the buffer holds."""
    printer = EscposPrinter(LoopbackTransport(machine), paper=PAPERS[80], fonts=FONTS, waits=QUICK)
    assert printer.status().ready
    machine.set_fault("paper_out@3000")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "paper_out")
    assert printer.status().reason == "paper_out"

    machine.clear_faults()
    assert [printer.print_slip(SLIP, job).outcome for job in (2, 3)] == ["printed"] * 2
    whole = slip_bytes(SLIP, PAPERS[80], FONTS, "raster")
    torn, *others = [slip.with_suffix(".bin").read_bytes() for slip in machine.slips]
    assert torn != whole
    assert others == [whole, whole]


def test_unplugged_in_the_middle_is_unknown_and_the_next_slip_is_whole(printer, machine, read_qr):
    assert printer.status().ready
    machine.set_fault("unplugged@30000")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "line_lost")
    assert printer.status().reason == "not_connected"

    machine.clear_faults()
    assert _until_ready(printer)
    report = printer.print_slip(SLIP, 2)
    assert (report.outcome, report.reason) == ("printed", "")
    torn, whole = machine.slips
    assert read_qr(torn) == []
    assert read_qr(whole) == [TOKEN]


def test_a_simple_model_is_probable(printer, machine):
    machine.set_fault("no_process_id")
    assert printer.status().ready
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("printed", "probable")
    assert len(machine.slips) == 1


def test_a_simple_model_out_of_paper_in_the_middle_is_unknown(printer, machine):
    machine.set_fault("no_process_id")
    assert printer.status().ready
    machine.set_fault("paper_out@3000")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "paper_out")


def test_slow_is_still_printed(line, machine):
    printer = EscposPrinter(line, paper=PAPERS[80], fonts=FONTS)  # as patient as in the hall
    machine.set_fault("slow:90000")
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    printer.close()


def test_silent_after_the_slip_is_unknown(machine):
    """The machine prints, but its answers are lost from the slip on."""
    cable = LoopbackTransport(machine)
    printer = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=_brief(printing_s=0.3))
    assert printer.status().ready
    cable.damage = lambda answer: b"" if answer.startswith(b"\x37") else answer
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "not_finished")


def test_the_id_of_another_job_proves_nothing(machine):
    cable = LoopbackTransport(machine)
    printer = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=_brief(printing_s=0.3))
    assert printer.status().ready
    cable.damage = lambda answer: answer.replace(b"1000", b"2000")
    assert printer.print_slip(SLIP, 1).outcome == "unknown"


def test_automatic_status_between_the_answers_does_no_harm(machine):
    cable = LoopbackTransport(machine)
    cable.damage = lambda answer: b"\x10\x00\x00\x0f" + answer + b"\x10\x00\x00\x0f"
    printer = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=QUICK)
    assert printer.print_slip(SLIP, 1).outcome == "printed"


def test_a_flood_of_noise_ends_in_time(machine):
    """A line that never falls silent must not hold the worker."""
    cable = LoopbackTransport(machine)
    printer = EscposPrinter(cable, paper=PAPERS[80], fonts=FONTS, waits=_brief())
    cable.read = lambda max_bytes, _timeout_s: b"\xff" * max_bytes
    began = time.monotonic()
    assert printer.status().reason == "noise"
    assert time.monotonic() - began < 2


def test_the_simulator_outlives_a_folder_that_cannot_be_written(tmp_path, caplog):
    (tmp_path / "slips").touch()
    machine = SimulatedPrinter(paper=PAPERS[80], fonts=FONTS, out_dir=tmp_path / "slips")
    printer = EscposPrinter(LoopbackTransport(machine), paper=PAPERS[80], fonts=FONTS)
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    assert "could not be kept" in caplog.text


def test_a_stalled_line_is_unknown(machine):
    waits = _brief(write_s=0.3, slowest=10**6)
    printer = EscposPrinter(LoopbackTransport(machine), paper=PAPERS[80], fonts=FONTS, waits=waits)
    assert printer.status().ready
    machine.set_fault("slow:200")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "line_stalled")


def _brief(**changed) -> Waits:
    return Waits(**{"answer_s": 0.2, "probe_s": 0.2, "poll_s": 0.1, **changed})


def test_a_connection_that_was_hung_up_while_idle_is_opened_again(machine):
    first = TcpLine(machine)
    printer = EscposPrinter(
        TcpTransport("127.0.0.1", first.port), paper=PAPERS[80], fonts=FONTS, waits=QUICK
    )
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    first.close()
    second = TcpLine(machine, port=first.port)
    assert printer.print_slip(SLIP, 2).outcome == "printed"
    printer.close()
    second.close()
    assert len(machine.slips) == 2


def test_a_file_is_printed_when_it_is_written(tmp_path: Path):
    path = tmp_path / "slip.bin"
    printer = EscposPrinter(FileTransport(path), paper=PAPERS[80], fonts=FONTS)
    assert printer.status().ready
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    data = path.read_bytes()
    assert data.startswith(b"\x1b@")
    assert data.endswith(b"\x1dVB\x00")
    printer.close()


def test_a_file_belongs_to_one_program(tmp_path: Path):
    first, second = (FileTransport(tmp_path / "slip.bin") for _ in range(2))
    first.open()
    with pytest.raises(NotConnected, match="another program has it"):
        second.open()
    first.close()
    second.open()
    second.close()


def test_a_cable_that_is_out_ends_a_tcp_line_in_seconds(machine):
    line = TcpLine(machine)
    transport = TcpTransport("127.0.0.1", line.port)
    transport.open()
    unheard = transport._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)
    assert unheard == UNHEARD_MS <= 5000
    transport.close()
    line.close()


def test_a_missing_node_is_not_made():
    printer = EscposPrinter(FileTransport(Path("/dev/no/printer")), paper=PAPERS[80], fonts=FONTS)
    assert printer.print_slip(SLIP, 1).reason == "not_connected"


def test_nobody_at_the_other_end(machine):
    line = TcpLine(machine)
    line.close()
    printer = EscposPrinter(
        TcpTransport("127.0.0.1", line.port), paper=PAPERS[80], fonts=FONTS, waits=QUICK
    )
    assert printer.status().reason == "not_connected"


def test_an_unknown_fault_is_named(machine: SimulatedPrinter):
    with pytest.raises(ValueError, match="no fault"):
        machine.set_fault("on_fire")
    assert len(set(FAULTS)) == 12
