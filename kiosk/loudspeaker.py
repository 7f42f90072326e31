"""Where announcements are heard: the kiosk's own voice process, or one with a card of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from kiosk.config import Config
from kiosk.core.announcing import Ending, Line
from kiosk.paths import ASSETS, DataFolder
from voice.speaker import Part, Speaker, SpeechSettings

AFTER_S = 1.5  # the first page comes first, and then the kiosk's own voice


class Loudspeaker:
    """The hall's loudspeaker; see kiosk.core.announcing.Loudspeaker.

    With [hall] announce_output it has a voice process and a sound card to itself, and may speak
    while the kiosk does. Without, it shares the kiosk's, and each lets the other finish.
    """

    def __init__(self, config: Config, data: DataFolder, shared: Speaker | None) -> None:
        """`shared` is the kiosk's own speaker; None where its speech is switched off."""
        self._own = _own(config, data) if config.hall.announce else None
        self._speaker = self._own or shared
        self.wanted = config.hall.announce and self._speaker is not None

    def announce(
        self,
        lines: Sequence[Line],
        volume: float,
        on_begin: Callable[[float, bool], None],
        on_end: Callable[[Ending], None],
    ) -> bool:
        """Say it to its end, after what is being said."""
        if self._speaker is None:
            return False
        return self._speaker.announce(
            [_part(line) for line in lines], "vi", level=volume, on_begin=on_begin, on_end=on_end
        )

    async def run(self) -> None:
        """Keep its own voice process alive until cancelled."""
        if self._own is None:
            await asyncio.Event().wait()
            return
        await asyncio.sleep(AFTER_S)
        await self._own.run()


def _own(config: Config, data: DataFolder) -> Speaker | None:
    if not config.hall.announce_output:
        return None
    settings = SpeechSettings(
        cache=data.root / "calls",  # one process writes to a cache
        recorded=ASSETS / "sounds" / "recorded",
        rate=config.speech.rate_wpm,
        output=config.hall.announce_output,
    )
    return Speaker(settings)


def _part(line: Line) -> Part:
    return Part(
        text=line.text,
        key=line.key,
        language=line.language,
        pause=line.pause,
    )
