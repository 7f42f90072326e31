"""How far a dossier is, for whoever has its code."""

from __future__ import annotations

from typing import Literal

from centre.wire.root import Shape

State = Literal[
    "received",  # handed in
    "in_progress",
    "more_papers",  # waits for papers of the citizen
    "payment",  # waits for a fee or a tax of the citizen
    "ready",  # the result can be fetched
    "returned",  # the result was fetched or sent
    "refused",  # with a written reason
    "stopped",  # taken back by the citizen, or ended without a result
]


class DossierState(Shape, frozen=True, kw_only=True):
    """`due_on` and `changed_on` are days, "YYYY-MM-DD", or "" where nobody said."""

    state: State
    due_on: str = ""
    changed_on: str = ""
