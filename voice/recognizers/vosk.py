"""Vosk (Kaldi), with a grammar made at run time where the model allows one.

What vosk 0.3.45 does not forgive, and this module keeps from it: a grammar that is empty or no
list of texts ends the process; a word that the model does not know is dropped without a sound, so
that another sentence than ours would be listened for; without a word for the unknown, foreign
speech becomes one of our sentences with full confidence.
"""

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import vosk

from voice.errors import ModelUnusable, NoScoring, RecognizerFailed
from voice.recognizers.hearable import RATE, Samples, to_pcm
from voice.recognizers.recognizer import (
    LONGEST,
    MOST_HYPOTHESES,
    Hypothesis,
    Transcript,
    seconds_of,
)
from voice.wire import Language

UNKNOWNS = ("[unk]", "<UNK>", "<unk>")  # how models write a word that they do not know
# A model is able to take a grammar when its graph is in two halves: one of them is replaced.
HALVES = ("HCLr.fst", "Gr.fst")


class VoskRecognizer:
    """One Vosk model.  Used by one thread alone, in a process that may end at any moment."""

    def __init__(self, folder: Path, *, sentences: Iterable[str] = ()) -> None:
        """Load the model.  Raises ModelUnusable.

        `sentences` become the grammar: those of which the model knows every word.  Where none is
        left, or the model takes no grammar, it listens freely.
        """
        self.engine = f"vosk:{folder.name}"
        vosk.SetLogLevel(-1)
        try:
            self._model = vosk.Model(model_path=str(folder))
        except Exception as error:  # the library raises nothing finer
            raise ModelUnusable(f"{folder}: {error}") from error
        self._unknown = next(filter(self._is_known, UNKNOWNS), "")
        places = (folder, folder / "graph")
        halves = all(any((place / half).is_file() for place in places) for half in HALVES)
        self.takes_grammar = halves and bool(self._unknown)
        self.grammar = self._usable(sentences) if self.takes_grammar else ()
        self._recognizer = self._listening()

    def _listening(self) -> Any:
        if self.grammar:
            grammar = json.dumps([*self.grammar, self._unknown], ensure_ascii=False)
            recognizer = vosk.KaldiRecognizer(self._model, RATE, grammar)
        else:
            recognizer = vosk.KaldiRecognizer(self._model, RATE)
        recognizer.SetMaxAlternatives(MOST_HYPOTHESES)
        return recognizer

    def _usable(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """Those of which every word is known, as the model writes them, each once."""
        plain = (unicodedata.normalize("NFC", text).lower().split() for text in sentences)
        return tuple(dict.fromkeys(" ".join(words) for words in plain if self._knows(words)))

    def _knows(self, words: list[str]) -> bool:
        return bool(words) and all(map(self._is_known, words))

    def _is_known(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0

    def hear(self, samples: Samples, language: Language = "vi") -> Transcript:
        """See Recognizer.  A model has one language; the scores are the engine's own."""
        del language
        samples = samples[: round(LONGEST * RATE)]
        self._recognizer.Reset()
        try:
            self._recognizer.AcceptWaveform(to_pcm(samples))
            result = json.loads(self._recognizer.FinalResult())
        except Exception as error:  # the library raises nothing finer
            raise RecognizerFailed(str(error)) from error
        heard = (self._hypothesis(one) for one in result.get("alternatives", ()))
        return Transcript(tuple(one for one in heard if one.text), seconds_of(samples))

    def _hypothesis(self, one: dict[str, Any]) -> Hypothesis:
        words = (word for word in str(one["text"]).split() if word != self._unknown)
        return Hypothesis(" ".join(words), float(one["confidence"]))

    def score(self, texts: tuple[str, ...]) -> tuple[float, ...]:
        """See Recognizer."""
        raise NoScoring(f"{self.engine} cannot score {len(texts)} texts")

    def close(self) -> None:
        """See Recognizer."""
        del self._recognizer, self._model
