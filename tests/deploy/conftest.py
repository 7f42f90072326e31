"""A folder of releases, keys to sign with, and small releases whose core is a real process."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from running import SETTLE, Running

from kiosk.upgrade.archive import write
from kiosk.upgrade.releases import Releases
from kiosk.upgrade.upgrading import Machine

STAND_IN = Path(__file__).with_name("stand_in_release.py")


@pytest.fixture
def key() -> SigningKey:
    """The makers' key."""
    return SigningKey.generate()


@pytest.fixture
def releases(tmp_path: Path, key: SigningKey) -> Releases:
    """An installed kiosk's folder, which trusts `key`."""
    found = Releases(tmp_path / "le-tan")
    found.keys.mkdir(parents=True)
    (found.keys / "makers.pub").write_text(bytes(key.verify_key).hex() + "\n")
    return found


@pytest.fixture
def pack(tmp_path: Path, key: SigningKey) -> Callable[..., Path]:
    """An archive of a release that does as it is told: `pack("1.1.0", core="dies")`."""

    def make(version: str, *, signed_by: SigningKey = key, more: str = "", **deeds: str) -> Path:
        folder = tmp_path / "made" / version
        (folder / "units").mkdir(parents=True, exist_ok=True)
        for name, deed in {"core": "lives", "rehearsal": "lives", **deeds}.items():
            (folder / name).write_text(deed)
        (folder / "more").write_text(more)
        (folder / "units" / "le-tan-core.service").write_text(f"# {version}\n")
        program = folder / "kiosk"
        program.write_text(f"#!{sys.executable} -IS\n{STAND_IN.read_text()}")
        program.chmod(0o755)
        files = {
            ".venv/bin/kiosk": program,
            "deploy/units/le-tan-core.service": folder / "units" / "le-tan-core.service",
            **{f"deeds/{name}": folder / name for name in ("core", "rehearsal", "more")},
        }
        target = tmp_path / f"{version}.le-tan"
        write(target, version, files, signed_by, "2026-11-30T08:00:00+07:00")
        return target

    return make


@pytest.fixture
def running(releases: Releases) -> Iterator[Running]:
    """What runs the current release here."""
    found = Running(releases.root)
    yield found
    found.end()


@pytest.fixture
def machine(releases: Releases, running: Running, tmp_path: Path) -> Machine:
    """A machine whose releases bring their own environment."""
    units = tmp_path / "units"
    units.mkdir()
    return Machine(releases, lambda: running, SETTLE, units, lambda _release, _wheels: None)
