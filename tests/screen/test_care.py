"""What staff are told of a device on the welcome page."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QRectF
from stand_in import StandInCore
from surroundings import state
from visitor import OpenScreen, Visitor

from hardware.status import REASONS
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.screen.care import UNAVAILABLE
from kiosk.words import DeviceState, StateChanged
from tools.demo.touch import find, settle, wait_until

PAPER_LOW = DeviceState(name="printer", state="ready", warnings=("paper_low",), left=40)
PAPER_OUT = DeviceState(name="printer", state="unavailable", reason="paper_out")
WELL = DeviceState(name="printer", state="ready")


def with_devices(*devices: DeviceState) -> StateChanged:
    return StateChanged(state=msgspec.structs.replace(state(), devices=devices))


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_the_welcome_page_says_what_the_printer_needs_and_no_longer(
    core: StandInCore, open_screen: OpenScreen, size: tuple[int, int]
) -> None:
    visitor = open_screen(size)
    assert visitor.screen.hall.care == ""
    core.tell(with_devices(PAPER_LOW))
    wait_until(lambda: "còn khoảng 40 phiếu" in visitor.all_words())
    core.tell(with_devices(PAPER_LOW, PAPER_OUT))  # what is away comes first
    wait_until(lambda: "đã hết giấy" in visitor.all_words())
    core.tell(with_devices(WELL))
    wait_until(lambda: visitor.screen.hall.care == "")


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("modes", [(), ("largeText",), ("largeText", "lowReach")])
def test_the_line_hides_nothing_of_the_greeting(
    core: StandInCore, open_screen: OpenScreen, size: tuple[int, int], modes: tuple[str, ...]
) -> None:
    visitor = open_screen(size)
    for mode in modes:
        visitor.screen.comfort.toggle(mode)
    core.tell(with_devices(PAPER_LOW))
    visitor.waits_for("care")
    settle(visitor.screen.window)
    sign, face, title = (place_of(visitor, name) for name in ("care", "welcome.face", "page.title"))
    assert not sign.intersects(face)
    assert not sign.intersects(title)
    assert not face.intersects(title)


def place_of(visitor: Visitor, name: str) -> QRectF:
    item = find(visitor.screen.window, name)
    return item.mapRectToScene(item.boundingRect())


def test_every_reason_of_a_device_has_words() -> None:
    told = {reason for device, reason in UNAVAILABLE if device == "printer"}
    assert told >= set(REASONS) - {""}
