"""What goes into a support bundle: log, configuration, versions, findings; nothing personal.

The database, its backups and journal, sessions, keys and sounds are never looked into for it.
"""

from __future__ import annotations

import json
import platform
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

import msgspec

from kiosk.doctor.finding import Finding, Words
from kiosk.doctor.premises import Premises
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.settings.keeping import shelf_of
from kiosk.store.examination import names_of_staff
from kiosk.support.scrubber import Scrubber

LOG_BYTES = 2_000_000  # of each process, the newest
FAULT_LINES = 300
PACKAGES = ("le-tan", "PySide6-Essentials", "litestar", "msgspec", "sqlite-utils", "ctranslate2")


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the bundle, and what was taken out of it."""

    name: str
    text: str
    taken_out: Counter[str]


@dataclass(frozen=True, slots=True)
class Bundle:
    """`left_out`: what would have been in it, and why it is not."""

    parts: tuple[Part, ...]
    left_out: tuple[str, ...] = ()


def gather(premises: Premises, config: Path, findings: Sequence[Finding]) -> Bundle:
    """Everything, cleaned. Raises nothing: what cannot be read is left out and said.

    Where nobody can tell the names of staff, no log goes in: a name could stand in it.
    """
    data = premises.data
    staff = names_of_staff(data.database, data.backups)
    scrubber = Scrubber(staff or ())
    left_out = []
    texts = dict(_always(premises, config, findings))
    if staff is None:
        left_out.append("logs: the names of staff cannot be read, so none could be taken out")
    else:
        texts |= dict(_logs(data))
    parts = []
    for name, text in texts.items():
        cleaned, taken_out = scrubber.clean(text)
        parts.append(Part(name, cleaned, taken_out))
    return Bundle(tuple(parts), tuple(left_out))


def _always(
    premises: Premises, config: Path, findings: Sequence[Finding]
) -> Iterator[tuple[str, str]]:
    yield "versions.txt", _versions()
    words = Words("en")
    told = [msgspec.to_builtins(words.tell(one)) for one in findings]
    yield "doctor.json", json.dumps(told, ensure_ascii=False, indent=1)
    yield "config.toml", _read(config)
    shelf = shelf_of(config, premises.data)
    kept = [f"{one.since.isoformat()}  {one.path.name}" for one in shelf.kept()]
    yield "config-history.txt", "\n".join(kept)
    if premises.state is not None:
        devices = msgspec.to_builtins(premises.state.devices)
        yield "devices-now.json", json.dumps(devices, ensure_ascii=False, indent=1)
    history = premises.data.device_history
    former = history.with_name(f"{history.name}.1")
    yield "devices-history.jsonl", _read(former) + _read(history)


def _logs(data: DataFolder) -> Iterator[tuple[str, str]]:
    faults = []
    for path in sorted(data.logs.glob("*.log")):
        text = _newest(path)
        yield f"logs/{path.name}", text
        lines = [line for line in text.splitlines() if " W " in line or " E " in line]
        faults += [f"{path.stem}: {line}" for line in lines[-FAULT_LINES:]]
    yield "last-faults.txt", "\n".join(faults)


def _newest(path: Path) -> str:
    """The end of a log and its former files, oldest first."""
    former = sorted(path.parent.glob(f"{path.name}.*"), key=lambda one: one.suffix, reverse=True)
    text = "".join(_read(one) for one in [*former, path])
    return text[-LOG_BYTES:]


def _versions() -> str:
    lines = [
        f"made {datetime.now(HANOI).isoformat(timespec='seconds')}",
        f"python {platform.python_version()} on {platform.platform()}",
        f"command {Path(sys.executable).name}",
    ]
    for name in PACKAGES:
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} not installed")
    return "\n".join(lines)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
