"""docs/centre-api.md, run: every request is answered as it says, every command and file is good."""

import json
import re
import shlex
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from centre_loop import change
from click.testing import CliRunner
from running_centre import RunningCentre
from sqlalchemy import insert

from centre.__main__ import centre as command_line
from centre.dossiers.one_stop_plan import read_one_stop
from centre.settings import Settings
from centre.store.tables.devices import Site

TEXT = Path("docs/centre-api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)[^\n]*\n(.*?)```", TEXT, re.DOTALL)
NOW = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)
DRAWN = ("code", "scan")  # by chance


def blocks(kind):
    """What stands in the fences of one kind."""
    return [text for one, text in BLOCKS if one == kind]


@pytest.fixture
def running(sqlite_template, tmp_path):
    """A centre at eight in the morning of 30 November 2026, with the site of the examples."""
    (tmp_path / "centre.sqlite3").write_bytes(sqlite_template.read_bytes())
    with RunningCentre(Settings(data=str(tmp_path), port=0), lambda: NOW, sites=()) as centre:
        names = {"name_vi": "Phường Tân An", "name_en": "Tan An Ward"}
        change(centre.database, insert(Site).values(code="tan-an", made_at=NOW, **names))
        yield centre


def command(centre, line):
    """What a command of the text comes to."""
    environment = {"CENTRE_DATA": centre.settings.data}
    words = shlex.split(line)
    assert words[0] == "centre"
    return CliRunner().invoke(command_line, words[1:], env=environment)


def tidy(text):
    """Without what differs each time: tokens, moments, how wide a column is."""
    text = re.sub(r"ltc_\S+", "ltc_", text)
    return re.sub(r"[ ]+", " ", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "NOW", text))


def bring_in_plans(centre, folder):
    (folder / "plans.csv").write_text(blocks("csv")[0])
    assert command(centre, f"centre plan import {folder}/plans.csv").exit_code == 0


def test_every_request_is_answered_as_it_says(running, tmp_path):
    bring_in_plans(running, tmp_path)
    headers = running.client("city-app")
    told = blocks("http")
    assert len(told) == 14
    drawn = {}
    for asked, answered in list(pairwise(told))[::2]:
        head, _, body = asked.partition("\n\n")
        method, path, _ = head.splitlines()[0].split()
        for shown, actual in drawn.items():
            path = path.replace(shown, actual)
        answer = running.ask(
            method, path, headers=headers, **({"json": json.loads(body)} if body else {})
        )
        status, _, expected = answered.partition("\n\n")
        assert status.split()[1] == str(answer.status_code), answer.text
        assert re.search(r"Content-Type: (\S+)", status)[1] == answer.headers["content-type"]
        shown, actual = json.loads(expected), answer.json()
        for name in DRAWN:
            if name in shown and "scan" in shown:
                drawn[str(shown[name])] = str(actual[name])
                actual[name] = shown[name]
        assert actual == shown


def test_every_command_does_as_it_says(running, tmp_path):
    (tmp_path / "export.csv").write_text(blocks("csv")[1], encoding="utf-8")
    for block in blocks("console"):
        for line, answer in re.findall(r"^\$ (.*)\n((?:[^$].*\n)*)", block, re.MULTILINE):
            done = command(running, line.replace("export.csv", str(tmp_path / "export.csv")))
            assert done.exit_code == 0, done.output
            assert tidy(done.output) == tidy(answer)
    bring_in_plans(running, tmp_path)
    assert command(running, "centre plan list").output.count("\n") == 2
    for line in re.findall(r"`(centre plan [^`]*)`", TEXT):
        if "SITE" not in line and "import" not in line:
            assert command(running, line).exit_code == 0, line


def test_the_plan_of_a_one_stop_system_is_good(tmp_path):
    (tmp_path / "one-stop.token").write_text("secret")
    (tmp_path / "one_stop.toml").write_text(blocks("toml")[0])
    plan = read_one_stop(tmp_path / "one_stop.toml")
    assert plan.token == "secret"
    assert plan.states["Đang xử lý"] == "in_progress"


def test_every_code_of_a_rule_is_told():
    """Those that the desk may answer, from its own words."""
    source = Path("centre/bookings")
    said = {
        code
        for name in ("rules.py", "desk.py")
        for code in re.findall(
            r'"(booking_[a-z_]+|request_reused|unknown_service)"', (source / name).read_text()
        )
    }
    assert said - {"booking_code"} <= set(re.findall(r"`([a-z_]+)`", TEXT))
