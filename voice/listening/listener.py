"""The owner's side of the listening process: kept alive, asked to listen, tells what it heard.

All of it runs in the owner's asyncio loop, and nothing waits: where the process is away, `listen`
says so at once and touch goes on.
"""

import logging
import sys
from collections.abc import Callable, Sequence

from msgspec import Struct

from voice.kept_child import KeptChild
from voice.listening import wire as ears_wire
from voice.wire import Hello, Language, Status

__all__ = ["EarsSettings", "Listener"]

log = logging.getLogger(__name__)


class EarsSettings(Struct, frozen=True, kw_only=True):
    """How the listening process is started."""

    model: str  # the folder of the recogniser's model
    microphone: str = "auto"  # "auto", "none", "file:PATH.wav" or a card's name
    detector: str = "silero"  # "silero" or "webrtc"
    sentences: str = ""  # a file, one sentence a line: the grammar of a Vosk model

    def command(self) -> list[str]:
        """The command line of the process."""
        options = {
            "--model": self.model,
            "--microphone": self.microphone,
            "--detector": self.detector,
        }
        if self.sentences:
            options["--sentences"] = self.sentences
        words = [word for pair in options.items() for word in pair]
        return [sys.executable, "-m", "voice", "listen", *words]


class Listener:
    """Ears for an asyncio program.  The callbacks are called in its loop."""

    def __init__(
        self,
        settings: EarsSettings,
        *,
        on_status: Callable[[Status], None] = lambda status: None,
        on_event: Callable[[ears_wire.Events], None] = lambda event: None,
        command: Sequence[str] | None = None,
    ) -> None:
        """`on_event` hears Listening, Level, Thinking, Heard, NotHeard and Scored.

        `on_status` hears each change of how hearing is: ready, starting or unavailable with one
        of the reasons "no_model", "no_microphone", "microphone_failed", "ended", "hung",
        "version".  `command` replaces the process, for tests.
        """
        self.child = KeptChild(
            "listening",
            command or settings.command(),
            decode=ears_wire.decode_event,
            on_event=self._take,
            on_gone=self._tell,
        )
        self._on_status = on_status
        self._on_event = on_event
        self._status = Status("starting", "not_started")

    @property
    def status(self) -> Status:
        """Whether somebody could be heard now."""
        return self._status

    def open(self) -> None:
        """Open the microphone for the moments before a press."""
        self.child.send(ears_wire.Open())

    def listen(self, press: int, language: Language) -> bool:
        """Hear one utterance; False when nobody can."""
        return self._status.state == "ready" and self.child.send(ears_wire.Listen(press, language))

    def finish(self) -> None:
        """The utterance is over now."""
        self.child.send(ears_wire.Finish())

    def close(self) -> None:
        """Close the microphone and forget."""
        self.child.send(ears_wire.Close())

    def score(self, press: int, texts: Sequence[str]) -> bool:
        """Ask how well texts fit what was heard; False when nobody can tell."""
        return self.child.send(ears_wire.Score(press, tuple(texts)))

    async def run(self) -> None:
        """Keep the process alive until cancelled; then end it and leave nothing behind."""
        await self.child.run()

    def _take(self, event: ears_wire.Events) -> None:
        match event:
            case Hello():
                pass
            case Status():
                self._tell(event)
            case _:
                self._on_event(event)

    def _tell(self, status: Status) -> None:
        before, self._status = self._status, status
        if (before.state, before.reason) == (status.state, status.reason):
            return
        if status.state == "unavailable":
            log.warning("hearing is unavailable: %s %s", status.reason, status.detail)
        elif status.state == "ready":
            log.info("hearing is ready: %s", status.detail)
        self._on_status(status)
