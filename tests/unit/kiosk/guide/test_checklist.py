"""The slip of a checklist: what it says, and what it says where the catalogue knows little."""

import functools
from dataclasses import replace
from typing import get_args

import pytest

from hardware.printer.slip import Item, Qr, Text
from kiosk.guide.checklist import ChecklistFacts, compose_checklist
from kiosk.guide.procedure import Document, Fee, Form, Procedure
from kiosk.paths import ASSETS
from kiosk.texts import Texts

TEXTS = Texts(ASSETS / "i18n", "slip")
BIRTH = Procedure(
    code="1.001193",
    official="Đăng ký khai sinh",
    short="Khai sinh",
    short_en="Register a birth",
    about_en="Bring the birth notice.",
    field="civil-status",
    time="Trong ngày.",
    checked="2026-11-21",
    fee=Fee(kind="free", text="Không thu."),
    documents=(
        Document(name="Giấy chứng sinh"),
        Document(name="Ảnh 4×6", form="copy", copies=2, when="nếu làm thẻ"),
    ),
)
IMPORTED = Procedure(code="9.000001", official="Thủ tục mới", short="", field="other")


def blocks_of(procedure, language="vi", place=""):
    facts = ChecklistFacts(
        site_name="Phường", centre_name="", procedure=procedure, place=place, language=language
    )
    return compose_checklist(facts, functools.partial(TEXTS.get, language=language)).blocks


def texts_of(*args, **more):
    return [block.text for block in blocks_of(*args, **more) if isinstance(block, Text)]


def test_every_document_is_a_line_to_tick():
    items = [block for block in blocks_of(BIRTH) if isinstance(block, Item)]
    assert items == [
        Item("Giấy chứng sinh", "nộp bản chính"),
        Item("Ảnh 4×6", "nộp bản sao, 2 bản; nếu làm thẻ"),
    ]


def test_fee_time_place_and_origin_are_told():
    texts = texts_of(BIRTH, place="Hộ tịch, Quầy số 1")
    for said in ("Khai sinh", "Không thu.", "Trong ngày.", "Hộ tịch, Quầy số 1"):
        assert said in texts
    assert "Mã thủ tục 1.001193" in texts
    assert "Thông tin kiểm tra ngày 21/11/2026" in texts


def test_the_code_leads_to_its_page_on_the_portal():
    assert Qr(BIRTH.portal) in blocks_of(BIRTH)


def test_english_names_it_in_english_and_the_papers_as_a_clerk_knows_them():
    texts = texts_of(BIRTH, language="en")
    assert {"Register a birth", "Bring the birth notice."} <= set(texts)
    assert any(isinstance(b, Item) and b.text == "Giấy chứng sinh" for b in blocks_of(BIRTH))
    paper = Document(
        name="Giấy chứng sinh", when="nếu có", name_en="Birth notice", when_en="if any"
    )
    told = replace(BIRTH, documents=(paper,), fee=Fee(kind="free", text="Không.", text_en="None."))
    (item,) = (one for one in blocks_of(told, language="en") if isinstance(one, Item))
    assert (item.text, item.note) == (
        "Giấy chứng sinh",
        "Birth notice; hand in the original; if any",
    )
    assert "None." in texts_of(told, language="en")


def test_every_text_of_a_checklist_is_used():
    used = set()

    def noted(key, **values):
        used.add(key)
        return TEXTS.get(key, **values)

    every_form = tuple(Document(name="x", form=form, copies=2) for form in get_args(Form))
    for procedure in (replace(BIRTH, documents=every_form), IMPORTED):
        facts = ChecklistFacts(site_name="", centre_name="", procedure=procedure)
        compose_checklist(facts, noted)
    texts = {key for key in set(TEXTS.keys()) if key.startswith("checklist.")}
    assert used == texts | {"thanks"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_not_known_is_asked_of_a_clerk(language):
    texts = texts_of(IMPORTED, language=language)
    assert "Thủ tục mới" in texts
    assert texts.count(TEXTS.get("checklist.ask", language)) == 4  # documents, fee, time, place
    assert not [text for text in texts if "21/11" in text]
