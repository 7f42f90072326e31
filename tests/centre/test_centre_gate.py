"""Whose request it is: forged, altered, replayed, late and early ones, and the good one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from centre_loop import change, emptied, rows
from httpx import Response
from known_devices import Worker, make_known, make_sites
from signing_device import ROOT, Moving, SigningDevice
from sqlalchemy import update

from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import Device
from centre.wire.signing import COVERED, FRESH_S


@pytest.fixture
def centre_settings(shared_settings: Settings) -> Settings:
    """One centre for this module, empty for each test."""
    return emptied(shared_settings)


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def worker(centre_settings: Settings, clock: Moving) -> Iterator[Worker]:
    with Worker(msgspec.structs.replace(centre_settings, public_url=ROOT), clock) as one:
        yield one


@pytest.fixture
def device(worker: Worker, database: Database, clock: Moving) -> SigningDevice:
    make_sites(database, clock)
    return make_known(database, worker.device())


def refusal(answer: Response) -> str:
    assert answer.status_code == 401, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["code"])


def test_a_good_signature_tells_who_it_is(device: SigningDevice) -> None:
    answer = device.ask("GET", "/v1/whoami")
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"device": device.name, "site": "hoan-kiem", "group": "pilot"}


def test_a_body_and_a_query_are_signed_too(device: SigningDevice) -> None:
    answer = device.ask("POST", "/v1/echo?a=1&b=%C3%A9", {"said": "chào"})
    assert answer.json() == {"device": device.name, "said": "chào"}


def test_nobody_without_a_signature(worker: Worker) -> None:
    assert refusal(worker.client.get("/v1/whoami")) == "unsigned"
    assert refusal(worker.client.post("/v1/echo", json={"a": 1})) == "unsigned"
    sent = {"Content-Type": "application/json"}  # and before a body is looked into
    assert refusal(worker.client.post("/v1/echo", content=b"{", headers=sent)) == "unsigned"


def test_what_was_signed_holds_for_nothing_else(device: SigningDevice) -> None:
    """A signature for one method, path and query is none for another."""
    for method, path in (
        ("POST", "/v1/whoami"),
        ("GET", "/v1/whoami?site=tay-ho"),
        ("GET", "/v1/echo"),
    ):
        sent = device.signed(method, path)
        assert refusal(device.client.get("/v1/whoami", headers=sent)) == "signature", path


def test_an_altered_body(device: SigningDevice) -> None:
    sent = device.signed("POST", "/v1/echo", b'{"a": 1}')
    answer = device.client.post("/v1/echo", content=b'{"a": 2}', headers=sent)
    assert refusal(answer) == "digest"


def test_an_altered_body_with_an_altered_digest(device: SigningDevice) -> None:
    sent = device.signed("POST", "/v1/echo", b'{"a": 1}')
    other = device.signed("POST", "/v1/echo", b'{"a": 2}')
    sent["Content-Digest"] = other["Content-Digest"]
    answer = device.client.post("/v1/echo", content=b'{"a": 2}', headers=sent)
    assert refusal(answer) == "signature"


def test_another_authority(device: SigningDevice) -> None:
    device.root = "https://elsewhere.example"
    assert refusal(device.ask("GET", "/v1/whoami")) == "signature"


def test_behind_a_proxy_the_public_name_counts(device: SigningDevice) -> None:
    sent = {"Host": "10.0.0.7:8600", "X-Forwarded-Host": "elsewhere.example"}
    assert device.ask("GET", "/v1/whoami", headers=sent).status_code == 200


def test_another_devices_name(device: SigningDevice, worker: Worker, database: Database) -> None:
    other = make_known(database, worker.device(), site="tay-ho")
    other.key = device.key
    assert refusal(other.ask("GET", "/v1/whoami")) == "signature"


def test_a_key_that_nobody_knows(worker: Worker) -> None:
    stranger = worker.device(name="hoan-kiem-abcdefghjk")
    assert refusal(stranger.ask("GET", "/v1/whoami")) == "not_known"


def test_a_replay_is_refused_by_every_worker(device: SigningDevice, worker: Worker) -> None:
    sent = device.signed("GET", "/v1/whoami")
    assert device.client.get("/v1/whoami", headers=sent).status_code == 200
    assert refusal(device.client.get("/v1/whoami", headers=sent)) == "replayed"
    with Worker(worker.settings, worker.clock) as second:
        assert refusal(second.client.get("/v1/whoami", headers=sent)) == "replayed"


def test_a_nonce_is_kept_for_as_long_as_it_could_be_fresh(
    device: SigningDevice, clock: Moving
) -> None:
    """Signed by a clock that is almost FRESH_S ahead, it stays fresh for twice as long."""
    device.clock.now = clock()
    device.clock.go(FRESH_S - 1)
    sent = device.signed("GET", "/v1/whoami")
    assert device.client.get("/v1/whoami", headers=sent).status_code == 200
    clock.go(2 * FRESH_S - 5)
    device.clock.now = clock()
    assert device.ask("GET", "/v1/whoami").status_code == 200  # a moment to tidy
    assert refusal(device.client.get("/v1/whoami", headers=sent)) == "replayed"
    clock.go(70)
    device.clock.now = clock()
    assert device.ask("GET", "/v1/whoami").status_code == 200
    assert refusal(device.client.get("/v1/whoami", headers=sent)) == "clock"


def test_old_nonces_are_thrown_away(
    device: SigningDevice, clock: Moving, database: Database
) -> None:
    for _ in range(3):
        assert device.ask("GET", "/v1/whoami").status_code == 200
    assert rows(database, "SELECT count(*) FROM used_nonce")[0][0] == 3
    clock.go(3 * FRESH_S)
    device.clock.now = clock()
    assert device.ask("GET", "/v1/whoami").status_code == 200
    assert rows(database, "SELECT count(*) FROM used_nonce")[0][0] == 1


@pytest.mark.parametrize(
    "wrong", [datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)]
)
def test_a_wrong_clock_learns_the_right_one(
    device: SigningDevice, clock: Moving, wrong: datetime
) -> None:
    device.clock.now = wrong
    answer = device.ask("GET", "/v1/whoami")
    assert refusal(answer) == "clock"
    device.clock.now = datetime.fromisoformat(answer.json()["now"])
    assert abs(device.clock() - clock()).total_seconds() < 1
    assert device.ask("GET", "/v1/whoami").status_code == 200


def test_whoever_is_not_known_is_not_told_of_clocks(worker: Worker) -> None:
    stranger = worker.device(name="hoan-kiem-abcdefghjk")
    stranger.clock.now = datetime(1970, 1, 2, tzinfo=UTC)
    assert refusal(stranger.ask("GET", "/v1/whoami")) == "not_known"


def test_a_revoked_device_is_refused_at_once(
    device: SigningDevice, clock: Moving, database: Database
) -> None:
    assert device.ask("GET", "/v1/whoami").status_code == 200  # its key is remembered now
    change(database, update(Device).values(revoked_at=clock()))
    assert refusal(device.ask("GET", "/v1/whoami")) == "revoked"


def test_what_must_be_covered_must_be_covered(device: SigningDevice) -> None:
    lists = [[part for part in COVERED if part != left_out] for left_out in COVERED]
    lists.append([*COVERED[:-1], '"content-digest";key="sha-256"'])  # a part is not the whole
    for covered in lists:
        sent = device.signed("GET", "/v1/whoami", covered=covered)
        assert refusal(device.client.get("/v1/whoami", headers=sent)) == "signature", covered


def test_covering_more_is_well(device: SigningDevice) -> None:
    sent = device.signed("GET", "/v1/whoami", covered=[*COVERED, "@scheme"], also={"X-Other": "1"})
    assert device.client.get("/v1/whoami", headers=sent).status_code == 200


def test_a_nonce_that_is_none(device: SigningDevice) -> None:
    for nonce in (None, "short", "a" * 65, "0123456789abcdef~"):
        sent = device.signed("GET", "/v1/whoami", nonce=nonce)
        assert refusal(device.client.get("/v1/whoami", headers=sent)) == "signature", nonce


def test_broken_fields(device: SigningDevice) -> None:
    for field, value, code in (
        ("Signature", "letan=:AAAA:", "signature"),
        ("Signature", "", "signature"),
        ("Signature-Input", "letan", "signature"),
        ("Signature-Input", 'letan=("@method");created=1;keyid="x"', "not_known"),
        ("Signature-Input", 'letan=("@method");created=1;keyid=""', "signature"),
        ("Signature-Input", "(" * 900, "signature"),
        ("Signature-Input", 'letan=("@method")' + ";a=1" * 1000, "signature"),
        ("Content-Digest", "sha-256=:AAAA:", "signature"),
        ("Content-Digest", "md5=:AAAA:", "signature"),
    ):
        sent = device.signed("GET", "/v1/whoami")
        sent[field] = value
        assert refusal(device.client.get("/v1/whoami", headers=sent)) == code, (field, value)


def test_two_signatures_are_one_too_many(device: SigningDevice) -> None:
    one, two = device.signed("GET", "/v1/whoami"), device.signed("GET", "/v1/whoami")
    for field in ("Signature", "Signature-Input"):
        one[field] += ", " + two[field].replace("letan=", "other=", 1)
    assert refusal(device.client.get("/v1/whoami", headers=one)) == "signature"


def test_another_algorithm_is_not_taken(device: SigningDevice) -> None:
    sent = device.signed("GET", "/v1/whoami")
    sent["Signature-Input"] = sent["Signature-Input"].replace("ed25519", "hmac-sha256")
    assert refusal(device.client.get("/v1/whoami", headers=sent)) == "signature"


def test_a_body_beyond_all_measure(device: SigningDevice) -> None:
    answer = device.ask("POST", "/v1/echo", b" " * (10 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
