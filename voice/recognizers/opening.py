"""The recogniser of a model folder, whatever its engine."""

from pathlib import Path

from voice.errors import ModelUnusable
from voice.model_folder import engine_of
from voice.recognizers.recognizer import Recognizer


def open_recognizer(folder: Path, *, sentences: tuple[str, ...] = ()) -> Recognizer:
    """Load the model of a folder.

    `sentences` become the grammar of a Vosk model; Whisper has no use for them.  Raises
    ModelUnusable.
    """
    match engine_of(folder):
        case "whisper":
            from voice.recognizers.whisper import WhisperRecognizer  # noqa: PLC0415 - heavy

            return WhisperRecognizer(folder)
        case "vosk":
            from voice.recognizers.vosk import VoskRecognizer  # noqa: PLC0415 - heavy

            return VoskRecognizer(folder, sentences=sentences)
    raise ModelUnusable(f"{folder} holds no model of Whisper (CTranslate2) or Vosk")
