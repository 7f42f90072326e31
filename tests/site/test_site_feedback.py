"""Feedback on a counter's tablet, and what managers see of it, over real HTTP."""

import base64
import io
import json
import re

import openpyxl
import pytest
from nacl.public import PrivateKey, SealedBox
from site_house import in_loop

from kiosk.feedback.answer import LONGEST
from kiosk.site.form_tokens import LASTS_S, FormTokens
from kiosk.words import AskFeedback, ChangeTicket, GiveFeedback

HERE = "/feedback/2"
HTML = {"Accept": "text/html"}


async def form(client, address=HERE):
    """What a browser would send from the page that it was given, without a face."""
    page = await client.get(address, headers=HTML)
    assert page.status_code == 200, page.text
    return {"token": re.search(r'name="token" value="([^"]+)"', page.text)[1]}


def summary(house):
    return house.do(AskFeedback()).summary


@in_loop
async def test_an_answer_from_a_tablet_is_kept_with_its_counter(new_house):
    async with new_house().open() as house, house.client() as client:
        sent = await form(client) | {
            "face": "2",
            "reason": ["waiting", "space"],
            "words": "Lâu\x00 quá",
        }
        answer = await client.post(HERE, data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{HERE}/thanks?lang=vi")
        thanks = await client.get(answer.headers["location"])
        assert "Xin cảm ơn ý kiến" in thanks.text
        (part,) = summary(house).parts
        assert part.whole.faces == (0, 1, 0, 0, 0)
        assert [line.key for line in part.by_reason] == ["space", "waiting"]
        assert [line.key for line in part.by_counter] == ["2"]
        assert house.do(AskFeedback()).remarks[0].words == "Lâu quá"


@in_loop
async def test_the_page_speaks_english_too_and_brings_no_script(new_house):
    async with new_house().open() as house, house.client() as client:
        page = await client.get(f"{HERE}?lang=en", headers=HTML)
        assert "How was your visit today?" in page.text
        assert "<script" not in page.text
        assert 'name="phone"' not in page.text  # not in clear across the house
        assert (await client.get("/feedback/99", headers=HTML)).status_code == 404
        assert (await client.post("/feedback/99", data={"face": "1"})).status_code == 404


@in_loop
async def test_a_form_that_was_sent_twice_is_one_answer(new_house):
    async with new_house().open() as house, house.client() as client:
        sent = await form(client) | {"face": "5"}
        assert [(await client.post(HERE, data=sent)).status_code for _ in range(3)] == [303] * 3
        assert summary(house).parts[0].whole.count == 1


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "a.1.c", "0" * 32 + ".1." + "0" * 64, "é.1.é"])
@in_loop
async def test_a_form_of_somebody_else_is_not_taken(new_house, token):
    async with new_house().open() as house, house.client() as client:
        answer = await client.post(HERE, data={"face": "5", "token": token})
        assert answer.status_code == 403
        theirs = await form(client, "/feedback/3")
        assert (await client.post(HERE, data=theirs | {"face": "5"})).status_code == 403
        elsewhere = {"Origin": "http://evil.example"}
        ours = await form(client) | {"face": "5"}
        assert (await client.post(HERE, data=ours, headers=elsewhere)).status_code == 403
        assert summary(house).parts == ()


@in_loop
async def test_what_is_no_answer_is_asked_again_with_what_was_written(new_house):
    async with new_house().open() as house, house.client() as client:
        for wrong, words in (
            ({}, "chọn một khuôn mặt"),
            ({"face": "6"}, "chọn một khuôn mặt"),
            ({"face": "4", "number": "Z999"}, "chưa thấy số này"),
            ({"face": "4", "reason": "weather"}, "xem lại"),
        ):
            sent = await form(client) | {"words": "<b>chờ</b>"} | wrong
            answer = await client.post(HERE, data=sent)
            assert answer.status_code == 409
            assert words in answer.text
            assert "&lt;b&gt;chờ&lt;/b&gt;" in answer.text
        assert summary(house).parts == ()


@in_loop
async def test_a_number_that_was_served_is_named_with_the_answer(new_house):
    async with new_house().open() as house, house.client() as client:
        card = house.issue()
        house.do(ChangeTicket(ticket_id=card.ticket.id, verb="cancel"))
        sent = await form(client) | {"face": "3", "number": card.ticket.number.lower()}
        assert (await client.post(HERE, data=sent)).status_code == 303
        assert summary(house).parts[0].by_service[0].key == "certification"
        again = await form(client) | {"face": "3", "number": card.ticket.number}
        assert "đã có góp ý" in (await client.post(HERE, data=again)).text


@in_loop
async def test_a_hundred_thousand_characters_do_not_come_in(new_house):
    async with new_house().open() as house, house.client() as client:
        sent = await form(client) | {"face": "1", "words": "x" * 100_000}
        assert (await client.post(HERE, data=sent)).status_code == 413
        sent["words"] = "dài " * 5_000
        assert (await client.post(HERE, data=sent)).status_code == 303
        assert len(house.do(AskFeedback()).remarks[0].words) <= LONGEST


