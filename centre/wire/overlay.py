"""Which keys of config.toml a document may set, and how documents are laid over a kiosk's own.

Plain values in, plain values out, as `tomllib` reads them: `kiosk.sync` lays over with it, and the
centre tries with it what it is about to publish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

EVERY_KEY = frozenset({"*"})
CONFIG_KEYS: Mapping[str, frozenset[str]] = {
    "queue": EVERY_KEY,
    "hall": frozenset(
        {
            "longest_wait_min",
            "late_places",
            "no_show_calls",
            "announce",
            "announce_volume",
            "quiet",
            "quiet_volume",
            "closing_grace_min",
            "keep_history_days",
            "staff_answer_s",
            "staff_names",
        }
    ),
    "place": EVERY_KEY,
    "refreshments": EVERY_KEY,
    "greeting": EVERY_KEY,
    "speech": frozenset({"enabled", "rate_wpm", "volume"}),
    "voice": frozenset({"enabled"}),
    "bookings": EVERY_KEY,
    "feedback": frozenset({"ask", "keep_days"}),
}
"""What a city may say; ports, wiring, screens, sound cards, files and addresses are the device's
own."""

KEYS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "config": CONFIG_KEYS,
    "services": {"service": EVERY_KEY, "counter": EVERY_KEY, "priority": EVERY_KEY},
    "hours": {"hours": EVERY_KEY},
    "notices": {"notice": EVERY_KEY},
}
"""The documents that are laid over config.toml, in their order, with the tables each may hold."""


def foreign_keys(name: str, fragment: Mapping[str, Any]) -> Iterator[str]:
    """The dotted keys of a fragment that are not this document's to set."""
    tables = KEYS[name]
    for table, value in fragment.items():
        allowed = tables.get(table)
        if allowed is None:
            yield table
        elif allowed is not EVERY_KEY:
            keys = value if isinstance(value, Mapping) else ()
            yield from (f"{table}.{key}" for key in keys if key not in allowed)


def laid_over(own: Mapping[str, Any], fragments: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A kiosk's own configuration with the documents over it, by `KEYS`' order; both stay as they
    are. A table's keys are replaced one by one, a list of tables whole; `notices` that say nothing
    leave no notice. Keys that are not a document's are passed over.
    """
    whole = dict(own)
    for name in KEYS:
        if name not in fragments:
            continue
        fragment = fragments[name]
        foreign = set(foreign_keys(name, fragment))
        if name == "notices":
            whole["notice"] = []
        for table, value in fragment.items():
            if table not in foreign:
                whole[table] = _over(whole.get(table), value, table, foreign)
    return whole


def _over(before: Any, value: Any, table: str, foreign: set[str]) -> Any:
    if not isinstance(value, Mapping):
        return value
    kept = before if isinstance(before, Mapping) else {}
    return {**kept, **{key: one for key, one in value.items() if f"{table}.{key}" not in foreign}}
