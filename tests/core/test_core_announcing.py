"""Calls made heard: in their order, one at a time, each twice, and none that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from house import House, in_loop

from kiosk.config import load_config, loudness_of
from kiosk.core import announcing, listening
from kiosk.core.announcing import CHIME, PAUSE, Announcing, Ending, Line
from kiosk.paths import ASSETS
from kiosk.queueing.announcement import Loudness
from kiosk.queueing.hours import Span
from kiosk.texts import Texts
from kiosk.words import (
    AnnouncementEnded,
    AnnouncementStarted,
    CallNext,
    KeepStaff,
    Listen,
    ListeningChanged,
    OpenCounter,
    Recall,
    Serve,
)

QUIET = Loudness(usual=0.9, softly=0.4, quiet=(Span(opens=9 * 60, closes=10 * 60),))


@dataclass
class WrittenLoudspeaker:
    """A loudspeaker that writes down what it says; the test ends each announcement."""

    said: list[list[Line]] = field(default_factory=list)
    volumes: list[float] = field(default_factory=list)
    away: bool = False
    begins: bool = True
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    _end: Callable[[Ending], None] | None = None

    def announce(
        self,
        lines: Sequence[Line],
        volume: float,
        on_begin: Callable[[float, bool], None],
        on_end: Callable[[Ending], None],
    ) -> bool:
        self.asked.set()
        if self.away:
            return False
        assert self._end is None, "two at once"
        self.said.append(list(lines))
        self.volumes.append(volume)
        self._end = on_end
        if self.begins:
            on_begin(6.0, False)
        return True

    def end(self, ending: Ending = "said") -> None:
        """What is being said is over."""
        ended, self._end = self._end, None
        assert ended is not None
        ended(ending)

    @property
    def sentences(self) -> list[str]:
        """The first sentence of each announcement."""
        return [lines[1].text for lines in self.said]


class Hall:
    """A house with two open counters, and its loudspeaker."""

    def __init__(self, house: House, loudness: Loudness = QUIET) -> None:
        self.house = house
        self.loudspeaker = WrittenLoudspeaker()
        self.announcing = Announcing(
            house.engine,
            self.loudspeaker,
            Texts(ASSETS / "i18n", "spoken"),
            loudness,
            steady=lambda: house.hands.steady,
        )
        house.engine.listen(self.announcing.hear)
        house.engine.announces = self.announcing.is_heard
        house.engine.do(KeepStaff(code="lan", name="Lan", role="clerk", pin_hash="x"), "cli")
        for counter in ("1", "2"):
            house.engine.do(OpenCounter(counter=counter, staff="lan"), "site")

    def call(self, counter: str) -> int:
        """Call the next one; whom."""
        done = self.house.engine.do(CallNext(counter=counter, staff="lan"), "site")
        return int(done.ticket.id)

    def do(self, kind: type, ticket: int, counter: str) -> None:
        """A verb of a counter."""
        self.house.engine.do(kind(ticket_id=ticket, counter=counter, staff="lan"), "site")


@pytest.fixture
def hall(house: House) -> Hall:
    house.issue("request-1", service="civil-status")
    house.issue("request-2", service="certification", language="en")
    return Hall(house)


def test_a_call_is_said_twice_after_a_chime(hall: Hall) -> None:
    hall.call("1")
    (lines,) = hall.loudspeaker.said
    sentence = lines[1]
    assert lines == [CHIME, sentence, PAUSE, sentence]
    assert (sentence.text, sentence.language) == ("Mời số A001 đến quầy số 1.", "vi")


def test_english_follows_where_the_number_was_taken_in_english(hall: Hall) -> None:
    hall.call("2")
    (lines,) = hall.loudspeaker.said
    said = [(line.language, line.text) for line in lines if line.text]
    vi = ("vi", "Mời số B001 đến quầy số 2.")
    en = ("en", "Number B001, please go to counter 2.")
    assert said == [vi, en, vi, en]


def test_one_waits_for_the_end_of_the_other(hall: Hall) -> None:
    hall.call("1")
    hall.call("2")
    assert len(hall.loudspeaker.said) == 1
    hall.loudspeaker.end()
    assert hall.loudspeaker.sentences == [
        "Mời số A001 đến quầy số 1.",
        "Mời số B001 đến quầy số 2.",
    ]
    hall.loudspeaker.end()
    assert len(hall.loudspeaker.said) == 2


def test_who_has_come_is_not_called_any_more(hall: Hall) -> None:
    hall.call("1")
    second = hall.call("2")
    hall.do(Serve, second, "2")
    hall.loudspeaker.end()
    assert len(hall.loudspeaker.said) == 1


def test_a_recall_while_the_call_still_waits_is_said_once(hall: Hall) -> None:
    hall.call("1")
    second = hall.call("2")
    hall.do(Recall, second, "2")
    hall.loudspeaker.end()
    hall.loudspeaker.end()
    assert len(hall.loudspeaker.said) == 2


def test_what_was_lost_is_said_once_more(hall: Hall) -> None:
    hall.call("1")
    hall.loudspeaker.end("lost")
    hall.loudspeaker.end("lost")
    assert hall.loudspeaker.sentences == 2 * ["Mời số A001 đến quầy số 1."]


def test_what_was_lost_when_they_had_come_is_not(hall: Hall) -> None:
    first = hall.call("1")
    hall.do(Serve, first, "1")
    hall.loudspeaker.end("lost")
    assert len(hall.loudspeaker.said) == 1


def test_it_is_softer_at_quiet_times(hall: Hall) -> None:
    hall.call("1")
    hall.loudspeaker.end()
    hall.house.hands.pass_by(timedelta(hours=1, minutes=30))
    hall.call("2")
    assert hall.loudspeaker.volumes == [0.9, 0.4]


def test_at_no_volume_nothing_is_said(house: House) -> None:
    house.issue("request-1", service="civil-status")
    hall = Hall(house, Loudness(usual=0.0))
    hall.call("1")
    assert hall.loudspeaker.said == []


@in_loop
async def test_a_loudspeaker_that_comes_back_says_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "RETRY_S", 0.01)
    house.issue("request-1", service="civil-status")
    hall = Hall(house)
    hall.loudspeaker.away = True
    hall.call("1")
    hall.loudspeaker.away = False
    await house.until(lambda: hall.loudspeaker.said)


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "LOOK_S", 0.01)
    monkeypatch.setattr(listening, "QUIET_S", 0.02)


def listens(hall: Hall) -> int:
    """A citizen presses the microphone of the kiosk; the number of the press."""
    engine = hall.house.engine
    engine.hearing_is("ready", reason="", detail="")
    engine.guide_is("ready", reason="", detail="", warnings=())
    engine.do(Listen(), "screen")
    engine.listening.began(hall.house.ears.press)
    return hall.house.ears.press


@pytest.mark.usefixtures("quickly")
@in_loop
async def test_a_citizen_who_speaks_is_let_finish(hall: Hall) -> None:
    press = listens(hall)
    first = hall.call("1")
    hall.do(Recall, first, "1")
    hall.call("2")
    hall.house.hands.pass_by(timedelta(seconds=5))
    await asyncio.sleep(0.05)
    assert hall.loudspeaker.said == []
    hall.house.engine.listening.not_heard(press, "nobody_spoke")
    await hall.house.until(lambda: hall.loudspeaker.said)
    hall.loudspeaker.end()
    hall.loudspeaker.end()
    assert hall.loudspeaker.sentences == [
        "Mời số A001 đến quầy số 1.",
        "Mời số B001 đến quầy số 2.",
    ]  # each once, in their order


@pytest.mark.usefixtures("quickly")
@in_loop
async def test_a_citizen_who_speaks_for_ever_is_not_waited_for(hall: Hall) -> None:
    listens(hall)
    hall.call("1")
    hall.house.hands.pass_by(timedelta(seconds=announcing.LET_SPEAK_S))
    await hall.house.until(lambda: hall.loudspeaker.said)
    told = [one.state for one in hall.house.events if isinstance(one, ListeningChanged)]
    assert told == ["waiting", "listening", "off"]  # it is asked again


@pytest.mark.usefixtures("quickly")
@in_loop
async def test_no_question_begins_before_an_announcement_is_over(hall: Hall) -> None:
    hall.loudspeaker.begins = False  # it is still being made
    hall.call("1")
    hall.house.engine.hearing_is("ready", reason="", detail="")
    hall.house.engine.guide_is("ready", reason="", detail="", warnings=())
    hall.house.engine.do(Listen(), "screen")
    await asyncio.sleep(0.1)
    assert hall.house.ears.asked == []
    hall.call("2")
    hall.loudspeaker.end()
    async with asyncio.timeout(30):
        while hall.house.ears.asked != ["listen vi"]:
            await asyncio.sleep(0.01)
    assert len(hall.loudspeaker.said) == 1  # the citizen has waited: the next call lets them speak


@in_loop
async def test_old_news_is_not_announced(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(announcing, "RETRY_S", 0.01)
    house.issue("request-1", service="civil-status")
    house.issue("request-2", service="certification")
    hall = Hall(house)
    hall.loudspeaker.away = True
    hall.call("1")
    house.hands.pass_by(timedelta(minutes=3))
    hall.loudspeaker.away = False
    hall.call("2")
    await house.until(lambda: hall.loudspeaker.said)
    assert hall.loudspeaker.sentences == ["Mời số B001 đến quầy số 2."]
    assert "A001 could not be announced" in caplog.text


def test_faces_are_told_what_the_hall_hears(hall: Hall) -> None:
    hall.call("1")
    hall.loudspeaker.end()
    told = [
        event
        for event in hall.house.events
        if isinstance(event, AnnouncementStarted | AnnouncementEnded)
    ]
    assert [(type(event), event.call.number) for event in told] == [
        (AnnouncementStarted, "A001"),
        (AnnouncementEnded, "A001"),
    ]


def test_the_loudness_of_the_configuration(write_config: Callable[..., Path]) -> None:
    path = write_config({"hall.quiet": '["11:30-13:00"]', "quiet_volume": "0.2"})
    assert loudness_of(load_config(path)) == Loudness(
        usual=0.9, softly=0.2, quiet=(Span(opens=690, closes=780),)
    )
