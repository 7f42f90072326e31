"""The second factor: a code of six figures from an app (RFC 6238), each taken once."""

from __future__ import annotations

import hmac
import re
from datetime import datetime

import pyotp

WINDOW = 1  # steps of 30 s before and after: clocks of telephones differ
ISSUER = "Le Tan"
_CODE = re.compile(r"\d{6}", re.ASCII)


def new_secret() -> str:
    """A secret for an app, base32."""
    return pyotp.random_base32()


def address_for_app(secret: str, name: str) -> str:
    """What the app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The time step of a code that is right now and later than `last`; None of any other.

    Whoever takes it keeps the step as `last`, so that it is taken once.
    """
    code = re.sub(r"\s", "", code)
    if _CODE.fullmatch(code) is None:
        return None
    otp = pyotp.TOTP(secret)
    step = otp.timecode(now)
    found = None
    for near in range(step - WINDOW, step + WINDOW + 1):
        if hmac.compare_digest(code, otp.generate_otp(near)) and near > last:
            found = near
    return found
