"""The whole centre as it is composed, served on loopback by a thread of its own: real sockets,
real signatures, real tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

import requests
import uvicorn
from centre_loop import change, closing, in_a_loop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from requests.auth import AuthBase
from sqlalchemy import insert

from centre.bookings.rules import days_ahead
from centre.clients.register import Scope, add_client
from centre.clock import Clock, utc_now
from centre.composition import compose
from centre.settings import Settings
from centre.store import Database
from centre.store.tables.bookings import BookingDay, Quota
from centre.store.tables.devices import Device, Site
from centre.wire.signing import COVERED, LABEL
from kiosk.site.server import listening_socket

STARTS_WITHIN_S = 60
WEEK = [["00:00-24:00"]] * 7


class RunningCentre:
    """A context manager. Its sites are there, and land can be booked in them at any time."""

    def __init__(
        self, settings: Settings, now: Clock = utc_now, sites: Sequence[str] = ("tan-an", "ba-dinh")
    ) -> None:
        self.settings = settings
        self._sites, self._now = sites, now
        self.database = Database(settings.database_url, pool=1)
        self._listening = listening_socket("127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        config = uvicorn.Config(
            lambda: compose(settings, now), factory=True, lifespan="on", log_config=None, ws="none"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._listening],))

    def __enter__(self) -> Self:
        self._thread.start()
        for _ in range(STARTS_WITHIN_S * 20):
            if self._server.started:
                break
            self._thread.join(0.05)
        assert self._server.started
        for code in self._sites:
            site = {"code": code, "name_vi": code, "name_en": code, "made_at": datetime.now(UTC)}
            quota = {"site": code, "service": "land", "field": "land"}
            change(
                self.database,
                insert(Site).values(**site),
                insert(Quota).values(a_slot=5, slot_min=30, week=WEEK, **quota),
            )
            self._open(code)
        return self

    def _open(self, site: str) -> None:
        """Also on holidays, whenever it is that this runs."""
        days = days_ahead(self._now() + timedelta(days=1))
        rows = [{"site": site, "day": day, "is_open": True} for day in days]
        change(self.database, insert(BookingDay).values(rows))

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(STARTS_WITHIN_S)
        assert not self._thread.is_alive()
        self._listening.close()

    def device(self, name: str, site: str = "tan-an") -> Signing:
        """A device that is known, as what signs its requests."""
        signing = Signing(name)
        row = {"id": name, "site": site, "name": name, "public_key": signing.public_key}
        now = datetime.now(UTC)
        change(self.database, insert(Device).values(key_since=now, enrolled_at=now, **row))
        return signing

    def client(self, name: str, scope: Scope = "bookings") -> dict[str, str]:
        """The header of a client of the city."""
        apart = Database(self.database.url, pool=1)

        async def add() -> str:
            return await add_client(apart, name, [scope], "test", datetime.now(UTC))

        return {"Authorization": f"Bearer {in_a_loop(closing(apart, add))}"}

    def ask(self, method: str, path: str, **more: object) -> requests.Response:
        """A request over the wire."""
        return requests.request(method, self.url + path, timeout=60, **more)  # type: ignore[arg-type]


class _Own(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self._key


@dataclass
class Signing(AuthBase):
    """Signs what `requests` is about to send, as `name`, or as a key that nobody knows yet."""

    name: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    clock: Callable[[], datetime] = utc_now

    @property
    def public_key(self) -> bytes:
        """Ed25519, raw."""
        return self.key.public_key().public_bytes_raw()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        digest = base64.b64encode(hashlib.sha256(raw).digest()).decode()
        request.headers["Content-Digest"] = f"sha-256=:{digest}:"
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519, key_resolver=_Own(self.key)
        )
        signer.sign(
            request,
            key_id=self.name or self.public_key.hex(),
            created=self.clock(),
            nonce=secrets.token_hex(16),
            label=LABEL,
            covered_component_ids=COVERED,
            use_existing_digest=True,
        )
        return request
