"""What is secret stays where it belongs: in no log, in no file that others may read."""

import contextlib
import secrets
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from processes import CoreProcess, kiosk

RIGHT, WRONG, TYPED_TWICE = "739204", "604817", "918273"
SECRET = secrets.token_hex(24)
UP_WITHIN_S = 60.0


@pytest.fixture
def core(start_core, tmp_path) -> CoreProcess:
    """A kiosk with pages, and the secret that all kiosks of its site share."""
    key = tmp_path / "site.key"
    key.touch(mode=0o600)
    key.write_text(SECRET)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    changes = {
        "site_server.serve": "true",
        "site_server.http_port": str(port),
        "leader.key_file": f'"{key}"',
        "leader.kiosks": '["X"]',
    }
    core = start_core(changes)
    add = kiosk(core.config, core.data.root, "staff", "add", "lan", "Lan", "--pin-stdin")
    subprocess.run(add, input=RIGHT, text=True, check=True, capture_output=True)
    core.url = f"http://127.0.0.1:{port}"
    return core


def until_up(client: httpx.Client) -> None:
    ends = time.monotonic() + UP_WITHIN_S
    while True:
        with contextlib.suppress(httpx.ConnectError):
            assert client.get("/api/v1/hall").status_code == 200
            return
        assert time.monotonic() < ends
        time.sleep(0.05)


def files_with(text: str, *folders: Path) -> list[str]:
    """The files that hold the text."""
    return [
        str(path)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def test_no_pin_and_no_key_is_ever_written_down(core):
    with httpx.Client(base_url=core.url, trust_env=False, timeout=30) as client:
        until_up(client)
        for pin, status in ((WRONG, 401), (TYPED_TWICE * 2, 401), (RIGHT, 201)):
            body = {"staff": "lan", "pin": pin, "counter": "2"}
            assert client.post("/api/v1/session", json=body).status_code == status
        form = {"staff": RIGHT, "pin": "", "counter": "2"}  # in the wrong box
        assert client.post("/api/v1/session", json=form).status_code == 401
        cookie = next(iter(client.cookies.values()))
        for bearer in (SECRET, "x" * 48):
            client.get("/api/v1/kiosks/X/site", headers={"Authorization": f"Bearer {bearer}"})
    with core.client() as face:
        state = repr(face.welcome_state)
    assert core.stop() == 0
    for secret in (RIGHT, WRONG, TYPED_TWICE, SECRET, cookie):
        assert files_with(secret, core.data.root) == []
        assert secret not in state
    assert "a wrong PIN for 'lan' from 127.0.0.1" in core.log
    assert "a wrong PIN for nobody here" in core.log


def test_what_a_kiosk_keeps_is_for_its_user_alone(core):
    core.json("ticket", "issue", "--service", "land")
    core.stop()
    names = {"core.lock", "core.log", "notices.sock"}  # a process number; the test's own two
    open_ones = [
        path.name
        for path in core.data.root.rglob("*")
        if path.is_file() and path.name not in names and _others_reach(path, core.data.root)
    ]
    assert open_ones == []


def _others_reach(path: Path, root: Path) -> bool:
    """Whether rights alone let another user read it, the data folder's own left aside."""
    folders = [folder for folder in path.parents if folder.is_relative_to(root) and folder != root]
    closed = any(not folder.stat().st_mode & 0o011 for folder in folders)
    return bool(path.stat().st_mode & 0o044) and not closed
