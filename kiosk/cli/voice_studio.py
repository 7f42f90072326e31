"""`kiosk voice studio`: somebody reads the script, and the kiosk calls numbers in that voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.paths import ASSETS

if TYPE_CHECKING:
    from voice.recognizers.hearable import Samples
    from voice.recording import Line


@click.command()
@click.option("--record", is_flag=True, help="Read the missing lines, one after the other.")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Take WAVs named KEY.wav from this folder.",
)
@click.option("--microphone", default="auto", show_default=True)
@click.option("--again", multiple=True, metavar="KEY", help="Read this line anew.")
@click.option(
    "--recorded",
    type=click.Path(path_type=Path),
    default=ASSETS / "sounds" / "recorded",
    help="Where the recordings lie.",
)
def studio(
    record: bool, folder: Path | None, microphone: str, again: tuple[str, ...], recorded: Path
) -> None:
    """List what is to be read; with --record or --from, take the clips."""
    from voice.recording import lines

    wanted = lines(recorded, "vi")
    todo = [line for line in wanted if not line.recorded or line.key in again]
    if folder is not None:
        from voice.recognizers import hearable

        there = [line for line in wanted if (folder / f"{line.key}.wav").is_file()]
        _take(there, lambda line: hearable.read(folder / f"{line.key}.wav"))
    elif record:
        _take(todo, lambda line: _spoken_now(line, microphone))
    else:
        for line in wanted:
            click.echo(f"{'x' if line.recorded else ' '}  {line.key:<16} {line.text}")
    left = sum(not line.recorded for line in wanted)
    click.echo(f"{len(wanted) - left} of {len(wanted)} clips are there", err=True)


def _take(todo: list[Line], sample: Callable[[Line], Samples]) -> None:
    from voice.errors import BadSound, SpeechError
    from voice.listening.detector import SileroDetector
    from voice.recording import keep, prepared

    detector = SileroDetector()
    for line in todo:
        try:
            keep(line, prepared(sample(line), detector))
            click.echo(f"x  {line.key:<16} {line.text}")
        except BadSound as error:
            click.echo(f"{line.key}: {error}", err=True)
        except (SpeechError, OSError) as error:
            raise click.ClickException(str(error)) from error


def _spoken_now(line: Line, name: str) -> Samples:
    from voice.listening.detector import SileroDetector
    from voice.listening.microphone import microphone_named
    from voice.listening.utterance import Utterance

    click.prompt(f"Xin mời đọc: “{line.text}” (Enter)", default="", show_default=False, err=True)
    utterance = Utterance(microphone_named(name).open(), SileroDetector())
    try:
        utterance.begin(1, "vi")
        while not utterance.hear():
            pass
        return utterance.sound()
    finally:
        utterance.close()
