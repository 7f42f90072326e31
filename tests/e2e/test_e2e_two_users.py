"""Core and screen under users of their own, as on an installed kiosk: one folder, one door."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

OTHER = 65534
HERE = Path(__file__).parent


@pytest.fixture
def shared(tmp_path, monkeypatch) -> Path:
    """A folder as tmpfiles.d makes it: what lies in it belongs to the group that may enter."""
    folder = tmp_path / "run"
    folder.mkdir()
    os.chown(folder, -1, OTHER)
    folder.chmod(0o2750)
    monkeypatch.setenv("KIOSK_SOCKET", str(folder / "core.sock"))
    monkeypatch.setenv("KIOSK_LOGS", str(tmp_path / "logs"))
    return folder


def asked_as(user: int, group: int, socket: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, HERE / "other_user.py", socket, str(user)],
        capture_output=True,
        text=True,
        check=False,
        group=group,
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_a_face_of_another_user_gets_what_a_citizen_may_want(shared, start_core, tmp_path):
    for folder in [tmp_path, *list(tmp_path.parents)[:-2]]:  # pytest's own, closed to others
        folder.chmod(folder.stat().st_mode | 0o001)
    core = start_core()
    socket = shared / "core.sock"
    about = socket.stat()
    assert stat.S_IMODE(about.st_mode) == 0o660
    assert about.st_gid == OTHER
    assert not (core.data.root / "core.sock").exists()
    assert (tmp_path / "logs" / "core.log").is_file()

    done = asked_as(OTHER, OTHER, socket)
    assert json.loads(done.stdout) == {
        "KeepStaff": "other_user",
        "ImportBookings": "other_user",
        "KeepTechnicianPin": "other_user",
        "AskSettings as a screen": "no_technician",
        "AskSettings under another name": "other_user",
        "IssueTicket": "done",
    }, done.stderr
    assert core.json("staff", "list") == []
    assert "KeepStaff is not for another user's face" in core.log
    own = json.loads(asked_as(0, 0, socket).stdout)
    assert own.pop("AskSettings as a screen") == "no_technician"
    assert set(own.values()) == {"done"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_who_is_not_in_the_group_does_not_come_in(shared, start_core, tmp_path):
    for folder in [tmp_path, *list(tmp_path.parents)[:-2]]:
        folder.chmod(folder.stat().st_mode | 0o001)
    start_core()
    done = asked_as(OTHER - 1, OTHER - 1, shared / "core.sock")
    assert set(json.loads(done.stdout).values()) == {"link"}, done.stderr
