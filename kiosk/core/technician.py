"""The technician's rooms joined: door, parts, self-tests, logs, settings, first start.

A screen without a technician before it is refused (no_technician); the command line is not, for
whoever may use it may do all of this anyway. What blocks is done aside; what takes seconds is told
by events, so that a screen is answered at once.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from hardware.printer.slip import Slip
from kiosk.core.aside import Aside
from kiosk.core.hall import HallRooms
from kiosk.core.self_tests import SelfTestHost, SelfTests
from kiosk.core.technician_door import TechnicianDoor
from kiosk.errors import CommandRefused, KioskError, StoreUnavailable, Trouble
from kiosk.ports import Outcome, Store
from kiosk.ports.technician import (
    Doctor,
    FirstStartDesk,
    KeyBook,
    LogShelf,
    NewPeople,
    SettingsDesk,
)
from kiosk.words import (
    AnswerFirstStart,
    AskFirstStart,
    AskLog,
    AskParts,
    AskSettings,
    BackFirstStart,
    ChangeSetting,
    ConfigResult,
    Done,
    DoorCommand,
    FirstStartCommand,
    FirstStartMoved,
    FirstStartResult,
    ForgiveTechnician,
    KeepStaff,
    KeepTechnicianBadge,
    KeepTechnicianPin,
    KioskRestarting,
    KioskState,
    LeaveTechnician,
    LogResult,
    OpenFirstStart,
    PartFinding,
    PartsExamined,
    RestartKiosk,
    RestoreSettings,
    Result,
    SelfTestCommand,
    SettingsCommand,
    SettingsResult,
    SkipFirstStart,
    TechnicianCommand,
    Verdict,
)

log = logging.getLogger(__name__)

EXAMINE_WITHIN_S = 15.0
PRINT_WITHIN_S = 60.0
JOIN_WITHIN_S = 60.0
WITHIN_S = 20.0
NOT_OF_A_SCREEN = KeepTechnicianPin | KeepTechnicianBadge | ForgiveTechnician | OpenFirstStart
MOST_LINES = 400


class TechnicianHost(SelfTestHost, Protocol):
    """What the rooms need of the engine."""

    store: Store
    hall: HallRooms

    def state(self) -> KioskState: ...
    def state_is_stale(self) -> None: ...
    def reload(self) -> ConfigResult: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianEdges:
    """The rooms' edges: all of them block, and are asked aside."""

    book: KeyBook
    doctor: Doctor
    logs: LogShelf
    settings: SettingsDesk
    first_start: FirstStartDesk
    slips: Mapping[str, Slip]


