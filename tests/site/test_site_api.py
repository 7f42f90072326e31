"""The API: a counter's day, who may do what, and what others ask."""

import asyncio

import httpx
from site_house import PIN, in_loop

from kiosk.words import AskHall, CallClerk


async def console(client: httpx.AsyncClient):
    return (await client.get("/api/v1/counter")).json()


async def verb(client: httpx.AsyncClient, card, name: str, **more: str) -> httpx.Response:
    return await client.post(f"/api/v1/counter/tickets/{card.ticket.id}/{name}", json=more)


@in_loop
async def test_a_counters_day(new_house):
    async with new_house().open() as house, house.client() as client:
        first, second = house.issue(), house.issue()
        await house.log_in(client)
        state = await console(client)
        assert state["mine"]
        assert [one["number"] for one in state["queue"]] == ["B001", "B002"]
        assert state["queue"][0]["reason"]["why"] == "longest_wait"

        called = (await client.post("/api/v1/counter/next", json={"seen": 0})).json()["ticket"]
        assert (called["number"], called["state"]) == ("B001", "called")
        for name in ("recall", "serve", "complete"):
            answer = await verb(client, first, name)
            assert answer.status_code == 200, answer.text
        state = await console(client)
        assert (state["my_day"]["served"], state["counter"]["served"]) == (0, 1)  # a little old

        await client.post("/api/v1/counter/next", json={})
        await verb(client, second, "hold", reason="copy")
        state = await console(client)
        assert [one["number"] for one in state["on_hold"]] == ["B002"]
        state = (await verb(client, second, "serve")).json()
        state = (
            await verb(client, second, "next_service", service="land", note="kèm hồ sơ")
        ).json()
        assert state["counter"]["ticket"] is None
        assert house.do(AskHall()).hall.waiting[3].waiting == 1

        state = (await client.post("/api/v1/counter/is/pause", json={"reason": "meeting"})).json()
        assert state["counter"]["state"] == "paused"
        refused = await client.post("/api/v1/counter/next", json={})
        assert (refused.status_code, refused.json()["code"]) == (409, "counter_paused")
        assert (await client.delete("/api/v1/session")).status_code == 204
        assert house.counter().state == "closed"
        assert (await client.get("/api/v1/counter")).status_code == 401


@in_loop
async def test_no_show_needs_two_calls_and_comes_back(new_house):
    async with new_house().open() as house, house.client() as client:
        card = house.issue()
        await house.log_in(client)
        await client.post("/api/v1/counter/next", json={})
        early = await verb(client, card, "no_show")
        assert early.json()["code"] == "call_again"
        await verb(client, card, "recall")
        await verb(client, card, "no_show")
        state = await console(client)
        assert [one["number"] for one in state["no_shows"]] == ["B001"]
        await verb(client, card, "come_back")
        state = await console(client)
        assert state["queue"][0]["late"]


@in_loop
async def test_another_counters_ticket_is_not_to_be_touched(new_house):
    async with new_house().open() as house, house.client() as ours, house.client() as theirs:
        card = house.issue("business")  # counters 2 and 4
        await house.log_in(ours, "lan", "2")
        await house.log_in(theirs, "binh", "4")
        await ours.post("/api/v1/counter/next", json={})
        names = ("recall", "serve", "hold", "put_back", "no_show", "complete", "call")
        for name in names:
            answer = await verb(theirs, card, name)
            assert (answer.status_code, answer.json()["code"]) == (409, "other_counter"), name
        moved = await verb(theirs, card, "transfer", counter="4")
        assert moved.json()["code"] == "other_counter"
        assert house.counter("2").ticket.state == "called"
        await verb(ours, card, "hold", reason="copy")
        for name in ("serve", "put_back", "call"):
            assert (await verb(theirs, card, name)).json()["code"] == "other_counter", name


