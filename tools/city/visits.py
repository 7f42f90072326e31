"""A day at a ward's counters, as the entries that its kiosk would put into its outbox. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from kiosk.feedback.answer import Answer, kept_words
from kiosk.queueing.history import Step
from kiosk.queueing.hours import HANOI
from kiosk.queueing.moves import Deed, move
from kiosk.queueing.series import number_text
from kiosk.queueing.ticket import Ticket, Verb
from kiosk.sealing import CentreSealer

SERVICES = {  # how many of ten come for it, and how many minutes it takes
    "certification": (4, 5.0),
    "civil-status": (2, 11.0),
    "residence": (2, 8.0),
    "land": (1, 19.0),
    "social": (1, 13.0),
}
HOURS = {7: 3, 8: 9, 9: 10, 10: 8, 11: 3, 13: 5, 14: 8, 15: 6, 16: 4}
OPENS, CLOSES = time(7, 30), time(17, 30)
COUNTERS = ("1", "2", "3", "4")
REASONS = ("attitude", "waiting", "clarity", "space", "equipment")
GLAD = (
    "Cán bộ hướng dẫn tận tình, xin cảm ơn.",
    "Làm rất nhanh, tôi không phải chờ lâu.",
    "Máy lấy số dễ dùng, chữ to rõ ràng.",
    "Phòng chờ sạch sẽ, có nước uống.",
    "Rất hài lòng với thái độ phục vụ.",
)
SAD = (
    "Chờ lâu quá mà không thấy ai báo.",
    "Tôi phải quay lại hai lần vì thiếu giấy tờ, lần đầu không được dặn.",
    "Ghế ngồi ít, người già phải đứng.",
    "Quầy số 3 gọi nhỏ, tôi không nghe thấy.",
    "Máy in phiếu mờ, khó đọc.",
)
PHONE = "0912345678"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a kiosk tells: `body` as the store writes it."""

    kind: str
    at: datetime
    body: object


@dataclass(slots=True)
class _Waiting:
    ticket: Ticket
    since: datetime
    turns: int = 0


