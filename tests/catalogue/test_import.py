"""Importing a portal export: every shape, every kind of bad row, what changes, what is kept."""

import dataclasses
import gzip

import pytest

from kiosk.catalogue.export_file import count_rows
from kiosk.catalogue.importing import BadRow, read_export, work_out
from kiosk.catalogue.keeping import CURRENT, PREVIOUS, keep, read_kept
from kiosk.catalogue.merging import merged
from kiosk.errors import CatalogueError
from kiosk.guide.shelves import Shelves
from tests.catalogue.exports import BIRTH, jsonl, procedure, xlsx

HEADS = ["Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Lệ phí", "Thời hạn giải quyết", "Cấp thực hiện"]
CELLS = ["9.000001", "Cấp giấy phép thả diều số 1", "Thả diều", "20.000 đồng", "3 ngày", "Cấp xã"]


def test_json_lines_csv_and_a_spreadsheet_say_the_same(tmp_path):
    csv = tmp_path / "export.csv"
    csv.write_text(f"Danh mục;;\n\n{';'.join(HEADS)}\n{';'.join(CELLS)}\n", encoding="utf-8-sig")
    utf16 = tmp_path / "unicode.csv"
    utf16.write_text("\t".join(HEADS) + "\n" + "\t".join(CELLS) + "\n", encoding="utf-16")
    files = [
        jsonl(tmp_path, [procedure(1)]), csv, utf16,
        xlsx(tmp_path, [["Danh mục thủ tục"], HEADS, CELLS]),
    ]  # fmt: skip
    first, *others = [read_export(path).good for path in files]
    assert [one.official for one in first] == ["Cấp giấy phép thả diều số 1"]
    assert first[0].fee.amount_vnd == 20_000
    assert all(one == first for one in others)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        (procedure(1, code=""), "code: is missing"),
        (procedure(1, code=7), "code: is missing"),
        (procedure(1, code="1193"), "not like 1.001193"),
        (procedure(1, name=" "), "name: is missing"),
        (procedure(1, name="…"), "name: has no words"),
        (procedure(1, name="x" * 6_000), "longer than"),
        (procedure(1, fee=5), "fee: expected text, got int"),
        (procedure(1, documents=3), "documents: expected a list"),
        (procedure(1, documents=[{"title": "x"}]), "documents[0]: needs a name"),
        (procedure(2), "is on line 1 already"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_does_not_stop_the_rest(row, reason, tmp_path):
    rows = read_export(jsonl(tmp_path, [procedure(2), row, procedure(3)]))
    assert [one.code for one in rows.good] == ["9.000002", "9.000003"]
    assert [one.line for one in rows.bad] == [2]
    assert reason in rows.bad[0].reason


def test_a_csv_row_over_two_lines_is_told_with_its_first(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text('code,name,steps\n9.000001,Một,"a\nb"\n?,Hai,\n', encoding="utf-8")
    rows = read_export(path)
    assert rows.good[0].steps == ("a", "b")
    assert rows.bad == (BadRow(4, "code: '?' is not like 1.001193"),)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b""),
        ("a.jsonl", b"garbage\n"),
        ("a.jsonl", b"\xff\xfe\x00"),
        ("a.jsonl", "\n\xe9".encode("latin-1")),
        ("a.csv", b"only;text\n1;2\n"),
        ("a.xlsx", b"PK\x03\x04 cut off"),
        ("a.json", b"[{"),
    ],
)
def test_a_file_without_a_good_row_is_refused(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CatalogueError, match=name):
        read_export(tmp_path / name)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_export(tmp_path / "none.jsonl")


def test_a_spreadsheet_with_a_document_type_is_refused(tmp_path):
    path = xlsx(tmp_path, [HEADS, CELLS], doctype='<!DOCTYPE x [<!ENTITY a "b">]>')
    with pytest.raises(CatalogueError, match="document type"):
        read_export(path)


def test_a_spreadsheet_damaged_at_any_byte_is_refused_or_read(tmp_path):
    """Fuzzing found one that broke in the middle of its packed part: zlib's own error came out."""
    path = xlsx(tmp_path, [HEADS, *[CELLS] * 40])
    whole = path.read_bytes()
    refused = 0
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path.write_bytes(damaged)
        try:
            read_export(path)
        except CatalogueError:
            refused += 1
    assert refused > 20


def test_only_the_wards(tmp_path):
    path = jsonl(tmp_path, [procedure(1), procedure(2, ward=False), procedure(3)])
    rows = read_export(path, ward_only=True)
    assert [one.code for one in rows.good] == ["9.000001", "9.000003"]
    assert rows.left_out == 1


def imported(shipped, before, rows, folder, on="2026-11-22", **more):
    found = read_export(jsonl(folder, rows))
    return work_out(shipped, before, found, source="x", ward_only=False, on=on, **more)


def test_shipped_words_stay_and_names_are_the_portals(shipped, tmp_path):
    done = imported(shipped, None, [BIRTH | {"name": "Đăng ký việc sinh"}], tmp_path)
    ours, now = shipped.by_code["1.001193"], done.catalogue.by_code["1.001193"]
    assert done.changed == ("1.001193",)
    assert (done.added, done.removed) == ((), ())
    assert now.official == "Đăng ký việc sinh"
    assert now.aliases == ours.aliases
    assert now.documents == ours.documents
    assert now.fee == ours.fee  # the portal's "free" is not believed


