"""Calls made heard: one after the other, none cut off, each said twice after a chime.

    TicketCalled ─▶ waits ─▶ loudspeaker: chime, Vietnamese (, English), a pause, the same again
                      ├─ a while longer where a citizen is speaking to the kiosk: LET_SPEAK_S
                      └─ forgotten when the citizen has come, or when it is old news

Only one announcement is with the loudspeaker at a time; the others wait here, so that a loudspeaker
that dies takes none with it. What the kiosk says to its own citizen and an announcement let each
other finish; that is the voice process's affair (voice.inbox), because it owns the sound card.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from kiosk.queueing.announcement import Loudness
from kiosk.texts import Texts
from kiosk.words import (
    AnnouncementEnded,
    AnnouncementStarted,
    AnyEvent,
    Call,
    Language,
    TicketCalled,
    TicketChanged,
)

log = logging.getLogger(__name__)

MAX_WAITING = 24
OLD_NEWS_S = 120.0  # the board has shown it for so long
RETRY_S = 1.0
PAUSE_S = 0.7  # before it is repeated
LET_SPEAK_S = 6.0  # for a question; then the microphone closes, and it has to be asked again
LOOK_S = 0.2  # whether the question is over

Ending = Literal["said", "silent", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of an announcement: a sentence, a sound by its `key`, or a `pause` in seconds."""

    text: str = ""
    language: Language = "vi"
    key: str = ""
    pause: float = 0.0


CHIME, PAUSE = Line(key="chime"), Line(pause=PAUSE_S)


class Loudspeaker(Protocol):
    """Never blocks, says one announcement at a time and never cuts it off."""

    def announce(
        self,
        lines: Sequence[Line],
        volume: float,
        on_begin: Callable[[float, bool], None],
        on_end: Callable[[Ending], None],
    ) -> bool:
        """False: not now. Else `on_begin(seconds, silent)` may come, and `on_end` comes once."""
        ...


class Host(Protocol):
    """The engine, as announcements see it."""

    def now(self) -> datetime: ...
    def citizen_speaks(self) -> bool: ...
    def announcement(self, event: AnnouncementStarted | AnnouncementEnded) -> None: ...


@dataclass(slots=True)
class _Waiting:
    call: Call
    since: float
    once_more: bool = True  # should it be lost


class Announcing:
    """Lives on the core's loop; `hear` is a listener of the engine."""

    def __init__(
        self,
        host: Host,
        loudspeaker: Loudspeaker,
        texts: Texts,
        loudness: Loudness,
        *,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """`texts` is the book "spoken"; `steady` a clock in seconds."""
        self._host = host
        self._loudspeaker = loudspeaker
        self._texts = texts
        self.loudness = loudness
        self._steady = steady
        self._waiting: deque[_Waiting] = deque(maxlen=MAX_WAITING)  # beyond it, the oldest go
        self._speaks: _Waiting | None = None
        self._retry: asyncio.TimerHandle | None = None
        self._let_since: float | None = None  # since when a citizen is let speak
        self._unheard = False  # it is shown, and makes no sound

    def is_heard(self) -> bool:
        """Whether the loudspeaker makes an announcement, or is about to."""
        return self._speaks is not None and not self._unheard

    def hear(self, event: AnyEvent) -> None:
        """A call is to be announced; who has come need not be called any more."""
        match event:
            case TicketCalled(call=call):
                self._forget(call.ticket_id)  # a recall says all that the call before it said
                self._waiting.append(_Waiting(call, self._steady()))
                self._go_on()
            case TicketChanged(ticket=ticket) if ticket.state != "called":
                self._forget(ticket.id)

    def _forget(self, ticket_id: int) -> None:
        kept = [one for one in self._waiting if one.call.ticket_id != ticket_id]
        self._waiting = deque(kept, maxlen=MAX_WAITING)
        if self._speaks is not None and self._speaks.call.ticket_id == ticket_id:
            self._speaks.once_more = False

    def _go_on(self) -> None:
        if self._speaks is not None or self._retry is not None:
            return
        self._drop_old_news()
        volume = self.loudness.at(self._host.now())
        if not self._waiting or not volume:
            self._waiting.clear()
            self._let_since = None
            return
        if self._lets_speak():
            self._try_later(LOOK_S)
            return
        self._unheard = False
        one = self._waiting[0]
        if self._loudspeaker.announce(
            self._lines(one.call),
            volume,
            functools.partial(self._begun, one.call),
            functools.partial(self._ended, one),
        ):
            self._speaks, self._let_since = self._waiting.popleft(), None
        else:
            self._try_later(RETRY_S)

    def _lets_speak(self) -> bool:
        """Whether a citizen who speaks to the kiosk is let finish; each announcement waits once."""
        if not self._host.citizen_speaks():
            return False
        if self._let_since is None:
            self._let_since = self._steady()
        return self._steady() - self._let_since < LET_SPEAK_S

    def _try_later(self, seconds: float) -> None:
        self._retry = asyncio.get_running_loop().call_later(seconds, self._try_again)

    def _try_again(self) -> None:
        self._retry = None
        self._go_on()

    def _drop_old_news(self) -> None:
        while self._waiting and self._steady() - self._waiting[0].since > OLD_NEWS_S:
            log.warning("%s could not be announced", self._waiting.popleft().call.number)

    def _lines(self, call: Call) -> list[Line]:
        said: list[Line] = [self._line(call, "vi")]
        if call.language == "en":
            said.append(self._line(call, "en"))
        return [CHIME, *said, PAUSE, *said]

    def _line(self, call: Call, language: Language) -> Line:
        return Line(
            text=self._texts.get("call.number", language, number=call.number, counter=call.counter),
            language=language,
        )

    def _begun(self, call: Call, seconds: float, silent: bool) -> None:
        self._unheard = silent
        self._host.announcement(AnnouncementStarted(call=call, seconds=seconds, silent=silent))

    def _ended(self, one: _Waiting, ending: Ending) -> None:
        self._speaks = None
        if ending == "lost" and one.once_more:
            one.once_more = False
            self._waiting.appendleft(one)
        self._host.announcement(AnnouncementEnded(call=one.call))
        self._go_on()
