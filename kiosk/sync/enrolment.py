"""Who this kiosk is at the centre: what it was told when a technician typed the code.

<data>/centre/enrolment.json    one JSON object, for this user alone
<data>/centre/sealing.key       the key to which telephone numbers are sealed, where there is one
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from kiosk.errors import Trouble
from kiosk.settings.keeping import write_whole

FILE, SEALING = "enrolment.json", "sealing.key"


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """`public_key` is the one that the centre was last known to take; keys are hexadecimal.

    `marks` are those of the computer in which it was enrolled; see kiosk.sync.marks.
    """

    url: str
    device: str
    site: str
    name: str
    public_key: str
    document_key: str
    enrolled_at: str
    sealing_key: str = ""
    marks: tuple[str, ...] = ()


def read_enrolment(folder: Path) -> Enrolled | None:
    """None where this kiosk was never enrolled. Raises Trouble where nobody can tell."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Enrolled)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise Trouble(f"{path}: no enrolment: {error}", code="enrolment") from error


def keep_enrolment(folder: Path, enrolled: Enrolled) -> None:
    """Put it in the place of the one before, durably. Raises Trouble."""
    text = msgspec.json.format(msgspec.json.encode(enrolled), indent=2).decode()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if enrolled.sealing_key:
            write_whole(folder / SEALING, f"{enrolled.sealing_key}\n", mode=0o600)
        else:
            (folder / SEALING).unlink(missing_ok=True)
        write_whole(folder / FILE, text + "\n", mode=0o600)
    except OSError as error:
        raise Trouble(f"{folder} cannot be written: {error}", code="read_only") from error


def stamp(folder: Path) -> object:
    """Differs when this kiosk was enrolled anew, or has another key; costs one look at the disk."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
