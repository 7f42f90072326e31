"""Asking aloud: from a press of the microphone to an answer, one face at a time.

    off ──OpenMicrophone──▶ open ──Listen──▶ listening ──▶ thinking ──▶ off, with an answer
                              └─ while the kiosk speaks: waiting, until it has been silent

The microphone is closed while the kiosk speaks and QUIET_S after, or it would hear itself. The
hall's loudspeaker lets a question be finished (core.announcing), and none begins before it is
silent. What was heard is never logged and never kept; a doubtful hearing never acts
(kiosk.ports.Hearing).
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.core.devices import Devices
from kiosk.core.guiding import Guiding
from kiosk.core.speaking import Speaking
from kiosk.errors import CommandRefused
from kiosk.guide.answer import Answer
from kiosk.guide.remarks import Remark, remark_of, written
from kiosk.ports import Ears, Hearing
from kiosk.words import (
    CloseMicrophone,
    FinishListening,
    Language,
    LevelHeard,
    Listen,
    ListeningChanged,
    ListeningState,
    OpenMicrophone,
    QuestionHeard,
    Unheard,
    VoiceCommand,
    VoiceEvent,
)

log = logging.getLogger(__name__)

QUIET_S = 0.5  # after the kiosk's last word, before the microphone opens
HEAR_WITHIN_S = 30.0  # from a press to what was said, at the very longest
SCORE_WITHIN_S = 2.5  # for candidates; what is not scored by then is decided without
TALK_S = 30.0  # in which "vâng" means the number that was offered, "chậm lại" the last answer


class ListeningHost(Protocol):
    """What listening needs of the engine."""

    @property
    def devices(self) -> Devices: ...
    @property
    def announces(self) -> Callable[[], bool]: ...
    def hearing_event(self, event: VoiceEvent) -> None: ...


class Listening:
    """Carries out the commands of asking aloud. Lives on the core's loop."""

    def __init__(
        self, host: ListeningHost, ears: Ears, guiding: Guiding, speaking: Speaking
    ) -> None:
        self._host = host
        self._ears = ears
        self._guiding = guiding
        self._mouth = speaking
        self._presses = itertools.count(1)
        self._press = 0  # the one that is going on; 0 for none
        self._face = ""  # whose page for asking is shown
        self._language: Language = "vi"
        self._dictation = False
        self._state: ListeningState = "off"
        self._voices: set[str] = set()  # who speaks: the kiosk, the hall's loudspeaker
        self._timer: asyncio.TimerHandle | None = None
        self._heard: tuple[str, Hearing] | None = None  # being scored
        self._said: Answer | None = None
        self._offered = False  # a number, with that answer
        self._talk_until = 0.0

    @property
    def hears(self) -> bool:
        """Whether a citizen speaks or is about to, or what they said is being read."""
        return self._state != "off"

    async def run(self) -> None:
        """Keep the ears going until cancelled."""
        await self._ears.run()

    def do(self, command: VoiceCommand, face: str) -> None:
        """Carry out a command of a face. Raises CommandRefused: hearing."""
        match command:
            case OpenMicrophone():
                self._face = face
                self._open()
            case Listen():
                self._listen(face, command)
            case FinishListening():
                if self._state == "listening":
                    self._ears.finish()
            case CloseMicrophone():
                if face == self._face:
                    self._close()

    def forget(self, face: str) -> None:
        """The citizen at `face` has gone: "vâng" and "chậm lại" mean nothing any more."""
        if face == self._face:
            self._close()
        self._said, self._offered = None, False

    def _open(self) -> None:
        if self._is_silent() and self._state == "off" and self._can_hear():
            self._ears.open()

    def _listen(self, face: str, wanted: Listen) -> None:
        if not self._can_hear():
            raise CommandRefused("nobody can be heard now", code="hearing")
        self._face, self._language, self._dictation = face, wanted.language, wanted.dictation
        self._press, self._heard = next(self._presses), None
        self._mouth.stop()
        self._tell("waiting")
        if not self._is_silent() or self._timer is not None:
            self._after(QUIET_S, self._begin)  # begun anew when the last word has been said
        else:
            self._begin()

    def _begin(self) -> None:
        """The kiosk is silent: the microphone may open."""
        self._timer = None
        if not self._is_silent():
            self._after(QUIET_S, self._begin)
        elif not self._press:
            if self._face:
                self._open()
        elif self._ears.listen(self._press, self._language):
            self._after(HEAR_WITHIN_S, lambda: self._fail("recognizer"))
        else:
            self._fail("recognizer")

    def _is_silent(self) -> bool:
        """Whether nobody speaks, nor is about to: neither the kiosk nor the hall's loudspeaker."""
        return not self._voices and not self._host.announces()

    def _can_hear(self) -> bool:
        return self._host.devices.is_ready("hearing") and self._host.devices.is_ready("guide")

    def _close(self) -> None:
        """All is forgotten."""
        self._ears.close()
        self._stop_timer()
        self._press, self._heard, self._said = 0, None, None
        if self._state != "off":
            self._tell("off")
        self._face = ""

    # What the speaker tells.

    def speech_began(self, voice: str) -> None:
        """The kiosk speaks, or the hall's loudspeaker: neither must be heard as a citizen."""
        self._voices.add(voice)
        self._ears.close()
        self._stop_timer()
        if self._state in {"listening", "thinking"}:
            self._press = 0
            self._tell("off")

    def speech_ended(self, voice: str) -> None:
        """One voice less; after the last one, in a moment, the microphone may open again."""
        self._voices.discard(voice)
        if self._voices:
            return
        if self._face and self._state in {"off", "waiting"}:
            self._after(QUIET_S, self._begin)

    # What the ears tell; a press that is over is nobody's business any more.

    def began(self, press: int) -> None:
        """The microphone is on."""
        if press == self._press:
            self._tell("listening")

    def level(self, press: int, level: float, *, speech: bool) -> None:
        """How loud it is."""
        if press == self._press:
            self._host.hearing_event(LevelHeard(face=self._face, level=level, speech=speech))

    def thinking(self, press: int) -> None:
        """The question is over and is being read."""
        if press == self._press:
            self._tell("thinking")

    def not_heard(self, press: int, reason: Unheard) -> None:
        """Nothing came of a press."""
        if press == self._press:
            self._fail(reason)

    def went(self) -> None:
        """The ears have gone away."""
        if self._press and self._state != "waiting":
            self._fail("recognizer")

    def heard(self, press: int, readings: Sequence[tuple[str, float]]) -> None:
        """What was said, the best reading first."""
        if press != self._press or not readings:
            return
        self._stop_timer()
        plain = [(written(text), score) for text, score in readings]
        text = plain[0][0]
        if self._dictation:
            self._done(QuestionHeard(face=self._face, text=text, deed="dictated"))
            return
        if (remark := remark_of(text)) and self._remarked(remark, text):
            return
        try:
            hearing = self._guiding.hear(plain, self._face, self._language)
        except CommandRefused:
            self._fail("recognizer")
            return
        self._heard = text, hearing
        if hearing.candidates and self._ears.score(press, hearing.candidates):
            self._after(SCORE_WITHIN_S, lambda: self._settle(()))
        else:
            self._settle(())

    def scored(self, press: int, scores: Sequence[float]) -> None:
        """How well the candidates fit the sound."""
        if press == self._press:
            self._settle(scores)

    def _settle(self, scores: Sequence[float]) -> None:
        """Decide, show and speak."""
        self._stop_timer()
        if self._heard is None:
            return
        (text, hearing), self._heard = self._heard, None
        face = self._face
        try:
            answer = self._guiding.settle(hearing, scores, text, face, self._language)
        except CommandRefused:
            self._fail("recognizer")
            return
        self._press, self._said = 0, answer
        self._tell("off")
        self._face = ""  # the page for asking is left: the microphone stays closed
        self._host.hearing_event(QuestionHeard(face=face, text=text, answer=answer))
        self._speak(answer)

    def _remarked(self, remark: Remark, text: str) -> bool:
        """Do as a remark wants; False where it makes no sense now and may be a question."""
        said = self._said if self._now() < self._talk_until else None
        if remark == "stop":
            self._done(QuestionHeard(face=self._face, text=text, deed="stop"))
        elif said is None:
            return False
        elif remark == "yes" and self._offered:
            self._done(QuestionHeard(face=self._face, text=text, answer=said, deed="take_ticket"))
        elif remark == "slower":
            self._done(QuestionHeard(face=self._face, text=text, answer=said))
            self._speak(said, slowly=True)
        else:
            return False
        return True

    def _speak(self, answer: Answer, *, slowly: bool = False) -> None:
        """The answer, and the one next step that it offers."""
        offers = answer.kind == "answer" and "take_ticket" in answer.next and answer.procedure
        offer = self._mouth.phrase("ask.offer", self._language) if offers else ""
        say = self._mouth.slowly if slowly else self._mouth.aloud
        say(f"{answer.spoken} {offer}".strip(), self._language)
        self._offered, self._talk_until = bool(offers), self._now() + TALK_S

    def _done(self, event: QuestionHeard) -> None:
        self._press, self._offered = 0, False
        self._tell("off")
        self._host.hearing_event(event)

    def _fail(self, reason: Unheard) -> None:
        self._stop_timer()
        self._ears.close()
        self._press, self._heard = 0, None
        self._tell("off", reason)
        if reason:
            self._mouth.say(f"ask.{reason}", {}, self._language)

    def _tell(self, state: ListeningState, reason: Unheard = "") -> None:
        self._state = state
        self._host.hearing_event(ListeningChanged(face=self._face, state=state, reason=reason))

    def _after(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
