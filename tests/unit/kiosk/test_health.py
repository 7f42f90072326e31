"""What the centre is told of how a kiosk is."""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from ward import ticket

from centre.wire import Health
from kiosk.core.health import health_of
from kiosk.queueing.hours import HANOI
from kiosk.words import DeviceState

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=HANOI)


def told(devices=(), waiting=(), **more):
    facts = {"now": NOW, "version": "1.2.3", "up_s": 61.9, "outbox": 7, "disk_free_mb": 900}
    return health_of(devices, waiting, **(facts | more))


def since(moment):
    return replace(ticket(), issued_at=moment.isoformat())


def test_a_quiet_morning():
    health = told()
    assert (health.up_s, health.outbox, health.disk_free_mb) == (61, 7, 900)
    assert (health.waiting, health.longest_wait_min, health.slips_left) == (0, 0, None)
    assert health.at == "2026-11-23T10:00:00.000+07:00"


def test_parts_with_their_reason_or_their_first_warning():
    health = told(
        [
            DeviceState(name="printer", state="ready", warnings=("paper_low",), left=40, since="a"),
            DeviceState(name="board", state="unavailable", reason="no_answer", since="b"),
        ]
    )
    assert [(part.name, part.state, part.reason, part.since) for part in health.parts] == [
        ("printer", "ready", "paper_low", "a"),
        ("board", "unavailable", "no_answer", "b"),
    ]
    assert health.slips_left == 40


def test_who_waits_longest():
    waiting = [since(NOW - timedelta(minutes=ago, seconds=30)) for ago in (3, 47, 12)]
    health = told(waiting=waiting)
    assert (health.waiting, health.longest_wait_min) == (3, 47)


def test_a_clock_that_was_set_back_makes_no_health_that_the_centre_refuses():
    later = since(NOW + timedelta(hours=3))
    long = DeviceState(name="voice", state="unavailable", reason="x" * 500)
    health = told([long] * 60, [later], up_s=-5.0, disk_free_mb=-1, version="v" * 90)
    assert msgspec.json.decode(msgspec.json.encode(health), type=Health) == health
