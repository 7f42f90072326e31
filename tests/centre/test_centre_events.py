"""Batches of events: each entry once, in order; what cannot be kept blocks nobody."""

from __future__ import annotations

import gzip
import json
import zlib
from concurrent.futures import ThreadPoolExecutor

import msgspec
from centre_loop import rows
from intake_house import EPOCH, entry, intake, send
from sqlalchemy import select

from centre.store import Database
from centre.store.tables.events import Event

STORED = "SELECT seq, kind, site, device, body FROM event ORDER BY device, epoch, seq"


def stored(database: Database) -> list[int]:
    return [row.seq for row in rows(database, STORED)]


def test_a_batch_is_kept_in_order(database: Database) -> None:
    with intake(database) as client:
        answer = send(client, *(entry(seq, f'{{"n":{seq}}}') for seq in range(1, 6)))
        assert answer.json() == {"epoch": EPOCH, "seq": 5}
    kept = rows(database, STORED)
    assert [(row.seq, row.kind, row.site, row.device) for row in kept] == [
        (seq, "ticket_issued", "site-of-k1", "k1") for seq in range(1, 6)
    ]
    assert rows(database, "SELECT seq FROM watermark")[0].seq == 5


def test_what_comes_again_is_acknowledged_and_stored_once(database: Database) -> None:
    with intake(database) as client:
        send(client, entry(1), entry(2))
        for again in ([entry(1), entry(2)], [entry(2), entry(3)], [entry(1)]):
            assert send(client, *again).status_code == 200
        assert send(client, entry(1)).json()["seq"] == 3
    assert stored(database) == [1, 2, 3]


def test_the_same_batch_from_many_sides_is_stored_once(database: Database) -> None:
    batches = [range(1, 6), range(1, 6), range(3, 9), range(1, 9)] * 3
    with intake(database) as client, ThreadPoolExecutor(6) as pool:
        send(client, entry(1))
        answers = list(pool.map(lambda seqs: send(client, *map(entry, seqs)), batches))
        told = [answer.json()["seq"] for answer in answers if answer.status_code == 200]
        assert set(told) <= {5, 8}
        assert {answer.status_code for answer in answers} <= {200, 409}  # 3 may come before 1
        if 8 not in told:
            send(client, *map(entry, range(1, 9)))
    assert stored(database) == list(range(1, 9))


def test_a_gap_is_refused_and_says_where_to_resume(database: Database) -> None:
    with intake(database) as client:
        send(client, entry(1))
        answer = send(client, entry(4))
        assert answer.status_code == 409
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "gap"
        assert answer.json()["resume"] == 2
        assert send(client, entry(2)).json()["seq"] == 2
    assert stored(database) == [1, 2]


def test_an_epoch_may_begin_anywhere_and_has_its_own_order(database: Database) -> None:
    with intake(database) as client:
        assert send(client, entry(700)).json()["seq"] == 700
        assert send(client, entry(1), epoch="feedfacefeedface").status_code == 200
        assert send(client, entry(3), device="k2").status_code == 200
    assert stored(database) == [700, 1, 3]


def test_a_batch_out_of_order_is_refused_whole(database: Database) -> None:
    with intake(database) as client:
        for seqs in ((2, 1), (1, 1), (1, 3), (5, 6, 8)):
            answer = send(client, *map(entry, seqs))
            assert (answer.status_code, answer.json()["code"]) == (422, "order")
    assert stored(database) == []


DEEP = '{"a":' * 70 + "1" + "}" * 70
BAD = {
    "nul": entry(2, '{"said":"a\\u0000b"}'),
    "too_large": entry(2, '{"said":"' + 70_000 * "x" + '"}'),
    "time": entry(2, at="yesterday"),
    "nesting": entry(2, DEEP),
    "number": entry(2, '{"n":1e400}'),
    "shape": entry(2, "[1]"),
}


def test_what_cannot_be_kept_is_set_aside_and_acknowledged(database: Database) -> None:
    with intake(database) as client:
        for device, bad in BAD.items():
            for _ in ("first", "again"):
                answer = send(client, entry(1), bad, entry(3), device=device)
                assert answer.json() == {"epoch": EPOCH, "seq": 3, "quarantined": [2]}
    assert stored(database) == [1, 3] * len(BAD)
    aside = rows(database, "SELECT device, seq, reason, text FROM quarantined")
    assert {(row.device, row.seq, row.reason) for row in aside} == {(why, 2, why) for why in BAD}
    assert max(len(row.text) for row in aside) == 65_536


NO_MOMENTS = ("", "2026-11-30T08:00:00", "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
              "9999-12-31T23:59:59-14:00")  # fmt: skip


