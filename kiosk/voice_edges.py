"""From config.toml to the voices: the two processes that speak and listen, as ports.

Each keeps its process alive while it runs, and translates what the process tells into words.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from kiosk.config import Config
from kiosk.core.engine import Engine
from kiosk.paths import ASSETS, DataFolder
from kiosk.words import Language, SpeechEnded, SpeechStarted
from voice.listening import wire as ears_wire
from voice.listening.listener import EarsSettings, Listener
from voice.model_folder import engine_of
from voice.speaker import Part, Speaker, SpeakingEvent, SpeechSettings, SpeechStatus
from voice.wire import Status as HearingStatus

SPEECH_AFTER_S = 1.0  # the first page comes first; two cores start no faster by starting more
HEARING_AFTER_S = 2.0
GRAMMAR_WITHIN_S = 20.0  # the guide has read its sentences by then


class SpeechEdge:
    """The voice process as the core's port wants it; silent where speech is switched off."""

    def __init__(self, config: Config, data: DataFolder, engine: Engine) -> None:
        self._engine = engine
        settings = SpeechSettings(
            cache=data.speech,
            recorded=ASSETS / "sounds" / "recorded",
            rate=config.speech.rate_wpm,
            volume=config.speech.volume,
            output=config.speech.output,
            piper=config.speech.piper,
        )
        self.speaker = Speaker(
            settings,
            on_status=self._is,
            on_speaking=self._began,
            on_spoken=lambda event: engine.speech(SpeechEnded(interrupted=event.interrupted)),
        )
        self._enabled = config.speech.enabled
        self._volume = config.speech.volume
        self._level = 1.0

    def set_volume(self, volume: float) -> None:
        """From the next sentence on; 0.0 to 1.0."""
        self._volume = volume
        self._level = 1.0
        if self._enabled:
            self.speaker.set_volume(volume)

    def say(
        self,
        sentences: Sequence[tuple[str, str]],
        language: Language,
        *,
        slowly: bool = False,
        level: float = 1.0,
    ) -> None:
        """See kiosk.ports.Speaker."""
        if self._enabled:
            if level != self._level:
                self._level = level
                self.speaker.set_volume(self._volume * level)
            parts = [Part(text=text, key=key) for key, text in sentences]
            self.speaker.say(parts, language, slowly=slowly)

    def stop(self) -> None:
        """See kiosk.ports.Speaker."""
        self.speaker.stop()

    async def run(self) -> None:
        """See kiosk.ports.Speaker."""
        if not self._enabled:
            self._engine.speech_is("unavailable", reason="switched_off", detail="")
            await asyncio.Event().wait()
        await asyncio.sleep(SPEECH_AFTER_S)
        await self.speaker.run()

    def _is(self, status: SpeechStatus) -> None:
        self._engine.speech_is(status.state, reason=status.reason, detail=status.detail)

    def _began(self, event: SpeakingEvent) -> None:
        self._engine.speech(
            SpeechStarted(
                text=event.text,
                seconds=event.seconds,
                silent=event.silent,
                wav=tuple(str(path) for path in event.wav_paths),
            )
        )


class EarsEdge:
    """The listening process as the core's port wants it; deaf where that is switched off."""

    def __init__(self, config: Config, data: DataFolder, engine: Engine) -> None:
        self._engine = engine
        self._enabled = config.voice.enabled
        self._grammar = data.grammar if wants_grammar(config, data) else None
        settings = EarsSettings(
            model=str(data.model(config.voice.model)),
            microphone=config.voice.microphone,
            detector=config.voice.detector,
            sentences=str(self._grammar or ""),
        )
        self._listener = Listener(settings, on_status=self._is, on_event=self._take)
        self.open, self.listen = self._listener.open, self._listener.listen
        self.finish, self.close = self._listener.finish, self._listener.close
        self.score = self._listener.score

    async def run(self) -> None:
        """See kiosk.ports.Ears."""
        if not self._enabled:
            self._engine.hearing_is("unavailable", reason="switched_off", detail="")
            await asyncio.Event().wait()
        await asyncio.sleep(HEARING_AFTER_S)
        with contextlib.suppress(TimeoutError):  # it then listens freely
            async with asyncio.timeout(GRAMMAR_WITHIN_S):
                while self._grammar is not None and not self._grammar.exists():
                    await asyncio.sleep(0.2)
        await self._listener.run()

    def _is(self, status: HearingStatus) -> None:
        self._engine.hearing_is(status.state, reason=status.reason, detail=status.detail)

    def _take(self, event: ears_wire.Events) -> None:
        listening = self._engine.listening
        match event:
            case ears_wire.Listening(press):
                listening.began(press)
            case ears_wire.Level(press, level, speech):
                listening.level(press, level, speech=speech)
            case ears_wire.Thinking(press):
                listening.thinking(press)
            case ears_wire.Heard(press, readings):
                listening.heard(press, [(one.text, one.score) for one in readings])
            case ears_wire.NotHeard(press, reason):
                listening.not_heard(press, reason)
            case ears_wire.Scored(press, scores):
                listening.scored(press, scores)


def wants_grammar(config: Config, data: DataFolder) -> bool:
    """Whether the recogniser of this kiosk listens for sentences that are written down for it."""
    return config.voice.enabled and engine_of(data.model(config.voice.model)) == "vosk"
