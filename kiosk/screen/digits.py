"""What a key of the number pad does to the figures before it. Pure."""

from __future__ import annotations


def dialled(figures: str, key: str, *, longest: int) -> str:
    """The figures after a key: a figure, "erase" (the last one) or "clear"."""
    match key:
        case "clear":
            return ""
        case "erase":
            return figures[:-1]
        case _ if len(key) == 1 and key.isdecimal() and len(figures) < longest:
            return figures + key
    return figures