class TechnicianRooms:
    """Lives on the core's loop."""

    def __init__(
        self,
        host: TechnicianHost,
        edges: TechnicianEdges,
        *,
        screen: str,
        steady: Callable[[], float],
        restart: Callable[[], object],
    ) -> None:
        """`screen` is the face before which a technician stands; `restart` ends this process."""
        self._host = host
        self._edges = edges
        self._screen = screen
        self._restart = restart
        self._doctor = Aside("doctor")
        self._aside = Aside("settings")
        self.door = TechnicianDoor(host, edges.book, self._aside, steady)
        self.tests = SelfTests(host, self, edges.slips, self._print_elsewhere)
        self._first_start = edges.first_start.wanted
        self._examination: asyncio.Task[None] | None = None
        self._joining: asyncio.Task[None] | None = None
        self._names: list[str] | None = None  # of staff, as they were last read

    @property
    def first_start(self) -> bool:
        """Whether whoever stands before the screen may set the kiosk up."""
        return self._first_start

    def close(self) -> None:
        """The core ends."""
        self.tests.stop()
        self._doctor.close()
        self._aside.close()

    async def obey(self, command: TechnicianCommand, face: str) -> Result:
        """Carry out a command. Raises CommandRefused, ConfigError, Trouble and
        StoreUnavailable."""
        if face == self._screen and isinstance(command, NOT_OF_A_SCREEN):
            raise CommandRefused("this is not done at a screen", code="not_here")
        if isinstance(command, DoorCommand):
            return await self._at_the_door(command)
        if isinstance(command, OpenFirstStart):
            await self._want_first_start(wanted=True)
            return Done()
        if face == self._screen and not (self.door.inside or self._first_start):
            raise CommandRefused("no technician is here", code="no_technician")
        self.door.stay()
        return await self._inside(command)

    async def _at_the_door(self, command: DoorCommand) -> Result:
        if isinstance(command, LeaveTechnician):
            self.tests.stop()
            if self._first_start:
                await self._want_first_start(wanted=False)
        return await self.door.obey(command)

    async def _inside(
        self,
        command: AskParts
        | AskLog
        | SelfTestCommand
        | RestartKiosk
        | SettingsCommand
        | FirstStartCommand,
    ) -> Result:
        match command:
            case AskParts():
                if self._examination is None or self._examination.done():
                    self._examination = asyncio.create_task(self._look_at_parts())
            case AskLog():
                return await self._log(command)
            case RestartKiosk():
                log.info("a technician restarts the kiosk")
                self._host.publish(KioskRestarting())
                asyncio.get_running_loop().call_soon(self._restart)
            case AskSettings() | ChangeSetting() | RestoreSettings():
                return await self._settings(command)
            case AskFirstStart() | AnswerFirstStart() | SkipFirstStart() | BackFirstStart():
                return await self._set_up(command)
            case _:
                self.tests.do(command)
        return Done()

    # The parts, as the self-tests want them too.

    async def examine(self, only: Collection[str] = ()) -> Sequence[PartFinding]:
        """See kiosk.core.trials.Examiner."""
        look = functools.partial(self._edges.doctor.examine, self._host.state(), only)
        return await self._doctor.ask(look, EXAMINE_WITHIN_S)

    def tell(self, part: str, state: Verdict, code: str, values: Mapping[str, str]) -> PartFinding:
        """See kiosk.core.trials.Examiner."""
        return self._edges.doctor.tell(part, state, code, values)

    async def _look_at_parts(self) -> None:
        try:
            findings = tuple(await self.examine())
            version = await self._doctor.ask(self._edges.doctor.version, WITHIN_S)
        except Trouble as error:
            log.warning("the parts cannot be looked at: %s", error.detail)
            findings, version = (), ""
        wrong = self.door.wrong_pins
        self._host.publish(PartsExamined(findings=findings, wrong_pins=wrong, version=version))

    async def _log(self, command: AskLog) -> LogResult:
        limit = max(1, min(command.limit, MOST_LINES))
        read = functools.partial(self._edges.logs.tail, command.name, limit, self._staff_names())
        return LogResult(lines=tuple(await self._aside.ask(read, WITHIN_S)))

    def _staff_names(self) -> Collection[str]:
        """To be taken out of the log. Raises StoreUnavailable where nobody ever told them."""
        try:
            staff = self._host.store.staff.all()
        except StoreUnavailable:
            if self._names is None:
                raise
        else:
            self._names = [word for one in staff for word in (one.code, one.name)]
        return self._names

    # The configuration.

    async def _settings(self, command: SettingsCommand) -> SettingsResult:
        desk = self._edges.settings
        match command:
            case ChangeSetting(name=name, value=value, default=default, save=save):
                change = functools.partial(desk.change, name, value, default=default, save=save)
                await self._aside.ask(change, WITHIN_S)
                if save:
                    log.info("a technician set %s", name)
                    self._host.reload()
            case RestoreSettings():
                await self._aside.ask(desk.restore, WITHIN_S)
                log.info("a technician put the former configuration back")
                self._host.reload()
        return await self._aside.ask(desk.read, WITHIN_S)

    # The first start.

    async def _set_up(self, command: FirstStartCommand) -> FirstStartResult:
        desk = self._edges.first_start
        match command:
            case AnswerFirstStart(value=value) if desk.takes_long(value):
                if self._joining is None or self._joining.done():
                    self._joining = asyncio.create_task(self._join(value))
                now = await self._aside.ask(desk.ask, WITHIN_S)
                return msgspec.structs.replace(now, waits=True)
            case AnswerFirstStart(value=value, pin=pin, technician_pin=technician_pin):
                answer = functools.partial(desk.answer, value, pin, technician_pin)
                people = await self._aside.ask(answer, WITHIN_S)
                if people is not None:
                    await self._welcome(people)
            case SkipFirstStart():
                await self._aside.ask(desk.skip, WITHIN_S)
            case BackFirstStart():
                await self._aside.ask(desk.back, WITHIN_S)
        return await self._aside.ask(desk.ask, WITHIN_S)

    async def _join(self, value: str) -> None:
        """Become known at the centre: the screen hears of it when it has come to something."""
        desk = self._edges.first_start
        try:
            answer = functools.partial(desk.answer, value, "", "")
            await self._doctor.ask(answer, JOIN_WITHIN_S)
            moved = FirstStartMoved(result=await self._aside.ask(desk.ask, WITHIN_S))
        except KioskError as error:
            log.warning("this kiosk was not enrolled: %s %s", error.code, error.detail)
            moved = FirstStartMoved(code=error.code, detail=error.detail)
        self._host.publish(moved)

    async def _welcome(self, people: NewPeople) -> None:
        """The configuration is saved: so are the people, and the technician stays inside."""
        self._host.reload()
        if people.technician_hash:
            await self.door.keep_pin(people.technician_hash)
        self.door.open()
        await self._want_first_start(wanted=False)
        if people.manager_hash:
            new = KeepStaff(
                code=people.code, name=people.name, role="manager", pin_hash=people.manager_hash
            )
            self._host.hall.do(new, visit=False)

    async def _want_first_start(self, *, wanted: bool) -> None:
        want = functools.partial(self._edges.first_start.want, wanted=wanted)
        try:
            await self._aside.ask(want, WITHIN_S)
        except Trouble as error:
            log.warning("whether the first start is wanted cannot be kept: %s", error.detail)
        self._first_start = wanted
        self._host.state_is_stale()

    async def _print_elsewhere(self) -> tuple[Outcome, str] | None:
        """At the printer that the first start has chosen, where that is another one."""
        if not self._first_start:
            return None
        return await self._doctor.ask(self._edges.first_start.print_test, PRINT_WITHIN_S)
