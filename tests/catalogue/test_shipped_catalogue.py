"""The shipped catalogue is strict, complete and well spelt; a mistake is told with its line."""

import re
import tomllib
import unicodedata
from collections import Counter

import msgspec
import pytest

from kiosk.catalogue.english import phrases_of
from kiosk.catalogue.shipped import phrases_of_shipped, read_shipped
from kiosk.config import load_config
from kiosk.errors import CatalogueError
from kiosk.guide.procedure import in_english, missing
from kiosk.paths import ASSETS, DEFAULT_CONFIG

THE_LAWS = {"data", "error", "failed", "invalid"}  # DNA data, a failed mediation, a war invalid
LONGEST_SENTENCE = 24  # words
AS_WORDS = {"3 pm": "15", "January": "1", "August": "8"}
GOOD = (ASSETS / "catalogue" / "civil-status.toml").read_text("utf-8")


def test_it_is_large_and_complete(shipped):
    assert len(shipped.procedures) >= 120
    assert len(shipped.fields) >= 12
    assert {one.code: missing(one) for one in shipped.procedures if missing(one)} == {}
    assert re.fullmatch(r"[0-9a-f]{64}", shipped.version)


def test_every_procedure_queues_for_a_service_of_the_house(shipped):
    services = {one.code for one in load_config(DEFAULT_CONFIG).service}
    assert {one.service for one in shipped.procedures} <= services


def test_companions_are_other_procedures(shipped):
    assert [one.code for one in shipped.procedures if one.code in one.companions] == []


def test_aliases_are_names_that_differ(shipped):
    for one in shipped.procedures:
        assert len({alias.casefold() for alias in one.aliases}) == len(one.aliases), one.code


def test_a_council_sets_no_fee_to_nothing(shipped):
    for one in shipped.procedures:
        if one.fee.kind == "council":
            assert not re.search(r"^\W*(miễn phí|không mất phí)\W*$", one.fee.text, re.IGNORECASE)
        assert (one.fee.amount_vnd > 0) == (one.fee.kind == "amount"), one.code


def told_by(procedure):
    """Each text of a procedure that has a table in the English folder, with that table."""
    yield from (("step", one) for one in procedure.steps)
    yield from (("paper", one.name) for one in procedure.documents)
    yield from (("when", one.when) for one in procedure.documents)
    yield from (("result", procedure.result), ("time", procedure.time))
    yield from (("fee", procedure.fee.text), ("agency", procedure.agency))


def test_every_text_has_its_english(shipped):
    phrases = msgspec.structs.asdict(phrases_of_shipped(ASSETS / "catalogue"))
    told = {one for procedure in shipped.procedures for one in told_by(procedure) if one[1]}
    lacking = {(table, text) for table, text in told if not phrases[table].get(text, "").strip()}
    assert lacking == set()
    assert {one.code for one in shipped.procedures if not in_english(one)} == set()
    assert {one.code for one in shipped.procedures if not (one.short_en and one.about_en)} == set()


def test_no_english_phrase_is_left_over(shipped):
    phrases = msgspec.structs.asdict(phrases_of_shipped(ASSETS / "catalogue"))
    assert phrases.pop("asked").keys() == shipped.by_code.keys()
    told = {one for procedure in shipped.procedures for one in told_by(procedure)}
    assert {(table, text) for table, texts in phrases.items() for text in texts} <= told


def test_the_english_tells_the_same_numbers():
    phrases = msgspec.structs.asdict(phrases_of_shipped(ASSETS / "catalogue"))
    del phrases["asked"]
    for table, texts in phrases.items():
        for text, english in texts.items():
            assert figures(text) == figures(english), (table, text, english)


def figures(text):
    """The numbers in a text; 10.000 and 10,000 are the same, and so are 01 and 1."""
    for words, number in AS_WORDS.items():
        text = text.replace(words, number)
    whole = re.sub(r"(?<=\d)[.,](?=\d{3})", "", text)
    return {number.lstrip("0") for number in re.findall(r"\d+", whole)}


