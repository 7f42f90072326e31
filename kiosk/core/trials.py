"""The self-tests themselves: each tries one part and tells what came of it.

They run one at a time, on the core's loop; SelfTests runs them and asks the technician.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from hardware.printer.slip import Slip
from kiosk.core.devices import Devices
from kiosk.core.listening import Listening
from kiosk.core.printing import Printing
from kiosk.core.speaking import Speaking
from kiosk.core.surroundings import Surroundings
from kiosk.errors import CommandRefused
from kiosk.ports import DropReport, Outcome
from kiosk.words import (
    TESTING,
    AnyEvent,
    CloseMicrophone,
    CodeScanned,
    DeviceState,
    Language,
    LevelHeard,
    Listen,
    ListeningChanged,
    PartFinding,
    PresenceChanged,
    QuestionHeard,
    SelfTest,
    SpeechEnded,
    SpeechStarted,
    TechnicianEntered,
    Verdict,
)

PRINT_WITHIN_S = 60.0
SPEECH_WITHIN_S = 20.0
LISTEN_S = 5.0
ECHO_WITHIN_S = 30.0
COME_WITHIN_S = 30.0  # for somebody to step before the sensor, or to hold up a code
DRY_WITHIN_S = 40.0
QUIET_LEVEL = 0.1
"""A microphone that hears nothing louder in LISTEN_S is dead or covered: no hall is so still."""
LONGEST_ECHO = 300  # characters
CHECKS: Mapping[SelfTest, tuple[str, ...]] = {
    "network": ("network", "leader", "pages"),
    "centre": ("centre", "enrolment", "centre_clock"),
    "clock": ("clock",),
    "disk": ("data", "disk"),
    "temperature": ("temperature",),
}
"""The tests that are the doctor's."""
GRAVE: Sequence[Verdict] = ("fault", "warning", "ok", "skipped")


@dataclass(frozen=True, slots=True)
class Came:
    """What a test came to; `code` and `values` as the doctor's words know them."""

    state: Verdict
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


PrintElsewhere = Callable[[], Awaitable["tuple[Outcome, str] | None"]]
Trial = Callable[[], Coroutine[Any, Any, Came | PartFinding]]


class TrialHost(Protocol):
    """The parts, as the engine has them."""

    devices: Devices
    printing: Printing
    speaking: Speaking
    listening: Listening
    surroundings: Surroundings


class Examiner(Protocol):
    """The doctor, asked from the loop."""

    async def examine(self, only: Collection[str] = ()) -> Sequence[PartFinding]: ...
    def tell(
        self, part: str, state: Verdict, code: str, values: Mapping[str, str]
    ) -> PartFinding: ...


class Bench(Protocol):
    """What a test needs of whoever runs it."""

    async def judged(self) -> Came:
        """Ask the technician what they saw or heard."""
        ...

    async def until(self, is_it: Callable[[AnyEvent], bool], within_s: float) -> bool:
        """Whether such an event comes in time."""
        ...


async def nowhere() -> tuple[Outcome, str] | None:
    """There is no printer but the one that the kiosk works with."""
    return None