@in_loop
async def test_one_address_is_taken_only_so_often(new_house):
    async with new_house().open() as house, house.client() as client:
        codes = []
        for number in range(14):
            sent = await form(client, f"/feedback/{1 + number % 4}") | {"face": "4"}
            codes.append((await client.post(f"/feedback/{1 + number % 4}", data=sent)).status_code)
        assert codes[:10] == [303] * 10
        assert 429 in codes[10:]
        assert summary(house).parts[0].whole.count == codes.count(303)
        other = house.client(from_address="127.0.0.2")
        sent = await form(other, "/feedback/1") | {"face": "4"}
        status = (await other.post("/feedback/1", data=sent)).status_code
        assert status in (303, 429)  # the counter itself has its own measure
        await other.aclose()


def test_a_token_ages():
    now = [1000.0]
    tokens = FormTokens(lambda: now[0])
    token = tokens.give("2")
    assert len(tokens.nonce_of(token, "2")) == 32
    assert tokens.nonce_of(token, "3") == ""
    now[0] += LASTS_S + 1
    assert tokens.nonce_of(token, "2") == ""


def give(house, request, **more):
    wanted = {"request_id": f"request-{request:04}", "survey": "2026-11", "face": 4}
    house.do(GiveFeedback(**(wanted | more)))


@in_loop
async def test_the_manager_sees_figures_plots_and_words(new_house):
    async with new_house().open() as house, house.client() as client:
        give(house, 1, reasons=("attitude",), words="=cmd|' /C calc'!A0", counter="1")
        give(house, 2, face=1, reasons=("waiting",), counter="2")
        await house.log_in(client, "hoa", "")
        page = (await client.get("/said", headers=HTML)).text
        assert page.count('<svg class="chart"') == 3  # faces, reasons, counters
        assert "2,5" in page
        assert "=cmd|&#39; /C calc&#39;!A0" in page
        today = summary(house).first_day
        month = (await client.get(f"/said?of={today[:7]}", headers=HTML)).text
        assert f"{today[5:7]}/{today[:4]}" in month
        csv = await client.get(f"/said/{today[:7]}/csv")
        assert "cmd" not in csv.text  # figures alone
        assert "Thời gian chờ,1,1.0,1,0,0,0,0" in csv.text
        book = openpyxl.load_workbook(io.BytesIO((await client.get(f"/said/{today}/xlsx")).content))
        assert book.worksheets[0]["B2"].value == 2


@in_loop
async def test_the_summary_is_for_managers(new_house):
    async with new_house().open() as house, house.client() as client:
        assert (await client.get("/said", headers=HTML)).status_code == 303
        await house.log_in(client, "lan", "2")
        for address in ("/said", "/said/2026-11/csv"):
            assert (await client.get(address)).status_code == 403
        await house.log_in(client, "hoa", "")
        assert "Chưa có góp ý" in (await client.get("/said", headers=HTML)).text
        for wrong in ("x", "2026-13", "2026-11-31", "0000-00"):
            assert (await client.get(f"/said/{wrong}/csv")).status_code == 404
            assert (await client.get(f"/said?of={wrong}")).status_code == 200
        assert (await client.get("/said/2026-11/pdf")).status_code == 400


@in_loop
async def test_a_telephone_number_is_asked_for_over_tls_alone_and_sealed(new_house, tmp_path):
    centre = PrivateKey.generate()
    key = tmp_path / "centre.pub"
    key.write_text(bytes(centre.public_key).hex())
    house = new_house({"centre_key": f'"{key}"'})
    async with house.open(), house.client() as client:
        assert 'name="phone"' not in (await client.get(HERE, headers=HTML)).text
        reception = house.site.server._app._app.state.reception
        object.__setattr__(reception, "secure", True)  # as with a certificate
        page = (await client.get(HERE, headers=HTML)).text
        assert 'name="phone"' in page
        assert "checked" not in page  # nothing is agreed to beforehand
        sent = await form(client) | {"face": "1", "phone": "0912 345 678"}
        await client.post(HERE, data=sent)
        sent = await form(client) | {"face": "1", "phone": "0912 345 678", "consent": "2026-11"}
        await client.post(HERE, data=sent)
        silent, agreed = (
            json.loads(entry.body)
            for entry in house.core._store.centre.batch(100, 1_000_000).rows
            if entry.kind == "feedback_given"
        )
        assert silent["call_back"] is None
        sealed = base64.b64decode(agreed["call_back"]["sealed"])
        assert SealedBox(centre).decrypt(sealed).rstrip(b"\0") == b"0912345678"
        sent = await form(client) | {"face": "1", "phone": "12345", "consent": "2026-11"}
        assert "số điện thoại" in (await client.post(HERE, data=sent)).text
