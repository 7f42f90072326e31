"""Becoming known: a technician's code, and a key that is made here.

    key.new ─▶ POST /v1/enrolments, signed by it ─▶ enrolment.json ─▶ key

A reply that was lost costs nothing: the same code and key are sent again, within the code's quarter
of an hour, and the same answer comes. Enrolled again, this kiosk has a new name and a new key.
"""

from __future__ import annotations

import contextlib
import re
from datetime import datetime
from pathlib import Path

import msgspec

from centre.wire import Enrolment, EnrolmentRequest
from centre.wire.enrolment import CODE_LENGTH, CODE_LETTERS
from kiosk.errors import CentreAway, CentreRefuses, CommandRefused, Trouble
from kiosk.sync.clock import CentreClock
from kiosk.sync.enrolment import Enrolled, keep_enrolment, read_enrolment
from kiosk.sync.keys import DeviceKey, Keys
from kiosk.sync.line import Signature, SignedLine
from kiosk.sync.marks import marks_here

LONGEST_NAME = 60


def tidy_code(text: str) -> str:
    """A code as typed: small letters, blanks and dashes do not matter. Raises CommandRefused."""
    code = re.sub(r"[\s.-]", "", text).upper()
    if len(code) != CODE_LENGTH or set(code) - set(CODE_LETTERS):
        detail = f"a code has {CODE_LENGTH} letters and figures, none of them I, O, 0 or 1"
        raise CommandRefused(detail, code="wrong_answer")
    return code


def enrol(
    folder: Path,
    url: str,
    trusted: str,
    *,
    code: str,
    name: str,
    version: str,
    within_s: float,
    now: datetime,
) -> Enrolled:
    """Have the centre at `url` take this kiosk in, and keep what it says.

    Raises CentreAway, CentreRefuses (code, key_known, too_many …) and Trouble where the disk
    refuses; then whoever was enrolled before still is.
    """
    line = SignedLine(url, trusted, CentreClock())
    try:
        key, told = _asked(folder, line, code, name[:LONGEST_NAME], version, within_s)
    finally:
        line.close()
    enrolled = Enrolled(
        url=url,
        device=told.device,
        site=told.site,
        name=name[:LONGEST_NAME],
        public_key=key.public,
        document_key=told.document_key,
        sealing_key=told.sealing_key,
        enrolled_at=now.isoformat(timespec="seconds"),
        marks=marks_here(),
    )
    keep_enrolment(folder, enrolled)
    with contextlib.suppress(OSError):  # which of the two is right is in the enrolment
        Keys(folder).settle(key.public)
    return enrolled


def _asked(
    folder: Path, line: SignedLine, code: str, name: str, version: str, within_s: float
) -> tuple[DeviceKey, Enrolment]:
    _spare_the_key_in_use(folder)
    key = Keys(folder).next()
    try:
        return key, _ask(line, key, code, name, version, within_s)
    except CentreRefuses as refusal:
        if refusal.code != "key_known":
            raise
    key = Keys(folder).next(anew=True)  # a copied disk, or a name that was taken away
    return key, _ask(line, key, code, name, version, within_s)


def _spare_the_key_in_use(folder: Path) -> None:
    """It may lie where the next one is to be, after a death in a bad moment."""
    with contextlib.suppress(Trouble, OSError):
        if (enrolled := read_enrolment(folder)) is not None:
            Keys(folder).adopt(enrolled.public_key)


def _ask(
    line: SignedLine, key: DeviceKey, code: str, name: str, version: str, within_s: float
) -> Enrolment:
    wanted = EnrolmentRequest(code=code, public_key=key.public, name=name, version=version)
    answer = line.ask(
        "POST",
        "/v1/enrolments",
        Signature(key, key.public),
        within_s=within_s,
        body=msgspec.json.encode(wanted),
        headers={"Content-Type": "application/json"},
        expect=(200, 201),
    )
    try:
        return msgspec.json.decode(answer.body, type=Enrolment)
    except msgspec.MsgspecError as error:
        raise CentreAway(f"no answer of a centre's: {error}", code="not_a_centre") from error
