"""What managers do: the staff and the day, through the API and through the pages."""

import asyncio

import pytest
from site_house import PIN, in_loop

from kiosk.words import AskHall, ListStaff

NEW_PIN = "9317"


def member(name: str = "Mai", role: str = "clerk", pin: str = "") -> dict[str, str]:
    return {"name": name, "role": role, "pin": pin}


def codes(house) -> dict[str, str]:
    return {one.code: one.role for one in house.do(ListStaff()).staff}


@in_loop
async def test_a_manager_adds_a_clerk_who_logs_in(new_house):
    async with new_house().open() as house, house.client() as manager, house.client() as clerk:
        await house.log_in(manager, "hoa", "")
        kept = await manager.put("/api/v1/staff/mai", json=member(pin=NEW_PIN))
        assert kept.json() == {"code": "mai", "name": "Mai", "role": "clerk"}
        assert NEW_PIN not in (await manager.get("/api/v1/staff")).text
        body = {"staff": "mai", "pin": NEW_PIN, "counter": "2"}
        assert (await clerk.post("/api/v1/session", json=body)).status_code == 201
        assert (await manager.delete("/api/v1/staff/mai")).status_code == 204
        assert (await clerk.get("/api/v1/counter")).status_code == 401
        assert house.counter("2").state == "closed"  # nobody waits for who is gone


@pytest.mark.parametrize(
    ("code", "wish", "refused"),
    [
        ("mai", member(pin="1234"), (409, "bad_pin")),
        ("mai", member(pin="7777"), (409, "bad_pin")),
        ("mai", member(pin="12a4"), (409, "bad_pin")),
        ("mai", member(), (409, "wrong_answer")),  # no PIN yet
        ("mai", member(name=""), (400, "wrong_request")),
        ("Mai", member(pin=NEW_PIN), (400, "wrong_request")),
        ("hoa", member(name="Hoa", role="clerk"), (409, "last_manager")),
    ],
)
@in_loop
async def test_what_cannot_be_kept(new_house, code, wish, refused):
    async with new_house().open() as house, house.client() as manager:
        await house.log_in(manager, "hoa", "")
        answer = await manager.put(f"/api/v1/staff/{code}", json=wish)
        assert (answer.status_code, answer.json()["code"]) == refused
        assert codes(house) == {"hoa": "manager", "lan": "clerk", "binh": "clerk"}


@in_loop
async def test_the_last_manager_stays(new_house):
    async with new_house().open() as house, house.client() as manager:
        await house.log_in(manager, "hoa", "")
        refused = await manager.delete("/api/v1/staff/hoa")
        assert (refused.status_code, refused.json()["code"]) == (409, "last_manager")
        await manager.put("/api/v1/staff/lan", json=member("Lan", "manager"))
        assert (await manager.delete("/api/v1/staff/hoa")).status_code == 204
        assert codes(house) == {"lan": "manager", "binh": "clerk"}
        assert (await manager.get("/api/v1/staff")).status_code == 401  # their own session too


@in_loop
async def test_a_new_name_ends_no_session_a_new_role_does(new_house):
    async with new_house().open() as house, house.client() as manager, house.client() as clerk:
        await house.log_in(manager, "hoa", "")
        await house.log_in(clerk, "lan", "2")
        await manager.put("/api/v1/staff/lan", json=member("Lan Anh"))
        assert (await clerk.get("/api/v1/session")).json()["name"] == "Lan Anh"
        await manager.put("/api/v1/staff/lan", json=member("Lan Anh", "manager"))
        assert (await clerk.get("/api/v1/session")).status_code == 401