@in_loop
async def test_what_a_closed_counter_held_is_not_forgotten(new_house):
    async with new_house().open() as house, house.client() as ours, house.client() as theirs:
        card = house.issue("business")  # counters 2 and 4
        await house.log_in(ours, "lan", "2")
        await house.log_in(theirs, "binh", "4")
        await ours.post("/api/v1/counter/next", json={})
        await verb(ours, card, "hold", reason="copy")
        assert (await console(theirs))["on_hold"] == []
        await ours.delete("/api/v1/session")
        assert [one["number"] for one in (await console(theirs))["on_hold"]] == ["G001"]
        assert (await verb(theirs, card, "serve")).json()["ticket"]["counter"] == "4"


@in_loop
async def test_two_clicks_at_once_call_one_number(new_house):
    async with new_house().open() as house, house.client() as client:
        for _ in range(5):
            house.issue()
        await house.log_in(client)
        clicks = [client.post("/api/v1/counter/next", json={"seen": 0}) for _ in range(4)]
        answers = await asyncio.gather(*clicks)
        assert {one.json()["ticket"]["number"] for one in answers} == {"B001"}
        assert len(house.do(AskHall()).hall.calls) == 1


@in_loop
async def test_two_counters_at_once_never_call_the_same_number(new_house):
    async with new_house().open() as house, house.client() as ours, house.client() as theirs:
        for _ in range(20):
            house.issue("business")
        await house.log_in(ours, "lan", "2")
        await house.log_in(theirs, "binh", "4")
        called = []
        for _ in range(10):
            both = await asyncio.gather(
                *(one.post("/api/v1/counter/next", json={}) for one in (ours, theirs))
            )
            for client, answer in zip((ours, theirs), both, strict=True):
                ticket = answer.json()["ticket"]
                called.append(ticket["number"])
                await client.post(f"/api/v1/counter/tickets/{ticket['id']}/serve", json={})
        assert sorted(called) == [f"G{number:03}" for number in range(1, 21)]


@in_loop
async def test_who_was_taken_over_does_nothing_more_there(new_house):
    async with new_house().open() as house, house.client() as before, house.client() as after:
        house.issue()
        await house.log_in(before, "lan", "2")
        await house.log_in(after, "binh", "2")
        assert not (await before.get("/api/v1/counter")).json()["mine"]
        refused = await before.post("/api/v1/counter/next", json={})
        assert refused.json()["code"] == "taken_over"
        assert (await before.delete("/api/v1/session")).status_code == 204
        assert house.counter().staff == "binh"


@in_loop
async def test_a_citizen_sees_their_own_ticket_and_no_name(new_house):
    async with new_house().open() as house, house.client() as client:
        house.issue()
        card = house.issue()
        place = (await client.get(f"/api/v1/places/{card.ticket.token}")).json()
        assert (place["number"], place["ahead"], place["state"]) == ("B002", 1, "waiting")
        missing = await client.get("/api/v1/places/aaaaaaaaaaaaaaaa")
        assert (missing.status_code, missing.json()["code"]) == (404, "unknown_ticket")


@in_loop
async def test_the_board_tells_no_reason_note_or_staff(new_house):
    async with new_house().open() as house, house.client() as client:
        card = house.issue(priority="elderly")
        await house.log_in(client)
        await client.post("/api/v1/counter/next", json={})
        await verb(client, card, "transfer", service="land", note="bí mật")
        async with house.client() as anybody:
            told = (await anybody.get("/api/v1/hall")).text
        assert "B001" in told
        for secret in ("bí mật", "elderly", "staff", "priority", "reason"):
            assert secret not in told


@in_loop
async def test_the_report_is_for_managers(new_house):
    async with new_house().open() as house, house.client() as clerk, house.client() as manager:
        for service in ("land", "certification", "civil-status"):
            house.issue(service)
        await house.log_in(clerk, "lan", "2")
        await house.log_in(manager, "hoa", "")
        day = house.do(AskHall()).hall.business_day
        assert (await clerk.get(f"/api/v1/days/{day}")).status_code == 403
        report = (await manager.get(f"/api/v1/days/{day}")).json()
        assert (report["business_day"], report["whole"]["issued"]) == (day, 3)
        services = [one["key"] for one in report["by_service"]]
        assert services == ["civil-status", "certification", "land"]  # as config.toml has them
        assert (await manager.get("/api/v1/days/yesterday")).status_code == 400


