"""The wire at its worst: cut, slow, absurd, foreign. Each wait ends, each answer is understood."""

import datetime as dt
import email.utils
import json
import threading

import pytest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, algorithms
from rude_server import answer

from centre.wire.signing import COVERED
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.sync.clock import CentreClock
from kiosk.sync.keys import DeviceKey
from kiosk.sync.line import LONGEST_PAUSE_S, MAX_ANSWER, Signature, SignedLine
from kiosk.sync.signing import Message

KEY = DeviceKey(bytes(range(32)))
WITHIN_S = 30.0


def line_to(server, clock=None):
    return SignedLine(server.url, "", clock or CentreClock())


def ask(line, **more):
    wanted = {"within_s": WITHIN_S, "body": b"{}", **more}
    try:
        return line.ask("POST", "/v1/events?x=1", Signature(KEY, "kiosk-1"), **wanted)
    finally:
        line.close()


def refusal(status=401, **members):
    return answer(status, {"status": status, **members})


class Known(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        assert key_id == "kiosk-1"
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(KEY.public))


def test_a_request_is_signed_as_the_wire_says(serve):
    server = serve(answer(200, b"fine"))
    assert ask(line_to(server), body=b'{"a":1}').body == b"fine"
    (asked,) = server.asked
    message = Message(asked.method, server.url + asked.target, asked.headers)
    (result,) = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519, key_resolver=Known()
    ).verify(message, require_components=COVERED, body=asked.body)
    assert result.label == "letan"
    assert len(result.nonce) == 32
    assert set(result.parameters) == {"created", "keyid", "alg", "nonce"}


def test_a_line_that_has_gone_stale_is_opened_again(serve):
    server = serve(answer(200, b"one"), lambda asked: None, answer(200, b"two"))
    line = line_to(server)
    signature = Signature(KEY, "kiosk-1")
    assert line.ask("GET", "/", signature, within_s=WITHIN_S).body == b"one"
    assert line.ask("GET", "/", signature, within_s=WITHIN_S).body == b"two"
    line.close()
    assert server.connections == 2
    inputs = {one.headers["signature-input"] for one in server.asked}
    assert len(inputs) == 3, "signed anew for each try"


def test_a_centre_that_hangs_up_at_once_is_away(serve):
    with pytest.raises(CentreAway, match="RemoteDisconnected") as caught:
        ask(line_to(serve(lambda asked: None)))
    assert caught.value.code == "centre"


def test_nobody_listens(serve):
    server = serve(answer(200))
    line = line_to(server)
    server.close()
    with pytest.raises(CentreAway, match="ConnectionRefused"):
        ask(line)


def test_an_answer_that_breaks_off_is_none(serve):
    with pytest.raises(CentreAway, match="IncompleteRead"):
        ask(line_to(serve(lambda asked: _cut_short(asked, answer(200, b"x" * 1000)))))


