"""Documents put to use: whatever a reader does, the kiosk has one that it can run with."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from house import in_loop

from kiosk.core import pausing, renewing
from kiosk.core.renewing import TORN_TRIES, Renewing
from kiosk.errors import DocumentUnusable
from kiosk.sync.shelf import DocumentShelf
from kiosk.words import Visit
from tests.sync.giver import ENROLLED, Giver


class Readers:
    """A kiosk.ports.Takers that writes down what it reads, and does as a test says."""

    def __init__(self):
        self.has: dict[str, str] = {}
        self.unusable: set[str] = set()  # texts
        self.hangs = threading.Event()
        self.hangs.set()
        self.restart: set[str] = set()

    def _read(self, path: Path | None) -> str:
        text = path.read_text() if path is not None else "own"
        assert self.hangs.wait(30)
        if text in self.unusable:
            raise DocumentUnusable(f"{text} is no good\nsecond line")
        return text

    def try_out(self, name: str, path: Path | None) -> None:
        if path is None or not path.read_text().startswith("late"):
            self._read(path)

    def put_in(self, name: str, path: Path | None) -> None:
        self.has[name] = self._read(path)

    def take_over(self, name: str) -> bool:
        return name in self.restart


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(renewing, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(renewing, "PROVEN_S", 0.1)
    monkeypatch.setattr(pausing, "FIRST_S", 0.01)
    monkeypatch.setattr(pausing, "LEAST_S", 0.0)


class Room:
    """What a test has of it."""

    def __init__(self, house: Any, root: Path) -> None:
        self.house, self.giver, self.readers = house, Giver(), Readers()
        self.shelf = DocumentShelf(root / "documents", lambda: ENROLLED)
        self.restarts = 0
        self.renewing = Renewing(house.engine, self.shelf, self.readers, restart=self._restart)
        self.renewing.fetch_with(self._ask, ())

    def _restart(self) -> None:
        self.restarts += 1

    async def _ask(self, call: Any) -> Any:
        return call(self, 1.0)

    def document(self, notice, sink, within_s):
        self.giver.fetch(notice, sink)

    def give(self, name, version, text, **more):
        self.renewing.want([self.giver.give(name, version, text.encode(), **more)])
        self.renewing.woken.set()

    def fates(self):
        return {one.name: (one.version, one.state, one.reason) for one in self.shelf.fates()}

    async def until(self, check):
        async with asyncio.timeout(30):
            while not (value := check()):
                await asyncio.sleep(0.01)
        return value


@pytest.fixture
def room(house, tmp_path, quick):
    return Room(house, tmp_path)


def at_work(room):
    return room.house.at_work(room.renewing.run)


@in_loop
async def test_a_good_one_is_read_proven_and_told(room):
    async with at_work(room):
        room.give("hours", 1, "first")
        await room.until(lambda: room.fates().get("hours") == (1, "in_use", ""))
        await room.until(lambda: room.readers.has == {"hours": "first"})
        room.give("hours", 2, "", removed=True)
        await room.until(lambda: room.fates()["hours"] == (2, "in_use", ""))
        await room.until(lambda: room.readers.has == {"hours": "own"})


@in_loop
async def test_one_that_its_reader_refuses_changes_nothing(room):
    room.readers.unusable = {"bad"}
    async with at_work(room):
        room.give("hours", 1, "first")
        await room.until(lambda: room.fates().get("hours"))
        room.give("hours", 2, "bad")
        await room.until(lambda: room.fates()["hours"] == (2, "rolled_back", "bad is no good"))
        await room.until(lambda: room.readers.has == {"hours": "first"})


@in_loop
async def test_one_that_fails_after_the_swap_is_put_back(room):
    room.readers.unusable = {"late bad"}
    async with at_work(room):
        room.give("hours", 1, "first")
        await room.until(lambda: room.fates().get("hours"))
        room.give("hours", 2, "late bad")
        await room.until(lambda: room.fates()["hours"] == (2, "rolled_back", "late bad is no good"))
        await room.until(lambda: room.readers.has == {"hours": "first"})


@in_loop
async def test_a_reader_that_hangs_holds_nothing_up(room, monkeypatch):
    monkeypatch.setattr(renewing, "READ_WITHIN_S", 0.1)
    monkeypatch.setattr(renewing, "KEEP_WITHIN_S", 0.1)
    room.readers.hangs.clear()
    async with at_work(room):
        room.give("hours", 1, "slow")
        room.house.issue("request-1")
        await room.until(lambda: room.giver.asked)
        room.house.issue("request-2")
        room.readers.hangs.set()
        await room.until(lambda: room.fates().get("hours"))


@in_loop
async def test_one_that_always_comes_torn_is_refused_in_the_end(room):
    async with at_work(room):
        told = room.giver.give("hours", 1, b"first")
        room.giver.bodies["hours", 1] = b"fir"
        room.renewing.want([told])
        room.renewing.woken.set()
        found = await room.until(lambda: room.fates().get("hours"))
        assert found == (1, "rolled_back", "3 bytes came, 5 were announced")
        assert len(room.giver.asked) == TORN_TRIES


@in_loop
async def test_a_centre_that_is_away_is_asked_again(room):
    room.giver.away = True
    async with at_work(room):
        room.give("hours", 1, "first")
        await room.until(lambda: len(room.giver.asked) > 2)
        room.giver.away = False
        await room.until(lambda: room.fates().get("hours") == (1, "in_use", ""))


@in_loop
async def test_a_guide_that_falls_ill_with_a_catalogue_gets_the_former_one(room):
    room.house.engine.guide_is("ready", reason="", detail="", warnings=())
    async with at_work(room):
        room.give("catalogue", 1, "first")
        await room.until(lambda: room.fates().get("catalogue") == (1, "in_use", ""))
        room.renewing._is_well = lambda name: room.readers.has[name] != "second"
        room.give("catalogue", 2, "second")
        await room.until(lambda: room.fates()["catalogue"][:2] == (2, "rolled_back"))
        await room.until(lambda: room.readers.has == {"catalogue": "first"})


@in_loop
async def test_a_restart_waits_for_whoever_is_there(room):
    room.readers.restart = {"services"}
    engine = room.house.engine
    engine.visits.keep("screen", Visit(language="en"))
    card = room.house.issue("request-1")
    async with at_work(room):
        room.give("services", 1, "first")
        await room.until(lambda: room.readers.has)
        assert room.shelf.on_trial() == ("services",)
        engine.visits.forget("screen")
        assert not room.restarts, "a number is under way"
        room.house.change(card, "cancel")
        await room.until(lambda: room.restarts)
        assert "services" not in room.fates(), "not proven before the core has run with it"


@in_loop
async def test_own_ones_are_told_once_and_wait_for_their_day(room):
    room.renewing.fetch_with(room._ask, ["hours"])
    async with at_work(room):
        room.give("hours", 1, "first")
        await room.until(lambda: room.fates().get("hours"))
        assert room.fates()["hours"][1] == "rolled_back"
        room.shelf.told(room.shelf.fates())
        await room.until(lambda: room.readers.has == {"hours": "own"})
        room.renewing.fetch_with(room._ask, [])
        await room.until(lambda: room.fates().get("hours") == (1, "in_use", ""))
        room.renewing.fetch_with(room._ask, ["hours"])
        await room.until(lambda: room.readers.has == {"hours": "own"})
        await room.until(lambda: room.fates()["hours"][1] == "rolled_back")
        room.renewing.fetch_with(room._ask, [])
        await room.until(lambda: room.readers.has == {"hours": "first"})
        await room.until(lambda: room.fates()["hours"] == (1, "in_use", ""))
