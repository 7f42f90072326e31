"""Who is at the other end of the local socket, and what a face of another user may not ask.

On an installed kiosk the screen has a user of its own. Whoever takes over the screen can do there
what a citizen's hands can do, and no more: staff, bookings, the tie between kiosks and what lets a
technician in are kept by the core's own user (the site's pages, the command line) and by root. A
technician's deeds are done under the screen's own name, before which the core asks for the PIN.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
from pathlib import Path

from kiosk.words import (
    AnyCommand,
    CopyBookings,
    ForgiveTechnician,
    ImportBookings,
    IssueForKiosk,
    KeepStaff,
    KeepTechnicianBadge,
    KeepTechnicianPin,
    OpenFirstStart,
    RemoveStaff,
    SimulateFault,
    TakeOver,
    TechnicianCommand,
)

SCREEN = "screen"
OWNERS_ALONE = (
    KeepStaff | RemoveStaff | ImportBookings | CopyBookings | IssueForKiosk | TakeOver
    | KeepTechnicianPin | KeepTechnicianBadge | ForgiveTechnician | OpenFirstStart | SimulateFault
)  # fmt: skip
_CREDENTIALS = struct.Struct("3i")  # struct ucred: process, user, group


def socket_mode(folder: Path) -> int:
    """The mode of a socket in this folder: 0660 where a group shares it (setgid), else 0600."""
    return 0o660 if folder.stat().st_mode & stat.S_ISGID else 0o600


def user_of(peer: socket.socket) -> int:
    """The user at the other end, as the kernel knows it (SO_PEERCRED)."""
    told = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(told)[1])


def may_ask(command: AnyCommand, user: int, face: str) -> bool:
    """Whether a face of this user and name may ask that of a core of ours."""
    if user in {0, os.geteuid()}:
        return True
    if isinstance(command, OWNERS_ALONE):
        return False
    return face == SCREEN or not isinstance(command, TechnicianCommand)
