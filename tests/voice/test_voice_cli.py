"""`kiosk voice` as a technician types it: whisper-base hears what espeak-ng says."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.__main__ import kiosk
from kiosk.cli.field_test import CONSENT
from kiosk.paths import DEFAULT_DATA
from voice.synthesiser import Synthesiser

WHISPER = DEFAULT_DATA / "models" / "whisper-base"
BIRTH = "1.001193"

pytestmark = pytest.mark.skipif(not WHISPER.is_dir(), reason="whisper-base is not installed")


@pytest.fixture
def run(tmp_path: Path, synthesiser: Synthesiser):
    """`run("voice", "say", …)` in a data folder of its own that has the recogniser."""
    data = tmp_path / "var"
    data.mkdir()
    (data / "models").symlink_to(WHISPER.parent)

    def typed(*words: str | Path, status: int = 0, keys: str = ""):
        command = ["--data", str(data), "voice", *map(str, words)]
        result = CliRunner().invoke(kiosk, command, input=keys)
        assert result.exit_code == status, result.output
        return result

    return typed


def said(run, tmp_path: Path, text: str = "Tôi muốn đăng ký khai sinh cho con") -> Path:
    run("say", text, "--out", tmp_path / "said.wav")
    return tmp_path / "said.wav"


def test_what_is_said_is_written_down_and_understood(run, tmp_path: Path) -> None:
    wav = said(run, tmp_path)
    (tmp_path / "empty.wav").touch()
    lines = run("transcribe", wav, tmp_path / "empty.wav", "--json", status=1).stdout.splitlines()
    heard, nothing = map(json.loads, lines)
    assert "khai sinh" in heard["text"]
    assert (heard["engine"], heard["seconds"] > 1) == ("whisper:whisper-base", True)
    assert nothing["error"].startswith("speech.bad_sound")

    understood = json.loads(run("understand", wav, "--json").stdout)
    assert understood["intent"] == "procedure"
    assert understood["procedures"][0]["code"] == BIRTH
    scores = [one["score"] for one in understood["procedures"]] + [0.0]
    assert understood["margin"] == pytest.approx(scores[0] - scores[1], abs=1e-3)
    assert "said.wav: " in run("understand", wav).stdout


def test_the_models_are_listed(run) -> None:
    rows = json.loads(run("models", "--json").stdout)
    assert {one["name"]: one["installed"] for one in rows}["whisper-base"] is True
    assert re.search(r"whisper-base +whisper +\d+ MB +installed", run("models").stdout)
    assert "no model is called" in run("install", "whisper-huge", status=1).stderr


def test_a_field_test_asks_whoever_comes_and_keeps_codes_alone(run, tmp_path: Path) -> None:
    wav, kept = said(run, tmp_path), tmp_path / "kept.jsonl"
    to = ("field-test", "--questions", "3", "--to", kept, "--microphone", f"file:{wav}")
    # no; yes, ready; then somebody else, who is asked too; then stop
    told = run(*to, keys="\nco\n\ndoi\nco\n\nthoi\n").stdout
    assert told.count(CONSENT) == 3
    rows = [json.loads(line) for line in kept.read_text().splitlines()]
    assert len(rows) == 2
    assert {key for row in rows for key in row} == {"meant", "codes", "kind", "seconds"}
    assert all(BIRTH in row["codes"] for row in rows)
    run(*to, keys="co\n\n")
    assert len(kept.read_text().splitlines()) == 3
