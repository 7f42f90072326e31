"""The store's shelf for the centre: entries leave from the front, and never before their time."""

import msgspec
import pytest
from drafts import NOW, draft, issue, opened, requests
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.queueing.booking import Booking
from kiosk.store import hall
from kiosk.store.outbox import ROW_BYTES

MANY = 1_000_000


def seqs(store, limit=MANY, limit_bytes=MANY):
    return [row.seq for row in store.centre.batch(limit, limit_bytes).rows]


def booking(code, at="2026-11-24T08:30:00+07:00"):
    return Booking(code=code, service="land", at=at, registered_at="2026-11-20T10:00:00+07:00")


def test_an_entry_is_there_as_it_was_written(store):
    (ticket,) = issue(store, "request-0001")
    batch = store.centre.batch(10, MANY)
    ((seq, kind, at, body),) = batch.rows
    assert (seq, kind, at) == (1, "ticket_issued", ticket.issued_at)
    assert msgspec.json.decode(body)["number"] == "A001"
    assert len(batch.epoch) == 16
    assert store.centre.waiting_since() == ticket.issued_at


def test_a_batch_is_so_many_or_so_large_and_never_empty_while_one_waits(store):
    issue(store, *requests(5))
    size = len(store.centre.batch(1, MANY).rows[0].body) + ROW_BYTES
    assert seqs(store, limit=3) == [1, 2, 3]
    assert seqs(store, limit_bytes=2 * size + 5) == [1, 2]
    assert seqs(store, limit_bytes=1) == [1]


def test_what_is_acknowledged_goes_and_the_rest_stays_in_its_order(store):
    issue(store, *requests(5))
    epoch = store.centre.batch(1, MANY).epoch
    assert store.centre.acknowledged(epoch, 3)
    assert seqs(store) == [4, 5]
    assert store.centre.waiting() == 2
    issue(store, "one-more-1")
    assert seqs(store) == [4, 5, 6]


def test_a_kiosk_that_no_centre_ever_knew_forgets_what_is_old(store, monkeypatch):
    monkeypatch.setattr(hall, "UNSENT_AT_ONCE", 4)
    for day in ("2025-09-01", "2025-09-02", "2026-11-20"):
        issue(store, *requests(3, day), day=day)
    store.hall.forget_before("2025-10-19", "2026-11-23")
    assert seqs(store) == [5, 6, 7, 8, 9]  # so many at once
    store.hall.forget_before("2025-10-19", "2026-11-23")
    assert seqs(store) == [7, 8, 9]
    store.hall.forget_before("2025-10-19", "2026-11-23")
    assert seqs(store) == [7, 8, 9]
    store.centre.is_device("tan-an-1")
    store.hall.forget_before("2027-01-01", "2026-11-23")
    assert seqs(store) == [7, 8, 9]  # a centre waits for them
    assert len(store.tickets_of("2025-09-01")) == 3


def test_an_acknowledgement_of_an_order_that_is_over_removes_nothing(store):
    issue(store, *requests(3))
    before = store.centre.batch(1, MANY).epoch
    store.centre.begin_order()
    assert not store.centre.acknowledged(before, 3)
    assert seqs(store) == [1, 2, 3]
    assert store.centre.batch(1, MANY).epoch != before


def test_seqs_go_on_over_an_empty_outbox_and_a_restart(tmp_path):
    store = opened(tmp_path)
    issue(store, *requests(3))
    assert store.centre.acknowledged(store.centre.batch(1, 1).epoch, 3)
    assert (store.centre.waiting(), store.centre.waiting_since()) == (0, "")
    store.close()
    store = opened(tmp_path)
    issue(store, "after-a-restart")
    assert seqs(store) == [4]
    store.close()


@settings(deadline=None, max_examples=25)
@given(works=st.lists(st.one_of(st.just("fails"), st.integers(1, 3)), max_size=12))
def test_seqs_have_no_gap_whatever_is_rolled_back(tmp_path_factory, works):
    store = opened(tmp_path_factory.mktemp("store"))
    made, given_back = 0, 0
    for turn, work in enumerate(works):
        if work == "fails":
            with pytest.raises(ZeroDivisionError):
                store.together([lambda n=turn: issue(store, f"lost-{n:06d}"), lambda: 1 / 0])
        else:
            made += len(issue(store, *requests(work, f"kept-{turn}")))
            given_back += 1
            assert store.centre.acknowledged(store.centre.batch(1, 1).epoch, given_back)
    assert seqs(store) == list(range(given_back + 1, made + 1))
    assert store.centre.waiting() == made - given_back
    store.close()


def test_a_store_that_was_restored_begins_another_order(tmp_path):
    store = opened(tmp_path)
    issue(store, *requests(3))
    store.back_up(NOW, 14)
    before = store.centre.batch(1, MANY).epoch
    issue(store, "after-the-backup")
    store.close()
    (tmp_path / "store" / "kiosk.db").write_bytes(b"rust" * 5000)
    store = opened(tmp_path)
    assert store.centre.batch(1, MANY).epoch != before
    assert [row.kind for row in store.centre.batch(9, MANY).rows][-1] == "ticket_restored"
    store.close()


def test_under_a_new_name_everything_is_told_and_heard_anew(store):
    issue(store, "request-0001")
    first = store.centre.batch(1, MANY).epoch
    store.centre.is_device("kiosk-1")
    store.centre.keep_changes([], [], "cursor-7")
    store.centre.is_device("kiosk-1")
    assert (store.centre.cursor, store.centre.batch(1, MANY).epoch) == ("cursor-7", first)
    store.centre.is_device("kiosk-2")
    assert store.centre.cursor == ""
    assert store.centre.batch(1, MANY).epoch != first


def test_bookings_and_the_cursor_are_one(store):
    store.centre.keep_changes([booking("AAAA1"), booking("BBBB2"), booking("CCCC3")], [], "one")
    store.issue(draft("booking-BBBB2"), visit=False, booking="BBBB2")
    store.centre.keep_changes(
        [booking("AAAA1", "2026-11-24T10:00:00+07:00")], ["BBBB2", "CCCC3"], "two"
    )
    kept = {one.code: one.at[11:16] for one in store.bookings.all()}
    assert kept == {"AAAA1": "10:00", "BBBB2": "08:30"}, "who has come has their number"
    assert store.centre.cursor == "two"
