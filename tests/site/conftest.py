"""The site's pages over real HTTP on loopback, in front of a real core on a real disk."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from site_house import SiteHouse


@dataclass(frozen=True)
class Certificate:
    """What config.toml says of the site's own certificate, and its key as a browser pins it."""

    told: dict[str, str]
    pin: str


@pytest.fixture
def new_house(tmp_path: Path, write_config: Callable[..., Path]) -> Callable[..., SiteHouse]:
    """A house on this test's folder; made again, it is the next start of the same core."""

    def make(changes: dict[str, str] | None = None, **more: Any) -> SiteHouse:
        key = tmp_path / "kiosks.key"
        key.write_text("k" * 40 + "\n")
        told = {
            "http_port": "0",
            "key_file": f'"{key}"',
            "kiosks": '["X"]',
            "pin_tries": "3",
        }
        return SiteHouse(tmp_path / "data", write_config(told | (changes or {})), **more)

    return make


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """One that the site has made for itself, as docs/counter.md says."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate")
    certificate, key = tmp_path / "site.pem", tmp_path / "site.key"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    make += ["-nodes", "-days", "2", "-subj", "/CN=site", "-addext", "subjectAltName=IP:127.0.0.1"]
    make += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(make, check=True, capture_output=True)
    public = load_pem_x509_certificate(certificate.read_bytes()).public_key()
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Certificate(
        told={"certificate": f'"{certificate}"', "private_key": f'"{key}"'},
        pin=base64.b64encode(hashlib.sha256(der).digest()).decode(),
    )
