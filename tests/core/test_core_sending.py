"""The outbox leaves in order and once, whatever becomes of answers, batches and the centre."""

import asyncio
import logging
import math
import random
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centre.wire import Acknowledged
from kiosk.core import sending
from kiosk.core.pausing import LEAST_S, LONGEST_S, BackOff
from kiosk.core.sending import AT_ONCE, BATCHES_A_TURN, Sending
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.queueing.hours import HANOI
from kiosk.store import Store, StoreFolders
from kiosk.store.database import immediate


class Intake:
    """A centre's intake: it keeps what follows its watermark, and knows what it has."""

    def __init__(self):
        self.kept = {}  # of each epoch, the seqs in their order
        self.most = 10_000
        self.lost = 0  # answers that will be lost
        self.away = 0  # questions that will not be heard
        self.batches = []

    def send(self, batch, within_s):
        if self.away:
            self.away -= 1
            raise CentreAway("the cable is out")
        seqs = [row.seq for row in batch.rows]
        self.batches.append(len(seqs))
        if len(seqs) > self.most:
            raise CentreRefuses("too much", code="too_large", status=413)
        kept = self.kept.setdefault(batch.epoch, [])
        if kept and seqs[0] > kept[-1] + 1:
            raise CentreRefuses("a gap", code="gap", status=409, resume=kept[-1] + 1)
        kept += [seq for seq in seqs if not kept or seq > kept[-1]]
        if self.lost:
            self.lost -= 1
            raise CentreAway("the answer was lost")
        return Acknowledged(epoch=batch.epoch, seq=kept[-1])


class Kiosk:
    """A store and what sends of it; made again on the same folder, it is the next start."""

    def __init__(self, root, intake):
        folders = StoreFolders(
            database=root / "kiosk.db", backups=root / "backups", journal=root / "journal"
        )
        self.store = Store(folders, min_free_mb=0)
        self.store.open(datetime(2026, 11, 23, 8, 0, tzinfo=HANOI))
        self.intake = intake
        self.sending = Sending(self, self._ask)

    async def _ask(self, call):
        return call(self.intake, 1.0)

    def add(self, count):
        with immediate(self.store.rooms.database):
            for _ in range(count):
                self.store.rooms.outbox.add("ticket_issued", {"number": "A001"}, "2026-11-23")

    def send(self):
        """Until the outbox is empty, or somebody is away."""

        async def go():
            while await self.sending.send():
                pass

        asyncio.run(go())

    def waiting(self):
        return self.store.centre.waiting()


@pytest.fixture
def intake():
    return Intake()


@pytest.fixture
def start(tmp_path, intake):
    opened = []

    def begin():
        for one in opened:
            one.store.close()
        opened.append(Kiosk(tmp_path, intake))
        return opened[-1]

    yield begin
    for one in opened:
        one.store.close()


def test_what_is_acknowledged_is_here_no_more(start, intake):
    kiosk = start()
    kiosk.add(2 * AT_ONCE + 5)
    kiosk.send()
    assert intake.batches == [AT_ONCE, AT_ONCE, 5]
    assert kiosk.waiting() == 0
    ((_, seqs),) = intake.kept.items()
    assert seqs == list(range(1, 2 * AT_ONCE + 6))


def test_a_line_that_is_too_slow_for_a_batch_is_given_smaller_ones(start, intake):
    kiosk = start()
    kiosk.add(200)
    for _ in range(4):
        intake.away = 1  # no answer came in time
        with pytest.raises(CentreAway):
            kiosk.send()
    kiosk.send()
    assert intake.batches[:4] == [12, 24, 48, 96]
    assert kiosk.waiting() == 0


def test_a_turn_ends_so_that_other_work_comes_in_between(start, intake, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 10)
    kiosk = start()
    kiosk.add(10 * BATCHES_A_TURN + 1)
    assert asyncio.run(kiosk.sending.send())
    assert not asyncio.run(kiosk.sending.send())
    assert kiosk.waiting() == 0


def test_a_lost_answer_costs_nothing(start, intake):
    kiosk = start()
    kiosk.add(30)
    intake.lost = 1
    with pytest.raises(CentreAway):
        kiosk.send()
    kiosk.add(10)
    kiosk = start()  # and the core died as well
    kiosk.send()
    ((_, seqs),) = intake.kept.items()
    assert seqs == list(range(1, 41))


def test_what_is_too_much_at_once_is_halved_and_grows_again(start, intake):
    kiosk = start()
    kiosk.add(AT_ONCE)
    intake.most = 300
    kiosk.send()
    assert max(intake.batches[1:]) <= AT_ONCE
    assert kiosk.waiting() == 0
    intake.most, intake.batches = 10_000, []
    kiosk.add(3 * AT_ONCE)
    kiosk.send()
    assert max(intake.batches) == AT_ONCE


def test_an_entry_that_is_refused_alone_blocks_and_is_said(start, intake):
    kiosk = start()
    kiosk.add(2)
    intake.most = 0
    with pytest.raises(CentreRefuses) as caught:
        kiosk.send()
    assert caught.value.status == 413
    assert intake.batches == [2, 1]
    assert kiosk.waiting() == 2


