"""A WAV goes in as the microphone; the right page with the right procedure is on the screen."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import CoreProcess
from PySide6.QtGui import QGuiApplication

from kiosk.config import load_config
from kiosk.paths import DataFolder
from kiosk.screen import app
from tools.demo.touch import find, seek, settle, tap, wait_until

SENTENCE = "đăng ký tạm trú"
PROCEDURE = "1.004194"
WITHIN_S = 60.0  # a model is loaded and a sentence is read, on a crowded machine


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app.prepare_surroundings()
    return QGuiApplication


@pytest.fixture
def spoken(tmp_path: Path) -> Path:
    """The sentence, by espeak-ng's own command."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("no espeak-ng here")
    if not DataFolder(tmp_path).model("whisper-base").is_dir():
        pytest.skip("whisper-base is not installed: kiosk voice install whisper-base")
    path = tmp_path / "asked.wav"
    subprocess.run(["espeak-ng", "-v", "vi", "-s", "130", "-w", str(path), SENTENCE], check=True)
    return path


@pytest.fixture
def core(start_core, spoken: Path) -> CoreProcess:
    return start_core({"voice.enabled": "true", "microphone": f'"file:{spoken}"'})


@pytest.fixture
def screen(qapp: QGuiApplication, core: CoreProcess) -> Iterator[app.Screen]:
    made = app.build(load_config(core.config), core.data.socket, size=app.PORTRAIT)
    yield made
    made.close()


@pytest.mark.slow
def test_a_spoken_question_reaches_its_procedure(core: CoreProcess, screen: app.Screen) -> None:
    wait_until(lambda: screen.ask.property("available"), WITHIN_S)
    wait_until(lambda: screen.hall.is_ready("guide"), WITHIN_S)
    touch(screen, "door.ask")
    asks_until_answered(screen)
    procedures = [row["code"] for row in shown(screen)]
    assert procedures[0] == PROCEDURE
    assert not list(core.data.root.rglob("*.wav"))
    heard = screen.answer.property("question")
    assert heard not in core.log  # what was said is nobody's business
    assert core.stop() == 0


def asks_until_answered(screen: app.Screen) -> None:
    """Press again as a citizen does: a synthetic voice is now and then taken for nobody's."""
    for _ in range(6):
        touch(screen, "ask.microphone")
        wait_until(lambda: screen.ask.property("state") == "listening", WITHIN_S)
        wait_until(lambda: screen.ask.property("state") == "off", WITHIN_S)
        wait_until(lambda: answered(screen) or says(screen, "ask.nobody_spoke"), WITHIN_S)
        if answered(screen):
            return
    pytest.fail("six times nobody was heard")


def answered(screen: app.Screen) -> bool:
    return bool(screen.kiosk.current_page() == "answer")


def says(screen: app.Screen, text: str) -> bool:
    return bool(screen.ask.property("headline") == screen.texts.text(text))


def shown(screen: app.Screen) -> list[dict[str, str]]:
    """The procedure that is answered, or those that can be chosen from."""
    wait_until(lambda: screen.answer.property("kind") in {"answer", "choices"}, WITHIN_S)
    if screen.answer.property("kind") == "choices":
        return screen.answer.property("choices").rows
    screen.answer.act("show_procedure")
    wait_until(lambda: screen.kiosk.current_page() == "procedure", WITHIN_S)
    return [{"code": screen.kiosk.subject_of("procedure")}]


def touch(screen: app.Screen, name: str) -> None:
    """A finger on what is called so."""
    wait_until(lambda: seek(screen.window, name) is not None, WITHIN_S)
    settle(screen.window)
    tap(screen.window, find(screen.window, name))
