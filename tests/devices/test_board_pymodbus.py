"""The board's driver against pymodbus as the server: a peer that nobody on this project wrote.

pymodbus has no timed pulse. Function 05 there takes 0x0000 and 0xFF00 alone, and where its coils
end it refuses: so it judges our reading, switching and how we take a refusal.
"""

import asyncio
import contextlib
import os
import pty
import select
import threading
import tty
from collections.abc import Iterator

import pytest
from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import ModbusSerialServer

from hardware.board.board import IoBoard
from hardware.board.line import ModbusLine

INPUTS = [True, False, False, True, True, False, False, True]
WITHIN_S = 30.0


class Peer:
    """A server on one pty, the driver's port is another, and a thread is the cable between."""

    def __init__(self) -> None:
        pairs = [pty.openpty(), pty.openpty()]
        for _, far in pairs:
            tty.setraw(far)
        self._fds = [fd for pair in pairs for fd in pair]
        self._near = [near for near, _ in pairs]
        server_end, self.port = (os.ttyname(far) for _, far in pairs)
        coils, inputs = (ModbusSequentialDataBlock(1, bits) for bits in ([True] * 8, INPUTS))
        self._context = ModbusServerContext(
            {1: ModbusDeviceContext(co=coils, di=inputs)}, single=False
        )
        self._server_end = server_end
        self._ending = threading.Event()
        self._up = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._threads = [
            threading.Thread(target=self._carry),
            threading.Thread(target=lambda: self._loop.run_until_complete(self._serve())),
        ]
        for thread in self._threads:
            thread.start()
        assert self._up.wait(WITHIN_S)

    async def _serve(self) -> None:
        server = ModbusSerialServer(self._context, port=self._server_end, baudrate=115200)
        await server.serve_forever(background=True)
        self._up.set()
        while not self._ending.is_set():
            await asyncio.sleep(0.02)
        await server.shutdown()

    def _carry(self) -> None:
        one, other = self._near
        while not self._ending.is_set():
            ready, _, _ = select.select(self._near, [], [], 0.02)
            for fd in ready:
                with contextlib.suppress(OSError):
                    os.write(other if fd == one else one, os.read(fd, 4096))

    def close(self) -> None:
        """Take all of it away."""
        self._ending.set()
        for thread in self._threads:
            thread.join(WITHIN_S)
        self._loop.close()
        for fd in self._fds:
            os.close(fd)


@pytest.fixture
def peer() -> Iterator[Peer]:
    """A board at address 1 with all its outputs on."""
    server = Peer()
    yield server
    server.close()


def outputs_of(peer: Peer) -> tuple[bool, ...]:
    line = ModbusLine(peer.port, 115200, 1, answer_s=1.0)
    line.open()
    outputs = line.outputs()
    line.close()
    return outputs


def test_it_reads_and_makes_safe_what_pymodbus_serves(peer):
    board = IoBoard(ModbusLine(peer.port, 115200, 1, answer_s=1.0))
    look = board.look()
    assert look.status.ready, look.status
    assert look.inputs == tuple(INPUTS)
    board.close()
    assert outputs_of(peer) == (False,) * 8


def test_one_output_is_switched_off(peer):
    assert outputs_of(peer) == (True,) * 8
    line = ModbusLine(peer.port, 115200, 1, answer_s=1.0)
    line.open()
    line.off(2)
    line.close()
    assert outputs_of(peer) == (True, True, False, *(True,) * 5)


def test_a_board_without_the_timed_pulse_refuses_and_nothing_was_moved(peer):
    board = IoBoard(ModbusLine(peer.port, 115200, 1, answer_s=1.0))
    report = board.give(1, 2, pulse_ms=500, within_s=1.0)
    assert (report.outcome, report.reason) == ("refused", "error")
    board.close()
    assert outputs_of(peer) == (False,) * 8
