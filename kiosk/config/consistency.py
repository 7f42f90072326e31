"""What a schema cannot say: keys that must agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from hardware.device_ports import base_port, board_port, scanner_port
from hardware.errors import PortError
from hardware.port_names import parse_port
from kiosk.config.rules import WEEKDAYS, parse_span
from kiosk.config.schema import NONE, Config, WeekSpans

Fault = tuple[tuple[str | int, ...], str]


def contradictions(config: Config) -> Iterator[Fault]:
    """Each contradiction as (path of the key, what is wrong)."""
    yield from _doubles("priority", [item.code for item in config.priority], "code")
    yield from _doubles("counter", [item.number for item in config.counter], "number")
    yield from _doubles("place", [item.kind for item in config.place], "kind")
    yield from _doubles("service", [item.code for item in config.service], "code")
    numbers = [counter.number for counter in config.counter]
    for index, service in enumerate(config.service):
        for number in service.counters:
            if number not in numbers:
                known = ", ".join(numbers)
                why = f"service {service.code!r} names counter {number!r}; known: {known}"
                yield ("service", index, "counters"), why
        yield from _bad_spans(("service", index, "hours"), service.hours)
    yield from _bad_spans(("hours",), config.hours)
    yield from _bad_days(config)
    yield from _bad_notices(config)
    yield from _doubles("dispenser", [item.item for item in config.dispenser], "item")
    yield from _doubles("destination", [item.name for item in config.destination], "name")
    yield from _bad_ports(config)
    yield from _bad_wiring(config)
    yield from _bad_span_list(("greeting",), "quiet", config.greeting.quiet)
    yield from _bad_span_list(("hall",), "quiet", config.hall.quiet)
    yield from _bad_letters(config)
    yield from _half_set(config)
    yield from _bad_centre(config)


def _doubles(table: str, values: list[str], key: str) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (table, index, key), f"{table} {value!r} is there twice"


def _bad_spans(at: tuple[str | int, ...], week: WeekSpans) -> Iterator[Fault]:
    for weekday in WEEKDAYS:
        yield from _bad_span_list(at, weekday, getattr(week, weekday) or ())


def _bad_span_list(at: tuple[str | int, ...], key: str, texts: Iterable[str]) -> Iterator[Fault]:
    spans = [parse_span(text) for text in texts]
    edges = [minute for span in spans for minute in (span.opens, span.closes)]
    if any(later <= earlier for earlier, later in pairwise(edges)):
        yield (*at, key), f"{key}: spans must follow each other and end after they begin"
    if any(edge > 24 * 60 for edge in edges):
        yield (*at, key), f"{key}: a day ends at 24:00"


def _bad_days(config: Config) -> Iterator[Fault]:
    for key in ("closed_on", "open_on"):
        for day in getattr(config.hours, key):
            try:
                date.fromisoformat(day)
            except ValueError:
                yield ("hours", key), f"{key}: {day} is no day of the calendar"


def _bad_notices(config: Config) -> Iterator[Fault]:
    for index, notice in enumerate(config.notice):
        for key in ("first", "last"):
            day = getattr(notice, key)
            try:
                date.fromisoformat(day or "2026-01-01")
            except ValueError:
                yield ("notice", index, key), f"{key}: {day} is no day of the calendar"


def _bad_letters(config: Config) -> Iterator[Fault]:
    """A kiosk's own letter may be nobody else's: two numbers would be equal."""
    series = {service.series: service.code for service in config.service}
    letters = {"letter": (config.leader.letter,), "kiosks": config.leader.kiosks}
    for key, values in letters.items():
        for letter in values:
            if letter in series:
                yield (
                    ("leader", key),
                    f"leader.{key}: {letter!r} is the series of service {series[letter]!r}",
                )
    if len(set(config.leader.kiosks)) < len(config.leader.kiosks):
        yield ("leader", "kiosks"), "leader.kiosks: a letter is there twice"


def _half_set(config: Config) -> Iterator[Fault]:
    """Keys that mean nothing without another."""
    site, leader = config.site_server, config.leader
    if bool(site.certificate) != bool(site.private_key):
        yield ("site_server", "certificate"), "site_server: certificate and private_key go together"
    for key in ("url", "kiosks"):
        if getattr(leader, key) and not leader.key_file:
            yield ("leader", key), f"leader.{key}: needs leader.key_file"
    if leader.url and not leader.letter:
        yield ("leader", "url"), "leader.url: needs leader.letter, for while the leader is away"
    if leader.url and leader.kiosks:
        yield ("leader", "kiosks"), "leader.kiosks: only the leader has this list"


def _bad_centre(config: Config) -> Iterator[Fault]:
    url = config.centre.url
    if not url:
        return
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment or parts.username:
        yield ("centre", "url"), f'centre.url: {url!r} is not as "https://centre.example:8600"'
    elif config.centre.trusted and parts.scheme != "https":
        yield ("centre", "trusted"), "centre.trusted: only an https url has a certificate"


def _bad_ports(config: Config) -> Iterator[Fault]:
    ports: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("printer", config.printer.port, parse_port),
        ("board", config.board.port, board_port),
        ("scanner", config.scanner.port, scanner_port),
        ("base", config.base.port, base_port),
    )
    for table, port, parse in ports:
        if port == NONE and table != "base":
            continue
        try:
            parse(port)
        except PortError as error:
            yield (table, "port"), f"{table}.port: {error}"


def _bad_wiring(config: Config) -> Iterator[Fault]:
    """A terminal that two things would share."""
    board = config.board
    inputs: dict[tuple[str | int, ...], int] = {
        ("board", name): getattr(board, name) for name in ("presence", "door", "button")
    }
    outputs: dict[tuple[str | int, ...], int] = {("board", "light"): board.light}
    for index, dispenser in enumerate(config.dispenser):
        inputs["dispenser", index, "drop"] = dispenser.drop
        outputs["dispenser", index, "output"] = dispenser.output
    for kind, wired in (("input", inputs), ("output", outputs)):
        taken: dict[int, tuple[str | int, ...]] = {}
        for at, terminal in wired.items():
            if terminal and terminal in taken:
                other = ".".join(str(step) for step in taken[terminal])
                yield at, f"{kind} {terminal} is {other} already"
            taken[terminal] = at
