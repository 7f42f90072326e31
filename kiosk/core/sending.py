"""The outbox on its way to the centre: in order, in batches, gone when it is acknowledged.

    batch ─▶ POST ─▶ acknowledged to seq ─▶ removed up to there, in one transaction
                └──▶ gap: the centre lacks what is gone here ─▶ a new order begins
                └──▶ too much at once, or for this line ─▶ half of it

A batch lies in memory and no more; the store is asked on the loop, in the turns between other work.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from typing import Protocol

from centre.wire import MAX_BATCH, MAX_BATCH_BYTES, Acknowledged
from kiosk.core.centre_line import Asking
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.ports import Centre, OutboxBatch, Store

log = logging.getLogger(__name__)

AT_ONCE = min(1000, MAX_BATCH)  # read and removed in a few milliseconds of the loop
LEAST = 10  # of a batch that no answer came to
BYTES_AT_ONCE = MAX_BATCH_BYTES // 2
BATCHES_A_TURN = 20
TOO_MUCH = frozenset({400, 413, 422})


class SendingHost(Protocol):
    """The engine, as this room sees it."""

    store: Store


class Sending:
    """Lives on the core's loop."""

    def __init__(self, host: SendingHost, ask: Asking) -> None:
        self._host = host
        self._ask = ask
        self._limit = AT_ONCE
        self._sent = ("", 0)  # the order, and the highest seq of it that was sent in this run
        self._begun_anew = 0  # orders begun since the centre last acknowledged something

    async def send(self) -> bool:
        """Send what waits, so much and no more; whether more waits.

        Raises CentreAway, CentreRefuses and StoreUnavailable.
        """
        for _ in range(BATCHES_A_TURN):
            batch = self._host.store.centre.batch(self._limit, BYTES_AT_ONCE)
            if not batch.rows:
                return False
            self._note_sent(batch)
            try:
                told = await self._ask(functools.partial(_send, batch=batch))
            except CentreRefuses as refusal:
                if not self._is_mended(refusal, batch):
                    raise
            except CentreAway:
                self._limit = max(LEAST, len(batch.rows) // 2)  # the line may be too slow for more
                raise
            else:
                self._take(told, batch)
            await asyncio.sleep(0)
        return True

    def _take(self, told: Acknowledged, batch: OutboxBatch) -> None:
        first = batch.rows[0].seq
        if told.epoch != batch.epoch or told.seq < first:
            detail = f"{told.epoch} {told.seq} acknowledges nothing of {batch.epoch} {first}"
            raise CentreAway(detail, code="not_a_centre")
        if told.quarantined:
            log.warning("the centre cannot read %d entries; it keeps them", len(told.quarantined))
        if told.seq > self._sent[1]:  # a store that was put back by hand, or a copied one
            self._begin_anew(f"the centre has {told.seq}, only {self._sent[1]} was ever sent")
            return
        self._host.store.centre.acknowledged(batch.epoch, told.seq)
        self._begun_anew = 0
        self._limit = min(AT_ONCE, 2 * self._limit)

    def _note_sent(self, batch: OutboxBatch) -> None:
        epoch, highest = self._sent
        last = batch.rows[-1].seq
        self._sent = batch.epoch, max(last, highest if epoch == batch.epoch else 0)

    def _is_mended(self, refusal: CentreRefuses, batch: OutboxBatch) -> bool:
        """Whether the next batch is another one, which may be taken."""
        if refusal.code == "gap" and not self._begun_anew:
            self._begin_anew(f"the centre wants {refusal.resume}, which is here no more")
            return True
        if refusal.status in TOO_MUCH and refusal.code != "gap" and len(batch.rows) > 1:
            self._limit = max(1, len(batch.rows) // 2)
            return True
        return False

    def _begin_anew(self, why: str) -> None:
        """The two sides do not speak of the same order: this one is over, nothing is lost here."""
        self._begun_anew += 1
        if self._begun_anew > 1:
            raise CentreAway(f"no order suits the centre: {why}", code="not_a_centre")
        log.error("the outbox begins another order: %s", why)
        self._host.store.centre.begin_order()


def _send(centre: Centre, within_s: float, *, batch: OutboxBatch) -> Acknowledged:
    return centre.send(batch, within_s)
