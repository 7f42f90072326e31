"""Row 12: from the end of speech to the answer, and how often what was heard is understood.

Unseen questions (the half of assets/guide/questions/halved that nothing was trained or tuned on)
are spoken by espeak-ng's three voices with a fixed seed, heard by whisper-base and decided as on
the running kiosk, over the 871 ward procedures where the national list is beside the checkout
(shared/data), else over what ships. espeak-ng is the hardest speaker there is; recordings of real
people asking in a hall were not to be had (`kiosk voice field-test` measures them in a ward). With
the ten recorded sentences of shared/speech: word errors, and the right one among 60.
"""

from __future__ import annotations

import json
import re
import shutil
import time
import unicodedata
from collections.abc import Sequence
from random import Random
from typing import Final

from bench.figures import Figure, p50, percentile
from bench.wards import SHARED, ward_procedures
from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.hearing import Understanding, Understood, phrases_of
from kiosk.guide.intents import Intents
from kiosk.guide.lessons import read_lessons, read_unseen
from kiosk.guide.model import Model
from kiosk.guide.questions import Question
from kiosk.guide.search import Search
from kiosk.paths import ASSETS, DEFAULT_DATA
from tools.speak_questions.distortion import babble, framed, hall, mixed
from tools.speak_questions.mouth import VOICES, Manner, spoken
from voice.ear import Ear
from voice.listening.detector import SileroDetector
from voice.recognizers import hearable
from voice.recognizers.hearable import RATE, Samples
from voice.recognizers.whisper import WhisperRecognizer

MODEL: Final = DEFAULT_DATA / "models" / "whisper-base"
GUIDE: Final = ASSETS / "guide"
SPEECH: Final = SHARED / "speech"
SEED: Final = 2026
ASKED: Final = 150  # questions; all of them take half an hour
LONGEST: Final = 160  # characters of a question
CANDIDATES: Final = 60
SNR: Final = 10.0  # dB
NOISE_MINUTES: Final = 10


def measure() -> list[Figure]:
    """Nothing where the model or espeak-ng is missing: one figure then says so."""
    if not MODEL.is_dir() or shutil.which("espeak-ng") is None:
        return [
            Figure(row=12, what="heard: no whisper-base or no espeak-ng here", value=0, unit="")
        ]
    ear = Ear(SileroDetector(), WhisperRecognizer(MODEL))
    figures = _understood(ear)
    figures += _noise_alone(ear)
    if SPEECH.is_dir():
        figures += _recorded(ear)
    return figures


def understanding() -> Understanding:
    """As the running kiosk has it after an import."""
    ward = ward_procedures(read_shipped(ASSETS / "catalogue").procedures)
    search = Search(ward, Model.load(GUIDE / "voice.bin"))
    intents = Intents(Model.load(GUIDE / "intents.bin"))
    return Understanding(search, intents, phrases_of(read_lessons(GUIDE).questions, ward))


def asked() -> list[tuple[Question, Samples]]:
    """The unseen questions that are asked, with their sounds: always the same."""
    chance = Random(SEED)
    every = [one for asked in read_unseen(GUIDE).values() for one in asked]
    short = sorted({one.text: one for one in every if len(one.text) <= LONGEST}.items())
    drawn = chance.sample(short, min(ASKED, len(short)))
    return [
        (
            question,
            framed(spoken(text, Manner(VOICES[number % len(VOICES)], chance.randint(125, 165),
                                       chance.randint(30, 70)))),
        )
        for number, (text, question) in enumerate(drawn)
    ]  # fmt: skip


def decided(ear: Ear, guide: Understanding, sound: Samples) -> tuple[Understood | None, float]:
    """What the kiosk makes of a sound, and the seconds that it took."""
    begin = time.perf_counter()
    heard = ear.hear(sound)
    if not heard.hypotheses:
        return None, time.perf_counter() - begin
    guesses = guide.guesses([(one.text, one.score) for one in heard.hypotheses])
    scores = ear.recognizer.score(tuple(one.text for one in guesses.phrases))
    return guesses.understood(scores), time.perf_counter() - begin


