"""Every page in both orientations, both languages and all modes: photographed and measured."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import msgspec
import pytest
import ruler
import stand_in_guide
from album import Album
from stand_in import StandInCore
from stand_in_guide import BARE, BIRTH, GONE, LONG, NO_LONGER, catalogue
from surroundings import NOW, hall, state, with_refreshments
from visitor import OpenScreen, Visitor

from kiosk.guide.procedure import Procedure
from kiosk.guide.procedure_cards import name_of
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.words import (
    AskDossier,
    CodeScanned,
    DeviceState,
    Dispense,
    Dispensed,
    DossierTold,
    HallChanged,
    Language,
    ListeningChanged,
    QuestionHeard,
    SlipChanged,
    SlipState,
    StaffCall,
    StaffCallAnswered,
    StaffCalled,
    StaffCallLate,
    StateChanged,
)
from tools.demo.touch import settle, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")

Walk = Callable[[Visitor, StandInCore], Iterator[str]]

CENTRE = "https://centre.example"
QUESTIONS = ("khai sinh", "tạm trú", "xyz")
KINDS = ("answer", "choices", "no_match")
REMARK = "chờ lâu quá, xin thêm ghế và nước uống"
EARS = DeviceState(name="hearing", state="ready")
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


def pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """Turn to one page after another; the name of each."""
    screen = visitor.screen
    visitor.waits_for("page.welcome")
    yield "welcome"
    core.hall = hall(("A005", "1"), ("B004", "2"), ("A007", "3"))
    screen.queue.open()
    visitor.waits_for("queue.present")
    yield "queue"
    core.tell(HallChanged(hall=msgspec.structs.replace(core.hall, stale=True)))
    wait_until(lambda: screen.queue.property("stale"))
    yield "queue-stale"
    screen.kiosk.home()
    screen.ticket.enter()
    visitor.waits_for("page.services")
    yield "services"
    screen.ticket.choose("land")
    visitor.waits_for("page.closed")
    yield "full"
    screen.kiosk.back()
    screen.ticket.choose("business")
    visitor.waits_for("page.closed")
    yield "closed"
    screen.kiosk.back()
    screen.ticket.choose("civil-status")
    visitor.waits_for("page.priority")
    yield "priority"
    screen.ticket.answer("elderly")
    visitor.waits_for("slip.printing")
    yield "ticket-printing"
    for slip, seen in (("printed", "printed"), ("unknown", "question"), ("refused", "photograph")):
        core.tell(SlipChanged(slip=SlipState(job_id=1, ticket_id=1, state=slip)))
        visitor.waits_for(f"slip.{seen}")
        yield f"ticket-{seen}"
    screen.kiosk.home()
    screen.kiosk.show("trouble")
    visitor.waits_for("page.trouble")
    yield "trouble"


def house_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """The same for a house with all that it may have, and for a kiosk that is seen to."""
    screen = visitor.screen
    core.tell(StateChanged(state=with_refreshments(core.state)))
    visitor.waits_for("door.refreshments")
    yield "welcome-all"
    screen.refreshments.open()
    visitor.waits_for("refreshments.choose")
    yield "refreshments"
    screen.refreshments.choose("water")
    visitor.waits_for("refreshments.moving")
    yield "refreshments-moving"
    wait_until(lambda: core.asked(Dispense))
    wish = core.asked(Dispense)[-1].request_id
    core.tell(StateChanged(state=with_refreshments(core.state, water="resting")))
    core.tell(Dispensed(item="water", request_id=wish, left=11))
    visitor.waits_for("refreshments.given")
    yield "refreshments-given"
    screen.kiosk.home()
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, maintenance=True)))
    visitor.waits_for("page.maintenance")
    yield "maintenance"
    core.tell(StateChanged(state=core.state))
    visitor.waits_for("page.welcome")


def guide_pages(visitor: Visitor, _core: StandInCore) -> Iterator[str]:
    """The same for the guide."""
    screen = visitor.screen
    screen.guide.enter()
    visitor.waits_for("life.birth")
    yield "guide-life"
    screen.guide.turnTo("fields")
    visitor.waits_for("field.civil-status")
    yield "guide-fields"
    screen.browse.openField("civil-status")
    visitor.waits_for(f"line.{BIRTH}")
    yield "list"
    screen.kiosk.back()
    screen.browse.openField("news:abolished")
    visitor.waits_for(f"line.{GONE}")
    yield "list-news"
    screen.kiosk.back()
    screen.search.open()
    visitor.waits_for("search.empty")
    yield "search-empty"
    visitor.writes("khai")
    visitor.waits_for(f"line.{BIRTH}")
    yield "search-found"
    visitor.writes("zzz")
    visitor.waits_for("search.nothing")
    yield "search-nothing"
    for question, kind in zip(QUESTIONS, KINDS, strict=True):
        screen.search.press("clear")
        visitor.writes(question)
        screen.search.press("search")
        visitor.waits_for("page.answer")
        wait_until(lambda kind=kind: screen.answer.property("kind") == kind)
        yield f"answer-{kind}"
        screen.kiosk.back()
    screen.procedure.open(BIRTH)
    wait_until(lambda: screen.procedure.property("here"))
    for section in ("documents", "facts", "steps", "companions"):
        screen.procedure.turnTo(section)
        yield f"procedure-{section}"
    screen.procedure.open(BARE.code)
    wait_until(lambda: screen.procedure.property("title") == BARE.short)
    screen.procedure.turnTo("facts")
    yield "procedure-bare"
    screen.procedure.open(LONG.code)
    wait_until(lambda: screen.procedure.property("title") == LONG.short)
    yield "procedure-long"


def voice_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """The same for asking aloud."""
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, devices=(EARS,))))
    screen = visitor.screen
    wait_until(lambda: screen.ask.property("available"))
    screen.ask.open()
    visitor.waits_for("page.ask")
    yield "ask-off"
    for heard in ("waiting", "listening", "thinking"):
        core.tell(ListeningChanged(face="screen", state=heard))
        wait_until(lambda heard=heard: screen.ask.property("state") == heard)
        yield f"ask-{heard}"
    core.tell(ListeningChanged(face="screen", state="off", reason="nobody_spoke"))
    wait_until(lambda: screen.ask.property("state") == "off")
    yield "ask-nobody"
    for question, kind in zip(QUESTIONS, KINDS, strict=True):
        answer = stand_in_guide.reply(question, screen.texts.chosen)
        core.tell(QuestionHeard(face="screen", text=question, answer=answer))
        visitor.waits_for("page.answer")
        wait_until(lambda kind=kind: screen.answer.property("kind") == kind)
        yield f"ask-answer-{kind}"
        screen.kiosk.back()
    core.tell(StateChanged(state=core.state))
    wait_until(lambda: not screen.ask.property("available"))
    yield "ask-unavailable"


def feedback_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """The same for feedback."""
    core.calls_back = True
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, devices=(EARS,))))
    screen = visitor.screen
    feedback = screen.feedback
    wait_until(lambda: feedback.property("available"))
    feedback.open()
    visitor.waits_for("page.feedback")
    yield "feedback"
    feedback.typeNumber()
    visitor.waits_for("page.slipnumber")
    yield "slipnumber"
    slip = feedback.property("slipNumber")
    for key in "A12":
        slip.type(key)
    yield "slipnumber-typed"
    slip.find()
    wait_until(lambda: feedback.property("ofNumber"))
    visitor.waits_for("page.feedback")
    yield "feedback-of-number"
    feedback.choose("5")
    visitor.waits_for("page.reasons")
    feedback.toggle("space")
    yield "reasons-glad"
    screen.kiosk.back()
    feedback.choose("1")
    visitor.waits_for("reasons.call")
    feedback.toggle("waiting")
    yield "reasons-sad"
    feedback.wantCall()
    visitor.waits_for("page.callback")
    yield "callback"
    call_back = feedback.property("callBack")
    for key in "0912345678":
        call_back.dial(key)
    yield "callback-typed"
    call_back.agree()
    visitor.waits_for("page.reasons")
    feedback.write()
    visitor.waits_for("remark.speak")
    yield "remark"
    core.tell(ListeningChanged(face="screen", state="listening"))
    wait_until(lambda: feedback.property("remark").property("voice") == "listening")
    words = " ".join([REMARK] * 5)
    core.tell(QuestionHeard(face="screen", text=words, deed="dictated"))
    wait_until(lambda: feedback.property("remark").property("words"))
    yield "remark-written"
    screen.kiosk.back()
    yield "reasons-all"
    feedback.send()
    visitor.waits_for("page.thanks")
    yield "thanks"


def clerk_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """The same for the call for a person."""
    screen = visitor.screen
    call = StaffCall(id=7, page="welcome", raised_at=NOW)
    core.tell(StaffCalled(call=call))
    wait_until(lambda: screen.clerk.property("state") == "calling")
    yield "welcome-calling"
    screen.clerk.press()
    visitor.waits_for("clerk.cancel")
    yield "clerk-calling"
    core.tell(HallChanged(hall=hall()))
    late = msgspec.structs.replace(call, late=True)
    core.tell(StaffCallLate(call=late))
    wait_until(lambda: screen.clerk.property("state") == "late")
    screen.kiosk.tell("")
    yield "clerk-late"
    answered = msgspec.structs.replace(late, answered_at=NOW, name="Nguyễn Thị Thanh Huyền")
    core.tell(StaffCallAnswered(call=answered))
    wait_until(lambda: screen.clerk.property("state") == "coming")
    screen.kiosk.tell("")
    yield "clerk-coming"


def dossier_pages(visitor: Visitor, core: StandInCore) -> Iterator[str]:
    """The same for how far a dossier is."""
    screen = visitor.screen
    code = "000.00.12.H26-261116-000123"
    told = {
        "in_progress": {"outcome": "known", "due_on": "2026-11-30", "changed_on": "2026-11-20"},
        "ready": {"outcome": "known", "due_on": "2026-11-23"},
        "late": {"outcome": "known", "stage": "received", "due_on": "2026-11-20"},
        "unknown": {"outcome": "unknown"},
        "away": {"outcome": "away"},
    }
    for seen, facts in told.items():
        asked = len(core.asked(AskDossier))
        core.tell(CodeScanned(form="dossier", dossier=code))
        wait_until(lambda asked=asked: len(core.asked(AskDossier)) > asked)
        visitor.waits_for("dossier.asking")
        if seen == "in_progress":
            yield "dossier-asking"
        stage = seen if facts["outcome"] == "known" else ""
        answer = {"request_id": core.asked(AskDossier)[-1].request_id, "stage": stage} | facts
        core.tell(DossierTold(**answer))
        visitor.waits_for(f"dossier.{seen}")
        yield f"dossier-{seen}"
    screen.dossier.other()
    visitor.waits_for("page.dossier")
    yield "dossier"
    for key in code:
        screen.dossier.type(key)
    yield "dossier-typed"


WALKS = [
    pages,
    house_pages,
    guide_pages,
    voice_pages,
    feedback_pages,
    clerk_pages,
    dossier_pages,
]


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
