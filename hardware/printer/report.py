"""What became of one slip."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["refused", "printed", "unknown"]


@dataclass(frozen=True, slots=True)
class PrintReport:
    """The outcome of one print job.

        refused   no byte of the slip was sent: safe to try again
        printed   on paper and cut: our process id came back on this connection, or, with the
                  reason `probable`, the printer answered a question asked behind the slip
        unknown   something was sent and nothing tells what became of it: never sent again by
                  itself; a printer out of paper keeps its job and prints it after the refill

    `reason` is a stable code: those of `hardware.status.REASONS`, and `line_lost`, `line_stalled`,
    `probable`, `not_finished`. `seconds` is the whole time from the call, `paper_mm` the paper that
    the slip takes (0 where nothing was sent).
    """

    outcome: Outcome
    reason: str = ""
    detail: str = ""
    seconds: float = 0.0
    paper_mm: int = 0
