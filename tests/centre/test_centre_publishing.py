"""What may be given out, by which steps, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from centre_loop import emptied, rows
from giving_out import HOURS, LONGER, NOTICE, SERVICES, City, changes, counting
from known_devices import Worker, in_a_change, make_known
from signing_device import ROOT, Moving

from centre.documents.fates import roll_backs
from centre.documents.key import DocumentKey
from centre.errors import Conflict, Missing, TooLarge, Unprocessable
from centre.identity.sites import put_in_group
from centre.settings import Settings
from centre.store import Database
from centre.wire.documents import MAX_DOCUMENT_BYTES, MAX_TOML_BYTES
from kiosk.catalogue.keeping import Kept


@pytest.fixture
def centre_settings(shared_settings: Settings) -> Settings:
    """One centre for this module, empty for each test."""
    return emptied(shared_settings)


@pytest.fixture
def city(centre_settings: Settings, database: Database) -> Iterator[City]:
    settings = msgspec.structs.replace(centre_settings, public_url=ROOT)
    with Worker(settings, Moving()) as worker:
        yield City(worker, database)


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
