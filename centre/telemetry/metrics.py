"""What is counted, for Prometheus: docs/centre.md lists every name.

Kinds of things are labels, never a device, a site or a person. Several workers count together by
files in PROMETHEUS_MULTIPROC_DIR (`centre run` sets it), so whichever answers tells of them all.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
disable_created_metrics()  # type: ignore[no-untyped-call]
EVENTS = Counter("centre_events", "Entries of outboxes that came in", ["outcome"])
QUARANTINED = Counter("centre_quarantined", "Entries that could not be kept", ["reason"])
REQUESTS = Histogram(
    "centre_request_seconds",
    "Requests by the pattern of their path",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
FORGOTTEN = Counter("centre_forgotten", "What retention threw away", ["what"])


def count_batch(stored: int, known: int, faults: Iterable[tuple[str, int]]) -> None:
    """A batch was acknowledged."""
    EVENTS.labels("stored").inc(stored)
    EVENTS.labels("known").inc(known)
    for reason, how_many in faults:
        QUARANTINED.labels(reason).inc(how_many)


class Now(Collector):
    """Values that are asked for when they are wanted: name, meaning, and each label's value."""

    def __init__(self, name: str, meaning: str, label: str, values: dict[str, float]) -> None:
        self._family = GaugeMetricFamily(name, meaning, labels=[label])
        for of, value in values.items():
            self._family.add_metric([of], value)

    def collect(self) -> Iterator[Metric]:
        """See prometheus_client's Collector."""
        yield self._family


def page(now: Iterable[Now]) -> bytes:
    """Everything in Prometheus' text form."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    for one in now:
        registry.register(one)
    return generate_latest(registry)
