"""Whisper by CTranslate2: int8, two threads, one small search.

A model folder holds model.bin, config.json, vocabulary.json and tokenizer.json, as
ctranslate2's converter writes them.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import tokenizers

from voice import closed_set
from voice.errors import ModelUnusable, NoScoring, RecognizerFailed
from voice.recognizers.hearable import Samples
from voice.recognizers.letters import Floats, letters_for
from voice.recognizers.log_mel import COLUMNS_PER_SECOND, log_mel
from voice.recognizers.recognizer import (
    LONGEST,
    MOST_HYPOTHESES,
    Hypothesis,
    Transcript,
    seconds_of,
)
from voice.wire import Language

# Below CTranslate2, oneDNN keeps a program for each new length of a sound, and a thousand of them:
# 1.4 MB more for every question. A few are as quick. Read when the first model is used.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "8")

SILENCE = 6.0  # seconds of it in the picture behind the sound (see windowed)
LONGEST_RUN = 3  # tokens that may be said again: an end to most loops
THREADS = 2
LONGEST_TEXT = 96  # tokens: 10 s of fast speech, and an end to loops


def windowed(seconds: float) -> float:
    """How long a picture is drawn for a sound of so many seconds.

    Whisper was trained on 30 s, most of it silence for a question. With 4 s and more behind the
    sound ten recorded sentences were read as well as at 30 s, in a quarter of the time; with 1 or 2
    it falls into loops.
    """
    return min(LONGEST, seconds + SILENCE)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sound after the encoder: what reading and scoring start from."""

    features: ctranslate2.StorageView  # 1 x columns / 2 x width of the model
    columns: int  # of the sound itself, without the silence behind it
    seconds: float
    start: list[int]  # the tokens before the first word: task and language

    def sound(self) -> Floats:
        """The features of the sound itself, one row for 20 ms."""
        return np.asarray(self.features, np.float32)[0, : self.columns // 2 + 3]


class WhisperRecognizer:
    """One Whisper model.  Used by one thread alone."""

    def __init__(
        self,
        folder: Path,
        *,
        threads: int = THREADS,
        beam: int = MOST_HYPOTHESES,
    ) -> None:
        """Load the model, about a second.  Raises ModelUnusable."""
        self.engine = f"whisper:{folder.name}"
        self._beam = beam
        try:
            self.model = ctranslate2.models.Whisper(
                str(folder), compute_type="int8", intra_threads=threads
            )
            self._words = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # both libraries raise what they like
            raise ModelUnusable(f"{folder}: {error}") from error
        self._start = {language: self._prompt(language) for language in ("vi", "en")}
        self._letters = letters_for(folder.name)
        self._last: Encoded | None = None

    def _prompt(self, language: str) -> list[int]:
        names = ("startoftranscript", language, "transcribe", "notimestamps")
        return [self._token(name) for name in names]

    def _token(self, name: str) -> int:
        found = self._words.token_to_id(f"<|{name}|>")
        if found is None:
            raise ModelUnusable(f"{self.engine} has no <|{name}|>: not multilingual Whisper")
        return int(found)

    @property
    def last(self) -> Encoded:
        """The sound heard last.  Raises NoScoring where there was none."""
        if self._last is None:
            raise NoScoring("nothing was heard yet")
        return self._last

    def hear(self, samples: Samples, language: Language = "vi") -> Transcript:
        """See Recognizer."""
        return self.read(self.encode(samples, language))

    def encode(self, samples: Samples, language: Language = "vi") -> Encoded:
        """The costly half: 0.2 s up to 9 s of sound.  Raises RecognizerFailed."""
        seconds = min(seconds_of(samples), LONGEST)
        picture = log_mel(samples, windowed(seconds))
        view = ctranslate2.StorageView.from_array(picture[None])
        try:
            features = self.model.encode(view, to_cpu=True)
        except (RuntimeError, ValueError) as error:
            raise RecognizerFailed(str(error)) from error
        columns = round(seconds * COLUMNS_PER_SECOND)
        self._last = Encoded(features, columns, seconds, self._start[language])
        return self._last

    def read(self, encoded: Encoded, *, most: int = MOST_HYPOTHESES) -> Transcript:
        """The readings of a sound, `most` of them: the best first, the bare letters last.

        Raises RecognizerFailed.
        """
        try:
            (result,) = self.model.generate(
                encoded.features,
                [encoded.start],
                beam_size=max(self._beam, most),
                num_hypotheses=most,
                no_repeat_ngram_size=LONGEST_RUN,
                max_length=LONGEST_TEXT + len(encoded.start),
                return_scores=True,
                return_no_speech_prob=True,
            )
        except (RuntimeError, ValueError) as error:
            raise RecognizerFailed(str(error)) from error
        read = zip(result.sequences_ids, result.scores, strict=True)
        hypotheses = [Hypothesis(self.text(ids), score) for ids, score in read]
        if self._letters is not None and encoded.start == self._start["vi"]:
            hypotheses[most - 1 :] = [Hypothesis(*self._letters.read(encoded.sound()), bare=True)]
        return Transcript(tuple(hypotheses), encoded.seconds, result.no_speech_prob)

    def text(self, ids: list[int]) -> str:
        """The words of tokens."""
        return str(self._words.decode(ids)).strip()

    def tokens(self, text: str) -> list[int]:
        """The tokens of words, spelled as the model writes them: with a space in front."""
        if not text.strip():
            return []
        return list(self._words.encode(f" {text.strip()}", add_special_tokens=False).ids)

    def score(self, texts: tuple[str, ...]) -> tuple[float, ...]:
        """See Recognizer.  About 30 ms a text on one core."""
        heard = self.last
        try:
            return closed_set.scores(
                self.model,
                heard.start,
                heard.features,
                heard.columns,
                [self.tokens(text) for text in texts],
            )
        except (RuntimeError, ValueError) as error:
            raise RecognizerFailed(str(error)) from error

    def close(self) -> None:
        """See Recognizer."""
        self._last = None
        self.model.unload_model()
