"""Webhooks, signed as standardwebhooks.com says: whoever has the rule's secret knows that it was
us, when, and that nothing was changed. A `webhook-id` that came before is the same message.

    webhook-signature: v1,BASE64(HMAC-SHA256(secret, "id.timestamp.body"))
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any

import httpx
import msgspec

WITHIN_S = 10.0
GONE = 410


class WebhookFailed(Exception):
    """It was not taken; trying again may help unless `for_good`."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """The header's value."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    mark = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(mark).decode()}"


async def send_webhook(
    address: str, values: dict[str, Any], *, secret: str, message_id: str, now: datetime
) -> None:
    """Post one message. Raises WebhookFailed. No redirect is followed, no answer read."""
    timestamp = str(int(now.timestamp()))
    body = msgspec.json.encode({**values, "timestamp": now.isoformat()})
    headers = {
        "content-type": "application/json",
        "user-agent": "letan-centre",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
    try:
        async with (
            httpx.AsyncClient(timeout=WITHIN_S, follow_redirects=False) as client,
            client.stream("POST", address, content=body, headers=headers) as answer,
        ):
            status = answer.status_code
    except httpx.HTTPError as error:
        raise WebhookFailed(f"{type(error).__name__}: {error}"[:200]) from error
    if not 200 <= status < 300:
        raise WebhookFailed(f"status {status}", for_good=status == GONE)