def test_a_smaller_batch_after_a_lost_answer_is_acknowledged_beyond_its_end(start, intake):
    kiosk = start()
    kiosk.add(100)
    intake.lost = 1
    with pytest.raises(CentreAway):
        kiosk.send()
    kiosk.sending._limit = 10
    kiosk.send()
    ((_, seqs),) = intake.kept.items()
    assert seqs == list(range(1, 101))
    assert kiosk.waiting() == 0


def test_a_centre_that_lost_what_it_had_gets_a_new_order(start, intake, caplog):
    kiosk = start()
    kiosk.add(50)
    kiosk.send()
    ((epoch, seqs),) = intake.kept.items()
    del seqs[20:]  # it was put back from an older backup
    kiosk.add(5)
    kiosk.send()
    assert kiosk.waiting() == 0
    (other,) = intake.kept.keys() - {epoch}
    assert intake.kept[other] == [51, 52, 53, 54, 55]
    assert "begins another order" in caplog.text


def test_a_store_that_was_put_back_by_hand_gets_a_new_order(start, intake, tmp_path):
    kiosk = start()
    kiosk.add(10)
    kiosk.store.close()
    older = (tmp_path / "kiosk.db").read_bytes()
    kiosk = start()
    kiosk.add(20)
    kiosk.send()
    kiosk.store.close()
    (tmp_path / "kiosk.db").write_bytes(older)
    kiosk = start()
    kiosk.add(3)  # other facts under numbers that the centre has already
    kiosk.send()
    assert kiosk.waiting() == 0
    first, second = intake.kept.values()
    assert first == list(range(1, 31))
    assert second == list(range(1, 14))


@pytest.mark.parametrize(("epoch", "seq"), [("other", 5), (None, 0)])
def test_an_acknowledgement_of_something_else_removes_nothing(start, intake, epoch, seq):
    kiosk = start()
    kiosk.add(5)
    intake.send = lambda batch, within_s: Acknowledged(epoch=epoch or batch.epoch, seq=seq)
    with pytest.raises(CentreAway) as caught:
        kiosk.send()
    assert caught.value.code == "not_a_centre"
    assert kiosk.waiting() == 5


def test_a_centre_that_no_order_suits_is_not_asked_for_ever(start, intake):
    kiosk = start()
    kiosk.add(5)

    def refuse(batch, within_s):
        intake.batches.append(len(batch.rows))
        raise CentreRefuses("a gap", code="gap", status=409, resume=1)

    intake.send = refuse
    with pytest.raises(CentreAway):
        kiosk.send()
    assert len(intake.batches) == 2
    assert kiosk.waiting() == 5


def test_entries_that_the_centre_cannot_read_are_said(start, intake, caplog):
    kiosk = start()
    kiosk.add(5)
    intake.send = lambda batch, within_s: Acknowledged(epoch=batch.epoch, seq=5, quarantined=(2, 3))
    with caplog.at_level(logging.WARNING):
        kiosk.send()
    assert "cannot read 2 entries" in caplog.text
    assert kiosk.waiting() == 0


@settings(deadline=None, max_examples=12)
@given(
    days=st.lists(
        st.tuples(
            st.integers(0, 40),
            st.sampled_from(["well", "away", "lost", "small", "dies", "lost and dies"]),
        ),
        max_size=12,
    )
)
def test_whatever_happens_each_entry_arrives_once_and_in_order(tmp_path_factory, days):
    intake = Intake()
    root = tmp_path_factory.mktemp("kiosk")
    kiosk = Kiosk(root, intake)
    written = 0
    for count, fault in days:
        kiosk.add(count)
        written += count
        intake.away, intake.lost = int(fault == "away"), int("lost" in fault)
        intake.most = 7 if fault == "small" else 10_000
        try:
            kiosk.send()
        except CentreAway:
            assert fault not in {"well", "small", "dies"}
        if "dies" in fault:
            kiosk.store.close()
            kiosk = Kiosk(root, intake)
    intake.away, intake.lost, intake.most = 0, 0, 10_000
    kiosk.send()
    kiosk.store.close()
    if written:
        ((_, seqs),) = intake.kept.items()
        assert seqs == list(range(1, written + 1))


@given(draws=st.lists(st.floats(0, 1), min_size=30, max_size=30), after=st.floats(0, 900))
def test_pauses_grow_to_five_minutes_jitter_and_heed_what_was_asked(draws, after):
    turns = iter(draws)
    pauses = BackOff(lambda: next(turns))
    told = [pauses.next(after) for _ in draws]
    for turn, (pause, draw) in enumerate(zip(told, draws, strict=True)):
        bound = min(LONGEST_S, 2.0**turn)
        assert math.isclose(pause, max(LEAST_S, after) + draw * bound)
    pauses.reset()
    assert BackOff(lambda: 1.0).next() == LEAST_S + 1.0


def test_those_who_lost_the_centre_together_do_not_come_back_together():
    draw = random.Random(1)
    kiosks = [BackOff(draw.random) for _ in range(1000)]
    for _ in range(12):
        pauses = sorted(one.next() for one in kiosks)
    assert pauses[100] < LONGEST_S / 5 < 4 * LONGEST_S / 5 < pauses[900]
