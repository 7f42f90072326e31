"""Walks through the screen: each turns to one page after another, and names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import stand_in_guide
from stand_in import StandInCore
from stand_in_guide import BARE, BIRTH, GONE, LONG
from surroundings import NOW, hall, with_refreshments
from visitor import Visitor

from kiosk.words import (
    AskDossier,
    CodeScanned,
    DeviceState,
    Dispense,
    Dispensed,
    DossierTold,
    HallChanged,
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
from tools.demo.touch import wait_until

Walk = Callable[[Visitor, StandInCore], Iterator[str]]

CENTRE = "https://centre.example"
QUESTIONS = ("khai sinh", "tạm trú", "xyz")
KINDS = ("answer", "choices", "no_match")
REMARK = "chờ lâu quá, xin thêm ghế và nước uống"
EARS = DeviceState(name="hearing", state="ready")


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
