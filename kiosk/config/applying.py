"""What a new configuration changes, and which of it needs no restart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from kiosk.config.keys import IDENTITY, keys, tables, values_of
from kiosk.config.schema import Config

WHOLE_TABLES = ("hours", "notice", "bookings", "place", "centre")
"""Every key of these applies at once."""

SINGLE_KEYS = frozenset(
    {
        "hall.longest_wait_min",
        "hall.closing_grace_min",
        "hall.late_places",
        "hall.no_show_calls",
        "hall.announce_volume",
        "hall.quiet",
        "hall.quiet_volume",
        "service.about_vi",
        "service.about_en",
        "service.daily_quota",
        "service.hours",
        "greeting.every_s",
        "greeting.quiet",
        "greeting.quiet_level",
        "printer.retry_s",
        "speech.volume",
        "store.backup_every_min",
        "store.backup_keep_days",
    }
)
"""So do these; every other key needs a restart."""

FREE = frozenset({"notice", "place"})
"""Of these tables items may come and go while the core runs."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Dotted names, in the order of the schema."""

    at_once: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()


def differences(old: Config, new: Config) -> Differences:
    """What differs between two configurations."""
    changed = list(_changed(values_of(old), values_of(new)))
    return Differences(
        at_once=tuple(path for path in changed if applies_at_once(path)),
        restart=tuple(path for path in changed if not applies_at_once(path)),
    )


def taken_over(old: Config, new: Config) -> Config:
    """`old` with what of `new` applies at once: what a running core goes on with."""
    values = dict(values_of(old))
    fresh = values_of(new)
    for path in differences(old, new).at_once:
        table, _, name = path.partition(".")
        if not name:
            values[table] = fresh[table]
        elif tables()[table]:
            pairs = zip(values[table], fresh[table], strict=True)
            values[table] = [{**before, name: after[name]} for before, after in pairs]
        else:
            values[table] = {**values[table], name: fresh[table][name]}
    return msgspec.convert(values, Config, strict=True)


def applies_at_once(path: str) -> bool:
    """Whether a running core takes the key over, or the coming and going of a table's items."""
    table, _, name = path.partition(".")
    if not name:
        return path in FREE
    return table in WHOLE_TABLES or path in SINGLE_KEYS


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for table, many in tables().items():
        before, after = old[table], new[table]
        if many and _names(table, before) != _names(table, after):
            yield table  # items came, went or changed places
            continue
        pairs = list(zip(before, after, strict=True)) if many else [(before, after)]
        for path, key in keys().items():
            if key.table == table and any(a[key.name] != b[key.name] for a, b in pairs):
                yield path


def _names(table: str, items: Sequence[Mapping[str, Any]]) -> list[Any]:
    return [item[IDENTITY[table]] for item in items]
