"""Write docs/reference/ anew from the sources: every key, command, word and code.

    python -m tools.reference      after a key, a command, an event or a code was added

A test compares the pages with what this would write, so that none is left out.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from hardware.command_line.registry import command_line
from kiosk import errors, words
from kiosk.__main__ import kiosk
from kiosk.config.applying import applies_at_once
from kiosk.config.keys import Key, as_toml, keys, tables
from kiosk.paths import ASSETS, PROJECT
from kiosk.settings.explaining import Explanations
from kiosk.texts import read_book

FOLDER = PROJECT / "docs" / "reference"
NOTE = "Made by `python -m tools.reference` from the sources; a test keeps it so."


def pages() -> dict[str, str]:
    """The text of each page by its file name."""
    made = {
        "keys.md": keys_page(),
        "commands.md": commands_page(),
        "words.md": words_page(),
        "codes.md": codes_page(),
    }
    return {name: "\n".join(lines).rstrip() + "\n" for name, lines in made.items()}


def keys_page() -> Iterator[str]:
    """config.toml, table by table."""
    explanations = Explanations(ASSETS / "i18n")
    yield from ("# Every key of config.toml", "", NOTE)
    yield from ("", "How to change one: [configuration](../technician/configuration.md).")
    for table, many in tables().items():
        name = f"[[{table}]]" if many else f"[{table}]"
        yield from ("", f"## {name}", "", f"{_cell(explanations.of_table(table))}.", "")
        yield from ("| Key | Meaning | Default | Unit | Counts |", "|---|---|---|---|---|")
        for key in keys().values():
            if key.table == table:
                yield _key_row(key, explanations)


def _key_row(key: Key, explanations: Explanations) -> str:
    default = "must be set" if key.required else f"`{as_toml(key.default)}`"
    if key.whole_house:
        default = "as the house"
    when = "at once" if applies_at_once(key.path) else "after a restart"
    meaning = _cell(explanations.of(key))
    return f"| `{key.path}` | {meaning} | {_cell(default)} | {key.unit} | {when} |"


def commands_page() -> Iterator[str]:
    """The command lines."""
    yield from ("# Every command", "", NOTE)
    for title, group in (("kiosk", kiosk), ("python -m hardware", command_line())):
        yield from ("", f"## `{title}`", "", "| Command | Does |", "|---|---|")
        for path, command in _commands(group, title):
            yield f"| `{path}` | {_cell(command.get_short_help_str(limit=200))} |"


def _commands(group: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(group, click.Group):
        yield " ".join([path, *_usage(group)]), group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield from _commands(command, f"{path} {name}")


def _usage(command: click.Command) -> Iterator[str]:
    for one in command.params:
        if isinstance(one, click.Argument):
            yield one.make_metavar(click.Context(command))
        elif one.opts != ["--help"]:
            yield f"[{one.opts[0]}]"


def words_page() -> Iterator[str]:
    """What travels between the core and its faces."""
    yield from ("# Every command, event and result of the core", "", NOTE)
    yield from ("", "They travel over the local socket as JSON; see `kiosk/link/frames.py`.")
    for title, union, tag in (
        ("Commands", words.AnyCommand, "command"),
        ("Events", words.AnyEvent, "event"),
        ("Results", words.Result, "type"),
    ):
        yield from ("", f"## {title}", "", f"| `{tag}` | Meaning | Holds |", "|---|---|---|")
        for kind in sorted(typing.get_args(union), key=_tag):
            holds = ", ".join(f"`{field.name}`" for field in msgspec.structs.fields(kind))
            yield f"| `{_tag(kind)}` | {_cell(_first_paragraph(kind))} | {holds} |"


def _tag(kind: type[msgspec.Struct]) -> str:
    return str(kind.__struct_config__.tag)


def _first_paragraph(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())


def codes_page() -> Iterator[str]:
    """Errors, and what devices and checks say."""
    yield from ("# Every code", "", NOTE, "", "## Errors", "", "```")
    yield from inspect.cleandoc(errors.__doc__ or "").splitlines()
    yield from ("```", "", "Codes beside them:", "")
    for code in sorted(_codes_of_classes()):
        yield f"- `{code}`"
    book = read_book(ASSETS / "i18n", "doctor", "en")
    yield from ("", "## Reasons and findings", "")
    yield from ("| Code | Means | What to do |", "|---|---|---|")
    for key, meaning in book.items():
        table, _, code = key.partition(".")
        if table == "means":
            yield f"| `{code}` | {_cell(meaning)} | {_cell(book.get(f'do.{code}', ''))} |"


def _codes_of_classes() -> set[str]:
    """Codes that a room gives to an error of its own."""
    found = set()
    for path in (PROJECT / "kiosk").rglob("*.py"):
        found |= set(re.findall(r'^    code = "(\w+)"', path.read_text("utf-8"), re.MULTILINE))
    return found


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(folder: Path = FOLDER) -> None:
    """Write all pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        print(folder / name)


if __name__ == "__main__":
    main()
