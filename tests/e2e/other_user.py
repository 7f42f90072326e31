"""A face of another user: `python other_user.py SOCKET USER`; what it was told, as JSON."""

import json
import os
import sys
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.pins import hash_pin
from kiosk.words import (
    AskSettings,
    Command,
    ImportBookings,
    IssueTicket,
    KeepStaff,
    KeepTechnicianPin,
)

socket, user = Path(sys.argv[1]), int(sys.argv[2])
os.setgroups([])
os.setresuid(user, user, user)


def told(command: Command, name: str = "screen") -> str:
    """ "done", or the code of the refusal."""
    try:
        with LinkClient(socket, face=name) as face:
            face.ask(command)
    except KioskError as error:
        return error.code
    return "done"


staff = KeepStaff(code="eve", name="Eve", role="manager", pin_hash=hash_pin("246813"))
wanted = {
    "KeepStaff": (staff, "screen"),
    "ImportBookings": (ImportBookings(bookings=()), "screen"),
    "KeepTechnicianPin": (KeepTechnicianPin(pin_hash=hash_pin("246813")), "cli"),
    "AskSettings as a screen": (AskSettings(), "screen"),
    "AskSettings under another name": (AskSettings(), "cli"),
    "IssueTicket": (IssueTicket(request_id="request-1", service="land"), "screen"),
}
print(json.dumps({what: told(command, name) for what, (command, name) in wanted.items()}))
