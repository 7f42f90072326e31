"""A real core on a data folder of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from processes import CoreProcess


@pytest.fixture
def start_core(tmp_path: Path, write_config) -> Iterator[Callable[..., CoreProcess]]:
    """Start a core on the test's data folder; at the end every one is killed."""
    started: list[CoreProcess] = []

    def start(changes: dict[str, str] | None = None) -> CoreProcess:
        started.append(CoreProcess(write_config(changes), tmp_path / "data"))
        return started[-1]

    yield start
    for core in started:
        core.kill()


@pytest.fixture
def core(start_core) -> CoreProcess:
    """One core with the simulated printer."""
    return start_core()