class Day:
    """One site's day. `busy` is how many come, about; `glad` from 0 to 1 colours what they say."""

    def __init__(
        self,
        day: date,
        random: Random,
        *,
        busy: int,
        glad: float = 0.8,
        first_id: int = 1,
        sealer: CentreSealer | None = None,
    ) -> None:
        self._day = day
        self._random = random
        self._busy = busy
        self._glad = glad
        self._next_id = first_id
        self._sealer = sealer
        self._running = 0
        self._entries: list[Entry] = []
        self.steps: list[Step] = []
        """What really happened, once `entries` was asked: a kiosk keeps it, and tells less."""

    def entries(self) -> list[Entry]:
        """All of them, in their order."""
        waiting: list[tuple[datetime, int, _Waiting]] = []
        for at in self._arrivals():
            one = _Waiting(self._issue(at), at)
            heapq.heappush(waiting, (at, one.ticket.id, one))
        free = [(self._at(OPENS), counter) for counter in COUNTERS]
        while waiting:
            since, _, one = heapq.heappop(waiting)
            idle, counter = heapq.heappop(free)
            begun = max(since, idle) + timedelta(seconds=self._random.uniform(4, 20))
            if begun > self._at(CLOSES):
                self._do(one.ticket, "expire", self._at(time(18, 0)))
                heapq.heappush(free, (idle, counter))
                continue
            ended = self._serve(one, begun, counter)
            heapq.heappush(free, (ended, counter))
            if one.ticket.state == "waiting" and one.turns < 2:
                heapq.heappush(waiting, (ended, one.ticket.id, one))
        return sorted(self._entries, key=lambda entry: entry.at)

    def _arrivals(self) -> Iterator[datetime]:
        whole = sum(HOURS.values())
        for hour, weight in HOURS.items():
            for _ in range(round(self._busy * weight / whole * self._random.uniform(0.8, 1.2))):
                minute = self._random.uniform(30 if hour == 7 else 0, 59.9)
                yield self._at(time(hour)) + timedelta(minutes=minute)

    def _at(self, moment: time) -> datetime:
        return datetime.combine(self._day, moment, HANOI)

    def _issue(self, at: datetime) -> Ticket:
        self._running += 1
        service = self._random.choices(list(SERVICES), [weight for weight, _ in SERVICES.values()])[
            0
        ]
        ticket = Ticket(
            id=self._next_id,
            number=number_text("A", self._running),
            series="A",
            running=self._running,
            service=service,
            business_day=self._day.isoformat(),
            issued_at=at.isoformat(),
            language="en" if self._random.random() < 0.03 else "vi",
            token=f"{self._random.getrandbits(96):024x}",
            request_id=f"{self._random.getrandbits(96):024x}",
        )
        self._next_id += 1
        self._entries.append(Entry("ticket_issued", at, ticket))
        return ticket

    def _do(self, ticket: Ticket, verb: Verb, at: datetime, **more: str) -> Ticket:
        moved = move(ticket, Deed(verb=verb, at=at.isoformat(), **more))
        assert moved is not None, f"{verb} in {ticket.state}"
        self.steps.append(moved.step)
        self._entries.append(Entry(f"ticket_{verb}", at, moved.ticket))
        return moved.ticket

    def _serve(self, one: _Waiting, at: datetime, counter: str) -> datetime:
        """What becomes of it at a counter; when that is free again."""
        chance = self._random.random()
        ticket = self._do(one.ticket, "call", at, counter=counter)
        if chance < 0.05:
            ticket = self._do(ticket, "recall", at + timedelta(seconds=60))
            at += timedelta(seconds=120)
            one.ticket = self._do(ticket, "no_show", at)
            return at
        at += timedelta(seconds=self._random.uniform(15, 70))
        ticket = self._do(ticket, "serve", at)
        usual = SERVICES[ticket.service][1]
        at += timedelta(minutes=usual * self._random.lognormvariate(-0.1, 0.5))
        one.turns += 1
        if chance < 0.08 and one.turns < 2:
            one.ticket = self._do(ticket, "next_service", at, to_service="certification")
        elif chance < 0.10 and one.turns < 2:
            one.ticket = self._do(ticket, "transfer", at, to_service="land")
        else:
            one.ticket = self._do(ticket, "complete", at)
            self._say(one.ticket, at)
        return at

    def _say(self, ticket: Ticket, at: datetime) -> None:
        if self._random.random() > 0.22:
            return
        at += timedelta(minutes=self._random.uniform(1, 6))
        is_glad = self._random.random() < self._glad
        face = self._random.choice((4, 5, 5) if is_glad else (1, 2, 2, 3))
        words = self._random.choice(GLAD if is_glad else SAD)
        call_back = None
        if self._sealer is not None and face <= 2 and self._random.random() < 0.3:
            call_back = {
                "key": self._sealer.fingerprint,
                "sealed": self._sealer.seal(PHONE),
                "consent": "2026-11",
                "language": ticket.language,
                "agreed_at": at.isoformat(),
            }
        answer = Answer(
            request_id=f"{self._random.getrandbits(96):024x}",
            business_day=ticket.business_day,
            given_at=at.isoformat(),
            survey="2026-11",
            question="visit",
            face=face,  # type: ignore[arg-type]
            reasons=tuple(self._random.sample(REASONS, self._random.choice((0, 1, 1, 2)))),
            words=kept_words(words) if self._random.random() < 0.4 else "",
            language=ticket.language,
            place="screen",
            ticket_id=ticket.id,
            service=ticket.service,
            counter=ticket.counter,
        )
        if call_back is not None:
            answer = replace(answer, consent="2026-11")
        self._entries.append(
            Entry("feedback_given", at, {**asdict(answer), "call_back": call_back})
        )
