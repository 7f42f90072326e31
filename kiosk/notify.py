"""Telling the service manager that we are ready and alive (sd_notify(3)).

systemd and our own supervisor listen alike: both give a datagram socket in NOTIFY_SOCKET. The
message is sent from the loop that matters, so that a loop that hangs is noticed.
"""

from __future__ import annotations

import os
import socket

READY = "READY=1"
ALIVE = "WATCHDOG=1"
STOPPING = "STOPPING=1"


def notify(message: str) -> bool:
    """Send a message; False where nobody listens. Never blocks, never raises."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender:
            sender.sendto(message.encode(), address)
    except OSError:
        return False
    return True
