"""config.toml and the versions of it that were good: saved whole, kept, put back.

    save ─▶ checked as a whole ─▶ written beside, fsync ─▶ renamed, folder fsync ─▶ kept
    start ─▶ good? it counts, and is kept        bad? the newest kept one that is good counts

What the centre gave is laid over whichever counts (docs/centre-wire.md); where the two do not go
together, the technician's file counts alone.

A power cut leaves the old file or the new one. Where the disk is read-only nothing is kept, and
the kiosk runs all the same.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.config import Config, load_config, parse_config, read_config_text
from kiosk.errors import ConfigError, Trouble
from kiosk.paths import DataFolder, shared_mode
from kiosk.settings.given import given_texts

log = logging.getLogger(__name__)

KEEP = 5  # versions before the one in force
STAMP = "%Y%m%dT%H%M%S.%fZ"


@dataclass(frozen=True, slots=True)
class InForce:
    """The configuration that counts. `fault`: why it is a kept one and not the file's.
    `given_fault`: why what the centre gave is not laid over it."""

    config: Config
    fault: str = ""
    kept: str = ""  # the name of the kept version that counts instead
    given_fault: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that was good, and when it came into force."""

    path: Path
    since: datetime

    @property
    def text(self) -> str:
        """What it says; damaged letters are no reason to fail, the check finds them."""
        return self.path.read_text(encoding="utf-8", errors="replace")


class ConfigShelf:
    """The file at `path`, and its good versions in `folder`. `given` tells the centre's documents,
    by name."""

    def __init__(
        self,
        path: Path,
        folder: Path,
        *,
        given: Callable[[], Mapping[str, str]] = dict,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.path = path.resolve()  # a link stays a link: what it points to is replaced
        self._folder = folder
        self._given = given
        self._now = now

    def in_force(self) -> InForce:
        """What counts now; changes nothing. Raises ConfigError where no version at all is good."""
        try:
            return self.read()
        except ConfigError as error:
            for kept in self.kept():
                with contextlib.suppress(ConfigError, OSError, UnicodeDecodeError):
                    found = self._laid_over(kept.text, kept.path.name)
                    return replace(found, fault=error.detail, kept=kept.path.name)
            raise

    def read(self) -> InForce:
        """The file, with what the centre gave over it. Raises ConfigError where the file is
        wrong."""
        return self._laid_over(read_config_text(self.path), self.path.name)

    def tried(self, documents: Mapping[str, str]) -> Config:
        """The file with these documents over it. Raises ConfigError where it cannot run so."""
        text = read_config_text(self.path)
        return parse_config(text, name=self.path.name, documents=documents)

    def _laid_over(self, text: str, name: str) -> InForce:
        """Raises ConfigError where the text is wrong by itself."""
        alone = parse_config(text, name=name)
        given = self._given()
        if not given:
            return InForce(alone)
        try:
            return InForce(parse_config(text, name=name, documents=given))
        except ConfigError as error:
            return InForce(alone, given_fault=error.detail)

    def kept(self) -> list[Kept]:
        """The kept versions, newest first; what came into force last is the first."""
        found = []
        for path in self._folder.glob("*.toml"):
            with contextlib.suppress(ValueError):
                moment = datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)
                found.append(Kept(path, moment))
        return sorted(found, key=lambda one: one.since, reverse=True)

    def note(self) -> None:
        """Keep the file as it is now, if it is good and not the newest kept one already.

        The core does so when it starts and when it takes over changes: an edit by hand is kept
        like any other. A disk that refuses is logged.
        """
        try:
            load_config(self.path)
            text = self.path.read_text(encoding="utf-8-sig")
            self._keep(text)
        except ConfigError:
            return
        except OSError as error:
            log.warning("this configuration cannot be kept: %s", error)

    def save(self, text: str) -> Config:
        """Check `text` as a whole and put it in the file's place.

        Raises ConfigError (nothing was changed) where it is wrong, or does not go with what the
        centre gave as the file before did; and Trouble where the disk refuses.
        """
        found = self._laid_over(text, self.path.name)
        if found.given_fault and not self._clashes():
            raise ConfigError(found.given_fault)
        self.note()
        try:
            write_whole(self.path, text)
            self._keep(text)
        except OSError as error:
            raise Trouble(f"{self.path} cannot be written: {error}", code="read_only") from error
        return found.config

    def _clashes(self) -> bool:
        """Whether the file as it is does not go with what the centre gave, or is no file at all."""
        try:
            return bool(self.read().given_fault)
        except ConfigError:
            return True

    def back(self, steps: int = 1) -> Kept:
        """Put back the version before this one, or that of `steps` versions ago.

        After one step back, one more is forward again. A bad file is set aside beside the kept
        ones. Raises ConfigError where there is no such version, and Trouble as `save`.
        """
        others = [one for one in self.kept() if one.text != self.text()]
        if not 0 < steps <= len(others):
            raise ConfigError(f"{len(others)} former versions are kept")
        chosen = others[steps - 1]
        text = chosen.text
        parse_config(text, name=chosen.path.name)
        try:
            self._set_aside()
            self.save(text)
        except OSError as error:
            raise Trouble(f"{self.path} cannot be set aside: {error}", code="read_only") from error
        return chosen

    def text(self) -> str | None:
        """What the file says now; None where it cannot be read."""
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            return None

    def _set_aside(self) -> None:
        """A file that cannot be read may hold an hour's work with one mistake in it."""
        with contextlib.suppress(ConfigError):
            load_config(self.path)
            return
        if self.path.is_file():
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / "set-aside").write_bytes(self.path.read_bytes())

    def _keep(self, text: str) -> None:
        kept = self.kept()
        if kept and kept[0].text == text:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        moment = self._now().astimezone(UTC)
        if kept:  # a clock that was set back does not change the order
            moment = max(moment, kept[0].since + timedelta(microseconds=1))
        mode = shared_mode(self._folder)  # the screen of an installed kiosk reads them too
        write_whole(self._folder / f"{moment:{STAMP}}.toml", text, mode=mode)
        others = [one for one in kept if one.text != text]
        for old in kept:
            if old not in others[:KEEP]:
                old.path.unlink(missing_ok=True)


def shelf_of(config: Path, data: DataFolder) -> ConfigShelf:
    """The shelf of a kiosk, with what the centre gave it."""
    return ConfigShelf(config, data.configs, given=lambda: given_texts(data.documents))


def write_whole(path: Path, text: str, *, mode: int | None = None) -> None:
    """Put `text` in the place of the file, durably: there is never half of it.

    Its mode stays, or becomes `mode`. Raises OSError; then the file is as it was.
    """
    growing = path.with_name(f".{path.name}.growing")
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    try:
        with growing.open("w", encoding="utf-8", newline="") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        growing.replace(path)
    except OSError:
        growing.unlink(missing_ok=True)
        raise
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
