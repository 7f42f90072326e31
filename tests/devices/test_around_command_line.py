"""`python -m hardware` for board, scanner and base."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hardware.board.board import IoBoard
from hardware.board.line import ModbusLine
from hardware.command_line.registry import command_line
from hardware.scanner.forms import BookingForm
from hardware.scanner.scanner import QrScanner
from hardware.simulators.rosbridge import SimulatedRobot
from hardware.transport.serial_port import SerialTransport

ROOT = Path(__file__).parents[2]


def run(*arguments: str):
    return CliRunner().invoke(command_line(), arguments)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("probe", "board", "--port", "simulated"), 0, "ready · inputs on: none"),
        (("probe", "board", "--port", "serial:/dev/nothing"), 1, "not_connected"),
        (("probe", "scanner", "--port", "simulated"), 0, "ready"),
        (("probe", "base", "--port", "fixed"), 0, "ready"),
        (("probe", "base", "--port", "rosbridge:127.0.0.1:9"), 1, "not_connected"),
        (
            ("test-drop", "--port", "simulated", "--output", "1", "--drop", "4", "--wait-s", "1"),
            0,
            "dropped",
        ),
        (("probe", "board", "--port", "tcp:127.0.0.1"), 2, "port_unknown"),
        (("probe", "scanner", "--port", "usb:1234:5678"), 2, "port_unknown"),
        (("probe", "base", "--port", "wheels"), 2, "port_unknown"),
        (("simulate", "board", "--fault", "on_fire"), 2, "is no fault"),
        (("simulate", "board", "--dispenser", "one"), 2, "Error"),
    ],
)
def test_one_line_and_a_status(arguments, status, words):
    done = run(*arguments)
    assert done.exit_code == status, done.output
    assert words in done.output


def test_a_drive():
    robot = SimulatedRobot()
    port = f"rosbridge:127.0.0.1:{robot.port}"
    done = run("test-drive", "--port", port, "--x-m", "1", "--y-m", "2")
    robot.close()
    assert done.exit_code == 0, done.output
    assert done.output.strip() == "arrived"


def simulated(*arguments: str) -> tuple[subprocess.Popen[str], str]:
    """A simulator in a process of its own, and the device behind which it is."""
    process = subprocess.Popen(
        [sys.executable, "-m", "hardware", "simulate", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    kind, _, device = process.stdout.readline().strip().partition(":")
    assert kind == "serial"
    return process, device


def typed(process: subprocess.Popen[str], line: str) -> None:
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def ended(process: subprocess.Popen[str]) -> None:
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_a_board_in_another_process_obeys_what_is_typed():
    process, device = simulated("board", "--dispenser", "1:4")
    board = IoBoard(ModbusLine(device, 115200, 1, answer_s=1.0))
    for line, wanted in (("on 3", True), ("off 3", False)):
        typed(process, line)
        while board.look().on(3) is not wanted:
            assert process.poll() is None
    assert board.give(1, 4, pulse_ms=100, within_s=5).outcome == "dropped"
    board.close()
    ended(process)


def test_a_scanner_in_another_process_reads_what_is_typed():
    process, device = simulated("scanner")
    scanner = QrScanner(SerialTransport(device, 115200))
    assert scanner.look().status.ready
    typed(process, "LTB1.abcdef")
    while not (reads := scanner.look().reads):
        assert process.poll() is None
    assert reads == (BookingForm("abcdef"),)
    scanner.close()
    ended(process)
