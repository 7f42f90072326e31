"""The model and the catalogue that ship: what citizens say most is found, and new words mostly."""

from functools import cache
from pathlib import Path

import pytest

from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.lessons import read_unseen
from kiosk.guide.model import Model
from kiosk.guide.search import Search

ASSETS = Path(__file__).parents[4] / "assets"
MODEL = ASSETS / "guide" / "model.bin"


@cache
def shipped() -> Search:
    return Search(read_shipped(ASSETS / "catalogue").procedures, Model.load(MODEL))


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("vợ tôi mới sinh", "1.001193"),
        ("bố tôi vừa mất", "1.000656"),
        ("bo toi vua mat", "1.000656"),
        ("photo công chứng bằng đại học", "2.000815"),
        ("cắt khẩu", "1.003197"),
        ("em muốn lấy chồng người Hàn Quốc", "2.000806"),
        ("đăng kí tạm chú cho sinh viên", "1.004194"),
        ("mat cccd h lam sao", "1.014064"),
        ("mở quán cà phê nhỏ", "1.001612"),
        ("xin giấy độc thân", "1.004873"),
    ],
)
def test_what_people_say_is_found(asked: str, code: str) -> None:
    assert shipped().find(asked).hits[0].code == code


def test_unseen_questions_are_mostly_found() -> None:
    """Floors well below the figures of assets/guide/report.md: this is no benchmark."""
    asked = [
        one
        for many in read_unseen(ASSETS / "guide").values()
        for one in many
        if shipped().has(one.codes[0])
    ]
    found = [shipped().find(one.text, 3).hits for one in asked]
    first = sum(hits[0].code in one.codes for hits, one in zip(found, asked, strict=True))
    third = sum(
        any(hit.code in one.codes for hit in hits) for hits, one in zip(found, asked, strict=True)
    )
    assert first >= 0.85 * len(asked)
    assert third >= 0.93 * len(asked)


def test_the_file_is_small() -> None:
    assert MODEL.stat().st_size < 4_000_000
