"""What every test may use: the shipped configuration, quiet and quick; and how dice are thrown.

Properties are tried on a loaded machine too: how long one takes says nothing about it. In
continuous integration the examples are the same each time, so that a run speaks of the change and
not of the dice; everywhere else, and in `make prove`, they are others each time.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from kiosk.paths import DEFAULT_CONFIG

settings.register_profile(
    "patient", deadline=None, max_examples=60, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("patient")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no process is left with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def write_config(tmp_path: Path) -> Callable[..., Path]:
    """Write the shipped config.toml, dumb, deaf, without pages, with each `old="new"` line put in.

    A key is the beginning of one line, or that of the line in a table:
    `write_config({"always_open": "false", "printer.port": '"tcp:127.0.0.1:9"'})`.
    """

    def write(changes: dict[str, str] | None = None) -> Path:
        wanted = {"speech.enabled": "false", "voice.enabled": "false", "site_server.serve": "false"}
        wanted |= changes or {}
        lines = DEFAULT_CONFIG.read_text().splitlines()
        for key, value in wanted.items():
            table, _, name = key.rpartition(".")
            first = next(n for n, line in enumerate(lines) if line.startswith(f"[{table}"))
            end = next((n for n, line in enumerate(lines) if n > first and line[:1] == "["), None)
            places = [
                n
                for n, line in enumerate(lines)
                if line.startswith(f"{name} = ") and (not table or first < n < (end or len(lines)))
            ]
            assert len(places) == 1, key
            lines[places[0]] = f"{name} = {value}"
        path = tmp_path / "config.toml"
        path.write_text("\n".join(lines) + "\n")
        return path

    return write
