"""Citizens who ask aloud: espeak-ng speaks into the file that is the kiosk's microphone.

The way is the real one: a press, the listening child, its detector and recogniser, and an answer.
"""

from __future__ import annotations

import random
import shutil
import time
import wave
from pathlib import Path

from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_DATA, DataFolder
from kiosk.words import Listen, ListeningChanged, OpenMicrophone, QuestionHeard
from tools.prove.trial import Record
from tools.speak_questions.distortion import framed
from tools.speak_questions.mouth import drawn, spoken
from voice.recognizers.hearable import RATE, to_pcm

MODEL = "whisper-base"  # config.toml [voice] model
WITHIN_S = 45.0
QUESTIONS = (
    "đăng ký khai sinh cần giấy tờ gì", "làm thẻ căn cước cho cháu", "mấy giờ đóng cửa",
    "đăng ký tạm trú", "chứng thực bản sao bằng đại học", "nhà vệ sinh ở đâu",
    "bố tôi vừa mất thì làm thủ tục gì", "giấy xác nhận độc thân",
)  # fmt: skip


def can_be_spoken() -> bool:
    """Whether somebody speaks here, and a model can hear them."""
    models = DataFolder(DEFAULT_DATA).model(MODEL)
    return shutil.which("espeak-ng") is not None and models.is_dir()


class Asker:
    """Somebody who presses the microphone and asks."""

    def __init__(self, microphone: Path) -> None:
        """`microphone` is the file for config.toml's "file:…"; nobody speaks yet."""
        self._microphone = microphone
        self._write(bytes(RATE))

    def ask(self, client: LinkClient, dice: random.Random) -> Record:
        """One question at the screen of `client`.

        `end` is what came of it: the kind of answer, the reason why nobody was heard, or "none"
        after WITHIN_S; `after_s` are the seconds since the last word.
        """
        sound = framed(spoken(dice.choice(QUESTIONS), drawn(dice)))
        self._write(to_pcm(sound))
        client.events.clear()
        client.ask(OpenMicrophone())
        begun = time.monotonic()
        client.ask(Listen())
        end = "none"
        for event in client.wait_for_events(WITHIN_S):
            match event:
                case QuestionHeard():
                    end = event.answer.kind if event.answer else event.deed
                    break
                case ListeningChanged(state="off", reason=str(reason)) if reason:
                    end = reason
                    break
        took = time.monotonic() - begun
        return {"end": end, "after_s": round(max(0.0, took - len(sound) / RATE), 2)}

    def _write(self, pcm: bytes) -> None:
        new = self._microphone.with_suffix(".new")
        with wave.open(str(new), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(pcm)
        new.replace(self._microphone)
