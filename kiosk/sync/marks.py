"""In which computer this disk is: marks of the hardware, none of which is on the disk itself.

A disk that was copied carries key and name into a second computer, and two kiosks would speak as
one. So a kiosk keeps the marks of the computer that it was enrolled in, and where it finds itself
in one that shares none of them it says nothing to the centre until it is enrolled anew. One new
network card is no other computer; without any mark to see (a container) nothing is concluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


def marks_here(sys: Path = Path("/sys"), proc: Path = Path("/proc")) -> tuple[str, ...]:
    """The marks of this computer."""
    return tuple(sorted({*_cards(sys), *_boards(sys, proc)}))


def is_elsewhere(kept: Iterable[str], here: Iterable[str]) -> bool:
    """Whether the marks are those of two computers."""
    before, now = set(kept), set(here)
    return bool(before and now) and before.isdisjoint(now)


def _cards(sys: Path) -> Iterator[str]:
    """Network cards that are built in: those on USB wander."""
    for card in sorted((sys / "class" / "net").glob("*")):
        device = card / "device"
        if device.exists() and "/usb" not in str(device.resolve()):
            address = _read(card / "address")
            if address.strip(":0"):
                yield f"mac {address}"


def _boards(sys: Path, proc: Path) -> Iterator[str]:
    """The mainboard, where this user may ask for it."""
    for path in (
        sys / "class" / "dmi" / "id" / "product_uuid",
        proc / "device-tree" / "serial-number",
    ):
        if mark := _read(path).strip("\0"):
            yield f"board {mark}"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
