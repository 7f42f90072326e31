"""Trains the bare letters (voice.recognizers.letters) on questions spoken by espeak-ng.

python -m tools.train_letters --model var/models/whisper-base [--clips 2000] [--rounds 40]

Questions of assets/guide, the unseen half left out, are spoken in many voices, spoilt and encoded
by Whisper; two small layers learn to spell them. Writes assets/voice/letters-<model>.npz. NumPy
alone; about an hour on one core, most of it Whisper's. The same seed gives the same sounds.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import zlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from kiosk.guide.folding import fold
from kiosk.guide.lessons import read_lessons, read_unseen
from tools.speak_questions.distortion import distorted, framed
from tools.speak_questions.mouth import VOICES, Manner, spoken
from tools.train_letters.ctc import Floats, gradient
from voice.recognizers.hearable import RATE, Samples
from voice.recognizers.letters import CLASSES, LETTERS, SHIPPED, Letters
from voice.recognizers.whisper import WhisperRecognizer

GUIDE: Final = Path(__file__).parents[2] / "assets" / "guide"
SEED: Final = 2026
VARIANTS: Final = ("", "", "+f2", "+m3", "+f4", "+m7", "+f5", "+m1")  # throats of espeak-ng
LONGEST: Final = 160  # characters of a question
HIDDEN: Final = 384
BATCH: Final = 16  # sounds
STEP: Final = 2e-3
DROPPED: Final = 0.15  # of the hidden values, in training
HELD_OUT: Final = 20  # one clip in so many tells how it goes


@dataclass(frozen=True, slots=True)
class Clip:
    """The encoder's features of one sound, and the classes of its letters."""

    features: Floats
    text: tuple[int, ...]


def main() -> int:
    """Speak, encode, train, save."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_letters", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of a Whisper model")
    parser.add_argument("--clips", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--nice", type=int, default=19)
    arguments = parser.parse_args()
    os.nice(arguments.nice)
    clips = spoken_clips(WhisperRecognizer(arguments.model, threads=1), arguments.clips)
    held_out, seen = clips[::HELD_OUT], [one for n, one in enumerate(clips) if n % HELD_OUT]
    layers = Layers(np.concatenate([one.features[::4] for one in seen]))
    for number in range(arguments.rounds):
        left = 1 - number / arguments.rounds
        loss = layers.round(seen, STEP * min(1.0, 2 * left), np.random.default_rng(number))
        wrong = layers.error(held_out)
        sys.stdout.write(f"round {number + 1}: {loss:.3f} a letter, {wrong:.3f} held out\n")
    SHIPPED.mkdir(parents=True, exist_ok=True)
    path = SHIPPED / f"letters-{arguments.model.name}.npz"
    half = {name: value.astype(np.float16) for name, value in layers.arrays.items()}
    np.savez_compressed(path, **half)
    return 0


def spoken_clips(recognizer: WhisperRecognizer, count: int) -> list[Clip]:
    """Questions that can be spelt as they are spoken, each in a manner and a hall of its own."""
    unseen = {fold(one.text) for asked in read_unseen(GUIDE).values() for one in asked}
    texts = sorted({one.text for one in read_lessons(GUIDE).questions})
    texts = [one for one in texts if fold(one) not in unseen and spelt(one)]
    Random(SEED).shuffle(texts)
    others: deque[Samples] = deque(maxlen=40)
    clips: list[Clip] = []
    for number in range(count):
        text = texts[number % len(texts)]
        chance = Random(zlib.crc32(f"{text}|{number}".encode()))
        voice = spoken(text, Manner(chance.choice(VOICES) + chance.choice(VARIANTS),
                                    chance.randint(115, 180), chance.randint(20, 80)))  # fmt: skip
        if len(voice) < RATE // 10:
            continue
        sound, _ = distorted(framed(voice), others, chance)
        others.append(voice)
        features = recognizer.encode(sound).sound()
        letters = spelt(text)
        if len(features) > 1.2 * len(letters):  # two like letters need a pause between them
            clips.append(Clip(features.astype(np.float16), letters))
    return clips


def spelt(text: str) -> tuple[int, ...]:
    """The classes of a text's letters; none where it is not spoken as it is spelt."""
    folded = fold(text)
    vowels = all(re.search("[aeiouy]", word) for word in folded.split())
    written_out = len(folded.split()) != len(text.split())  # an abbreviation
    if len(text) > LONGEST or written_out or not vowels or re.search(r"\d", folded):
        return ()
    return tuple(LETTERS.index(letter) + 1 for letter in folded)


