"""POST /v1/events: the outboxes come in (`centre.api.batches` keeps them)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency

from centre.api.batches import keep_batch
from centre.api.unpacking import unpack
from centre.errors import Refused
from centre.identity.caller import Caller
from centre.problems import problems
from centre.telemetry import metrics
from centre.wire.events import MAX_BATCH_BYTES, Acknowledged, EventBatch

_decoder = msgspec.json.Decoder(EventBatch)


@post(
    "/v1/events",
    status_code=200,
    request_max_body_size=MAX_BATCH_BYTES,
    responses=problems(400, 401, 409, 413, 422, 503),
)
async def post_events(
    request: Request[Any, Any, Any],
    state: State,
    caller: NamedDependency[Caller],
    now: NamedDependency[datetime],
) -> Acknowledged:
    """Keep a batch of an outbox, each entry once and in order; `resume` where one is missing."""
    encoding = request.headers.get("content-encoding", "")
    body = unpack(await request.body(), encoding, at_most=MAX_BATCH_BYTES)
    kept = await keep_batch(state["database"], caller, read_batch(body), now)
    metrics.count_batch(kept.stored, kept.known, kept.faults.items())
    return kept.acknowledged


def read_batch(body: bytes) -> EventBatch:
    """The batch in these bytes. Raises Refused, in words that repeat nothing of it."""
    try:
        return _decoder.decode(body)
    except RecursionError:
        raise Refused("nested too deeply") from None
    except UnicodeDecodeError:
        raise Refused("not UTF-8") from None
    except msgspec.DecodeError as error:
        raise Refused(str(error)[:300]) from None


handlers = [post_events]
