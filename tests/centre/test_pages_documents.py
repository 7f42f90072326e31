"""Writing and publishing; enrolment; the catalogue in the making."""

from __future__ import annotations

import io
import re
import tomllib
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pages_house import NOW, PagesHouse, words_of
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection
from test_pages_fleet import device

from centre.documents.checking import NAMES, checked
from centre.documents.publishing import live_versions
from centre.errors import Missing, Unprocessable
from centre.pages.publishing.catalogue_draft import (
    Edited,
    edit,
    fields_of,
    find_procedure,
    find_procedures,
    read_kept,
    whole_catalogue,
)
from centre.pages.publishing.forms import (
    NoticeFields,
    hours_body,
    hours_in,
    notices_body,
    notices_in,
)
from centre.pages.publishing.shipped import shipped_body
from centre.store.tables.devices import Device, EnrolmentCode
from centre.store.tables.documents import Document, DocumentFate

BIRTH = "1.001193"
TODAY = date(2026, 11, 30)


def live(house: PagesHouse, name: str) -> dict[str, int]:
    async def ask(connection: AsyncConnection) -> dict[str, int]:
        return await live_versions(connection, name)

    return house.change(ask)


def body_of(house: PagesHouse, name: str, version: int) -> bytes:
    wanted = select(Document.body).where(Document.name == name, Document.version == version)
    return bytes(house.rows(wanted)[0][0])


@pytest.mark.parametrize("name", [one for one in NAMES if one != "catalogue"])
def test_an_editor_begins_with_what_can_be_published(name: str):
    assert checked(name, shipped_body(name))


def test_a_notice_is_written_looked_at_and_published(house: PagesHouse):
    with house.open_as("mai") as browser:
        assert "nội dung có sẵn" in words_of(browser.get("/documents/notices"))
        form = {"audience": "", "text_vi-0": "Nghỉ lễ <b>2/9</b>", "text_en-0": "Closed",
                "first-0": "2026-11-30", "last-0": "2026-12-02"}  # fmt: skip
        kept = browser.post("/documents/notices/keep", **form)
        assert "Đã lưu bản nháp" in words_of(kept)
        assert "<b>2/9</b>" not in kept.text
        assert "đang hiện hôm nay" in words_of(kept)
        assert live(house, "notices") == {}
        assert "Bản nháp chưa phát hành" in words_of(browser.get("/documents"))
        done = browser.post("/documents/notices/publish", audience="", to="", note="lễ")
        assert "Đã phát hành" in words_of(done)
        assert live(house, "notices") == {"": 1}
        published = tomllib.loads(body_of(house, "notices", 1).decode())
        assert published["notice"][0]["text_en"] == "Closed"
        again = browser.post("/documents/notices/publish", audience="", to="")
        assert again.status_code == 404
        assert "Không còn bản nháp" in words_of(again)
        gone = browser.post("/documents/notices/withdraw", audience="")
        assert "Đã thu hồi" in words_of(gone)
        assert live(house, "notices") == {}
        assert browser.post("/documents/notices/withdraw", audience="").status_code == 404
    log = [row[0] for row in house.rows("SELECT action FROM audit ORDER BY id")]
    assert log[-2:] == ["document.published", "document.withdrawn"]


def test_a_ward_publishes_its_own_notices_and_nothing_else(house: PagesHouse):
    with house.open_as("lan") as browser:
        own = "site:hoan-kiem"
        browser.post("/documents/notices/keep", **{"audience": own, "text_vi-0": "Sửa thang máy"})
        done = browser.post("/documents/notices/publish", audience=own, to=own)
        assert "Đã phát hành" in words_of(done)
        assert live(house, "notices") == {own: 1}
        assert browser.get("/documents/notices", audience="site:tay-ho").status_code == 403
        assert browser.get("/documents/notices", audience="").status_code == 403
        assert browser.get("/documents/survey", audience=own).status_code == 403


