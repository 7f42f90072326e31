"""Two kiosks of one site as real processes: the leader freezes, dies and is back."""

import signal
import socket
import time
from pathlib import Path

import pytest
from processes import CoreProcess, wait_until

from kiosk.paths import DEFAULT_CONFIG
from kiosk.words import CallClerk, IssueTicket

LETTER = "X"
PATIENCE_S = 2.0  # the longest that may be set: a leader on a crowded machine is slow, not away


def config(folder: Path, **changes: str) -> Path:
    """The shipped configuration without speech; keys of [leader] and [site_server] set."""
    text = DEFAULT_CONFIG.read_text().replace("\nenabled = true", "\nenabled = false")
    head, leader = text.split("\n[leader]")
    for key, value in changes.items():
        part = leader if f"\n{key} = " in leader else head
        old = next(line for line in part.splitlines() if line.startswith(f"{key} = "))
        if part is leader:
            leader = leader.replace(old, f"{key} = {value}")
        else:
            head = head.replace(old, f"{key} = {value}")
    folder.mkdir()
    path = folder / "config.toml"
    path.write_text(f"{head}\n[leader]{leader}")
    return path


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A leader and one who follows it."""

    def __init__(self, root: Path) -> None:
        key = root / "key"
        key.write_text("k" * 40)
        port = free_port()
        self.leader_config = config(
            root / "leader", http_port=str(port), kiosks=f'["{LETTER}"]', key_file=f'"{key}"'
        )
        self.follower_config = config(
            root / "follower",
            serve="false",
            url=f'"http://127.0.0.1:{port}"',
            letter=f'"{LETTER}"',
            key_file=f'"{key}"',
            wait_ms=f"{PATIENCE_S * 1000:.0f}",
        )
        self.start_leader()
        self.follower = CoreProcess(self.follower_config, root / "follower" / "var")
        self.client = self.follower.client("screen")

    def start_leader(self) -> None:
        self.leader = CoreProcess(self.leader_config, self.leader_config.parent / "var")

    def issue(self, request: str) -> str:
        """The number that a citizen gets at the one who follows."""
        wanted = IssueTicket(request_id=request, service="land")
        return self.client.ask(wanted).card.ticket.number

    def knows_leader(self, state: str) -> None:
        """Until the one who follows says so of its leader."""

        def is_so():
            with self.follower.client() as look:
                devices = {one.name: one.state for one in look.welcome_state.devices}
            return devices["leader"] == state

        wait_until(f"the leader to be {state}", is_so)

    def leaders(self) -> dict[str, str]:
        """The leader's tickets today: number and state."""
        rows = self.leader.json("ticket", "list")
        assert len({row["number"] for row in rows}) == len(rows)
        return {row["number"]: row["state"] for row in rows}

    def stop(self) -> None:
        self.client.close()
        self.follower.stop()
        self.leader.process.send_signal(signal.SIGCONT)
        self.leader.stop()


@pytest.mark.slow
def test_no_two_numbers_are_equal_whatever_becomes_of_the_leader(tmp_path):
    site = Site(tmp_path)
    try:
        site.knows_leader("ready")
        assert [site.issue("visit-0001"), site.issue("visit-0001")] == ["D001", "D001"]
        assert site.issue("visit-0002") == "D002"

        site.leader.process.send_signal(signal.SIGSTOP)  # it freezes, its socket still listens
        begin = time.perf_counter()
        assert site.issue("visit-0003") == "X001"
        waited = time.perf_counter() - begin
        assert site.issue("visit-0004") == "X002"
        assert site.issue("visit-0003") == "X001"
        assert waited < PATIENCE_S + 1.0  # and what a crowded machine adds
        site.leader.process.send_signal(signal.SIGCONT)
        wait_until("the numbers to be handed over", lambda: "X002" in site.leaders())
        assert site.leaders() == {
            "D001": "waiting",
            "D002": "waiting",
            "D003": "cancelled",  # for visit-0003, too late to be heard
            "X001": "waiting",
            "X002": "waiting",
        }
        site.knows_leader("ready")

        site.leader.kill()
        assert site.issue("visit-0005") == "X003"
        site.client.ask(CallClerk(page="ticket"))
        site.start_leader()
        wait_until("the number to be handed over", lambda: "X003" in site.leaders())
        site.knows_leader("ready")
        assert site.issue("visit-0006") == "D004"
        assert sorted(site.leaders()) == ["D001", "D002", "D003", "D004", "X001", "X002", "X003"]
        log = site.leader.log
        assert "Traceback" not in log, log
        assert "Traceback" not in site.follower.log, site.follower.log
        wait_until("the call for a person", lambda: "a clerk is asked for" in site.leader.log)
    finally:
        site.stop()
