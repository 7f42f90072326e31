"""Hands that are not as one would wish: one that rests on the glass, many at once, very many."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from stand_in import StandInCore
from visitor import OpenScreen, Visitor

from kiosk.words import IssueTicket
from tools.demo.touch import centre, find, panel, settle, tap, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

DROPS = 250


class Rest:
    """A finger, or a wet bag, that lies on the glass from now on."""

    def __init__(self, visitor: Visitor, place: QPoint) -> None:
        self.window, self.place = visitor.screen.window, place
        sequence = QTest.touchEvent(self.window, panel(), False)
        sequence.press(9, place, self.window)
        sequence.commit()

    def tap_beside(self, place: QPoint) -> None:
        """Another finger touches something else meanwhile."""
        for deed in ("press", "release"):
            sequence = QTest.touchEvent(self.window, panel(), False)
            sequence.stationary(9)
            getattr(sequence, deed)(1, place, self.window)
            sequence.commit()

    def lift(self) -> None:
        sequence = QTest.touchEvent(self.window, panel(), False)
        sequence.release(9, self.place, self.window)
        sequence.commit()


@pytest.mark.parametrize("on", ["a wall", "a button"])
def test_a_finger_that_rests_keeps_nobody_from_touching(visitor: Visitor, on: str) -> None:
    visitor.waits_for("door.guide")
    settle(visitor.screen.window)
    door = centre(find(visitor.screen.window, "door.guide"))
    rest = Rest(visitor, QPoint(10, 10) if on == "a wall" else door)
    rest.tap_beside(centre(find(visitor.screen.window, "door.ticket")))
    visitor.waits_for("page.services")
    rest.lift()


def test_a_finger_that_rests_is_no_citizen(open_screen: OpenScreen) -> None:
    visitor = open_screen(timeout_s=0.3, question_s=0.3)
    visitor.goes_to_services()
    rest = Rest(visitor, QPoint(10, 10))
    visitor.waits_for("page.welcome")  # asked, not answered, forgotten
    rest.lift()


def test_who_touches_beside_it_is_still_there(open_screen: OpenScreen) -> None:
    visitor = open_screen(timeout_s=1.0, question_s=30)
    visitor.goes_to_services()
    rest = Rest(visitor, QPoint(10, 10))
    touched: list[bool] = []
    visitor.screen.kiosk.touched.connect(lambda: touched.append(True))
    rest.tap_beside(QPoint(20, 400))
    wait_until(lambda: touched)
    rest.lift()


def test_rain_on_the_glass_leaves_a_kiosk_that_works(visitor: Visitor, core: StandInCore) -> None:
    visitor.waits_for("page.welcome")
    window = visitor.screen.window
    drops = random.Random(7)  # the same rain every time
    shown = 0
    for _ in range(DROPS):
        points = [
            QPoint(drops.randrange(window.width()), drops.randrange(window.height()))
            for _ in range(drops.randrange(1, 5))
        ]
        for deed in ("press", "release"):
            sequence = QTest.touchEvent(window, panel(), False)
            for finger, point in enumerate(points):
                getattr(sequence, deed)(finger, point, window)
            sequence.commit()
        shown += visitor.sees("page.ticket")
    assert len(core.asked(IssueTicket)) <= shown + 1  # no page gave two numbers
    visitor.screen.kiosk.home()
    visitor.waits_for("page.welcome")
    before = len(core.asked(IssueTicket))
    visitor.takes_a_number()
    assert len(core.asked(IssueTicket)) == before + 1


def test_one_hand_is_enough(visitor: Visitor) -> None:
    """Nothing needs two fingers, a drag or a long press: one tap after another."""
    window = visitor.screen.window
    for name in ("door.ticket", "service.residence", "priority.skip"):
        visitor.waits_for(name)
        settle(window)
        tap(window, find(window, name))
    visitor.waits_for("page.ticket")