def test_mistakes_are_told_with_their_lines_and_what_was_typed_stays(house: PagesHouse):
    with house.open_as("mai") as browser:
        for name, text, why in (
            ("services", "[[service]]\ncode = 1\n", "services.toml"),
            ("hours", "[hours]\nmonday = ['25:00']\n", "hours.toml:2"),
            ("hours", "[printer]\nport = 'usb:'\n", "printer: not set by this document"),
            ("survey", "version = ", "survey.toml"),
            ("config", "x = [", "config.toml"),
        ):
            answer = browser.post(f"/documents/{name}/keep", audience="", text=text)
            assert answer.status_code == 422, name
            assert why in words_of(answer).replace("&#39;", "'"), name
            if name != "hours":
                assert text.partition("\n")[0].replace('"', "&#34;") in answer.text
        assert browser.post("/documents/passwords/keep", text="x").status_code == 404
        assert browser.get("/documents/passwords").status_code == 404
        wrong = browser.post("/documents/hours/keep", audience="", monday="7h-11h")
        assert wrong.status_code == 422
        assert "7h-11h" in wrong.text
        assert browser.get("/documents/hours", audience="group:x y").status_code == 200
        nobody = browser.post("/documents/hours/keep", audience="group:x y", monday="")
        assert nobody.status_code == 200
        refused = browser.post("/documents/hours/publish", audience="group:x y", to="group:x y")
        assert refused.status_code == 422
    assert live(house, "hours") == {}


def test_who_was_overtaken_looks_before_publishing(house: PagesHouse):
    with house.open_as("mai") as browser:
        hours = {"audience": "", "monday": "08:00-12:00"}
        browser.post("/documents/hours/keep", **hours)
        browser.post("/documents/hours/publish", audience="", to="")
        browser.post("/documents/hours/keep", **hours | {"tuesday": "08:00-12:00"})
        # somebody else withdraws and publishes in the meantime
        browser.post("/documents/hours/withdraw", audience="")
        page = browser.get("/documents/hours")
        assert "đã có bản khác" in words_of(page)
        refused = browser.post("/documents/hours/publish", audience="", to="")
        assert refused.status_code == 409
        done = browser.post("/documents/hours/publish", audience="", to="", in_spite="1")
        assert "Đã phát hành" in words_of(done)
        browser.post("/documents/hours/keep", **hours)
        assert "Đã bỏ" in words_of(browser.post("/documents/hours/discard", audience=""))


def test_a_pilot_is_widened_once_its_kiosks_run_with_it(house: PagesHouse):
    with house.open_as("mai") as browser:
        facts = {"name_vi": "Phường Tây Hồ", "name_en": "Tay Ho", "group": "pilot"}
        assert "Đã lưu" in words_of(browser.post("/sites/tay-ho/facts", **facts))
        text = shipped_body("survey").decode()
        browser.post("/documents/survey/keep", audience="", text=text)
        browser.post("/documents/survey/publish", audience="", to="group:pilot")
        assert live(house, "survey") == {"group:pilot": 1}

        async def tell(connection: AsyncConnection) -> None:
            await connection.execute(insert(Device), [device(1, "tay-ho", health={})])
            row = {"device": "k1", "name": "survey", "version": 1, "state": "rolled_back",
                   "reason": "<i>no icon</i>", "at": NOW}  # fmt: skip
            await connection.execute(insert(DocumentFate), [row])

        house.change(tell)
        page = browser.get("/documents")
        assert "1 máy không dùng được" in words_of(page)
        why = browser.get("/documents/survey/rolled-back/1")
        assert "&lt;i&gt;no icon" in why.text
        widen = {"audience": "group:pilot", "version": "1", "to": ""}
        assert browser.post("/documents/survey/widen", **widen).status_code == 409
        done = browser.post("/documents/survey/widen", **widen, in_spite="1")
        assert "Đã mở" in words_of(done)
        assert set(live(house, "survey")) == {""}


def test_every_preview_is_drawn(house: PagesHouse):
    with house.open_as("mai") as browser:
        for name, there in (
            ("survey", "Thái độ phục vụ"),
            ("services", "Chứng thực"),
            ("hours", "Thứ Hai"),
            ("config", "hall."),
            ("catalogue", "thủ tục trong bản này"),
        ):
            assert there in words_of(browser.get(f"/documents/{name}")), name


