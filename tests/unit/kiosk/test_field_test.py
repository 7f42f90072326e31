"""The sums of a field test."""

from pathlib import Path

import click
import msgspec
import pytest

from kiosk.cli.field_test import Asked, Score, read_rows, share_range

ROWS = [
    Asked(meant="1", codes=("1", "2"), kind="answer", seconds=0.5),
    Asked(meant="1", codes=("2", "1"), kind="choices", seconds=0.7),
    Asked(meant="1", codes=("2", "3"), kind="answer", seconds=0.6),
    Asked(meant="1", codes=(), kind="unheard", seconds=0.1),
]


def test_rows_are_summed_up() -> None:
    score = Score.of(ROWS)
    assert score == Score(
        asked=4, first=1, among_four=2, wrongly_acted=1, unheard=1, median_seconds=0.55
    )
    assert "right first        0.25" in "\n".join(score.lines())


def test_nothing_asked_is_a_table_too() -> None:
    assert next(iter(Score.of([]).lines())).endswith("0")


@pytest.mark.parametrize(("count", "of"), [(0, 0), (0, 50), (30, 50), (50, 50)])
def test_a_range_holds_its_share(count: int, of: int) -> None:
    low, high = share_range(count, of)
    assert 0 <= low <= (count / of if of else 0.5) <= high <= 1
    assert high - low > 0.05


def test_a_test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "field-test.jsonl"
    assert read_rows(path) == []
    path.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in ROWS))
    assert read_rows(path) == ROWS


def test_no_sound_and_no_words_are_written() -> None:
    assert set(Asked.__struct_fields__) == {"meant", "codes", "kind", "seconds"}


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello\n", encoding="utf-8")
    with pytest.raises(click.ClickException, match="no file of a field test"):
        read_rows(path)
