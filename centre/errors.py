"""What can go wrong, as a tree. Each has a stable code and becomes a problem document (RFC 9457).

CentreError                 500   a bug: logged with its trace
└── Refused                 400   what was asked is not done; code and detail say why
    ├── NotKnown            401   no signature, or nobody's whom we know
    ├── NotAllowed          403   known, but not for this
    ├── Missing             404
    ├── Conflict            409   not as things stand; `more` says how they stand
    ├── TooLarge            413
    ├── Unprocessable       422   well formed, and against a rule
    ├── TooMany             429   `retry_after_s`
    └── Away                503   something that we need is away; `retry_after_s`
"""

from __future__ import annotations

from collections.abc import Mapping


class CentreError(Exception):
    """The root: a bug of this project where nothing below fits."""

    status = 500
    code = "bug"

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        more: Mapping[str, object] | None = None,
        retry_after_s: int = 0,
    ) -> None:
        """`more` are further members of the problem document."""
        super().__init__(detail)
        self.detail = detail
        self.more = dict(more or {})
        self.retry_after_s = retry_after_s
        if code is not None:
            self.code = code


class Refused(CentreError):
    """What was asked is not done."""

    status, code = 400, "wrong_request"


class NotKnown(Refused):
    """Nobody that we know."""

    status, code = 401, "not_known"


class NotAllowed(Refused):
    """Known, but not for this."""

    status, code = 403, "not_allowed"


class Missing(Refused):
    """There is no such thing, or not for whoever asks."""

    status, code = 404, "missing"


class Conflict(Refused):
    """Not as things stand."""

    status, code = 409, "conflict"


class TooLarge(Refused):
    """More than we take at once."""

    status, code = 413, "too_large"


class Unprocessable(Refused):
    """Well formed, and against a rule."""

    status, code = 422, "against_a_rule"


class TooMany(Refused):
    """Too often; `retry_after_s` says when again."""

    status, code = 429, "too_many"


class Away(Refused):
    """Something that we need is away; `retry_after_s` says when to ask again."""

    status, code = 503, "away"
