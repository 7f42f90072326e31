"""What the city's app asks for over HTTP: who may, what is refused and how it is said."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from centre_loop import closing, in_a_loop
from city_house import MONDAY, open_city, said

from centre.clients.register import revoke_client
from centre.problems import MEDIA_TYPE
from centre.store import Database

BODY = {"request_id": "request-9", "site": "tan-an", "service": "land", "person": "somebody"}


@pytest.fixture(scope="module")
def city(sqlite_template, tmp_path_factory):
    """One city for all that changes nothing in it."""
    path = tmp_path_factory.mktemp("city") / "centre.sqlite3"
    shutil.copy(sqlite_template, path)
    with open_city(Database(f"sqlite+aiosqlite:///{path}")) as opened:
        yield opened


def problem(answer, status, code):
    """Whether it is a problem document of that kind, which repeats nothing of the request."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    said = answer.json()
    assert (said["status"], said["code"], said["type"]) == (status, code, "about:blank")
    assert "somebody" not in answer.text
    return True


def test_booking_moving_and_cancelling(database):
    with open_city(database) as city:
        made = city.book("request-1")
        assert made.status_code == 201
        booked = made.json()
        assert booked["at"] == "2026-11-30T09:00:00+07:00"
        assert booked["scan"] == "LTB1." + booked["code"].replace("-", "").lower()
        again = city.book("request-1")
        assert (again.status_code, again.json()) == (200, booked)
        path = f"/bookings/{booked['code']}"
        assert (city.ask("GET", path)).json() == booked
        move = {"at": said("10:30")}
        moved = city.ask("PATCH", path, json=move, params={"version": booked["version"]})
        assert moved.json()["at"] == "2026-11-30T10:30:00+07:00"
        gone = city.ask("DELETE", path)
        assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
        assert problem(
            city.ask("DELETE", path, params={"version": booked["version"]}),
            409,
            "booking_changed",
        )


def test_free_slots_count_down(database):
    with open_city(database) as city:
        asked = {"site": "tan-an", "service": "land", "day": MONDAY.date().isoformat()}
        for booked in range(3):
            slots = (city.ask("GET", "/slots", params=asked, by="board")).json()["slots"]
            nine = [one["free"] for one in slots if one["at"].startswith("2026-11-30T09:00")]
            assert nine == [2, 1, 0][booked : booked + 1] or (booked == 2 and not nine)
            city.book(f"request-{booked}", person=f"person-{booked}")
        problem(city.ask("GET", "/slots", params=asked | {"service": "fish"}), 404, "missing")
        sites = (city.ask("GET", "/sites", by="board")).json()
        assert [site["name_vi"] for site in sites["sites"]] == ["Ba Đình", "Tân An"]


