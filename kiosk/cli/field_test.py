"""`kiosk voice field-test`: how well real people are understood, in a ward's own hall.

A clerk sits beside. Each volunteer is told what is measured and agrees, is shown a matter of
everyday life (never a sentence to read out), and asks the kiosk about it in their own words.
Written down are the code that was meant, the codes that were understood, and the seconds: no sound,
no words, no name. `Score` sums them up; it is pure.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Final, Literal

import click
import msgspec

if TYPE_CHECKING:
    from kiosk.guide.guide import Guide
    from voice.ear import Ear
    from voice.listening.microphone import Microphone
    from voice.recognizers.hearable import Samples

CONSENT: Final = (
    "Xin chào ông bà. Chúng tôi đang thử xem máy nghe có hiểu người dân không.\n"
    "Ông bà hỏi máy bằng lời của mình. Máy không lưu giọng nói, không lưu câu hỏi, không lưu tên;\n"
    "chỉ ghi lại máy hiểu đúng hay sai. Ông bà có thể thôi bất cứ lúc nào."
)
AGREED: Final = "Ông bà có đồng ý không? (co = đồng ý, Enter = không)"
MATTER: Final = "Ông bà hãy hỏi máy, bằng lời của mình, về việc:\n\n    {name}\n"
READY: Final = "Nhấn Enter rồi nói (thoi = dừng buổi thử, doi = đổi người)"
YES: Final = "co"
STOP: Final = "thoi"
NEXT: Final = "doi"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question: the code that was meant, those that were understood, and how it ended."""

    meant: str
    codes: tuple[str, ...]
    kind: Literal["answer", "choices", "no_match", "unheard"]
    seconds: float

    @property
    def is_right(self) -> bool:
        """Whether the right procedure came first."""
        return self.codes[:1] == (self.meant,)


@dataclass(frozen=True, slots=True)
class Score:
    """The sums over all questions asked so far."""

    asked: int
    first: int
    among_four: int
    wrongly_acted: int
    unheard: int
    median_seconds: float

    @classmethod
    def of(cls, rows: Sequence[Asked]) -> Score:
        """Sum up the rows of a results file."""
        return cls(
            asked=len(rows),
            first=sum(one.is_right for one in rows),
            among_four=sum(one.meant in one.codes[:4] for one in rows),
            wrongly_acted=sum(one.kind == "answer" and not one.is_right for one in rows),
            unheard=sum(one.kind == "unheard" for one in rows),
            median_seconds=median(one.seconds for one in rows) if rows else 0.0,
        )

    def lines(self) -> Iterator[str]:
        """The table, each share with the range in which it lies nineteen times of twenty."""
        yield f"questions          {self.asked}"
        for name, count in (
            ("right first", self.first),
            ("among four", self.among_four),
            ("wrongly acted", self.wrongly_acted),
            ("not heard", self.unheard),
        ):
            low, high = share_range(count, self.asked)
            share = count / max(1, self.asked)
            yield f"{name:<18} {share:.2f}   ({low:.2f} to {high:.2f})"
        yield f"seconds, median    {self.median_seconds:.2f}"


def share_range(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, count / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def read_rows(path: Path) -> list[Asked]:
    """The rows written so far; none without a file. Raises click.ClickException."""
    if not path.exists():
        return []
    try:
        return msgspec.json.Decoder(Asked).decode_lines(path.read_bytes())
    except msgspec.DecodeError as error:
        raise click.ClickException(f"{path} is no file of a field test: {error}") from error


def run(
    guide: Guide, ear: Ear, microphone: Microphone, path: Path, *, questions: int, seed: int
) -> Score:
    """Ask until there are so many rows, or somebody says stop. Raises MicrophoneError."""
    rows = read_rows(path)
    matters = _matters(guide, questions, seed)
    with path.open("ab") as file:
        agreed = False
        for code, name in matters[len(rows) :]:
            if not (agreed := _is_ready(name, agreed=agreed)):
                break
            rows.append(_asked(guide, ear, microphone, code))
            file.write(msgspec.json.encode(rows[-1]) + b"\n")
            file.flush()
    return Score.of(rows)


def _is_ready(name: str, *, agreed: bool) -> bool:
    """Whether somebody who has agreed is about to ask; if not, the trial is to stop."""
    while True:
        while not agreed:
            click.echo(f"\n{CONSENT}\n")
            said = click.prompt(AGREED, default="", show_default=False)
            if said == STOP:
                return False
            agreed = said == YES
        click.echo("\n" + MATTER.format(name=name))
        said = click.prompt(READY, default="", show_default=False)
        if said != NEXT:
            return bool(said != STOP)
        agreed = False  # whoever comes next has not been asked


def _matters(guide: Guide, questions: int, seed: int) -> Sequence[tuple[str, str]]:
    """What to ask about: procedures of the ward that have a name of everyday life."""
    own = [one for one in guide.catalogue.procedures if one.ward and one.short]
    Random(seed).shuffle(own)  # noqa: S311 - an order, no secret
    return [(one.code, one.short) for one in islice(cycle(own), questions)]


def _asked(guide: Guide, ear: Ear, microphone: Microphone, code: str) -> Asked:
    from voice.errors import NoScoring

    sound = _heard(ear, microphone)
    begin = time.perf_counter()
    heard = ear.hear(sound, "vi")
    if not heard.hypotheses:
        return Asked(meant=code, codes=(), kind="unheard", seconds=time.perf_counter() - begin)
    hearing = guide.hear([(one.text, one.score) for one in heard.hypotheses])
    try:
        scores = ear.recognizer.score(hearing.candidates) if hearing.candidates else ()
    except NoScoring:
        scores = ()
    answer = hearing.answer(scores)
    return Asked(
        meant=code,
        codes=tuple(one.code for one in answer.procedures),
        kind=answer.kind,
        seconds=round(time.perf_counter() - begin, 2),
    )


def _heard(ear: Ear, microphone: Microphone) -> Samples:
    """One utterance from the microphone, in memory alone."""
    from voice.listening.utterance import Utterance

    utterance = Utterance(microphone.open(), ear.detector)
    try:
        utterance.begin(1, "vi")
        click.echo("… đang nghe")
        while utterance.hear() is None:
            pass
        return utterance.sound()
    finally:
        utterance.close()
