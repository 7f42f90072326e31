"""What is new at a kiosk is learnt on top of the shipped model, and nothing old is lost by it."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from small_ward import PAPERS, QUESTIONS, Paper, small_model

from kiosk.guide.extended_model import ExtendedModel, read_model
from kiosk.guide.further_training import train_further
from kiosk.guide.model import Model, ModelUnusable
from kiosk.guide.questions import Question
from kiosk.guide.search import Search

BEES = Paper("bees", "Cấp giấy phép nuôi ong lấy mật", "Nuôi ong lấy mật")
ASKED = [
    Question("vườn nhà tôi đặt mấy thùng gỗ lấy mật bán", ("bees",)),
    Question("nhà có tang thì mượn loa phường", ("copies",)),
]


@cache
def taught() -> Model | ExtendedModel:
    return train_further(small_model(), ASKED, [BEES], QUESTIONS, ["cho hỏi"])


def search(model: Model | ExtendedModel) -> Search:
    return Search([*PAPERS, BEES], model)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("dat may thung go trong vuon", "bees"),
        ("giấy phép nuôi oong", "bees"),
        ("mượn loa phường", "copies"),
    ],
)
def test_the_new_is_found(asked: str, code: str) -> None:
    assert search(taught()).find(asked).hits[0].code == code


def test_nothing_old_is_lost() -> None:
    for question in QUESTIONS:
        assert search(taught()).find(question.text).hits[0].code == question.codes[0]


def test_nothing_new_leaves_the_model_as_it_is() -> None:
    assert train_further(small_model(), [], []) is small_model()


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    train_further(small_model(), ASKED, told=lambda done, of: told.append((done, of)))
    assert told == sorted(set(told))
    assert told[-1] == (20, 20)


def test_the_file_holds_both(tmp_path: Path) -> None:
    taught().save(tmp_path / "model")
    again = read_model(tmp_path / "model")
    assert again.codes == taught().codes
    assert "bees" in again.codes
    for asked in ("nuoi ong", "khai sinh", "zzz"):
        before, after = taught().weighed(asked), again.weighed(asked)
        assert np.allclose(before[0], after[0], atol=0.05)
        assert before[1] == after[1]


def test_a_file_of_one_is_one(tmp_path: Path) -> None:
    small_model().save(tmp_path / "model")
    assert isinstance(read_model(tmp_path / "model"), Model)


def test_a_damaged_second_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model"
    taught().save(path)
    good = path.read_bytes()
    for damaged in (good[:-10], good + b"x", good[:-5] + b"xxxxx"):
        path.write_bytes(damaged)
        with pytest.raises(ModelUnusable):
            read_model(path)
        with pytest.raises(ModelUnusable):
            Model.load(path)
