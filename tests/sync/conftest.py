"""A kiosk's folder at the centre, and servers of every temper."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rude_server import RudeServer

from kiosk.sync.enrolment import Enrolled, keep_enrolment
from kiosk.sync.keys import Keys


@pytest.fixture
def serve() -> Iterator[Callable[..., RudeServer]]:
    """Start a server with these behaviours."""
    started: list[RudeServer] = []

    def begin(*behaviours, **more) -> RudeServer:
        started.append(RudeServer(*behaviours, **more))
        return started[-1]

    yield begin
    for server in started:
        server.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a kiosk that was enrolled as "kiosk-1" of site "ba-dinh"."""
    where = tmp_path / "centre"
    key = Keys(where).next()
    enrolled = Enrolled(
        url="",
        device="kiosk-1",
        site="ba-dinh",
        name="Cửa chính",
        public_key=key.public,
        document_key="00" * 32,
        enrolled_at="2026-11-23T08:00:00+07:00",
    )
    keep_enrolment(where, enrolled)
    Keys(where).settle(key.public)
    return where


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody knows; its key lies beside it."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate")
    path = tmp_path / "city.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=centre", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(path.with_suffix(".key")), "-out", str(path)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return path


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    """A server's side of it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    return context
