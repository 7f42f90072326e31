"""A configuration that changed while the core runs: what needs no restart is taken over.

ReloadConfig ─▶ read and checked ─▶ kept as good ─▶ what applies at once: handed to its owners
                                                    the other keys: named, they need a restart
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from kiosk.config import Config
from kiosk.core.engine import Engine
from kiosk.errors import ConfigError
from kiosk.settings.keeping import ConfigShelf, InForce
from kiosk.words import ConfigResult

log = logging.getLogger(__name__)


class Reconfiguring:
    """`started` is what the core was put together with."""

    def __init__(self, shelf: ConfigShelf, started: InForce) -> None:
        self.shelf = shelf
        self.fault = started.fault  # why the file does not count
        self.kept = started.kept  # the version that counts instead
        self.waiting: tuple[str, ...] = ()  # the keys that count after a restart
        self._given_fault = started.given_fault
        self._started = started.config
        self._now = started.config
        self._engine: Engine | None = None
        self._apply: Callable[[Config], object] = _nowhere

    def begin(self, engine: Engine, apply: Callable[[Config], object]) -> None:
        """The core starts: a good file is kept, a wrong one is said. `apply` hands each new
        configuration to the owners of its values."""
        self._engine, self._apply = engine, apply
        if self.fault:
            log.warning("the configuration is wrong, the last good one counts: %s", self.fault)
        else:
            self.shelf.note()
        if self._given_fault:
            log.warning("what the centre gave is left out: %s", self._given_fault)
        engine.config_is(fault=self.fault, given_fault=self._given_fault)

    def reload(self) -> ConfigResult:
        """See `ReloadConfig`. Raises ConfigError."""
        assert self._engine is not None, "the core has begun"
        try:
            found = self.shelf.read()
        except ConfigError as error:
            log.warning("the configuration is wrong, everything stays: %s", error.detail)
            self.fault = error.detail
            self._engine.config_is(fault=error.detail)
            raise
        self.fault = ""
        self.shelf.note()
        return self._go_on_with(found)

    def take_given(self) -> tuple[str, ...]:
        """What the centre gave is another one: as `reload`, and the keys that need a restart.

        Raises ConfigError where it does not go with the file; then everything stays.
        """
        found = self.shelf.in_force()
        if found.given_fault:
            raise ConfigError(found.given_fault)
        return self._go_on_with(found).restart

    def _go_on_with(self, found: InForce) -> ConfigResult:
        # Describing the schema takes 10 ms: when it is wanted, not at every start.
        from kiosk.config.applying import differences, taken_over  # noqa: PLC0415

        assert self._engine is not None, "the core has begun"
        self._now = taken_over(self._now, found.config)
        self._apply(self._now)
        left = differences(self._now, found.config).restart
        done = differences(self._started, self._now).at_once
        self.waiting = left
        self._engine.config_is(fault=found.fault, restart=left, given_fault=found.given_fault)
        self._engine.state_is_stale()
        log.info("the configuration was read again: %s", ", ".join(done) or "nothing new")
        return ConfigResult(at_once=done, restart=left)


def _nowhere(config: Config) -> None:
    """Before the core has begun nobody takes anything over."""
