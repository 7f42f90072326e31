"""The slip of a list: its beginning, how much more there is, and where."""

import functools
from typing import get_args

import pytest

from hardware.printer.paper import PAPERS
from hardware.printer.slip import Qr, Text
from hardware.printer.slip_image import draw_slip
from kiosk.guide.list_slip import MOST_LINES, ListFacts, compose_list
from kiosk.guide.procedure import PORTAL_LIST
from kiosk.paths import ASSETS
from kiosk.texts import Texts
from kiosk.words import Language

TEXTS = Texts(ASSETS / "i18n", "slip")


def slip(count, language="vi"):
    facts = ListFacts(
        site_name="UBND phường",
        centre_name="Điểm phục vụ",
        title="Hộ tịch",
        names=tuple(f"Thủ tục {number}" for number in range(1, count + 1)),
        on="2026-11-22",
    )
    return compose_list(facts, functools.partial(TEXTS.get, language=language))


def texts(count, language="vi"):
    return [block.text for block in slip(count, language).blocks if isinstance(block, Text)]


def test_a_short_list_is_whole():
    said = texts(3)
    assert "3. Thủ tục 3" in said
    assert "3 thủ tục, tính đến ngày 22/11/2026" in said
    assert not [text for text in said if "nữa" in text]
    assert Qr(PORTAL_LIST) in slip(3).blocks


def test_a_long_list_says_how_much_more_there_is():
    said = texts(405)
    assert f"{MOST_LINES}. Thủ tục {MOST_LINES}" in said
    assert f"{MOST_LINES + 1}. Thủ tục {MOST_LINES + 1}" not in said
    assert "… và 365 thủ tục nữa, xin xem tiếp trên màn hình." in said


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("width_mm", sorted(PAPERS))
def test_it_is_no_longer_than_an_arm(language, width_mm):
    drawn = draw_slip(slip(405, language), PAPERS[width_mm], ASSETS / "fonts")
    assert drawn.image.height / 8 < 400  # millimetres
