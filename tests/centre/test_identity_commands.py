"""`centre site | enrol | device | document`, on both databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from centre_loop import emptied, rows
from click.testing import CliRunner, Result
from known_devices import Worker
from signing_device import ROOT, Moving

from centre.__main__ import centre
from centre.clock import utc_now
from centre.settings import Settings
from centre.store import Database

Run = Callable[..., Result]


@pytest.fixture
def centre_settings(shared_settings: Settings) -> Settings:
    """One centre for this module, empty for each test."""
    return emptied(shared_settings)


@pytest.fixture
def run(centre_settings: Settings, tmp_path: Path) -> Run:
    """A command's status and output, of the whole command line."""
    file = tmp_path / "centre.toml"
    file.write_text(f'data = "{centre_settings.data}"\ndatabase = "{centre_settings.database}"\n')

    def run_it(*words: object) -> Result:
        return CliRunner().invoke(centre, ["--config", str(file), *map(str, words)])

    return run_it


@pytest.fixture
def worker(centre_settings: Settings) -> Iterator[Worker]:
    with Worker(
        msgspec.structs.replace(centre_settings, public_url=ROOT), Moving(utc_now())
    ) as one:
        yield one


def test_from_a_site_to_a_revoked_device(run: Run, worker: Worker, database: Database) -> None:
    assert run("site", "add", "tay-ho", "Tây Hồ", "Tay Ho", "--group", "pilot").exit_code == 0
    again = run("site", "add", "tay-ho", "Tây Hồ", "Tay Ho")
    assert (again.exit_code, "there is a site tay-ho already" in again.output) == (1, True)
    assert run("site", "add", "Tây Hồ", "x", "x").exit_code == 1
    assert run("site", "add", "a", "x", "x", "--latitude", "99").exit_code == 1
    made = run("enrol", "tay-ho")
    code = re.match(r"([A-Z2-9]{4})-([A-Z2-9]{4}) ", made.output)
    assert code, made.output
    assert run("enrol", "nowhere").exit_code == 1
    device = worker.device()
    wish = {
        "code": code[1] + code[2],
        "public_key": device.public_key,
        "name": "Sảnh",
        "version": "",
    }
    device.name = device.ask("POST", "/v1/enrolments", wish).json()["device"]
    assert device.ask("GET", "/v1/whoami").json()["group"] == "pilot"
    assert re.search(r"tay-ho +Tây Hồ +pilot +1", run("site", "list").output)
    assert run("site", "group", "tay-ho").exit_code == 0
    assert run("site", "group", "nowhere", "pilot").exit_code == 1
    assert device.ask("GET", "/v1/whoami").json()["group"] == ""
    assert device.name in run("device", "list", "--site", "tay-ho").output
    assert device.name not in run("device", "list", "--site", "hoan-kiem").output
    assert run("device", "revoke", device.name).exit_code == 0
    assert device.ask("GET", "/v1/whoami").json()["code"] == "revoked"
    assert "revoked" in run("device", "list").output
    assert run("device", "revoke", "nobody").exit_code == 1
    (audit,) = rows(database, "SELECT account, action, subject FROM audit")
    assert audit[0].startswith("console")
    assert audit[1:] == ("device.revoked", device.name)


def test_a_document_goes_out_by_steps(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "hours.toml", tmp_path / "bad.toml"
    good.write_text('[hours]\nmonday = ["07:30-11:30"]\n')
    bad.write_text("[hours]\nmondai = []\n")
    run("site", "add", "tay-ho", "Tây Hồ", "Tay Ho", "--group", "pilot")
    assert run("document", "check", "hours", good).exit_code == 0
    checked = run("document", "check", "hours", bad)
    assert (checked.exit_code, "hours.toml:2" in checked.output) == (1, True)
    assert run("document", "publish", "hours", bad).exit_code == 1
    published = run("document", "publish", "hours", good, "--to", "group:pilot", "--note", "thử")
    assert published.output == "hours 1 for group:pilot\n"
    assert "group:pilot" in run("document", "status", "hours").output
    assert run("document", "widen", "hours", 1).output == "hours 2 for everybody\n"
    assert run("document", "widen", "hours", 1).exit_code == 1
    assert run("document", "withdraw", "hours").exit_code == 0
    assert run("document", "withdraw", "hours").exit_code == 1
    assert run("document", "status", "hours").output == ""
    assert run("document", "retell").exit_code == 0
