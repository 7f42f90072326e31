"""The core's own process: its pages come up by themselves and go without holding it up."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

UP_WITHIN_S = 60.0
GONE_WITHIN_S = 30.0


@pytest.mark.slow
def test_a_core_ends_soon_though_a_board_listens(tmp_path, write_config):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = write_config({"serve": "true", "http_port": str(port)})
    command = [sys.executable, "-m", "kiosk", "--config", str(config), "--data", str(tmp_path)]
    core = subprocess.Popen([*command, "core"], env=os.environ, stderr=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            until_up(client)
            with client.stream("GET", "/board/events") as stream:
                assert "event: hall" in next(stream.iter_text())
                core.send_signal(signal.SIGTERM)
                _, told = core.communicate(timeout=GONE_WITHIN_S)
        assert core.returncode == 0
        assert "Traceback" not in told
        assert "does not let go" not in told
    finally:
        core.kill()
        core.wait()


def until_up(client: httpx.Client) -> None:
    """Until the pages answer."""
    ends = time.monotonic() + UP_WITHIN_S
    while True:
        with contextlib.suppress(httpx.ConnectError):
            assert client.get("/api/v1/hall").status_code == 200
            return
        assert time.monotonic() < ends
        time.sleep(0.05)
