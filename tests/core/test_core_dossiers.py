"""A citizen asks how far a dossier is: answered within seconds, kept nowhere, never waited for."""

import logging
import threading
from datetime import timedelta
from typing import get_args

from house import in_loop

from centre.wire import DossierState, dossiers
from kiosk.core.dossiers import BURST, EVERY_S
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.words import AskDossier, Done, DossierStage, DossierTold

CODE = "H26.15.22-251101-0003"


class Counter:
    """A kiosk.ports.Dossiers that knows one dossier; it may be slow, until it is cut."""

    def __init__(self):
        self.asked = []
        self.away = self.slow = False
        self.refuses = None
        self._cut = threading.Event()
        self.closed = threading.Event()

    def dossier(self, code, within_s):
        self.asked.append(code)
        if self.slow:
            assert self._cut.wait(30)
            raise CentreAway("cut")
        if self.refuses:
            raise self.refuses
        if self.away:
            raise CentreAway("the cable is out")
        known = DossierState(state="ready", due_on="2026-11-24", changed_on="2026-11-22")
        return known if code == CODE else None

    def cut(self):
        self._cut.set()

    def close(self):
        self.closed.set()


def told(house, request_id):
    found = [one for one in house.events if isinstance(one, DossierTold)]
    return next((one for one in found if one.request_id == request_id), None)


async def ask(house, request_id, code=CODE):
    assert house.engine.do(AskDossier(request_id=request_id, code=code), "screen") == Done()
    return await house.until(lambda: told(house, request_id))


@in_loop
async def test_state_and_days_are_told(house):
    house.engine.dossiers.open_with(Counter)
    heard = await ask(house, "r1", " h26.15.22-251101-0003 ")
    assert (heard.outcome, heard.stage) == ("known", "ready")
    assert (heard.due_on, heard.changed_on) == ("2026-11-24", "2026-11-22")


@in_loop
async def test_a_code_that_nobody_has_and_one_that_is_none(house):
    counter = Counter()
    house.engine.dossiers.open_with(lambda: counter)
    assert (await ask(house, "r1", "H26-251101-0004")).outcome == "unknown"
    assert (await ask(house, "r2", "../../v1/health?x")).outcome == "unknown"
    assert counter.asked == ["H26-251101-0004"]


@in_loop
async def test_without_a_centre_it_is_away_and_said_so(house):
    assert (await ask(house, "r1")).outcome == "away"
    counter = Counter()
    counter.away = True
    house.engine.dossiers.open_with(lambda: counter)
    assert (await ask(house, "r2")).outcome == "away"


@in_loop
async def test_a_centre_that_was_asked_too_often_says_so(house):
    counter = Counter()
    counter.refuses = CentreRefuses(code="too_many", status=429)
    house.engine.dossiers.open_with(lambda: counter)
    assert (await ask(house, "r1")).outcome == "too_many"
    counter.refuses = CentreRefuses(code="away", status=503)
    assert (await ask(house, "r2")).outcome == "away"


@in_loop
async def test_a_slow_centre_is_cut_and_the_next_one_is_answered(house, monkeypatch):
    monkeypatch.setattr("kiosk.core.dossiers.WITHIN_S", 0.1)
    counter = Counter()
    counter.slow = True
    house.engine.dossiers.open_with(lambda: counter)
    assert (await ask(house, "r1")).outcome == "away"
    counter.slow = False
    monkeypatch.setattr("kiosk.core.dossiers.WITHIN_S", 30.0)
    assert (await ask(house, "r2")).outcome == "known"


@in_loop
async def test_codes_cannot_be_tried_out(house):
    house.engine.dossiers.open_with(Counter)
    for number in range(BURST):
        assert (await ask(house, f"r{number}")).outcome == "known"
    assert (await ask(house, "more")).outcome == "too_many"
    house.hands.pass_by(timedelta(seconds=EVERY_S))
    assert (await ask(house, "later")).outcome == "known"


@in_loop
async def test_another_centre_takes_the_place_of_the_one_before(house):
    first = Counter()
    house.engine.dossiers.open_with(lambda: first)
    await ask(house, "r1")
    house.engine.dossiers.open_with(None)
    assert (await ask(house, "r2")).outcome == "away"
    assert first.closed.wait(30)


@in_loop
async def test_nothing_of_it_is_logged(house, caplog):
    caplog.set_level(logging.DEBUG)
    counter = Counter()
    house.engine.dossiers.open_with(lambda: counter)
    await ask(house, "r1")
    counter.away = True
    await ask(house, "r2")
    assert CODE not in caplog.text


def test_the_stages_are_those_of_the_wire():
    assert set(get_args(DossierStage)) == {"", *get_args(dossiers.State)}
