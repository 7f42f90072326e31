"""What each key means, in both languages, with its range and default from the schema.

    assets/i18n/config.*.toml (meaning) + kiosk.config.keys (range, default) ─▶ one sentence a key

The comments of config.toml are these sentences; `refreshed` puts them there, and a test keeps them
equal. Who adds a key adds a line to the two books and runs `python -m tools.explain_config`.
"""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.config.keys import Key, as_toml, keys, tables
from kiosk.texts import Texts
from kiosk.words import Language

_VALUE = r"""(?:[^#"'\n]|"(?:\\.|[^"\\\n])*"|'[^'\n]*')*?"""
_SETTING = re.compile(rf"(?P<name>[\w-]+)(?P<value>\s*=\s*{_VALUE})(?P<gap>\s*)(?:#.*)?")
_HEADER = re.compile(r"\[\[?(?P<name>\w+)\]\]?(?P<gap>\s*)(?:#.*)?")
COLUMN = 26  # where comments begin, unless the line is longer


class Explanations:
    """Meanings from the book `config` of the folder of texts."""

    def __init__(self, texts: Path) -> None:
        self._texts = Texts(texts, "config")

    def of(self, key: Key, language: Language = "en") -> str:
        """What the key means, with its range, without its default."""
        return self._texts.get(
            key.path,
            language,
            range=self._span(key, language),
            count=self._between(None, key.longest, language) if key.kind == "list" else "",
        )

    def of_table(self, table: str, language: Language = "en") -> str:
        """What a table is about."""
        return self._texts.get(f"{table}.about", language)

    def comment(self, key: Key, language: Language = "en") -> str:
        """The whole sentence: meaning, range, default."""
        meaning = self.of(key, language)
        if key.required or key.whole_house:
            return meaning
        value = as_toml(key.default)
        return self._texts.get("phrase.with_default", language, meaning=meaning, value=value)

    def refreshed(self, text: str) -> str:
        """The text of a config.toml with the comment of each key made anew.

        Only the first of many tables alike has comments. Whole-line comments stay as they are.
        """
        lines, table, told = [], "", set[str]()
        for line in text.split("\n"):
            if header := _HEADER.fullmatch(line):
                table = header["name"]
                comment = "" if table in told else self._about(table)
                told |= {table}
                line = _with_comment(line, header, comment)  # noqa: PLW2901
            elif (setting := _SETTING.fullmatch(line)) and setting["value"].strip() != "=":
                path = f"{table}.{setting['name']}"
                known = keys().get(path) if path not in told else None
                told |= {path}
                comment = self.comment(known) if known is not None else ""
                line = _with_comment(line, setting, comment)  # noqa: PLW2901
            lines.append(line)
        return "\n".join(lines)

    def _about(self, table: str) -> str:
        return self.of_table(table) if table in tables() else ""

    def _span(self, key: Key, language: Language) -> str:
        if key.low is not None or key.high is not None:
            return self._between(key.low, key.high, language)
        return self._between(key.shortest, key.longest, language) if key.kind == "text" else ""

    def _between(self, low: float | None, high: float | None, language: Language) -> str:
        if high is None:
            return ""
        if low is None:
            return self._texts.get("phrase.up_to", language, high=f"{high:g}")
        return self._texts.get("phrase.between", language, low=f"{low:g}", high=f"{high:g}")


def _with_comment(line: str, found: re.Match[str], comment: str) -> str:
    """The comment begins where there was one, so that columns stay."""
    said = line[: found.start("gap")]
    gap = found["gap"] or " " * max(1, COLUMN - len(said))
    return f"{said}{gap}# {comment}" if comment else said