def _understood(ear: Ear) -> list[Figure]:
    guide, pairs = understanding(), asked()
    first = four = acted = wrong = 0
    seconds, encoded = [], []
    for question, sound in pairs:
        understood, took = decided(ear, guide, sound)
        seconds.append(took)
        begin = time.perf_counter()
        ear.recognizer.encode(sound)
        encoded.append(time.perf_counter() - begin)
        hits = understood.found.hits if understood else ()
        right = [hit.code in question.codes for hit in hits]
        first += right[:1] == [True]
        four += any(right)
        if understood and understood.decision == "act":
            acted += 1
            wrong += understood.meant.intent != "procedure" or not right[0]
    of = f"of {len(pairs)}"
    return [
        Figure(row=12, what="end of speech → answer, p50", value=p50(seconds), unit="s",
               at_most=1.2, floor=p50(encoded), note="floor: the encoder alone"),
        Figure(row=12, what="end of speech → answer, p95", value=percentile(seconds, 0.95),
               unit="s", at_most=2.0, floor=percentile(encoded, 0.95)),
        Figure(row=12, what="heard: right procedure not first", value=1 - first / len(pairs),
               unit=of, at_most=0.4, note="espeak-ng, unseen questions"),
        Figure(row=12, what="heard: not among four", value=1 - four / len(pairs), unit=of,
               at_most=0.2),
        Figure(row=12, what="heard: acted on wrongly", value=wrong / len(pairs), unit=of,
               at_most=0.03, note=f"acted on {acted}"),
    ]  # fmt: skip


def _noise_alone(ear: Ear) -> list[Figure]:
    """Ten minutes of a hall in pieces of ten seconds: what is taken for a question."""
    chance = Random(SEED)
    pieces = [hall(10 * RATE, chance) for _ in range(6 * NOISE_MINUTES)]
    taken = sum(bool(ear.hear(0.1 * piece / abs(piece).max()).hypotheses) for piece in pieces)
    return [Figure(row=12, what=f"{NOISE_MINUTES} min of noise: taken for speech", value=taken,
                   unit="times", at_most=0)]  # fmt: skip


def _recorded(ear: Ear) -> list[Figure]:
    """The ten recorded sentences: word errors, and the right one among 60."""
    lines = (SPEECH / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    sounds = [hearable.read(SPEECH / row["file"]) for row in rows]
    texts = [row["text"] for row in rows]
    pool = [one.text for one in read_lessons(GUIDE).questions if 15 < len(one.text) < LONGEST // 2]
    chance = Random(SEED)
    candidates = (*texts, *chance.sample(pool, CANDIDATES - len(texts)))
    wrong = words = 0
    for text, sound in zip(texts, sounds, strict=True):
        wrong += _distance(_words(text), _words(ear.text(sound)))
        words += len(_words(text))
    figures = [Figure(row=12, what="recorded: word errors", value=wrong / words,
                      unit=f"of {words}", at_most=0.30)]  # fmt: skip
    around = {
        "quiet": lambda sound: sound,
        "hall noise at 10 dB": lambda sound: mixed(sound, hall(len(sound), chance), SNR),
        "babble at 10 dB": lambda sound: mixed(sound, babble(sounds, len(sound), chance), SNR),
    }
    for name, spoil in around.items():
        missed = 0
        for text, sound in zip(texts, sounds, strict=True):
            ear.recognizer.hear(spoil(sound))
            scores = ear.recognizer.score(candidates)
            missed += candidates[scores.index(max(scores))] != text
        figures.append(
            Figure(row=12, what=f"recorded: not found among {CANDIDATES}, {name}", value=missed,
                   unit=f"of {len(texts)}", at_most=0 if name == "quiet" else 1)
        )  # fmt: skip
    return figures


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Words put in, left out or exchanged."""
    row = list(range(len(other) + 1))
    for at, word in enumerate(one, 1):
        row, above = [at], row
        for place, heard in enumerate(other, 1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (word != heard)))
    return row[-1]
