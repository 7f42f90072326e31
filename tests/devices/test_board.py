"""The I/O board's driver on a real pty, against the simulated board: looks, faults, one cup."""

import gc
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.board.board import LOST_AFTER_S, IoBoard
from hardware.board.line import ModbusLine
from hardware.simulators.board import SimulatedBoard
from hardware.simulators.lines import PtyLine

OUTPUT, DROP, LIGHT = 1, 4, 8
GIVE = {"pulse_ms": 300, "within_s": 0.6}
TOLD_S, WITHIN_S = 2.0, 30.0


@pytest.fixture
def machine() -> SimulatedBoard:
    """A board with one dispenser."""
    return SimulatedBoard(dispensers={OUTPUT: DROP})


@pytest.fixture
def port(machine: SimulatedBoard, tmp_path: Path) -> Iterator[Path]:
    """The pty behind which it is."""
    line = PtyLine(machine, tmp_path / "tty")
    yield line.link
    line.close()


@pytest.fixture
def board(port: Path) -> Iterator[IoBoard]:
    """The driver at that pty."""
    driver = IoBoard(ModbusLine(str(port), 115200, 1))
    yield driver
    driver.close()


def count_handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def until(board: IoBoard, state: str) -> float:
    """Look ten times a second until the board is so; the seconds that it took."""
    began = time.monotonic()
    while board.look().status.state != state:
        assert time.monotonic() - began < WITHIN_S, board.look()
        time.sleep(0.1)
    return time.monotonic() - began


def test_inputs_by_their_terminals(machine, port):
    driver = IoBoard(ModbusLine(str(port), 115200, 1), inverted=frozenset({2}))
    machine.hold(1, on=True)
    look = driver.look()
    assert look.status.ready
    assert look.inputs == (True, True, False, False, False, False, False, False)
    machine.hold(2, on=True)
    look = driver.look()
    assert [look.on(terminal) for terminal in range(4)] == [False, True, False, False]
    driver.close()


def test_outputs_are_off_at_connect_and_at_exit(machine, port, board):
    machine._switch(5, on=True)  # left on by whatever ran before
    assert board.look().status.ready
    assert not machine.output(6)
    board.light(LIGHT)
    board.look()
    assert machine.output(LIGHT)
    board.close()
    assert not machine.output(LIGHT)


def test_a_light_goes_out_by_itself_when_the_program_dies(machine, board):
    now = [0.0]
    machine._clock = lambda: now[0]
    board.light(LIGHT)
    board.look()
    assert machine.output(LIGHT)
    now[0] = 2.1  # nobody has looked since
    assert not machine.output(LIGHT)


def test_an_output_that_stays_on_is_an_error(machine, board):
    machine._switch(3, on=True)
    machine.set_fault("stuck")
    status = board.look().status
    assert (status.state, status.reason) == ("unavailable", "error")
    machine.clear_faults()
    until(board, "ready")


def test_one_confirmed_drop_for_one_pulse(machine, board):
    seen = []
    report = board.give(OUTPUT, DROP, **GIVE, tell=seen.append)
    assert (report.outcome, report.reason) == ("dropped", "")
    assert machine.pulses == [(OUTPUT, 300)]
    assert seen[-1].on(DROP)


@pytest.mark.parametrize(
    ("fault", "outcome", "reason", "pulses"),
    [
        ("jammed", "not_dropped", "nothing_fell", 1),
        ("lost_echo", "dropped", "", 1),
        ("deaf", "unknown", "no_echo", 0),
        ("silent", "refused", "no_answer", 0),
        ("unplugged", "refused", "not_connected", 0),
    ],
)
def test_a_cup_is_never_given_twice(fault, outcome, reason, pulses, machine, board):
    until(board, "ready")
    machine.set_fault(fault)
    if fault in ("silent", "unplugged"):
        until(board, "unavailable")
    report = board.give(OUTPUT, DROP, **GIVE)
    assert (report.outcome, report.reason) == (outcome, reason)
    assert len(machine.pulses) == pulses


def test_a_lost_echo_without_a_drop_is_known_by_reading_back(machine, board):
    machine.set_fault("lost_echo")
    machine.set_fault("jammed")
    report = board.give(OUTPUT, DROP, **GIVE)
    assert (report.outcome, report.reason) == ("not_dropped", "nothing_fell")
    assert len(machine.pulses) == 1


