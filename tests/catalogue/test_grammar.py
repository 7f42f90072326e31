"""What a recogniser with a grammar listens for."""

import unicodedata

from kiosk.catalogue.grammar import LONGEST_WORDS, keep_grammar
from kiosk.catalogue.shipped import read_shipped
from kiosk.paths import ASSETS, DataFolder


def test_sentences_and_names_as_a_vietnamese_model_writes_them(tmp_path):
    data = DataFolder(tmp_path)
    catalogue = read_shipped(ASSETS / "catalogue")
    keep_grammar(data, catalogue)
    lines = data.grammar.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(set(lines)) > 1_000
    for line in lines:
        assert line == unicodedata.normalize("NFC", line).lower().strip()
        assert 1 <= len(line.split()) <= LONGEST_WORDS
    assert {"đăng ký tạm trú", "cắt khẩu", "nhà vệ sinh ở đâu"} <= set(lines)
    assert not {"xin tam tru", "toi muon lay so"} & set(lines)


def test_a_new_catalogue_takes_the_place_of_the_old_grammar(tmp_path):
    data = DataFolder(tmp_path)
    data.grammar.parent.mkdir(parents=True)
    data.grammar.write_text("một câu cũ\n", encoding="utf-8")
    keep_grammar(data, read_shipped(ASSETS / "catalogue"))
    assert "một câu cũ" not in data.grammar.read_text(encoding="utf-8")
    assert [path.name for path in data.grammar.parent.iterdir()] == ["grammar.txt"]
