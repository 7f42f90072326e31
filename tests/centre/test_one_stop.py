"""A one-stop system over HTTP: its own words, its silence, its faults, and its rest."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from one_stop_system import OneStopSystem

from centre.dossiers.breaker import FAILURES
from centre.dossiers.one_stop import OneStop
from centre.dossiers.one_stop_plan import OneStopError, day_in, read_one_stop
from centre.errors import Away
from centre.wire import DossierState

CODE = "H26.123-260901-0012"
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


class Clock:
    """A clock that the test sets."""

    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def system():
    with OneStopSystem() as running:
        running.states[CODE] = {"status": "Đang xử lý", "due": "15/12/2026 00:00", "changed": None}
        yield running


@pytest.fixture
def plan(tmp_path, system):
    """Its plan, from a file."""
    (tmp_path / "token").write_text("secret-token\n")
    path = tmp_path / "one_stop.toml"
    path.write_text(
        f"""
        url = "{system.url}"
        token_file = "token"
        within_s = 2.0
        [fields]
        state = "data.status"
        due_on = "data.due"
        changed_on = "data.changed"
        [states]
        "Đang xử lý" = "in_progress"
        "9" = "ready"
        """
    )
    return read_one_stop(path)


def ask(plan, *codes, clock=None):
    """What it says, or Away, of each."""

    async def all_of_them():
        source = OneStop(plan, clock or Clock())
        try:
            return [await _one(source, code) for code in codes]
        finally:
            await source.close()

    return asyncio.run(all_of_them())


async def _one(source, code):
    try:
        return await source.state_of(code)
    except Away as away:
        return away


def test_its_words_become_ours(plan, system):
    assert ask(plan, CODE, "H26.123-260901-0013") == [
        DossierState(state="in_progress", due_on="2026-12-15"),
        None,
    ]
    assert system.asked[0] == (CODE, "Bearer secret-token")
    system.states[CODE] = {"status": 9, "due": "2026-13-40", "changed": "2026-11-29T08:00:00+07:00"}
    assert ask(plan, CODE) == [DossierState(state="ready", changed_on="2026-11-29")]
    system.states[CODE] = {"nothing": "of use"}
    assert ask(plan, CODE) == [None]


@pytest.mark.parametrize("mood", ["broken", "garbage", "huge", "redirect", "silent", "drip"])
def test_whatever_it_does_is_away_in_time(plan, system, mood, caplog):
    caplog.set_level(logging.DEBUG)
    system.mood = mood
    (away,) = ask(plan, CODE)
    assert isinstance(away, Away)
    assert away.retry_after_s >= 1
    assert all(code == CODE for code, _ in system.asked)  # no other address was followed
    assert CODE not in caplog.text


def test_a_system_that_is_away_is_left_alone_and_tried_again(plan, system, caplog):
    caplog.set_level(logging.INFO)
    clock = Clock()

    async def story():
        source = OneStop(plan, clock)
        try:
            system.mood = "broken"
            for _ in range(10):
                assert isinstance(await _one(source, CODE), Away)
            assert len(system.asked) == FAILURES
            clock.now += timedelta(seconds=6)
            answers = await asyncio.gather(*(_one(source, CODE) for _ in range(5)))
            assert all(isinstance(answer, Away) for answer in answers)
            assert len(system.asked) == FAILURES + 1  # one trial alone
            system.mood = "well"
            clock.now += timedelta(seconds=11)
            assert (await _one(source, CODE)).state == "in_progress"
            assert (await _one(source, CODE)).state == "in_progress"
        finally:
            await source.close()

    asyncio.run(story())
    told = [record.getMessage() for record in caplog.records if record.name.startswith("centre")]
    assert told == ["the one-stop system is away: status 500", "the one-stop system is back"]


def test_a_word_that_nobody_knows_is_told_once(plan, system, caplog):
    system.states[CODE] = {"status": "Lạ"}
    for answer in ask(plan, CODE, CODE):
        assert isinstance(answer, Away)
    assert [r.getMessage() for r in caplog.records if r.levelname == "WARNING"] == [
        "the one-stop system says 'Lạ': [states] does not know it"
    ]
    assert len(system.asked) == 2  # it is well; only this word is not


def test_nobody_there(plan):
    with OneStopSystem() as gone:
        url = gone.url
    (away,) = ask(msgspec.structs.replace(plan, url=url), CODE)
    assert isinstance(away, Away)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('url = "http://one-stop.example/{code}"', "https"),
        ('url = "https://one-stop.example/"', "{code}"),
        ('url = "https://{code}.example/"', "{code}"),
        ('url = "https://one-stop.example/{code}"\nodd = 1', "odd"),
        ('url = "https://x.example/{code}"\n[states]\n"a" = "done"', "done"),
        ('url = "https://x.example/{code}"\ntoken_file = "nowhere"', "nowhere"),
        ("url", "one_stop.toml"),
    ],
)
def test_plans_that_cannot_be_used(tmp_path, text, why):
    path = tmp_path / "one_stop.toml"
    path.write_text(text)
    with pytest.raises(OneStopError, match=why):
        read_one_stop(path)


def test_days_are_written_either_way():
    assert day_in("2026-12-15T08:00:00") == day_in("15/12/2026 08:00") == day_in("2026-12-15")
    assert day_in("") is None
    for text in ("15/13/2026", "soon", "20261215", "2026-02-30"):
        with pytest.raises(ValueError):  # noqa: PT011 - date's own words
            day_in(text)
