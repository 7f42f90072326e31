"""Who is logged in, where. Sessions end: by leaving, by time, without a click, with a new PIN.

The browser holds a random key in a cookie; here lies its hash alone, in memory and in one small
file, so that the consoles go on by themselves when the core was restarted. A key that comes from
another address than the one it was given to is a stolen one: its session ends.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from kiosk.words import Role

log = logging.getLogger(__name__)

MAX_SESSIONS = 200
KEEP_EVERY_S = 60.0


class Session(msgspec.Struct, kw_only=True):
    """One member of staff at one browser; `counter` is "" for none. Times in seconds since 1970."""

    key_hash: str
    csrf: str
    staff: str
    name: str
    role: Role
    counter: str
    address: str
    began: float
    seen: float

    @property
    def is_manager(self) -> bool:
        """Whether the reports are theirs to see."""
        return self.role == "manager"

    def fits(self, csrf: str) -> bool:
        """Whether this is the session's own token against forged requests."""
        return hmac.compare_digest(csrf.encode(), self.csrf.encode())


class Sessions:
    """`lasts_s` from the log-in, `idle_s` from the last click; `clock` tells seconds since 1970."""

    def __init__(
        self,
        path: Path,
        *,
        lasts_s: float,
        idle_s: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = path
        self._lasts_s = lasts_s
        self._idle_s = idle_s
        self._clock = clock
        self._kept_at = 0.0
        self._sessions = {one.key_hash: one for one in self._read()}

    @property
    def lasts_s(self) -> float:
        """How long a session lasts at most, in seconds."""
        return self._lasts_s

    def begin(self, *, staff: str, name: str, role: Role, counter: str, address: str) -> str:
        """Log in; the key for the cookie."""
        key = secrets.token_urlsafe(32)
        now = self._clock()
        self._forget_ended()
        while len(self._sessions) >= MAX_SESSIONS:
            del self._sessions[min(self._sessions.values(), key=lambda one: one.seen).key_hash]
        self._sessions[_hash(key)] = Session(
            key_hash=_hash(key),
            csrf=secrets.token_urlsafe(24),
            staff=staff,
            name=name,
            role=role,
            counter=counter,
            address=address,
            began=now,
            seen=now,
        )
        self._keep()
        return key

    def find(self, key: str, address: str) -> Session | None:
        """The session of a cookie, or None where it is forged, has ended or was stolen."""
        session = self._sessions.get(_hash(key)) if key else None
        if session is None:
            return None
        if self._has_ended(session):
            self.end(session)
            return None
        if session.address != address:
            log.warning("a session of %s came from %s: it is ended", session.staff, address)
            self.end(session)
            return None
        return session

    def click(self, session: Session) -> None:
        """They are there: the time without a click begins anew."""
        session.seen = self._clock()
        if session.seen - self._kept_at >= KEEP_EVERY_S:
            self._keep()

    def move(self, session: Session, counter: str) -> None:
        """They sit at another counter now."""
        session.counter = counter
        self._keep()

    def end(self, session: Session) -> None:
        """Log out."""
        if self._sessions.pop(session.key_hash, None) is not None:
            self._keep()

    def rename(self, staff: str, name: str) -> None:
        """Colleagues know them by another name now."""
        for session in self.of(staff):
            session.name = name
        self._keep()

    def of(self, staff: str) -> list[Session]:
        """Where somebody is logged in."""
        return [one for one in self._sessions.values() if one.staff == staff]

    def end_all_of(self, staff: str) -> None:
        """Whoever was removed, or has a new PIN, logs in again."""
        for session in self.of(staff):
            self.end(session)

    def _has_ended(self, session: Session) -> bool:
        now = self._clock()
        return now - session.began >= self._lasts_s or now - session.seen >= self._idle_s

    def _forget_ended(self) -> None:
        for session in [one for one in self._sessions.values() if self._has_ended(one)]:
            del self._sessions[session.key_hash]

    def _read(self) -> list[Session]:
        """What was kept; a file that cannot be read costs a log-in, not a core."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=list[Session])
        except FileNotFoundError:
            return []
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("%s cannot be used, staff log in again: %s", self._path, error)
            return []

    def _keep(self) -> None:
        self._kept_at = self._clock()
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True, parents=True)
            beside.unlink(missing_ok=True)
            beside.touch(mode=0o600)
            beside.write_bytes(msgspec.json.encode(list(self._sessions.values())))
            beside.replace(self._path)
        except OSError as error:  # they last as long as the core does
            log.warning("sessions cannot be kept: %s", error)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
