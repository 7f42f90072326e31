"""The root of what travels."""

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A message. What a newer sender adds is passed over; what was promised must be there."""


class StrictShape(Shape, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message in which a field that is not known is an error: nothing is smuggled in."""
