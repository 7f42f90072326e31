"""What /proc says of processes under trial."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path


def children_of(parent: int, part: str) -> Iterator[int]:
    """Processes that a thread of `parent` started and that run this part, a word of a command."""
    for told in Path(f"/proc/{parent}/task").glob("*/children"):
        for child in _read(told).split():
            if part.encode() in _read(Path(f"/proc/{int(child)}/cmdline")).split(b"\0"):
                yield int(child)


def usage_of(pid: int) -> dict[str, float]:
    """Memory (MB), threads and open handles of a process that lives."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = dict(re.findall(r"(VmRSS|Threads):\s+(\d+)", status))
    return {
        "rss_mb": int(found["VmRSS"]) / 1024,
        "threads": int(found["Threads"]),
        "handles": sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()),
    }


def _read(path: Path) -> bytes:
    """A file of /proc; nothing where the process has gone."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
