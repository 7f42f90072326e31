"""The order of a queue drawn up one by one: the plain model that what counts is held against."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.queueing.priority import PriorityRule, Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One who waits: `order` grows with the time of issue."""

    order: int
    priority: str = ""


def serving_order(
    waiting: Iterable[Waiting], rule: PriorityRule, recent: Iterable[bool] = ()
) -> Iterator[Waiting]:
    """Those who wait, in the order in which they will be called.

    `recent` tells the last calls, oldest first, True for a favoured number: the ratio goes on
    from there.
    """
    by_time = sorted(waiting, key=lambda one: one.order)
    ranks = {one.priority: rule.rank(one.priority) for one in by_time}
    ordinary = deque(one for one in by_time if ranks[one.priority] is None)
    first = deque(
        sorted(
            (one for one in by_time if ranks[one.priority] is not None),
            key=lambda one: ranks[one.priority] or 0,  # a stable sort: time decides within a class
        )
    )
    ratio = Ratio(rule.ratio, recent)
    while first or ordinary:
        favoured = bool(first) and (not ordinary or ratio.is_priority)
        ratio.took(priority=favoured)
        yield first.popleft() if favoured else ordinary.popleft()