def test_a_covered_sensor_could_confirm_nothing(machine, board):
    machine.hold(DROP, on=True)
    report = board.give(OUTPUT, DROP, **GIVE)
    assert (report.outcome, report.reason) == ("refused", "drop_blocked")
    assert machine.pulses == []


def test_a_cable_pulled_while_it_moves_leaves_the_outcome_unknown(machine, board):
    machine.set_fault("jammed")

    def pull(look):
        if machine.pulses:
            machine.set_fault("unplugged")

    report = board.give(OUTPUT, DROP, **GIVE, tell=pull)
    assert report.outcome == "unknown"
    machine.clear_faults()
    until(board, "ready")
    assert len(machine.pulses) == 1


@pytest.mark.parametrize("fault", ["silent", "unplugged"])
def test_a_fault_is_told_and_passes_within_two_seconds(fault, machine, board):
    until(board, "ready")
    machine.set_fault(fault)
    assert until(board, "unavailable") <= TOLD_S
    machine.clear_faults()
    assert until(board, "ready") <= TOLD_S


def test_a_board_that_was_away_comes_back_with_its_outputs_off(machine, board):
    until(board, "ready")
    machine.set_fault("silent")
    until(board, "unavailable")
    machine.clear_faults()
    machine._switch(2, on=True)
    until(board, "ready")
    assert not machine.output(3)


def test_nobody_at_this_address_is_no_answer(port):
    driver = IoBoard(ModbusLine(str(port), 115200, 7))
    until(driver, "unavailable")
    assert driver.look().status.reason == "no_answer"
    driver.close()


def test_the_port_is_for_one_program(port, board):
    assert board.look().status.ready
    other = IoBoard(ModbusLine(str(port), 115200, 1))
    assert other.look().status.reason == "not_connected"
    other.close()


@pytest.mark.slow
def test_a_damaged_line_gives_no_wrong_value_and_no_pulse(machine, port):
    """Three in ten answers are damaged: 2,000 looks while the inputs change between them."""
    driver = IoBoard(ModbusLine(str(port), 115200, 1, answer_s=0.01))
    until(driver, "ready")
    machine.set_fault("damaged:30")
    known = 0
    for number in range(2000):
        for terminal in range(1, 9):
            machine.hold(terminal, on=bool(number >> (terminal - 1) & 1))
        look = driver.look()
        if look.inputs is not None:
            known += 1
            assert look.inputs == tuple(bool(number >> bit & 1) for bit in range(8))
    assert known > 1000
    assert machine.pulses == []
    driver.close()


def test_a_damaged_line_gives_no_cup_twice(machine, board):
    until(board, "ready")
    machine.set_fault("damaged:30")
    outcomes = []
    for number in range(12):
        before = len(machine.pulses)
        outcomes.append(board.give(OUTPUT, DROP, pulse_ms=100, within_s=0.4).outcome)
        assert len(machine.pulses) - before <= 1, number
        time.sleep(0.1)  # the cup passes
    assert "not_dropped" not in outcomes  # where the line hides the drop, nobody knows
    assert len(machine.pulses) >= outcomes.count("dropped") >= 6


@pytest.mark.slow
def test_a_day_away_played_fast_costs_nothing_more(tmp_path, caplog):
    """A look a second for a day at a port that is not there: no growth of time, memory, handles,
    and not a word in the log; whoever looks tells it, once."""
    now = [0.0]
    driver = IoBoard(ModbusLine(str(tmp_path / "nothing"), 115200, 1), clock=lambda: now[0])
    caplog.set_level(logging.DEBUG)

    def hours(count: int) -> float:
        began = time.process_time()
        for _ in range(count * 3600):
            now[0] += 1.0
            assert driver.look().status.reason == "not_connected"
        return (time.process_time() - began) / count

    hours(1)
    before = count_handles(), len(gc.get_objects())
    first = hours(4)
    hours(15)
    last = hours(4)
    gc.collect()
    assert last < first * 1.5
    assert count_handles() <= before[0]
    assert len(gc.get_objects()) < before[1] + 500
    assert caplog.messages == []
    driver.close()


def test_one_lost_answer_is_nobodys_news(machine, board):
    until(board, "ready")
    machine.set_fault("silent")
    assert board.look().status.ready
    assert board.look().inputs is None
    machine.clear_faults()
    assert board.look().inputs is not None
    assert LOST_AFTER_S <= TOLD_S / 2