def test_a_procedure_is_put_right_and_a_kiosk_will_know(house: PagesHouse):
    with house.open_as("mai") as browser:
        assert BIRTH in browser.get("/catalogue", text="dang ky khai sinh").text
        assert "Không có thủ tục" in words_of(browser.get("/catalogue", text="zzz"))
        fields = msgspec.structs.asdict(fields_of(find_procedure(read_kept(b_empty()), BIRTH)))
        typed = fields | {"time": "Trong 3 giờ", "documents": "Tờ khai <i> | tờ khai | 2"}
        looked = browser.post(f"/catalogue/{BIRTH}", verb="look", **typed)
        assert "chưa lưu" in words_of(looked)
        assert "&lt;i&gt;" in looked.text
        assert house.rows("SELECT count(*) FROM draft")[0][0] == 0
        browser.post(f"/catalogue/{BIRTH}", verb="keep", **typed)
        for wrong, why in (
            ({"documents": "x | ảnh"}, "chưa đúng"),
            ({"documents": "x | bản sao | 99"}, "chưa đúng"),
            ({"amount": "năm nghìn"}, "chưa đúng"),
        ):
            refused = browser.post(f"/catalogue/{BIRTH}", verb="keep", **typed | wrong)
            assert refused.status_code == 422
            assert why in words_of(refused)
        assert browser.get("/catalogue/9.999999").status_code == 404
        browser.post("/documents/catalogue/publish", audience="", to="")
    kept = read_kept(body_of(house, "catalogue", 1))
    known = whole_catalogue(kept).by_code[BIRTH]
    assert known.time == "Trong 3 giờ"
    assert [(one.form, one.copies) for one in known.documents] == [("form", 2)]
    assert kept.news[0].facts == ("documents", "time")


def b_empty() -> bytes:
    return shipped_body("catalogue")


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(find_procedures(read_kept(shipped_body("catalogue")), "")[0]))
def test_a_form_that_nobody_touched_changes_nothing(procedure):
    kept = read_kept(b_empty())
    assert edit(kept, procedure.code, fields_of(procedure), TODAY) is kept


def test_words_checked_today_are_put_right_all_the_same():
    kept = read_kept(b_empty())
    procedure = find_procedure(kept, BIRTH)
    checked_on = date.fromisoformat(procedure.checked)
    after = edit(kept, BIRTH, Edited(time="ngay"), checked_on)
    assert whole_catalogue(after).by_code[BIRTH].time == "ngay"
    twice = edit(after, BIRTH, fields_of(replace(procedure, time="mai")), TODAY)
    assert len(twice.rows) == 1
    with pytest.raises(Missing):
        edit(kept, "0.000000", Edited(), TODAY)


def test_an_export_of_the_portal_is_read_into_the_draft(house: PagesHouse):
    book = Workbook()
    book.active.append(["Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Cấp thực hiện", "Thời hạn"])
    book.active.append([BIRTH, "Đăng ký khai sinh", "Hộ tịch", "Cấp Xã", "Ngay trong ngày"])
    book.active.append(["hỏng", "", "", "", ""])
    out = io.BytesIO()
    book.save(out)
    with house.open_as("mai") as browser:
        path = "/documents/catalogue/export"
        read = browser.post(path, files={"export": ("cong.xlsx", out.getvalue())}, ward_only="1")
        assert "thủ tục đọc được" in words_of(read)
        assert "Dòng 3" in words_of(read)
        assert "cong.xlsx" in read.text
        for name, content in (
            ("x.exe", b"MZ"),
            ("x.jsonl", b"\x00\xff"),
            ("x.xlsx", b"PK no zip"),
            ("x.csv", b""),
            ("", b"x"),
        ):
            refused = browser.post(path, files={"export": (name, content)})
            assert refused.status_code in (400, 422), name
        assert browser.post(path, export="no file").status_code == 422


