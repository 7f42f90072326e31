"""The commands of docs/centre-identity.md make an authority that a strict client believes."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

GUIDE = Path("docs/centre-identity.md")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the guide's own commands were run, with a passphrase given to them."""
    if shutil.which("openssl") is None or shutil.which("bash") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("authority")
    blocks = [
        block
        for block in re.findall(r"(?:^    .*\n)+", GUIDE.read_text(), re.MULTILINE)
        if "openssl" in block
    ]
    assert len(blocks) == 2
    for block in blocks:
        words = "\n".join(line[4:] for line in block.splitlines())
        words = words.replace("req -x509", "req -x509 -passout pass:letan")
        words = words.replace("-CAkey ca.key", "-CAkey ca.key -passin pass:letan")
        subprocess.run(
            ["bash", "-ec", words], cwd=folder, check=True, capture_output=True, timeout=60
        )
    return folder


def shake_hands(folder: Path, name: str) -> str:
    """The version of TLS that client and server agree on. Raises SSLError."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "centre.pem", folder / "centre.key")
    client = ssl.create_default_context(cafile=folder / "ca.pem")
    client.verify_flags |= ssl.VERIFY_X509_STRICT
    here, there = socket.socketpair()
    here.settimeout(30)
    there.settimeout(30)

    def serve() -> None:
        try:
            with server.wrap_socket(there, server_side=True) as line:
                line.recv(1)
        except OSError:
            there.close()

    serving = threading.Thread(target=serve)
    serving.start()
    try:
        with client.wrap_socket(here, server_hostname=name) as line:
            line.send(b"x")
            return str(line.version())
    finally:
        here.close()
        serving.join()


def test_the_centre_is_believed(made: Path) -> None:
    assert shake_hands(made, "centre.hanoi.example") == "TLSv1.3"


def test_and_nobody_else(made: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(made, "elsewhere.example")
