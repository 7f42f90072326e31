"""Where the states of dossiers come from, as a shape."""

from __future__ import annotations

from typing import Protocol

from centre.wire import DossierState


class Dossiers(Protocol):
    """A source. It is asked by a code in its one form (`kiosk.guide.dossier_code`)."""

    async def state_of(self, code: str) -> DossierState | None:
        """How far it is; None where there is no such dossier. Raises Away."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...
