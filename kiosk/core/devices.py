"""The edges as the core knows them: never absent, only unavailable with a reason."""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.ports import Condition
from kiosk.words import DeviceState

log = logging.getLogger(__name__)

AS_SET_UP = frozenset({"switched_off"})
"""Why an edge may be unavailable with nobody having to look: config.toml wants it so."""


class Devices:
    """What is known of each edge; logs once when one goes and once when it is back."""

    def __init__(self, names: tuple[str, ...], on_change: Callable[[], None]) -> None:
        self._states = {name: DeviceState(name=name, state="starting") for name in names}
        self._on_change = on_change

    def add(self, name: str) -> None:
        """One more edge, which this kiosk has and others do not."""
        self._states[name] = DeviceState(name=name, state="starting")

    def all(self) -> tuple[DeviceState, ...]:
        """Every edge, in the order in which it was named."""
        return tuple(self._states.values())

    def is_ready(self, name: str) -> bool:
        """Whether the edge can be used now."""
        return self._states[name].state == "ready"

    def set(
        self,
        name: str,
        state: Condition,
        *,
        reason: str = "",
        detail: str = "",
        warnings: tuple[str, ...] = (),
        left: int | None = None,
        now: str,
    ) -> bool:
        """Take in how an edge is; True where that is news."""
        before = self._states[name]
        same = (before.state, before.reason, before.warnings) == (state, reason, warnings)
        if same and before.left == left:
            return False
        since = now if before.state != state or not before.since else before.since
        self._states[name] = DeviceState(
            name=name,
            state=state,
            reason=reason,
            detail=detail,
            warnings=warnings,
            left=left,
            since=since,
        )
        self._on_change()
        if same:
            return True
        words = " ".join(part for part in (reason, detail, *warnings) if part)
        away = state == "unavailable" and reason not in AS_SET_UP
        level = logging.WARNING if away or warnings else logging.INFO
        log.log(level, "%s is %s%s", name, state, f": {words}" if words else "")
        return True
