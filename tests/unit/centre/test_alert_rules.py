"""What a rule of alerts may say, when it looks, and how it is told: without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centre.errors import Unprocessable
from centre.pages.alerts.mail import read_mail_server
from centre.pages.alerts.rules import (
    KINDS,
    LIMITS,
    USUAL,
    Kind,
    Rule,
    addresses_in,
    check_rule,
    is_address,
    looks_now,
    silent_since,
)
from centre.pages.alerts.telling import pause_s
from centre.settings import SettingsError


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("mailto:a@b.vn", True), ("https://b.vn/x?y=1", True), ("http://127.0.0.1:8/x", True),
        ("http://b.vn/x", False), ("https://u:p@b.vn", False), ("ftp://b.vn", False),
        ("mailto:@b.vn", False), ("mailto:a@", False), ("https://", False), ("", False),
        ("mailto:a@b.vn,c@d.vn", False), ("https://b.vn:99999/", False), ("https://b.vn/\n", False),
        ("mailto:a b@c.vn", False), ("https://[::1", False),
    ],
)  # fmt: skip
def test_what_an_address_is(text: str, is_one: bool):
    assert is_address(text) is is_one


@given(st.text(max_size=40))
def test_strange_addresses_are_no_fault(text: str):
    for one in addresses_in(text):
        is_address(one)


@pytest.mark.parametrize("kind", KINDS)
def test_usual_thresholds_are_within_their_limits(kind: Kind):
    check_rule(Rule(kind=kind, threshold=USUAL[kind]))
    for outside in (LIMITS[kind][0] / 2, LIMITS[kind][1] * 2):
        with pytest.raises(Unprocessable):
            check_rule(Rule(kind=kind, threshold=outside))


def test_the_working_hours_are_hanois():
    working = Rule(kind="offline", threshold=10, hours="working")
    monday = datetime(2026, 11, 30, tzinfo=UTC)  # 7:00 in Hanoi
    assert looks_now(working, monday)
    assert not looks_now(working, monday - timedelta(seconds=1))
    assert looks_now(working, monday + timedelta(hours=10, minutes=59))
    assert not looks_now(working, monday + timedelta(hours=11))
    assert not looks_now(working, monday - timedelta(days=1) + timedelta(hours=3))  # a Sunday
    assert silent_since(working, monday + timedelta(minutes=9)) is None
    assert silent_since(working, monday + timedelta(minutes=10)) == monday


def test_pauses_grow_to_an_hour_and_differ():
    assert 15 <= pause_s(1) <= 30
    assert all(1800 <= pause_s(tries) <= 3600 for tries in range(8, 40))
    assert len({pause_s(9) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    "url", ["smtp://h", "smtp://h?from=x", "http://h?from=a@b", "smtp://h:x?from=a@b", "x"]
)
def test_a_wrong_mail_server_is_told_at_the_start(url: str):
    with pytest.raises(SettingsError):
        read_mail_server(url)


def test_a_mail_servers_password_is_not_shown():
    server = read_mail_server("smtps://le%20tan:p%40ss@mail.example?from=a@b.vn")
    assert server is not None
    assert (server.user, server.password, server.port) == ("le tan", "p@ss", 465)
    assert "p@ss" not in repr(server)
