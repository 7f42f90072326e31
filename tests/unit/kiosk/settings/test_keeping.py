"""A configuration is saved whole or not at all; the good ones are kept; a bad one does no harm."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from kiosk.errors import ConfigError, Trouble
from kiosk.paths import DEFAULT_CONFIG
from kiosk.settings.editing import changed
from kiosk.settings.keeping import KEEP, ConfigShelf, write_whole

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "config.toml").write_text(TEXT, encoding="utf-8")
    return ConfigShelf(tmp_path / "config.toml", tmp_path / "var" / "config")


def seconds(number):
    return changed(TEXT, "screen.timeout_s", str(number))


def timeouts(shelf):
    """What the kept versions say, newest first."""
    return [int(one.text.partition("timeout_s = ")[2].split()[0]) for one in shelf.kept()]


def test_what_is_saved_counts_and_the_former_one_is_kept(shelf):
    assert shelf.save(seconds(60)).screen.timeout_s == 60
    assert shelf.in_force().config.screen.timeout_s == 60
    assert timeouts(shelf) == [60, 45]


def test_what_is_wrong_changes_nothing(shelf):
    with pytest.raises(ConfigError, match="Expected int >= 15"):
        shelf.save(seconds(5))
    assert shelf.path.read_text(encoding="utf-8") == TEXT
    assert shelf.kept() == []


def test_the_last_five_are_kept(shelf):
    for number in range(50, 60):
        shelf.save(seconds(number))
    assert timeouts(shelf) == [59, 58, 57, 56, 55, 54]
    assert len(shelf.kept()) == KEEP + 1


def test_a_version_that_comes_again_is_kept_once(shelf):
    for number in (50, 60, 50):
        shelf.save(seconds(number))
    assert timeouts(shelf) == [50, 60, 45]


def test_as_it_was_and_forward_again(shelf):
    shelf.save(seconds(60))
    shelf.back()
    assert shelf.in_force().config.screen.timeout_s == 45
    shelf.back()
    assert shelf.in_force().config.screen.timeout_s == 60


def test_further_back(shelf):
    for number in (50, 60, 70):
        shelf.save(seconds(number))
    shelf.back(2)
    assert shelf.in_force().config.screen.timeout_s == 50
    with pytest.raises(ConfigError, match="3 former versions are kept"):
        shelf.back(4)


def test_with_nothing_kept_there_is_no_way_back(shelf):
    with pytest.raises(ConfigError, match="0 former versions"):
        shelf.back()


@pytest.mark.parametrize(
    "content",
    [b"[site", b"\x00\xff\x7fELF", b"", seconds(5).encode()],
    ids=["torn", "rubbish", "empty", "out of range"],
)
def test_a_bad_edit_by_hand_leaves_the_last_good_one_in_force(shelf, content):
    shelf.save(seconds(60))
    shelf.path.write_bytes(content)
    found = shelf.in_force()
    assert found.config.screen.timeout_s == 60
    assert found.fault
    assert found.kept == shelf.kept()[0].path.name
    shelf.back()
    assert shelf.in_force().fault == ""
    assert shelf.in_force().config.screen.timeout_s == 60
    (aside,) = shelf.kept()[0].path.parent.glob("set-aside")
    assert aside.read_bytes() == content


def test_a_missing_file_too(shelf):
    shelf.save(seconds(60))
    shelf.path.unlink()
    assert "cannot be read" in shelf.in_force().fault
    shelf.back()
    assert shelf.in_force().config.screen.timeout_s == 60


def test_a_kept_version_that_is_damaged_is_passed_over(shelf):
    shelf.save(seconds(60))
    shelf.kept()[0].path.write_bytes(b"\xff")
    shelf.path.write_text("[site")
    assert shelf.in_force().config.screen.timeout_s == 45
    with pytest.raises(ConfigError, match="not TOML"):
        shelf.back()
    shelf.back(2)
    assert shelf.in_force().fault == ""


def test_with_nothing_good_at_all_the_files_own_mistake_is_told(shelf):
    shelf.path.write_text("[site")
    with pytest.raises(ConfigError, match="not TOML"):
        shelf.in_force()


def test_a_good_edit_by_hand_is_kept_when_the_core_notes_it(shelf):
    shelf.note()
    shelf.path.write_text(seconds(75), encoding="utf-8")
    shelf.note()
    shelf.note()
    assert timeouts(shelf) == [75, 45]
    shelf.path.write_text("[site")
    shelf.note()
    assert timeouts(shelf) == [75, 45]


def test_a_clock_that_was_set_back_does_not_change_the_order(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(TEXT, encoding="utf-8")
    moments = iter([datetime(2026, 11, day, tzinfo=UTC) for day in (9, 3, 2)])
    shelf = ConfigShelf(path, tmp_path / "kept", now=lambda: next(moments))
    shelf.save(seconds(60))
    shelf.save(seconds(61))
    assert timeouts(shelf) == [61, 60, 45]


def test_the_files_mode_stays_and_kept_ones_are_for_this_user_alone(shelf):
    shelf.path.chmod(0o640)
    shelf.save(seconds(60))
    assert shelf.path.stat().st_mode & 0o777 == 0o640
    assert {one.path.stat().st_mode & 0o777 for one in shelf.kept()} == {0o600}


def test_a_group_that_shares_their_folder_may_read_the_kept_ones(shelf, tmp_path):
    (tmp_path / "var" / "config").mkdir(parents=True)
    (tmp_path / "var" / "config").chmod(0o2750)
    shelf.save(seconds(60))
    assert {one.path.stat().st_mode & 0o777 for one in shelf.kept()} == {0o640}


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.toml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "config.toml").symlink_to("real.toml")
    ConfigShelf(tmp_path / "config.toml", tmp_path / "kept").save(seconds(60))
    assert (tmp_path / "config.toml").is_symlink()
    assert "timeout_s = 60" in (tmp_path / "real.toml").read_text(encoding="utf-8")


def test_a_disk_that_is_full_leaves_the_file_as_it_was(shelf, monkeypatch):
    """The one thing that cannot be had here for real: fsync fails as on a full disk."""

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Trouble, match="cannot be written") as caught:
        shelf.save(seconds(60))
    assert caught.value.code == "read_only"
    assert shelf.path.read_text(encoding="utf-8") == TEXT
    assert list(shelf.path.parent.glob(".*")) == []


KILLED_WHILE_SAVING = """
import sys
from pathlib import Path
from kiosk.settings.keeping import write_whole
path, texts = Path(sys.argv[1]), [letter * 200_000 for letter in "ab"]
print("begun", flush=True)
while True:
    for text in texts:
        write_whole(path, text)
"""


def test_killed_in_the_middle_of_saving_the_file_is_whole(tmp_path):
    path = tmp_path / "config.toml"
    write_whole(path, "a" * 200_000)
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED_WHILE_SAVING, str(path)], stdout=subprocess.PIPE
        )
        with child:
            assert child.stdout.readline() == b"begun\n"
            before = path.stat().st_ino
            while path.stat().st_ino == before:
                pass
            child.kill()
        content = path.read_text()
        assert content in {"a" * 200_000, "b" * 200_000}
