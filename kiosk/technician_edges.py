"""The edges of the technician's rooms: the doctor, the logs, the configuration, the first start.

Everything heavy is imported when a technician wants it, on the rooms' own threads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.printer.test_slip import CUT_SLIP, TEST_SLIP
from kiosk.config import Config
from kiosk.core.technician import TechnicianEdges
from kiosk.first_start.desk import ScreenDesk
from kiosk.paths import DataFolder
from kiosk.reconfiguring import Reconfiguring
from kiosk.settings.desk import Desk
from kiosk.technician_keys import KeyFile
from kiosk.words import KioskState, LogLine, LogName, PartFinding, Verdict

if TYPE_CHECKING:
    from kiosk.doctor.finding import Finding
    from kiosk.first_start.sitting import Sitting

TAIL_BYTES = 128_000
_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} (?P<level>[A-Z]) (?P<text>.*)", re.DOTALL
)
DEVICES: Mapping[str, str] = {"sound": "speech", "microphone": "hearing", "catalogue": "guide"}
"""Which of the core's devices a check looks at, where it is called otherwise."""


def edges_of_technician(
    config: Config, data: DataFolder, reconfiguring: Reconfiguring
) -> TechnicianEdges:
    """All of them for one kiosk."""
    return TechnicianEdges(
        book=KeyFile(data.technician),
        doctor=DoctorEdge(config, data, reconfiguring),
        logs=LogEdge(data.logs),
        settings=Desk(reconfiguring.shelf, lambda: reconfiguring.waiting),
        first_start=ScreenDesk(
            lambda: _sitting(config, data, reconfiguring), data.first_start_wanted
        ),
        slips={"print": TEST_SLIP, "cut": CUT_SLIP},
    )


def _sitting(config: Config, data: DataFolder, reconfiguring: Reconfiguring) -> Sitting:
    from kiosk.first_start.sitting import Sitting  # noqa: PLC0415

    def enrol(code: str, url: str) -> None:
        from kiosk.centre_commands import make_known  # noqa: PLC0415

        make_known(data, url, config.centre.trusted, code=code)

    return Sitting(data, reconfiguring.shelf, config.printer.port, enrol)


class DoctorEdge:
    """See kiosk.ports.technician.Doctor."""

    def __init__(self, config: Config, data: DataFolder, reconfiguring: Reconfiguring) -> None:
        self._config = config
        self._data = data
        self._reconfiguring = reconfiguring

    def version(self) -> str:
        """Of the kiosk's software."""
        from kiosk.version import version  # noqa: PLC0415

        return version()

    def examine(self, state: KioskState, only: Collection[str] = ()) -> Sequence[PartFinding]:
        """The findings of all checks, or of some."""
        from kiosk.doctor.examining import CHECKS, examine  # noqa: PLC0415
        from kiosk.doctor.premises import Premises  # noqa: PLC0415

        premises = Premises(
            data=self._data,
            config=self._config,
            fault=self._reconfiguring.fault,
            kept=self._reconfiguring.kept,
            state=state,
        )
        wanted = {name: check for name, check in CHECKS.items() if not only or name in only}
        since = {one.name: one.since for one in state.devices}
        return [
            self._told(one, since.get(DEVICES.get(one.check, one.check), ""))
            for one in examine(premises, wanted)
        ]

    def tell(self, part: str, state: Verdict, code: str, values: Mapping[str, str]) -> PartFinding:
        """A finding of the core's own in words."""
        from kiosk.doctor.finding import Finding  # noqa: PLC0415

        return self._told(Finding(part, state, code, dict(values)), "")

    @staticmethod
    def _told(finding: Finding, since: str) -> PartFinding:
        from kiosk.doctor.finding import Words  # noqa: PLC0415

        vietnamese, english = Words("vi"), Words("en")
        vi, en = vietnamese.tell(finding), english.tell(finding)
        return PartFinding(
            part=finding.check,
            state=finding.state,
            code=finding.code,
            name_vi=vietnamese.name(finding.check),
            name_en=english.name(finding.check),
            means_vi=vi.means,
            means_en=en.means,
            do_vi=vi.do,
            do_en=en.do,
            since=since,
        )


class LogEdge:
    """See kiosk.ports.technician.LogShelf; the logs lie in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tail(self, name: LogName, limit: int, staff: Collection[str]) -> Sequence[LogLine]:
        """The last lines, without anything personal; none where there is no such log."""
        from kiosk.support.scrubber import Scrubber  # noqa: PLC0415

        path = self._folder / f"{name}.log"
        text = "".join(_end_of(one) for one in (path.with_name(f"{path.name}.1"), path))
        cleaned, _ = Scrubber(staff).clean(text[-TAIL_BYTES:])
        return list(_lines(cleaned))[-limit:]


def _end_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL_BYTES))
            return file.read().decode("utf-8", errors="replace")
    except OSError:
        return ""


def _lines(text: str) -> Iterator[LogLine]:
    for line in text.splitlines():
        if found := _LINE.fullmatch(line):
            yield LogLine(at=found["at"], level=found["level"], text=found["text"])
        elif line.strip():
            yield LogLine(at="", level="", text=line)  # of a trace
