"""How a device becomes known, and what it takes to become so without a right to it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from centre_loop import change, emptied, rows
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx import Response
from known_devices import Worker, in_a_change, make_known, make_sites
from signing_device import ROOT, Moving, SigningDevice
from sqlalchemy import insert

from centre.errors import Conflict, Missing
from centre.identity.devices import revoke
from centre.identity.enrolment import WRONG_IN_ALL, make_code, network_of
from centre.secret import FILE, read_secret
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.devices import EnrolmentTry
from centre.wire import Enrolment
from centre.wire.enrolment import CODE_LENGTH, CODE_LETTERS, change_words


@pytest.fixture
def centre_settings(shared_settings: Settings) -> Settings:
    """One centre for this module, empty for each test."""
    return emptied(shared_settings)


@pytest.fixture
def clock() -> Moving:
    return Moving()


@pytest.fixture
def worker(centre_settings: Settings, clock: Moving, database: Database) -> Iterator[Worker]:
    make_sites(database, clock)
    with Worker(msgspec.structs.replace(centre_settings, public_url=ROOT), clock) as one:
        yield one


def a_code(worker: Worker, site: str = "hoan-kiem") -> str:
    secret = read_secret(worker.settings.folder / FILE)
    return in_a_change(
        Database(worker.settings.database_url),
        lambda connection: make_code(connection, secret, site, by="lan", now=worker.clock()),
    )


def enrol(device: SigningDevice, code: str, /, **other: Any) -> Response:
    wish = {"code": code, "public_key": device.public_key, "name": "Sảnh", "version": "0.1.0"}
    return device.ask("POST", "/v1/enrolments", {**wish, **other})


def test_a_code_makes_a_device_known(worker: Worker, database: Database) -> None:
    device = worker.device()
    answer = enrol(device, a_code(worker))
    assert answer.status_code == 201, answer.text
    told = msgspec.json.decode(answer.content, type=Enrolment)
    assert told.site == "hoan-kiem"
    assert told.device.startswith("hoan-kiem-")
    assert len(bytes.fromhex(told.document_key)) == 32
    device.name = told.device
    assert device.ask("GET", "/v1/whoami").json()["device"] == told.device
    assert rows(database, "SELECT name, version FROM device") == [("Sảnh", "0.1.0")]


def test_a_code_is_of_plain_letters_and_not_kept(worker: Worker, database: Database) -> None:
    code = a_code(worker)
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)
    assert code not in str(rows(database, "SELECT * FROM enrolment_code"))


def test_a_code_for_a_site_that_is_none(worker: Worker) -> None:
    with pytest.raises(Missing):
        a_code(worker, site="nowhere")


def test_another_machines_secret_makes_no_code_and_takes_none(
    worker: Worker, database: Database
) -> None:
    code = a_code(worker)
    path = worker.settings.folder / FILE
    other = msgspec.structs.replace(
        worker.settings,
        data=f"{worker.settings.data}/other",
        database=worker.settings.database_url,
    )
    with Worker(other, worker.clock) as second:
        answer = enrol(second.device(), code)
        assert (answer.status_code, answer.json()["code"]) == (409, "other_key")
    path.write_bytes(bytes(32))
    with pytest.raises(Conflict):
        a_code(worker)
    assert rows(database, "SELECT count(*) FROM device")[0][0] == 0


def test_a_lost_reply_is_asked_for_again(worker: Worker, database: Database) -> None:
    device, code = worker.device(), a_code(worker)
    first, again = enrol(device, code), enrol(device, code)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert rows(database, "SELECT count(*) FROM device")[0][0] == 1


def test_a_code_holds_once(worker: Worker) -> None:
    code = a_code(worker)
    assert enrol(worker.device(), code).status_code == 201
    answer = enrol(worker.device(), code)
    assert (answer.status_code, answer.json()["code"]) == (422, "code")


def test_a_code_is_over_after_its_quarter_of_an_hour(worker: Worker) -> None:
    code = a_code(worker)
    worker.clock.go(15 * 60)
    answer = enrol(worker.device(), code)
    assert (answer.status_code, answer.json()["code"]) == (422, "code")


def test_a_copied_disk_is_told_and_the_code_stays_good(worker: Worker) -> None:
    device = worker.device()
    assert enrol(device, a_code(worker)).status_code == 201
    code = a_code(worker, "tay-ho")
    answer = enrol(worker.device(key=device.key), code)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_known")
    assert enrol(worker.device(), code).status_code == 201


def test_whoever_is_enrolled_again_is_another(worker: Worker) -> None:
    first = enrol(worker.device(), a_code(worker)).json()
    second = enrol(worker.device(), a_code(worker)).json()
    assert first["device"] != second["device"]


def test_a_key_that_did_not_sign_is_not_taken(worker: Worker, database: Database) -> None:
    device, other = worker.device(), worker.device()
    answer = enrol(device, a_code(worker), public_key=other.public_key)
    assert (answer.status_code, answer.json()["code"]) == (422, "other_key")
    device.name = "a" * 64  # a keyid that is a key's words, and another's
    assert enrol(device, a_code(worker)).status_code == 401
    assert rows(database, "SELECT count(*) FROM device")[0][0] == 0


def test_what_does_not_belong_there_is_refused(worker: Worker, database: Database) -> None:
    code = a_code(worker)
    for wrong in (
        {"device": "hoan-kiem-mine"},
        {"site": "tay-ho"},
        {"code": "ABCDEFG"},
        {"code": "abcdefgh"},
        {"name": ""},
        {"name": "x" * 61},
        {"name": "a\0b"},
        {"public_key": "00"},
        {"version": 3},
    ):
        answer = enrol(worker.device(), code, **wrong)
        assert answer.status_code in {400, 422}, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    assert rows(database, "SELECT count(*) FROM device")[0][0] == 0


def test_after_five_wrong_codes_even_the_right_one_waits(worker: Worker) -> None:
    code = a_code(worker)
    for _ in range(5):
        assert enrol(worker.device(), "AAAAAAAA").json()["code"] == "code"
    answer = enrol(worker.device(), code)
    assert (answer.status_code, answer.json()["code"]) == (429, "locked")
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    worker.clock.go(15 * 60 + 1)
    assert enrol(worker.device(), a_code(worker)).status_code == 201


def test_many_guesses_at_once_are_five(worker: Worker, database: Database) -> None:
    """Each in a thread of its own, so that they race for the fifth place."""
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda _: enrol(worker.device(), "BBBBBBBB").status_code, range(20))
        )
    assert answers.count(422) == 5
    assert answers.count(429) == 15
    assert rows(database, "SELECT count(*) FROM enrolment_try")[0][0] == 5


def test_guesses_from_everywhere_lock_everybody_out(worker: Worker, database: Database) -> None:
    tries = [
        {"source": f"10.0.{n // 250}.{n % 250}", "tried_at": worker.clock()}
        for n in range(WRONG_IN_ALL)
    ]
    change(database, insert(EnrolmentTry).values(tries))
    assert enrol(worker.device(), a_code(worker)).status_code == 429
    worker.clock.go(15 * 60 + 1)
    assert enrol(worker.device(), a_code(worker)).status_code == 201


def test_a_source_is_an_address_or_a_network() -> None:
    assert network_of("203.0.113.9") == "203.0.113.9"
    assert network_of("::ffff:203.0.113.9") == "203.0.113.9"
    assert (
        network_of("2001:db8:1:2:3::4%eth0") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    )
    assert network_of("testclient") == "testclient"


def changed(device: SigningDevice, key: Ed25519PrivateKey, proof_for: str = "") -> Response:
    public = key.public_key().public_bytes_raw().hex()
    proof = key.sign(change_words(proof_for or device.name, public)).hex()
    return device.ask("POST", "/v1/keys", {"public_key": public, "proof": proof})


def test_a_new_key_ends_the_old_one_in_every_worker(worker: Worker, database: Database) -> None:
    device = make_known(database, worker.device())
    old, new = device.key, Ed25519PrivateKey.generate()
    with Worker(worker.settings, worker.clock) as second:
        elsewhere = second.device(name=device.name, key=old)
        assert elsewhere.ask("GET", "/v1/whoami").status_code == 200  # it remembers the old one
        assert changed(device, new).status_code == 204
        assert elsewhere.ask("GET", "/v1/whoami").json()["code"] == "signature"
        elsewhere.key = new
        assert elsewhere.ask("GET", "/v1/whoami").status_code == 200
    assert device.ask("GET", "/v1/whoami").json()["code"] == "signature"
    device.key = new
    assert device.ask("GET", "/v1/whoami").status_code == 200
    assert changed(device, new).status_code == 204  # a reply that was lost


def test_a_key_that_is_not_ones_own_is_not_taken(worker: Worker, database: Database) -> None:
    device, other = (make_known(database, worker.device()) for _ in range(2))
    answer = changed(device, other.key)
    assert (answer.status_code, answer.json()["code"]) == (409, "key_known")
    answer = changed(device, Ed25519PrivateKey.generate(), proof_for=other.name)
    assert (answer.status_code, answer.json()["code"]) == (422, "proof")
    assert device.ask("GET", "/v1/whoami").status_code == 200


def test_a_revoked_devices_key_is_never_taken_again(worker: Worker, database: Database) -> None:
    device = worker.device()
    device.name = enrol(device, a_code(worker)).json()["device"]
    in_a_change(
        database, lambda connection: revoke(connection, device.name, by="lan", now=worker.clock())
    )
    assert device.ask("GET", "/v1/whoami").json()["code"] == "revoked"
    assert changed(device, Ed25519PrivateKey.generate()).json()["code"] == "revoked"
    device.name = ""
    assert enrol(device, a_code(worker)).json()["code"] == "key_known"
    assert rows(database, "SELECT account, action FROM audit") == [("lan", "device.revoked")]


def test_a_wrong_clock_learns_the_right_one_before_it_is_known(worker: Worker) -> None:
    device, code = worker.device(), a_code(worker)
    device.clock.now = device.clock.now.replace(year=1970)
    answer = enrol(device, code)
    assert (answer.status_code, answer.json()["code"]) == (401, "clock")
    device.clock.now = worker.clock()
    assert enrol(device, code).status_code == 201
