"""Who may come in: PINs, sessions, tokens, origins, hosts, bodies, headers."""

import asyncio
import contextlib

import pytest
from site_house import PIN, in_loop

from kiosk.site.gate import MAX_BODY
from kiosk.words import KeepStaff, RemoveStaff

LOGIN = "/api/v1/session"


def wrong(pin: str = "1111", staff: str = "lan") -> dict[str, str]:
    return {"staff": staff, "pin": pin, "counter": "2"}


@pytest.mark.parametrize("times", [30, pytest.param(1000, marks=pytest.mark.slow)])
@in_loop
async def test_a_wrong_pin_again_and_again(new_house, times):
    async with new_house().open() as house, house.client() as client:
        answers = [await client.post(LOGIN, json=wrong(f"{n:04}")) for n in range(times)]
        codes = [one.json()["code"] for one in answers]
        assert codes[:3] == ["wrong_pin"] * 3
        assert set(codes[3:]) == {"locked_out"}
        assert int(answers[-1].headers["Retry-After"]) > 200
        right = await client.post(LOGIN, json=wrong(PIN))
        assert right.status_code == 429  # the right one too: nobody learns that it is
        elsewhere = house.client(from_address="127.0.0.2")
        assert (await elsewhere.post(LOGIN, json=wrong(PIN))).status_code == 201
        await elsewhere.aclose()


@in_loop
async def test_guesses_sent_at_once_count_each(new_house):
    async with new_house().open() as house, house.client() as client:
        guesses = [client.post(LOGIN, json=wrong(f"{n:04}")) for n in range(40)]
        codes = [(await one).json()["code"] for one in asyncio.as_completed(guesses)]
        assert codes.count("wrong_pin") <= 3
        assert {"wrong_pin"} < set(codes) <= {"wrong_pin", "locked_out", "busy"}


@in_loop
async def test_made_up_names_look_like_wrong_pins(new_house):
    async with new_house().open() as house, house.client() as client:
        for staff in ("nobody", "' OR 1=1 --", "lan\x00", "đ" * 40):
            answer = await client.post(LOGIN, json=wrong(staff=staff))
            assert (answer.status_code, answer.json()["code"]) == (401, "wrong_pin")


@in_loop
async def test_a_forged_session_is_none(new_house):
    async with new_house().open() as house, house.client() as client:
        for key in ("", "x", "A" * 43, "../../etc/passwd"):
            client.cookies.set("letan", key)
            assert (await client.get("/api/v1/counter")).status_code == 401
            client.cookies.clear()


@in_loop
async def test_a_stolen_session_ends_where_it_is_used(new_house):
    async with new_house().open() as house, house.client() as client:
        await house.log_in(client)
        thief = house.client(from_address="127.0.0.2")
        thief.cookies.update(client.cookies)
        thief.headers["X-CSRF-Token"] = client.headers["X-CSRF-Token"]
        assert (await thief.get("/api/v1/counter")).status_code == 401
        await thief.aclose()
        assert (await client.get("/api/v1/counter")).status_code == 401  # for both


@in_loop
async def test_sessions_end(new_house):
    async with new_house().open() as house, house.client() as client:
        sessions = house.site.sessions
        now = [sessions._clock()]
        sessions._clock = lambda: now[0]
        await house.log_in(client)
        now[0] += sessions._idle_s - 1
        assert (await client.get("/api/v1/counter")).status_code == 200  # looking is no click
        now[0] += 2
        assert (await client.get("/api/v1/counter")).status_code == 401

        await house.log_in(client)
        for _ in range(int(sessions.lasts_s / 3600)):
            assert (await client.post("/api/v1/counter/is/open", json={})).status_code == 200
            now[0] += 3600
        assert (await client.get("/api/v1/counter")).status_code == 401


@pytest.mark.parametrize("change", ["removed", "new_pin"])
@in_loop
async def test_who_is_removed_or_has_a_new_pin_logs_in_again(new_house, change):
    async with new_house().open() as house, house.client() as client:
        await house.log_in(client)
        if change == "removed":
            house.do(RemoveStaff(code="lan"))
        else:
            house.do(KeepStaff(code="lan", name="Lan", role="clerk", pin_hash="$argon2id$new"))
        assert (await client.get("/api/v1/counter")).status_code == 401


