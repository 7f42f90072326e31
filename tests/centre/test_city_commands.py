"""The command line of clients and plans, on both databases."""

import re

import pytest
from centre_loop import change, closing, in_a_loop, rows
from city_house import MONDAY, at
from click.testing import CliRunner
from sqlalchemy import insert

from centre.bookings.command import plan
from centre.bookings.desk import BookingDesk
from centre.clients.command import client
from centre.clients.register import client_of
from centre.store import Database
from centre.store.tables.devices import Site

PLANS = """site,service,field,a_slot,slot_min,hours
tan-an,land,land,2,30,mon-fri 07:30-11:30 13:30-17:00
tan-an,birth,civil-status,1,20,mon 07:30-11:30
"""


@pytest.fixture
def run(centre_settings, database):
    """A command's status, output and errors; the site Tân An is there."""
    site = {"code": "tan-an", "name_vi": "Tân An", "name_en": "Tan An", "made_at": MONDAY}
    change(database, insert(Site).values(**site))

    def run_it(group, *words):
        return CliRunner().invoke(group, [str(word) for word in words], obj=centre_settings)

    return run_it


def asked(database, work):
    """What a question comes to, over a connection of its own."""
    apart = Database(database.url, pool=1)
    return in_a_loop(closing(apart, lambda: work(apart)))


def test_a_client_comes_and_goes(run, database):
    done = run(client, "add", "city-app", "--scope", "bookings")
    token = done.output.strip()
    assert re.fullmatch(r"ltc_[A-Za-z0-9_-]{43}", token)
    assert asked(database, lambda data: client_of(data, token)).name == "city-app"
    assert token not in str(rows(database, "SELECT * FROM api_client"))
    again = run(client, "add", "city-app", "--scope", "slots")
    assert (again.exit_code, "known already" in again.output) == (1, True)
    assert run(client, "add", "City App", "--scope", "slots").exit_code == 1
    assert run(client, "add", "odd", "--scope", "everything").exit_code == 2
    assert re.match(r"city-app +bookings +20", run(client, "list").output)
    assert run(client, "revoke", "city-app").exit_code == 0
    assert asked(database, lambda data: client_of(data, token)) is None
    assert "revoked" in run(client, "list").output
    assert run(client, "revoke", "city-app").exit_code == 1
    assert run(client, "add", "city-app", "--scope", "slots").exit_code == 1
    deeds = rows(database, "SELECT account, action, subject FROM audit ORDER BY id")
    assert [(row.action, row.subject) for row in deeds] == [
        ("client.added", "city-app"),
        ("client.revoked", "city-app"),
    ]
    assert all(row.account.startswith("shell:") for row in deeds)


def test_plans_come_line_by_line(run, database, tmp_path):
    path = tmp_path / "plans.csv"
    path.write_text(PLANS)
    assert run(plan, "import", path).output == "2 kept, 0 refused\n"
    path.write_text(PLANS.replace(",2,30,", ",3,15,") + "nowhere,land,land,1,30,mon 08:00-09:00\n")
    done = run(plan, "import", path)
    assert (done.exit_code, done.stdout) == (1, "2 kept, 1 refused\n")
    assert done.stderr == "line 4: site: there is none of this code\n"
    listed = run(plan, "list").output
    assert re.search(r"land +land +3 each 15 min  mon-fri 07:30-11:30 13:30-17:00\n", listed)

    def slots(day):
        def free(apart):
            desk = BookingDesk(database=apart, secret=b"")
            return desk.slots("tan-an", "land", at("00:00", day).date(), MONDAY)

        return asked(database, free).slots

    assert len(slots(1)) == 30
    assert run(plan, "day", "2026-12-01", "closed").exit_code == 0
    assert slots(1) == ()
    assert run(plan, "day", "2026-12-01", "open", "--site", "tan-an").exit_code == 0
    assert len(slots(1)) == 30
    for how in (("usual", "--site", "tan-an"), ("usual",)):
        assert run(plan, "day", "2026-12-01", *how).exit_code == 0
    assert rows(database, "SELECT * FROM booking_day") == []
    assert run(plan, "day", "2026-12-01", "open", "--site", "nowhere").exit_code == 1
    assert run(plan, "remove", "tan-an", "land").exit_code == 0
    assert run(plan, "remove", "tan-an", "land").exit_code == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("tan-an,Land,land,2,30,mon 08:00-09:00", "service: 1 to 40"),
        ("tan-an,land,,2,30,mon 08:00-09:00", "field: 1 to 40"),
        ("tan-an,land,land,0,30,mon 08:00-09:00", "a_slot: 1 to 500"),
        ("tan-an,land,land,2,x,mon 08:00-09:00", "slot_min: 5 to 240"),
        ("tan-an,land,land,2,²,mon 08:00-09:00", "slot_min: 5 to 240"),
        ("tan-an,land,land,2,30,sometimes", "hours: days are"),
        ("tan-an,land", "another number of fields"),
    ],
)
def test_lines_that_are_refused(run, tmp_path, line, why):
    path = tmp_path / "plans.csv"
    path.write_text(PLANS.splitlines()[0] + "\n" + line + "\n")
    done = run(plan, "import", path)
    assert (done.exit_code, done.stdout) == (1, "0 kept, 1 refused\n")
    assert why in done.stderr
