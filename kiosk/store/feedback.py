"""The store's shelf for what citizens say of their visit."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.feedback.answer import Answer
from kiosk.ports import SealedCallBack
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told


class FeedbackShelf(Shelf):
    """Answers, kept before anybody is thanked for them."""

    @told
    def keep(self, answer: Answer, call_back: SealedCallBack | None = None) -> None:
        """Keep an answer and tell the centre, in one transaction.

        A sealed telephone number goes into the entry for the centre alone: when that is
        acknowledged, it is here no more.
        """
        rooms = self._rooms
        told_to_centre = {**asdict(answer), "call_back": call_back}
        with immediate(rooms.database):
            rooms.answers.add(answer)
            rooms.outbox.add("feedback_given", told_to_centre, answer.given_at)

    @told
    def is_kept(self, request_id: str) -> bool:
        """Whether this answer is there already."""
        return self._rooms.answers.is_kept(request_id)

    @told
    def is_answered(self, ticket_id: int) -> bool:
        """Whether somebody has answered for this ticket."""
        return self._rooms.answers.is_answered(ticket_id)

    @told
    def of_days(self, first_day: str, last_day: str) -> list[Answer]:
        """The answers of these business days, both included, in the order in which they came."""
        return self._rooms.answers.of_days(first_day, last_day)

    @told
    def forget_before(self, day: str) -> None:
        """Remove the answers of earlier days."""
        with immediate(self._rooms.database):
            self._rooms.answers.forget_before(day)