class Trials:
    """All tests; see SelfTests for what they are handed."""

    def __init__(
        self,
        host: TrialHost,
        examiner: Examiner,
        bench: Bench,
        slips: Mapping[str, Slip],
        print_elsewhere: PrintElsewhere,
    ) -> None:
        self._print_elsewhere = print_elsewhere
        self._host = host
        self._examiner = examiner
        self._bench = bench
        self._slips = slips
        self.language: Language = "vi"

    def of(self, test: SelfTest) -> Trial:
        """The test of that name."""
        if test in CHECKS:
            return functools.partial(self._examine, CHECKS[test])
        tests: Mapping[SelfTest, Trial] = {
            "print": functools.partial(self._print, "print"),
            "cut": functools.partial(self._print, "cut"),
            "paper": self._paper,
            "speaker": self._speaker,
            "microphone": self._microphone,
            "echo": self._echo,
            "touch": self._bench.judged,
            "screens": self._bench.judged,
            "sensor": self._sensor,
            "dispensers": self._dispensers,
            "scanner": self._scanner,
        }
        return tests[test]

    def _device(self, name: str) -> DeviceState | None:
        return next((one for one in self._host.devices.all() if one.name == name), None)

    def _away(self, name: str) -> Came | None:
        """Why the device cannot be tried; None where it can."""
        device = self._device(name)
        if device is None or device.reason == "none":
            return Came("skipped", "not_here")
        if device.reason == "switched_off":
            return Came("skipped", "switched_off")
        if device.state == "starting":
            return Came("warning", "starting")
        if device.state == "unavailable":
            return Came("fault", device.reason or "other", {"detail": device.detail})
        return None

    async def _examine(self, checks: Collection[str]) -> PartFinding:
        findings = await self._examiner.examine(checks)
        return min(findings, key=lambda one: GRAVE.index(one.state))

    async def _print(self, name: str) -> Came:
        printed = await self._print_elsewhere()
        if printed is None:
            if (away := self._away("printer")) is not None:
                return away
            printed = await self._printed(self._slips[name])
        outcome, reason = printed
        if outcome == "refused":
            return Came("fault", reason or "other")
        return (
            await self._bench.judged() if outcome == "printed" else Came("warning", "print_unknown")
        )

    async def _printed(self, slip: Slip) -> tuple[Outcome, str]:
        settled: asyncio.Future[tuple[Outcome, str]] = asyncio.get_running_loop().create_future()

        def settle(outcome: Outcome, reason: str) -> None:
            if not settled.done():
                settled.set_result((outcome, reason))

        try:
            self._host.printing.add_loose(slip, settle)
            return await asyncio.wait_for(settled, PRINT_WITHIN_S)
        except (CommandRefused, TimeoutError):
            return "refused", "busy"

    async def _paper(self) -> Came:
        if (away := self._away("printer")) is not None:
            return away
        device = self._device("printer")
        assert device is not None, "it is not away"
        if "paper_low" in device.warnings:
            return Came("warning", "paper_low")
        return Came("ok", "paper_there")

    async def _speaker(self) -> Came:
        if (away := self._away("speech")) is not None:
            return away
        self._host.speaking.say("selftest.speaker", {}, self.language)
        return await self._spoken()

    async def _spoken(self) -> Came:
        """What is said now is heard to its end, and then it is asked about."""
        silent = False

        def ended(event: AnyEvent) -> bool:
            nonlocal silent
            if isinstance(event, SpeechStarted):
                silent = event.silent
            return isinstance(event, SpeechEnded) or silent

        if not await self._bench.until(ended, SPEECH_WITHIN_S):
            return Came("fault", "speech_stuck")
        return Came("fault", "speech_silent") if silent else await self._bench.judged()

    async def _microphone(self) -> Came:
        loudest = 0.0

        def over(event: AnyEvent) -> bool:
            nonlocal loudest
            if isinstance(event, LevelHeard) and event.face == TESTING:
                loudest = max(loudest, event.level)
            return _is_unheard(event) or isinstance(event, QuestionHeard)

        if (away := self._away("hearing")) is not None:
            return away
        with self._listening():
            await self._bench.until(over, LISTEN_S)
        values = {"percent": f"{100 * loudest:.0f}"}
        if loudest < QUIET_LEVEL:
            return Came("fault", "microphone_deaf", values)
        return Came("ok", "microphone_hears", values)

    async def _echo(self) -> Came:
        said = ""

        def over(event: AnyEvent) -> bool:
            nonlocal said
            if isinstance(event, QuestionHeard) and event.face == TESTING:
                said = event.text
            return bool(said) or _is_unheard(event)

        away = self._away("hearing") or self._away("speech")
        if away is not None:
            return away
        with self._listening():
            await self._bench.until(over, ECHO_WITHIN_S)
        if not said:
            return Came("fault", "echo_nothing")
        self._host.speaking.say("selftest.echo", {"text": said[:LONGEST_ECHO]}, self.language)
        return await self._spoken()

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        """The microphone is open meanwhile. Raises CommandRefused: hearing."""
        self._host.listening.do(Listen(language=self.language, dictation=True), TESTING)
        try:
            yield
        finally:
            self._host.listening.do(CloseMicrophone(), TESTING)

    async def _sensor(self) -> Came:
        if not self._host.surroundings.sees_people:
            return Came("skipped", "not_here")
        if (away := self._away("board")) is not None:
            return away
        changed = await self._bench.until(
            lambda one: isinstance(one, PresenceChanged), COME_WITHIN_S
        )
        return Came("ok", "sensor_sees") if changed else Came("fault", "sensor_still")

    async def _scanner(self) -> Came:
        if (away := self._away("scanner")) is not None:
            return away
        read = CodeScanned | TechnicianEntered
        came = await self._bench.until(lambda one: isinstance(one, read), COME_WITHIN_S)
        return Came("ok", "scanner_reads") if came else Came("fault", "scanner_nothing")

    async def _dispensers(self) -> Came:
        dispensers = self._host.surroundings.dispensers
        if not dispensers:
            return Came("skipped", "not_here")
        if (away := self._away("board")) is not None:
            return away
        for one in dispensers:
            try:
                report = await _within(self._host.surroundings.try_dry(one))
            except CommandRefused as refusal:
                return Came("fault", refusal.code)
            if report is None or report.outcome in {"refused", "unknown"}:
                reason = report.reason if report is not None else "driver"
                return Came("fault", "dispenser_not_moved", {"name": one.item, "detail": reason})
        return await self._bench.judged()


async def _within(moving: Awaitable[DropReport | None]) -> DropReport | None:
    try:
        return await asyncio.wait_for(moving, DRY_WITHIN_S)
    except TimeoutError:
        return None


def _is_unheard(event: AnyEvent) -> bool:
    """Whether listening for a test has ended by itself."""
    return isinstance(event, ListeningChanged) and event.face == TESTING and event.state == "off"
