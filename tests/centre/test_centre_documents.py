"""What is given out reaches those that it is meant for, whole, in order, and nobody else."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from centre_loop import change, rows
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from known_devices import Worker, in_a_change, make_known, make_sites
from signing_device import ROOT, Moving, SigningDevice
from sqlalchemy import insert, update

from centre.bookings.shelf import MAX_CHANGES
from centre.documents.fates import VersionStatus, roll_backs, rollout
from centre.documents.feed import begin_new_timeline
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish, widen, withdraw
from centre.errors import Conflict, Missing, TooLarge, Unprocessable
from centre.identity.sites import put_in_group
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.bookings import ApiClient, BookingRow
from centre.store.tables.documents import Document, Feed
from centre.wire import Changes, DocumentNotice
from centre.wire.documents import MAX_DOCUMENT_BYTES, MAX_TOML_BYTES, signed_words
from kiosk.catalogue.keeping import Kept

HOURS = b'[hours]\nmonday = ["07:30-11:30"]\n'
LONGER = b'[hours]\nmonday = ["07:30-11:30", "13:30-17:00"]\n'
NOTICE = '[[notice]]\ntext_vi = "Hôm nay nghỉ buổi chiều"\n'.encode()


class City:
    """Two sites with a device each, and whoever gives out documents."""

    def __init__(self, worker: Worker, database: Database) -> None:
        self.worker, self.database = worker, database
        make_sites(database, worker.clock)
        self.pilot = make_known(database, worker.device(), "hoan-kiem")
        self.other = make_known(database, worker.device(), "tay-ho")
        self.key = DocumentKey.read(worker.settings.folder)

    def publish(self, name: str, audience: str, body: bytes) -> int:
        return in_a_change(
            self.database,
            lambda connection: publish(connection, name, audience, body, **self.facts),
        )

    def widen(self, name: str, version: int, audience: str = "", **more: bool) -> int:
        return in_a_change(
            self.database,
            lambda connection: widen(connection, name, version, audience, **self.facts, **more),
        )

    def withdraw(self, name: str, audience: str) -> int:
        return in_a_change(
            self.database, lambda connection: withdraw(connection, name, audience, **self.facts)
        )

    def status(self, name: str) -> list[VersionStatus]:
        return list(in_a_change(self.database, lambda connection: rollout(connection, name)))

    @property
    def facts(self) -> dict[str, Any]:
        return {"key": self.key, "by": "lan", "now": self.worker.clock()}


@pytest.fixture
def city(centre_settings: Settings, database: Database) -> Iterator[City]:
    settings = msgspec.structs.replace(centre_settings, public_url=ROOT)
    with Worker(settings, Moving()) as worker:
        yield City(worker, database)


def changes(device: SigningDevice, since: str = "") -> Changes:
    answer = device.ask("GET", f"/v1/changes?since={since}")
    assert answer.status_code == 200, answer.text
    told = msgspec.json.decode(answer.content, type=Changes)
    assert answer.headers["etag"] == f'"{told.cursor}"'
    return told


def counting(device: SigningDevice) -> dict[str, tuple[int, str]]:
    """What a device that begins is told: version and audience of each name."""
    return {one.name: (one.version, one.audience) for one in changes(device).documents}


def is_signed(notice: DocumentNotice, key: DocumentKey) -> bool:
    words = signed_words(
        notice.name, notice.audience, notice.version, notice.sha256, removed=notice.removed
    )
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public)).verify(
            bytes.fromhex(notice.signature), words
        )
    except InvalidSignature:
        return False
    return True


def test_what_was_published_is_told_fetched_and_checked(city: City) -> None:
    version = city.publish("hours", "", HOURS)
    told = changes(city.pilot)
    (notice,) = told.documents
    assert told.whole
    assert (notice.name, notice.version, notice.audience) == ("hours", version, "")
    assert is_signed(notice, city.key)
    assert not is_signed(msgspec.structs.replace(notice, version=2), city.key)
    assert not is_signed(msgspec.structs.replace(notice, audience="site:tay-ho"), city.key)
    answer = city.pilot.ask("GET", f"/v1/documents/hours/{version}")
    assert answer.content == HOURS
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "application/toml"
    assert answer.headers["etag"] == f'"{notice.sha256}"'
    assert notice.sha256 == hashlib.sha256(HOURS).hexdigest()
    assert notice.size == len(HOURS)


def test_bytes_are_sent_plain_to_whoever_takes_no_gzip(city: City) -> None:
    version = city.publish("hours", "", HOURS)
    sent = {"Accept-Encoding": "identity"}
    answer = city.pilot.ask("GET", f"/v1/documents/hours/{version}", headers=sent)
    assert answer.content == HOURS
    assert "content-encoding" not in answer.headers


def test_nothing_new_is_a_304(city: City) -> None:
    city.publish("hours", "", HOURS)
    cursor = changes(city.pilot).cursor
    sent = {"If-None-Match": f'"{cursor}"'}
    path = f"/v1/changes?since={cursor}"
    answer = city.pilot.ask("GET", path, headers=sent)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == f'"{cursor}"'
    told = changes(city.pilot, cursor)  # who does not say what it has is told in words
    assert (told.documents, told.bookings, told.whole, told.more) == ((), (), False, False)
    city.publish("hours", "site:tay-ho", LONGER)  # another's news is none of ours
    assert city.pilot.ask("GET", path, headers=sent).status_code == 304
    city.publish("notices", "", NOTICE)
    answer = city.pilot.ask("GET", path, headers=sent)
    assert [one["name"] for one in answer.json()["documents"]] == ["notices"]


def test_the_narrowest_that_fits_counts(city: City) -> None:
    everybody = city.publish("hours", "", HOURS)
    site = city.publish("hours", "site:hoan-kiem", LONGER)
    group = city.publish("hours", "group:pilot", HOURS)
    assert counting(city.pilot) == {"hours": (site, "site:hoan-kiem")}
    assert counting(city.other) == {"hours": (everybody, "")}
    city.withdraw("hours", "site:hoan-kiem")
    assert counting(city.pilot) == {"hours": (group, "group:pilot")}
    city.withdraw("hours", "group:pilot")
    assert counting(city.pilot) == {"hours": (everybody, "")}


def test_a_withdrawal_is_told_though_an_older_version_counts_then(city: City) -> None:
    everybody = city.publish("hours", "", HOURS)
    city.publish("hours", "group:pilot", LONGER)
    cursor = changes(city.pilot).cursor
    city.withdraw("hours", "group:pilot")
    (notice,) = changes(city.pilot, cursor).documents
    assert (notice.version, notice.removed) == (everybody, False)


def test_a_tombstone_where_nothing_is_left(city: City) -> None:
    city.publish("hours", "", HOURS)
    cursor = changes(city.pilot).cursor
    version = city.withdraw("hours", "")
    (notice,) = changes(city.pilot, cursor).documents
    assert (notice.version, notice.removed, notice.size) == (version, True, 0)
    assert is_signed(notice, city.key)
    assert city.pilot.ask("GET", f"/v1/documents/hours/{version}").status_code == 404
    again = city.publish("hours", "", LONGER)
    assert counting(city.pilot) == {"hours": (again, "")}
    with pytest.raises(Missing):
        city.withdraw("hours", "group:pilot")


def test_a_roll_out_by_steps(city: City) -> None:
    first = city.publish("hours", "group:pilot", LONGER)
    assert counting(city.pilot) == {"hours": (first, "group:pilot")}
    assert counting(city.other) == {}
    wide = city.widen("hours", first)
    assert counting(city.pilot) == counting(city.other) == {"hours": (wide, "")}
    notice = changes(city.other).documents[0]
    assert notice.sha256 == hashlib.sha256(LONGER).hexdigest()
    last = city.publish("hours", "", HOURS)  # the pilot does not stay behind
    assert counting(city.pilot) == {"hours": (last, "")}
    with pytest.raises(Missing):
        city.widen("hours", first)


def test_a_roll_out_goes_from_group_to_group(city: City) -> None:
    first = city.publish("hours", "group:pilot", LONGER)
    in_a_change(city.database, lambda connection: put_in_group(connection, "tay-ho", "first"))
    second = city.widen("hours", first, "group:first")
    assert counting(city.pilot) == {"hours": (first, "group:pilot")}
    assert counting(city.other) == {"hours": (second, "group:first")}
    with pytest.raises(Unprocessable):
        city.widen("hours", first, "group:pilot")
    with pytest.raises(Unprocessable):
        city.widen("hours", first, "site:tay-ho")


def test_what_was_rolled_back_is_not_widened_unasked(city: City) -> None:
    version = city.publish("services", "group:pilot", SERVICES)
    fates = [{"name": "services", "version": version, "state": "rolled_back", "reason": "dòng 3"}]
    answer = city.pilot.ask("POST", "/v1/documents/fates", {"fates": fates})
    assert answer.status_code == 204, answer.text
    with pytest.raises(Conflict, match="1 devices"):
        city.widen("services", version)
    assert city.widen("services", version, in_spite=True) == version + 1
    told = in_a_change(
        city.database, lambda connection: roll_backs(connection, "services", version)
    )
    assert [(one.device, one.reason) for one in told] == [(city.pilot.name, "dòng 3")]


SERVICES = b"""[[counter]]
number = "1"
[[service]]
code = "civil-status"
name_vi = "x"
name_en = "x"
series = "A"
counters = ["1"]
"""


def test_the_status_of_a_roll_out(city: City) -> None:
    first = city.publish("hours", "", HOURS)
    second = city.publish("hours", "group:pilot", LONGER)
    third = make_known(city.database, city.worker.device(), "tay-ho")
    for device, version, state in (
        (city.other, first, "in_use"),
        (city.pilot, first, "in_use"),  # as it was before the pilot
    ):
        fates = [{"name": "hours", "version": version, "state": state}]
        assert device.ask("POST", "/v1/documents/fates", {"fates": fates}).status_code == 204
    pilot, everybody = city.status("hours")
    assert (pilot.version, pilot.audience, pilot.meant) == (second, "group:pilot", 1)
    assert (pilot.in_use, pilot.rolled_back, pilot.waiting) == (0, 0, 1)
    assert (everybody.version, everybody.meant) == (first, 2)
    assert (everybody.in_use, everybody.waiting) == (1, 1)
    fates = [{"name": "hours", "version": second, "state": "in_use"}]
    city.pilot.ask("POST", "/v1/documents/fates", {"fates": fates})
    assert city.status("hours")[0].in_use == 1
    assert third.name


def test_fates_are_a_devices_own(city: City) -> None:
    mine = city.publish("hours", "site:hoan-kiem", HOURS)
    for wrong in (
        {"fates": [{"name": "hours", "version": mine, "state": "in_use"}]},
        {"fates": [{"name": "hours", "version": 99, "state": "in_use"}]},
        {"fates": [{"name": "secrets", "version": 1, "state": "in_use"}]},
        {"fates": [{"name": "a\0b", "version": 1, "state": "in_use"}]},
        {"fates": [{"name": "hours", "version": 2**40, "state": "in_use"}]},
        {"fates": [{"name": "hours", "version": mine, "state": "in_use", "device": "x"}]},
        {"fates": [{"name": "hours", "version": mine, "state": "eaten"}]},
        {"fates": []},
        {"fates": [], "device": city.pilot.name},
        [],
    ):
        answer = city.other.ask("POST", "/v1/documents/fates", wrong)
        assert answer.status_code in {400, 422}, answer.text
    assert rows(city.database, "SELECT count(*) FROM document_fate")[0][0] == 0


def test_a_document_is_given_to_those_alone_that_it_is_meant_for(city: City) -> None:
    version = city.publish("hours", "site:hoan-kiem", HOURS)
    assert city.pilot.ask("GET", f"/v1/documents/hours/{version}").status_code == 200
    for path in (
        f"/v1/documents/hours/{version}",
        "/v1/documents/hours/99",
        "/v1/documents/nothing/1",
        "/v1/documents/a%00b/1",
        "/v1/documents/hours/-1",
        "/v1/documents/hours/99999999999999999999999",
    ):
        answer = city.other.ask("GET", path)
        assert answer.status_code == (400 if "-1" in path or "999999" in path else 404), path


def test_a_device_that_changes_its_group_is_told_what_counts_there(city: City) -> None:
    city.publish("hours", "group:pilot", HOURS)
    cursor = changes(city.pilot).cursor
    in_a_change(city.database, lambda connection: put_in_group(connection, "hoan-kiem", ""))
    told = changes(city.pilot, cursor)
    assert told.whole
    assert told.documents == ()


def test_after_a_backup_everything_is_told_again(city: City) -> None:
    city.publish("hours", "", HOURS)
    city.publish("notices", "", NOTICE)
    cursor = changes(city.pilot).cursor
    in_a_change(city.database, begin_new_timeline)
    told = changes(city.pilot, cursor)
    assert told.whole
    assert {one.name for one in told.documents} == {"hours", "notices"}


def test_a_cursor_of_a_future_that_was_undone(city: City) -> None:
    city.publish("hours", "", HOURS)
    cursor = changes(city.pilot).cursor
    change(city.database, update(Feed).values(cursor=Feed.cursor - 1))
    change(city.database, update(Document).values(cursor=Document.cursor - 1))
    assert changes(city.pilot, cursor).whole


def test_no_cursor_of_ours(city: City) -> None:
    for word in ("x", "1-2", "1-2-3", "-1-0-00000000", "0" * 64, "%00", "1-1-0000000G", "é"):
        answer = city.pilot.ask("GET", f"/v1/changes?since={word.replace('é', '%C3%A9')}")
        assert answer.status_code == 422, word
        assert answer.headers["content-type"] == "application/problem+json"
    answer = city.pilot.ask("GET", "/v1/changes?since=" + "0" * 65)
    assert answer.status_code == 400


def test_what_cannot_be_published_is_refused_with_its_line(city: City) -> None:
    for name, body, words in (
        ("hours", b"[hours]\nmonday = 3\n", "hours.toml:2"),
        ("hours", b"[hours]\nmondai = []\n", "did you mean 'monday'"),
        ("hours", b'[site]\nname_vi = "x"\n', "hours.toml:1: site: not set by this document"),
        ("hours", b"[hours\n", "not TOML"),
        ("hours", b"\xff\xfe", "not UTF-8"),
        ("config", b'[printer]\nport = "none"\n', "printer: not set by this document"),
        ("config", b'[hall]\nannounce_output = "x"\n', "config.toml:2: hall.announce_output"),
        ("services", b'[[counter]]\nnumber = "1"\n', "come together"),
        ("services", SERVICES.replace(b'["1"]', b'["9"]'), "names counter '9'"),
        ("notices", NOTICE * 13, "notice"),
        ("survey", b'version = "1"\n', "question"),
        ("catalogue", b"[]", "catalogue"),
    ):
        with pytest.raises(Unprocessable) as caught:
            city.publish(name, "", body)
        assert words in caught.value.detail, caught.value.detail
    with pytest.raises(Missing):
        city.publish("prices", "", b"")
    for audience in ("all", "group:", "group:A", "site:nowhere", "everybody:x"):
        with pytest.raises((Unprocessable, Missing)):
            city.publish("hours", audience, HOURS)
    assert rows(city.database, "SELECT count(*) FROM document")[0][0] == 0


def test_another_machines_key_signs_nothing(city: City) -> None:
    city.publish("hours", "", HOURS)
    city.key = DocumentKey(bytes(range(32)))
    with pytest.raises(Conflict, match=r"document\.key"):
        city.publish("hours", "", LONGER)
    assert rows(city.database, "SELECT count(*) FROM document")[0][0] == 1


def test_what_is_shipped_can_be_given_out(city: City) -> None:
    survey = Path("assets/feedback/survey.toml").read_bytes()
    city.publish("survey", "", survey)
    city.publish("notices", "", b"")
    city.publish("config", "", b"[hall]\nno_show_calls = 3\n")
    assert set(counting(city.other)) == {"survey", "notices", "config"}


PROCEDURE = {
    "code": "1.001193",
    "official": "Đăng ký khai sinh",
    "short": "Khai sinh",
    "field": "x",
}
CATALOGUE: dict[str, Any] = {
    "imported_on": "2026-11-30",
    "source": "cổng",
    "ward_only": False,
    "rows": [PROCEDURE],
    "amended": {"1.001193": {"fee": "2026-11-30"}},
}


def test_a_catalogue_is_given_out_in_its_normal_form(city: City) -> None:
    smuggled = {**CATALOGUE, "rows": [{**PROCEDURE, "evil": 1}], "more": {}}
    version = city.publish("catalogue", "", msgspec.json.encode(smuggled))
    answer = city.pilot.ask("GET", f"/v1/documents/catalogue/{version}")
    assert answer.headers["content-type"] == "application/json"
    kept = msgspec.json.decode(answer.content, type=Kept)
    assert (kept.rows[0].code, kept.amended) == ("1.001193", CATALOGUE["amended"])
    assert b"evil" not in answer.content
    assert b"more" not in answer.content


def test_a_catalogue_that_is_none(city: City) -> None:
    for wrong, words in (
        ({"rows": [PROCEDURE, PROCEDURE]}, "1.001193: is there twice"),
        ({"rows": [{**PROCEDURE, "code": "../x"}]}, "is not like 1.001193"),
        ({"rows": [{**PROCEDURE, "short": "x" * 42}]}, "1.001193: short"),
        ({"rows": [{**PROCEDURE, "official": ""}]}, "1.001193: official"),
        ({"rows": [{**PROCEDURE, "time": "a\0b"}]}, "rows.0.time: a control character"),
        ({"rows": [{**PROCEDURE, "fee": {"kind": "cheap"}}]}, "rows[0].fee.kind"),
        ({"amended": {"1.001193": {"code": "2026-11-30"}}}, "1.001193: amended: code"),
        ({"amended": {"1.001193": {"fee": "soon"}}}, "soon is no day"),
        ({"imported_on": "x"}, "imported_on"),
        ({"rows": 3}, "rows"),
    ):
        with pytest.raises(Unprocessable) as caught:
            city.publish("catalogue", "", msgspec.json.encode({**CATALOGUE, **wrong}))
        assert words in caught.value.detail, caught.value.detail
    with pytest.raises(TooLarge):
        city.publish("catalogue", "", b" " * (MAX_DOCUMENT_BYTES + 1))
    with pytest.raises(TooLarge):
        city.publish("hours", "", b" " * (MAX_TOML_BYTES + 1))


def booking(number: int, site: str, **other: Any) -> dict[str, Any]:
    moment = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    row = {
        "code": f"{site}-{number}",
        "site": site,
        "service": "land",
        "field": "land",
        "day": date(2026, 12, 1),
        "at": moment,
        "registered_at": moment,
        "person": "hash",
        "state": "booked",
        "cursor": number,
        "changed_at": moment,
        "client": "app",
        "request_id": f"{site}-{number}",
        "request_hash": "x",
    }
    return {**row, **other}


def test_bookings_come_in_the_same_answer_page_by_page(city: City) -> None:
    many = 2 * MAX_CHANGES + 3
    client = {"name": "app", "token_hash": "x", "scope": "bookings", "made_at": city.worker.clock()}
    change(
        city.database,
        insert(ApiClient).values(client),
        insert(BookingRow).values([booking(number, "hoan-kiem") for number in range(1, 400)]),
        insert(BookingRow).values([booking(number, "tay-ho") for number in range(400, 410)]),
        insert(BookingRow).values([booking(number, "hoan-kiem") for number in range(410, 800)]),
        insert(BookingRow).values([booking(number, "hoan-kiem") for number in range(800, many)]),
        insert(Feed).values({"name": "bookings", "cursor": many}),
    )
    cursor, told, pages = "", [], 0
    more = True
    while more:
        answer = changes(city.pilot, cursor)
        cursor, more, pages = answer.cursor, answer.more, pages + 1
        told += [one.code for one in answer.bookings]
    wanted = [*range(1, 400), *range(410, many)]
    assert told == [f"hoan-kiem-{number}" for number in wanted]
    assert pages == 2 + (len(wanted) > 2 * MAX_CHANGES)
    sent = {"If-None-Match": f'"{cursor}"'}
    path = f"/v1/changes?since={cursor}"
    assert city.pilot.ask("GET", path, headers=sent).status_code == 304
    later = (
        update(BookingRow)
        .where(BookingRow.code == "hoan-kiem-7")
        .values(state="cancelled", cursor=many + 1)
    )
    change(city.database, later, update(Feed).values(cursor=many + 1))
    answer = changes(city.pilot, cursor)
    assert [(one.code, one.state) for one in answer.bookings] == [("hoan-kiem-7", "cancelled")]


def test_a_large_document_is_packed_once_and_comes_whole(city: City) -> None:
    lines = "".join(f"# {number} {'ă' * 90}\n" for number in range(1300)).encode()
    version = city.publish("hours", "", HOURS + lines)
    answer = city.pilot.ask("GET", f"/v1/documents/hours/{version}")
    assert answer.content == HOURS + lines
    assert len(gzip.compress(HOURS + lines)) < len(HOURS + lines) / 10
