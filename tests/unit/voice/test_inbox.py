"""Phrases and announcements take turns."""

from voice.inbox import Inbox
from voice.wire import Part, Say


def phrase(number: int) -> Say:
    return Say(number, "vi", (Part("Xin chào"),))


def announcement(number: int) -> Say:
    return Say(number, "vi", (Part("Mời số A007"),), whole=True)


def taken(inbox: Inbox) -> list[int]:
    """What is taken until nothing is left."""
    ids = []
    while say := inbox.take(0):
        ids.append(say.id)
        inbox.done()
    return ids


def test_an_announcement_does_not_end_a_phrase() -> None:
    inbox = Inbox()
    inbox.put(phrase(1))
    assert inbox.take(0) == phrase(1)
    inbox.put(announcement(2))
    assert not inbox.unwanted.is_set()
    inbox.done()
    assert taken(inbox) == [2]


def test_neither_a_phrase_nor_silence_ends_an_announcement() -> None:
    inbox = Inbox()
    inbox.put(announcement(1))
    assert inbox.take(0) == announcement(1)
    inbox.put(phrase(2))
    inbox.put(None)
    inbox.put(phrase(3))
    assert not inbox.unwanted.is_set()
    inbox.done()
    assert taken(inbox) == [3]


def test_they_take_turns() -> None:
    inbox = Inbox()
    order = []
    for number in range(4):
        inbox.put(phrase(number))
        inbox.put(announcement(10 + number))
        say = inbox.take(0)
        assert say is not None
        order.append(say.whole)
        inbox.done()
    assert order == [True, False, True, False]


def test_the_end_ends_an_announcement_too() -> None:
    inbox = Inbox()
    inbox.put(announcement(1))
    inbox.take(0)
    inbox.end()
    assert inbox.unwanted.is_set()
