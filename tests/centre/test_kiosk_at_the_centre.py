"""A kiosk's own client at the whole centre: its site's bookings, and how far a dossier is."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from centre_loop import change
from click.testing import CliRunner
from running_centre import RunningCentre
from sqlalchemy import insert

from centre.dossiers.command import dossiers
from centre.settings import Settings
from centre.store.tables.devices import Device
from centre.wire import DossierState
from hardware.scanner.forms import BookingForm, form_of
from kiosk.errors import CentreRefuses
from kiosk.queueing.booking import booking_code
from kiosk.queueing.hours import HANOI
from kiosk.sync.client import CentreClient
from kiosk.sync.clock import CentreClock
from kiosk.sync.enrolment import Enrolled, keep_enrolment
from kiosk.sync.keys import Keys

WITHIN_S = 30.0
CODE = "H26.123-260901-0012"


@pytest.fixture
def centre(sqlite_template, tmp_path):
    """The whole centre on SQLite."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "centre.sqlite3").write_bytes(sqlite_template.read_bytes())
    with RunningCentre(Settings(data=str(data), port=0)) as running:
        yield running


@pytest.fixture
def kiosk(centre, tmp_path):
    """The client of a kiosk that is enrolled at tan-an."""
    folder, now = tmp_path / "kiosk", datetime.now(UTC)
    key = Keys(folder).next()
    row = {"id": "tan-an-1", "site": "tan-an", "name": "Sảnh", "key_since": now, "enrolled_at": now}
    change(centre.database, insert(Device).values(public_key=bytes.fromhex(key.public), **row))
    Keys(folder).settle(key.public)
    known = {"device": "tan-an-1", "site": "tan-an", "name": "Sảnh", "document_key": "00" * 32}
    enrolled = Enrolled(url="", public_key=key.public, enrolled_at=now.isoformat(), **known)
    keep_enrolment(folder, enrolled)
    client = CentreClient(folder, centre.url, "", CentreClock())
    yield client
    client.close()


def news(kiosk, cursor):
    """What is new once it is told: the centre looks for it every moment, not at every question."""
    deadline = time.monotonic() + WITHIN_S
    while (changes := kiosk.changes(cursor, WITHIN_S)) is None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return changes


def test_a_booking_comes_moves_and_goes(centre, kiosk):
    app = centre.client("city-app")
    tomorrow = (datetime.now(HANOI) + timedelta(days=1)).date()
    body = {
        "request_id": "request-1",
        "site": "tan-an",
        "service": "land",
        "at": f"{tomorrow}T09:00:00+07:00",
        "person": "001088012345",
    }
    booked = centre.ask("POST", "/v1/city/bookings", json=body, headers=app).json()
    changes = kiosk.changes("", WITHIN_S)
    if not changes.bookings:
        changes = news(kiosk, changes.cursor)
    (told,) = changes.bookings
    assert told.code == booking_code(booked["code"]) == booking_code(booked["scan"])
    assert form_of(booked["scan"]) == BookingForm(told.code.lower())
    assert (told.service, told.at, told.state) == ("land", body["at"], "booked")
    assert body["person"] not in repr(changes)
    path = f"/v1/city/bookings/{booked['code']}"
    moved = {"at": f"{tomorrow}T10:00:00+07:00"}
    assert centre.ask("PATCH", path, json=moved, headers=app).status_code == 200
    changes = news(kiosk, changes.cursor)
    assert [one.at for one in changes.bookings] == [moved["at"]]
    assert centre.ask("DELETE", path, headers=app).status_code == 200
    changes = news(kiosk, changes.cursor)
    assert [one.state for one in changes.bookings] == ["cancelled"]


def test_how_far_a_dossier_is(centre, kiosk, tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(f"code,state,due_on\n{CODE},ready,15/12/2026\n")
    done = CliRunner().invoke(dossiers, ["import", str(path)], obj=centre.settings)
    assert done.exit_code == 0, done.output
    assert kiosk.dossier(CODE, WITHIN_S) == DossierState(state="ready", due_on="2026-12-15")
    assert kiosk.dossier("H26.123-260901-0013", WITHIN_S) is None
    tries = (f"H26.123-260901-{number:04}" for number in range(20, 40))
    with pytest.raises(CentreRefuses) as refused:
        [kiosk.dossier(code, WITHIN_S) for code in tries]
    assert (refused.value.code, refused.value.status) == ("too_many", 429)
    assert refused.value.after_s > 0
