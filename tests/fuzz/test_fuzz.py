"""Whatever comes from outside is read, or refused by its room's own error; nothing else happens.

A few examples a parser here; `make prove` asks tens of thousands (KIOSK_FUZZ).
"""

import contextlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import targets

EXAMPLES = int(os.environ.get("KIOSK_FUZZ", "25"))
SPICE = [
    b"\x00", b"\xff\xfe", b"\r\n", b"\x10\x04", b'"', b"'", b"[[", b"]]", b"{", b"}", b"|", b"(",
    b")", b"= ", b"\\u0000", "ệ".encode(), "e\u0302\u0301".encode(), "\U0001f600".encode(),
    b"\xed\xa0\x80",
    b"9" * 400, b"-1", b"1e999", b"NaN", b"null", b"A" * 3000,
]  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A true example with some of it cut out, put in twice, turned, or spiced; or plain rubbish."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.binary(max_size=400))
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 60))
        match draw(st.integers(0, 4)):
            case 0:
                del data[place : place + length]
            case 1:
                data[place:place] = data[place : place + length]
            case 2 if place < len(data):
                data[place] = draw(st.integers(0, 255))
            case 3:
                data[place:place] = draw(st.sampled_from(SPICE))
            case _:
                del data[place:]
    return bytes(data)


@pytest.mark.parametrize("target", targets(), ids=lambda one: one.name)
def test_whatever_comes(target):
    @settings(
        max_examples=EXAMPLES, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(data=spoilt(tuple(target.seeds)))
    def read(data: bytes) -> None:
        with contextlib.suppress(*target.may_raise):
            target.read(data)

    read()


@pytest.mark.parametrize("target", targets(), ids=lambda one: one.name)
def test_true_examples_are_taken(target):
    """Else the parser was never reached, and nothing above meant anything."""
    for seed in target.seeds:
        target.read(seed)
