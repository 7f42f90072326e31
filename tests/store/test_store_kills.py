"""kill -9 while issuing: nothing that was promised is lost, nothing is given twice."""

import random
import subprocess
import sys
from pathlib import Path

from drafts import DAY, issue, opened

CHILD = Path(__file__).with_name("issuing_child.py")
KILLS = 20


def kill_while_issuing(root: Path, run: int, after: int) -> dict[str, str]:
    """Let a child issue, kill it soon after its `after`-th number; what it promised, by request."""
    child = subprocess.Popen(
        [sys.executable, CHILD, root, f"run{run:03d}"], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    lines = [child.stdout.readline() for _ in range(after)]
    child.kill()
    lines += child.stdout.readlines()  # promised before the kill arrived
    child.stdout.close()
    assert child.wait() == -9
    return dict(line.split() for line in lines if line.endswith("\n"))


def test_kills_while_issuing(tmp_path):
    promised: dict[str, str] = {}
    for run in range(KILLS):
        promised |= kill_while_issuing(tmp_path, run, random.randint(1, 25))

    store = opened(tmp_path)
    kept = {ticket.request_id: ticket.number for ticket in store.tickets_of(DAY)}
    assert promised.items() <= kept.items()
    assert len(set(kept.values())) == len(kept)
    assert sorted(kept.values()) == [f"A{n:03d}" for n in range(1, len(kept) + 1)]
    assert len(kept) - len(promised) <= KILLS  # at most the one in flight at each kill
    again = {one.request_id: one.number for one in issue(store, *promised)}
    assert again == promised
    assert [entry.kind for entry in store.centre.batch(9999, 1_000_000).rows] == [
        "ticket_issued"
    ] * len(kept)
    store.close()
