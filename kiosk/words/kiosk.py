"""Words of the kiosk as a whole: what it is now, and who is called."""

from __future__ import annotations

from typing import Literal

from kiosk.words.devices import ItemState
from kiosk.words.hall import Notice
from kiosk.words.root import Command, Event, Word
from kiosk.words.technician import Verdict
from kiosk.words.tickets import PriorityState, ServiceState, TicketCard


class DeviceState(Word, frozen=True, kw_only=True):
    """An edge ("printer", "speech", "hearing", "store", "clock", "guide", and "board", "scanner",
    "base" where there are any): never absent, only unavailable.

    `left`: about how many more slips it has paper for, where that is known.
    """

    name: str
    state: Literal["ready", "starting", "unavailable"]
    reason: str = ""
    detail: str = ""
    warnings: tuple[str, ...] = ()
    left: int | None = None
    since: str = ""


class KioskState(Word, frozen=True, kw_only=True):
    """All that a face needs to draw itself after any reconnect. `now` is ISO 8601."""

    site_vi: str
    site_en: str
    centre_vi: str
    centre_en: str
    now: str
    business_day: str
    services: tuple[ServiceState, ...]
    priorities: tuple[PriorityState, ...]
    devices: tuple[DeviceState, ...]
    unfinished: tuple[TicketCard, ...] = ()  # visits that were cut off, newest first
    items: tuple[ItemState, ...] = ()  # what can be had here
    present: bool | None = None  # whether somebody stands before the kiosk; None: no sensor
    hours: str = ""  # of the house today, "7:30–11:30, 13:30–17:00"; "" where it keeps none
    notices: tuple[Notice, ...] = ()  # that hold today
    maintenance: bool = False  # a technician works here: no citizen is served
    elsewhere_vi: str = ""  # where to go meanwhile
    elsewhere_en: str = ""
    first_start: bool = False  # whoever is let in sets the kiosk up on its screen


class AskState(Command, frozen=True, kw_only=True, tag="ask_state"):
    """The whole KioskState now."""


class CallClerk(Command, frozen=True, kw_only=True, tag="call_clerk"):
    """A citizen wants a person; `page` is where they were, `kiosk` the letter of another kiosk."""

    page: str = ""
    kiosk: str = ""


class SetMaintenance(Command, frozen=True, kw_only=True, tag="set_maintenance"):
    """A technician begins to work at the kiosk, or is done. It stays so over a restart."""

    on: bool


class SimulateFault(Command, frozen=True, kw_only=True, tag="simulate_fault"):
    """Make a simulated device misbehave (empty: behave again). Real devices refuse."""

    device: str
    fault: str = ""


class ReloadConfig(Command, frozen=True, kw_only=True, tag="reload_config"):
    """Read config.toml again and take over what needs no restart. Refused (config) where it is
    wrong: then everything stays as it was."""


class NoteDevice(Command, frozen=True, kw_only=True, tag="note_device"):
    """Write a line into the history of a device: what a test of it has come to.

    `source` is who tested it ("doctor", "self_test"), `reason` a stable code.
    """

    device: str
    state: Verdict
    source: str
    reason: str = ""


class ConfigResult(Word, frozen=True, kw_only=True, tag="config"):
    """The keys that changed since the start: those that count now, and those that need a restart,
    in dotted names."""

    at_once: tuple[str, ...] = ()
    restart: tuple[str, ...] = ()


class StateResult(Word, frozen=True, kw_only=True, tag="state"):
    """What is now."""

    state: KioskState


class StateChanged(Event, frozen=True, kw_only=True, tag="state_changed"):
    """Services, devices or the clock changed: the whole new state."""

    state: KioskState


class DeviceNoted(Event, frozen=True, kw_only=True, tag="device_noted"):
    """A device was tested."""

    device: str
    state: Verdict
    source: str
    reason: str = ""


class ClerkCalled(Event, frozen=True, kw_only=True, tag="clerk_called"):
    """A person was asked for."""

    page: str
