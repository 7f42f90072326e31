"""The owner's side with the real voice process: alive, killed, hanging, talking nonsense."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from voice.speaker import Part, Speaker, SpeakingEvent, SpeechSettings, SpeechStatus, SpokenEvent
from voice.synthesiser import Synthesiser

NUMBER = [Part("Xin cảm ơn, số của ông bà là", "your_number"), Part("A007")]
WITHIN = 30.0  # seconds; a loaded machine starts Python slowly


class Hall:
    """A speaker, and all it told."""

    def __init__(self, settings: SpeechSettings, command: list[str] | None = None) -> None:
        self.statuses: asyncio.Queue[SpeechStatus] = asyncio.Queue()
        self.speaking: asyncio.Queue[SpeakingEvent] = asyncio.Queue()
        self.spoken: asyncio.Queue[SpokenEvent] = asyncio.Queue()
        self.speaker = Speaker(
            settings,
            on_status=self.statuses.put_nowait,
            on_speaking=self.speaking.put_nowait,
            on_spoken=self.spoken.put_nowait,
            command=command,
        )

    async def status(self, *wanted: str) -> SpeechStatus:
        """Wait for a status with this state or reason."""
        async with asyncio.timeout(WITHIN):
            while True:
                status = await self.statuses.get()
                if status.state in wanted or status.reason in wanted:
                    return status

    async def hear(self, parts: list[Part], language: str = "vi") -> SpeakingEvent:
        """Say it and wait until it has been said; how it began."""
        self.speaker.say(parts, language)
        async with asyncio.timeout(WITHIN):
            await self.spoken.get()
            return await self.speaking.get()

    @property
    def voice_process(self) -> int:
        assert self.speaker.child.process is not None
        return self.speaker.child.process.pid

    @property
    def synthesiser(self) -> int:
        process = self.voice_process
        children = Path(f"/proc/{process}/task").glob("*/children")
        return int(" ".join(file.read_text() for file in children).split()[0])


@asynccontextmanager
async def running(
    settings: SpeechSettings, command: list[str] | None = None
) -> AsyncIterator[Hall]:
    hall = Hall(settings, command)
    task = asyncio.create_task(hall.speaker.run())
    try:
        yield hall
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def gone(process: int) -> bool:
    """Whether the process ends within a moment."""
    async with asyncio.timeout(WITHIN):
        while Path(f"/proc/{process}/cmdline").exists():
            await asyncio.sleep(0.01)
    return True


@pytest.fixture
def settings(tmp_path: Path, synthesiser: Synthesiser) -> SpeechSettings:
    del synthesiser  # only to be skipped where there is no speech
    return SpeechSettings(cache=tmp_path / "cache", recorded=tmp_path / "recorded", output="none")


def play(scene: Callable[[Hall], Awaitable[None]], settings: SpeechSettings) -> None:
    async def with_speaker() -> None:
        async with running(settings) as hall:
            await hall.status("ready")
            await scene(hall)

    asyncio.run(with_speaker())


def test_a_number_is_spoken(settings: SpeechSettings) -> None:
    async def scene(hall: Hall) -> None:
        event = await hall.hear(NUMBER)
        assert event.text == "Xin cảm ơn, số của ông bà là A không không bảy"
        assert len(event.wav_paths) == 2
        assert all(path.parent == settings.cache for path in event.wav_paths)
        assert all(path.read_bytes().startswith(b"RIFF") for path in event.wav_paths)
        assert 2.0 < event.seconds < 5.0
        assert event.silent
        assert hall.speaker.status == SpeechStatus("ready", "no_output")
        assert not hall.speaker.speaking

    play(scene, settings)


def test_an_announcement_is_told_apart_from_phrases(settings: SpeechSettings) -> None:
    async def scene(hall: Hall) -> None:
        told: asyncio.Queue[object] = asyncio.Queue()

        def announce() -> bool:
            return hall.speaker.announce(
                [Part("Mời số A007 đến quầy số 3.")],
                "vi",
                level=0.5,
                on_begin=lambda seconds, silent: told.put_nowait((seconds > 1, silent)),
                on_end=told.put_nowait,
            )

        assert announce()
        assert not announce()  # one at a time
        async with asyncio.timeout(WITHIN):
            assert await told.get() == (True, True)
            assert await told.get() == "silent"  # nothing can be heard in this test
        assert hall.speaking.empty()
        assert hall.spoken.empty()
        assert announce()
        os.kill(hall.voice_process, signal.SIGKILL)
        async with asyncio.timeout(WITHIN):
            while await told.get() not in ("lost", "silent"):
                pass
        await hall.status("unavailable")
        await hall.status("ready")
        assert announce()

    play(scene, settings)


def test_english(settings: SpeechSettings) -> None:
    async def scene(hall: Hall) -> None:
        event = await hall.hear([Part("Your number is"), Part("A007")], "en")
        assert event.text == "Your number is A zero zero seven"

    play(scene, settings)


def test_a_killed_synthesiser_is_not_noticed(settings: SpeechSettings) -> None:
    async def scene(hall: Hall) -> None:
        before = hall.synthesiser
        os.kill(before, signal.SIGKILL)
        assert len((await hall.hear(NUMBER)).wav_paths) == 2
        assert hall.synthesiser != before
        assert hall.statuses.empty()

    play(scene, settings)


def test_a_killed_voice_process_comes_back(
    settings: SpeechSettings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    async def scene(hall: Hall) -> None:
        process, synthesiser = hall.voice_process, hall.synthesiser
        os.kill(process, signal.SIGKILL)
        assert (await hall.status("unavailable")).reason == "ended"
        hall.speaker.say(NUMBER, "vi")  # dropped or said later, never an error
        await hall.status("ready")
        assert hall.voice_process != process
        assert await gone(process)
        assert await gone(synthesiser)
        hall.speaker.stop()
        assert len((await hall.hear([Part("Xin chào")])).wav_paths) == 1

    play(scene, settings)
    assert caplog.text.count("speech is unavailable") == 1
    assert caplog.text.count("speech is ready") == 2


def test_a_hanging_voice_process_is_replaced_within_2_s(settings: SpeechSettings) -> None:
    async def scene(hall: Hall) -> None:
        process = hall.voice_process
        started = asyncio.get_running_loop().time()
        os.kill(process, signal.SIGSTOP)
        hung = await hall.status("unavailable")
        assert hung.reason == "hung"
        # Found within 2 s; END_WITHIN is the grace before it is killed; 1 s for a loaded machine.
        assert asyncio.get_running_loop().time() - started < 2.0 + 1.0 + 1.0
        assert await gone(process)
        await hall.status("ready")
        assert (await hall.hear(NUMBER)).text

    play(scene, settings)


def test_nothing_is_left_behind(settings: SpeechSettings) -> None:
    processes = []

    async def scene(hall: Hall) -> None:
        processes.extend([hall.voice_process, hall.synthesiser])

    play(scene, settings)
    for process in processes:
        assert asyncio.run(gone(process))


def test_no_sound_card_is_a_state_and_phrases_are_made(
    settings: SpeechSettings, no_sound_card: None
) -> None:
    async def scene() -> None:
        card = SpeechSettings(cache=settings.cache, recorded=settings.recorded, output="auto")
        async with running(card) as hall:
            assert (await hall.status("unavailable")).reason == "no_sound_card"
            event = await hall.hear(NUMBER)
            assert event.silent
            assert len(event.wav_paths) == 2

    asyncio.run(scene())


def test_a_phrase_that_is_not_sound_is_dropped(
    settings: SpeechSettings, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(hall: Hall) -> None:
        hall.speaker.say(NUMBER, "fr")
        hall.speaker.say([], "vi")
        hall.speaker.say([Part("a", "../../etc")], "vi")
        hall.speaker.say([Part("ấ" * 1_000)] * 32, "vi")
        assert not hall.speaker.speaking
        assert (await hall.hear([Part("Xin chào")])).text == "Xin chào"

    play(scene, settings)
    assert caplog.text.count("was dropped") == 4


def test_without_a_process_nothing_waits_and_nothing_fails(tmp_path: Path) -> None:
    settings = SpeechSettings(cache=tmp_path, recorded=tmp_path)

    async def scene() -> None:
        async with running(settings, ["/nowhere/voice"]) as hall:
            hall.speaker.say(NUMBER, "vi")
            hall.speaker.stop()
            hall.speaker.set_volume(0.5)
            assert "cannot be started" in (await hall.status("unavailable")).detail
            assert not hall.speaker.speaking

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ('print(\'{"type":"hello","version":99}\', flush=True); input()', "version"),
        ("print('xin chao'); print('x' * 200_000)", "ended"),
    ],
)
def test_a_process_that_talks_nonsense_is_unavailable(
    tmp_path: Path, code: str, reason: str
) -> None:
    settings = SpeechSettings(cache=tmp_path, recorded=tmp_path)

    async def scene() -> None:
        async with running(settings, [sys.executable, "-c", code]) as hall:
            assert (await hall.status("unavailable")).reason == reason

    asyncio.run(scene())


def test_a_process_that_does_not_read_fills_no_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    settings = SpeechSettings(cache=tmp_path, recorded=tmp_path)
    deaf = 'import time; print(\'{"type":"hello","version":1}\', flush=True); time.sleep(60)'

    async def scene() -> None:
        async with running(settings, [sys.executable, "-c", deaf]) as hall:
            async with asyncio.timeout(WITHIN):
                await hall.speaker.child.greeted.wait()
            for _ in range(1_000):
                hall.speaker.say([Part("a" * 1_000)], "vi")
            assert hall.speaker.child.process is not None
            assert hall.speaker.child.process.stdin is not None
            assert hall.speaker.child.process.stdin.transport.get_write_buffer_size() < 200_000

    asyncio.run(scene())
    assert "does not read" in caplog.text
