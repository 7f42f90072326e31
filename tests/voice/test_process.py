"""The voice process on a sound card whose time really passes, and that can be torn out."""

import os
import threading
import time
import wave
from array import array
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue

import pytest

from voice import child, lookout, process, wire
from voice.cache import Cache
from voice.errors import NoSoundCard, OutputFailed
from voice.playback import Player
from voice.process import VoiceProcess
from voice.recorded import Recordings
from voice.sound import RATE
from voice.studio import Studio
from voice.synthesiser import Synthesiser

WITHIN = 30.0
SHORT, LONG, LATER = (wire.Part(key, key) for key in ("short", "long", "later"))
LEVELS = {"short": (0.3, 1_000), "long": (5.0, 2_000), "later": (0.3, 3_000)}


class Card:
    """A sound card with 50 ms of memory; what was heard is what its clock has played."""

    silent = False
    rate = RATE
    latency = 0.05

    def __init__(self) -> None:
        self.present = True
        self.let_open = threading.Event()
        self.let_open.set()
        self.opened = threading.Event()
        self.phrases: list[array[int]] = []  # what was heard, one a phrase

    def probe(self) -> None:
        if not self.present:
            raise NoSoundCard("it was torn out")

    def open(self) -> "Card":
        self.let_open.wait()
        self.probe()
        self.phrases.append(array("h"))
        self._started = time.monotonic()
        self.opened.set()
        return self

    @property
    def _played(self) -> int:
        return int((time.monotonic() - self._started) * self.rate)

    @property
    def room(self) -> int:
        if not self.present:
            raise OutputFailed("it was torn out")
        return self._played + int(self.latency * self.rate) - len(self.phrases[-1])

    def write(self, samples: "array[int]") -> None:
        self.phrases[-1].extend(samples)

    def abort(self) -> None:
        del self.phrases[-1][self._played :]

    def close(self) -> None:
        self.opened.clear()


