"""What is given out reaches those that it is meant for, whole, in order, and nobody else."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from centre_loop import change, emptied
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from giving_out import HOURS, LONGER, NOTICE, City, changes, counting
from known_devices import Worker, in_a_change
from signing_device import ROOT, Moving
from sqlalchemy import insert, update

from centre.bookings.shelf import MAX_CHANGES
from centre.documents.feed import begin_new_timeline
from centre.documents.key import DocumentKey
from centre.errors import Missing
from centre.identity.sites import put_in_group
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.bookings import ApiClient, BookingRow
from centre.store.tables.documents import Document, Feed
from centre.wire import DocumentNotice
from centre.wire.documents import signed_words


@pytest.fixture
def centre_settings(shared_settings: Settings) -> Settings:
    """One centre for this module, empty for each test."""
    return emptied(shared_settings)


@pytest.fixture
def city(centre_settings: Settings, database: Database) -> Iterator[City]:
    settings = msgspec.structs.replace(centre_settings, public_url=ROOT)
    with Worker(settings, Moving()) as worker:
        yield City(worker, database)


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
