"""Dossiers: brought in from files, asked for by devices, not to be tried one by one."""

import logging
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from centre_loop import change, closing, in_a_loop, rows
from click.testing import CliRunner
from litestar import Request, Router
from litestar.di import Provide
from litestar.testing import TestClient
from sqlalchemy import insert

from centre.application import application
from centre.bookings.surroundings import bookings_state, forget
from centre.clock import provide_now
from centre.dossiers.asking import handlers
from centre.dossiers.command import dossiers
from centre.dossiers.shelf import KEPT
from centre.errors import Away
from centre.identity.caller import Caller
from centre.store.tables.devices import Device, Site

CODE = "H26.123-260901-0012"
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
CSV = """code,state,due_on,changed_on,applicant
H26.123-260901-0012,in_progress,15/12/2026,2026-11-29,Nguyễn Văn An
h26.123-260901-0013,Đã trả kết quả,,,
"""


def bring_in(settings, path, *options):
    """What `centre dossiers import` comes to."""
    return CliRunner().invoke(dossiers, ["import", str(path), *options], obj=settings)


async def believe(request: Request) -> Caller:
    """Whom the header names."""
    return Caller(device=request.headers["device"], site="tan-an")


@contextmanager
def asking(database, settings, source=None):
    """The devices' side, a caller who is believed; two devices are known."""
    clock = {"now": NOW}
    site = {"code": "tan-an", "name_vi": "Tân An", "name_en": "Tan An", "made_at": NOW}
    known = {"site": "tan-an", "name": "hall", "key_since": NOW, "enrolled_at": NOW}
    change(
        database,
        insert(Site).values(**site),
        insert(Device).values(id="k1", public_key=b"1" * 32, **known),
        insert(Device).values(id="k2", public_key=b"2" * 32, **known),
    )
    state = bookings_state(database, settings, lambda: clock["now"])
    state |= {"now": lambda: clock["now"]} | ({"dossiers": source} if source else {})
    asked = Router(
        "/",
        route_handlers=handlers,
        dependencies={"caller": Provide(believe), "now": Provide(provide_now)},
    )
    app = application(database, [asked], state=state)
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["device"] = "k1"
        client.clock = clock
        yield client


@pytest.fixture
def export(tmp_path):
    """A file of a one-stop system."""
    path = tmp_path / "export.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    return path


def test_an_import_is_asked_for(database, centre_settings, export, caplog):
    caplog.set_level(logging.DEBUG)
    done = bring_in(centre_settings, export, "--word", "Đã trả kết quả=returned")
    assert (done.exit_code, done.output) == (0, "2 kept, 0 refused\n")
    with asking(database, centre_settings) as client:
        answer = client.get(f"/v1/dossiers/{CODE}")
        assert answer.json() == {
            "state": "in_progress",
            "due_on": "2026-12-15",
            "changed_on": "2026-11-29",
        }
        assert answer.headers["cache-control"] == "no-store"
        assert client.get("/v1/dossiers/H26.123-260901-0013").json() == {"state": "returned"}
        missing = client.get("/v1/dossiers/H26.123-260901-0014")
        assert (missing.status_code, missing.json()["code"]) == (404, "missing")
    for table in ("dossier", "dossier_meter"):  # neither code nor name, here or in the log
        kept = str(rows(database, f"SELECT * FROM {table}"))
        assert kept != "[]"
        assert CODE not in kept
        assert "An" not in kept
    ours = [one.getMessage() for one in caplog.records if one.name != "httpx"]  # our client's own
    assert ours
    assert not any(CODE in line for line in ours)


