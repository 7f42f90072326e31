"""The catalogue as a value: what is known of a procedure, what goes with it, what is news."""

import pytest

from kiosk.guide.catalogue import Catalogue, News
from kiosk.guide.hearing import LONGEST_PHRASE, phrases_of
from kiosk.guide.procedure import Document, Fee, Procedure, missing
from kiosk.guide.questions import Question
from kiosk.guide.shelves import Shelves


def procedure(code, **more):
    """A procedure of which next to nothing is known."""
    return Procedure(**({"code": code, "official": code, "short": code, "field": "land"} | more))


WHOLE = {
    "documents": (Document(name="Tờ khai"),),
    "fee": Fee(kind="free", text="Không mất phí"),
    "time": "Trong ngày",
    "steps": ("Nộp hồ sơ",),
    "service": "land",
}


def test_what_a_citizen_would_still_have_to_ask():
    assert missing(procedure("1")) == ("documents", "fee", "time", "steps", "service")
    assert missing(procedure("1", **WHOLE)) == ()


@pytest.mark.parametrize("name", WHOLE)
def test_each_gap_is_named(name):
    assert missing(procedure("1", **{key: one for key, one in WHOLE.items() if key != name})) == (
        name,
    )


def test_long_texts_are_fetched_when_one_is_asked_for():
    short, whole = procedure("1"), procedure("1", **WHOLE)
    assert Catalogue(procedures=(short,)).whole("1") is short
    catalogue = Catalogue(procedures=(short,), long_texts={"1": whole}.__getitem__)
    assert catalogue.whole("1") is whole
    assert catalogue.whole("2") is None


def test_what_people_do_together_with_it_as_far_as_it_is_known():
    birth = procedure("birth", companions=("gone", "insurance", "residence"))
    others = (procedure("residence"), procedure("insurance"))
    catalogue = Catalogue(procedures=(birth, *others))
    assert [one.code for one in catalogue.companions_of("birth")] == ["insurance", "residence"]
    assert catalogue.companions_of("gone") == ()


def test_news_is_told_of_what_the_ward_receives_or_once_did():
    def told(code, event):
        return News(code=code, name=f"Tên {code}", field="Đất đai", event=event, on="2026-11-21")

    catalogue = Catalogue(
        procedures=(procedure("new"), procedure("elsewhere", ward=False)),
        news=(told("new", "new"), told("elsewhere", "new"), told("gone", "abolished")),
    )
    shelves = Shelves(catalogue)
    assert shelves.news() == [("new", 1), ("abolished", 1)]
    assert shelves.browse_news("new") == [catalogue.by_code["new"]]
    assert [(one.short, one.ward) for one in shelves.browse_news("abolished")] == [
        ("Tên gone", False)
    ]
    assert shelves.browse_news("amended") == []


def test_one_asks_by_questions_and_names_that_are_not_too_long():
    long = "x" * (LONGEST_PHRASE + 1)
    known = procedure("1", short="Khai sinh", aliases=(long, "giấy khai sinh"))
    questions = [
        Question("vợ tôi mới sinh", ("1",)),
        Question(long[:-1], ("1", "2")),
        Question(long, ("1",)),
        Question("Khai sinh", ("1",)),
        Question("không biết", ("2", "1")),
    ]
    assert phrases_of(questions, [known]) == {
        "1": ("vợ tôi mới sinh", long[:-1], "Khai sinh", "giấy khai sinh")
    }
