"""The core goes and comes back; the citizen hardly notices."""

from __future__ import annotations

import time

import msgspec
import pytest
from stand_in import StandInCore
from visitor import OpenScreen, Visitor

from kiosk.screen import link_view
from kiosk.words import EndVisit, IssueTicket, SlipState
from tools.demo.touch import wait_until


def test_the_core_is_killed_and_comes_back(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    visitor.touch("service.residence")
    visitor.waits_for("page.priority")
    core.stop()
    visitor.waits_for("reconnecting")
    core.start()
    wait_until(lambda: not visitor.sees("reconnecting"))
    assert visitor.sees("page.priority")
    visitor.touch("priority.skip")
    visitor.waits_for("page.ticket")
    assert core.asked(IssueTicket)[0].service == "residence"


def test_a_short_absence_is_nobodys_business(visitor: Visitor, core: StandInCore) -> None:
    gone: list[bool] = []
    visitor.screen.link.went.connect(lambda: gone.append(True))
    core.stop()
    core.start()
    wait_until(lambda: gone and visitor.screen.link.here)
    assert not visitor.screen.kiosk.property("away")


def test_a_frozen_core_is_noticed_within_two_seconds(visitor: Visitor, core: StandInCore) -> None:
    core.frozen = True
    since = time.monotonic()
    wait_until(lambda: not visitor.screen.link.here)
    assert time.monotonic() - since < 2.3  # and a little for a loaded machine
    visitor.waits_for("reconnecting")
    core.frozen = False
    wait_until(lambda: not visitor.sees("reconnecting"))


def test_a_number_lost_on_the_way_is_asked_for_again(visitor: Visitor, core: StandInCore) -> None:
    core.dies_before_answer = True
    visitor.takes_a_number()
    first, again = core.asked(IssueTicket)
    assert first == again
    assert len(core.cards) == 1
    assert visitor.reads("ticket.number") == "A012"


def test_a_core_that_never_answers(
    visitor: Visitor, core: StandInCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_view, "PATIENT_ANSWER_S", 0.3)
    core.never_answers = True
    visitor.goes_to_services()
    visitor.touch("service.civil-status")
    visitor.touch("priority.skip")
    visitor.waits_for("page.trouble")


@pytest.mark.parametrize(
    ("slip", "seen"),
    [("sending", "slip.printing"), ("unknown", "slip.question"), ("refused", "slip.photograph")],
)
def test_a_visit_that_was_cut_off_goes_on(
    open_screen: OpenScreen, core: StandInCore, slip: str, seen: str
) -> None:
    newest, older = core.card(number="A031", ticket_id=8, state=slip), core.card(ticket_id=7)
    core.state = msgspec.structs.replace(core.state, unfinished=(newest, older))
    visitor = open_screen()
    visitor.waits_for("page.ticket")
    assert visitor.reads("ticket.number") == "A031"
    assert visitor.sees(seen)
    wait_until(lambda: core.asked(EndVisit) == [EndVisit(ticket_id=7)])


def test_news_of_the_slip_missed_meanwhile(visitor: Visitor, core: StandInCore) -> None:
    visitor.takes_a_number()
    (card,) = core.cards.values()
    core.stop()
    after = msgspec.structs.replace(card, slip=SlipState(job_id=1, ticket_id=1, state="unknown"))
    core.state = msgspec.structs.replace(core.state, unfinished=(after,))
    core.start()
    visitor.waits_for("slip.question")


def test_garbage_from_the_core_is_survived(visitor: Visitor, core: StandInCore) -> None:
    gone: list[bool] = []
    visitor.screen.link.went.connect(lambda: gone.append(True))
    core.babble(b"\xff\xff\xff\xffHTTP/1.1 400 Bad Request\r\n")
    wait_until(lambda: gone and visitor.screen.link.here)


def test_without_a_core_the_face_asks_for_a_moment(
    open_screen: OpenScreen, core: StandInCore
) -> None:
    core.stop()
    visitor = open_screen(heard=False)
    visitor.waits_for("reconnecting")
    assert "Xin chờ một chút nữa thôi ạ" in visitor.all_words()
    core.start()
    wait_until(lambda: not visitor.sees("reconnecting"))
