"""The catalogue kept ready: the same facts, opened at once, never trusted once damaged."""

import pytest

from kiosk.catalogue import reading
from kiosk.catalogue.importing import read_export, work_out
from kiosk.catalogue.keeping import keep
from kiosk.catalogue.ready import READY
from kiosk.paths import DataFolder
from tests.catalogue.exports import BIRTH, jsonl, procedure


@pytest.fixture
def data(tmp_path, shipped):
    """A data folder with an import."""
    folder = DataFolder(tmp_path / "var")
    rows = read_export(jsonl(tmp_path, [BIRTH, procedure(1)]))
    done = work_out(shipped, None, rows, source="x", ward_only=False, on="2026-11-22")
    folder.root.mkdir()
    keep(folder.catalogue, done.kept)
    return folder


@pytest.fixture
def slowly(monkeypatch):
    """How often the catalogue was laid together from its sources."""
    times = []
    whole = reading._laid_together
    monkeypatch.setattr(reading, "_laid_together", lambda data: times.append(1) or whole(data))
    return times


def test_the_second_reading_has_the_same_facts_without_the_work(data, slowly, shipped):
    first, second = reading.read_catalogue(data), reading.read_catalogue(data)
    assert len(slowly) == 1
    assert second == first
    assert (second.since, [one.event for one in second.news]) == ("2026-11-22", ["new", "amended"])
    short, whole = second.by_code["1.001193"], second.whole("1.001193")
    assert (short.documents, short.steps) == ((), ())
    assert whole.documents == shipped.by_code["1.001193"].documents
    assert second.whole("9.999999") is None


def test_an_import_makes_it_anew_and_the_old_reads_its_own(data, slowly, tmp_path, shipped):
    old = reading.read_catalogue(data)
    rows = read_export(jsonl(tmp_path, [procedure(2)]))
    keep(data.catalogue, work_out(shipped, None, rows, source="y", ward_only=False, on="").kept)
    new = reading.read_catalogue(data)
    assert len(slowly) == 2
    assert "9.000002" in new.by_code
    assert old.whole("9.000001").time == "3 ngày"


@pytest.mark.parametrize("at", [-1, 5, 300])
def test_a_damaged_one_is_made_again_or_does_without(data, slowly, at, caplog):
    reading.read_catalogue(data)
    path = data.catalogue / READY
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0xFF
    path.write_bytes(raw)
    found = reading.read_catalogue(data)
    assert found.by_code["9.000001"].official
    last = found.procedures[-1].code
    assert found.whole(last).official == found.by_code[last].official
    assert (len(slowly) == 2) or "cannot be read" in caplog.text


def test_a_disk_that_takes_nothing_is_done_without(data, monkeypatch, caplog):
    def full(self, *_args):
        raise OSError(28, "no space")

    monkeypatch.setattr("pathlib.Path.replace", full)
    assert reading.read_catalogue(data).whole("1.001193").documents
    assert "not kept ready" in caplog.text
    assert sorted(one.name for one in data.catalogue.iterdir()) == ["current.json"]


def test_without_a_data_folder_nothing_is_written(tmp_path):
    assert reading.read_catalogue(DataFolder(tmp_path / "var")).procedures
    assert not (tmp_path / "var").exists()
