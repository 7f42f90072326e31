"""Speaks the questions of assets/guide, spoils the sound and writes down what a recogniser heard.

python -m tools.speak_questions --model var/models/whisper-base [--takes 3] [--most 2000]

Appends to assets/guide/heard/<engine>.jsonl, one line a clip: the question, the take, how it was
said, up to three readings in words, and the bare letters. No sound is kept. What is in the file is
not spoken again, so that it can be stopped at any time. About two clips a second on one core. The
unseen half of the questions is never spoken here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from kiosk.guide.folding import fold
from kiosk.guide.lessons import read_lessons, read_unseen
from tools.speak_questions.distortion import distorted, framed
from tools.speak_questions.mouth import drawn, spoken
from voice.errors import SpeechError
from voice.gates import gated
from voice.recognizers.hearable import RATE, Samples
from voice.recognizers.whisper import WhisperRecognizer

GUIDE: Final = Path(__file__).parents[2] / "assets" / "guide"
SHORTEST: Final = 0.1  # seconds
LONGEST_TEXT: Final = 160  # characters: who tells more is cut short after ten seconds
BYSTANDERS: Final = 40  # sounds remembered for babble
READINGS: Final = 3
SEED: Final = 2026


def main() -> int:
    """Speak, listen, write; 1 when the model cannot be used."""
    arguments = _parser().parse_args()
    os.nice(arguments.nice)
    try:
        recognizer = WhisperRecognizer(arguments.model, threads=1)
    except SpeechError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 1
    path = arguments.to / f"espeak-{arguments.model.name}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    others: deque[Samples] = deque(maxlen=BYSTANDERS)
    count = 0
    with path.open("a", encoding="utf-8") as file:
        for text, take in _to_speak(path, arguments.takes):
            if count == arguments.most:
                break
            row = _heard(recognizer, text, take, others)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            count += 1
            if count % 100 == 0:
                sys.stdout.write(f"{count} clips\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.speak_questions", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of a Whisper model")
    parser.add_argument("--to", type=Path, default=GUIDE / "heard", help="folder of the pairs")
    parser.add_argument("--takes", type=int, default=1, help="times each question is spoken (1)")
    parser.add_argument("--most", type=int, default=-1, help="clips of this run (all)")
    parser.add_argument("--nice", type=int, default=19, help="politeness to other programs (19)")
    return parser


def _to_speak(path: Path, takes: int) -> Iterator[tuple[str, int]]:
    """All first takes in a shuffled order, then all second ones; not what is in the file."""
    unseen = {fold(one.text) for asked in read_unseen(GUIDE).values() for one in asked}
    texts = sorted({one.text for one in read_lessons(GUIDE).questions})
    texts = [one for one in texts if fold(one) not in unseen and len(one) <= LONGEST_TEXT]
    Random(SEED).shuffle(texts)
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
    done = {(row["question"], row["take"]) for row in rows}
    for take in range(1, takes + 1):
        yield from ((text, take) for text in texts if (text, take) not in done)


def _heard(
    recognizer: WhisperRecognizer, text: str, take: int, others: deque[Samples]
) -> dict[str, object]:
    chance = Random(zlib.crc32(f"{text}|{take}".encode()))
    manner = drawn(chance)
    voice = spoken(text, manner)
    sound, around = distorted(framed(voice), others, chance)
    if len(voice) > SHORTEST * RATE:
        others.append(voice)
    readings = gated(recognizer.hear(sound)).hypotheses
    words = {fold(one.text): one.text for one in readings if not one.bare}
    return {
        "question": text,
        "take": take,
        "how": ", ".join(filter(None, (str(manner), around))),
        "heard": [text for folded, text in words.items() if folded][:READINGS],
        "letters": "".join(one.text for one in readings if one.bare),
    }


if __name__ == "__main__":
    sys.exit(main())
