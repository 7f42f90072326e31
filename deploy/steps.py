"""A plan is a list of steps; each knows what is left of it, so that a second run does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `left` says what is left of it to do, "" for nothing."""

    name: str
    left: Callable[[], str]
    do: Callable[[], None]


def carry_out(steps: Iterable[Step], tell: Callable[[str], None], *, dry: bool) -> int:
    """Do what is left, one after the other, or only say it; how many steps had something left."""
    count = 0
    for step in steps:
        left = step.left()
        if not left:
            tell(f"ok      {step.name}")
            continue
        count += 1
        if dry:
            tell(f"would   {step.name}: {left}")
            continue
        tell(f"doing   {step.name}: {left}")
        step.do()
    return count
