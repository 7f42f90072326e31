"""One sitting of a first start, however it is asked: on the command line or on the screen.

What was answered is kept after each step, so that it goes on another day where it stopped.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from hardware.found_ports import FoundPort, serial_ports, usb_printers
from kiosk.config import Config
from kiosk.errors import ConfigError
from kiosk.first_start import steps
from kiosk.first_start.outcome import configured, keep_progress, read_progress, wards_of_hanoi
from kiosk.first_start.steps import ALONE, NONE, TEMPLATES, Progress
from kiosk.paths import ASSETS, DataFolder
from kiosk.ports import Outcome
from kiosk.settings.keeping import ConfigShelf
from kiosk.texts import Texts
from kiosk.words import StepChoice

SIMULATED = "simulated"
Enrol = Callable[[str, str], object]
"""Have the centre take this kiosk in: code and address. Raises KioskError."""


class Sitting:
    """`works_with` is the port of the printer that this kiosk has now; see Enrol."""

    def __init__(self, data: DataFolder, shelf: ConfigShelf, works_with: str, enrol: Enrol) -> None:
        self._enrol = enrol
        self._data = data
        self._shelf = shelf
        self.works_with = works_with
        self.texts = Texts(ASSETS / "i18n", "first_start")
        self.wards = wards_of_hanoi()
        self.progress = read_progress(data.first_start)

    def answer(self, value: str) -> None:
        """The step now is answered. Raises WrongAnswer and Trouble (read_only)."""
        self._keep(steps.answer(self.progress, value))

    def join(self, code: str, url: str) -> None:
        """Become known at the centre, and answer the step with its address. Takes as long as the
        network. Raises KioskError; then the step is asked again."""
        steps.answer(self.progress, url)
        self._enrol(code, url)
        self.answer(url)

    def skip(self) -> None:
        """It is left as the kiosk has it. Raises Trouble (read_only)."""
        self._keep(steps.skip(self.progress))

    def back(self) -> None:
        """The step before is asked again. Raises Trouble (read_only)."""
        self._keep(steps.back(self.progress))

    def save(self) -> None:
        """Write config.toml from the answers; where no template is chosen, they change what is set
        now. Raises ConfigError and Trouble (read_only)."""
        there: Config | None = None
        with contextlib.suppress(ConfigError):
            there = self._shelf.in_force().config
        self._shelf.save(configured(self.progress, there))

    def end(self) -> None:
        """All is done: the next first start begins anew."""
        self._data.first_start.unlink(missing_ok=True)
        self.progress = Progress()

    @property
    def printer(self) -> str:
        """The port that was chosen, or else that of the printer here."""
        return self.progress.answers.get("printer") or self.works_with

    def print_test(self) -> tuple[Outcome, str]:
        """The slip with every mark, at the printer that was chosen; its outcome and reason."""
        return print_test_slip(self.printer, self._data.slips)

    def choices(self) -> list[StepChoice]:
        """What the step now can be answered with, where that is known; ports are looked for."""
        match self.progress.at:
            case "language":
                return [_as_it_is("vi", "Tiếng Việt"), _as_it_is("en", "English")]
            case "template":
                return [self._told(code, f"template.{code}") for code in TEMPLATES]
            case "printer":
                return self._ports([*usb_printers(), *serial_ports()])
            case "board" | "scanner":
                return self._ports(serial_ports())
            case "centre":
                return [self._told(ALONE, f"choice.{ALONE}")]
            case _:
                return []

    def _ports(self, found: Iterable[FoundPort]) -> list[StepChoice]:
        fixed = [self._told(name, f"choice.{name}") for name in (NONE, SIMULATED)]
        return fixed + [_as_it_is(one.port, f"{one.about} ({one.now})") for one in found]

    def _told(self, value: str, key: str) -> StepChoice:
        return StepChoice(
            value=value, about_vi=self.texts.get(key, "vi"), about_en=self.texts.get(key, "en")
        )

    def _keep(self, progress: Progress) -> None:
        if not progress.is_done:
            keep_progress(self._data.first_start, progress)
        self.progress = progress


def _as_it_is(value: str, about: str) -> StepChoice:
    return StepChoice(value=value, about_vi=about, about_en=about)


def print_test_slip(port: str, slips: Path) -> tuple[Outcome, str]:
    """Print the slip with every mark, at a port that nobody else holds. Raises PortError."""
    from hardware.printer.ports import open_printer  # noqa: PLC0415 - drawing takes a while
    from hardware.printer.test_slip import TEST_SLIP  # noqa: PLC0415

    printer = open_printer(port, paper_mm=80, fonts=ASSETS / "fonts", out_dir=slips)
    try:
        report = printer.print_slip(TEST_SLIP, job_id=int(time.time()))
    finally:
        printer.close()
    return report.outcome, report.reason
