"""A whole kiosk under trial: `kiosk run`, its screen unseen, its voice on a card that is silent."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from kiosk.errors import LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.settings.editing import changed
from kiosk.supervisor import end_with_parent
from kiosk.words import KioskState
from tools.prove.processes import children_of

START_S = 90.0
LOOK_S = 0.02
PARTS = ("core", "screen", "speak", "listen")
"""Whom a trial can kill: two processes of the supervisor, two children of the core."""
_CHILDREN_OF_CORE = ("speak", "listen")


class WholeKiosk:
    """`kiosk run` in a folder of its own; a context that ends with all its processes.

    `keys` of config.toml ("centre.url") are set to what one would type for them.
    """

    def __init__(self, folder: Path, keys: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data = DataFolder(folder / "data")
        self.data.make()
        models = self.data.root / "models"
        if (DEFAULT_DATA / "models").is_dir() and not models.exists():
            models.symlink_to(DEFAULT_DATA / "models")
        self._log = (folder / "kiosk.log").open("wb")
        config = _config(folder, keys or {})
        self._run = subprocess.Popen(
            [sys.executable, "-m", "tools.prove.quick_kiosk", "--config", str(config),
             "--data", str(self.data.root), "run"],
            stderr=self._log, stdout=self._log, env=_surroundings(folder),
            preexec_fn=end_with_parent,  # noqa: PLW1509 - before any thread begins
        )  # fmt: skip

    def pid(self, part: str) -> int | None:
        """The process of a part, where it lives."""
        root = self._run.pid
        parents = children_of(root, "core") if part in _CHILDREN_OF_CORE else iter([root])
        return next((pid for parent in parents for pid in children_of(parent, part)), None)

    def state(self) -> KioskState | None:
        """How the core says that everything is; None while it does not answer."""
        try:
            with LinkClient(self.data.socket, timeout_s=2.0) as client:
                return client.welcome_state
        except LinkError:
            return None

    def is_back(self, part: str, gone: int) -> bool:
        """Whether the part lives again, as another process than `gone`, and does its work."""
        pid = self.pid(part)
        if pid in (None, gone):
            return False
        if part == "core":
            return self.state() is not None
        if part == "screen":
            return b"screen is ready" in self.tail()
        state = self.state()
        name = {"speak": "speech", "listen": "hearing"}[part]
        return state is not None and any(
            one.name == name and one.state == "ready" for one in state.devices
        )

    def tail(self) -> bytes:
        """What was logged since the last `mark`."""
        with Path(self._log.name).open("rb") as log:
            log.seek(self._marked)
            return log.read()

    _marked = 0

    def mark(self) -> None:
        """From here on `tail` tells."""
        self._marked = Path(self._log.name).stat().st_size

    def until(self, check: Callable[[], bool], within_s: float = START_S) -> float | None:
        """Seconds until `check()` is true; None when the time is over."""
        begun = time.monotonic()
        while time.monotonic() - begun < within_s:
            if check():
                return time.monotonic() - begun
            time.sleep(LOOK_S)
        return None

    def until_whole(self) -> None:
        """Until every part that this machine has lives. Raises TimeoutError."""
        if self.until(lambda: all(self.pid(part) for part in PARTS)) is None:
            raise TimeoutError("the kiosk does not come up: " + self.tail().decode()[-2000:])

    def __enter__(self) -> Self:
        self.until_whole()
        return self

    def __exit__(self, *_: object) -> None:
        self._run.send_signal(signal.SIGTERM)
        self._run.wait(30)
        self._log.close()


def _config(folder: Path, keys: Mapping[str, str]) -> Path:
    silence = folder / "silence.wav"
    with wave.open(str(silence), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(16_000)
        wav.writeframes(bytes(32_000))
    text = DEFAULT_CONFIG.read_text("utf-8")
    text = re.sub(r'(?m)^microphone = "auto"', f'microphone = "file:{silence}"', text)
    text = re.sub(r"(?m)^serve = true", "serve = false", text)
    for key, value in keys.items():
        text = changed(text, key, value)
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def _surroundings(folder: Path) -> dict[str, str]:
    card = folder / "card.conf"
    card.write_text("pcm.!default { type null }\n")
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ALSA_CONFIG_PATH": str(card)}
