"""config.toml explains itself, and says what `kiosk config explain` says."""

import pytest

from kiosk.config.keys import keys, tables
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.settings.explaining import Explanations
from kiosk.texts import LANGUAGES, read_book

EXPLANATIONS = Explanations(ASSETS / "i18n")
TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")


def test_the_comments_of_the_shipped_file_are_these():
    told = "`python -m tools.explain_config` writes them"
    assert EXPLANATIONS.refreshed(TEXT) == TEXT, told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_book_explains_each_key_and_table_and_nothing_else(language):
    book = read_book(ASSETS / "i18n", "config", language)
    known = {*keys(), *(f"{table}.about" for table in tables())}
    assert {text for text in book if not text.startswith("phrase.")} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_that_the_schema_keeps_is_told(language):
    for key in keys().values():
        told = EXPLANATIONS.comment(key, language)
        for bound in (key.low, key.high):
            assert bound is None or f"{bound:g}" in told, key.path
        if key.kind == "choice":
            assert all(str(choice) in told for choice in key.choices), key.path


def test_both_languages_tell_the_same_default():
    key = keys()["screen.timeout_s"]
    assert EXPLANATIONS.comment(key).endswith('15 to 300: then "more time?"; default 45')
    assert EXPLANATIONS.comment(key, "vi").endswith("; mặc định 45")
    assert EXPLANATIONS.of_table("hours", "vi").startswith("giờ phát số")


def test_comments_are_made_anew_and_everything_else_stays():
    text = (
        "# a line of its own\n[screen]\n"
        'monitor = "HDMI # 1"   # wrong\n'
        "timeout_s = 60\nmystery = 1   # gone\n"
    )
    lines = EXPLANATIONS.refreshed(text).split("\n")
    assert lines[0] == "# a line of its own"
    assert lines[1].startswith("[screen]                  # the citizen's screen")
    assert lines[2].startswith('monitor = "HDMI # 1"   # name of the output')
    assert lines[3].startswith("timeout_s = 60            # seconds without touch, 15 to 300")
    assert lines[4] == "mystery = 1"


def test_of_many_tables_alike_only_the_first_is_explained():
    text = '[[counter]]\nnumber = "1"\n\n[[counter]]\nnumber = "2"  # the left one\n'
    lines = EXPLANATIONS.refreshed(text).split("\n")
    assert "# 1 to 4 letters and digits" in lines[1]
    assert lines[3:5] == ["[[counter]]", 'number = "2"']
