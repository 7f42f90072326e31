"""What is wanted next: one phrase, whose place a new one takes, and one announcement beside it.

They take turns: an announcement waits for the end of a phrase, a phrase for that of an
announcement, and neither keeps the other waiting twice.
"""

import math
import threading
import time

from voice.wire import Say


class Inbox:
    """Handed from the reading thread to the speaking thread: at most one of each kind waits."""

    def __init__(self) -> None:
        """Nothing is wanted yet."""
        self.unwanted = threading.Event()  # what is being said is not wanted any more
        self._changed = threading.Condition()
        self._next: Say | None = None
        self._announcement: Say | None = None
        self._at_work: Say | None = None  # taken, and not over yet
        self._announced_last = False
        self._ended = False

    @property
    def ended(self) -> bool:
        """Whether nothing will come any more."""
        return self._ended

    def put(self, say: Say | None) -> None:
        """Want this instead of the phrase that is being said; None wants silence.

        An announcement that is being made goes on; a new one takes the place of one that waits.
        """
        with self._changed:
            if say and say.whole:
                self._announcement = say
            else:
                self._next = say
                if not (self._at_work and self._at_work.whole):
                    self.unwanted.set()
            self._changed.notify()

    def done(self) -> None:
        """What was taken last is over."""
        with self._changed:
            self._at_work = None

    def end(self) -> None:
        """Want silence, for good."""
        with self._changed:
            self._ended = True
            self._next = self._announcement = None
            self.unwanted.set()
            self._changed.notify()

    def take(self, within: float | None) -> Say | None:
        """Wait for what is next; None after `within` seconds or at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._next or self._announcement or self._ended, within)
            taken = self._take_turn()
            if taken:
                self.unwanted.clear()
            self._at_work = taken
            return taken

    def _take_turn(self) -> Say | None:
        announced_last, self._announced_last = self._announced_last, False
        if self._announcement and not (announced_last and self._next):
            self._announced_last = True
            announcement, self._announcement = self._announcement, None
            return announcement
        phrase, self._next = self._next, None
        return phrase


class Pulse:
    """Tells whether the speaking thread hangs: it promises when it will be heard of again."""

    def __init__(self) -> None:
        """At rest."""
        self._due = math.inf

    def within(self, seconds: float) -> None:
        """Promise a sign of life within so many seconds."""
        self._due = time.monotonic() + seconds

    def rest(self) -> None:
        """Nothing is being done; nothing is promised."""
        self._due = math.inf

    @property
    def beats(self) -> bool:
        """Whether the last promise still holds."""
        return time.monotonic() < self._due
