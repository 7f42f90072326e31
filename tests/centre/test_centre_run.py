"""`centre run` as real processes: one, several, one that is killed; without its database; TLS."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tools.centre_process import CentreProcess
from tools.postgresql import PostgresqlServer

WITHIN_S = 60.0
TOKEN = "a-token-of-prometheus"
ASKED = "/v1/dossiers/H26.123-260901-0012"
"""What only a device may ask."""


def wait_until(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + WITHIN_S
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def workers_of(supervisor: int) -> list[int]:
    """The processes that answer for it; a resource tracker is none."""
    children = Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split()
    return [
        int(child)
        for child in children
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_it_starts_with_nothing_but_a_folder(tmp_path: Path) -> None:
    with CentreProcess(tmp_path, {}) as centre:
        centre.until_ready()
        assert centre.status("/healthz") == 200
        assert centre.status("/metrics") == 404
        assert centre.status(ASKED) == 401
    assert centre.process is not None
    assert centre.process.returncode in (0, -signal.SIGTERM)  # uvicorn passes the signal on
    assert "Application shutdown complete" in centre.log()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    lines = [json.loads(line) for line in centre.log().splitlines()]
    assert {"at", "level", "process", "from", "words"} == set(lines[0])
    assert not [line for line in lines if line["level"] not in ("info", "debug")]


@pytest.mark.slow
def test_workers_count_together_and_one_that_dies_is_replaced(tmp_path: Path) -> None:
    keys = {"workers": "2", "metrics_token": TOKEN}
    with CentreProcess(tmp_path, keys) as centre:
        centre.until_ready()
        assert centre.process is not None
        before = workers_of(centre.process.pid)
        assert len(before) == 2
        for _ in range(20):
            assert centre.status("/healthz") == 200
        ask = urllib.request.Request(
            f"{centre.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
        )
        with urllib.request.urlopen(ask) as answer:
            told = answer.read().decode()
        name = 'centre_request_seconds_count{method="GET",route="/healthz",status="200"}'
        assert f"{name} 20.0" in told
        os.kill(before[0], signal.SIGKILL)
        supervisor = centre.process.pid
        wait_until(lambda: before[0] not in workers_of(supervisor))
        wait_until(lambda: len(workers_of(supervisor)) == 2)
        centre.until_ready()
        after = workers_of(supervisor)
        centre.kill()
        wait_until(lambda: not any(map(lives, after)))


@pytest.mark.slow
def test_it_waits_for_its_database(postgresql: PostgresqlServer, tmp_path: Path) -> None:
    with CentreProcess(tmp_path, {"database": postgresql.url("later")}) as centre:
        centre.until_ready(503)
        assert centre.status("/healthz") == 200
        assert centre.status(ASKED) == 503
        postgresql.ask("CREATE DATABASE later")
        centre.until_ready()
        assert centre.status(ASKED) == 401
    postgresql.ask("DROP DATABASE later")
    levels = [json.loads(line)["level"] for line in centre.log().splitlines()]
    assert levels.count("error") == 1
    assert levels.count("warning") == 1


@pytest.mark.slow
def test_tls_by_an_authority_of_ones_own(tmp_path: Path) -> None:
    authority = make_certificates(tmp_path)
    keys = {
        "certificate": str(tmp_path / "centre.pem"),
        "private_key": str(tmp_path / "centre.key"),
    }
    with CentreProcess(tmp_path, keys, authority=authority) as centre:
        assert centre.url.startswith("https://")
        centre.until_ready()
        stranger = CentreProcess(tmp_path, {})
        stranger.url = centre.url
        assert stranger.status("/healthz") == 0


def make_certificates(folder: Path) -> Path:
    """An authority and a certificate of its for 127.0.0.1; the authority's path."""
    now = dt.datetime.now(dt.UTC)
    names = {one: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, one)])
             for one in ("authority", "centre")}  # fmt: skip
    keys = {one: ec.generate_private_key(ec.SECP256R1()) for one in names}
    for one, name in names.items():
        is_authority = one == "authority"
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(names["authority"])
            .public_key(keys[one].public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(hours=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        )
        if not is_authority:
            here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
            made = made.add_extension(here, critical=False)
        pem = made.sign(keys["authority"], hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        (folder / f"{one}.pem").write_bytes(pem)
    (folder / "centre.key").write_bytes(
        keys["centre"].private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "authority.pem"


def run_centre(folder: Path, *words: str, **keys: str) -> subprocess.CompletedProcess[str]:
    settings = {"CENTRE_DATA": str(folder / "data")} | {
        f"CENTRE_{k.upper()}": v for k, v in keys.items()
    }
    return subprocess.run(
        [sys.executable, "-m", "centre", *words],
        env={**os.environ, **settings}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_tables_can_be_brought_up_before(tmp_path: Path) -> None:
    for _ in range(2):
        done = run_centre(tmp_path, "migrate")
        assert done.returncode == 0
        assert done.stdout == "step 0001; months made: none\n"


def test_settings_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    wrong = run_centre(tmp_path, "run", port="70000")
    assert wrong.returncode == 2
    assert "port" in wrong.stderr
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret").write_bytes(b"short")
    broken = run_centre(tmp_path, "run", port="0")
    assert broken.returncode == 3
    assert "secret" in json.loads(broken.stderr.splitlines()[-1])["words"]
