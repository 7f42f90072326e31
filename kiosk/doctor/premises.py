"""What the checks look at: the configuration in force, the data folder, the core if one runs."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.config import Config
from kiosk.errors import ConfigError, LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import PROJECT, DataFolder
from kiosk.settings.keeping import shelf_of
from kiosk.words import DeviceState, KioskState

ANSWER_WITHIN_S = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """`config` is None where no version of it is good; `fault` says why the file's own is not,
    `given_fault` why what the centre gave is not laid over it.

    `state` is what the core tells; None where none answers, and `hung` where one holds the data
    folder all the same. `sys`, `proc` and `dev` are the kernel's folders, `project` is where this
    program lies.
    """

    data: DataFolder
    config: Config | None
    fault: str = ""
    kept: str = ""
    given_fault: str = ""
    state: KioskState | None = None
    hung: bool = False
    sys: Path = field(default=Path("/sys"))
    proc: Path = field(default=Path("/proc"))
    dev: Path = field(default=Path("/dev"))
    project: Path = field(default=PROJECT)

    def device(self, name: str) -> DeviceState | None:
        """How the running core finds a device; None without a core, or without such a device."""
        devices = self.state.devices if self.state else ()
        return next((one for one in devices if one.name == name), None)


def look_around(config: Path, data: DataFolder) -> Premises:
    """The premises as they are now. Raises nothing."""
    shelf = shelf_of(config, data)
    found, fault, kept, given_fault = None, "", "", ""
    try:
        in_force = shelf.in_force()
        found, fault, kept = in_force.config, in_force.fault, in_force.kept
        given_fault = in_force.given_fault
    except ConfigError as error:
        fault = error.detail
    state = _state_of_core(data)
    return Premises(
        data=data,
        config=found,
        fault=fault,
        kept=kept,
        given_fault=given_fault,
        state=state,
        hung=state is None and _is_held(data),
    )


def _state_of_core(data: DataFolder) -> KioskState | None:
    try:
        with LinkClient(data.socket, face="doctor", timeout_s=ANSWER_WITHIN_S) as client:
            return client.welcome_state
    except (LinkError, OSError):
        return None


def _is_held(data: DataFolder) -> bool:
    try:
        with holding(data):
            return False
    except BlockingIOError:
        return True
    except OSError:
        return False


@contextmanager
def holding(data: DataFolder) -> Iterator[None]:
    """Keep a core from starting meanwhile. Raises BlockingIOError where one runs, and OSError."""
    with (data.root / "core.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
