"""What a model makes of a question, on one so small that it can be counted by hand."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from kiosk.guide import model as model_module
from kiosk.guide.extended_model import ExtendedModel, middle, read_model
from kiosk.guide.grams import LETTERS, SOUNDS, SYLLABLES, channels, keys
from kiosk.guide.model import (
    CHANNEL_WEIGHTS,
    Model,
    ModelUnusable,
    Vocabulary,
    content_of,
    kind_of,
)


def model_of(text: str, codes: tuple[str, ...], weights: list[float], bias: list[float]) -> Model:
    """A model in which every gram of the text has the same weight for a code."""
    known = keys(text)
    dense = np.tile(np.array(weights, dtype=np.float32), (len(known), 1))
    vocabulary = Vocabulary(known, np.ones(len(known), dtype=np.float32))
    return Model.pruned(codes, vocabulary, dense, np.array(bias, dtype=np.float32), keep=dense.size)


def test_each_channel_of_a_question_has_its_own_length() -> None:
    known = keys("khai sinh cho con")
    vocabulary = Vocabulary(known, np.linspace(0.01, 0.02, len(known), dtype=np.float32))
    asked = keys("khai sinh con")
    places, values = vocabulary.vector(asked)
    met = known[places]
    assert met.tolist() == [key for key in asked.tolist() if key in set(known.tolist())]
    for channel in (LETTERS, SYLLABLES, SOUNDS):
        own = channels(met) == channel
        assert np.sqrt((values[own] ** 2).sum()) == pytest.approx(CHANNEL_WEIGHTS[channel], 1e-5)
        told = vocabulary.idf[places][own]
        assert values[own] / values[own][0] == pytest.approx(told / told[0], 1e-5)
    assert values.dtype == np.float32
    assert vocabulary.vector(known)[0].tolist() == list(range(len(known)))


def test_what_nobody_ever_said_is_no_gram() -> None:
    vocabulary = model_of("khai sinh", ("a",), [1.0], [0.0]).vocabulary
    for of, nothing in ((vocabulary, keys("xyz")), (Model.empty().vocabulary, keys("khai"))):
        places, values = of.vector(nothing)
        assert (places.tolist(), values.tolist()) == ([], [])
        assert (places.dtype, values.dtype) == (np.int64, np.float32)


@pytest.mark.parametrize(
    ("asked", "share"),
    [
        ("khai sinh", 1.0),
        ("khai", 1.0),
        ("khai sinh xyz", 0.5),  # of six runs of syllables
        ("xyz", 0.0),
        ("", 0.0),
        ("khaisinh", 12 / 21),  # glued: of its runs of letters those of " khai" and of "sinh "
    ],
)
def test_the_share_of_a_question_that_was_ever_seen(asked: str, share: float) -> None:
    model = model_of("khai sinh", ("a", "b"), [2.0, -1.0], [0.5, 0.0])
    assert model.weighed(asked)[1] == pytest.approx(share)


def test_a_score_is_the_bias_and_the_weights_of_what_was_said() -> None:
    model = model_of("khai sinh", ("a", "b"), [2.0, -1.0], [0.5, 0.25])
    assert model.weighed("xyz")[0].tolist() == [0.5, 0.25]
    _, values = model.vocabulary.vector(keys("khai sinh"))
    said = float(values.sum())
    assert model.weighed("khai sinh")[0] == pytest.approx([0.5 + 2 * said, 0.25 - said], abs=0.1)


def test_probabilities_are_shares_of_the_odds() -> None:
    model = model_of("khai sinh", ("a", "b"), [0.0, 0.0], [float(np.log(3)), 0.0])
    codes, chances = model.scores("xyz")
    assert (codes, chances.tolist()) == (("a", "b"), pytest.approx([0.75, 0.25]))
    for far in (-100.0, -1.0, 100.0):  # from nought: only differences mean something
        shifted = model_of("khai sinh", ("a", "b"), [0.0, 0.0], [far + float(np.log(3)), far])
        assert shifted.scores("xyz")[1].tolist() == pytest.approx([0.75, 0.25], abs=1e-3)


def test_an_empty_model_knows_nothing() -> None:
    empty = Model.empty()
    assert [len(part) for part in (empty.codes, empty.vocabulary.keys, empty.vocabulary.idf)] == [
        0, 0, 0,
    ]  # fmt: skip
    assert (empty.bias.tolist(), empty.weights.tolist()) == ([], [])
    assert empty.scores("khai sinh")[1].tolist() == []


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "model"
    for model in (model_of("khai sinh", ("a", "b"), [2.0, -1.0], [0.5, 0.0]), Model.empty()):
        model.save(path)
        again = Model.load(path)
        assert (again.codes, again.scale) == (model.codes, model.scale)
        assert again.vocabulary.keys.tolist() == model.vocabulary.keys.tolist()
        assert again.vocabulary.idf.tolist() == model.vocabulary.idf.tolist()
        for part in ("starts", "classes", "weights", "bias"):
            assert getattr(again, part).tolist() == getattr(model, part).tolist()
    assert isinstance(read_model(path), Model)


def test_two_models_are_read_from_one_file_and_three_are_too_many(tmp_path: Path) -> None:
    path = tmp_path / "model"
    first = model_of("khai sinh", ("a", "b"), [2.0, -1.0], [0.5, 0.0])
    second = model_of("nuoi ong", ("b", "new"), [1.0, 3.0], [0.0, 0.0])
    both = ExtendedModel(first, second)
    both.save(path)
    again = read_model(path)
    assert again.codes == ("a", "b", "new")
    assert again.weighed("nuoi ong")[0].tolist() == both.weighed("nuoi ong")[0].tolist()
    path.write_bytes(path.read_bytes() + first.packed())
    with pytest.raises(ModelUnusable, match=f"^{path}: there is more in it than two models$"):
        read_model(path)
    path.write_bytes(first.packed() + second.packed()[:-1])
    with pytest.raises(ModelUnusable, match=f"^{path}: damaged"):
        read_model(path)
    path.write_bytes(b"")
    with pytest.raises(ModelUnusable, match=f"^{path}: this is no model file"):
        read_model(path)
    with pytest.raises(ModelUnusable, match=r"nowhere: .*No such file"):
        read_model(tmp_path / "nowhere")


def test_a_word_of_more_than_seven_letters_was_typed_without_blanks() -> None:
    assert kind_of("nghieng nghieng") == SYLLABLES
    assert kind_of("khai nghienga") == LETTERS
    assert kind_of("") == SYLLABLES


def test_at_most_so_many_weights_are_kept_those_that_tell_most() -> None:
    known = keys("a")
    vocabulary = Vocabulary(known, np.array([1, 3, 1], dtype=np.float32))
    dense = np.array([[1, -4], [1, 0.5], [3, 0]], dtype=np.float32)
    bias = np.zeros(2, dtype=np.float32)

    def kept(keep: int) -> list[tuple[int, int]]:
        model = Model.pruned(("a", "b"), vocabulary, dense, bias, keep=keep)
        grams = np.repeat(np.arange(len(known)), np.diff(model.starts))
        return list(zip(grams.tolist(), model.classes.tolist(), strict=True))

    # by their size times what the gram tells: 4, 3 and 3, 1.5, 1; none of them is nothing
    assert kept(6) == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]
    assert kept(4) == [(0, 1), (1, 0), (2, 0)]
    assert kept(2) == [(0, 1)]


def test_weights_are_kept_at_eight_bits_of_the_largest() -> None:
    known = keys("a")
    vocabulary = Vocabulary(known, np.ones(3, dtype=np.float32))
    dense = np.array([[127, -127], [1, -63.6], [0, 0.2]], dtype=np.float32)
    model = Model.pruned(("a", "b"), vocabulary, dense, np.zeros(2, dtype=np.float32), keep=6)
    assert model.scale == pytest.approx(1)
    half = Model.pruned(("a", "b"), vocabulary, dense / 254, np.zeros(2, dtype=np.float32), keep=6)
    assert (half.scale, half.weights.tolist()) == (pytest.approx(1 / 254), model.weights.tolist())
    assert model.weights.tolist() == [127, -127, 1, -64, 0]
    assert model.starts.tolist() == [0, 2, 4, 5]
    assert (model.starts.dtype, model.classes.dtype, model.weights.dtype, model.bias.dtype) == (
        np.int32, np.uint16, np.int8, np.float32,
    )  # fmt: skip


def test_of_an_endless_file_no_more_is_read_than_shows_that_it_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_module, "LARGEST", 10)
    (tmp_path / "model").write_bytes(b"x" * 100)
    assert content_of(tmp_path / "model") == b"x" * 11


def test_a_file_with_something_behind_the_model_is_refused(tmp_path: Path) -> None:
    model = model_of("khai sinh", ("a",), [1.0], [0.0])
    path = tmp_path / "model"
    path.write_bytes(model.packed() + b"x")
    with pytest.raises(ModelUnusable, match="more in it than a model"):
        Model.load(path)
    assert Model.unpacked(content_of(path), path)[1] == b"x"


def sealed(head: dict[str, object], content: bytes) -> bytes:
    """A file of this content, with a head that is right but for what is given."""
    right = {
        "format": "le-tan-guide-model",
        "version": 1,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    return json.dumps(right | head).encode() + b"\n" + content


CONTENT = model_of("khai sinh", ("a",), [1.0], [0.0]).packed().partition(b"\n")[2]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (sealed({"format": "other"}, CONTENT), r"made for another version \(other 1\)"),
        (
            sealed({"version": 2}, CONTENT),
            r"made for another version \(le-tan-guide-model 2\)",
        ),
        (sealed({}, CONTENT)[:-1], "damaged, its checksum differs"),
        (sealed({"size": "all"}, CONTENT), "this is no model file"),
        (b"\n" + CONTENT, "this is no model file"),
        (sealed({}, b"PK no archive"), "its arrays cannot be read: .+"),
    ],
)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "model"
    path.write_bytes(sealed({}, CONTENT))
    assert Model.load(path).codes == ("a",)
    path.write_bytes(raw)
    with pytest.raises(ModelUnusable, match=f"^{path}: {said}$"):
        Model.load(path)


def test_two_models_give_the_sum_and_what_is_new_starts_in_the_middle() -> None:
    first = model_of("khai sinh", ("a", "b", "c"), [0.0, 0.0, 0.0], [1.0, 5.0, 2.0])
    second = model_of("nuoi ong", ("c", "new"), [0.0, 0.0], [10.0, 20.0])
    both = ExtendedModel(first, second)
    assert both.codes == ("a", "b", "c", "new")
    scores, seen = both.weighed("khai sinh")
    assert (scores.tolist(), seen) == ([1.0, 5.0, 12.0, 22.0], 1.0)
    assert scores.dtype == np.float32
    assert both.weighed("nuoi ong")[1] == 1.0
    assert both.weighed("xyz")[1] == 0.0


@pytest.mark.parametrize(
    ("scores", "half"), [([], 0), ([7], 7), ([3, 1, 2], 2), ([4, 1, 2, 3], 3), ([9, 1], 9)]
)
def test_the_middle_of_scores(scores: list[float], half: float) -> None:
    assert middle(np.array(scores, dtype=np.float32)) == half