def test_what_is_no_moment_is_set_aside(database: Database) -> None:
    batch = [entry(seq, at=at) for seq, at in enumerate(NO_MOMENTS, 1)]
    with intake(database) as client:
        assert send(client, *batch).json()["quarantined"] == [1, 2, 3, 4, 5]


MOMENTS = ("1970-01-01T07:00:11+07:00", "2099-12-31T23:59:59+07:00", "2026-11-30T08:00:00.123456Z",
           "20261130T080000+0700")  # fmt: skip


def test_a_clock_that_is_wrong_loses_no_event(database: Database) -> None:
    batch = [entry(seq, at=at) for seq, at in enumerate(MOMENTS, 1)]
    with intake(database) as client:
        assert send(client, *batch).json() == {"epoch": EPOCH, "seq": 4}
    assert stored(database) == [1, 2, 3, 4]


ODD = ('{"s":"\\\\u0000"}', '{"s":"Trần Thị Bưởi \\u1ea5"}', '{"s":"a\\tb\\n"}', '{"n":1e-300}',
       '{"n":12345678901234567890123}', '{"s":"\\ud83d\\ude00"}', "{}", '{"a":null,"b":[]}',
       '{"a":1,"a":2}')  # fmt: skip


def test_odd_bodies_that_both_databases_keep(database: Database) -> None:
    batch = [entry(seq, body) for seq, body in enumerate(ODD, 1)]
    with intake(database) as client:
        assert send(client, *batch).json() == {"epoch": EPOCH, "seq": len(ODD)}
    kept = rows(database, select(Event).order_by(Event.seq))
    assert [row.body for row in kept] == [json.loads(body) for body in ODD]


def test_what_only_the_database_refuses_is_found_and_set_aside(database: Database) -> None:
    """Far too small for a number of PostgreSQL; SQLite keeps it as the text that it is."""
    batch = [entry(seq) for seq in range(1, 51)]
    batch[16] = entry(17, '{"n":1e-999999}')
    batch[40] = entry(41, '{"n":1e-999999}')
    with intake(database) as client:
        answer = send(client, *batch).json()
    aside = [17, 41] if database.is_postgresql else []
    assert answer.get("quarantined", []) == aside
    assert stored(database) == [seq for seq in range(1, 51) if seq not in aside]
    kept = rows(database, "SELECT seq, reason FROM quarantined ORDER BY seq")
    assert [(row.seq, row.reason) for row in kept] == [(seq, "store") for seq in aside]


def test_a_gzip_bomb_costs_its_limit_and_no_more(database: Database) -> None:
    bomb = zlib.compressobj(1, zlib.DEFLATED, 31)
    packed = b"".join(bomb.compress(bytes(2**20)) for _ in range(64)) + bomb.flush()
    assert len(packed) < 2**19
    with intake(database) as client:
        answer = client.post("/v1/events", content=packed, headers={"content-encoding": "gzip"})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_ten_megabytes_are_refused(database: Database) -> None:
    with intake(database) as client:
        for headers in ({}, {"content-encoding": "gzip"}):
            answer = client.post("/v1/events", content=bytes(10_000_000), headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


GOOD = msgspec.json.encode({"epoch": EPOCH, "entries": [entry(1)]})
WRONG = {
    "no gzip": (GOOD, "gzip"),
    "cut off": (gzip.compress(GOOD)[:-4], "gzip"),
    "something behind it": (gzip.compress(GOOD) + b"more", "gzip"),
    "another packing": (GOOD, "br"),
    "no JSON": (b"{", ""),
    "no entries": (b'{"epoch":"0123456789abcdef","entries":[]}', ""),
    "a field more": (GOOD[:-1] + b',"device":"k2"}', ""),
    "an entry's field more": (GOOD.replace(b'"seq"', b'"device":"k2","seq"'), ""),
    "seq 0": (GOOD.replace(b'"seq":1', b'"seq":0'), ""),
    "seq beyond": (GOOD.replace(b'"seq":1', b'"seq":9007199254740993'), ""),
    "a kind in capitals": (GOOD.replace(b"ticket_issued", b"Ticket"), ""),
    "nested without end": (GOOD.replace(b'{"n":1}', b"[" * 9000 + b"]" * 9000), ""),
    "no UTF-8": (GOOD.replace(b"ticket_issued", b"ticket\xff"), ""),
    "too many": (
        msgspec.json.encode({"epoch": EPOCH, "entries": [entry(n) for n in range(1, 2002)]}), "",
    ),
}  # fmt: skip


def test_what_is_no_batch_is_a_clear_problem(database: Database) -> None:
    with intake(database) as client:
        for what, (body, encoding) in WRONG.items():
            headers = {"content-encoding": encoding}
            answer = client.post("/v1/events", content=body, headers=headers)
            assert answer.status_code == 400, what
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == 400
        assert send(client, entry(1)).status_code == 200
    assert stored(database) == [1]
