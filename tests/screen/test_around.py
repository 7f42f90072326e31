"""What the screen shows of what is around it: who comes, what was scanned, what was given out."""

from __future__ import annotations

import msgspec
import pytest
from stand_in import StandInCore
from surroundings import state
from visitor import OpenScreen

from kiosk.screen.app import PORTRAIT
from kiosk.words import (
    AnyEvent,
    ClerkCalled,
    CodeScanned,
    Dispensed,
    DispenseFailed,
    StateChanged,
)
from tools.demo.touch import find, wait_until


def standing(present: bool | None) -> StateChanged:
    return StateChanged(state=msgspec.structs.replace(state(), present=present))


def test_the_face_rests_alone_and_looks_up_at_who_comes(
    core: StandInCore, open_screen: OpenScreen
) -> None:
    visitor = open_screen(PORTRAIT)
    face = find(visitor.screen.window, "welcome.face")
    assert not face.property("resting")  # no sensor: it never sleeps
    core.tell(standing(present=False))
    wait_until(lambda: face.property("resting"))
    assert face.property("turn").y() == 1
    core.tell(standing(present=True))
    wait_until(lambda: not face.property("resting"))
    assert face.property("turn").y() == -1


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (CodeScanned(form="booking"), "về lịch hẹn"),
        (CodeScanned(form="id_card", masked="*********901"), "*********901"),
        (CodeScanned(form="foreign"), "chưa đọc được mã này"),
        (Dispensed(item="water", request_id="request-1", left=3), "Xin mời ông bà dùng"),
        (
            DispenseFailed(
                item="water", request_id="request-1", outcome="unknown", reason="no_echo"
            ),
            "chưa đưa ra được",
        ),
        (ClerkCalled(page="button"), "Cán bộ đang đến"),
    ],
)
def test_what_happens_is_told_in_a_kind_line(
    event: AnyEvent, words: str, core: StandInCore, open_screen: OpenScreen
) -> None:
    visitor = open_screen(PORTRAIT)
    core.tell(event)
    wait_until(lambda: words in visitor.screen.kiosk.property("notice"))


def test_a_slip_held_to_the_scanner_shows_its_number(
    core: StandInCore, open_screen: OpenScreen
) -> None:
    visitor = open_screen(PORTRAIT)
    core.tell(CodeScanned(form="ticket", ticket=core.card(number="A042").ticket))
    wait_until(lambda: "A042" in visitor.screen.kiosk.property("notice"))
