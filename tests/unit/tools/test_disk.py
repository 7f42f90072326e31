"""The disk that is cut: what was synced stays, what was not may go, and its faults are seen."""

import random
import subprocess
import sys

import pytest

from tools.prove.disk import Disk, NoCompiler, Record, build
from tools.prove.ledger import Ledger

WRITER = """
import os, sys
root = sys.argv[1]
def put(name, text, sync):
    file = os.open(f"{root}/{name}", os.O_WRONLY | os.O_CREAT)
    os.write(file, text)
    if sync:
        os.fsync(file)
    return file
put("safe", b"s" * 2000, True)
again = put("half", b"a" * 1000, True)
os.write(again, b"b" * 1000)
put("loose", b"l" * 2000, False)
os.rename(f"{root}/safe", f"{root}/moved")
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    try:
        return build(tmp_path_factory.mktemp("disk"))
    except NoCompiler as error:
        pytest.skip(str(error))


def written(tmp_path, library, program=WRITER, fault=""):
    disk = Disk(tmp_path / "root", library)
    disk.set_fault(fault)
    done = subprocess.run(
        [sys.executable, "-c", program, str(disk.root)],
        env=disk.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    disk.close()
    return disk, done


def outcomes(disk, tmp_path, *, lies=False):
    record = Record(disk.log)
    seen = []
    for seed in range(60):
        to = tmp_path / f"cut{lies}{seed}"
        to.mkdir()
        record.cut(len(record.steps), disk.root, to, random.Random(seed), lies=lies)
        seen.append({path.name: path.read_bytes() for path in to.iterdir()})
    return seen


def test_what_was_synced_stays(tmp_path, library):
    disk, done = written(tmp_path, library)
    assert done.returncode == 0, done.stderr
    left = outcomes(disk, tmp_path)
    assert all(one.get("safe", one.get("moved")) == b"s" * 2000 for one in left)
    assert all(one["half"][:1000] == b"a" * 1000 for one in left)
    assert {len(one["half"]) for one in left} >= {1000, 2000}
    assert {"loose" in one for one in left} == {True, False}
    assert {("safe" in one, "moved" in one) for one in left} >= {(True, False), (False, True)}


def test_a_disk_that_lies_loses_what_was_synced(tmp_path, library):
    disk, _ = written(tmp_path, library)
    assert not all(
        one.get("safe", one.get("moved")) == b"s" * 2000
        for one in outcomes(disk, tmp_path, lies=True)
    )


@pytest.mark.parametrize(
    ("fault", "says"), [("full", "No space left on device"), ("read_only", "Read-only file system")]
)
def test_its_faults_reach_the_process(tmp_path, library, fault, says):
    _, done = written(tmp_path, library, fault=fault)
    assert done.returncode == 1
    assert says in done.stderr


def test_a_torn_line_of_the_ledger_is_cut_away_and_records_of_other_versions_too(tmp_path):
    ledger = Ledger(tmp_path / "trial.jsonl")
    assert ledger.begin(anew=False) == []
    ledger.add({"round": 0})
    with (tmp_path / "trial.jsonl").open("a") as file:
        file.write('{"round": 1')
    assert ledger.begin(anew=False) == [{"round": 0}]
    ledger.add({"round": 1})
    assert ledger.read() == [{"round": 0}, {"round": 1}]
    later = Ledger(tmp_path / "trial.jsonl", version=2)
    assert later.read() == []
    later.add({"round": 0, "more": 1})
    assert later.begin(anew=False) == later.read() == [{"round": 0, "more": 1}]
    assert later.begin(anew=True) == []
