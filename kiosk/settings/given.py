"""What the centre has given and the kiosk uses: one small file that says which, and the documents.

<data>/centre/documents/state.json              which version of each is in use, wanted, on trial
<data>/centre/documents/hours-12-3f9a01c2.toml  a document, whole, never changed

The state file is replaced whole, and that is the swap: every process sees the old documents or the
new ones. `kiosk.sync.shelf` writes here; anybody may read.
"""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from centre.wire import DocumentFate, DocumentNotice
from centre.wire.overlay import KEYS

log = logging.getLogger(__name__)

FOLDER, STATE = "documents", "state.json"


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A version that the kiosk has not yet been seen to run with. `runs`: a core runs with it, or
    ran until it died; `deaths`: how often that happened."""

    deaths: int = 0
    runs: bool = False


class OnShelf(msgspec.Struct, frozen=True, kw_only=True):
    """How a document stands here. `in_use` None: what the kiosk has of its own.

    `former` is what was in use before the one on trial. `refused`: versions that it could not run
    with, not tried again.
    """

    in_use: DocumentNotice | None = None
    former: DocumentNotice | None = None
    wanted: DocumentNotice | None = None
    trial: Trial | None = None
    refused: Annotated[tuple[tuple[int, str], ...], Meta(max_length=50)] = ()


class State(msgspec.Struct, frozen=True, kw_only=True):
    """All of them, and what the centre is still to be told. `site`: whose documents these are."""

    site: str = ""
    documents: dict[str, OnShelf] = {}
    fates: tuple[DocumentFate, ...] = ()


def file_name(notice: DocumentNotice) -> str:
    """Under which a document lies in the folder."""
    ending = "json" if notice.name == "catalogue" else "toml"
    return f"{notice.name}-{notice.version}-{notice.sha256[:8]}.{ending}"


def read_state(folder: Path) -> State:
    """How the documents stand; as if there were none where that cannot be read, and then it is
    said in the log."""
    path = folder / STATE
    try:
        return msgspec.json.decode(path.read_bytes(), type=State)
    except (FileNotFoundError, PermissionError):  # none yet, or not for this user (the screen)
        return State()
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("%s cannot be used, the kiosk's own counts: %s", path, error)
        return State()


def given_texts(folder: Path) -> dict[str, str]:
    """What is to be laid over config.toml, by name; a file that is gone is left out, and said."""
    texts: dict[str, str] = {}
    for name, one in read_state(folder).documents.items():
        if name in KEYS and one.in_use is not None and not one.in_use.removed:
            path = folder / file_name(one.in_use)
            try:
                texts[name] = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
            except (OSError, UnicodeDecodeError) as error:
                log.warning("%s cannot be used, the kiosk's own counts: %s", path, error)
    return texts
