"""The listening process: commands in on standard input, events out on standard output.

    main thread        reads commands; answers Ping while the hearing thread's pulse beats
    hearing thread     loads the model; owns microphone, detector and recogniser; while one of
                       them is missing it looks again from time to time

Sound lives in memory alone, and only from Open to Close.  The process ends when its input closes.
"""

import contextlib
import logging
import os
import queue
from collections.abc import Callable
from typing import IO

from voice import wire
from voice.child import sender, serve
from voice.ear import Ear
from voice.errors import (
    MicrophoneError,
    ModelUnusable,
    NoMicrophone,
    NoScoring,
    RecognizerError,
)
from voice.inbox import Pulse
from voice.listening import wire as ears_wire
from voice.listening.microphone import Microphone
from voice.listening.utterance import Utterance
from voice.lookout import Lookout

log = logging.getLogger(__name__)

LOADING = 60.0  # seconds a model may take from a cold disk
HEARING = 1.3  # a frame, or its time-out
READING = 8.0  # the recogniser on a busy machine
MOST_WAITING = 32  # commands


class ListeningProcess:
    """Both threads, and what they share."""

    def __init__(
        self,
        open_ear: Callable[[], Ear],
        microphone: Microphone,
        send: Callable[[wire.Event], None],
    ) -> None:
        """`open_ear` loads the model (ModelUnusable); `send` is called from both threads."""
        self._open_ear = open_ear
        self._microphone = microphone
        self._send = send
        self._commands: queue.Queue[ears_wire.Commands | None] = queue.Queue(MOST_WAITING)
        self._pulse = Pulse()
        self._ear: Ear | None = None
        self._no_microphone: MicrophoneError | None = None
        self._lookout = Lookout(send)
        self._utterance: Utterance | None = None  # the microphone is open while there is one

    def run(self, commands: IO[bytes]) -> bool:
        """Serve until `commands` ends.  False when the hearing thread hangs and was left."""
        return serve(
            commands,
            lambda line: self._obey(ears_wire.decode_command(line)),
            name="hearing",
            work=self._hear_all,
            send=self._send,
            end=self._end,
        )

    def _end(self) -> None:
        with contextlib.suppress(queue.Full):
            self._commands.put_nowait(None)

    def _obey(self, command: ears_wire.Commands) -> None:
        if isinstance(command, wire.Ping):
            if self._pulse.beats:
                self._send(wire.Pong(command.id))
            return
        try:
            self._commands.put_nowait(command)
        except queue.Full:
            log.warning("a command was dropped: too many wait")

    # The hearing thread

    def _hear_all(self) -> None:
        try:
            self._look()
            while self._serve_next():
                if self._lookout.until == 0:
                    self._look()
        finally:  # an unforeseen fault: the pulse stops, and the owner starts a new process
            self._close()
            self._pulse.within(0)

    def _serve_next(self) -> bool:
        """A command, or else a frame of an open microphone; False at the end."""
        try:
            if self._utterance is None:
                self._pulse.rest()
                command = self._commands.get(timeout=self._lookout.until)
            else:
                command = self._commands.get_nowait()
        except queue.Empty:
            self._hear_frame()
            return True
        if command is None:
            return False
        self._serve(command)
        return True

    def _serve(self, command: ears_wire.Commands) -> None:
        match command:
            case ears_wire.Open():
                self._open()
            case ears_wire.Listen(press, language):
                self._listen(press, language)
            case ears_wire.Finish():
                self._read()
            case ears_wire.Close():
                self._close()
            case ears_wire.Score(press, texts):
                self._send(ears_wire.Scored(press, self._scores(texts)))

    def _open(self) -> None:
        if self._utterance is not None or self._ear is None:
            return
        self._pulse.within(LOADING)
        try:
            self._utterance = Utterance(self._microphone.open(), self._ear.detector)
        except MicrophoneError as error:
            self._lost(error)

    def _listen(self, press: int, language: wire.Language) -> None:
        self._open()
        if self._utterance is None:
            reason: ears_wire.Unheard = "microphone" if self._ear else "recognizer"
            self._send(ears_wire.NotHeard(press, reason))
            return
        self._utterance.begin(press, language)
        self._send(ears_wire.Listening(press))

    def _hear_frame(self) -> None:
        utterance = self._utterance
        if utterance is None:
            return
        self._pulse.within(HEARING)
        try:
            end = utterance.hear()
        except MicrophoneError as error:
            if utterance.press:
                self._send(ears_wire.NotHeard(utterance.press, "microphone"))
            self._lost(error)
            return
        if utterance.press and utterance.level_is_due:
            level = ears_wire.Level(utterance.press, utterance.level, utterance.speech)
            self._send(level)
        if end == "nobody_spoke" and utterance.press:
            self._send(ears_wire.NotHeard(utterance.press, end))
            utterance.rest()
        elif end == "nobody_spoke":
            self._close()
        elif end:
            self._read()

    def _read(self) -> None:
        """The utterance is over: what was said?"""
        if self._utterance is None or self._ear is None or not self._utterance.press:
            return
        press, language = self._utterance.press, self._utterance.language
        sound = self._utterance.sound()
        self._close()  # who is read is not listened to any more
        self._send(ears_wire.Thinking(press))
        self._pulse.within(READING)
        try:
            heard = self._ear.hear(sound, language)
        except RecognizerError as error:
            log.warning("an utterance could not be read: %s", error)
            self._send(ears_wire.NotHeard(press, "recognizer"))
            return
        readings = tuple(
            ears_wire.Reading(one.text[:500], round(one.score, 4))
            for one in heard.hypotheses[: ears_wire.MOST_READINGS]
        )
        if not readings:
            self._send(ears_wire.NotHeard(press, "nobody_spoke"))
            return
        engine = self._ear.recognizer.engine
        self._send(ears_wire.Heard(press, readings, round(heard.seconds, 3), engine))

    def _scores(self, texts: tuple[str, ...]) -> tuple[float, ...]:
        if self._ear is None:
            return ()
        self._pulse.within(READING)
        try:
            return self._ear.recognizer.score(texts)
        except NoScoring:
            return ()
        except RecognizerError as error:
            log.warning("candidates could not be scored: %s", error)
            return ()

    def _close(self) -> None:
        """Let go of the microphone and of all that was heard."""
        utterance, self._utterance = self._utterance, None
        if utterance:
            utterance.close()

    # What is there and what is not

    def _look(self) -> None:
        """See whether somebody could be heard now."""
        self._pulse.within(LOADING)
        problem: wire.Status | None = None
        if self._ear is None:
            try:
                self._ear = self._open_ear()
            except ModelUnusable as error:
                problem = wire.Status("unavailable", "no_model", str(error)[:500])
        try:
            self._microphone.probe()
            self._no_microphone = None
        except MicrophoneError as error:
            self._no_microphone = error
        self._lookout.tell(problem or self._present())
        self._lookout.looked()

    def _lost(self, error: MicrophoneError) -> None:
        self._close()
        self._no_microphone = error
        self._lookout.tell(self._present())

    def _present(self) -> wire.Status:
        if self._ear is None:
            return self._lookout.status
        if self._no_microphone:
            missing = isinstance(self._no_microphone, NoMicrophone)
            reason = "no_microphone" if missing else "microphone_failed"
            return wire.Status("unavailable", reason, str(self._no_microphone)[:500])
        return wire.Status("ready", "", self._ear.recognizer.engine)


def listen(
    open_ear: Callable[[], Ear], microphone: Microphone, commands: IO[bytes], events: IO[bytes]
) -> None:
    """Be the listening process until `commands` closes."""
    if not ListeningProcess(open_ear, microphone, sender(events)).run(commands):
        os._exit(1)
