"""`python -m hardware`, against the simulated printer."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from counter_slip import FONTS, QUICK

from hardware.command_line.registry import command_line
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.transport.serial_port import SerialTransport

ROOT = Path(__file__).parents[2]


def run(*arguments: str):
    return CliRunner().invoke(command_line(), arguments)


def test_status_of_a_ready_and_of_a_stopped_printer(machine):
    line = TcpLine(machine)
    port = f"tcp:127.0.0.1:{line.port}"
    ready = run("probe", "printer", "--port", port)
    assert ready.exit_code == 0
    assert ready.output.splitlines() == [
        "ready",
        "model: Le Tan simulated printer",
        "tells when a slip is on paper: yes",
    ]
    machine.set_fault("cover_open")
    stopped = run("probe", "printer", "--port", port)
    assert stopped.exit_code == 1
    assert "cover_open" in stopped.output
    line.close()


def test_a_test_slip(tmp_path, read_qr):
    done = run("test-slip", "--port", "simulated", "--paper", "58", "--out", str(tmp_path))
    assert done.exit_code == 0
    (slip,) = tmp_path.glob("*.png")
    assert read_qr(slip) == ["LT-TEST"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("probe", "printer", "--port", "tcp:printer"),
        ("simulate", "printer"),
        ("simulate", "printer", "--pty", "--fault", "on_fire"),
    ],
)
def test_what_it_does_not_understand(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Error" in done.output


def test_be_a_printer_for_another_program(tmp_path):
    """The simulator in its own process, on a pty, with a fault from the start."""
    command = [sys.executable, "-m", "hardware", "simulate", "printer", "--pty"]
    with subprocess.Popen(
        [*command, "--fault", "paper_low", "--out", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        status = run("probe", "printer", "--port", port)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert status.exit_code == 0
    assert status.output.startswith("ready · paper_low\n")


def test_a_serial_port_belongs_to_one_program(machine, tmp_path):
    line = PtyLine(machine, tmp_path / "tty")
    first, second = (
        EscposPrinter(
            SerialTransport(str(line.link), 115200), paper=PAPERS[80], fonts=FONTS, waits=QUICK
        )
        for _ in range(2)
    )
    assert first.status().ready
    assert second.status().reason == "not_connected"
    first.close()
    assert second.status().ready
    second.close()
    line.close()


def test_watch_tells_each_change_once(machine, tmp_path):
    """In a process of its own, until it is interrupted."""
    line = TcpLine(machine)
    command = [sys.executable, "-m", "hardware", "watch", "printer", "--port"]
    with subprocess.Popen(
        [*command, f"tcp:127.0.0.1:{line.port}"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONUNBUFFERED": "1"},
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline()]
        machine.set_fault("cover_open")
        told.append(process.stdout.readline())
        machine.clear_faults()
        told.append(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    line.close()
    assert [line.split("  ", 1)[1].split(" ")[0].strip() for line in told] == [
        "ready",
        "unavailable",
        "ready",
    ]


def test_every_command_of_the_table_is_there():
    for words in ((), ("list",), ("probe", "printer"), ("watch", "printer"), ("test-slip",)):
        assert "Usage: " in run(*words, "--help").output
    assert run("list").exit_code == 0
