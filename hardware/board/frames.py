"""The Modbus RTU frames that we build ourselves. Pure.

    address  function  data             CRC-16, low byte first
    01       05        02 00  00 07     8D B0

A pulse that the board times itself: function 05 (write one coil) at address 0x0200 + channel; its
value is the length in units of 100 ms, here 7. The board switches the output on and, when the time
is over, off, whatever has become of the computer. It answers with an echo of the request. Function
05 proper knows the values 0xFF00 and 0x0000 alone, so libraries refuse to send this one.

Source: Waveshare's wiki, "Modbus RTU Relay (D)" and "Modbus RTU IO 8CH", development protocol,
"flash on"; CRC: Modbus over Serial Line 1.02, appendix B.
"""

from typing import Literal

CHANNELS = 8
PULSE_UNIT_MS = 100
PULSE_MAX_MS = 60_000
"""The board could count to 0x7FFF x 100 ms; nothing here needs an output for over a minute."""
WRITE_COIL = 0x05
PULSE_BASE = 0x0200
EXCEPTION = 0x80
REPLY_BYTES = 8
EXCEPTION_BYTES = 5

Reply = Literal["echo", "refused", "silence", "noise"]


def crc16(data: bytes) -> bytes:
    """The two check bytes of `data` in the order in which they are sent."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc.to_bytes(2, "little")


def sealed(body: bytes) -> bytes:
    """`body` with its check bytes."""
    return body + crc16(body)


def is_whole(frame: bytes) -> bool:
    """Whether the check bytes at the end of `frame` are right."""
    return len(frame) > 2 and crc16(frame[:-2]) == frame[-2:]


def pulse_request(address: int, channel: int, length_ms: int) -> bytes:
    """Switch output `channel` (from 0) of the board at `address` on for `length_ms`, which is
    rounded up to the next 100 ms. Raises `ValueError` for what no board can do."""
    units = -(-length_ms // PULSE_UNIT_MS)
    if not 1 <= address <= 247:
        raise ValueError(f"address {address} is not from 1 to 247")
    if not 0 <= channel < CHANNELS:
        raise ValueError(f"channel {channel} is not from 0 to {CHANNELS - 1}")
    if not 1 <= units <= PULSE_MAX_MS // PULSE_UNIT_MS:
        raise ValueError(f"a pulse of {length_ms} ms is not from 1 to {PULSE_MAX_MS} ms")
    where = PULSE_BASE + channel
    return sealed(bytes((address, WRITE_COIL, *where.to_bytes(2), *units.to_bytes(2))))


def pulse_reply(request: bytes, reply: bytes) -> Reply:
    """What came back on a pulse.

    `echo`: it runs. `refused`: the board says that it cannot, nothing was switched. `silence` and
    `noise` tell nothing: the pulse may run.
    """
    if reply == request:
        return "echo"
    if not reply:
        return "silence"
    exception = reply[:EXCEPTION_BYTES]
    head = bytes((request[0], request[1] | EXCEPTION))
    if len(exception) == EXCEPTION_BYTES and exception[:2] == head and is_whole(exception):
        return "refused"
    return "noise"
