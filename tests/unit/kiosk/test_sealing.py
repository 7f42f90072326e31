"""What is sealed here can be read by the centre alone."""

import base64

import pytest
from nacl.public import PrivateKey, SealedBox

from kiosk.errors import ConfigError
from kiosk.sealing import PADDED, CentreSealer, read_sealer


def test_only_the_centre_reads_it(tmp_path):
    centre = PrivateKey.generate()
    path = tmp_path / "centre.key"
    path.write_text(bytes(centre.public_key).hex() + "\n")
    sealer = read_sealer(path)
    one, two = sealer.seal("0912345678"), sealer.seal("02438251234")
    opened = SealedBox(centre).decrypt(base64.b64decode(one))
    assert opened.rstrip(b"\0") == b"0912345678"
    assert len(one) == len(two)
    assert sealer.seal("0912345678") != one


def test_more_than_a_number_is_not_sealed():
    with pytest.raises(ValueError, match="33 bytes"):
        CentreSealer(bytes(PrivateKey.generate().public_key)).seal("1" * (PADDED + 1))


@pytest.mark.parametrize("text", ["", "hello", "ab" * 31, "ab" * 33, "00" * 32])
def test_what_is_no_key_is_told(tmp_path, text):
    path = tmp_path / "centre.key"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"feedback\.centre_key"):
        read_sealer(path)


def test_a_key_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigError, match=r"feedback\.centre_key"):
        read_sealer(tmp_path / "nowhere")