@pytest.mark.parametrize("word", ["của", "và", "người", "giấy", "đơn", "phường"])
def test_the_english_is_no_vietnamese(word, shipped):
    for procedure in shipped.procedures:
        for told in (procedure.short_en, procedure.about_en, *procedure.steps_en):
            assert word not in told.casefold().split(), procedure.code


def test_the_english_is_plain(shipped):
    """The list of words to avoid, but for what the law calls so; and no sentence without an end."""
    lists = tomllib.loads((ASSETS / "plain" / "avoid.en.toml").read_text("utf-8"))
    avoided = {word for table in lists.values() for word in table} - THE_LAWS
    phrases = msgspec.structs.asdict(phrases_of_shipped(ASSETS / "catalogue"))
    del phrases["asked"]
    told = [text for table in phrases.values() for text in table.values()]
    told += [text for one in shipped.procedures for text in (one.short_en, one.about_en)]
    words = {text: re.findall(r"[a-z]+", text.casefold()) for text in told}
    assert {
        text: avoided & set(found) for text, found in words.items() if avoided & set(found)
    } == {}
    sentences = [one for text in told for one in re.split(r"[.;:] ", text)]
    assert [one for one in sentences if len(one.split()) > LONGEST_SENTENCE] == []


def test_what_people_ask_in_english_is_asked_of_one_procedure(shipped):
    asked = [said for one in shipped.procedures for said in (one.short_en, *one.aliases_en)]
    assert len(asked) > 900
    assert [said for said, count in Counter(asked).items() if count > 1] == []


def test_a_phrase_in_two_files_is_told():
    text = '[paper]\n"Căn cước" = "Identity card"\n'
    with pytest.raises(CatalogueError, match=r"b\.toml: paper: told elsewhere too: Căn cước"):
        phrases_of({"a.toml": text, "b.toml": text})


def test_what_is_no_table_of_phrases_is_told_with_the_mistakes_of_the_catalogue(tmp_path):
    (tmp_path / "english").mkdir()
    (tmp_path / "english" / "civil-status.toml").write_text('[papers]\n"x" = "y"\n', "utf-8")
    (tmp_path / "civil-status.toml").write_text(GOOD.replace("copies = 1", "copies = 0"), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_shipped(tmp_path)
    assert "english/civil-status.toml" in caught.value.detail
    assert ">= 1" in caught.value.detail


def test_the_files_are_composed():
    for path in (ASSETS / "catalogue").rglob("*.toml"):
        assert unicodedata.is_normalized("NFC", path.read_text("utf-8")), path.name


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('who = "', 'whom = "', "unknown field `whom`"),
        ('code = "1.001193"', 'code = "1193"', "regex"),
        ('kind = "council"', 'kind = "cheap"', "'cheap'"),
        ("copies = 1", "copies = 0", ">= 1"),
        ("checked = 2026-11-21", 'checked = "today"', "checked"),
        ('name_en = "Civil status"', "", "name_en"),
        ("[field]", 'title = "x"\n[field]', "unknown key"),
    ],
)
def test_a_mistake_is_told_with_its_line(old, new, told, tmp_path):
    assert old in GOOD
    wrong = GOOD.replace(old, new, 1)
    (tmp_path / "civil-status.toml").write_text(wrong, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_shipped(tmp_path)
    assert told in caught.value.detail
    line = int(re.match(r"civil-status\.toml:(\d+): ", caught.value.detail)[1])
    assert "name_en" in told or wrong.splitlines()[line - 1].lstrip().startswith(new.split()[0])


def test_what_is_no_toml_is_told(tmp_path):
    (tmp_path / "civil-status.toml").write_text("[field", "utf-8")
    with pytest.raises(CatalogueError, match=r"civil-status\.toml:1: not TOML"):
        read_shipped(tmp_path)


def test_a_code_twice_is_told(tmp_path):
    (tmp_path / "civil-status.toml").write_text(GOOD, "utf-8")
    (tmp_path / "z.toml").write_text(
        GOOD.replace('code = "civil-status"', 'code = "z"', 1), "utf-8"
    )
    with pytest.raises(CatalogueError, match=r"1\.001193 is there twice"):
        read_shipped(tmp_path)
