"""The face without a loop against a core that hangs up before it was greeted."""

import socket

import pytest

from kiosk.errors import LinkError
from kiosk.link.client import LinkClient
from kiosk.link.frames import MAX_FROM_CORE, Goodbye, encode


@pytest.fixture
def full_house(tmp_path, monkeypatch):
    """A core's socket; whoever comes is told goodbye before it can say hello."""
    path = tmp_path / "core.sock"
    door = socket.socket(socket.AF_UNIX)
    door.bind(str(path))
    door.listen(1)
    hello = LinkClient._send

    def turned_away_first(client, message):
        visitor, _ = door.accept()
        goodbye = Goodbye(code="busy", detail="32 faces are here")
        visitor.sendall(encode(goodbye, limit=MAX_FROM_CORE))
        visitor.close()
        hello(client, message)

    monkeypatch.setattr(LinkClient, "_send", turned_away_first)
    with door:
        yield path


def test_a_goodbye_is_heard_though_the_core_has_hung_up(full_house):
    with pytest.raises(LinkError, match="busy: 32 faces"):
        LinkClient(full_house)
