"""Whoever asks for what is another's, or sends what nobody should: a clear problem document."""

import gzip
import itertools
import json
import shutil
import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from centre_loop import change, closing, in_a_loop, rows
from running_centre import RunningCentre, Signing
from sqlalchemy import update

from centre.clients.register import revoke_client
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import Device
from kiosk.queueing.hours import HANOI

EPOCH = "0123456789abcdef"
CODE = "H26.123-260901-0012"
_numbers = itertools.count()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def centre(request, tmp_path_factory):
    """The whole centre with two devices of different sites and a client; for all of these tests."""
    data = tmp_path_factory.mktemp("strangers")
    settings = Settings(data=str(data), port=0)
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, data / "centre.sqlite3")
    else:
        server = request.getfixturevalue("postgresql")
        server.ask("CREATE DATABASE strangers TEMPLATE template")
        settings = Settings(data=str(data), port=0, database=server.url("strangers"))
    with RunningCentre(settings) as running:
        running.mine = running.device("tan-an-1", "tan-an")
        running.other = running.device("ba-dinh-1", "ba-dinh")
        running.app = running.client("city-app")
        yield running


def is_problem(answer, status, code):
    """Whether it is a problem document of that kind."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["code"]) == (status, code)
    return True


def batch(*entries, **more):
    """A batch of events, packed."""
    return gzip.compress(json.dumps({"epoch": EPOCH, "entries": list(entries)} | more).encode())


def entry(seq=1, **more):
    """One event."""
    told = {"seq": seq, "kind": "ticket_issued", "at": "2026-11-30T14:59:00+07:00", "body": {}}
    return told | more


PACKED = {"Content-Type": "application/json", "Content-Encoding": "gzip"}


def booking(centre, site="tan-an", **more):
    """A booking for tomorrow at nine, as the city's app makes it."""
    tomorrow = (datetime.now(HANOI) + timedelta(days=1)).date()
    body = {
        "request_id": f"request-{next(_numbers)}",
        "site": site,
        "service": "land",
        "at": f"{tomorrow}T09:00:00+07:00",
        "person": f"person-{next(_numbers)}",
    }
    return centre.ask("POST", "/v1/city/bookings", json=body | more, headers=centre.app)


