"""The release out of this very folder: copied, built, and started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from deploy.machine import Machine, Stopped, run
from kiosk.errors import UpgradeRefused
from kiosk.upgrade import contents, environment
from kiosk.upgrade.releases import Releases
from kiosk.upgrade.services import CORE, SystemdServices
from kiosk.upgrade.switching import switch


class Placing:
    """A release named by its version and its content: another content is another release."""

    def __init__(
        self, machine: Machine, releases: Releases, project: Path, wheels: Path | None
    ) -> None:
        self._machine, self._releases, self._project = machine, releases, project
        self._wheels = wheels or project / "wheels"
        self._digest = contents.digest_of(project)
        self.version = f"{contents.version_of(project)}+{self._digest[:8]}"

    def left(self) -> str:
        """See Step."""
        return "" if self._releases.is_whole(self.version) else self.version

    def place(self) -> None:
        """See Step. In a trial there is no environment: only files are looked at."""
        release = self._releases.begin(self.version)
        try:
            contents.copy(self._project, release)
            if not self._machine.is_trial:
                self._build(release)
        except BaseException:
            shutil.rmtree(release, ignore_errors=True)
            raise
        self._releases.complete(self.version, self._digest)

    def start_left(self) -> str:
        """See Step."""
        running = {self._releases.of("current"), self._releases.of("good")}
        if running != {self.version}:
            return f"{self.version} in the place of {self._releases.of('good') or 'nothing'}"
        if self._machine.is_booted and not self._runs():
            return "it does not run"
        return ""

    def start(self) -> None:
        """See Step: what runs already is switched as an upgrade is, watched and with a way back."""
        releases = self._releases
        before = releases.of("good")
        if self._machine.is_booted and releases.of("good") and self._runs():
            try:
                switch(releases, self.version, SystemdServices(), lambda step: None)
            except UpgradeRefused as error:
                raise Stopped(str(error)) from error
        else:
            releases.point("current", self.version)
            releases.point("good", self.version)
            releases.note(version=self.version, before="", outcome="good")
            if self._machine.is_booted:
                run("systemctl", "daemon-reload")
                run("systemctl", "restart", "le-tan.target")
        releases.sweep(before)

    def _build(self, release: Path) -> None:
        wheels = self._releases.wheels
        if self._wheels.is_dir():
            environment.take_wheels(self._wheels, wheels)
        try:
            environment.make(release)
            try:
                environment.install(release, wheels)
            except UpgradeRefused:  # a library is not here: from where pip looks for it
                environment.fetch(release, wheels)
                environment.install(release, wheels)
        except UpgradeRefused as error:
            raise Stopped(str(error)) from error
        os.sync()

    def _runs(self) -> bool:
        told = run("systemctl", "is-active", CORE, quiet=True)
        return told.strip() in {"active", "activating"}
