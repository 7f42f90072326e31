"""How often a device may ask, and when a system that is away is asked again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from centre.dossiers.breaker import FAILURES, FIRST_REST, LONGEST_REST, TRIAL_WITHIN, Breaker
from centre.dossiers.meter import A_MISS, A_QUESTION, FULL, full

NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)


def test_citizens_one_after_the_other_are_never_kept_waiting():
    meter = full(NOW)
    for minute in range(0, 600, 2):
        meter = meter.at(NOW + timedelta(minutes=minute))
        assert meter.wait_s == 0
        meter = meter.less(A_QUESTION)


@given(st.lists(st.floats(0, 300), min_size=50, max_size=300))
def test_whoever_tries_codes_gets_no_further_than_the_allowance(pauses):
    """However the tries are spread: at most a full meter's worth and one a three minutes."""
    meter, now, tries = full(NOW), NOW, 0
    for pause in pauses:
        now += timedelta(seconds=pause)
        meter = meter.at(now)
        if not meter.wait_s:
            tries += 1
            meter = meter.less(A_MISS)
    minutes = (now - NOW).total_seconds() / 60
    assert tries <= (FULL + minutes) / A_MISS + 1


def test_the_wait_is_long_enough():
    meter = full(NOW)
    while not meter.wait_s:
        meter = meter.less(A_MISS)
    assert meter.at(NOW + timedelta(seconds=meter.wait_s)).wait_s == 0
    assert meter.at(NOW + timedelta(seconds=meter.wait_s - 2)).wait_s > 0


def test_a_clock_that_goes_back_gives_nothing():
    empty = full(NOW).less(FULL)
    back = empty.at(NOW - timedelta(days=1))
    assert back.tokens == 0
    assert back.at(NOW).tokens == 0


def test_some_failures_open_it_and_an_answer_closes_it():
    breaker = Breaker()
    for _ in range(FAILURES - 1):
        breaker = breaker.failed(NOW)
        assert not breaker.is_open
    assert not breaker.answered().failed(NOW).is_open
    breaker = breaker.failed(NOW)
    assert breaker.is_open
    assert breaker.wait(NOW) == FIRST_REST
    assert breaker.answered() == Breaker()


def test_one_trial_at_a_time_and_longer_rests():
    breaker, now = Breaker(), NOW
    for _ in range(FAILURES):
        breaker = breaker.failed(now)
    rests = []
    for _ in range(10):
        now += breaker.wait(now)
        assert not breaker.wait(now)
        breaker = breaker.asked(now)
        assert breaker.wait(now) == TRIAL_WITHIN  # whoever comes now waits for the trial
        breaker = breaker.failed(now)
        rests.append(breaker.wait(now))
    assert rests == sorted(rests)
    assert rests[0] == 2 * FIRST_REST
    assert rests[-1] == LONGEST_REST
    assert breaker.failed(now, jitter=0.5).wait(now) == LONGEST_REST / 2