def bookings_told(centre, device):
    """The bookings of a device's site, once the centre has looked for news."""
    deadline = time.monotonic() + 30
    while not (told := centre.ask("GET", "/v1/changes?since=", auth=device).json()["bookings"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return told


def test_a_device_is_told_its_own_sites_bookings_alone(centre):
    devices = {"tan-an": centre.mine, "ba-dinh": centre.other}
    for site in devices:
        assert booking(centre, site).status_code == 201
    told = {name: bookings_told(centre, device) for name, device in devices.items()}
    codes = {name: {one["code"] for one in changes} for name, changes in told.items()}
    assert all(codes.values())
    assert codes["tan-an"].isdisjoint(codes["ba-dinh"])
    assert all(len(one["person"]) == 64 for changes in told.values() for one in changes)


def test_a_cursor_of_another_site_opens_nothing(centre):
    theirs = centre.ask("GET", "/v1/changes?since=", auth=centre.other).json()["cursor"]
    mine = centre.ask("GET", f"/v1/changes?since={theirs}", auth=centre.mine).json()
    others = centre.ask("GET", "/v1/changes?since=", auth=centre.other).json()
    assert mine.get("whole")  # a cursor of another place means nothing here
    assert not {one["code"] for one in mine["bookings"]} & {
        one["code"] for one in others["bookings"]
    }


def test_nobody_speaks_in_anothers_name(centre):
    borrowed = Signing("ba-dinh-1", centre.mine.key)
    sent = {"data": batch(entry()), "headers": PACKED}
    assert is_problem(centre.ask("POST", "/v1/events", auth=borrowed, **sent), 401, "signature")
    unknown = Signing("nobody-1")
    assert is_problem(centre.ask("POST", "/v1/events", auth=unknown, **sent), 401, "not_known")
    smuggled = batch(entry(device="ba-dinh-1"))
    sent = {"data": smuggled, "headers": PACKED}
    answer = centre.ask("POST", "/v1/events", auth=centre.mine, **sent)
    assert is_problem(answer, 400, "wrong_request")
    smuggled = batch(entry(), site="ba-dinh")
    sent = {"data": smuggled, "headers": PACKED}
    answer = centre.ask("POST", "/v1/events", auth=centre.mine, **sent)
    assert is_problem(answer, 400, "wrong_request")
    health = {"at": "2026-11-30T08:00:00+07:00", "version": "1", "device": "ba-dinh-1"}
    answer = centre.ask("PUT", "/v1/health", auth=centre.mine, json=health)
    assert is_problem(answer, 400, "wrong_request")
    assert rows(centre.database, "SELECT * FROM event WHERE site = 'ba-dinh'") == []


def test_roles_do_not_mix(centre):
    for method, path in (
        ("GET", "/v1/changes?since="),
        ("POST", "/v1/events"),
        ("PUT", "/v1/health"),
        ("GET", f"/v1/dossiers/{CODE}"),
        ("POST", "/v1/keys"),
        ("GET", "/v1/documents/hours/1"),
        ("POST", "/v1/documents/fates"),
    ):
        assert is_problem(centre.ask(method, path, headers=centre.app), 401, "unsigned")
    code = booking(centre).json()["code"]
    for method, path in (
        ("GET", "/v1/city/sites"),
        ("POST", "/v1/city/bookings"),
        ("GET", f"/v1/city/bookings/{code}"),
        ("DELETE", f"/v1/city/bookings/{code}"),
    ):
        assert is_problem(centre.ask(method, path, auth=centre.mine), 401, "not_known")
    slots = centre.client(f"board-{next(_numbers)}", "slots")
    assert is_problem(
        centre.ask("DELETE", f"/v1/city/bookings/{code}", headers=slots), 403, "scope"
    )
    for path in ("/v1/city/bookings", "/v1/nothing", "/v1", "/v1/city"):
        answer = centre.ask("GET", path, headers=centre.app)
        assert answer.status_code in {404, 405}
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_was_revoked_is_out_at_once(centre):
    name = f"leaver-{next(_numbers)}"
    headers = centre.client(name)
    assert centre.ask("GET", "/v1/city/sites", headers=headers).status_code == 200
    apart = Database(centre.database.url, pool=1)
    in_a_loop(closing(apart, lambda: revoke_client(apart, name, "test", datetime.now(UTC))))
    assert is_problem(centre.ask("GET", "/v1/city/sites", headers=headers), 401, "not_known")
    device = centre.device(f"leaver-{next(_numbers)}")
    assert centre.ask("GET", "/v1/changes?since=", auth=device).status_code == 200
    gone = update(Device).where(Device.id == device.name).values(revoked_at=datetime.now(UTC))
    change(centre.database, gone)
    assert is_problem(centre.ask("GET", "/v1/changes?since=", auth=device), 401, "revoked")


def test_what_was_signed_once_is_taken_once(centre):
    request = requests.Request("GET", f"{centre.url}/v1/changes?since=", auth=centre.mine).prepare()
    with requests.Session() as session:
        assert session.send(request, timeout=60).status_code == 200
        assert is_problem(session.send(request, timeout=60), 401, "replayed")
        request.url = request.url.replace("since=", "since=1-1-00000000")
        assert is_problem(session.send(request, timeout=60), 401, "signature")


@pytest.mark.parametrize("year", [1970, 2099])
def test_clocks_that_are_far_off(centre, year):
    wrong = Signing("tan-an-1", centre.mine.key, lambda: datetime(year, 6, 1, tzinfo=UTC))
    answer = centre.ask("GET", "/v1/changes?since=", auth=wrong)
    assert is_problem(answer, 401, "clock")
    told = datetime.fromisoformat(answer.json()["now"])
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_bomb_is_not_unpacked(centre):
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < 300_000
    sent = {"data": bomb, "headers": PACKED}
    answer = centre.ask("POST", "/v1/events", auth=centre.mine, **sent)
    assert is_problem(answer, 413, "too_large")
    twice = gzip.compress(gzip.compress(b"{}"))
    sent = {"data": twice, "headers": PACKED}
    answer = centre.ask("POST", "/v1/events", auth=centre.mine, **sent)
    assert is_problem(answer, 400, "wrong_request")
    code = booking(centre).json()["code"]
    for method, path in (("POST", "/v1/city/bookings"), ("PATCH", f"/v1/city/bookings/{code}")):
        answer = centre.ask(method, path, data=bomb[:2000], headers=centre.app | PACKED)
        assert is_problem(answer, 400, "wrong_request")


def test_ten_megabytes_are_too_much_everywhere(centre):
    large = b'{"request_id": "' + b"x" * 10_000_000 + b'"}'
    kind = {"Content-Type": "application/json"}
    for method, path in (
        ("POST", "/v1/events"),
        ("PUT", "/v1/health"),
        ("POST", "/v1/keys"),
        ("POST", "/v1/documents/fates"),
    ):
        answer = centre.ask(method, path, auth=centre.mine, data=large, headers=kind)
        assert is_problem(answer, 413, "too_large")
    enrolling = Signing("")
    answer = centre.ask("POST", "/v1/enrolments", auth=enrolling, data=large, headers=kind)
    assert is_problem(answer, 413, "too_large")
    for method, path in (
        ("POST", "/v1/city/bookings"),
        ("PATCH", "/v1/city/bookings/ABCD-2345"),
    ):
        answer = centre.ask(method, path, data=large, headers=centre.app | kind)
        assert is_problem(answer, 413, "too_large")


def test_nul_characters_are_refused_or_set_aside(centre):
    assert is_problem(booking(centre, person="some\0body"), 400, "wrong_request")
    assert is_problem(booking(centre, site="tan\0an"), 400, "wrong_request")
    health = {"at": "2026-11-30T08:00:00+07:00", "version": "1\0"}
    answer = centre.ask("PUT", "/v1/health", auth=centre.mine, json=health)
    assert 400 <= answer.status_code < 500
    fates = {"fates": [{"name": "hours", "version": 1, "state": "in_use", "reason": "\0"}]}
    answer = centre.ask("POST", "/v1/documents/fates", auth=centre.mine, json=fates)
    assert 400 <= answer.status_code < 500
    device = centre.device(f"nul-{next(_numbers)}")
    sent = {"data": batch(entry(1, body={"\0": "\0"}), entry(2)), "headers": PACKED}
    answer = centre.ask("POST", "/v1/events", auth=device, **sent)
    assert answer.status_code == 200  # set aside, so that one text does not block an outbox
    assert answer.json()["seq"] == 2
    for path in ("/v1/dossiers/%00", "/v1/documents/%00/1", "/v1/changes?since=%00"):
        answer = centre.ask("GET", path, auth=centre.mine)
        assert 400 <= answer.status_code < 500
        assert answer.headers["content-type"] == "application/problem+json"
