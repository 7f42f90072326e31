"""config.toml with what the centre gave over it: who counts where the two do not agree."""

import pytest

from kiosk.errors import ConfigError
from kiosk.paths import DEFAULT_CONFIG
from kiosk.settings.editing import changed
from kiosk.settings.keeping import ConfigShelf

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")
CLASH = {
    "services": '[[counter]]\nnumber = "1"\n\n[[service]]\ncode = "land"\nname_vi = "Đất"\n'
    'name_en = "Land"\nseries = "X"\ncounters = ["1"]\n'
}
GOOD = {"notices": '[[notice]]\ntext_vi = "Từ thành phố"\n'}


@pytest.fixture
def given():
    return {}


@pytest.fixture
def shelf(tmp_path, given):
    (tmp_path / "config.toml").write_text(TEXT, encoding="utf-8")
    return ConfigShelf(tmp_path / "config.toml", tmp_path / "kept", given=lambda: given)


def notice(found):
    return found.config.notice[0].text_vi


def with_letter():
    return changed(TEXT, "leader.letter", "X")


def test_what_was_given_counts(shelf, given):
    given.update(GOOD)
    assert notice(shelf.in_force()) == "Từ thành phố"
    assert shelf.in_force().given_fault == ""


def test_where_the_two_clash_the_file_counts_and_it_is_said(shelf, given):
    given.update(CLASH | GOOD)
    shelf.path.write_text(with_letter(), encoding="utf-8")
    found = shelf.in_force()
    assert "'X' is the series of service 'land'" in found.given_fault
    assert found.fault == ""
    assert len(found.config.service) == 6
    assert notice(found) != "Từ thành phố"


def test_what_was_given_lies_over_a_kept_version_too(shelf, given):
    shelf.note()
    given.update(GOOD)
    shelf.path.write_text("[site", encoding="utf-8")
    found = shelf.in_force()
    assert found.kept
    assert notice(found) == "Từ thành phố"


def test_a_change_that_clashes_is_not_saved(shelf, given):
    given.update(CLASH)
    with pytest.raises(ConfigError, match="series of service 'land'"):
        shelf.save(with_letter())
    assert shelf.text() == TEXT
    given.clear()
    shelf.save(with_letter())


def test_where_the_two_clash_already_a_technician_can_still_work(shelf, given):
    given.update(CLASH)
    shelf.path.write_text(with_letter(), encoding="utf-8")
    shelf.save(changed(with_letter(), "screen.timeout_s", "60"))
    assert shelf.in_force().config.screen.timeout_s == 60
    shelf.path.write_text("[site", encoding="utf-8")
    shelf.save(with_letter())
    shelf.save(TEXT)
    assert shelf.in_force().given_fault == ""


def test_trying_changes_nothing(shelf, given):
    assert shelf.tried(GOOD).notice[0].text_vi == "Từ thành phố"
    with pytest.raises(ConfigError):
        shelf.tried({"hours": "[hours"})
    assert shelf.text() == TEXT
    assert notice(shelf.in_force()) != "Từ thành phố"
