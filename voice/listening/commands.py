"""`python -m voice listen` and `python -m voice hear`: the ears as a process, and tried by hand."""

import argparse
import sys

from voice.ear import Ear
from voice.errors import SpeechError
from voice.listening.detector import detector_named
from voice.listening.microphone import microphone_named
from voice.listening.process import listen
from voice.listening.utterance import Utterance
from voice.pipes import take_stdout
from voice.recognizers.opening import open_recognizer


def listen_as_process(arguments: argparse.Namespace) -> None:
    """Be the listening process until standard input closes."""
    events = take_stdout()
    microphone = microphone_named(arguments.microphone)
    listen(lambda: _open_ear(arguments), microphone, sys.stdin.buffer, events)


def hear_by_hand(arguments: argparse.Namespace) -> int:
    """Hear one utterance at the microphone and print how it was read."""
    try:
        ear = _open_ear(arguments)
        utterance = Utterance(microphone_named(arguments.microphone).open(), ear.detector)
        utterance.begin(1, arguments.language)
        sys.stderr.write("speak now\n")
        while not (end := utterance.hear()):
            pass
        utterance.close()
        heard = ear.hear(utterance.sound(), arguments.language)
    except SpeechError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 1
    for one in heard.hypotheses:
        sys.stdout.write(f"{one.score:7.3f}  {one.text}\n")
    sys.stderr.write(f"{heard.seconds:.1f} s of speech, ended by {end}\n")
    return 0


def _open_ear(arguments: argparse.Namespace) -> Ear:
    told = arguments.sentences is not None and arguments.sentences.is_file()
    sentences = arguments.sentences.read_text(encoding="utf-8").splitlines() if told else ()
    recognizer = open_recognizer(arguments.model, sentences=tuple(sentences))
    return Ear(detector_named(arguments.detector), recognizer)
