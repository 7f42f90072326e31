"""The voice process: commands in on standard input, events out on standard output.

    main thread       reads commands; answers Ping while the speaking thread's pulse beats
    speaking thread   makes the sounds of a phrase, plays them, tells how it went; while speech is
                      unavailable it looks again from time to time

The process ends when its input closes.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from voice import wire
from voice.cache import Cache
from voice.child import sender, serve
from voice.errors import NoSynthesiser, OutputError, SynthesiserError
from voice.inbox import Inbox, Pulse
from voice.lookout import Lookout
from voice.output import output_named
from voice.phrases import speakable
from voice.piper import PiperSynthesiser
from voice.playback import Output, Player
from voice.recorded import Recordings
from voice.sound import Sound
from voice.studio import Clip, Studio
from voice.synthesiser import Synthesiser

MAKING = 30.0  # the synthesiser's own time-outs end long before
PLAYING = 3.0  # one block, or opening the card


class VoiceProcess:
    """Both threads, and what they share."""

    def __init__(self, studio: Studio, player: Player, send: Callable[[wire.Event], None]) -> None:
        """`send` is called from both threads and must be safe for that."""
        self._studio = studio
        self._player = player
        self._send = send
        self._inbox = Inbox()
        self._pulse = Pulse()
        self._lookout = Lookout(send)
        self._no_voice: SynthesiserError | None = None
        self._no_card: OutputError | None = None

    def run(self, commands: IO[bytes]) -> bool:
        """Serve until `commands` ends.  False when the speaking thread hangs and was left."""
        return serve(
            commands,
            lambda line: self._obey(wire.decode_command(line)),
            name="speaking",
            work=self._speak_all,
            send=self._send,
            end=self._inbox.end,
        )

    def _obey(self, command: wire.Commands) -> None:
        match command:
            case wire.Say():
                self._inbox.put(command)
            case wire.Stop():
                self._inbox.put(None)
            case wire.Volume(level):
                self._player.level = level
            case wire.Ping(id):
                if self._pulse.beats:
                    self._send(wire.Pong(id))

    # The speaking thread

    def _speak_all(self) -> None:
        try:
            self._serve()
        finally:  # an unforeseen fault: the pulse stops, and the owner starts a new process
            self._pulse.within(0)

    def _serve(self) -> None:
        self._look()
        while not self._inbox.ended:
            self._pulse.rest()
            say = self._inbox.take(self._lookout.until)
            if say:
                self._speak(say)
            if self._lookout.until == 0:
                self._look()

    def _look(self) -> None:
        """See whether a phrase could be made and heard now."""
        self._pulse.within(MAKING)
        self._no_voice = self._no_card = None
        try:
            self._studio.check()
        except SynthesiserError as error:
            self._no_voice = error
        try:
            self._player.output.probe()
        except OutputError as error:
            self._no_card = error
        self._lookout.tell(self._present())
        self._lookout.looked()

    def _speak(self, say: wire.Say) -> None:
        clips = self._make(say)
        captions = (speakable(part.text, part.language or say.language) for part in say.parts)
        self._send(
            wire.Speaking(
                id=say.id,
                text=" ".join(filter(None, captions)),
                wav_paths=tuple(str(clip.path) for clip in clips or () if clip.path),
                seconds=round(sum(clip.sound.seconds for clip in clips or ()), 3),
                silent=clips is None or not self._audible,
            )
        )
        heard = clips is not None and self._play([clip.sound for clip in clips], say.level)
        self._inbox.done()
        self._lookout.tell(self._present())
        self._send(wire.Spoken(say.id, not heard, self._inbox.unwanted.is_set()))

    @property
    def _audible(self) -> bool:
        return not self._player.output.silent and self._no_card is None

    def _make(self, say: wire.Say) -> list[Clip] | None:
        """The sounds of all parts; None when one is missing: half a phrase would mislead."""
        self._pulse.within(MAKING)
        try:
            made = [self._studio.clip(part, say.language, slowly=say.slowly) for part in say.parts]
        except SynthesiserError as error:
            self._no_voice = error
            return None
        return [clip for clip in made if clip]

    def _play(self, sounds: list[Sound], level: float | None) -> bool:
        """Whether the phrase could be heard, to its end or until it was cut off."""
        if not self._audible:
            return False
        try:
            self._player.play(
                sounds, self._inbox.unwanted, lambda: self._pulse.within(PLAYING), level=level
            )
        except OutputError as error:
            self._no_card = error
            return False
        return True

    def _present(self) -> wire.Status:
        if self._no_voice:
            missing = isinstance(self._no_voice, NoSynthesiser)
            reason = "no_synthesiser" if missing else "synthesiser_failed"
            return wire.Status("unavailable", reason, str(self._no_voice)[:500])
        if self._no_card:
            return wire.Status("unavailable", "no_sound_card", str(self._no_card)[:500])
        return wire.Status("ready", "no_output" if self._player.output.silent else "")


def speak(
    *,
    cache: Path,
    recorded: Path,
    rate: int,
    volume: float,
    output: Output | str,
    piper: Path | None = None,
    commands: IO[bytes],
    events: IO[bytes],
) -> None:
    """Be the voice process until `commands` closes.  `output` is an Output or its setting."""
    synthesiser = PiperSynthesiser(rate=rate, model=piper) if piper else Synthesiser(rate=rate)
    studio = Studio(Cache(cache), Recordings(recorded), synthesiser)
    sink = output_named(output) if isinstance(output, str) else output
    process = VoiceProcess(studio, Player(sink, level=volume), sender(events))
    if not process.run(commands):
        os._exit(1)
    synthesiser.close()