def test_who_may(database):
    with open_city(database) as city:
        code = (city.book("request-1")).json()["code"]
        for method, path in (
            ("GET", "/sites"),
            ("POST", "/bookings"),
            ("GET", f"/bookings/{code}"),
            ("PATCH", f"/bookings/{code}"),
            ("DELETE", f"/bookings/{code}"),
        ):
            assert problem(city.ask(method, path, by="", content=b"{"), 401, "not_known")
            bad = {"Authorization": "Bearer ltc_" + "A" * 43}
            answer = city.web.request(method, f"/v1/city{path}", headers=bad)
            assert problem(answer, 401, "not_known")
            if "bookings" in path:  # the scope "slots" sees no booking and makes none
                assert problem(city.ask(method, path, by="board"), 403, "scope")
        for method in ("GET", "PATCH", "DELETE"):
            more = {"json": {"service": "land"}} if method == "PATCH" else {}
            answer = city.ask(method, f"/bookings/{code}", by="other", **more)
            assert problem(answer, 404, "missing")
        apart = Database(database.url, pool=1)
        in_a_loop(closing(apart, lambda: revoke_client(apart, "app", "test", MONDAY)))
        assert problem(city.ask("GET", f"/bookings/{code}"), 401, "not_known")
        assert problem(city.book("request-2"), 401, "not_known")


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"extra": 1}, 400, "wrong_request"),
        ({"code": "ABCD2345"}, 400, "wrong_request"),
        ({"state": "cancelled"}, 400, "wrong_request"),
        ({"client": "other"}, 400, "wrong_request"),
        ({"registered_at": "2020-01-01T00:00:00Z"}, 400, "wrong_request"),
        ({"request_id": "short"}, 400, "wrong_request"),
        ({"request_id": "with\u0000nul-in-it"}, 400, "wrong_request"),
        ({"person": "some\u0000body"}, 400, "wrong_request"),
        ({"person": "Nguyễn Văn A"}, 400, "wrong_request"),
        ({"person": "x" * 65}, 400, "wrong_request"),
        ({"site": "Tân An"}, 400, "wrong_request"),
        ({"at": "2026-11-30T09:00:00"}, 400, "wrong_request"),
        ({"at": "half past nine"}, 400, "wrong_request"),
        ({"at": 1700000000}, 400, "wrong_request"),
        ({"at": "0001-01-01T00:00:00+14:00"}, 422, "booking_time"),
        ({"at": "9999-12-31T23:59:59-14:00"}, 422, "booking_time"),
        ({"at": "2026-02-30T09:00:00+07:00"}, 422, "booking_time"),
        ({"at": "1970-01-01T00:00:00Z"}, 422, "booking_day"),
        ({"at": "2099-11-30T09:00:00+07:00"}, 422, "booking_day"),
        ({"at": "2026-11-30T09:05:00+07:00"}, 422, "booking_slot"),
        ({"service": "fish"}, 422, "unknown_service"),
        ({"site": "nowhere"}, 422, "unknown_service"),
    ],
)
def test_wishes_that_are_refused(city, changed, status, code):
    body = BODY | {"at": said("09:00")} | changed
    assert problem(city.ask("POST", "/bookings", json=body), status, code)


def test_bodies_that_are_none(city):
    for body in (
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 4000,
        b'{"at":' * 600,
        b'{"at":"\xff"}',
    ):
        assert problem(city.ask("POST", "/bookings", content=body), 400, "wrong_request")
    large = json.dumps(BODY | {"person": "x" * 10_000_000}).encode()
    assert problem(city.ask("POST", "/bookings", content=large), 413, "too_large")
    packed = city.ask(
        "POST", "/bookings", content=b"\x1f\x8b", headers={"Content-Encoding": "gzip"}
    )
    assert problem(packed, 400, "wrong_request")


def test_paths_that_are_none(city):
    for path in ("/bookings/%00", "/bookings/ABCD%00EFG", "/bookings/ABCD-EFGH%00", "/bookings/x"):
        assert problem(city.ask("GET", path), 400, "wrong_request")
    assert problem(city.ask("GET", "/bookings/ABCD-EFGH"), 404, "missing")
    assert problem(city.ask("PUT", "/bookings"), 405, "wrong_method")
    for query in ({"day": "tomorrow"}, {"day": "2026-02-30"}, {"site": "\0"}, {"service": "%"}):
        asked = {"site": "tan-an", "service": "land", "day": "2026-11-30"} | query
        answer = city.ask("GET", "/slots", params=asked)
        assert problem(answer, 400, "wrong_request")
    for version in ("0", "-1", "x", "9" * 30):
        path = f"/bookings/ABCD-EFGH?version={version}"
        assert problem(city.ask("DELETE", path), 400, "wrong_request")


def test_a_crowd_over_http(database):
    with open_city(database) as city:
        with ThreadPoolExecutor(10) as crowd:
            answers = list(
                crowd.map(lambda n: city.book(f"request-{n}", person=f"person-{n}"), range(20))
            )
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [201, 201] + [409] * 18
