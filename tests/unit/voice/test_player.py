"""The player on an output that records what reaches the ear, by its own clock."""

import threading
from array import array

import pytest

from voice.errors import NoSoundCard, OutputFailed
from voice.playback import BLOCK, Player
from voice.sound import RATE, Sound

LOW = Sound(array("h", [1_000] * RATE))
HIGH = Sound(array("h", [2_000] * RATE))


class Ear:
    """An output and its stream: the card holds up to `latency` seconds, time passes by writing."""

    silent = False
    latency = 0.1

    def __init__(self, rate: int = RATE) -> None:
        self.rate = rate
        self.waiting: array[int] = array("h")
        self.heard: array[int] = array("h")
        self.closed = 0
        self.on_write = lambda: None

    def probe(self) -> None:
        pass

    def open(self) -> "Ear":
        return self

    @property
    def room(self) -> int:
        return RATE

    def write(self, samples: "array[int]") -> None:
        self.waiting.extend(samples)
        room = round(self.latency * self.rate)
        self.heard.extend(self.waiting[:-room])
        self.waiting = self.waiting[-room:]
        self.on_write()

    def abort(self) -> None:
        self.waiting = array("h")

    def close(self) -> None:
        self.closed += 1
        self.heard.extend(self.waiting)
        self.waiting = array("h")


def test_sounds_are_played_in_order_and_whole() -> None:
    ear = Ear()
    assert Player(ear).play([LOW, HIGH], threading.Event())
    assert ear.heard == LOW.samples + HIGH.samples
    assert ear.closed == 1


@pytest.mark.parametrize(("level", "sample"), [(1.0, 1_000), (0.5, 500), (0.0, 0)])
def test_the_level_is_kept(level: float, sample: int) -> None:
    ear = Ear()
    Player(ear, level=level).play([LOW], threading.Event())
    assert set(ear.heard) == {sample}


def test_the_level_may_change_in_the_middle() -> None:
    ear = Ear()
    player = Player(ear)

    def softer() -> None:
        player.level = 0.5

    ear.on_write = softer
    player.play([LOW], threading.Event())
    assert ear.heard[: int(BLOCK * RATE)] == LOW.samples[: int(BLOCK * RATE)]
    assert set(ear.heard[int(BLOCK * RATE) :]) == {500}


def test_a_touch_silences_within_50_ms() -> None:
    ear = Ear()
    unwanted = threading.Event()
    at_touch = []

    def touch() -> None:
        if len(ear.heard) > RATE // 2 and not unwanted.is_set():
            at_touch.append(len(ear.heard))
            unwanted.set()

    ear.on_write = touch
    assert not Player(ear).play([LOW, HIGH], unwanted)
    assert len(ear.heard) - at_touch[0] <= 0.05 * RATE
    assert ear.closed == 1


def test_a_touch_in_the_last_moment_silences_too() -> None:
    ear = Ear()
    ear.latency = 5.0  # all of it waits in the card
    unwanted = threading.Event()
    threading.Timer(0.05, unwanted.set).start()
    assert not Player(ear).play([LOW], unwanted)
    assert len(ear.heard) == 0


def test_what_is_not_wanted_is_not_begun() -> None:
    ear = Ear()
    unwanted = threading.Event()
    unwanted.set()
    assert not Player(ear).play([LOW], unwanted)
    assert len(ear.heard) == 0


def test_a_card_with_another_rate_hears_the_same_length() -> None:
    ear = Ear(rate=48_000)
    Player(ear).play([LOW], threading.Event())
    assert len(ear.heard) == 48_000


def test_the_watchdog_is_fed_before_each_wait() -> None:
    steps = []
    Player(Ear()).play([LOW], threading.Event(), lambda: steps.append(1))
    assert len(steps) >= 1 / BLOCK


def test_a_card_that_is_missing_is_told() -> None:
    class Nothing(Ear):
        def open(self) -> "Ear":
            raise NoSoundCard("none")

    with pytest.raises(NoSoundCard):
        Player(Nothing()).play([LOW], threading.Event())


def test_a_card_that_fails_is_given_back() -> None:
    class Torn(Ear):
        def write(self, samples: "array[int]") -> None:
            raise NoSoundCard("unplugged")

    ear = Torn()
    with pytest.raises(NoSoundCard):
        Player(ear).play([LOW], threading.Event())
    assert ear.closed == 1


def test_a_card_that_has_died_does_not_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead(Ear):
        room = 0

    monkeypatch.setattr("voice.playback.STALLED", 0.05)
    with pytest.raises(OutputFailed, match="took nothing"):
        Player(Dead()).play([LOW], threading.Event())


def test_a_touch_is_felt_while_the_card_is_full() -> None:
    class Full(Ear):
        room = 0

    unwanted = threading.Event()
    threading.Timer(0.05, unwanted.set).start()
    assert not Player(Full()).play([LOW], unwanted)
