"""A call is heard: from a counter's click to the voice process, and after it was killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from processes import WITHIN_S, CoreProcess

from kiosk.link.client import LinkClient
from kiosk.words import (
    AnnouncementEnded,
    AnnouncementStarted,
    CallNext,
    IssueTicket,
    KeepStaff,
    OpenCounter,
    Recall,
)


def voice_processes(core: CoreProcess) -> list[int]:
    """The voice processes that the core has started."""
    threads = Path(f"/proc/{core.process.pid}/task").glob("*/children")
    children = [int(number) for file in threads for number in file.read_text().split()]
    return [
        number
        for number in children
        if b"\0voice\0" in Path(f"/proc/{number}/cmdline").read_bytes()
    ]


def announced(client: LinkClient, kind: type) -> AnnouncementStarted | AnnouncementEnded:
    for event in client.wait_for_events(WITHIN_S):
        if isinstance(event, kind):
            return event
    raise AssertionError(f"no {kind.__name__}")


@pytest.mark.slow
def test_a_call_is_announced(start_core: Callable[..., CoreProcess]) -> None:
    core = start_core({"announce_output": '"none"'})
    with core.client("test") as client:
        client.ask(KeepStaff(code="lan", name="Lan", role="clerk", pin_hash="x"))
        client.ask(OpenCounter(counter="1", staff="lan"))
        client.ask(IssueTicket(request_id="request-1", service="civil-status", language="en"))
        called = client.ask(CallNext(counter="1", staff="lan")).ticket
        begun = announced(client, AnnouncementStarted)
        assert (begun.call.number, begun.call.counter) == ("A001", "1")
        assert begun.silent  # for this test there is no sound card
        assert begun.seconds > 8  # chime, both languages, and all of it again
        announced(client, AnnouncementEnded)
        (voice,) = voice_processes(core)
        os.kill(voice, signal.SIGKILL)
        client.ask(Recall(ticket_id=called.id, counter="1", staff="lan"))
        assert announced(client, AnnouncementStarted).call.times == 2
