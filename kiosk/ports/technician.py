"""What the technician's rooms in the core need of the disk, the doctor and the configuration.

All of them block: the core asks them on a thread of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.ports.devices import Outcome
from kiosk.words.first_start import FirstStartResult
from kiosk.words.kiosk import KioskState
from kiosk.words.settings import SettingsResult
from kiosk.words.technician import LogLine, LogName, PartFinding, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianKeys:
    """What lets a technician in, as hashes ("": nobody), and how many wrong PINs came since."""

    pin_hash: str = ""
    badge_hash: str = ""
    wrong: int = 0


class KeyBook(Protocol):
    """Where the keys are kept, through power cuts."""

    def read(self) -> TechnicianKeys:
        """What is kept; nothing where it cannot be read. Raises nothing."""
        ...

    def keep(self, keys: TechnicianKeys) -> None:
        """Durable when it returns. Raises Trouble (read_only)."""
        ...


class Doctor(Protocol):
    """Looks at every part, and knows the words for what was found."""

    def version(self) -> str:
        """Of the kiosk's software."""
        ...

    def examine(self, state: KioskState, only: Collection[str] = ()) -> Sequence[PartFinding]:
        """The findings of all checks, or of some, within five seconds. Raises nothing."""
        ...

    def tell(self, part: str, state: Verdict, code: str, values: Mapping[str, str]) -> PartFinding:
        """A finding of the core's own in words."""
        ...


class LogShelf(Protocol):
    """The logs of the kiosk's processes."""

    def tail(self, name: LogName, limit: int, staff: Collection[str]) -> Sequence[LogLine]:
        """The last lines, without anything personal; `staff` are names to be taken out."""
        ...


class SettingsDesk(Protocol):
    """config.toml, as the technician's pages set it."""

    def read(self) -> SettingsResult:
        """What is set now."""
        ...

    def change(self, name: str, value: str, *, default: bool, save: bool) -> None:
        """Set one key. Raises ConfigError and Trouble (read_only)."""
        ...

    def restore(self) -> None:
        """Put the version before this one back. Raises ConfigError and Trouble (read_only)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPeople:
    """Who may manage the site, and enter as a technician, from the first start on. Hashes are
    argon2's; "" for none."""

    code: str = ""
    name: str = ""
    manager_hash: str = ""
    technician_hash: str = ""


class FirstStartDesk(Protocol):
    """The first start's steps, kept between two evenings."""

    def ask(self) -> FirstStartResult:
        """The step now."""
        ...

    def answer(self, value: str, pin: str, technician_pin: str) -> NewPeople | None:
        """Take an answer in; at the last one config.toml is saved, and the people to be kept are
        given back. Raises CommandRefused (wrong_answer, bad_pin), ConfigError and Trouble."""
        ...

    def takes_long(self, value: str) -> bool:
        """Whether the answer waits for the network, and so for seconds."""
        ...

    def skip(self) -> None:
        """Leave this thing as it is. Raises Trouble (read_only)."""
        ...

    def back(self) -> None:
        """The step before. Raises Trouble (read_only)."""
        ...

    def print_test(self) -> tuple[Outcome, str] | None:
        """Print the test slip at the printer that was chosen, and tell what became of it; None
        where that is the one the kiosk works with."""
        ...

    @property
    def wanted(self) -> bool:
        """Whether it is to begin by itself."""
        ...

    def want(self, *, wanted: bool) -> None:
        """From now on, over a restart too. Raises Trouble (read_only)."""
        ...
