"""What every test may use: the shipped configuration, quiet and quick."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.paths import DEFAULT_CONFIG


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
