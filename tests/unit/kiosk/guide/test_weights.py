"""Rows and single weights give what a plain sum gives; endless questions stay bounded."""

import numpy as np
import pytest

from kiosk.guide import weights as module
from kiosk.guide.weights import Weights

GRAMS, CODES = 60, 40


def drawn(seed: int = 3):
    """Some grams of no code, some of few, some of nearly all; and the same as a plain matrix."""
    chance = np.random.default_rng(seed)
    shares = chance.choice([0.0, 0.05, 0.9], size=(GRAMS, 1))
    plain = np.where(chance.random((GRAMS, CODES)) < shares, 0, 1) - 1
    plain = (plain * chance.integers(1, 128, size=plain.shape)).astype(np.int8)
    rows, columns = np.nonzero(plain)
    starts = np.concatenate([[0], np.cumsum(np.count_nonzero(plain, axis=1))]).astype(np.int32)
    table = Weights(starts, columns.astype(np.uint16), plain[rows, columns], CODES)
    return plain.astype(np.float32), table


@pytest.mark.parametrize("many", [0, 1, 7, GRAMS])
def test_the_sums_are_plain_sums(many: int) -> None:
    plain, table = drawn()
    places = np.arange(many)
    told = np.linspace(0.5, 2.0, many, dtype=np.float32)
    assert np.allclose(table.sums(places, told), told @ plain[:many], rtol=1e-4, atol=1e-2)


def test_of_too_many_the_rarest_count(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, table = drawn()
    monkeypatch.setattr(module, "MOST_ROWS", 0)
    monkeypatch.setattr(module, "MOST_SINGLE", 1_000_000)
    few = np.count_nonzero(plain, axis=1) * module.ROW_FROM <= CODES
    sums = table.sums(np.arange(GRAMS), np.ones(GRAMS, dtype=np.float32))
    assert np.allclose(sums, plain[few].sum(axis=0))
    monkeypatch.setattr(module, "MOST_SINGLE", 0)
    assert not table.sums(np.arange(GRAMS), np.ones(GRAMS, dtype=np.float32)).any()


def test_of_crowded_grams_too_the_rarest_count(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, table = drawn()
    counts = np.count_nonzero(plain, axis=1)
    crowded = np.flatnonzero(counts * module.ROW_FROM > CODES)
    rarest = crowded[np.argsort(counts[crowded], kind="stable")[:3]]
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    sums = table.sums(crowded, np.ones(len(crowded), dtype=np.float32))
    assert np.allclose(sums, plain[rarest].sum(axis=0))
    assert sums.dtype == np.float32


def test_of_single_weights_as_many_count_as_may_the_rarest_grams_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    starts = np.array([0, 2, 3, 5], dtype=np.int32)
    classes, values = np.array([0, 1, 2, 0, 1]), np.array([1, 2, 4, 8, 16], dtype=np.int8)
    table = Weights(starts, classes.astype(np.uint16), values, 36)
    for most, sums in ((5, [9, 18, 4]), (4, [1, 2, 4]), (3, [1, 2, 4]), (2, [0, 0, 4])):
        monkeypatch.setattr(module, "MOST_SINGLE", most)
        told = table.sums(np.arange(3), np.ones(3, dtype=np.float32))
        assert told[:3].tolist() == sums
