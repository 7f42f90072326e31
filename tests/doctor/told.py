"""What a check says, and what a core would tell of its devices."""

from datetime import datetime

from kiosk.queueing.hours import HANOI
from kiosk.words import DeviceState, KioskState


def said(finding):
    return finding.state, finding.code


def core_with(*known: DeviceState) -> KioskState:
    """What a core would tell of these devices."""
    names = dict.fromkeys(("site_vi", "site_en", "centre_vi", "centre_en"), "x")
    now = datetime.now(HANOI).isoformat()
    return KioskState(
        **names, now=now, business_day=now[:10], services=(), priorities=(), devices=known
    )


def unavailable(name, reason, **more):
    return core_with(DeviceState(name=name, state="unavailable", reason=reason, **more))
