"""The bare letters: how classes become text, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from voice.errors import ModelUnusable
from voice.recognizers.letters import CLASSES, LETTERS, SAME, Letters, letters_for, text_of


def classes(text: str) -> list[int]:
    """One column for each character; "_" is the class between letters."""
    return [SAME if one == "_" else LETTERS.index(one) + 1 for one in text]


@pytest.mark.parametrize(
    ("columns", "text"),
    [("__kkk_hh_aa_i__", "khai"), ("xiin_n", "xinn"), ("  a  _ b ", "a b"), ("____", ""), ("", "")],
)
def test_a_letter_counts_once_until_another_class_comes(columns: str, text: str) -> None:
    assert text_of(np.array(classes(columns), dtype=np.int64)) == text


def test_the_likeliest_letters_are_read_with_their_chance() -> None:
    spelt = np.eye(CLASSES, dtype=np.float32)
    letters = Letters(
        {"mean": np.zeros(CLASSES, np.float32), "spread": np.ones(CLASSES, np.float32),
         "in": spelt, "in_bias": np.zeros(CLASSES, np.float32),
         "out": 20 * spelt, "out_bias": np.zeros(CLASSES, np.float32)}
    )  # fmt: skip
    text, sure = letters.read(spelt[classes("khai sinh")])
    assert text == "khai sinh"
    assert -0.001 < sure <= 0


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.npz"
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(ModelUnusable):
        Letters.load(path)
    with pytest.raises(ModelUnusable):
        Letters.load(tmp_path / "missing.npz")


def test_layers_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.npz"
    np.savez(path, **{name: np.zeros((3, 4)) for name in
                      ("mean", "spread", "in", "in_bias", "out", "out_bias")})  # fmt: skip
    with pytest.raises(ModelUnusable, match="fit"):
        Letters.load(path)


def test_the_shipped_letters_are_of_whisper_base() -> None:
    letters = letters_for("whisper-base")
    assert letters is not None
    text, _ = letters.read(np.zeros((10, 512), np.float32))
    assert set(text) <= set(LETTERS)
    assert letters_for("another-model") is None
