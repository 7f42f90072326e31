"""Words of the configuration on the technician's pages: what is set, changed, put back."""

from __future__ import annotations

from kiosk.words.root import Command, Word


class AskSettings(Command, frozen=True, kw_only=True, tag="ask_settings"):
    """Every value as config.toml has it now."""


class ChangeSetting(Command, frozen=True, kw_only=True, tag="change_setting"):
    """Set one key, by its dotted name ("service[land].daily_quota"), to what was typed; with
    `default` take it out of the file, so that its default counts.

    The whole file is checked first. Refused (config) where it would be wrong: then nothing was
    changed; and (read_only) where the disk refuses. Without `save` it is only checked.
    """

    name: str
    value: str = ""
    default: bool = False
    save: bool = True


class RestoreSettings(Command, frozen=True, kw_only=True, tag="restore_settings"):
    """As it was: put back the version before this one; once more is forward again.

    Refused (config) where no other version is kept, and (read_only).
    """


class SettingsResult(Word, frozen=True, kw_only=True, tag="settings"):
    """What is set. `values` are TOML by dotted key, one for each item of a table that may be there
    many times; `items` are the names of those. `restart` names the keys that count after one.

    `fault` tells why the file is wrong and a kept version counts; `former` is when the version
    that can be put back came into force (ISO 8601), or "".
    """

    values: dict[str, tuple[str, ...]]
    items: dict[str, tuple[str, ...]]
    restart: tuple[str, ...] = ()
    fault: str = ""
    former: str = ""


SettingsCommand = AskSettings | ChangeSetting | RestoreSettings