class Layers:
    """Two layers in training, by Adam (Kingma and Ba, 2015)."""

    def __init__(self, features: Floats) -> None:
        """`features` are some of those to come: their mean and spread are kept."""
        chance, width = np.random.default_rng(SEED), features.shape[1]
        known = features.astype(np.float32)
        self.arrays: dict[str, Floats] = {
            "mean": known.mean(axis=0),
            "spread": known.std(axis=0) + 1e-3,
            "in": _drawn(chance, width, HIDDEN, 2.0),
            "in_bias": np.zeros(HIDDEN, np.float32),
            "out": _drawn(chance, HIDDEN, CLASSES, 1.0),
            "out_bias": np.zeros(CLASSES, np.float32),
        }
        trained = list(self.arrays)[2:]
        self._first = {name: np.zeros_like(self.arrays[name]) for name in trained}
        self._second = {name: np.zeros_like(self.arrays[name]) for name in trained}
        self._steps = 0

    def round(self, clips: list[Clip], step: float, chance: np.random.Generator) -> float:
        """See each clip once; the loss per letter."""
        lengths = [len(one.features) + chance.integers(0, 8) for one in clips]
        order = np.argsort(lengths, kind="stable")
        batches = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        loss = sum(self._learn([clips[one] for one in batch], step, chance) for batch in batches)
        return loss / max(1, sum(len(one.text) for one in clips))

    def _learn(self, clips: list[Clip], step: float, chance: np.random.Generator) -> float:
        arrays = self.arrays
        lengths = np.array([len(one.features) for one in clips])
        features = np.concatenate([one.features for one in clips]).astype(np.float32)
        known = (features - arrays["mean"]) / arrays["spread"]
        kept = (chance.random((len(known), HIDDEN), np.float32) > DROPPED) / (1 - DROPPED)
        hidden = np.maximum(known @ arrays["in"] + arrays["in_bias"], 0) * kept.astype(np.float32)
        scores = hidden @ arrays["out"] + arrays["out_bias"]
        inside = np.arange(lengths.max()) < lengths[:, None]
        logs = np.zeros((*inside.shape, CLASSES), np.float32)
        logs[inside] = scores
        logs -= logs.max(axis=2, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=2, keepdims=True))
        loss, slope = gradient(logs, lengths, [one.text for one in clips])
        down = slope[inside] * (BATCH / lengths.sum())
        back = (down @ arrays["out"].T) * kept * (hidden > 0)
        slopes = {"in": known.T @ back, "in_bias": back.sum(axis=0),
                  "out": hidden.T @ down, "out_bias": down.sum(axis=0)}  # fmt: skip
        self._step(slopes, step)
        return loss

    def _step(self, slopes: dict[str, Floats], step: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            first = self._first[name] = 0.9 * self._first[name] + 0.1 * slope
            second = self._second[name] = 0.999 * self._second[name] + 0.001 * slope**2
            fair = first / (1 - 0.9**self._steps)
            spread = np.sqrt(second / (1 - 0.999**self._steps)) + 1e-8
            self.arrays[name] -= (step * fair / spread).astype(np.float32)

    def error(self, clips: list[Clip]) -> float:
        """The share of the letters that are wrong."""
        letters = Letters(self.arrays)
        wrong = 0
        for one in clips:
            said = "".join(LETTERS[place - 1] for place in one.text)
            wrong += _distance(said, letters.read(one.features.astype(np.float32))[0])
        return wrong / max(1, sum(len(one.text) for one in clips))


def _drawn(chance: np.random.Generator, rows: int, columns: int, gain: float) -> Floats:
    return (chance.standard_normal((rows, columns)) * np.sqrt(gain / rows)).astype(np.float32)


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        row, above = [at], row
        for place, heard in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != heard)))
    return row[-1]


if __name__ == "__main__":
    sys.exit(main())
