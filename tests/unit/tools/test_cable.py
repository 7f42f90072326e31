"""What a cable does to those at its ends, beyond what the kiosk's own tests make of it."""

import socket
import threading
import time

import pytest

from tools.cable import Cable


@pytest.fixture
def echo():
    """A server that says again whatever it is told; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    here, _ = server.accept()
                except OSError:
                    return
                with here:
                    while piece := here.recv(4096):
                        here.sendall(piece)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture
def cable(echo):
    made = Cable(echo)
    yield made
    made.close()


def call(cable):
    port = int(cable.url.rpartition(":")[2])
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def fate(cable):
    """What becomes of a call: the error, or what came back."""
    try:
        with call(cable) as line:
            return said(line)
    except ConnectionError as error:
        return error


def until(check):
    deadline = time.monotonic() + 30
    while not check():
        assert time.monotonic() < deadline


def said(line, words=b"hello"):
    """What comes back, all of it."""
    line.sendall(words)
    heard = b""
    while len(heard) < len(words) and (piece := line.recv(4096)):
        heard += piece
    return heard


def test_it_refuses_and_listens_again_at_the_same_place(cable):
    cable.refuses = True
    cable.pull()
    until(lambda: isinstance(fate(cable), ConnectionRefusedError))
    cable.plug_in()
    until(lambda: fate(cable) == b"hello")


def test_an_answer_breaks_off_with_a_reset(cable):
    cable.resets, cable.cut_after = True, 3
    with call(cable) as line, pytest.raises(ConnectionResetError):
        said(line)


def test_a_slow_one_brings_everything_late_and_a_hole_nothing(cable):
    cable.latency_s, cable.rate = 0.05, 20_000.0
    with call(cable) as line:
        begun = time.monotonic()
        assert said(line, b"x" * 2000) == b"x" * 2000
        assert time.monotonic() - begun >= 0.1  # 2,000 bytes, both ways at once
        cable.plug_in()
        cable.hole = True
        line.sendall(b"hello")
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(4096)