def _cut_short(asked, whole):
    asked.connection.sendall(whole[: len(whole) // 2])


def test_an_answer_that_never_comes_has_its_end(serve):
    released = threading.Event()
    with pytest.raises(CentreAway, match=r"(?i)time"):
        ask(line_to(serve(lambda asked: released.wait(60) and None)), within_s=0.2)
    released.set()


def test_an_answer_that_drips_has_its_end_too(serve):
    ended = threading.Event()

    def drip(asked):
        asked.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not ended.wait(0.02):
            asked.connection.sendall(b"x")

    with pytest.raises(CentreAway, match=r"(?i)time"):
        ask(line_to(serve(drip)), within_s=0.5)
    ended.set()


def test_a_call_is_cut_from_another_thread(serve):
    line_holder, there = [], threading.Event()

    def wait(asked):
        there.set()
        line_holder[0].cut()
        return asked.connection.recv(1) or None

    line = line_to(serve(wait))
    line_holder.append(line)
    with pytest.raises(CentreAway):
        ask(line)
    assert there.is_set()


def test_an_answer_without_end_is_not_swallowed(serve):
    def pour(asked):
        asked.connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(MAX_ANSWER // 65536 + 100):
            asked.connection.sendall(bytes(65536))

    with pytest.raises(CentreAway, match="more than"):
        ask(line_to(serve(pour)))


@pytest.mark.parametrize(
    "foreign",
    [
        answer(200, b"<html>log in to this network</html>"),
        answer(302, b"", Location="http://portal.example/"),
        answer(404, b"<html>not here</html>"),
        answer(502, b"Bad Gateway"),
        answer(500, b"[" * 70_000),
    ],
)
def test_what_is_no_centre_is_away(serve, folder, foreign):
    from kiosk.sync.client import CentreClient

    client = CentreClient(folder, serve(foreign).url, "", CentreClock())
    with pytest.raises(CentreAway) as caught:
        client.changes("", WITHIN_S)
    client.close()
    assert not isinstance(caught.value, CentreRefuses)
    assert caught.value.code == "not_a_centre"


@pytest.mark.parametrize(
    ("said", "after_s"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("-3", 0.0),
        ("999999999", LONGEST_PAUSE_S),
        ("inf", LONGEST_PAUSE_S),
        ("nan", LONGEST_PAUSE_S),
        ("soon", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_PAUSE_S),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("", 0.0),
    ],
)
def test_retry_after_is_honoured_within_reason(serve, said, after_s):
    server = serve(answer(503, {"status": 503, "code": "store"}, Retry_After=said))
    with pytest.raises(CentreRefuses) as caught:
        ask(line_to(server))
    assert (caught.value.code, caught.value.status) == ("store", 503)
    assert caught.value.after_s == after_s


def test_retry_after_as_a_date_is_read_by_the_centres_clock(serve):
    clock = CentreClock()
    clock.learn("2031-05-01T10:00:00+00:00", clock.steady())
    later = email.utils.format_datetime(dt.datetime(2031, 5, 1, 10, 2, tzinfo=dt.UTC))
    with pytest.raises(CentreRefuses) as caught:
        ask(line_to(serve(answer(429, {"code": "too_many"}, Retry_After=later)), clock))
    assert 60 < caught.value.after_s <= 120


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_wrong_clock_costs_one_more_round(serve, year):
    now = dt.datetime(2026, 11, 23, 1, 0, tzinfo=dt.UTC)
    wrong = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    clock = CentreClock(wall=lambda: wrong)
    server = serve(refusal(code="clock", now=now.isoformat()), answer(200, b"fine"))
    assert ask(line_to(server, clock)).body == b"fine"
    assert abs((clock.now() - now).total_seconds()) < WITHIN_S
    assert abs(clock.ahead_s - (wrong - now).total_seconds()) < WITHIN_S
    created = [
        int(one.headers["signature-input"].partition("created=")[2].partition(";")[0])
        for one in server.asked
    ]
    assert created[0] == int(wrong.timestamp())
    assert 0 <= created[1] - int(now.timestamp()) < WITHIN_S


def test_a_centre_that_always_minds_the_clock_is_asked_twice_at_most(serve):
    server = serve(refusal(code="clock", now="2026-11-23T01:00:00+00:00"))
    with pytest.raises(CentreRefuses) as caught:
        ask(line_to(server))
    assert (caught.value.code, len(server.asked)) == ("clock", 2)


def test_a_time_that_is_none_is_not_learnt(serve):
    clock = CentreClock()
    for words in ("yesterday", "2026-11-23T08:00:00", json.dumps(None)):
        assert not clock.learn(words, clock.steady())
    assert clock.ahead_s is None


def test_half_the_way_there_and_back_is_the_news_age():
    hands = iter([100.0, 104.0, 110.0])
    clock = CentreClock(steady=lambda: next(hands))
    asked_at = clock.steady()
    clock.learn("2026-11-23T08:00:00+00:00", asked_at)
    assert clock.now().isoformat() == "2026-11-23T08:00:08+00:00"


def test_the_citys_own_certificate_is_trusted_where_it_is_named(serve, tls, certificate):
    server = serve(answer(200, b"fine"), tls=tls)
    assert ask(SignedLine(server.url, str(certificate), CentreClock())).body == b"fine"
    with pytest.raises(CentreAway, match="self-signed") as caught:
        ask(SignedLine(server.url, "", CentreClock()))
    assert caught.value.code == "certificate"
    assert len(server.asked) == 1


def test_a_certificate_that_is_not_there(serve, tmp_path):
    with pytest.raises(CentreAway, match=r"city\.pem") as caught:
        ask(SignedLine("https://127.0.0.1:9", str(tmp_path / "city.pem"), CentreClock()))
    assert caught.value.code == "certificate"


def test_a_call_over_tls_is_cut_and_the_next_one_goes_through(serve, tls, certificate):
    holder = []

    def wait(asked):
        holder[0].cut()
        return asked.connection.recv(1) or None

    server = serve(wait, answer(200, b"fine"), tls=tls)
    holder.append(SignedLine(server.url, str(certificate), CentreClock()))
    with pytest.raises(CentreAway):
        ask(holder[0])
    assert ask(holder[0]).body == b"fine"
