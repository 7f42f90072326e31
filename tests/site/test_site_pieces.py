"""The pieces: lock-outs, plots, sheets; sessions on a disk that fails; an address not there."""

import asyncio
import csv
import io
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from site_house import in_loop

from kiosk.queueing.report import DayReport, LeftOver, Line, Spread, Tally
from kiosk.site.charts import Bar, columns, rows, scale_top
from kiosk.site.lockout import LONGEST_S, MAX_KEYS, LockOut
from kiosk.site.server import SiteServer
from kiosk.site.sessions import Sessions
from kiosk.site.sheets import COLUMNS, Wording, as_csv, as_xlsx, plain

TALLY = Tally(issued=5, served=3, waits=Spread(count=3, median_s=90, p90_s=120, longest_s=150))
REPORT = DayReport(
    business_day="2026-11-23",
    whole=TALLY,
    by_service=(Line(key="land", tally=TALLY),),
    by_counter=(Line(key="2", tally=TALLY),),
    by_hour=(Line(key="08", tally=TALLY), Line(key="09", tally=Tally())),
    left_over=(LeftOver(reason="after_hours", count=4),),
)


def words(key, **values):
    return " ".join([key.replace(".", " "), *values.values()])


WORDING = Wording(
    text=words, service=lambda code: f"=HYPERLINK({code})", reason=lambda note: f"why {note}"
)


def test_each_lock_out_in_a_row_lasts_twice_as_long():
    lockout, now, waits = LockOut(3, 60.0), 0.0, []
    for _ in range(12):
        for _ in range(3):
            lockout.wrong("lan", "a", now)
        waits.append(lockout.wait_s("lan", "a", now))
        now += waits[-1]
        assert lockout.wait_s("lan", "a", now) == 0
    assert waits[:4] == [60, 120, 240, 480]
    assert max(waits) == LONGEST_S


def test_who_guesses_locks_out_themselves_first():
    lockout = LockOut(3, 60.0)
    for _ in range(3):
        lockout.wrong("lan", "a", 0.0)
    assert lockout.wait_s("lan", "b", 0.0) == 0
    for address in "bcdefgh":
        for _ in range(2):
            lockout.wrong("lan", address, 0.0)
    assert lockout.wait_s("lan", "never seen", 0.0) > 0  # many computers, one name
    for number in range(12):
        lockout.wrong(f"name-{number}", "x", 0.0)
    assert lockout.wait_s("another name", "x", 0.0) > 0  # one computer, many names


def test_made_up_names_do_not_fill_the_memory():
    lockout = LockOut(3, 60.0)
    for number in range(2 * MAX_KEYS):
        lockout.wrong(f"name-{number}", f"address-{number}", 0.0)
    assert len(lockout._counts) <= MAX_KEYS


@pytest.mark.parametrize(
    ("largest", "top"), [(0, 1), (1, 1), (1.1, 2), (7, 10), (41, 50), (100, 100), (101, 200)]
)
def test_scales_end_at_round_figures(largest, top):
    assert scale_top(largest) == top


@pytest.mark.parametrize("draw", [columns, rows])
def test_plots_are_drawings_without_styles_or_scripts(draw):
    bars = [Bar("<script>alert(1)</script>", (3.0, 1.5)), Bar("09h", (0.0, 0.0))]
    drawing = str(draw(bars, 'a "title" & more'))
    tree = ET.fromstring(drawing)
    lengths = [one.attrib for one in tree.iter() if one.tag.endswith("rect")]
    assert len(lengths) == 4
    assert "style" not in drawing
    assert "<script" not in drawing
    ET.fromstring(str(draw([], "nothing")))


def test_the_sheets_hold_the_same_figures_and_no_formula():
    lines = list(csv.reader(io.StringIO(as_csv(REPORT, WORDING).decode("utf-8-sig"))))
    assert ["table total", "5", "3", "0", "0", "0", "1.5", "2.0", "2.5", "", ""] in lines
    book = load_workbook(io.BytesIO(as_xlsx(REPORT, WORDING)))
    assert lines[-2:] == [["report left_over"], ["why after_hours", "4"]]
    assert len(book.worksheets) == 5
    assert [cell.value for cell in book.worksheets[-1][2]] == ["why after_hours", 4]
    sheet = book.worksheets[1]
    row = [cell.value for cell in sheet[2]]
    assert row[0] == "'=HYPERLINK(land)"
    assert row[1:4] == [5, 3, 0]
    assert len(row) == 1 + len(COLUMNS)
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    assert plain("Hộ tịch") == "Hộ tịch"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[{"staff": 1}]', b"\xff\x00"])
def test_a_damaged_file_of_sessions_costs_a_log_in(tmp_path, content):
    path = tmp_path / "site" / "sessions.json"
    path.parent.mkdir()
    path.write_bytes(content)
    sessions = Sessions(path, lasts_s=60, idle_s=60)
    key = sessions.begin(staff="lan", name="Lan", role="clerk", counter="2", address="a")
    assert Sessions(path, lasts_s=60, idle_s=60).find(key, "a") is not None
    assert path.stat().st_mode & 0o777 == 0o600


def test_sessions_on_a_disk_that_fails_last_as_long_as_the_core(tmp_path):
    (tmp_path / "file").write_text("")
    sessions = Sessions(tmp_path / "file" / "sessions.json", lasts_s=60, idle_s=60)
    key = sessions.begin(staff="lan", name="Lan", role="clerk", counter="2", address="a")
    assert sessions.find(key, "a") is not None


@in_loop
async def test_an_address_that_is_not_there_yet_is_waited_for(monkeypatch, caplog):
    monkeypatch.setattr("kiosk.site.server.RETRY_S", 0.02)

    async def nothing(scope, receive, send):
        raise AssertionError

    server = SiteServer(nothing, "192.0.2.1", 0)  # nobody has it
    serving = asyncio.create_task(server.run())
    await asyncio.sleep(0.2)
    assert not server.bound.is_set()
    assert len([one for one in caplog.records if "cannot be served yet" in one.message]) == 1
    server._host = "127.0.0.1"
    await server.bound.wait()
    await server.close()
    await serving
