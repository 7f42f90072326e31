"""Who serves, and who is called for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["clerk", "manager"]
CODE = r"[a-z0-9][a-z0-9.\-]{0,19}"
"""What a code looks like: a-z, 0-9, "." and "-", 1 to 20 characters, for a browser too."""


def is_good_code(code: str) -> bool:
    """Whether somebody may log in under this code."""
    return re.fullmatch(CODE, code) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A member of staff: a short code, the name as colleagues know it, and what they may do."""

    code: str
    name: str
    role: Role = "clerk"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedCall:
    """A citizen at a kiosk wants a person. Times are ISO 8601; "" while nobody has answered."""

    id: int
    page: str
    raised_at: str
    kiosk: str = ""
    answered_at: str = ""
    answered_by: str = ""
