"""The owner's side of a child process that talks in lines: started, watched, started again.

All of it runs in the owner's asyncio loop; `send` never waits.  The child greets with Hello and
answers Ping while it is well (voice.wire).  One that ends, hangs or speaks another version is
replaced, each time after a longer wait.
"""

import asyncio
import contextlib
import logging
import random
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Coroutine, Sequence
from typing import Generic, TypeVar

from voice import wire
from voice.errors import Garbled

log = logging.getLogger(__name__)

HELLO_WITHIN = 10.0  # seconds; Python starts slowly on a cold disk
PING_EVERY = 0.5
PONG_WITHIN = 1.3  # with PING_EVERY, a hang is found within 2 s
ASKED = 3  # times within PONG_WITHIN
END_WITHIN = 1.0
BACK_OFF = (0.2, 30.0)  # seconds, first and longest wait before the process is started again
STEADY = 10.0  # a process that lived this long starts again without waiting longer
MAX_WAITING = 2 * wire.MAX_LINE  # bytes that the process has not read yet

E = TypeVar("E", bound=wire.Event)


class KeptChild(Generic[E]):
    """One child process, for as long as `run` runs."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        decode: Callable[[bytes], E],
        on_event: Callable[[E], None],
        on_gone: Callable[[wire.Status], None],
    ) -> None:
        """`decode` reads a line (Garbled: it is thrown away); the callbacks are called in the loop.

        `on_event` hears everything but Pong; Hello is the first of each life.  `on_gone` hears why
        a life has ended: "ended", "hung" or "version".
        """
        self.name = name
        self.process: Process | None = None
        self.greeted = asyncio.Event()
        self._command = list(command)
        self._decode = decode
        self._on_event = on_event
        self._on_gone = on_gone
        self._ping_id = 0
        self._asked_from = 0  # the first of the Pings that wait for an answer
        self._pong = asyncio.Event()

    def send(self, command: wire.Command) -> bool:
        """Hand over a command.  False, with a line in the log, when that is not possible now."""
        process = self.process
        if process is None or process.stdin is None or process.stdin.is_closing():
            return False
        if process.stdin.transport.get_write_buffer_size() > MAX_WAITING:
            log.info("a command was dropped: the %s process does not read", self.name)
            return False
        try:
            process.stdin.write(wire.encode(command))
        except Garbled as error:
            log.warning("a command was dropped: %s", error)
            return False
        return True

    async def run(self) -> None:
        """Keep the child alive until cancelled; then end it and leave nothing behind."""
        wait, longest = BACK_OFF
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            await self._live()
            if loop.time() - started > STEADY:
                wait = BACK_OFF[0]
            await asyncio.sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, no secret
            wait = min(longest, 2 * wait)

    async def _live(self) -> None:
        """One life of the process, from its start to its end.

        Why it is over is told first: to end a process that hangs takes a second more.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, limit=wire.MAX_LINE
            )
        except OSError as error:
            self._on_gone(wire.Status("unavailable", "ended", f"cannot be started: {error}"))
            return
        self.process = process
        self.greeted.clear()
        try:
            gone = await _first_of(self._listen(process), self._watch())
            self.process = None
            self._on_gone(gone)
        finally:
            self.process = None
            await _end(process)

    async def _listen(self, process: Process) -> wire.Status:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:  # over the limit; asyncio has thrown the line away
                log.warning("the %s process sent a line of over %d bytes", self.name, wire.MAX_LINE)
                continue
            if not line:
                return wire.Status("unavailable", "ended", f"the {self.name} process has ended")
            try:
                event = self._decode(line)
            except Garbled as error:
                log.warning("the %s process sent what is no event: %s", self.name, error)
                continue
            if isinstance(event, wire.Hello) and event.version != wire.VERSION:
                detail = f"it speaks version {event.version}, not {wire.VERSION}"
                return wire.Status("unavailable", "version", detail)
            self._take(event)

    def _take(self, event: E) -> None:
        if isinstance(event, wire.Pong):
            if event.id >= self._asked_from:
                self._pong.set()
            return
        if isinstance(event, wire.Hello):
            self.greeted.set()
        self._on_event(event)

    async def _watch(self) -> wire.Status:
        """Return when the process is up and does not answer any more."""
        if not await _within(HELLO_WITHIN, self.greeted):
            return wire.Status("unavailable", "hung", f"no greeting within {HELLO_WITHIN:g} s")
        while await self._answers():
            await asyncio.sleep(PING_EVERY)
        return wire.Status("unavailable", "hung", f"no answer within {PONG_WITHIN:g} s")

    async def _answers(self) -> bool:
        """Whether the process is well, or is so again within PONG_WITHIN.

        A Ping that it reads while one of its threads is late is never answered, be the thread late
        only because the machine is crowded: so it is asked more than once.
        """
        self._pong.clear()
        self._asked_from = self._ping_id + 1
        for _ in range(ASKED):
            self._ping_id += 1
            self.send(wire.Ping(self._ping_id))
            if await _within(PONG_WITHIN / ASKED, self._pong):
                return True
        return False


async def _first_of(*works: Coroutine[None, None, wire.Status]) -> wire.Status:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _within(seconds: float, event: asyncio.Event) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    if not event.is_set():  # our own loop may have been busy: let what has come in be read
        await asyncio.sleep(0.05)
    return event.is_set()


async def _end(process: Process) -> None:
    """Ask the process to end by closing its pipe, then make it; reaps it either way."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_WITHIN):
                await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        with contextlib.suppress(OSError):  # a pipe that broke has told so: hear it out
            async with asyncio.timeout(END_WITHIN):
                await process.stdin.wait_closed()
