"""The model: trained by numpy alone, kept in a file that cannot lie."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from small_ward import PAPERS, QUESTIONS, RECIPE, small_model

from kiosk.guide.folding import fold
from kiosk.guide.model import Model, ModelUnusable
from kiosk.guide.noise import spoilt
from kiosk.guide.questions import QuestionsBad, is_kept_unseen, read_questions
from kiosk.guide.training import train


def test_it_learns_how_people_ask() -> None:
    for question in QUESTIONS:
        codes, chances = small_model().scores(fold(question.text))
        assert codes[int(np.argmax(chances))] == question.codes[0], question.text
        assert float(chances.sum()) == pytest.approx(1, abs=1e-3)


def test_the_same_data_gives_the_same_model() -> None:
    again = train(QUESTIONS, PAPERS, recipe=RECIPE)
    assert np.array_equal(again.weights, small_model().weights)
    assert np.array_equal(again.vocabulary.keys, small_model().vocabulary.keys)


def test_rounds_are_told() -> None:
    told: list[tuple[int, int]] = []
    train(QUESTIONS, recipe=RECIPE, told=lambda done, of: told.append((done, of)))
    assert told == [(number, 6) for number in range(1, 7)]


def test_nothing_to_learn_from_is_an_empty_model() -> None:
    model = train([])
    assert model.codes == ()
    assert len(model.scores("khai sinh")[1]) == 0


def test_a_saved_model_is_the_same(tmp_path: Path) -> None:
    small_model().save(tmp_path / "model")
    again = Model.load(tmp_path / "model")
    for question in QUESTIONS:
        before, after = (m.scores(fold(question.text)) for m in (small_model(), again))
        assert before[0] == after[0]
        assert np.allclose(before[1], after[1], atol=0.01)


def test_an_empty_model_can_be_saved(tmp_path: Path) -> None:
    Model.empty().save(tmp_path / "model")
    assert Model.load(tmp_path / "model").codes == ()


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model"
    small_model().save(path)
    good = path.read_bytes()
    chance = Random(5)
    for _ in range(40):
        place = chance.randrange(len(good))
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x41]) + good[place + 1 :])
        with pytest.raises(ModelUnusable):
            Model.load(path)
    other_version = good.replace(b'"version": 1', b'"version": 9')
    for damaged in (b"", b"{}", b"garbage", good[: len(good) // 2], other_version, b"[]\n" + good):
        path.write_bytes(damaged)
        with pytest.raises(ModelUnusable):
            Model.load(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="nowhere"):
        Model.load(tmp_path / "nowhere")


def test_noise_is_words_and_the_same_for_the_same_seed() -> None:
    texts = [fold(question.text) for question in QUESTIONS]
    first, again = ([spoilt(text, chance, ["cho hoi"]) for text in texts * 5]
                    for chance in (Random(1), Random(1)))  # fmt: skip
    assert first == again
    assert sum(spoilt_text != text for spoilt_text, text in zip(first, texts * 5, strict=True)) > 30
    assert all(
        fold(text) and set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ") for text in first
    )


def test_questions_are_read_line_by_line(tmp_path: Path) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text('{"code": "1", "also": ["2"], "question": "hỏi gì"}\n\n', encoding="utf-8")
    assert [(one.text, one.codes) for one in read_questions([good])] == [("hỏi gì", ("1", "2"))]
    for line in ("x", "{}", '{"code": 1, "question": "a"}', '{"code": "1", "question": " "}', "[]"):
        good.write_text(line, encoding="utf-8")
        with pytest.raises(QuestionsBad, match="line 1"):
            read_questions([good])


def test_about_half_is_kept_unseen() -> None:
    kept = sum(is_kept_unseen(f"câu hỏi số {number}") for number in range(1000))
    assert 400 < kept < 600
