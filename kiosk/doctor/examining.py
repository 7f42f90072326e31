"""All checks at once, each on a thread of its own: done in five seconds whatever hangs.

A check never raises, and one that does all the same is a finding too.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from kiosk.doctor import centre, devices, knowledge, machine, network, settings, storage
from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises

log = logging.getLogger(__name__)

WITHIN_S = 4.5
Check = Callable[[Premises], Finding]

CHECKS: Mapping[str, Check] = {
    "config": settings.config,
    "secrets": settings.secrets,
    "release": settings.release,
    "core": settings.core,
    "data": storage.data,
    "store": storage.store,
    "backup": storage.backup,
    "journal": storage.journal,
    "outbox": storage.outbox,
    "printer": devices.printer,
    "board": devices.board,
    "scanner": devices.scanner,
    "base": devices.base,
    "sound": devices.sound,
    "microphone": devices.microphone,
    "model": knowledge.model,
    "catalogue": knowledge.catalogue,
    "clock": machine.clock,
    "network": network.network,
    "pages": network.pages,
    "certificate": network.certificate,
    "leader": network.leader,
    "enrolment": centre.enrolment,
    "centre": centre.centre,
    "centre_clock": centre.centre_clock,
    "disk": machine.disk,
    "temperature": machine.temperature,
    "monitors": machine.monitors,
}
DEVICES = ("printer", "board", "scanner", "base", "sound", "microphone", "disk", "monitors")
"""The checks that leave a line in the devices' history."""


def examine(
    premises: Premises, checks: Mapping[str, Check] = CHECKS, *, within_s: float = WITHIN_S
) -> list[Finding]:
    """The findings, in the order of the checks; those that take too long are said to."""
    found: dict[str, Finding] = {}

    def run(name: str, check: Check) -> None:
        try:
            found[name] = check(premises)
        except Exception as error:
            log.debug("the check %s failed", name, exc_info=True)
            detail = f"{type(error).__name__}: {error}"
            found[name] = Finding(name, "warning", "check_failed", {"detail": detail})

    threads = [
        threading.Thread(target=run, args=item, name=f"doctor-{item[0]}", daemon=True)
        for item in checks.items()
    ]
    ends = time.monotonic() + within_s
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    late = {"seconds": f"{within_s:g}"}
    return [found.get(name, Finding(name, "warning", "too_slow", late)) for name in checks]
