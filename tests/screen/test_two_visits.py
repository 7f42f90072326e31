"""Two citizens, one after the other: the second finds nothing of the first, wherever they look."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QObject
from stand_in import StandInCore
from stand_in_guide import BIRTH
from surroundings import with_refreshments
from visitor import OpenScreen, Visitor

from kiosk.screen.app import Screen
from kiosk.screen.rows_model import RowsModel
from kiosk.words import (
    AnswerSlip,
    Dispense,
    Dispensed,
    ForgetVisit,
    SlipChanged,
    SlipState,
    StateChanged,
    TellVisit,
    Visit,
)
from tools.demo.touch import items, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

WISH = "con toi la nguyen thi buoi"  # typed by the first citizen


def of_the_first(core: StandInCore) -> tuple[str, ...]:
    """What only the first citizen's visit knows."""
    return (WISH, "A012", "k7Qm2vX9pL4t", BIRTH, core.asked(Dispense)[0].request_id)


def texts_of(screen: Screen) -> Iterator[tuple[str, str]]:
    """(where, text) of all that the pages hold, seen or not, and of all that the views remember."""
    for item in items(screen.window.contentItem()):
        for name in ("text", "source", "spokenName", "spokenMore", "typed"):
            if (value := item.property(name)) not in (None, ""):
                yield f"{item.objectName() or item.metaObject().className()}.{name}", str(value)
    for part in dataclasses.fields(screen):
        view = getattr(screen, part.name)
        if isinstance(view, QObject) and part.name not in {"engine", "window", "link", "texts"}:
            yield from remembered(part.name, vars(view), set())


def remembered(where: str, value: object, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Every text below a value of Python."""
    if id(value) in seen:
        return
    seen.add(id(value))
    match value:
        case str():
            yield where, value
        case dict() | list() | tuple() | set() | frozenset():
            for one in (*value.items(),) if isinstance(value, dict) else value:
                yield from remembered(where, one, seen)
        case msgspec.Struct():
            yield from remembered(where, msgspec.structs.asdict(value), seen)
        case RowsModel():
            yield from remembered(where, vars(value), seen)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = dataclasses.fields(value)
            yield from remembered(where, [getattr(value, one.name) for one in fields], seen)


def walk_through(visitor: Visitor, core: StandInCore) -> None:
    """A visit that leaves traces everywhere: modes, language, words, a topic, water, a number."""
    screen = visitor.screen
    screen.comfort.toggle("largeText")
    screen.comfort.toggle("slowSpeech")
    screen.kiosk.switchLanguage()
    visitor.touch("door.refreshments")
    visitor.touch("item.water")
    wait_until(lambda: core.asked(Dispense))
    wish = core.asked(Dispense)[-1].request_id
    core.tell(Dispensed(item="water", request_id=wish, left=11))
    visitor.waits_for("refreshments.given")
    visitor.touch("bar.back")
    visitor.goes_to_guide()
    visitor.touch("guide.search")
    visitor.waits_for("page.search")
    visitor.writes(WISH)
    screen.search.press("search")
    visitor.waits_for("page.answer")
    screen.procedure.open(BIRTH)
    wait_until(lambda: screen.procedure.property("here"))
    screen.procedure.turnTo("steps")
    screen.ticket.choose("civil-status")
    visitor.touch("priority.elderly")
    visitor.waits_for("page.ticket")
    core.tell(SlipChanged(slip=SlipState(job_id=1, ticket_id=1, state="unknown")))
    visitor.touch("slip.received")
    wait_until(lambda: core.asked(AnswerSlip))


@pytest.fixture
def first(open_screen: OpenScreen, core: StandInCore) -> Visitor:
    visitor = open_screen()
    core.tell(StateChanged(state=with_refreshments(core.state)))
    visitor.waits_for("door.refreshments")
    return visitor


def test_a_visit_is_one_value(first: Visitor, core: StandInCore) -> None:
    walk_through(first, core)
    known = Visit(
        language="en",
        modes=frozenset({"largeText", "slowSpeech"}),
        topic=BIRTH,
        ticket=1,
        cart=("water", "ticket"),
    )
    assert first.screen.visit.now == known
    wait_until(lambda: core.asked(TellVisit)[-1].visit == known)
    there = list(texts_of(first.screen))
    unknown = [one for one in of_the_first(core)[:2] if not any(one in text for _, text in there)]
    assert unknown == []  # else the next test proves nothing


@pytest.mark.parametrize("ends", ["done", "time"])
def test_the_next_citizen_finds_nothing_of_the_first(
    first: Visitor, core: StandInCore, ends: str
) -> None:
    walk_through(first, core)
    if ends == "done":
        first.touch("ticket.done")
    else:
        first.screen.patience.spent.emit()
    first.waits_for("page.welcome")
    wait_until(lambda: core.asked(ForgetVisit))
    assert first.screen.visit.now == Visit()
    assert "Quý ông bà" in first.all_words()
    left = [
        (where, text)
        for where, text in texts_of(first.screen)
        for trace in of_the_first(core)
        if trace in text
    ]
    assert left == []
    first.goes_to_services()
    assert first.screen.visit.now == Visit()


def test_a_core_that_was_away_is_told_of_the_visit_anew(first: Visitor, core: StandInCore) -> None:
    first.screen.comfort.toggle("slowSpeech")
    core.stop()
    wait_until(lambda: not first.screen.link.here)
    core.heard.clear()
    core.start()
    wait_until(lambda: core.asked(TellVisit))
    assert core.asked(TellVisit)[-1].visit.modes == {"slowSpeech"}
