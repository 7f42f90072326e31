"""Numbers asked for at once: none is lost or doubled, each is told once it is durable."""

import asyncio
from collections import Counter

import pytest
from house import House, in_loop
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.paths import DEFAULT_CONFIG
from kiosk.store.database import looking
from kiosk.words import IssueTicket, TicketIssued

DAY = "2026-11-23"
wishes = st.tuples(
    st.integers(0, 30),  # who asks: the same one twice gets the same number
    st.sampled_from(("land", "land", "business", "social", "fishing")),
    st.sampled_from(("", "", "elderly")),
    st.sampled_from(("", "", "", "", "fails", "gone")),
    st.integers(0, 3),  # turns of the loop before
)


def on_the_disk(house):
    """The numbers that somebody else finds in the file now."""
    with looking(house.store._folders.database) as connection:
        return {number for (number,) in connection.execute("SELECT number FROM ticket").fetchall()}


def fail_after_writing(house, monkeypatch, whom):
    """The number is in the transaction, then something goes wrong."""
    issue = house.store.issue

    def failing(draft, **more):
        given = issue(draft, **more)
        if draft.request_id in whom:
            raise RuntimeError(draft.request_id)
        return given

    monkeypatch.setattr(house.store, "issue", failing)


async def ask(house, wish, durable):
    who, service, priority, fate, turns = wish
    for _ in range(turns):
        await asyncio.sleep(0)
    wanted = IssueTicket(request_id=f"visit-{who:04}", service=service, priority=priority)
    asking = asyncio.ensure_future(house.engine.obey(wanted, "screen"))
    if fate == "gone":
        await asyncio.sleep(0)
        asking.cancel()
    try:
        number = (await asking).card.ticket.number
    except asyncio.CancelledError:
        return "gone"
    except (CommandRefused, RuntimeError) as error:
        return type(error).__name__
    durable.append(number in on_the_disk(house))
    return number


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller failure says no more
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(wishes, min_size=1, max_size=45))
def test_none_is_lost_or_doubled_and_each_is_durable_when_told(tmp_path_factory, asked):
    house = House(tmp_path_factory.mktemp("issuing"), DEFAULT_CONFIG)
    failing = {f"visit-{wish[0]:04}" for wish in asked if wish[3] == "fails"}
    durable = []

    async def all_at_once():
        return await asyncio.gather(*(ask(house, wish, durable) for wish in asked))

    try:
        with pytest.MonkeyPatch.context() as patch:
            fail_after_writing(house, patch, failing)
            told = asyncio.run(all_at_once())
        assert all(durable)
        kept = house.store.tickets_of(DAY)
        assert {one.id: one for one in kept} == {one.id: one for one in house.desk.hall.tickets()}
        assert max(Counter(one.number for one in kept).values(), default=0) <= 1
        assert not {one.request_id for one in kept} & failing
        assert {one.number for one in kept} == on_the_disk(house)
        numbers = {one.request_id: one.number for one in kept}
        for wish, answer in zip(asked, told, strict=True):
            request = f"visit-{wish[0]:04}"
            if request in failing:
                assert answer in ("RuntimeError", "CommandRefused", "gone")
            elif answer == "CommandRefused":
                assert wish[1] == "fishing"
            elif answer != "gone":
                assert answer == numbers[request]
        events = [one.card.ticket.number for one in house.events if isinstance(one, TicketIssued)]
        assert sorted(events) == sorted(numbers.values())
        journal = [one.number for one in house.store._journal.tickets()]
        assert sorted(journal) == sorted(numbers.values())
    finally:
        house.close()


@in_loop
async def test_who_asks_at_once_waits_for_the_disk_once(tmp_path):
    house = House(tmp_path, DEFAULT_CONFIG)
    statements = []
    house.store.rooms.database.conn.set_trace_callback(statements.append)
    wanted = [IssueTicket(request_id=f"visit-{n:04}", service="land") for n in range(20)]
    told = await asyncio.gather(*(house.engine.obey(one, "screen") for one in wanted))
    assert [one.card.ticket.number for one in told] == [f"D{n:03}" for n in range(1, 21)]
    assert [one.card.ticket.ahead for one in told] == list(range(20))
    assert statements.count("COMMIT") == 1
    house.close()


@in_loop
async def test_a_store_that_is_away_is_told_to_everybody(tmp_path):
    house = House(tmp_path, DEFAULT_CONFIG)
    house.store.close()
    wanted = [IssueTicket(request_id=f"visit-{n:04}", service="land") for n in range(3)]
    told = await asyncio.gather(
        *(house.engine.obey(one, "screen") for one in wanted), return_exceptions=True
    )
    assert [type(one) for one in told] == [StoreUnavailable] * 3
    assert house.desk.hall.tickets() == []
    assert house.device("store").state == "unavailable"
    house.close()
