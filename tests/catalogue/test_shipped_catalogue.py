"""The shipped catalogue is strict, complete and well spelt; a mistake is told with its line."""

import re
import unicodedata

import pytest

from kiosk.catalogue.english import PHRASES, phrases_of
from kiosk.catalogue.shipped import read_shipped
from kiosk.config import load_config
from kiosk.errors import CatalogueError
from kiosk.guide.procedure import in_english, missing
from kiosk.paths import ASSETS, DEFAULT_CONFIG

DAILY = (
    "1.001193", "2.000986", "1.000894", "1.004873", "1.000656", "2.000635", "1.004859",
    "1.001022", "1.004222", "1.004194", "1.002755", "1.003197", "1.010038", "1.010039",
    "1.010041", "2.001159", "1.003677", "2.000815", "2.000884", "2.001035", "2.001406",
    "2.000908", "1.014061", "1.014062", "1.014063", "1.014064", "3.000228", "1.001939",
    "1.002759", "1.001776", "1.014027", "1.001731", "1.001699", "1.001612", "2.000720",
    "1.001266", "1.013978", "1.012812", "1.013225", "3.000182",
)  # fmt: skip
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


def test_what_is_asked_for_daily_is_told_in_english(shipped):
    for code in DAILY:
        one = shipped.by_code[code]
        assert one.time_en, code
        assert one.fee.text_en, code
        assert all(paper.name_en for paper in one.documents), code
        assert all(bool(paper.when) == bool(paper.when_en) for paper in one.documents), code
        assert len(one.steps_en) == len(one.steps), code
        assert one.result_en, code
        assert in_english(one), code


def test_no_english_phrase_is_left_over(shipped):
    phrases = phrases_of((ASSETS / "catalogue" / PHRASES).read_text("utf-8"))
    papers = [paper for one in shipped.procedures for paper in one.documents]
    assert phrases.paper.keys() <= {one.name for one in papers}
    assert phrases.when.keys() <= {one.when for one in papers}
    assert phrases.fee.keys() <= {one.fee.text for one in shipped.procedures}
    assert phrases.step.keys() <= {step for one in shipped.procedures for step in one.steps}
    assert phrases.result.keys() <= {one.result for one in shipped.procedures}
    assert phrases.time.keys() <= {one.time for one in shipped.procedures}


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
