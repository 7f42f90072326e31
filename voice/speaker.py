"""The owner's side of the voice process: keeps it alive, sends what to say, tells what was said.

All of it runs in the owner's asyncio loop.  `say` and `stop` never wait: where the process is
away, a phrase is dropped and its caption on the screen has to do.
"""

import itertools
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, ValidationError, convert, to_builtins

from voice import wire
from voice.kept_child import KeptChild
from voice.wire import Part

__all__ = ["Part", "Speaker", "SpeakingEvent", "SpeechSettings", "SpeechStatus", "SpokenEvent"]

log = logging.getLogger(__name__)


class SpeechSettings(Struct, frozen=True, kw_only=True):
    """How the voice process is started."""

    cache: Path  # folder of made WAVs; it is created
    recorded: Path  # folder of recordings, <language>/<key>.wav; may be missing
    rate: int = 140  # words a minute
    volume: float = 1.0  # 0 to 1
    output: str = "auto"  # "auto", "none", or the name of a sound card
    piper: str = ""  # a Piper voice (.onnx) for Vietnamese; "" is espeak-ng

    def command(self) -> list[str]:
        """The command line of the process."""
        options: dict[str, object] = {
            "--cache": self.cache,
            "--recorded": self.recorded,
            "--rate": self.rate,
            "--volume": self.volume,
            "--output": self.output,
        }
        if self.piper:
            options["--piper"] = self.piper
        words = [str(word) for pair in options.items() for word in pair]
        return [sys.executable, "-m", "voice", "speak", *words]


class SpeechStatus(Struct, frozen=True):
    """Whether the kiosk can be heard.

    `reason` is a stable word: "", "no_output" (silence is configured), "no_sound_card",
    "no_synthesiser", "synthesiser_failed", "ended", "hung", "version", "not_started".  `detail`
    is for the log.
    """

    state: Literal["ready", "starting", "unavailable"]
    reason: str = ""
    detail: str = ""


class SpeakingEvent(Struct, frozen=True):
    """A phrase begins.

    `text` is its caption, `wav_paths` its sounds in order, `seconds` their length; `silent` when
    nobody can hear it.
    """

    text: str
    wav_paths: tuple[Path, ...]
    seconds: float
    silent: bool


Ending = Literal["said", "silent", "lost"]
"""How an announcement ended: heard, made where nobody can hear it, or lost with the process."""


class _Announcement(Struct, frozen=True):
    id: int
    on_begin: Callable[[float, bool], None]
    on_end: Callable[[Ending], None]


class SpokenEvent(Struct, frozen=True):
    """The phrase that began last has ended; `interrupted` when it was cut off."""

    silent: bool
    interrupted: bool = False


class Speaker:
    """Speech for an asyncio program.  The callbacks are called in its loop."""

    def __init__(
        self,
        settings: SpeechSettings,
        *,
        on_status: Callable[[SpeechStatus], None] = lambda status: None,
        on_speaking: Callable[[SpeakingEvent], None] = lambda event: None,
        on_spoken: Callable[[SpokenEvent], None] = lambda event: None,
        command: Sequence[str] | None = None,
    ) -> None:
        """`command` replaces the voice process, for tests."""
        self.child = KeptChild(
            "voice",
            command or settings.command(),
            decode=wire.decode_event,
            on_event=self._take,
            on_gone=self._gone,
        )
        self._on_status = on_status
        self._on_speaking = on_speaking
        self._on_spoken = on_spoken
        self._status = SpeechStatus("starting", "not_started")
        self._ids = itertools.count(1)
        self._last_said = 0
        self._announcement: _Announcement | None = None
        self._volume = settings.volume

    @property
    def status(self) -> SpeechStatus:
        """Whether the kiosk can be heard now."""
        return self._status

    @property
    def speaking(self) -> bool:
        """Whether a phrase was sent and has not ended yet."""
        return self._last_said != 0

    def say(self, parts: Sequence[Part], language: str, *, slowly: bool = False) -> None:
        """Speak the parts one after the other; what is being said is cut off.

        Returns at once.  Dropped with a line in the log when the process is away or the phrase is
        not sound (an unknown language, over 32 parts, a text over 1,000 letters).
        """
        command = self._phrase(parts, language, slowly=slowly)
        if command is None:
            return
        if self.child.send(command):
            self._last_said = command.id
        else:
            log.info("a phrase could not be sent")

    def announce(
        self,
        parts: Sequence[Part],
        language: str,
        *,
        level: float,
        on_begin: Callable[[float, bool], None],
        on_end: Callable[[Ending], None],
    ) -> bool:
        """Speak the parts to their end, after what is being said; at this loudness, 0 to 1.

        Returns at once: False where it cannot be said now, and then neither callback comes.
        Otherwise `on_begin` is told its seconds and whether nobody hears it, unless it is lost
        before; `on_end` comes once in any case.  One at a time: False while another one lasts.
        """
        command = self._phrase(parts, language, whole=True, level=level)
        if self._announcement or command is None or not self.child.send(command):
            return False
        self._announcement = _Announcement(command.id, on_begin, on_end)
        return True

    def _phrase(
        self, parts: Sequence[Part], language: str, **more: bool | float
    ) -> wire.Say | None:
        fields = {"type": "say", "id": next(self._ids), "language": language, **more}
        try:
            return convert({**fields, "parts": to_builtins(parts)}, wire.Say)
        except ValidationError as error:
            log.warning("a phrase was dropped: %s", error)
            return None

    def stop(self) -> None:
        """Be silent at once.  Returns at once."""
        self.child.send(wire.Stop())

    def set_volume(self, level: float) -> None:
        """Loudness from now on, 0 to 1 (held to that range); survives a restart."""
        self._volume = min(1.0, max(0.0, level))
        self.child.send(wire.Volume(self._volume))

    async def run(self) -> None:
        """Keep the voice process alive until cancelled; then end it and leave nothing behind."""
        await self.child.run()

    def _gone(self, why: wire.Status) -> None:
        self._last_said = 0
        self._announced("lost")
        self._tell(SpeechStatus(why.state, why.reason, why.detail))

    def _take(self, event: wire.Events) -> None:
        match event:
            case wire.Hello():
                self.child.send(wire.Volume(self._volume))
            case wire.Status(state, reason, detail):
                self._tell(SpeechStatus(state, reason, detail))
            case wire.Speaking(id, _, _, seconds, silent) if self._is_announcement(id):
                assert self._announcement is not None
                self._announcement.on_begin(seconds, silent)
            case wire.Spoken(id, silent, _) if self._is_announcement(id):
                self._announced("silent" if silent else "said")
            case wire.Speaking(_, text, wav_paths, seconds, silent):
                paths = tuple(map(Path, wav_paths))
                self._on_speaking(SpeakingEvent(text, paths, seconds, silent))
            case wire.Spoken(id, silent, interrupted):
                if id == self._last_said:
                    self._last_said = 0
                self._on_spoken(SpokenEvent(silent, interrupted))

    def _is_announcement(self, say_id: int) -> bool:
        return self._announcement is not None and self._announcement.id == say_id

    def _announced(self, ending: Ending) -> None:
        ended, self._announcement = self._announcement, None
        if ended is not None:
            ended.on_end(ending)

    def _tell(self, status: SpeechStatus) -> None:
        before, self._status = self._status, status
        if before == status:
            return
        if status.state == "unavailable":
            log.warning("speech is unavailable: %s %s", status.reason, status.detail)
        elif status.state == "ready":
            log.info("speech is ready %s", status.detail)
        self._on_status(status)
