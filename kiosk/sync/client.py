"""The centre as this kiosk calls it: a kiosk.ports.Centre over a signed line.

Blocking, for one thread alone, but for `cut`. Who this kiosk is lies on the disk and may be changed
by `kiosk enrol` at any time: it is looked at before each request.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import msgspec

from centre.wire import (
    Acknowledged,
    Changes,
    DocumentFate,
    DocumentFates,
    DocumentNotice,
    DossierState,
    Health,
    KeyChange,
)
from centre.wire.enrolment import change_words
from kiosk.errors import CentreAway, CentreRefuses, Trouble
from kiosk.ports import OutboxBatch
from kiosk.sync.clock import CentreClock
from kiosk.sync.contact import Contact, note_contact
from kiosk.sync.enrolment import Enrolled, keep_enrolment, read_enrolment, stamp
from kiosk.sync.keys import DeviceKey, Keys
from kiosk.sync.line import Answer, Signature, SignedLine, Sink
from kiosk.sync.marks import is_elsewhere, marks_here
from kiosk.sync.packing import packed

T = TypeVar("T")
JSON = {"Content-Type": "application/json"}
PACKED = JSON | {"Content-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class _Who:
    """The enrolment, and the keys that may be right, likeliest first."""

    stamp: object
    enrolled: Enrolled
    keys: list[DeviceKey]


class CentreClient:
    """Speaks for the enrolment in `folder`; `marks` are those of this computer."""

    def __init__(
        self,
        folder: Path,
        url: str,
        trusted: str,
        clock: CentreClock,
        *,
        marks: Callable[[], tuple[str, ...]] = functools.cache(marks_here),  # noqa: B008
    ) -> None:
        self._folder = folder
        self._line = SignedLine(url, trusted, clock)
        self._clock = clock
        self._marks = marks
        self._who: _Who | None = None

    def stamp(self) -> object:
        """See kiosk.ports.Centre."""
        return stamp(self._folder)

    def device(self) -> str:
        """The kiosk's name at the centre. Raises CentreAway: not_enrolled, elsewhere, key."""
        return self._known().enrolled.device

    def send(self, batch: OutboxBatch, within_s: float) -> Acknowledged:
        """See kiosk.ports.Centre."""
        answer = self._ask("POST", "/v1/events", within_s, body=packed(batch), headers=PACKED)
        return _read(answer, Acknowledged)

    def tell_health(self, health: Health, within_s: float) -> None:
        """See kiosk.ports.Centre."""
        body = msgspec.json.encode(health)
        self._ask("PUT", "/v1/health", within_s, body=body, headers=JSON, expect=(204,))
        heard = self._clock.now().astimezone().isoformat(timespec="seconds")
        note_contact(self._folder, Contact(heard_at=heard, ahead_s=self._clock.ahead_s))

    def changes(self, since: str, within_s: float) -> Changes | None:
        """See kiosk.ports.Centre."""
        headers = {"If-None-Match": f'"{since}"'} if since else {}
        path = f"/v1/changes?since={quote(since, safe='')}"
        asked_at = self._clock.steady()
        answer = self._ask("GET", path, within_s, headers=headers, expect=(200, 304))
        if answer.status == 304:
            return None
        changes = _read(answer, Changes)
        self._clock.learn(changes.now, asked_at)
        return changes

    def document(self, notice: DocumentNotice, sink: Sink, within_s: float) -> None:
        """See kiosk.ports.Centre."""
        path = f"/v1/documents/{quote(notice.name)}/{notice.version}"
        self._ask("GET", path, within_s, sink=sink, headers={"Accept-Encoding": "gzip"})

    def tell_fates(self, fates: tuple[DocumentFate, ...], within_s: float) -> None:
        """See kiosk.ports.Centre."""
        body = msgspec.json.encode(DocumentFates(fates=fates))
        self._ask("POST", "/v1/documents/fates", within_s, body=body, headers=JSON, expect=(204,))

    def dossier(self, code: str, within_s: float) -> DossierState | None:
        """See kiosk.ports.Dossiers."""
        try:
            answer = self._ask("GET", f"/v1/dossiers/{quote(code, safe='')}", within_s)
        except CentreRefuses as refusal:
            if refusal.status in {404, 422}:
                return None
            raise
        return _read(answer, DossierState)

    def change_key(self, within_s: float) -> str:
        """Make a new key and have the centre take it; its public half.

        Raises CentreAway; then the old one or the new one is right, and both are kept.
        """
        who = self._known()
        fresh = Keys(self._folder).next()
        proof = fresh.sign(change_words(who.enrolled.device, fresh.public)).hex()
        body = msgspec.json.encode(KeyChange(public_key=fresh.public, proof=proof))
        try:
            self._ask("POST", "/v1/keys", within_s, body=body, headers=JSON, expect=(204,))
        except CentreRefuses as refusal:  # an earlier reply was lost: it has this one already
            if refusal.code != "key_known" or self._known().enrolled.public_key != fresh.public:
                raise
        self._took(who, fresh)
        return fresh.public

    def cut(self) -> None:
        """See kiosk.ports.Line."""
        self._line.cut()

    def close(self) -> None:
        """See kiosk.ports.Line."""
        self._line.close()

    def _ask(
        self,
        method: str,
        path: str,
        within_s: float,
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        sink: Sink | None = None,
        expect: tuple[int, ...] = (200,),
    ) -> Answer:
        """Signed by the likeliest key; by the other one where the centre does not take that."""
        who = self._known()
        ask = functools.partial(
            self._line.ask,
            method,
            path,
            within_s=within_s,
            body=body,
            headers=headers,
            sink=sink,
            expect=expect,
        )
        first = who.keys[0]
        try:
            return ask(Signature(first, who.enrolled.device))
        except CentreRefuses as refusal:
            who = self._look(who.stamp)  # another process may have made a new key meanwhile
            others = [key for key in who.keys if key.public != first.public]
            if refusal.code != "signature" or not others:
                raise
        try:
            answer = ask(Signature(others[0], who.enrolled.device))
        except CentreRefuses as refusal:
            if refusal.status != 401:
                self._took(who, others[0])
            raise
        self._took(who, others[0])
        return answer

    def _took(self, who: _Who, key: DeviceKey) -> None:
        """The centre takes this key: from now on it is the likeliest."""
        with contextlib.suppress(Trouble, OSError):  # the disk refuses: found out anew next time
            keep_enrolment(
                self._folder, msgspec.structs.replace(who.enrolled, public_key=key.public)
            )
            Keys(self._folder).settle(key.public)

    def _known(self) -> _Who:
        now = stamp(self._folder)
        if self._who is None or self._who.stamp != now:
            self._who = self._look(now)
        return self._who

    def _look(self, now: object) -> _Who:
        try:
            enrolled = read_enrolment(self._folder)
            keys = Keys(self._folder).known(enrolled.public_key if enrolled else "")
        except Trouble as error:
            raise CentreAway(error.detail, code="key") from error
        if enrolled is None:
            raise CentreAway("no code was typed here yet", code="not_enrolled")
        if not keys:
            raise CentreAway("the key is gone", code="key")
        if is_elsewhere(enrolled.marks, self._marks()):
            detail = f"the disk was enrolled as {enrolled.device} in another computer"
            raise CentreAway(detail, code="elsewhere")
        return _Who(now, enrolled, keys)


def _read(answer: Answer, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.MsgspecError as error:
        raise CentreAway(f"no answer of a centre's: {error}", code="not_a_centre") from error