@in_loop
async def test_a_clerk_sits_at_a_counter_and_gives_numbers(new_house):
    async with new_house().open() as house, house.client() as client:
        body = {"staff": "lan", "pin": PIN, "counter": ""}
        refused = await client.post("/api/v1/session", json=body)
        assert refused.json()["code"] == "unknown_counter"
        await house.log_in(client)
        wish = {"request_id": "at-the-counter", "service": "land"}
        cards = [(await client.post("/api/v1/tickets", json=wish)).json() for _ in range(2)]
        assert cards[0]["ticket"] == cards[1]["ticket"]
        assert cards[0]["ticket"]["number"] == "D001"


@in_loop
async def test_a_call_for_staff_is_answered_once_for_all(new_house):
    async with new_house().open() as house, house.client() as client:
        await house.log_in(client)
        house.do(CallClerk(page="services"))
        (call,) = (await console(client))["staff_calls"]
        for _ in range(2):
            answer = await client.post(f"/api/v1/staff-calls/{call['id']}/answer")
            assert answer.status_code == 204
        assert (await console(client))["staff_calls"] == []


@in_loop
async def test_other_kiosks_know_the_secret(new_house):
    async with new_house().open() as house, house.client() as client:
        wish = {"request_id": "from-kiosk-x", "service": "land"}
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic x"}):
            answer = await client.post("/api/v1/kiosks/X/tickets", json=wish, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "not_a_kiosk")
        client.headers["Authorization"] = f"Bearer {'k' * 40}"
        card = (await client.post("/api/v1/kiosks/X/tickets", json=wish)).json()
        assert card["ticket"]["number"] == "D001"
        ticket = card["ticket"] | {
            "number": "X001",
            "series": "X",
            "running": 1,
            "request_id": "by-x-itself",
            "token": "x" * 16,
        }
        answer = await client.post("/api/v1/kiosks/X/handover", json={"tickets": [ticket]})
        assert answer.json() == {"request_ids": ["by-x-itself"]}
        assert (await client.post("/api/v1/kiosks/Z/tickets", json=wish)).status_code in (404, 409)
        told = (await client.get("/api/v1/kiosks/X/site")).json()
        assert {one["service"]: one["waiting"] for one in told["hall"]["waiting"]}["land"] == 2
        assert [one["code"] for one in told["services"]][:2] == ["civil-status", "certification"]
        assert (await client.get("/api/v1/kiosks/X/bookings")).json()["bookings"] == []
        for what in ("site", "bookings"):
            answer = await client.get(f"/api/v1/kiosks/Z/{what}")
            assert (answer.status_code, answer.json()["code"]) == (409, "not_leading")


@in_loop
async def test_a_core_that_was_restarted_goes_on_with_its_consoles(new_house):
    first = new_house()
    async with first.open() as house, house.client() as client:
        card = house.issue()
        await house.log_in(client)
        await client.post("/api/v1/counter/next", json={"seen": 0})
        cookies, port = dict(client.cookies), house.site.server.port
        token = client.headers["X-CSRF-Token"]
    again = new_house({"http_port": str(port)})
    async with again.open(staff=False) as house, house.client() as client:
        client.cookies.update(cookies)
        client.headers["X-CSRF-Token"] = token
        state = await console(client)
        assert state["mine"]
        assert state["counter"]["ticket"]["number"] == "B001"
        assert (await verb(client, card, "serve")).status_code == 200


@in_loop
async def test_every_refusal_is_told_in_one_shape(new_house):
    async with new_house().open() as house, house.client() as client:
        for answer in (
            await client.get("/api/v1/nothing"),
            await client.post("/api/v1/hall"),
            await client.get("/api/v1/counter"),
            await client.post("/api/v1/session", json={"staff": 1}),
            await client.post("/api/v1/session", content=b"{"),
        ):
            assert answer.status_code in (400, 401, 404, 405)
            assert set(answer.json()) == {"code", "detail", "opens_at"}
