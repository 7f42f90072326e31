"""`kiosk upgrade`, as a technician types it."""

import json
import os
import subprocess
import sys

import pytest
from nacl.signing import SigningKey

from kiosk.upgrade.upgrading import upgrade as take


def kiosk_upgrade(releases, *words: str, status: int = 0) -> str:
    command = [sys.executable, "-m", "kiosk", "upgrade", "--root", str(releases.root), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


@pytest.mark.slow
def test_looked_at_listed_refused(machine, pack, running, tmp_path):
    releases = machine.releases
    take(machine, pack("1.0.0"), lambda _step: None)
    told = json.loads(kiosk_upgrade(releases, "check", str(pack("1.1.0")), "--json"))
    assert told == {"version": "1.1.0", "made_at": "2026-11-30T08:00:00+07:00", "key": "makers"}
    assert "signed by makers" in kiosk_upgrade(releases, "check", str(pack("1.1.0")))
    strange = str(pack("1.2.0", signed_by=SigningKey.generate()))
    assert "signature: not signed by makers" in kiosk_upgrade(releases, "check", strange, status=1)
    listed = json.loads(kiosk_upgrade(releases, "list", "--json"))
    assert listed["releases"] == [{"version": "1.0.0", "runs": True, "good": True}]
    assert kiosk_upgrade(releases, "list").splitlines()[0].split() == ["1.0.0", "runs,", "good"]


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may change what runs")
def test_what_changes_what_runs_says_why_it_does_not(machine, pack, running, tmp_path):
    releases = machine.releases
    take(machine, pack("1.0.0"), lambda _step: None)
    same = str(pack("1.0.0"))
    (tmp_path / "incoming").mkdir()
    assert kiosk_upgrade(releases, "incoming", str(tmp_path / "incoming")) == ""
    strange = pack("1.2.0", signed_by=SigningKey.generate())
    assert "signature" in kiosk_upgrade(releases, "install", str(strange), status=1)
    assert "no other release is kept" in kiosk_upgrade(releases, "back", status=1)
    assert releases.of("current") == "1.0.0"
    assert "it runs already" in kiosk_upgrade(releases, "install", same)
