"""A face of another user: `python other_user.py SOCKET USER`; what it was told, as JSON."""

import json
import os
import sys
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.pins import hash_pin
from kiosk.words import Command, ImportBookings, IssueTicket, KeepStaff

socket, user = Path(sys.argv[1]), int(sys.argv[2])
os.setgroups([])
os.setresuid(user, user, user)


def told(command: Command) -> str:
    """ "done", or the code of the refusal."""
    try:
        with LinkClient(socket, face="screen") as face:
            face.ask(command)
    except KioskError as error:
        return error.code
    return "done"


staff = KeepStaff(code="eve", name="Eve", role="manager", pin_hash=hash_pin("246813"))
bookings = ImportBookings(bookings=())
ticket = IssueTicket(request_id="request-1", service="land")
print(json.dumps({type(one).__name__: told(one) for one in (staff, bookings, ticket)}))
