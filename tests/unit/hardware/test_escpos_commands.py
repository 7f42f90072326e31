"""How the simulated printer reads bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.simulators.escpos_commands import Reader


def read(chunks):
    reader, commands = Reader(), []
    for chunk in chunks:
        reader.feed(chunk)
        while (command := reader.peek()) is not None:
            reader.drop(command)
            commands.append(command)
    return commands


def test_a_raster_block_is_one_command():
    (raster,) = read([b"\x1dv0\x00\x02\x00\x03\x00" + b"\x1b@\x10\x04\x01\x0a"])
    assert (raster.name, raster.data[-6:]) == ("GSv0", b"\x1b@\x10\x04\x01\x0a")


def test_commands_in_a_row():
    data = b"\x1b@\x1da\x0eA042\n\x1d!\x77\x1d(k\x03\x001Q0\x1dVB\x00\x1d(H\x06\x0000abcd\x1dr\x01"
    names = [command.name for command in read([data])]
    assert names == ["ESC@", "GSa", "text", "LF", "GS!", "GS(k", "GSV", "GS(H", "GSr"]


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(1, 7))
def test_no_byte_is_lost_whatever_the_chunks(data, size):
    """A run of letters may come as several commands; all else is the same."""
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    whole, cut = read([data]), read(chunks)
    told = b"".join(command.raw for command in cut)
    assert told == b"".join(command.raw for command in whole)
    assert data.startswith(told)
    assert [c for c in cut if c.name != "text"] == [c for c in whole if c.name != "text"]
