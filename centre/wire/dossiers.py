"""How far a dossier is, for whoever has its code."""

from __future__ import annotations

from typing import Literal

from centre.wire.root import Shape

State = Literal["received", "in_progress", "more_papers", "ready", "returned", "refused"]


class DossierState(Shape, frozen=True, kw_only=True):
    """`due_on` and `changed_on` are days, "YYYY-MM-DD", or "" where nobody said."""

    state: State
    due_on: str = ""
    changed_on: str = ""