@given(
    st.lists(
        st.builds(
            NoticeFields,
            text_vi=st.text("aăâ \"'\\=[]#", min_size=1, max_size=20).map(str.strip).filter(bool),
            text_en=st.text("ab", max_size=9),
            first=st.just(""),
            last=st.sampled_from(["", "2026-12-31"]),
        ),
        max_size=12,
    )
)
def test_notices_go_into_the_form_and_back(notices):
    form = {
        f"{key}-{number}": getattr(one, key)
        for number, one in enumerate(notices)
        for key in NoticeFields.__slots__
    }
    body = notices_body(form)
    shown = notices_in(checked("notices", body))
    assert [one for one in shown if one.text_vi] == notices
    assert len(shown) <= 12


def test_hours_go_into_the_form_and_back_however_days_are_written():
    fields = hours_in(shipped_body("hours"))
    form = dict(zip(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
                    fields.week, strict=True))  # fmt: skip
    form |= {"closed_on": "2/9/2026, 2026-04-30\n02/09/2026", "open_on": "", "public_holidays": "1"}
    hours = tomllib.loads(checked("hours", hours_body(form)).decode())["hours"]
    assert hours["closed_on"] == ["2026-04-30", "2026-09-02"]
    assert hours["monday"] == ["07:30-11:30", "13:30-17:00"]
    assert hours["sunday"] == []
    with pytest.raises(Unprocessable):
        checked("hours", hours_body(form | {"closed_on": "hôm qua"}))


def test_a_code_is_shown_once_and_a_device_is_revoked(house: PagesHouse):
    async def make(connection: AsyncConnection) -> None:
        await connection.execute(insert(Device), [device(1, "tay-ho", health={})])

    house.change(make)
    with house.open_as("mai") as browser:
        page = browser.post("/devices/code", site="hoan-kiem")
        code = re.search(r'class="code">([A-Z2-9]{4}-[A-Z2-9]{4})<', page.text)
        assert code is not None
        assert code[1] not in browser.get("/devices", site="hoan-kiem").text
        kept = house.rows(select(EnrolmentCode.code_hash, EnrolmentCode.site))
        assert [row.site for row in kept] == ["hoan-kiem"]
        assert code[1].replace("-", "") not in kept[0].code_hash
        assert browser.post("/devices/code", site="nowhere").status_code == 404
        assert "k1" in browser.get("/devices", site="tay-ho").text
        browser.post("/devices/k1/revoke")
        assert browser.post("/devices/none/revoke").status_code == 404
        assert "đã thu hồi" in words_of(browser.get("/devices", site="tay-ho"))
    assert house.rows("SELECT revoked_at FROM device")[0][0] is not None
    log = [row[0] for row in house.rows("SELECT action FROM audit ORDER BY id")]
    assert "device.invited" in log
    assert "device.revoked" in log


def test_a_site_is_entered_and_put_right(house: PagesHouse):
    facts = {"code": "ba-dinh", "name_vi": "Phường Ba Đình", "name_en": "Ba Dinh Ward",
             "latitude": "21,038", "longitude": "105.836"}  # fmt: skip
    with house.open_as("mai") as browser:
        assert browser.post("/sites/new/facts", **facts).url.path == "/sites/ba-dinh"
        for wrong, status in (
            ({}, 409),
            ({"code": "Ba Đình"}, 422),
            ({"code": "x", "name_vi": ""}, 422),
            ({"code": "x", "latitude": "hai mươi mốt"}, 422),
            ({"code": "x", "group": "a b"}, 422),
        ):
            assert browser.post("/sites/new/facts", **facts | wrong).status_code == status
        browser.post("/sites/ba-dinh/facts", **facts | {"name_en": "Ba Dinh", "latitude": ""})
        assert browser.get("/sites/nowhere/facts").status_code == 404
        assert "Phường Ba Đình" in browser.get("/fleet").text
    kept = house.rows("SELECT name_en, latitude FROM site WHERE code = 'ba-dinh'")
    assert [tuple(row) for row in kept] == [("Ba Dinh", None)]
