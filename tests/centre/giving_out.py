"""Two sites with a device each, and whoever gives out documents: for tests."""

from __future__ import annotations

from typing import Any

import msgspec
from known_devices import Worker, in_a_change, make_known, make_sites
from signing_device import SigningDevice

from centre.documents.fates import VersionStatus, rollout
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish, widen, withdraw
from centre.store import Database
from centre.wire import Changes

SERVICES = b"""[[counter]]
number = "1"
[[service]]
code = "civil-status"
name_vi = "x"
name_en = "x"
series = "A"
counters = ["1"]
"""
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


def changes(device: SigningDevice, since: str = "") -> Changes:
    answer = device.ask("GET", f"/v1/changes?since={since}")
    assert answer.status_code == 200, answer.text
    told = msgspec.json.decode(answer.content, type=Changes)
    assert answer.headers["etag"] == f'"{told.cursor}"'
    return told


def counting(device: SigningDevice) -> dict[str, tuple[int, str]]:
    """What a device that begins is told: version and audience of each name."""
    return {one.name: (one.version, one.audience) for one in changes(device).documents}
