"""Which engine a recogniser's model is for: its folder itself tells."""

from pathlib import Path
from typing import Literal

Engine = Literal["whisper", "vosk", ""]


def engine_of(folder: Path) -> Engine:
    """ "whisper" (CTranslate2), "vosk", or "" where there is no model of either."""
    if (folder / "model.bin").is_file():
        return "whisper"
    if (folder / "am").is_dir() or (folder / "final.mdl").is_file():
        return "vosk"
    return ""
