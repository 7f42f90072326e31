"""The intents are learnt from a few sentences, and a procedure's name is a question of its own."""

from kiosk.guide.folding import fold
from kiosk.guide.intent_training import label_of, named_questions, train_intents
from kiosk.guide.procedure import Procedure
from kiosk.guide.sentences import Openings, Sentence

BEES = Procedure(
    code="9.000001",
    official="Cấp phép nuôi ong",
    short="Nuôi ong",
    short_en="Beekeeping",
    field="x",
)


def test_a_label_has_its_named_slots() -> None:
    assert label_of(Sentence("nhà vệ sinh đâu", "facility", {"place": "toilet"})) == (
        "facility/toilet"
    )
    assert label_of(Sentence("chào", "greeting", {"other": "x"})) == "greeting"


def test_what_was_said_is_told_apart() -> None:
    toilet = [
        Sentence(f"nhà vệ sinh ở {where}", "facility", {"place": "toilet"}, "t")
        for where in ("đâu", "chỗ nào", "tầng mấy", "phía nào")
    ]
    hello = [Sentence(f"chào {whom}", "greeting", template="h") for whom in ("em", "cô", "bác")]
    asked = ["làm giấy khai sinh", "xin giấy phép nuôi ong", "chứng thực bản sao"]
    model = train_intents([*toilet, *hello], asked, ["cho hỏi"])
    for text, label in (
        ("nhà vệ sinh đâu", "facility/toilet"),
        ("chào bác", "greeting"),
        ("giấy khai sinh", "procedure"),
    ):
        labels, odds = model.scores(fold(text))
        assert labels[int(odds.argmax())] == label


def test_a_loud_template_leaves_room_for_the_others() -> None:
    loud = [Sentence(f"chào {n}", "greeting", template="h") for n in range(100)]
    outside = [Sentence(f"giá vàng {n}", "out_of_scope", template="o") for n in range(100)]
    model = train_intents([*loud, *outside], ["làm giấy khai sinh"])
    assert set(model.codes) == {"greeting", "out_of_scope", "procedure"}


def test_names_are_questions_in_both_languages() -> None:
    asked = named_questions(
        [BEES], Openings((), ("tôi muốn {}", "cho hỏi {}")), Openings((), ("how about {}",))
    )
    assert any("Nuôi ong" in one for one in asked)
    assert any("Beekeeping" in one for one in asked)
    assert len(asked) == len(set(asked))
