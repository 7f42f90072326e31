"""The client of the leader against servers that refuse, stay silent, hang up, or talk rubbish."""

import json
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kiosk.errors import CommandRefused, LeaderAway
from kiosk.leader import LeaderClient
from kiosk.words import CallClerk, IssueTicket

WANTED = IssueTicket(request_id="visit-0001", service="land")


class Leader(ThreadingHTTPServer):
    """Answers what it is told to, and writes down what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = (204, b"")
        self.asked = []
        self.hangs_up = False


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.server.asked.append((self.path, self.headers["Authorization"], body))
        status, answer = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
        self.close_connection = self.server.hangs_up

    def log_message(self, *args):
        pass


@pytest.fixture
def leader():
    """A server that plays the leader."""
    server = Leader()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def client_of(server, scheme="http", **more):
    return LeaderClient(f"{scheme}://127.0.0.1:{server.server_address[1]}", "X", "key", **more)


def test_it_says_who_it_is_and_keeps_its_connection(leader):
    client = client_of(leader)
    for hangs_up in (False, True, False):  # the second leaves a stale connection
        leader.hangs_up = hangs_up
        client.call_clerk(CallClerk(page="ticket"), 10.0)
    client.close()
    assert leader.asked == [("/api/v1/kiosks/X/calls", "Bearer key", {"page": "ticket"})] * 3


@pytest.mark.parametrize(
    ("status", "problem", "error", "code"),
    [
        (409, {"code": "closed", "opens_at": "2026-11-24"}, CommandRefused, "closed"),
        (404, {"code": "unknown_service"}, CommandRefused, "unknown_service"),
        (404, {"code": "not_found"}, LeaderAway, "leader"),
        (401, {"code": "not_a_kiosk"}, LeaderAway, "leader"),
        (409, {"code": "not_leading"}, LeaderAway, "leader"),
        (429, {"code": "busy"}, LeaderAway, "leader"),
        (503, {"code": "store"}, LeaderAway, "leader"),
        (200, {"what": "is this"}, LeaderAway, "leader"),
    ],
)
def test_a_refusal_is_the_leaders_and_a_fault_is_its_absence(leader, status, problem, error, code):
    leader.answer = (status, json.dumps(problem).encode())
    client = client_of(leader)
    with pytest.raises(error) as told:
        client.issue(WANTED, 10.0)
    client.close()
    assert told.value.code == code
    assert getattr(told.value, "opens_at", "") == problem.get("opens_at", "")


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\xff\xfe", b"{"])
def test_rubbish_is_absence(leader, answer):
    leader.answer = (200, answer)
    client = client_of(leader)
    with pytest.raises(LeaderAway):
        client.issue(WANTED, 10.0)
    client.close()


def test_silence_ends_in_time_and_nobody_there_at_once():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        client = LeaderClient(f"http://127.0.0.1:{mute.getsockname()[1]}", "X", "key")
        begin = time.perf_counter()
        with pytest.raises(LeaderAway, match="imed out"):
            client.issue(WANTED, 0.2)
        assert 0.19 < time.perf_counter() - begin < 10.0
    with pytest.raises(LeaderAway):
        client.issue(WANTED, 10.0)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_only_the_certificate_that_is_trusted_is(leader, tmp_path):
    certificate, key = tmp_path / "site.pem", tmp_path / "site.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=le-tan", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(certificate)],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    leader.socket = context.wrap_socket(leader.socket, server_side=True)
    trusting = client_of(leader, "https", trusted=str(certificate))
    trusting.call_clerk(CallClerk(page="ticket"), 10.0)
    trusting.close()
    with pytest.raises(LeaderAway, match="certificate"):
        client_of(leader, "https").call_clerk(CallClerk(page="ticket"), 10.0)
    assert len(leader.asked) == 1
