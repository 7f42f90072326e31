"""What is counted, for Prometheus. No device, site or person is a label: only kinds of things."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Counter

EVENTS = Counter("centre_events", "Entries of outboxes that came in", ["outcome"])
QUARANTINED = Counter("centre_quarantined", "Entries that could not be kept", ["reason"])


def count_batch(stored: int, known: int, faults: Iterable[tuple[str, int]]) -> None:
    """A batch was acknowledged."""
    EVENTS.labels("stored").inc(stored)
    EVENTS.labels("known").inc(known)
    for reason, how_many in faults:
        QUARANTINED.labels(reason).inc(how_many)
