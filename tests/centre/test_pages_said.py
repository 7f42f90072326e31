"""What citizens said, read and filtered; files without formulas; calls back to sealed numbers."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from nacl.public import PrivateKey
from openpyxl import load_workbook
from pages_house import NOW, PagesHouse, sealed_to, words_of
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Unprocessable
from centre.pages.sealed import make_pair, read_opener
from centre.store.tables.events import Event

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("http://evil.example";"xem")'
NUMBERS = {1: "0912345678", 2: "0243825123"}


def answer(number: int, **facts: Any) -> dict[str, Any]:
    body = {
        "request_id": f"request-{number}",
        "business_day": "2026-11-30",
        "given_at": NOW.isoformat(),
        "survey": "2026-11",
        "question": "visit",
        "face": 5,
        "reasons": [],
        "words": "",
        "service": "land",
        "counter": "2",
        "consent": "",
        "call_back": None,
    }
    return body | facts


def give(house: PagesHouse, *answers: tuple[str, dict[str, Any]]) -> None:
    rows = [
        {
            "received_at": NOW,
            "device": f"k-{site}",
            "epoch": "e",
            "seq": number,
            "site": site,
            "kind": "feedback_given",
            "at": NOW - timedelta(minutes=number),
            "body": body,
        }
        for number, (site, body) in enumerate(answers, start=1)
    ]

    async def make(connection: AsyncConnection) -> None:
        await connection.execute(insert(Event), rows)

    house.change(make)


def wish(number: int, sealer: Any, **facts: Any) -> dict[str, Any]:
    sealed = {
        "key": sealer.fingerprint,
        "sealed": sealer.seal(NUMBERS.get(number, "0900000000")),
        "consent": "2026-11",
        "language": "vi",
        "agreed_at": NOW.isoformat(),
    }
    more = {"face": 1, "consent": "2026-11", "call_back": sealed}
    return answer(number, **(more | facts))


def test_words_are_read_by_whom_they_are_for_and_are_words_alone(house: PagesHouse):
    give(
        house,
        ("hoan-kiem", answer(1, words=SCRIPT, face=1, reasons=["waiting", "<b>"])),
        ("hoan-kiem", answer(2, words="Rất tốt, xin cảm ơn", service="residence")),
        ("tay-ho", answer(3, words="Chờ lâu", face=2)),
        ("tay-ho", answer(4, business_day="2026-10-30")),
    )
    with house.open_as("mai") as browser:
        page = browser.get("/said")
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert(1)" in page.text
        assert "<img" not in page.text
        assert "&lt;b&gt;" in page.text
        assert "Thời gian chờ" in words_of(page)
        for filters, there, not_there in (
            ({"site": "tay-ho"}, "Chờ lâu", "cảm ơn"),
            ({"mood": "glad"}, "Rất tốt", "Chờ lâu"),
            ({"service": "residence"}, "Rất tốt", "Chờ lâu"),
            ({"text": "CẢM ƠN"}, "Rất tốt", "Chờ lâu"),
            ({"of": "2026-11-30", "mood": "sad"}, "Chờ lâu", "Rất tốt"),
            ({"of": "2026-10"}, "Chưa có góp ý nào", "Rất tốt"),
        ):
            shown = words_of(browser.get("/said", **filters))
            assert there in shown, filters
            assert not_there not in shown, filters
        assert browser.get("/said", site="nowhere").status_code == 404
        assert browser.get("/said", mood="x", page="-1", of="x").status_code == 200
        browser.forget()
        browser.log_in("hoa")
        own = words_of(browser.get("/said"))
        assert "Chờ lâu" in own
        assert "Rất tốt" not in own


def test_the_files_hold_no_formula(house: PagesHouse):
    give(
        house,
        ("hoan-kiem", answer(1, words=FORMULA, counter="+2", service="@land")),
        ("hoan-kiem", answer(2, words="-1\x07+1", survey="=[a]:*?/\\" + "x" * 40)),
    )
    with house.open_as("mai") as browser:
        sheet = browser.get("/said/csv", of="2026-11").content.decode("utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(sheet)) for cell in line]
        assert f"'{FORMULA}" in cells
        assert not [one for one in cells if one.startswith(("=", "+", "-", "@"))]
        answer_ = browser.get("/said/xlsx", of="2026-11")
        assert "attachment" in answer_.headers["content-disposition"]
        book = load_workbook(io.BytesIO(answer_.content))
        whole = [cell for page in book.worksheets for line in page.iter_rows() for cell in line]
        assert all(cell.data_type != "f" for cell in whole)
        assert f"'{FORMULA}" in [cell.value for cell in whole]
        assert browser.get("/said/exe").status_code in (400, 404)


def test_a_number_is_opened_by_the_keys_owner_alone(house: PagesHouse, tmp_path):
    private, sealer = sealed_to(house.settings.folder)
    other = tmp_path / "other.key"
    make_pair(other, tmp_path / "other.pub")
    give(
        house,
        ("hoan-kiem", wish(1, sealer, words=SCRIPT)),
        ("tay-ho", wish(2, sealer)),
        ("hoan-kiem", answer(3, face=1)),
        ("hoan-kiem", wish(4, sealer, call_back={"key": "x", "sealed": "no base64"})),
    )
    assert private.stat().st_mode & 0o777 == 0o600
    with house.open_as("mai") as browser:
        closed = browser.get("/call-backs")
        assert "0912" not in closed.text
        assert "<script>alert" not in closed.text
        assert words_of(closed).count("số đã mã hóa") == 3
        for content, why in (
            (b"", "không phải tệp khóa"),
            (b"00" * 31, "không phải tệp khóa"),
            (b"\xff" * 64, "không phải tệp khóa"),
            (other.read_bytes(), "không mở được số nào"),
        ):
            page = browser.post("/call-backs/open", files={"key": ("k", content)})
            assert why in words_of(page)
            assert "0912" not in page.text
        opened = browser.post("/call-backs/open", files={"key": ("k", private.read_bytes())})
        assert "0912 345 678" in opened.text
        assert "0243 825 123" in opened.text
        assert "0912" not in browser.get("/call-backs").text
        assert private.read_text().strip() not in opened.text
        browser.forget()
        browser.log_in("lan")
        own = browser.post("/call-backs/open", files={"key": ("k", private.read_bytes())})
        assert "0912 345 678" in own.text
        assert "0243" not in own.text
        browser.client.cookies.clear()
        stolen = browser.post("/call-backs/open", files={"key": ("k", private.read_bytes())})
        assert stolen.url.path == "/login"
    log = house.rows("SELECT account, facts FROM audit WHERE action = 'call_back.opened'")
    assert [row[0] for row in log] == ["mai", "mai", "lan"]
    assert "0912" not in str([tuple(row) for row in log])
    assert "k-tay-ho/e/2" in str(log[1][1])


def test_what_was_settled_has_no_number_any_more(house: PagesHouse):
    _, sealer = sealed_to(house.settings.folder)
    give(house, ("hoan-kiem", wish(1, sealer)), ("tay-ho", wish(2, sealer)))
    with house.open_as("lan") as browser:
        path = "/call-backs/settle"
        done = browser.post(path, reference="k-hoan-kiem/e/1", outcome="called")
        assert "Đã ghi: đã gọi" in words_of(done)
        again = browser.post(path, reference="k-hoan-kiem/e/1", outcome="withdrawn")
        assert again.status_code == 409
        for reference, outcome, status in (
            ("k-tay-ho/e/2", "called", 404),  # another ward's
            ("k-hoan-kiem/e/9", "called", 404),
            ("x", "called", 404),
            (f"k-hoan-kiem/e/{'9' * 40}", "called", 404),
            ("k-tay-ho/e/2", "sold", 422),
        ):
            answer_ = browser.post(path, reference=reference, outcome=outcome)
            assert answer_.status_code == status, reference
        assert "Không còn ai" in words_of(browser.get("/call-backs"))
        browser.forget()
        browser.log_in("mai")
        assert "Tây Hồ" in words_of(browser.get("/call-backs"))
    bodies = {
        row.seq: row.body for row in house.rows(select(Event.seq, Event.body).order_by(Event.seq))
    }
    assert bodies[1]["call_back"] is None
    assert bodies[1]["face"] == 1
    assert bodies[2]["call_back"]["sealed"]


def test_a_pair_of_keys_is_made_once(tmp_path):
    private, public = tmp_path / "a.key", tmp_path / "data" / "sealing.pub"
    fingerprint = make_pair(private, public)
    assert read_opener(private.read_bytes()).fingerprint == fingerprint
    with pytest.raises(FileExistsError):
        make_pair(tmp_path / "b.key", public)
    with pytest.raises(FileExistsError):
        make_pair(private, tmp_path / "other.pub")
    assert not (tmp_path / "b.key").exists()
    assert not (tmp_path / "other.pub").exists()
    with pytest.raises(Unprocessable):
        read_opener(bytes(PrivateKey.generate()))
