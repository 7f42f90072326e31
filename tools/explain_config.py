"""Make the comments of config.toml anew from the schema and assets/i18n/config.en.toml.

python -m tools.explain_config           after a key was added or its meaning written better
"""

from __future__ import annotations

from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.settings.explaining import Explanations


def main() -> None:
    """Rewrite the shipped file in place."""
    text = DEFAULT_CONFIG.read_text(encoding="utf-8")
    DEFAULT_CONFIG.write_text(Explanations(ASSETS / "i18n").refreshed(text), encoding="utf-8")


if __name__ == "__main__":
    main()
