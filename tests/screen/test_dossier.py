"""How far a dossier is: typed, said or scanned, told kindly whatever comes, and forgotten."""

from __future__ import annotations

import pytest
from stand_in import StandInCore
from visitor import OpenScreen, Visitor

from kiosk.guide.answer import Answer, Card
from kiosk.link.frames import Failure
from kiosk.screen import dossier_view
from kiosk.words import (
    AskDossier,
    CodeScanned,
    DossierTold,
    ListeningChanged,
    QuestionHeard,
    Say,
)
from tools.demo.touch import wait_until

CODE = "H26.12-261116-0012"
CENTRE = "https://centre.example"


@pytest.fixture
def asking(open_screen: OpenScreen) -> Visitor:
    """A citizen before a kiosk that has a centre."""
    return open_screen(centre=CENTRE)


def asked(core: StandInCore, times: int = 1) -> AskDossier:
    """What the core was asked last."""
    wait_until(lambda: len(core.asked(AskDossier)) >= times)
    return core.asked(AskDossier)[-1]


def tells(core: StandInCore, **facts: str) -> None:
    """The core's answer to what was asked last."""
    core.tell(DossierTold(request_id=asked(core).request_id, **facts))


def scans(core: StandInCore, code: str = CODE) -> None:
    core.tell(CodeScanned(form="dossier", dossier=code))


def said(question: str = "hồ sơ của tôi đến đâu rồi", **slots: str) -> QuestionHeard:
    """A question that was asked aloud, and its answer."""
    answer = Answer(
        question=question,
        kind="answer",
        intent="dossier_status",
        spoken="Xin mời ông bà nhập mã hồ sơ.",
        title="Hồ sơ đã nộp",
        slots=slots,
        cards=(Card(kind="note", title="Hồ sơ đã nộp", lines=("Xin mời.",)),),
        next=("dossier", "call_staff"),
    )
    return QuestionHeard(face="screen", text=question, answer=answer)


def test_from_an_answer_to_the_pad_and_to_the_state(asking: Visitor, core: StandInCore) -> None:
    asking.screen.ask.open()
    core.tell(ListeningChanged(face="screen", state="listening"))
    core.tell(said())
    asking.waits_for("answer.dossier")
    asking.touch("answer.dossier")
    asking.waits_for("page.dossier")
    asking.touch("dossier.find")  # nothing is typed yet
    asking.waits_for("notice")
    assert core.asked(AskDossier) == []
    for key in "H26.12-261116-0013":
        asking.touch(f"key.{key}")
    asking.touch("key.erase")
    asking.touch("key.2")
    asking.touch("dossier.find")
    assert asked(core).code == CODE
    asking.waits_for("dossier.asking")
    tells(core, outcome="known", stage="in_progress", due_on="2026-12-15", changed_on="2026-11-20")
    asking.waits_for("dossier.in_progress")
    words = asking.all_words()
    assert "Hồ sơ đang được làm" in words
    assert "Thứ Ba, ngày 15 tháng 12" in words
    asking.screen.kiosk.switchLanguage()
    assert "Tuesday, 15 December" in asking.all_words()
    asking.touch("dossier.number")
    asking.waits_for("page.services")


