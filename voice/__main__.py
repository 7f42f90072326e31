"""`python -m voice`: the voice process, and speech tried by hand.

python -m voice speak --cache DIR --recorded DIR    commands in, events out (see voice.wire)
python -m voice say "Số của ông bà là A007"         say it, here and now
python -m voice say --to hello.wav "Xin chào!"      or keep it
python -m voice listen --model FOLDER               commands in, events out (voice.listening.wire)
python -m voice hear --model FOLDER                 write down what is said, here and now
"""

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path
from types import ModuleType

from voice import saying, sound
from voice.errors import SpeechError
from voice.output import output_named
from voice.phrases import LANGUAGES, speakable
from voice.pipes import take_stdout
from voice.playback import Player
from voice.process import speak


def main() -> int:
    """Run a command; the exit status is 1 when speech is not possible."""
    arguments = _parser().parse_args()
    logging.basicConfig(level=logging.INFO, format="voice: %(levelname)s %(message)s")
    if arguments.command == "say":
        return _say(arguments)
    if arguments.command == "hear":
        return int(_ears().hear_by_hand(arguments))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner, who closes our input
    if arguments.command == "listen":
        _ears().listen_as_process(arguments)
        return 0
    speak(
        cache=arguments.cache,
        recorded=arguments.recorded,
        rate=arguments.rate,
        volume=arguments.volume,
        output=arguments.output,
        piper=arguments.piper,
        commands=sys.stdin.buffer,
        events=take_stdout(),
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m voice", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    voice_process = commands.add_parser("speak", help="be the voice process")
    voice_process.add_argument("--cache", type=Path, required=True, help="folder of made sounds")
    voice_process.add_argument("--piper", type=Path, help="a Piper voice (.onnx) for Vietnamese")
    say = commands.add_parser("say", help="say a text by hand")
    say.add_argument("text")
    say.add_argument("--language", choices=LANGUAGES, default="vi")
    say.add_argument("--to", type=Path, metavar="FILE.wav", help="write the sound, play nothing")
    _add_listening(commands)
    for command in (voice_process, say):
        command.add_argument("--recorded", type=Path, default=Path("assets/sounds/recorded"))
        command.add_argument("--rate", type=int, default=140, help="words a minute (140)")
        command.add_argument("--volume", type=_level, default=1.0, help="0 to 1 (1)")
        command.add_argument("--output", default="auto", help='"auto", "none" or a card\'s name')
    return parser


def _add_listening(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    process = commands.add_parser("listen", help="be the listening process")
    by_hand = commands.add_parser("hear", help="write down what is said")
    for command in (process, by_hand):
        command.add_argument("--model", type=Path, required=True, help="folder of a recogniser")
        command.add_argument(
            "--microphone", default="auto", help='"auto", "none", "file:PATH.wav" or a card\'s name'
        )
        command.add_argument("--detector", choices=("silero", "webrtc"), default="silero")
        command.add_argument("--sentences", type=Path, help="grammar of a Vosk model, one a line")
    by_hand.add_argument("--language", choices=("vi", "en"), default="vi")


def _ears() -> ModuleType:
    from voice.listening import commands  # noqa: PLC0415 - NumPy and engines, for ears alone

    return commands


def _level(text: str) -> float:
    level = float(text)
    if not 0 <= level <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return level


def _say(arguments: argparse.Namespace) -> int:
    sys.stdout.write(speakable(arguments.text, arguments.language) + "\n")
    try:
        spoken = saying.made(
            arguments.text, arguments.language, rate=arguments.rate, recorded=arguments.recorded
        )
        if spoken and arguments.to:
            with arguments.to.open("wb") as file:
                sound.write(spoken, file)
        elif spoken and arguments.output != "none":
            player = Player(output_named(arguments.output), level=arguments.volume)
            player.play([spoken], threading.Event())
    except SpeechError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
