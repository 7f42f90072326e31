"""What the doctor finds of the tie to the centre."""

import socket
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from test_doctor_checks import core_with, said, unavailable

from kiosk.doctor import centre
from kiosk.doctor.finding import Words
from kiosk.sync.contact import Contact, note_contact
from kiosk.sync.enrolment import Enrolled, keep_enrolment
from kiosk.sync.keys import Keys
from kiosk.words import DeviceState

URL = "https://127.0.0.1:9"
TIED = {"centre.url": f'"{URL}"'}
CHECKS = (centre.enrolment, centre.centre, centre.centre_clock)


@pytest.fixture
def enrol(data):
    """Make the kiosk known, with changes."""

    def make(**changes):
        key = Keys(data.centre).next()
        found = Enrolled(
            url=URL,
            device="ba-dinh-1",
            site="ba-dinh",
            name="Cửa chính",
            public_key=key.public,
            document_key="00" * 32,
            enrolled_at="2026-11-23T08:00:00+07:00",
        )
        keep_enrolment(data.centre, msgspec.structs.replace(found, **changes))
        Keys(data.centre).settle(key.public)

    return make


def test_a_kiosk_that_is_alone_has_nothing_to_find(premises):
    assert {said(check(premises())) for check in CHECKS} == {("skipped", "alone")}


def test_a_code_that_nobody_typed(premises):
    found = centre.enrolment(premises(TIED))
    assert said(found) == ("fault", "not_enrolled")
    assert "kiosk enrol" in Words("vi").tell(found).do


def test_an_enrolment_in_order_and_a_plain_one(premises, enrol):
    enrol()
    found = centre.enrolment(premises(TIED))
    assert said(found) == ("ok", "enrolled")
    assert "ba-dinh-1 of site ba-dinh since 2026-11-23" in Words("en").tell(found).means
    plain = premises({"centre.url": '"http://10.0.0.1:8600"'})
    assert said(centre.enrolment(plain)) == ("warning", "centre_plain")
    loopback = premises({"centre.url": '"http://127.0.0.1:9"'})
    assert said(centre.enrolment(loopback)) == ("ok", "enrolled")


def test_a_copied_disk(premises, enrol, monkeypatch):
    monkeypatch.setattr(centre, "marks_here", lambda: ("mac 02:00:00:00:00:02",))
    enrol(marks=("mac 02:00:00:00:00:01",))
    assert said(centre.enrolment(premises(TIED))) == ("fault", "elsewhere")


def test_files_that_are_gone_or_torn(premises, data, enrol):
    enrol()
    (data.centre / "key").unlink()
    assert said(centre.enrolment(premises(TIED))) == ("fault", "enrolment_key_gone")
    (data.centre / "enrolment.json").write_text("{")
    assert said(centre.enrolment(premises(TIED))) == ("fault", "enrolment_damaged")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("no_answer", "centre_no_answer"),
        ("busy", "centre_busy"),
        ("certificate", "centre_certificate"),
        ("not_a_centre", "centre_not_a_centre"),
        ("not_known", "centre_not_known"),
        ("revoked", "centre_revoked"),
        ("signature", "centre_refuses"),
    ],
)
def test_what_the_core_tells_of_it(premises, reason, code):
    found = centre.centre(premises(TIED, state=unavailable("centre", reason, detail="so it is")))
    assert said(found) == ("fault", code)
    for language in ("vi", "en"):
        told = Words(language).tell(found)
        assert URL in told.means
        assert told.do


def test_what_waits_for_the_enrolment(premises):
    state = unavailable("centre", "not_enrolled", detail="")
    assert said(centre.centre(premises(TIED, state=state)))[0] == "skipped"


def test_a_centre_that_is_heard(premises):
    well = DeviceState(name="centre", state="ready")
    assert said(centre.centre(premises(TIED, state=core_with(well)))) == ("ok", "centre_heard")
    odd = DeviceState(name="centre", state="ready", warnings=("refused",), detail="changes: 500")
    assert said(centre.centre(premises(TIED, state=core_with(odd)))) == (
        "warning",
        "centre_refuses",
    )


def test_without_a_core_it_is_the_last_contact_or_a_try(premises, data):
    data.centre.mkdir(parents=True)
    assert said(centre.centre(premises(TIED))) == ("fault", "centre_no_answer")
    with socket.create_server(("127.0.0.1", 0)) as there:
        port = there.getsockname()[1]
        reached = premises({"centre.url": f'"http://127.0.0.1:{port}"'})
        assert said(centre.centre(reached)) == ("ok", "centre_reached")
    now = datetime.now(UTC)
    note_contact(data.centre, Contact(heard_at=now.isoformat()))
    assert said(centre.centre(premises(TIED))) == ("ok", "centre_heard")
    note_contact(data.centre, Contact(heard_at=(now - timedelta(hours=2)).isoformat()))
    assert said(centre.centre(premises(TIED))) == ("fault", "centre_no_answer")


def test_a_clock_that_is_off(premises, data):
    data.centre.mkdir(parents=True)
    assert said(centre.centre_clock(premises(TIED))) == ("skipped", "centre_never_heard")
    note_contact(data.centre, Contact(heard_at="2026-11-23T08:00:00+07:00", ahead_s=3.4))
    assert said(centre.centre_clock(premises(TIED))) == ("ok", "clock_goes_with_centre")
    note_contact(data.centre, Contact(heard_at="2026-11-23T08:00:00+07:00", ahead_s=-86400.0))
    found = centre.centre_clock(premises(TIED))
    assert said(found) == ("warning", "clock_skewed")
    assert found.values["seconds"] == "-86400"