class Desk:
    """The owner's end of the pipes."""

    def __init__(self, studio: Studio, card: Card) -> None:
        self.card = card
        self.events: Queue[wire.Event] = Queue()
        reading, self._writing = os.pipe()
        self._commands = os.fdopen(reading, "rb")
        process = VoiceProcess(studio, Player(card), self.events.put)
        self.well_ended: list[bool] = []
        self._thread = threading.Thread(
            target=lambda: self.well_ended.append(process.run(self._commands))
        )
        self._thread.start()

    def send(self, command: wire.Command | bytes) -> None:
        os.write(self._writing, command if isinstance(command, bytes) else wire.encode(command))

    def next(self, kind: type[wire.Event]) -> wire.Event:
        while True:
            event = self.events.get(timeout=WITHIN)
            if isinstance(event, kind):
                return event

    def say(self, *parts: wire.Part, number: int = 1) -> None:
        self.send(wire.Say(number, "vi", parts))

    def close(self) -> None:
        if self._thread.is_alive():
            os.close(self._writing)
            self._thread.join(WITHIN)
            self._commands.close()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A voice process with three recordings and no synthesiser."""
    monkeypatch.setattr(lookout, "LOOK_AGAIN", (0.05, 0.2))
    (tmp_path / "vi").mkdir()
    for name, (seconds, level) in LEVELS.items():
        with wave.open(str(tmp_path / f"vi/{name}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(array("h", [level] * int(seconds * RATE)).tobytes())
    none = Synthesiser(rate=140, command=["/nowhere/synthesiser"])
    studio = Studio(Cache(tmp_path / "cache"), Recordings(tmp_path), none)
    with closing(none), closing(Desk(studio, Card())) as desk:
        assert desk.next(wire.Hello) == wire.Hello(wire.VERSION)
        yield desk
        desk.card.let_open.set()


def test_parts_are_heard_in_order(desk: Desk) -> None:
    desk.say(SHORT, LATER)
    speaking = desk.next(wire.Speaking)
    assert isinstance(speaking, wire.Speaking)
    assert (speaking.id, speaking.text, len(speaking.wav_paths)) == (1, "short later", 2)
    assert speaking.seconds == pytest.approx(0.6, abs=0.01)
    assert not speaking.silent
    assert desk.next(wire.Spoken) == wire.Spoken(1, silent=False, interrupted=False)
    assert len(desk.card.phrases[0]) == pytest.approx(0.6 * RATE, rel=0.02)


def test_stop_is_silence_at_once(desk: Desk) -> None:
    desk.say(LONG)
    assert desk.card.opened.wait(WITHIN)
    stopped = time.monotonic()
    desk.send(wire.Stop())
    spoken = desk.next(wire.Spoken)
    assert isinstance(spoken, wire.Spoken)
    assert spoken.interrupted
    assert not spoken.silent
    assert time.monotonic() - stopped < 1.0  # of five; 50 ms are shown by the player's own clock


def test_a_new_phrase_takes_the_place_of_the_old_one(desk: Desk) -> None:
    desk.say(LONG, number=1)
    assert desk.card.opened.wait(WITHIN)
    desk.say(SHORT, number=2)
    spoken = [desk.next(wire.Spoken), desk.next(wire.Spoken)]
    assert [(each.id, each.interrupted) for each in spoken if isinstance(each, wire.Spoken)] == [
        (1, True),
        (2, False),
    ]
    assert len(desk.card.phrases[0]) < 2 * RATE
    assert len(desk.card.phrases[1]) == pytest.approx(0.3 * RATE, rel=0.05)


def test_an_announcement_is_said_to_its_end(desk: Desk) -> None:
    desk.send(wire.Say(1, "vi", (SHORT, SHORT), whole=True))
    assert desk.card.opened.wait(WITHIN)
    desk.say(LATER, number=2)
    desk.send(wire.Stop())
    desk.say(SHORT, number=3)
    spoken = [desk.next(wire.Spoken), desk.next(wire.Spoken)]
    assert [each.id for each in spoken if isinstance(each, wire.Spoken)] == [1, 3]
    assert len(desk.card.phrases[0]) == pytest.approx(0.6 * RATE, rel=0.02)


def test_an_announcement_waits_for_the_end_of_a_phrase(desk: Desk) -> None:
    desk.say(SHORT, LATER, number=1)
    assert desk.card.opened.wait(WITHIN)
    desk.send(wire.Say(2, "vi", (SHORT,), whole=True))
    spoken = [desk.next(wire.Spoken), desk.next(wire.Spoken)]
    assert spoken == [wire.Spoken(1, silent=False), wire.Spoken(2, silent=False)]
    assert len(desk.card.phrases[0]) == pytest.approx(0.6 * RATE, rel=0.02)


def test_an_announcement_has_its_own_loudness(desk: Desk) -> None:
    desk.send(wire.Say(1, "vi", (SHORT,), whole=True, level=0.25))
    desk.next(wire.Spoken)
    desk.say(SHORT)
    desk.next(wire.Spoken)
    soft, loud = map(max, desk.card.phrases)
    assert soft == pytest.approx(loud / 4, abs=1)


def test_a_pause_is_silence(desk: Desk) -> None:
    desk.say(SHORT, wire.Part("", pause=0.5), SHORT)
    desk.next(wire.Spoken)
    assert len(desk.card.phrases[0]) == pytest.approx(1.1 * RATE, rel=0.02)
    assert not any(desk.card.phrases[0][int(0.35 * RATE) : int(0.75 * RATE)])


def test_the_volume_is_kept(desk: Desk) -> None:
    desk.say(SHORT)
    desk.next(wire.Spoken)
    desk.send(wire.Volume(0.5))
    desk.say(SHORT)
    desk.next(wire.Spoken)
    loud, soft = map(max, desk.card.phrases)
    assert soft == pytest.approx(loud / 2, abs=1)


def test_a_card_torn_out_is_a_state_and_comes_back(desk: Desk) -> None:
    desk.say(LONG, number=1)
    assert desk.card.opened.wait(WITHIN)
    desk.card.present = False
    spoken = desk.next(wire.Spoken)
    assert isinstance(spoken, wire.Spoken)
    assert spoken.silent
    desk.say(SHORT, number=2)
    again = desk.next(wire.Speaking)
    assert isinstance(again, wire.Speaking)
    assert (again.silent, len(again.wav_paths)) == (True, 1)
    assert desk.next(wire.Spoken) == wire.Spoken(2, silent=True)
    desk.card.present = True
    due = time.monotonic() + WITHIN
    while spoken.silent:
        assert time.monotonic() < due
        desk.say(SHORT, number=3)
        spoken = desk.next(wire.Spoken)
        assert isinstance(spoken, wire.Spoken)


def test_a_card_that_hangs_stops_the_pulse(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "PLAYING", 0.1)
    monkeypatch.setattr(child, "ENDING", 0.1)
    desk.send(wire.Ping(1))
    assert desk.next(wire.Pong) == wire.Pong(1)
    desk.card.let_open.clear()
    desk.say(SHORT)
    number = 2
    while True:
        desk.send(wire.Ping(number))
        try:
            event = desk.events.get(timeout=0.2)
        except Empty:  # no answer any more
            break
        assert isinstance(event, wire.Pong | wire.Status | wire.Speaking)
        number += 1
    desk.close()
    assert desk.well_ended == [False]


def test_without_a_synthesiser_recordings_are_heard_and_half_phrases_are_not(desk: Desk) -> None:
    status = desk.next(wire.Status)
    assert isinstance(status, wire.Status)
    assert (status.state, status.reason) == ("unavailable", "no_synthesiser")
    desk.say(SHORT, wire.Part("A007"))
    speaking = desk.next(wire.Speaking)
    assert isinstance(speaking, wire.Speaking)
    assert (speaking.silent, speaking.text) == (True, "short A không không bảy")
    assert desk.card.phrases == []


def test_garbage_on_the_pipe_changes_nothing(desk: Desk) -> None:
    desk.send(b"xin chao\n\xff\xfe\n{}\n" + b"x" * 200 + b"\n")
    desk.send(wire.Ping(9))
    assert desk.next(wire.Pong) == wire.Pong(9)


def test_the_end_of_the_pipe_is_the_end(desk: Desk) -> None:
    desk.say(LONG)
    assert desk.card.opened.wait(WITHIN)
    desk.close()
    assert desk.well_ended == [True]
