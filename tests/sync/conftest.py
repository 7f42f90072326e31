"""A kiosk's folder at the centre, and servers of every temper."""

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from city import City, Ward
from kiosk_house import KioskHouse
from rude_server import RudeServer

from kiosk.core import guiding, pausing, renewing, syncing
from kiosk.sync.enrolment import Enrolled, keep_enrolment
from kiosk.sync.keys import Keys
from tools.cable import Cable


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


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A centre that many tests share."""
    made = City(tmp_path_factory.mktemp("city"))
    yield made
    made.close()


@pytest.fixture
def ward(city: City) -> Ward:
    """A site of this test's own."""
    return city.ward()


@pytest.fixture
def own_city(tmp_path: Path) -> Iterator[City]:
    """A centre that a test may stop, or move the clock of."""
    made = City(tmp_path / "city")
    yield made
    made.close()


@pytest.fixture
def cable(city: City) -> Iterator[Cable]:
    """The way to the centre."""
    made = Cable(city.port)
    yield made
    made.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that a test can wait for."""
    monkeypatch.setattr(syncing, "FIRST_PAGE_S", 0.0)
    monkeypatch.setattr(syncing, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(renewing, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(renewing, "PROVEN_S", 0.3)
    monkeypatch.setattr(pausing, "FIRST_S", 0.02)
    monkeypatch.setattr(pausing, "LONGEST_S", 0.1)
    monkeypatch.setattr(pausing, "LEAST_S", 0.01)
    monkeypatch.setattr(guiding, "FIRST_PAGE_S", 0.0)
    monkeypatch.setattr(guiding, "LOOK_EVERY_S", 0.1)


@pytest.fixture
def open_kiosk(tmp_path: Path, write_config, quick) -> Iterator[Callable[..., KioskHouse]]:
    """Start a core on the folder of a name; the one before on it has ended then."""
    started: dict[str, KioskHouse] = {}

    def begin(name: str = "kiosk", changes: dict[str, str] | None = None, **rule) -> KioskHouse:
        if name in started:
            started[name].close()
        started[name] = KioskHouse(tmp_path / name, write_config(changes), **rule)
        return started[name]

    yield begin
    for house in started.values():
        house.close()


@pytest.fixture
def kiosk(open_kiosk, ward: Ward) -> KioskHouse:
    """A kiosk that is enrolled and not yet at work."""
    house = open_kiosk()
    house.enrol(ward.url, ward.code())
    return house
