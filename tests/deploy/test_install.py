"""The installation into a root of its own: twice, tried dry, with edited files, and back."""

import subprocess
from pathlib import Path

import pytest

from deploy.installing import Installing, Wanted
from deploy.laying import Laid
from deploy.machine import Machine, Stopped, missing_packages
from deploy.steps import carry_out
from kiosk.config import load_config
from kiosk.paths import PROJECT
from kiosk.upgrade import contents

UNITS = "etc/systemd/system"


def deploy(*words: str) -> list[str]:
    """As the script calls it: with the system's own Python, and nothing installed for it."""
    command = ["/usr/bin/python3", "-S", "-B", "-m", "deploy", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def everything(root: Path) -> dict[str, bytes | str]:
    """All files and links below it."""
    return {
        str(path.relative_to(root)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in root.rglob("*")
        if path.is_symlink() or path.is_file()
    }


pytestmark = pytest.mark.skipif(
    not Path("/usr/bin/python3").exists(), reason="the system has no Python of its own"
)


def test_a_dry_run_says_everything_and_does_nothing(tmp_path):
    told = deploy("--dry-run", "--root", str(tmp_path))
    would = [line.split()[1].rstrip(":") for line in told if line.startswith("would")]
    assert would == ["files", "folders", "release", "configuration", "units", "start"]
    assert list(tmp_path.iterdir()) == []


def test_the_second_run_finds_nothing_to_do(tmp_path):
    deploy("--root", str(tmp_path))
    first = everything(tmp_path)
    assert f"{UNITS}/le-tan-core.service" in first
    told = deploy("--root", str(tmp_path))
    assert {line.split()[0] for line in told[:-1]} == {"ok"}
    assert everything(tmp_path) == first


def test_what_is_laid_down_hangs_together(tmp_path):
    deploy("--root", str(tmp_path), "--template", "busy-ward")
    assert len(load_config(tmp_path / "etc/le-tan/config.toml").counter) == 8
    assert (tmp_path / "etc/le-tan/config.toml").stat().st_mode & 0o777 == 0o640
    release = tmp_path / "opt/le-tan/current"
    assert release.resolve() == (tmp_path / "opt/le-tan/good").resolve()
    for link in (tmp_path / UNITS).rglob("le-tan*"):
        if link.is_symlink() and link.readlink().is_absolute():
            assert (tmp_path / str(link.readlink()).lstrip("/")).is_file(), link
        elif link.is_symlink():
            assert (link.parent / link.readlink()).is_symlink() or link.exists(), link
    for unit in (release / "deploy/units").iterdir():
        assert (tmp_path / UNITS / unit.name).is_symlink()
    started = (release / "deploy/x11/serve", tmp_path / "usr/local/lib/le-tan/settle")
    assert all(path.stat().st_mode & 0o111 == 0o111 for path in started)


def test_what_a_technician_edited_stays_and_the_new_one_lies_beside(tmp_path):
    deploy("--root", str(tmp_path))
    rules = tmp_path / "etc/udev/rules.d/60-le-tan.rules"
    rules.write_text("# my board is at the third socket\n")
    deploy("--root", str(tmp_path))
    assert rules.read_text() == "# my board is at the third socket\n"
    beside = rules.with_name("60-le-tan.rules.le-tan-new")
    assert beside.read_bytes() == (PROJECT / "hardware/udev/60-le-tan.rules").read_bytes()
    assert {line.split()[0] for line in deploy("--root", str(tmp_path))[:-1]} == {"ok"}

    told = deploy("uninstall", "--root", str(tmp_path))
    assert "stays   /etc/udev/rules.d/60-le-tan.rules: it was edited" in told
    assert rules.exists()
    assert not beside.exists()


def test_a_file_of_ours_is_renewed(tmp_path):
    laid = Laid(tmp_path, tmp_path / "laid.json")
    laid.lay("etc/le-tan.conf", b"one", 0o644)
    assert not laid.differs("etc/le-tan.conf", b"one", 0o644)
    again = Laid(tmp_path, tmp_path / "laid.json")
    assert again.differs("etc/le-tan.conf", b"two", 0o644)
    assert again.lay("etc/le-tan.conf", b"two", 0o644).read_bytes() == b"two"
    assert list(Laid(tmp_path, tmp_path / "laid.json").take_away()) == []
    assert not (tmp_path / "etc/le-tan.conf").exists()


def test_away_again_and_what_was_kept_stays(tmp_path):
    deploy("--root", str(tmp_path))
    (tmp_path / "var/lib/le-tan/store").mkdir()
    (tmp_path / "var/lib/le-tan/store/kiosk.db").write_bytes(b"numbers")
    before = everything(tmp_path)
    deploy("uninstall", "--dry-run", "--root", str(tmp_path))
    assert everything(tmp_path) == before
    deploy("uninstall", "--root", str(tmp_path))
    assert sorted(everything(tmp_path)) == [
        "etc/le-tan/config.toml",
        "var/lib/le-tan/store/kiosk.db",
    ]
    deploy("uninstall", "--purge", "--root", str(tmp_path))
    assert everything(tmp_path) == {}


def install(machine: Machine, wanted: Wanted) -> None:
    carry_out(Installing(machine, wanted).steps(), lambda _line: None, dry=False)


def test_an_unknown_template_and_a_key_that_is_none_stop_it(tmp_path):
    machine = Machine(tmp_path)
    with pytest.raises(Stopped, match="no template 'palace'; known: branch, busy-ward"):
        install(machine, Wanted(template="palace"))
    key = tmp_path / "makers.key"
    key.write_text("00" * 32)
    with pytest.raises(Stopped, match=r"NAME\.pub"):
        install(machine, Wanted(trust=(key,)))


def test_a_display_manager_or_another_system_stops_it(tmp_path):
    with pytest.raises(Stopped, match="this is no Debian 12 or 13"):
        Somewhere(tmp_path).check()
    (tmp_path / "etc/systemd/system").mkdir(parents=True)
    (tmp_path / "etc/os-release").write_text('ID=debian\nVERSION_ID="13"\n')
    Somewhere(tmp_path).check()
    (tmp_path / "etc/systemd/system/display-manager.service").touch()
    with pytest.raises(Stopped, match="systemctl disable display-manager"):
        Somewhere(tmp_path).check()


class Somewhere(Installing):
    """An installation that takes this folder for its machine."""

    def __init__(self, root: Path) -> None:
        super().__init__(RealMachine(root), Wanted())


class RealMachine(Machine):
    """One that is no trial."""

    is_trial = False


def test_packages_are_those_that_dpkg_does_not_know():
    assert missing_packages(["dpkg", "no-such-package-at-all"]) == ["no-such-package-at-all"]


def test_a_release_has_what_it_needs_and_no_more():
    files = {str(path) for path in contents.files_of(PROJECT)}
    listing = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=False, cwd=PROJECT
    )
    for path in listing.stdout.splitlines():
        if path.startswith(("kiosk/", "hardware/", "voice/", "assets/", "deploy/")):
            assert path in files, path
    assert not [path for path in files if path.startswith(("tests/", "bench/", "var/", ".venv/"))]
    assert not [path for path in files if "__pycache__" in path]
    assert {"config.toml", "requirements/run.txt", "tools/set_up.py"} <= files
