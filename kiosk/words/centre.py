"""Words of what is asked of the centre while somebody waits for the answer."""

from __future__ import annotations

from typing import Literal

from kiosk.words.root import Command, Event

DossierOutcome = Literal["known", "unknown", "away", "too_many"]
DossierStage = Literal[
    "",
    "received",
    "in_progress",
    "more_papers",
    "payment",
    "ready",
    "returned",
    "refused",
    "stopped",
]
"""As centre.wire.dossiers says them."""


class AskDossier(Command, frozen=True, kw_only=True, tag="ask_dossier"):
    """How far a dossier is, by the code typed or scanned from its receipt. -> Done

    The answer comes as DossierTold with the same `request_id`, within seconds, whatever becomes of
    the centre. The code is kept nowhere and never logged.
    """

    request_id: str
    code: str


class DossierTold(Event, frozen=True, kw_only=True, tag="dossier_told"):
    """The answer to AskDossier.

    "known": `stage`, and the days "YYYY-MM-DD" on which it is due and last moved, "" where nobody
    said. "unknown": nobody has this code. "away": the centre cannot be asked now. "too_many": so
    many were asked here within a minute that this one was not.
    """

    request_id: str
    outcome: DossierOutcome
    stage: DossierStage = ""
    due_on: str = ""
    changed_on: str = ""
