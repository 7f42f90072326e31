"""Connectionist temporal classification: how to learn letters without knowing when each is spoken.

A. Graves and others, "Connectionist temporal classification", ICML 2006. The chances of all ways to
spell a text over the columns of a sound are summed forwards and backwards; their product tells how
likely each class is at each column. Many sounds at once, NumPy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

NEVER: Final = np.float32(-1e9)  # log of no chance
SAME: Final = 0  # the class between letters


def gradient(
    logs: Floats, lengths: Numbers, texts: Sequence[Sequence[int]]
) -> tuple[float, Floats]:
    """The loss (nats, summed over the sounds), and its gradient by the scores before the softmax.

    `logs` are log chances (sounds x columns x classes), `lengths` the columns of each sound,
    `texts` the classes of the letters that were said.
    """
    sounds, columns = logs.shape[:2]
    spelt, sizes = _with_pauses(texts)
    fits = np.arange(spelt.shape[1]) < sizes[:, None]
    skips = np.zeros(spelt.shape, bool)  # a letter may follow another one without a pause
    skips[:, 2:] = (spelt[:, 2:] != SAME) & (spelt[:, 2:] != spelt[:, :-2])
    said = np.take_along_axis(
        logs, np.broadcast_to(spelt[:, None], (sounds, columns, spelt.shape[1])), 2
    )
    said = np.where(fits[:, None], said, NEVER)
    forwards, backwards = _forwards(said, skips), _backwards(said, skips, lengths, sizes)
    rows = np.arange(sounds)
    ends = forwards[lengths - 1, rows]
    total = np.logaddexp(ends[rows, sizes - 1], ends[rows, sizes - 2])
    share = np.exp(np.clip(forwards + backwards - total[:, None], -60, 0)) * fits
    wanted = np.zeros(logs.shape, np.float32)
    for sound in rows:
        places = (np.arange(columns)[:, None], spelt[sound][None, :])
        np.add.at(wanted[sound], places, share[:, sound])
    wanted /= np.maximum(wanted.sum(axis=2, keepdims=True), 1e-6)
    inside = (np.arange(columns) < lengths[:, None])[:, :, None]
    return float(-total.sum()), (np.exp(logs) - wanted) * inside


def _with_pauses(texts: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    sizes = np.array([2 * len(text) + 1 for text in texts])
    spelt = np.full((len(texts), sizes.max()), SAME)
    for row, text in zip(spelt, texts, strict=True):
        row[1 : 2 * len(text) : 2] = text
    return spelt, sizes


def _forwards(said: Floats, skips: npt.NDArray[np.bool_]) -> Floats:
    sounds, columns, places = said.shape
    chances = np.full((columns, sounds, places), NEVER, np.float32)
    chances[0, :, :2] = said[:, 0, :2]
    for column in range(1, columns):
        chances[column] = _stepped(chances[column - 1], skips) + said[:, column]
    return chances


def _backwards(
    said: Floats, skips: npt.NDArray[np.bool_], lengths: Numbers, sizes: Numbers
) -> Floats:
    sounds, columns, places = said.shape
    back = np.zeros_like(skips)
    back[:, :-2] = skips[:, 2:]
    last = np.full((sounds, places), NEVER, np.float32)
    rows = np.arange(sounds)
    last[rows, sizes - 1] = last[rows, sizes - 2] = 0
    chances = np.full((columns, sounds, places), NEVER, np.float32)
    after = last
    for column in range(columns - 1, -1, -1):
        if column < columns - 1:
            ahead = chances[column + 1] + said[:, column + 1]
            after = _stepped(ahead[:, ::-1], back[:, ::-1])[:, ::-1]
        chances[column] = np.where((lengths == column + 1)[:, None], last, after)
    return chances


def _stepped(chances: Floats, skips: npt.NDArray[np.bool_]) -> Floats:
    """The chances one column on: stay, go to the next place, or skip a pause."""
    one = np.full_like(chances, NEVER)
    one[:, 1:] = chances[:, :-1]
    two = np.full_like(chances, NEVER)
    two[:, 2:] = np.where(skips[:, 2:], chances[:, :-2], NEVER)
    top = np.maximum(np.maximum(chances, one), two)
    return top + np.log(np.exp(chances - top) + np.exp(one - top) + np.exp(two - top))