def test_a_code_that_was_said_is_asked_for_at_once(asking: Visitor, core: StandInCore) -> None:
    asking.screen.ask.open()
    core.tell(ListeningChanged(face="screen", state="listening"))
    core.tell(said(f"tra cứu hồ sơ {CODE}", dossier=CODE))
    asking.waits_for("answer.dossier")
    asking.touch("answer.dossier")
    assert asked(core).code == CODE
    tells(core, outcome="known", stage="ready")
    asking.waits_for("dossier.ready")
    asking.touch("dossier.other")
    asking.waits_for("page.dossier")
    assert asking.screen.dossier.property("typed") == ""


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({"outcome": "unknown"}, "unknown"),
        ({"outcome": "away"}, "away"),
        ({"outcome": "too_many"}, "too_many"),
        ({"outcome": "known", "stage": "payment"}, "payment"),
        ({"outcome": "known", "stage": "received", "due_on": "2026-11-20"}, "late"),
        ({"outcome": "known", "stage": "received", "due_on": "2026-11-23"}, "received"),
        ({"outcome": "known", "stage": "returned", "due_on": "2026-11-20"}, "returned"),
    ],
)
def test_whatever_comes_is_told_kindly(
    facts: dict[str, str], state: str, asking: Visitor, core: StandInCore
) -> None:
    asking.waits_for("page.welcome")
    scans(core)
    asking.waits_for("dossier.asking")
    tells(core, **facts)
    asking.waits_for(f"dossier.{state}")
    assert "xin" in asking.all_words().lower()


def test_an_answer_of_another_time_is_passed_over(asking: Visitor, core: StandInCore) -> None:
    scans(core)
    first = asked(core)
    scans(core, "H26.12-261116-0099")
    asked(core, times=2)
    core.tell(DossierTold(request_id=first.request_id, outcome="known", stage="ready"))
    core.tell(DossierTold(request_id="", outcome="known", stage="ready"))
    tells(core, outcome="unknown")
    asking.waits_for("dossier.unknown")


def test_a_core_that_is_silent_is_not_waited_for_for_ever(
    asking: Visitor, core: StandInCore
) -> None:
    scans(core)
    asked(core)
    asking.screen.dossier._late.start(1)
    asking.waits_for("dossier.away")
    tells(core, outcome="known", stage="ready")  # too late: it stands as it was told
    asking.screen.dossier._late.setInterval(dossier_view.ANSWER_WITHIN_MS)
    scans(core)
    asked(core, times=2)
    tells(core, outcome="unknown")
    asking.waits_for("dossier.unknown")
    assert dossier_view.ANSWER_WITHIN_MS > 6000  # the core's own limit comes first


def test_a_refusal_is_away(asking: Visitor, core: StandInCore) -> None:
    core.dossier_refusal = Failure(id=0, code="store", detail="")
    scans(core)
    asking.waits_for("dossier.away")


def test_home_forgets_all_of_it(asking: Visitor, core: StandInCore) -> None:
    scans(core)
    asking.waits_for("dossier.asking")
    request = asked(core).request_id
    asking.touch("bar.home")
    asking.waits_for("page.welcome")
    core.tell(DossierTold(request_id=request, outcome="known", stage="ready"))
    scans(core, "no code of a dossier")  # which is told after it
    asking.waits_for("notice")
    view = asking.screen.dossier
    assert (view.property("code"), view.property("typed")) == ("", "")
    assert view.property("state") == "asking"


def test_a_scan_disturbs_nothing_else(asking: Visitor, core: StandInCore) -> None:
    asking.goes_to_services()
    scans(core)
    wait_until(lambda: "xong việc này" in asking.screen.kiosk.property("notice"))
    assert core.asked(AskDossier) == []


def test_without_a_centre_a_person_looks(visitor: Visitor, core: StandInCore) -> None:
    visitor.waits_for("page.welcome")
    scans(core)
    wait_until(lambda: "giấy hẹn cho cán bộ" in visitor.screen.kiosk.property("notice"))
    assert core.asked(AskDossier) == []


def test_who_goes_by_keys_hears_it(asking: Visitor, core: StandInCore) -> None:
    asking.screen.visit.become(modes=frozenset({"byKeys"}))
    scans(core)
    asking.waits_for("dossier.asking")
    tells(core, outcome="known", stage="ready", due_on="2026-11-23")

    def heard() -> bool:
        told = [one for one in core.asked(Say) if one.phrase == "page.dossierstate"]
        return bool(told) and "Hẹn trả kết quả: Thứ Hai" in told[-1].values["told"]

    wait_until(heard)
