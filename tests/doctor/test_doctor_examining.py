"""All checks together: in time whatever hangs, in words whatever they find, never an exception."""

import re
import threading
import time

import pytest

from kiosk.doctor.examining import CHECKS, DEVICES, examine
from kiosk.doctor.finding import EXIT_OF, Finding, Words, exit_status
from kiosk.doctor.premises import look_around
from kiosk.paths import ASSETS, PROJECT, DataFolder
from kiosk.texts import LANGUAGES, read_book


def test_every_check_has_a_name_and_finds_something(premises):
    findings = examine(premises())
    assert [one.check for one in findings] == list(CHECKS)
    assert all(one.code not in {"check_failed", "too_slow"} for one in findings)
    assert set(DEVICES) <= CHECKS.keys()


def test_one_that_hangs_holds_nobody_up(premises):
    never = threading.Event()

    def hangs(_premises):
        never.wait(30)
        return Finding("hangs", "ok", "ready")

    def is_well(_premises):
        return Finding("well", "ok", "ready")

    began = time.monotonic()
    findings = examine(premises(), {"hangs": hangs, "well": is_well}, within_s=0.3)
    assert time.monotonic() - began < 10
    never.set()
    assert [(one.check, one.code) for one in findings] == [("hangs", "too_slow"), ("well", "ready")]


def test_one_that_raises_is_a_finding(premises):
    def raises(_premises):
        raise ZeroDivisionError

    (finding,) = examine(premises(), {"odd": raises})
    assert (finding.state, finding.code) == ("warning", "check_failed")
    assert finding.values["detail"].startswith("ZeroDivisionError")


def codes_in_sources(states):
    """The codes that the checks name, beside one of these states."""
    for path in (PROJECT / "kiosk" / "doctor").glob("*.py"):
        yield from re.findall(rf'"(?:{states})",\s*"([a-z_]+)"', path.read_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_told_in_words(language):
    book = read_book(ASSETS / "i18n", "doctor", language)
    codes = set(codes_in_sources("ok|warning|fault|skipped")) - EXIT_OF.keys()
    assert len(codes) > 50
    assert [code for code in codes if f"means.{code}" not in book] == []
    assert {f"check.{name}" for name in CHECKS} == {key for key in book if key[:6] == "check."}
    advised = {key.removeprefix("do.") for key in book if key.startswith("do.")}
    assert [code for code in advised if f"means.{code}" not in book] == []


def test_what_is_wrong_says_what_to_do():
    wrong = set(codes_in_sources("warning|fault")) - EXIT_OF.keys()
    book = read_book(ASSETS / "i18n", "doctor", "en")
    assert [code for code in wrong if f"do.{code}" not in book] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_told_with_their_values(language, premises):
    words = Words(language)
    for finding in examine(premises()):
        told = words.tell(finding)
        assert told.means
        assert "{" not in told.means + told.do
        assert words.name(finding.check)


def test_a_reason_that_no_book_knows_is_told_as_it_is():
    told = Words("en").tell(Finding("printer", "fault", "on_fire", {"detail": "smoke"}))
    assert told.means == "on_fire smoke"
    assert told.do


def test_the_exit_status_is_that_of_the_worst():
    well, warns, broken = (Finding("x", state, "ready") for state in ("ok", "warning", "fault"))
    assert exit_status([]) == exit_status([well]) == 0
    assert exit_status([warns, well]) == 1
    assert exit_status([broken, warns, well]) == 2


def test_a_look_around_raises_nothing(tmp_path):
    nowhere = look_around(tmp_path / "none.toml", DataFolder(tmp_path / "none"))
    assert nowhere.config is None
    assert "cannot be read" in nowhere.fault
    assert nowhere.state is None
    assert not nowhere.hung
    assert [one.check for one in examine(nowhere)] == list(CHECKS)
