"""A bundle of a kiosk in whose files personal things were planted: none is in it."""

import re
import subprocess
import sys
import tarfile
from datetime import datetime

import pytest

from kiosk.paths import DataFolder
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.queueing.staff import Staff
from kiosk.store import Store, StoreFolders

PLANTED = ("0912 345 678", "001085012345", "Nguyễn Thị Lan", "nguyen thi lan", "kq3v9x2m7p8w4h6t")


@pytest.fixture
def kiosk(tmp_path, write_config):
    """A kiosk with one member of staff, and logs that tell too much."""
    data = DataFolder(tmp_path / "data")
    data.make()
    store = Store(
        StoreFolders(database=data.database, backups=data.backups, journal=data.journal),
        min_free_mb=0,
    )
    now = datetime.now(HANOI)
    store.open(now)
    pin = hash_pin("8264")
    store.staff.keep(Staff(code="lan", name="Nguyễn Thị Lan", role="clerk"), pin)
    store.back_up(now, 14)
    store.close()
    lines = [f"2026-11-23 08:00:0{n},000 W x: {what}" for n, what in enumerate([*PLANTED, pin])]
    (data.logs / "core.log").write_text("\n".join([*lines, "2026-11-23 I x: all is well"]))
    (data.logs / "core.log.1").write_text("2026-11-22 E x: an older fault of Lan\n")
    config = write_config()
    config.write_text(f"# Lan's number is 0912345678\n{config.read_text()}")

    def run(*words, expect=0, typed=""):
        command = [sys.executable, "-m", "kiosk", "--config", config, "--data", data.root]
        done = subprocess.run(
            [*command, "support", "bundle", *words],
            capture_output=True,
            text=True,
            input=typed,
            cwd=tmp_path,
            check=False,
        )
        assert done.returncode == expect, done.stderr
        return done.stdout

    return data, run, pin


def content(path):
    with tarfile.open(path) as archive:
        return {
            member.name.removeprefix("le-tan-support/"): archive.extractfile(member).read().decode()
            for member in archive
        }


def test_nothing_personal_is_in_it(kiosk, tmp_path):
    _data, run, pin = kiosk
    target = tmp_path / "bundle.tar.gz"
    told = run("--out", target, "--yes")
    parts = content(target)
    assert {"versions.txt", "doctor.json", "config.toml", "logs/core.log"} <= parts.keys()
    for text in parts.values():
        assert [secret for secret in (*PLANTED, "0912345678", pin) if secret in text] == []
        assert not re.search(r"\bLan\b", text)
    assert parts["logs/core.log"].startswith("2026-11-22 E x: an older fault of [staff]\n")
    assert parts["logs/core.log"].endswith("all is well")
    assert "an older fault" in parts["last-faults.txt"]
    assert "all is well" not in parts["last-faults.txt"]
    assert "timeout_s = 45" in parts["config.toml"]
    assert '"check": "printer"' in parts["doctor.json"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert "logs/core.log" in told
    assert "[staff]" in told
    assert "never looked into: database" in told


def test_it_is_shown_first_and_a_no_writes_nothing(kiosk, tmp_path):
    _data, run, _pin = kiosk
    target = tmp_path / "bundle.tar.gz"
    assert "Write this to" in run("--out", target, typed="n\n", expect=1)
    shown = run("--show")
    assert "===== logs/core.log" in shown
    assert "Nguyễn" not in shown
    assert list(tmp_path.glob("*.tar.gz")) == []
    assert list(tmp_path.glob(".*growing")) == []
    run("--out", target, typed="y\n")
    assert target.exists()


def test_names_come_from_a_backup_where_the_store_is_rubbish(kiosk, tmp_path):
    data, run, _pin = kiosk
    data.database.write_bytes(b"\xff" * 4096)
    run("--out", tmp_path / "bundle.tar.gz", "--yes")
    text = content(tmp_path / "bundle.tar.gz")["logs/core.log"]
    assert "[staff]" in text
    assert "guyen" not in text


def test_where_no_names_can_be_read_no_log_goes_in(kiosk, tmp_path):
    data, run, _pin = kiosk
    data.database.write_bytes(b"\xff" * 4096)
    for backup in data.backups.iterdir():
        backup.write_bytes(b"\xff" * 4096)
    told = run("--out", tmp_path / "bundle.tar.gz", "--yes")
    assert "left out: logs" in told
    assert not [name for name in content(tmp_path / "bundle.tar.gz") if name.startswith("logs")]
