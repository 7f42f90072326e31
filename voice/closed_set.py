"""Which of some given sentences was spoken? Each is scored against the sound itself.

The sound is encoded once, the silence behind the speech cut off, and Whisper's decoder is made to
say each candidate (teacher forcing, CTranslate2's `align`): the score is the mean log probability
of its tokens. On ten recorded sentences the right one of 60 came first ten times where the free
transcript had every third word wrong.

Only differences between candidates of one sound mean something: the score does not tell whether
any of them was said at all. Candidates of like length share a batch, so that none waits for the
longest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Protocol

import ctranslate2
import numpy as np

BATCH: Final = 8  # candidates; larger ones took longer here
AFTER_SPEECH: Final = 8  # columns kept behind the speech: the last sound dies away in them
LEAST: Final = 1e-10  # probability of a token, so that one impossible token does not decide alone
NOTHING: Final = math.log(LEAST)  # of a candidate without tokens
COLUMNS_PER_FEATURE: Final = 2  # the encoder halves the picture's columns


class Aligner(Protocol):
    """What is asked of ctranslate2.models.Whisper."""

    def align(
        self,
        features: ctranslate2.StorageView,
        start_sequence: list[int],
        text_tokens: list[list[int]],
        num_frames: list[int],
    ) -> list[ctranslate2.models.WhisperAlignmentResult]: ...


def scores(
    model: Aligner,
    start: Sequence[int],
    features: ctranslate2.StorageView,
    columns: int,
    candidates: Sequence[Sequence[int]],
) -> tuple[float, ...]:
    """The mean log probability per token of each candidate, in their order; 0 is certainty.

    `start` are the tokens before a text, `features` the encoder's output for one sound (1 x columns
    / 2 x width, on the CPU), `columns` (10 ms each) how far the sound goes, `candidates` the
    tokens of the sentences. Takes about 30 ms a candidate on one core. Raises RuntimeError or
    ValueError when the engine refuses.
    """
    sound = np.asarray(features)[:, : (columns + AFTER_SPEECH) // COLUMNS_PER_FEATURE]
    sound = np.ascontiguousarray(sound)
    frames = COLUMNS_PER_FEATURE * sound.shape[1]
    spoken = sorted(
        (at for at, one in enumerate(candidates) if one), key=lambda at: len(candidates[at])
    )
    found = [NOTHING] * len(candidates)
    for first in range(0, len(spoken), BATCH):
        batch = spoken[first : first + BATCH]
        results = model.align(
            ctranslate2.StorageView.from_array(np.repeat(sound, len(batch), axis=0)),
            list(start),
            [list(candidates[at]) for at in batch],
            [frames] * len(batch),
        )
        for at, result in zip(batch, results, strict=True):
            chances = np.maximum(np.asarray(result.text_token_probs), LEAST)
            found[at] = float(np.log(chances).mean())
    return tuple(found)