def test_lines_that_are_wrong_cost_themselves_alone(database, centre_settings, tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text(
        '{"code": "H26.123-260901-0012", "state": "ready", "due_on": "2026-12-01"}\n'
        "\n"
        '{"code": "nobody", "state": "ready"}\n'
        '{"code": "H26.123-260901-0013", "state": "odd"}\n'
        '{"code": "H26.123-260901-0014", "state": "ready", "due_on": "soon"}\n'
        "[1]\n"
        "{\n"
        '{"code": "H26.123-260901-0015", "state": "ready", "due_on": null, "note": "\\u0000"}\n'
        '{"code": "H26.123-260901-0012", "state": "returned"}\n'
    )
    done = bring_in(centre_settings, path)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        "line 3: code: none of a dossier",
        "line 4: state: not known (see --word)",
        "line 5: due_on: no day",
        "line 6: no object",
        "line 7: no JSON",
    ]
    assert done.stdout == "3 kept, 5 refused\n"
    assert sorted(row.state for row in rows(database, "SELECT state FROM dossier")) == [
        "ready",
        "returned",
    ]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.csv", b"code,state\nH26-260901-0012,ready,more\n", "another number of fields"),
        ("x.csv", b"code,state\nH26-260901-0012\n", "another number of fields"),
        ("x.csv", b"code,state\nH26-260901-0012,\xff\n", "not UTF-8"),
        ("x.csv", b"code,state\nH26-260901-0012,ready\0\n", "refused|no CSV"),
        ("x.csv", b"MaHoSo;TrangThai\nH26-260901-0012;1\n", "code: none"),
    ],
)
def test_files_that_are_odd(centre_settings, tmp_path, name, data, said):
    import re

    (tmp_path / name).write_bytes(data)
    done = bring_in(centre_settings, tmp_path / name)
    assert done.exit_code == 1
    assert re.search(said, done.output)


def test_a_whole_import_forgets_the_rest(database, centre_settings, export, tmp_path):
    bring_in(centre_settings, export, "--word", "Đã trả kết quả=returned")
    later = tmp_path / "later.csv"
    later.write_text("code,state\nH26.123-260901-0012,ready\n")
    assert bring_in(centre_settings, later, "--whole").exit_code == 0
    assert [row.state for row in rows(database, "SELECT state FROM dossier")] == ["ready"]
    empty = tmp_path / "empty.csv"
    empty.write_text("code,state\n")
    bring_in(centre_settings, empty, "--whole")  # an empty export is no reason to forget all
    assert len(rows(database, "SELECT 1 FROM dossier")) == 1

    async def forgotten(moment):
        return (await forget(database, moment))[1]

    now = datetime.now(UTC)
    assert in_a_loop(closing(database, lambda: forgotten(now))) == 0
    assert in_a_loop(closing(database, lambda: forgotten(now + KEPT + timedelta(days=1)))) == 1


def test_codes_cannot_be_tried_one_after_the_other(database, centre_settings, export):
    bring_in(centre_settings, export, "--word", "Đã trả kết quả=returned")
    with asking(database, centre_settings) as client:
        tried = [client.get(f"/v1/dossiers/H26.123-260901-{n:04}") for n in range(100, 120)]
        found = [answer.status_code for answer in tried].index(429)
        assert found == 7  # twenty questions, three for each miss
        refused = tried[-1]
        assert refused.json()["code"] == "too_many"
        wait = int(refused.headers["retry-after"])
        assert 0 < wait <= 180
        assert client.get(f"/v1/dossiers/{CODE}").status_code == 429
        assert client.get(f"/v1/dossiers/{CODE}", headers={"device": "k2"}).status_code == 200
        client.clock["now"] += timedelta(seconds=wait)
        assert client.get(f"/v1/dossiers/{CODE}").status_code == 200


class GoneAway:
    """A source that is away."""

    async def state_of(self, code):
        raise Away("the one-stop system is away", retry_after_s=7)

    async def close(self):
        """Nothing is held."""


def test_a_source_that_is_away_is_said_so(database, centre_settings):
    with asking(database, centre_settings, GoneAway()) as client:
        answer = client.get(f"/v1/dossiers/{CODE}")
        assert (answer.status_code, answer.json()["code"]) == (503, "away")
        assert answer.headers["retry-after"] == "7"


def test_codes_that_are_none(database, centre_settings):
    wrong = ["x", f"{CODE}%00", "%00", CODE.lower(), "H26-260901-0012'--", "9" * 5000]
    with asking(database, centre_settings) as client:
        for path in wrong:
            answer = client.get(f"/v1/dossiers/{path}")
            assert (answer.status_code, answer.json()["code"]) == (400, "wrong_request")
    assert rows(database, "SELECT * FROM dossier_meter") == []
