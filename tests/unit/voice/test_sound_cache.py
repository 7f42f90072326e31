"""The folder of made sounds."""

import os
from array import array
from pathlib import Path

import pytest

from voice.cache import Cache
from voice.sound import Sound

SOUND = Sound(array("h", range(1_000)))


def test_a_kept_sound_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new" / "folder")
    path = cache.path("xin chào", "vi", 140)
    assert cache.find(path) is None
    cache.keep(path, SOUND)
    assert cache.find(path) == SOUND
    assert [file.name for file in cache.folder.iterdir()] == [path.name]


def test_each_fact_makes_another_file(tmp_path: Path) -> None:
    facts = [("a", "vi", 140), ("b", "vi", 140), ("a", "en", 140), ("a", "vi", 150), ("avi", 140)]
    assert len({Cache(tmp_path).path(*each) for each in facts}) == len(facts)


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"\0" * 3_000])
def test_a_damaged_file_counts_as_missing_and_is_replaced(
    tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    cache = Cache(tmp_path)
    path = cache.path("a")
    path.write_bytes(damage)
    assert cache.find(path) is None
    assert "a damaged sound is made anew" in caplog.text
    cache.keep(path, SOUND)
    assert cache.find(path) == SOUND


@pytest.mark.parametrize("bounds", [{"most_files": 3}, {"most_bytes": 7_000}])
def test_the_longest_unused_go_first(tmp_path: Path, bounds: dict[str, int]) -> None:
    cache = Cache(tmp_path, **bounds)  # a file is 2,044 bytes
    paths = [cache.path(name) for name in "abcd"]
    for age, path in enumerate(paths[:3]):
        cache.keep(path, SOUND)
        os.utime(path, (1_000 + age, 1_000 + age))
    assert cache.find(paths[0]) == SOUND  # used again: now the youngest
    cache.keep(paths[3], SOUND)
    assert [path.exists() for path in paths] == [True, False, True, True]


def test_what_a_crash_left_half_written_is_removed(tmp_path: Path) -> None:
    (tmp_path / "abc.new").write_bytes(b"RI")
    cache = Cache(tmp_path)
    cache.keep(cache.path("a"), SOUND)
    assert not (tmp_path / "abc.new").exists()


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file")
    assert cache.find(cache.path("a")) is None
    with pytest.raises(OSError, match="file"):
        cache.keep(cache.path("a"), SOUND)
