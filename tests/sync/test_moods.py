"""A centre in every mood: busy, half broken, forgetful. The kiosk waits as asked and tells once."""

import gzip
import json
import logging

import pytest
from kiosk_house import KioskHouse, in_loop
from rude_server import answer

from kiosk.core.syncing import HOURLY_S


@pytest.fixture
def kiosk(open_kiosk, folder, tmp_path) -> KioskHouse:
    """A kiosk that believes to be enrolled."""
    house = open_kiosk()
    folder.rename(house.data.centre)
    return house


class Centre:
    """As a centre answers, unless a test says otherwise for a path."""

    def __init__(self):
        self.moods = {}
        self.told = []

    def __call__(self, asked):
        path = asked.target.partition("?")[0]
        if path in self.moods:
            return self.moods[path]
        if path == "/v1/changes":
            now = "2026-11-23T01:00:00+00:00"
            known = asked.headers.get("if-none-match")
            return answer(304) if known else answer(200, {"cursor": "1", "now": now})
        if path == "/v1/events":
            batch = json.loads(gzip.decompress(asked.body))
            seqs = [entry["seq"] for entry in batch["entries"]]
            self.told += seqs
            return answer(200, {"epoch": batch["epoch"], "seq": seqs[-1]})
        return answer(204)


def problem(status, code, **headers):
    return answer(status, {"status": status, "code": code, "detail": "so it is"}, **headers)


@in_loop
@pytest.mark.parametrize(
    ("mood", "reason", "least"),
    [
        (problem(503, "store", Retry_After="7"), "busy", 7),
        (problem(429, "too_many", Retry_After="11"), "busy", 11),
        (problem(503, "store", Retry_After="999999"), "busy", 900),
        (problem(401, "revoked"), "revoked", HOURLY_S),
        (problem(401, "not_known"), "not_known", HOURLY_S),
        (problem(401, "signature"), "signature", 0),
        (answer(200, b"<html>log in</html>"), "not_a_centre", 0),
        (answer(502, b"Bad Gateway"), "not_a_centre", 0),
    ],
)
async def test_it_waits_as_it_was_asked_to(kiosk, serve, mood, reason, least):
    server = serve(lambda asked: mood)
    kiosk.core.begin()
    kiosk.issue()
    kiosk.tie(server.url)
    pause = await kiosk.edge.syncing._turn()
    assert (kiosk.centre.state, kiosk.centre.reason) == ("unavailable", reason)
    assert pause >= least
    assert kiosk.engine.store.centre.waiting() == 1
    kiosk.edge.syncing._let_go()
    kiosk.engine.dossiers.open_with(None)


@in_loop
async def test_what_is_refused_of_one_thing_does_not_stop_the_others(kiosk, serve, caplog):
    centre = Centre()
    centre.moods["/v1/changes"] = problem(500, "bug")
    server = serve(centre)
    with caplog.at_level(logging.WARNING):
        async with kiosk.at_work(server.url):
            kiosk.issue()
            await kiosk.until(lambda: centre.told == [1])
            await kiosk.until(lambda: kiosk.centre.warnings == ("refused",))
            assert kiosk.centre.state == "ready"
            assert "changes: 500 bug" in kiosk.centre.detail
            for number in range(2, 6):
                kiosk.issue()
                await kiosk.until(lambda want=number: centre.told == list(range(1, want + 1)))
            del centre.moods["/v1/changes"]
            await kiosk.until(lambda: not kiosk.centre.warnings)
    assert caplog.text.count("the centre refuses") == 1


@in_loop
async def test_a_centre_that_forgot_the_cursor_tells_everything_again(kiosk, serve):
    centre = Centre()
    server = serve(centre)
    async with kiosk.at_work(server.url):
        await kiosk.until(lambda: kiosk.engine.store.centre.cursor == "1")
        centre.moods["/v1/changes"] = problem(400, "cursor")
        await kiosk.until(lambda: kiosk.engine.store.centre.cursor == "")
        del centre.moods["/v1/changes"]
        await kiosk.until(lambda: kiosk.engine.store.centre.cursor == "1")


@in_loop
async def test_nothing_new_is_asked_for_with_the_cursor_alone(kiosk, serve):
    centre = Centre()
    server = serve(centre)

    def asked():
        found = [one for one in server.asked if one.target.startswith("/v1/changes")]
        return [(one.target, one.headers.get("if-none-match")) for one in found]

    async with kiosk.at_work(server.url):
        await kiosk.until(lambda: len(asked()) >= 3)
    assert asked()[0] == ("/v1/changes?since=", None)
    assert set(asked()[1:]) == {("/v1/changes?since=1", '"1"')}


@in_loop
async def test_fates_that_nobody_wants_are_forgotten(kiosk, serve):
    from giver import notice

    centre = Centre()
    centre.moods["/v1/documents/fates"] = problem(422, "against_a_rule")
    server = serve(centre)
    kiosk.edge._shelf.refuse(notice("hours", 1), "no")
    async with kiosk.at_work(server.url):
        await kiosk.until(lambda: not kiosk.edge._shelf.fates())


@in_loop
async def test_another_address_is_taken_over_at_once(kiosk, serve, tmp_path):
    first, second = Centre(), Centre()
    here, there = serve(first), serve(second)
    async with kiosk.at_work(here.url):
        kiosk.issue()
        await kiosk.until(lambda: first.told == [1])
        kiosk.tie(there.url)
        kiosk.issue()
        await kiosk.until(lambda: second.told == [2])
        kiosk.edge.syncing.tie(None, kiosk.rule)
        await kiosk.until(lambda: kiosk.centre.reason == "alone")
