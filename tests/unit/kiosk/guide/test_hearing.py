"""What is heard: acted on where all agree, asked back where they do not, and never invented."""

import numpy as np
import pytest
from small_ward import PAPERS, QUESTIONS, small_search

from kiosk.guide.hearing import Guesses, Understanding, Weighing, phrases_of
from kiosk.guide.intents import Intents, Meant
from kiosk.guide.model import Model

PHRASES = phrases_of(QUESTIONS, PAPERS)


def guesses(*readings: tuple[str, float]) -> Guesses:
    understanding = Understanding(small_search(), Intents(Model.empty()), PHRASES)
    return understanding.guesses(readings)


def test_what_all_readings_say_is_acted_on() -> None:
    understood = guesses(
        ("Làm giấy khai sinh.", -0.3), ("Làm giấy khai sinh", -0.4), ("lam giay khai sinh", -0.2)
    ).understood()
    assert understood.decision == "act"
    assert understood.found.hits[0].code == "birth"
    assert understood.found.certainty == "sure"


def test_two_ears_that_disagree_are_asked_back() -> None:
    understood = guesses(("Bố tôi vừa mất.", -0.3), ("dong dau do ban photo", -0.2)).understood()
    assert understood.decision == "choose"
    assert {"death", "copies"} <= {hit.code for hit in understood.found.hits}
    assert len(understood.found.hits) <= 4


def test_what_no_procedure_knows_is_not_understood() -> None:
    understood = guesses(("Xyz qwrt!", -2.0), ("xyz qwrt", -2.0)).understood()
    assert understood.decision == "not_understood"
    assert understood.found.certainty == "none"


def test_chances_are_shares_of_one() -> None:
    chances = guesses(("Làm giấy cho con mới đẻ", -0.5), ("lam yay to con moi de", -0.5)).chances
    assert sum(chances.values()) == pytest.approx(1.0)


def test_a_phrase_that_was_said_itself_stands_out() -> None:
    doubtful = guesses(("Bố tôi vừa mất.", -0.8), ("dong dau do ban photo", -0.8))
    before = doubtful.understood().found.hits
    scores = [-1.0 if phrase.code == "copies" else -6.0 for phrase in doubtful.phrases]
    after = doubtful.understood(scores).found.hits
    assert after[0].code == "copies"
    assert after[0].score > {hit.code: hit.score for hit in before}["copies"]


def test_phrases_that_do_not_fit_the_sound_change_nothing() -> None:
    heard = guesses(("Bố tôi vừa mất.", -0.3))
    assert heard.understood([-9.0] * len(heard.phrases)) == heard.understood()


def test_scores_must_be_those_of_the_phrases() -> None:
    heard = guesses(("Bố tôi vừa mất.", -0.3))
    with pytest.raises(ValueError, match="zip"):
        heard.understood([-1.0])


def test_phrases_are_of_the_likeliest_procedures_and_few() -> None:
    heard = guesses(("Bố tôi vừa mất.", -0.3))
    weighing = Weighing()
    assert 0 < len(heard.phrases) <= weighing.procedures * weighing.phrases
    assert heard.phrases[0].code == "death"
    assert all(phrase.text in PHRASES[phrase.code] for phrase in heard.phrases)


@pytest.mark.parametrize(
    ("chance", "known", "decision"),
    [
        (0.90, {}, "act"),
        (0.89, {}, "not_understood"),
        (0.89, {"birth": 1.0}, "choose"),
        (0.90, {"birth": 1.0}, "act"),
    ],
)
def test_another_wish_is_acted_on_where_it_is_sure(
    chance: float, known: dict[str, float], decision: str
) -> None:
    heard = Guesses(known, Meant("greeting", {}, chance), 0.9, (), 0.0, Weighing())
    assert heard.understood().decision == decision


@pytest.mark.parametrize(
    ("known", "decision"), [({}, "not_understood"), ({"birth": 1.0}, "choose")]
)
def test_what_sounds_like_nothing_of_ours_is_never_sent_away_for_it(
    known: dict[str, float], decision: str
) -> None:
    """A garbled hearing and a question about the weather look alike."""
    heard = Guesses(known, Meant("out_of_scope", {}, 1.0), 0.9, (), 0.0, Weighing())
    assert heard.understood().decision == decision


def test_a_model_of_wishes_that_this_kiosk_does_not_know_is_refused() -> None:
    vocabulary = Model.empty().vocabulary
    dense, bias = np.empty((0, 1), dtype=np.float32), np.zeros(1, dtype=np.float32)
    model = Model.pruned(("make_coffee/black",), vocabulary, dense, bias, keep=0)
    with pytest.raises(ValueError, match="'make_coffee' that the kiosk does not"):
        Intents(model)
