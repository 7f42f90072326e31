"""The technician's pages in both orientations and languages: photographed and measured."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import ruler
from album import Album
from stand_in import StandInCore
from stand_in_technician import PIN, finding
from visitor import OpenScreen, Visitor

from kiosk.link.frames import Failure
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.words import TESTING, LevelHeard, RunSelfTest, SelfTest, SelfTestChanged
from tools.demo.touch import settle, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

GOOD = finding("print", "ok", ("In thử", "Test slip"), ("in rõ và đủ dấu", "clear"))
BAD = finding(
    "microphone",
    "fault",
    ("Độ lớn của micro", "Level"),
    ("gần như không nghe thấy gì, mức lớn nhất 3 %", "it hears next to nothing, at most 3 %"),
    ("Xem dây micro, lỗ micro có bị che không.", "Look at its cable, is its hole covered?"),
)


def pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """Turn to one page after another; the name of each."""
    technician = visitor.screen.technician
    technician.hold()
    visitor.waits_for("technician.pin")
    yield "pin"
    for key in "123456":
        technician.type(key)
    yield "pin-typed"
    core.technician.wait_s = 300
    technician.enter()
    wait_until(lambda: technician.property("waiting"))
    yield "pin-wait"
    core.technician.wait_s = 0
    technician.leave()
    technician.hold()
    visitor.waits_for("technician.pin")
    for key in PIN:
        technician.type(key)
    technician.enter()
    visitor.waits_for("part.printer")
    yield "parts"
    yield from self_test_pages(visitor, core)
    yield from setting_pages(visitor, core)
    technician.turnTo("log")
    visitor.waits_for("page.log")
    wait_until(lambda: not technician.property("logs").property("told"))
    yield "log"
    yield from first_start_pages(visitor, core)


def self_test_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    technician, tests = visitor.screen.technician, visitor.screen.technician.property("tests")
    technician.turnTo("tests")
    visitor.waits_for("test.print")
    yield "tests"

    def tell(test: SelfTest, step: str, found=None) -> None:
        core.tell(SelfTestChanged(test=test, step=step, finding=found))
        wait_until(lambda: tests.property("step") == step)

    tests.run("print")
    wait_until(lambda: core.asked(RunSelfTest))
    yield "test-running"
    tell("print", "asks")
    yield "test-asks"
    tell("print", "ended", GOOD)
    yield "test-good"
    tests.run("microphone")
    core.tell(LevelHeard(face=TESTING, level=0.6, speech=True))
    wait_until(lambda: tests.property("level") > 0.5)
    yield "test-level"
    tell("microphone", "ended", BAD)
    yield "test-bad"
    tests.run("touch")
    tell("touch", "asks")
    visitor.waits_for("touch.grid")
    for cell in range(40):
        tests.touch(str(cell))
    yield "test-touch"
    tests.run("screens")
    tell("screens", "asks")
    visitor.waits_for("test.picture")
    yield "test-screens"
    tests.close()
    yield "tests-tried"


def setting_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    technician = visitor.screen.technician
    settings = technician.property("settings")
    setting = settings.property("setting")
    technician.turnTo("settings")
    visitor.waits_for("table.screen")
    yield "settings"
    settings.openTable("screen")
    visitor.waits_for("setting.screen.timeout_s")
    yield "settings-screen"
    settings.openKey("screen.timeout_s")
    visitor.waits_for("setting.editor")
    yield "setting-number"
    setting.press("clear")
    for key in "500":
        setting.press(key)
    wait_until(lambda: setting.property("state") == "wrong")
    yield "setting-wrong"
    setting.press("clear")
    for key in "60":
        setting.press(key)
    wait_until(lambda: setting.property("state") == "good")
    yield "setting-good"
    core.technician.waiting = ("screen.timeout_s",)
    setting.save()
    visitor.waits_for("settings.waiting")
    yield "settings-saved"
    for path in ("screen.orientation", "screen.motion"):
        settings.openKey(path)
        visitor.waits_for("setting.editor")
        yield f"setting-{path.partition('.')[2]}"
        setting.close()
    settings.openTable("service")
    visitor.waits_for("setting.service.name_vi")
    yield "settings-service"
    settings.openKey("service.name_vi")
    visitor.waits_for("setting.editor")
    yield "setting-text"
    setting.close()
    settings.openKey("service.counters")
    visitor.waits_for("setting.editor")
    yield "setting-list"
    setting.close()
    core.technician.config.write_text("[site")
    technician.turnTo("parts")
    technician.turnTo("settings")
    visitor.waits_for("settings.fault")
    yield "settings-fault"


def first_start_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    technician = visitor.screen.technician
    first = technician.property("firstStart")
    technician.turnTo("first")
    for step in ("language", "template", "ward", "printer", "staff", "centre", "test", "save"):
        wait_until(lambda step=step: first.property("step") == step)
        if step == "ward":
            for key in "ba":
                first.press(key)
        if step == "staff":
            for key in ("l", "a", "n", "space", "n", "g", "u", "y", "e", "e", "n", "x"):
                first.press(key)
            first.turnTo("pin")
            for key in "8264":
                first.press(key)
            core.technician.refusal = Failure(id=0, code="bad_pin", detail="")
            first.next()
            wait_until(lambda: first.property("told"))
            core.technician.refusal = None
        yield f"first-{step}"
        first.skip()
    wait_until(lambda: first.property("done"))
    yield "first-done"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_every_page(
    open_screen: OpenScreen, core: StandInCore, album: Album, size: tuple[int, int], language: str
) -> None:
    visitor = open_screen(size)
    window = visitor.screen.window
    faults: list[str] = []
    for page in pages(visitor, core):
        if visitor.screen.texts.chosen != language:
            visitor.screen.texts.switch(language)
        settle(window)
        settle(window)  # a list puts its rows in order after they have grown
        sight = ruler.Sight(window)
        album.keep(sight.picture, f"{window.width()}-plain-{language}-technician-{page}")
        for check in OVER_A_PAGE if page.startswith("test-") else CHECKS:
            faults += [f"{page}: {fault}" for fault in check(sight)]
    assert not faults, "\n".join(faults)


OVER_A_PAGE = (ruler.cut_off, ruler.too_small)
CHECKS = (
    *OVER_A_PAGE,
    ruler.overlapping,
    ruler.too_near,
    ruler.too_pale,
    ruler.unspoken,
)
