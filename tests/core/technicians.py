"""A core with its technician's rooms: real files, a real doctor, a clock of the test's own."""

from __future__ import annotations

from pathlib import Path

from house import House

from kiosk.config import Config
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin
from kiosk.reconfiguring import Reconfiguring
from kiosk.settings.keeping import ConfigShelf
from kiosk.technician_edges import edges_of_technician
from kiosk.words import (
    DoorResult,
    EnterTechnician,
    KeepTechnicianPin,
    RunSelfTest,
    SelfTest,
    SelfTestChanged,
)

PIN = "739146"
SCREEN, CLI = "screen", "cli"


class Technicians:
    """The technician's rooms of a house; `restarts` counts how often they ended the core."""

    def __init__(self, house: House, root: Path, config: Path) -> None:
        self.house = house
        self.data = DataFolder(root)
        self.data.make()
        self.config = config
        self.applied: list[Config] = []
        self.restarts = 0
        shelf = ConfigShelf(config, self.data.configs)
        started = shelf.in_force()
        self.reconfiguring = Reconfiguring(shelf, started)
        house.engine.devices.add("config")
        self.reconfiguring.begin(house.engine, self.applied.append)
        house.engine.reload = self.reconfiguring.reload
        self.rooms = house.engine.let_technicians_in(
            edges_of_technician(started.config, self.data, self.reconfiguring),
            steady=lambda: house.hands.steady,
            restart=self._restart,
        )

    def _restart(self) -> None:
        self.restarts += 1

    async def ask(self, command, face=SCREEN):
        """What the engine answers."""
        return await self.house.engine.obey(command, face)

    async def set_pin(self, pin: str = PIN) -> None:
        await self.ask(KeepTechnicianPin(pin_hash=hash_pin(pin)), CLI)

    async def enter(self, pin: str = PIN) -> DoorResult:
        return await self.ask(EnterTechnician(pin=pin))

    async def let_in(self) -> None:
        await self.set_pin()
        assert (await self.enter()).inside

    async def run(self, test: SelfTest) -> None:
        await self.ask(RunSelfTest(test=test))

    def steps(self, test: SelfTest) -> list[str]:
        return [one.step for one in self._told() if one.test == test]

    async def until_asked(self, test: SelfTest) -> None:
        await self.house.until(lambda: self.steps(test)[-1:] == ["asks"])

    async def found(self, test: SelfTest):
        """The finding of the test, when it has ended."""

        def last():
            told = [one for one in self._told() if one.test == test]
            return told[-1].finding if told and told[-1].step == "ended" else None

        return await self.house.until(last)

    def _told(self) -> list[SelfTestChanged]:
        return [one for one in self.house.events if isinstance(one, SelfTestChanged)]
