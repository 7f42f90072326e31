"""A real core process, a simulated printer on a real line, and a face that asks and listens."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from hardware.printer.paper import PAPERS
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.simulators.printer import SimulatedPrinter
from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.paths import ASSETS, DEFAULT_CONFIG, DataFolder
from kiosk.words import (
    AnyCommand,
    AnyEvent,
    AskState,
    DeviceState,
    Result,
    SlipChanged,
    SlipState,
    StateChanged,
    StateResult,
)

LineKind = Literal["tcp", "pty"]
START_S = 60.0


class Ward:
    """One core with its own data folder; closed, the core is gone."""

    def __init__(self, folder: Path, kind: LineKind) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.machine = SimulatedPrinter(
            paper=PAPERS[80], fonts=ASSETS / "fonts", out_dir=folder / "slips"
        )
        self.slips: dict[int, SlipState] = {}
        """The newest state of each print job, by its id."""
        self.printer = DeviceState(name="printer", state="starting")
        self._line = (
            TcpLine(self.machine) if kind == "tcp" else PtyLine(self.machine, folder / "tty")
        )
        self._log = (folder / "core.log").open("wb")
        data = DataFolder(folder / "data")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "kiosk", "--config", str(self._config(folder))),
                *("--data", str(data.root), "core"),
            ],
            stderr=self._log,
        )
        self._client = self._connected(data)

    def _config(self, folder: Path) -> Path:
        """config.toml as it ships, with this printer, dumb and deaf: models take long to load."""
        line = self._line
        port = f"tcp:127.0.0.1:{line.port}" if isinstance(line, TcpLine) else f"serial:{line.link}"
        text = DEFAULT_CONFIG.read_text("utf-8")
        text = re.sub(r'(?m)^port = "simulated"', f'port = "{port}"', text)
        text = re.sub(r"(?m)^enabled = true", "enabled = false", text)  # neither mouth nor ears
        path = folder / "config.toml"
        path.write_text(text, "utf-8")
        return path

    def _connected(self, data: DataFolder) -> LinkClient:
        ends = time.monotonic() + START_S
        while True:
            try:
                return LinkClient(data.socket, face="screen", timeout_s=30.0)
            except KioskError:
                if time.monotonic() > ends or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def ask(self, command: AnyCommand) -> Result:
        """What the core answers. Raises `KioskError`."""
        return self._client.ask(command)

    def until(self, check: Callable[[], bool], within_s: float) -> bool:
        """Listen until `check()` is true; False when the time is over."""
        if check():
            return True
        for event in self._client.wait_for_events(within_s):
            self._note(event)
            if check():
                return True
        return False

    def until_printer(self, state: str, within_s: float) -> bool:
        """Until the printer is told to be in that state."""
        result = self.ask(AskState())
        assert isinstance(result, StateResult)
        self._take(result.state.devices)
        return self.until(lambda: self.printer.state == state, within_s)

    def _note(self, event: AnyEvent) -> None:
        match event:
            case SlipChanged(slip=slip):
                self.slips[slip.job_id] = slip
            case StateChanged(state=state):
                self._take(state.devices)

    def _take(self, devices: tuple[DeviceState, ...]) -> None:
        self.printer = next(device for device in devices if device.name == "printer")

    def close(self) -> None:
        """End the core and take the line away."""
        with contextlib.suppress(AttributeError):
            self._client.close()
        self._process.terminate()
        self._process.wait(30)
        self._log.close()
        self._line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
