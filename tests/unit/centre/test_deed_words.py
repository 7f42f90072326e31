"""The facts of the audit log are told in words, whatever was kept."""

import functools

import pytest

from centre.pages.deed_words import DeedWords
from kiosk.paths import ASSETS
from kiosk.texts import Texts

SITES = {"tay-ho": "Phường Tây Hồ"}
BOOK = Texts(ASSETS / "i18n", "centre")


def told(facts, language="vi"):
    say = functools.partial(BOOK.get, language=language)
    return DeedWords(say, language, SITES).told(facts)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"role": "ward", "site": "tay-ho"}, "vai trò: Phường; phường: Phường Tây Hồ"),
        ({"role": "city", "site": ""}, "vai trò: Thành phố; phường: Cả thành phố"),
        ({"changed": ["name_en", "group"]}, "đã sửa: Tên tiếng Anh, Nhóm thử nghiệm"),
        ({"audience": "group:pilot", "version": 3}, "cho: Nhóm pilot; bản 3"),
        ({"audience": "site:tay-ho"}, "cho: Phường Tây Hồ"),
        ({"kind": "offline", "threshold": 10, "active": True},
         "loại: mất kết nối; ngưỡng: 10; đang bật"),
        ({"threshold": 0.5, "active": False}, "ngưỡng: 0,5; đang tắt"),
        ({"outcome": "not_reached"}, "Không liên lạc được"),
        ({"wishes": ["k1/0/4", "k1/0/9"]}, "yêu cầu: k1/0/4, k1/0/9"),
        ({"address": "127.0.0.1"}, "từ địa chỉ 127.0.0.1"),
        # of another day: a fact and a code that are none any more, a site that is gone
        ({"colour": "green", "role": "king", "site": "gone"},
         "colour: green; vai trò: king; phường: gone"),
    ],
)  # fmt: skip
def test_a_fact_is_told_in_words(facts, words):
    assert told(facts) == words


def test_english_reads_english():
    assert told({"threshold": 0.5, "active": False}, "en") == "threshold: 0.5; switched off"
