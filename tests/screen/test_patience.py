"""Nobody touches the screen: it asks, then forgets."""

from __future__ import annotations

import pytest
from stand_in import StandInCore
from visitor import OpenScreen, Visitor

from kiosk.words import EndVisit, Say, SlipChanged, SlipState
from tools.demo.touch import wait_until


@pytest.fixture
def hasty(open_screen: OpenScreen) -> Visitor:
    """A screen that asks after 0.3 s and waits 30 s for the answer."""
    return open_screen(timeout_s=0.3, question_s=30)


def test_more_time_is_asked_for_and_given(hasty: Visitor, core: StandInCore) -> None:
    hasty.goes_to_services()
    hasty.waits_for("timeout.more")
    wait_until(lambda: core.asked(Say))
    assert core.asked(Say)[0].phrase == "timeout.question"
    hasty.touch("timeout.more")
    wait_until(lambda: not hasty.sees("timeout.more"))
    assert hasty.sees("page.services")
    hasty.waits_for("timeout.more")  # and again, should nobody touch it


def test_no_more_time_is_wanted(hasty: Visitor) -> None:
    hasty.goes_to_services()
    hasty.touch("timeout.home")
    hasty.waits_for("page.welcome")
    assert not hasty.sees("timeout.more")


def test_silence_forgets_all(open_screen: OpenScreen, core: StandInCore) -> None:
    visitor = open_screen(timeout_s=0.3, question_s=0.2)
    visitor.screen.comfort.toggle("largeText")
    visitor.takes_a_number()
    core.tell(SlipChanged(slip=SlipState(job_id=1, ticket_id=1, state="unknown")))
    visitor.waits_for("page.welcome")
    assert visitor.screen.ticket.property("number") == ""
    assert not visitor.screen.comfort.property("largeText")
    wait_until(lambda: core.asked(EndVisit))


def test_the_welcome_page_forgets_without_asking(hasty: Visitor, core: StandInCore) -> None:
    hasty.touch("bar.language")
    wait_until(lambda: hasty.reads("page.title").startswith("Welcome"))
    wait_until(lambda: hasty.reads("page.title").startswith("Xin chào"))
    assert not core.asked(Say)