def test_what_the_portal_changes_later_is_news(shipped, tmp_path):
    first = imported(shipped, None, [BIRTH, procedure(1), procedure(2)], tmp_path)
    assert first.added == ("9.000001", "9.000002")
    later = BIRTH | {"time": "Trực tiếp: 2 giờ"}
    second = imported(
        shipped, first.kept, [later, procedure(1), procedure(3)], tmp_path, on="2026-12-01"
    )
    assert second.added == ("9.000003",)
    assert second.changed == ("1.001193",)
    assert second.removed == ("9.000002",)
    assert second.catalogue.by_code["1.001193"].time == "2 giờ"
    assert "9.000002" not in second.catalogue.by_code
    news = {(one.event, one.code): one.facts for one in second.kept.news}
    assert news == {
        ("new", "9.000003"): (),
        ("amended", "1.001193"): ("time",),
        ("abolished", "9.000002"): (),
    }


def test_a_shipped_procedure_that_the_portal_drops_is_gone_until_it_is_back(shipped, tmp_path):
    first = imported(shipped, None, [BIRTH, procedure(1)], tmp_path)
    second = imported(shipped, first.kept, [procedure(1)], tmp_path)
    assert second.removed == ("1.001193",)
    assert "1.001193" not in second.catalogue.by_code
    third = imported(shipped, second.kept, [BIRTH, procedure(1)], tmp_path)
    assert third.added == ("1.001193",)
    assert third.catalogue.by_code["1.001193"].aliases == shipped.by_code["1.001193"].aliases


def test_to_leave_out_what_is_not_the_wards_abolishes_nothing(shipped, tmp_path):
    rows = [procedure(1), procedure(2, ward=False)]
    first = imported(shipped, None, rows, tmp_path)
    found = read_export(jsonl(tmp_path, rows), ward_only=True)
    second = work_out(shipped, first.kept, found, source="x", ward_only=True, on="2026-12-01")
    assert (second.added, second.changed, second.removed) == ((), (), ())
    assert "9.000002" not in second.catalogue.by_code


def test_a_file_cut_off_does_not_empty_a_large_catalogue(shipped, tmp_path):
    first = imported(shipped, None, [procedure(n) for n in range(120)], tmp_path)
    some = [procedure(n) for n in range(40)]
    with pytest.raises(CatalogueError, match="80 of 120 procedures would vanish"):
        imported(shipped, first.kept, some, tmp_path)
    assert len(imported(shipped, first.kept, some, tmp_path, fewer=True).removed) == 80


def test_what_is_incomplete_is_named(shipped, tmp_path):
    done = imported(shipped, None, [procedure(1)], tmp_path)
    assert done.incomplete == {"9.000001": ("documents", "steps", "service")}


def test_a_new_field_comes_with_its_procedures(shipped, tmp_path):
    done = imported(shipped, None, [procedure(1), BIRTH], tmp_path)
    field = done.catalogue.field_by_code["tha-dieu"]
    assert field.name_vi == "Thả diều"
    assert [one.code for one in Shelves(done.catalogue).browse("tha-dieu")] == ["9.000001"]


def test_what_is_kept_is_read_back_the_same(shipped, tmp_path):
    done = imported(shipped, None, [BIRTH, procedure(1)], tmp_path)
    version = keep(tmp_path / "kept", done.kept)
    kept, found = read_kept(tmp_path / "kept")
    assert (kept, found) == (done.kept, version)
    again = merged(shipped, kept.rows, kept.amended, kept.abolished, "")
    assert dataclasses.replace(done.catalogue, version="") == again


@pytest.mark.parametrize("damage", [b"", b"{}\n{}", b"\x00" * 50])
def test_a_damaged_file_never_replaces_a_good_one(damage, shipped, tmp_path, caplog):
    one = imported(shipped, None, [procedure(1)], tmp_path)
    two = imported(shipped, one.kept, [procedure(1), procedure(2)], tmp_path)
    folder = tmp_path / "kept"
    keep(folder, one.kept)
    keep(folder, two.kept)
    (folder / CURRENT).write_bytes(damage)
    assert read_kept(folder)[0] == one.kept
    assert "cannot be used" in caplog.text
    keep(folder, two.kept)  # the damaged one is not set aside over the good one
    assert read_kept(folder)[0] == two.kept
    (folder / CURRENT).unlink()
    assert read_kept(folder)[0] == one.kept
    (folder / PREVIOUS).unlink()
    assert read_kept(folder) is None


def test_a_full_disk_changes_nothing(shipped, tmp_path, monkeypatch):
    done = imported(shipped, None, [procedure(1)], tmp_path)
    folder = tmp_path / "kept"
    version = keep(folder, done.kept)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kiosk.catalogue.keeping.os.fsync", full)
    with pytest.raises(CatalogueError, match="No space left"):
        keep(folder, done.kept)
    assert read_kept(folder)[1] == version
    assert {path.name for path in folder.iterdir()} == {CURRENT}


def test_a_packed_export_is_unpacked(tmp_path):
    plain = jsonl(tmp_path, [BIRTH, procedure(1)])
    packed = tmp_path / "export.JSONL.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_export(packed) == read_export(plain)
    assert count_rows(packed) == 2
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_export(packed)
    assert count_rows(packed) == 0