@in_loop
async def test_a_clerk_manages_nothing(new_house):
    async with new_house().open() as house, house.client() as clerk:
        await house.log_in(clerk, "lan", "2")
        asked = [
            clerk.get("/api/v1/staff"),
            clerk.put("/api/v1/staff/lan", json=member("Lan", "manager")),
            clerk.delete("/api/v1/staff/binh"),
            clerk.get("/api/v1/day"),
            clerk.post("/api/v1/day/is/close"),
            clerk.post("/staff/do/remove", data={"code": "binh"}),
            clerk.post("/day/do/close"),
            clerk.get("/staff", headers={"Accept": "text/html"}),
            clerk.get("/day", headers={"Accept": "text/html"}),
        ]
        for answer in await asyncio.gather(*asked):
            assert answer.status_code == 403, answer.url
        assert house.counter("2").state == "open"
        assert codes(house)["lan"] == "clerk"


@in_loop
async def test_a_change_without_the_sessions_token_is_forged(new_house):
    async with new_house().open() as house, house.client() as manager:
        await house.log_in(manager, "hoa", "")
        del manager.headers["X-CSRF-Token"]
        for answer in (
            await manager.post("/api/v1/day/is/close"),
            await manager.delete("/api/v1/staff/lan"),
            await manager.post("/day/do/close"),
            await manager.post("/staff/do/remove", data={"code": "lan"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "forged")
        assert house.do(AskHall()).hall.closing is None


@in_loop
async def test_the_day_is_closed_and_opened_by_hand(new_house):
    async with new_house().open() as house, house.client() as manager, house.client() as clerk:
        card = house.issue()
        await house.log_in(manager, "hoa", "")
        await house.log_in(clerk, "lan", "2")
        assert (await manager.get("/api/v1/day")).json()["condition"] == "open"
        day = (await manager.post("/api/v1/day/is/close")).json()
        assert (day["condition"], day["waiting"], day["expired"]) == ("by_hand", 0, 1)
        place = (await clerk.get(f"/api/v1/places/{card.ticket.token}")).json()
        assert (place["state"], place["house_open"]) == ("expired", False)
        page = (await clerk.get(f"/t/{card.ticket.token}")).text
        assert "lấy số mới vào giờ làm việc tới" in page
        wish = {"request_id": "after-closing", "service": "land"}
        refused = await clerk.post("/api/v1/tickets", json=wish)
        assert (refused.status_code, refused.json()["code"]) == (409, "closed")
        assert (await clerk.get("/api/v1/counter")).json()["closing"]["why"] == "by_hand"
        assert (await clerk.get("/api/v1/hall")).json()["closing"]["why"] == "by_hand"
        assert (await manager.post("/api/v1/day/is/open")).json()["condition"] == "open"
        page = (await clerk.get(f"/t/{card.ticket.token}")).text
        assert "gặp cán bộ tại quầy để được hướng dẫn" in page  # who is there can help
        assert (await clerk.post("/api/v1/tickets", json=wish)).status_code == 201
        assert (await manager.post("/api/v1/day/is/shut")).status_code == 400


@in_loop
async def test_ones_own_ticket_speaks_its_own_language(new_house):
    async with new_house().open() as house, house.client() as client:
        ours, theirs = house.issue(), house.issue(language="en")
        assert "Số của ông bà" in (await client.get(f"/t/{ours.ticket.token}")).text
        page = (await client.get(f"/t/{theirs.ticket.token}")).text
        assert "Your number" in page
        assert f"/t/{theirs.ticket.token}/now?lang=en" in page
        switched = (await client.get(f"/t/{theirs.ticket.token}?lang=vi")).text
        assert "Số của ông bà" in switched


@in_loop
async def test_a_lock_out_ends(new_house):
    async with new_house().open() as house, house.client() as client:
        now = [0.0]
        house.site._login._clock = lambda: now[0]
        body = {"staff": "lan", "pin": "1111", "counter": "2"}
        answers = [await client.post("/api/v1/session", json=body) for _ in range(4)]
        wait_s = int(answers[-1].headers["Retry-After"])
        right = body | {"pin": PIN}
        now[0] += wait_s - 5
        assert (await client.post("/api/v1/session", json=right)).status_code == 429
        now[0] += 5
        assert (await client.post("/api/v1/session", json=right)).status_code == 201
