"""What a test has around its kiosk: a board and a scanner, simulated behind ptys; real drivers."""

from __future__ import annotations

import asyncio
import contextlib

from house import House

from hardware.base.fixed import FixedBase
from hardware.board.ports import open_board
from hardware.scanner.ports import open_scanner
from kiosk.core.board import Wiring
from kiosk.core.dispensing import Dispenser
from kiosk.core.greeting import Greeter, GreetingRule
from kiosk.queueing.hours import Calendar, Span, Week

PRESENCE, DOOR, BUTTON, DROP, LIGHT = 1, 2, 3, 4, 8
WATER = Dispenser(
    item="water",
    name_vi="Nước uống",
    name_en="Water",
    output=1,
    drop=DROP,
    pulse_ms=300,
    wait_s=0.6,
    low=2,
)
ALWAYS = Week(days=((Span(opens=0, closes=24 * 60),),) * 7)


class Around:
    """A board and a scanner, simulated behind ptys, and what a test needs to reach them."""

    def __init__(self, **rule) -> None:
        self.board = None
        self.scanner = None
        self.greeter = Greeter(GreetingRule(**({"week": ALWAYS, "calendar": Calendar()} | rule)))

    def open_board(self):
        driver = open_board("simulated", dispensers={1: DROP})
        self.board = driver.simulator
        return driver

    def open_scanner(self):
        driver = open_scanner("simulated", cards=True)
        self.scanner = driver.simulator
        return driver

    def parts(self):
        return {
            "dispensers": (WATER,),
            "wiring": Wiring(presence=PRESENCE, door=DOOR, button=BUTTON, light=LIGHT),
            "open_board": self.open_board,
            "open_scanner": self.open_scanner,
            "open_base": FixedBase,
            "greeter": self.greeter,
        }


@contextlib.asynccontextmanager
async def at_work(house: House, *devices):
    """With the workers running and these devices ready."""
    async with house.at_work(*(run for _, run in house.surroundings.works())):
        for name in devices or ("board", "scanner", "base"):
            await house.until(lambda name=name: house.device(name).state == "ready")
        yield


def told(house: House, kind):
    return [event for event in house.events if isinstance(event, kind)]


async def becomes(check):
    """Wait for what is told to nobody."""
    async with asyncio.timeout(30):
        while not check():
            await asyncio.sleep(0.01)
