"""A technician tries one part after the other: what a machine can tell it tells, the rest is asked.

    RunSelfTest ─▶ running ─▶ ended: what was found
                      └─▶ asks (was it printed, heard, seen?) ─▶ AnswerSelfTest ─▶ ended

One test at a time. Each leaves a line in the device's history, whatever comes of it. What was heard
is spoken again and forgotten.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from hardware.printer.slip import Slip
from kiosk.core.trials import Came, Examiner, PrintElsewhere, TrialHost, Trials, nowhere
from kiosk.words import (
    TESTING,
    AnswerSelfTest,
    AnyEvent,
    DeviceNoted,
    PartFinding,
    RunSelfTest,
    SelfTest,
    SelfTestChanged,
    SelfTestCommand,
    StopSelfTest,
)

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 180.0
DEVICES: Mapping[SelfTest, str] = {
    "print": "printer",
    "paper": "printer",
    "cut": "printer",
    "speaker": "sound",
    "echo": "microphone",
    "screens": "monitors",
    "sensor": "board",
    "dispensers": "board",
}
"""Under which name a test stands in the history; the others under their own."""


class SelfTestHost(TrialHost, Protocol):
    """What the tests need of the engine."""

    def publish(self, event: AnyEvent) -> None: ...


class SelfTests:
    """Lives on the core's loop; `hear` is to be one of the engine's listeners."""

    def __init__(
        self,
        host: SelfTestHost,
        examiner: Examiner,
        slips: Mapping[str, Slip],
        print_elsewhere: PrintElsewhere = nowhere,
    ) -> None:
        """`slips`: what is printed for the tests "print" and "cut"; `print_elsewhere` prints at a
        printer that the kiosk does not work with yet, where there is one."""
        self._host = host
        self._examiner = examiner
        self._trials = Trials(host, examiner, self, slips, print_elsewhere)
        self._task: asyncio.Task[None] | None = None
        self._test: SelfTest = "print"
        self._answer: asyncio.Future[bool] | None = None
        self._awaited: tuple[Callable[[AnyEvent], bool], asyncio.Event] | None = None

    def do(self, command: SelfTestCommand) -> None:
        """Carry out a command."""
        match command:
            case RunSelfTest(test=test, language=language):
                self.stop()
                self._test, self._trials.language = test, language
                self._task = asyncio.create_task(self._run(test))
            case AnswerSelfTest(good=good):
                if self._answer is not None and not self._answer.done():
                    self._answer.set_result(good)
            case StopSelfTest():
                self.stop()

    def stop(self) -> None:
        """Enough; a test that goes on leaves its line all the same."""
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
            self._end(self._test, Came("skipped", "stopped"))

    def hear(self, event: AnyEvent) -> None:
        """A listener of the engine."""
        if self._awaited is not None:
            is_it, came = self._awaited
            if is_it(event):
                came.set()

    async def judged(self) -> Came:
        """See kiosk.core.trials.Bench."""
        self._answer = asyncio.get_running_loop().create_future()
        self._host.publish(SelfTestChanged(test=self._test, step="asks"))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                good = await self._answer
        except TimeoutError:
            return Came("warning", "not_answered")
        return Came("ok", f"{self._test}_good") if good else Came("fault", f"{self._test}_bad")

    async def until(self, is_it: Callable[[AnyEvent], bool], within_s: float) -> bool:
        """See kiosk.core.trials.Bench."""
        came = asyncio.Event()
        self._awaited = is_it, came
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await came.wait()
        self._awaited = None
        return came.is_set()

    async def _run(self, test: SelfTest) -> None:
        self._host.publish(SelfTestChanged(test=test, step="running"))
        try:
            came = await self._trials.of(test)()
        except Exception as error:  # a test that fails is a finding too
            log.exception("the self-test %s failed", test)
            came = Came("warning", "check_failed", {"detail": f"{type(error).__name__}: {error}"})
        self._task = None
        self._end(test, came)

    def _end(self, test: SelfTest, came: Came | PartFinding) -> None:
        if isinstance(came, Came):
            came = self._examiner.tell(test, came.state, came.code, came.values)
        self._awaited = self._answer = None
        self._host.publish(
            DeviceNoted(
                device=DEVICES.get(test, test),
                state=came.state,
                source=TESTING,
                reason=f"{test} {came.code}",
            )
        )
        self._host.publish(SelfTestChanged(test=test, step="ended", finding=came))
