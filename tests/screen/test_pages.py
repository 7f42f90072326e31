"""Every page in both orientations, both languages and all modes: photographed and measured."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
import ruler
from album import Album
from stand_in import StandInCore
from stand_in_guide import BARE, LONG, NO_LONGER, catalogue
from surroundings import state
from visitor import OpenScreen
from walks import CENTRE, QUESTIONS, REMARK, WALKS, Walk

from kiosk.guide.procedure import Procedure
from kiosk.guide.procedure_cards import name_of
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.words import Language
from tools.demo.touch import settle, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

MODES = {
    "plain": (),
    "large": ("largeText",),
    "contrast": ("highContrast",),
    "low": ("lowReach",),
    "all": ("largeText", "highContrast", "lowReach", "slowSpeech"),
}
IMPORTED = (BARE, LONG)
WANTED = (
    "Tiếng Việt",
    "Nguyễn Thị Thanh Huyền",
    REMARK,
    NO_LONGER,
    *QUESTIONS,
    *(one.short for one in IMPORTED),
    *(document.name[:40] for one in IMPORTED for document in one.documents),
)
"""What English pages say in Vietnamese: names, a citizen's own words, and an import's."""


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "mode", ["plain", *(pytest.param(m, marks=pytest.mark.slow) for m in MODES if MODES[m])]
)
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_every_page(
    open_screen: OpenScreen,
    core: StandInCore,
    album: Album,
    size: tuple[int, int],
    mode: str,
    language: str,
    walk: Walk,
) -> None:
    core.state = state(full=("land",), closed=("business",))
    visitor = open_screen(size, captions=False, centre=CENTRE)
    screen, window = visitor.screen, visitor.screen.window

    def prepare() -> None:
        for one in MODES["all"]:
            if screen.comfort.property(one) != (one in MODES[mode]):
                screen.comfort.toggle(one)
        if screen.texts.chosen != language:
            screen.texts.switch(language)

    prepare()
    settle(window)  # the first layouts of a new window
    faults: list[str] = []
    for page in walk(visitor, core):
        prepare()
        settle(window)
        sight = ruler.Sight(window)
        album.keep(sight.picture, f"{window.width()}-{mode}-{language}-{page}")
        checks = [
            ruler.cut_off,
            ruler.overlapping,
            ruler.too_small,
            ruler.too_near,
            ruler.too_pale,
            ruler.unspoken,
            ruler.half_seen,
        ]
        if "lowReach" in MODES[mode]:
            checks.append(ruler.too_high)
        if language == "en":
            checks.append(partial(ruler.vietnamese, wanted=WANTED))
        faults += [f"{page}: {fault}" for check in checks for fault in check(sight)]
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("diagonal_inch", [21.5, 43.0])
def test_other_monitors_keep_the_millimetres(
    open_screen: OpenScreen,
    core: StandInCore,
    size: tuple[int, int],
    diagonal_inch: float,
    walk: Walk,
) -> None:
    core.state = state(full=("land",), closed=("business",))
    visitor = open_screen(size, diagonal_inch=diagonal_inch, centre=CENTRE)
    faults: list[str] = []
    for page in walk(visitor, core):
        settle(visitor.screen.window)
        window = visitor.screen.window
        sight = ruler.Sight(window)
        for found in (
            ruler.too_small(sight, diagonal_inch),
            ruler.too_near(sight, diagonal_inch),
            ruler.cut_off(sight),
        ):
            faults += [f"{page}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["plain", "all"])
def test_what_lies_above_the_pages(
    open_screen: OpenScreen, core: StandInCore, album: Album, size: tuple[int, int], mode: str
) -> None:
    visitor = open_screen(size, question_s=60)
    window = visitor.screen.window
    visitor.goes_to_services()
    for wanted in MODES[mode]:
        visitor.screen.comfort.toggle(wanted)
    visitor.touch("bar.comfort")
    visitor.waits_for("comfort.lowReach")
    settle(window)
    album.keep(window.grabWindow(), f"{window.width()}-{mode}-comfort")
    visitor.touch("bar.comfort")
    visitor.touch("bar.clerk")
    visitor.waits_for("notice")
    settle(window)
    album.keep(window.grabWindow(), f"{window.width()}-{mode}-notice")
    assert not ruler.cut_off(ruler.Sight(window))
    visitor.screen.patience.ask()
    visitor.waits_for("timeout.more")
    settle(window)
    album.keep(window.grabWindow(), f"{window.width()}-{mode}-timeout")
    assert not ruler.cut_off(ruler.Sight(window))
    core.stop()
    visitor.waits_for("reconnecting")
    settle(window)
    album.keep(window.grabWindow(), f"{window.width()}-{mode}-reconnecting")
    assert not ruler.cut_off(ruler.Sight(window))


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
@pytest.mark.parametrize("mode", ["plain", "low"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_procedure_fits(
    open_screen: OpenScreen, album: Album, size: tuple[int, int], mode: str, language: Language
) -> None:
    """The longest names, documents and facts of the shipped catalogue."""
    visitor = open_screen(size)
    screen, window = visitor.screen, visitor.screen.window
    screen.guide.enter()
    for wanted in MODES[mode]:
        screen.comfort.toggle(wanted)
    screen.texts.switch(language)
    faults: list[str] = []
    for one in longest(language):
        screen.procedure.open(one.code)
        wait_until(lambda one=one: screen.procedure.property("title") == name_of(one, language))
        for section in ("documents", "facts", "steps"):
            screen.procedure.turnTo(section)
            settle(window)
            faults += [
                f"{one.code} {section}: {fault}" for fault in ruler.cut_off(ruler.Sight(window))
            ]
        album.keep(window.grabWindow(), f"{window.width()}-{mode}-{language}-{one.code}")
    assert not faults, "\n".join(faults)


def longest(language: Language) -> set[Procedure]:
    """Those with the longest name, about, fee, checklist and steps in that language."""
    known = [one for one in catalogue().procedures if one.short_en]
    lengths: dict[Language, tuple[Callable[[Procedure], int], ...]] = {
        "vi": (
            lambda one: len(one.short),
            lambda one: len(one.who),
            lambda one: len(one.fee.text),
            lambda one: sum(len(d.name) + len(d.when) for d in one.documents),
            lambda one: sum(map(len, one.steps)),
        ),
        "en": (
            lambda one: len(one.short_en),
            lambda one: len(one.about_en),
            lambda one: len(one.fee.text_en),
            lambda one: len(one.result_en) + len(one.time_en),
            lambda one: sum(len(d.name_en) + len(d.when_en) for d in one.documents),
            lambda one: sum(map(len, one.steps_en)),
        ),
    }
    return {max(known, key=length) for length in lengths[language]}


def test_many_services_are_shown_page_by_page(open_screen: OpenScreen, core: StandInCore) -> None:
    core.state = state(times=3)
    visitor = open_screen(LANDSCAPE)
    visitor.goes_to_services()
    settle(visitor.screen.window)
    assert not ruler.too_small(ruler.Sight(visitor.screen.window))
    assert not ruler.too_near(ruler.Sight(visitor.screen.window))
    seen = {item.objectName() for item in ruler.Sight(visitor.screen.window).targets}
    assert "service.business-3" not in seen
    for _ in range(4):
        visitor.touch("cards.more")
        settle(visitor.screen.window)
        seen |= {item.objectName() for item in ruler.Sight(visitor.screen.window).targets}
    assert {f"service.{s.code}" for s in core.state.services} <= seen