@in_loop
async def test_a_change_needs_the_sessions_token(new_house):
    async with new_house().open() as house, house.client() as client:
        await house.log_in(client)
        for token in ("", "wrong", "đ"):
            headers = {"X-CSRF-Token": token.encode()}
            for path in ("/api/v1/counter/next", "/console/do/next", "/logout"):
                answer = await client.post(path, json={}, headers=headers)
                assert answer.status_code == 403, path
        assert house.counter().state == "open"


@in_loop
async def test_other_origins_and_hosts_are_refused(new_house):
    async with new_house().open() as house, house.client() as client:
        await house.log_in(client)
        foreign = [
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Origin": house.url.replace("http:", "https:")},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ]
        for headers in foreign:
            answer = await client.post("/api/v1/counter/next", json={}, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (403, "other_origin")
            assert (await client.get("/board/events", headers=headers)).status_code == 403
        for host in ("evil.example", "evil.example:8080", "", "[::1", "127.0.0.1.evil.example"):
            answer = await client.get("/api/v1/hall", headers={"Host": host})
            assert answer.status_code == 421, host
        own = {"Origin": house.url, "Sec-Fetch-Site": "same-origin"}
        answer = await client.post("/api/v1/counter/next", json={}, headers=own)
        assert answer.json()["code"] == "nobody_waiting"


@in_loop
async def test_every_answer_has_strict_headers(new_house):
    async with new_house().open() as house, house.client() as client:
        for path in ("/login", "/board", "/api/v1/hall", "/nothing", "/static/house.css"):
            headers = (await client.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert "access-control-allow-origin" not in headers
            assert ("no-store" in headers["cache-control"]) == ("static" not in path)
            assert "server" not in headers


@in_loop
async def test_the_cookie_is_for_us_alone(new_house):
    async with new_house().open() as house, house.client() as client:
        answer = await client.post(LOGIN, json=wrong(PIN))
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        kept = (house.core_folder / "site" / "sessions.json").read_text()
        assert client.cookies["letan"] not in kept  # its hash alone


@in_loop
async def test_large_and_endless_bodies_are_refused(new_house, monkeypatch):
    monkeypatch.setattr("kiosk.site.gate.BODY_WITHIN_S", 0.2)
    async with new_house().open() as house, house.client() as client:
        large = await client.post(LOGIN, content=b"x" * (MAX_BODY + 1))
        assert large.status_code == 413

        async def endless():
            for _ in range(100):
                yield b"x" * MAX_BODY

        with contextlib.suppress(Exception):  # hung up on in the middle of it
            answer = await client.post(LOGIN, content=endless())
            assert answer.status_code >= 400

        reader, writer = await asyncio.open_connection("127.0.0.1", house.site.server.port)
        head = f"POST {LOGIN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n"
        writer.write(head.encode() + b"{")
        assert b"connection: close" in await reader.read()
        writer.close()
        assert (await client.get("/api/v1/hall")).status_code == 200


@in_loop
async def test_strange_heads_hurt_nobody_else(new_house):
    async with new_house().open() as house, house.client() as client:
        port = house.site.server.port
        for garbage in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"A" * 100_000):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(garbage)
            with contextlib.suppress(ConnectionError):
                await writer.drain()
                writer.write_eof()
                await reader.read()
            writer.close()
        assert (await client.get("/api/v1/hall")).status_code == 200


@pytest.mark.parametrize(
    "head",
    [
        b"GET /board HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-More: of it\r\n" * 2000,
        b"GET /board HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + b"x" * 40_000,
        b"GET /" + b"x" * 40_000,
        b"\r\n" * 20_000,
    ],
    ids=["lines", "line", "address", "blank"],
)
@in_loop
async def test_a_head_without_an_end_is_hung_up_on(new_house, head):
    async with new_house().open() as house:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.site.server.port)
        answer = b""
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(head), 4096):
                writer.write(head[start : start + 4096])
                await writer.drain()
            answer = await reader.read()
        assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
        writer.close()
        async with house.client() as client:
            assert (await client.get("/board")).status_code == 200


@in_loop
async def test_many_requests_on_one_connection_each_have_a_head_of_their_own(new_house):
    async with new_house().open() as house, house.client() as client:
        for _ in range(5):
            answer = await client.get("/board", headers={"X-Long": "x" * 8_000})
            assert answer.status_code == 200
