"""The log in the data folder: kept, turned over, given up where the disk refuses."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import logging, sys
from pathlib import Path
from kiosk.log_files import keep_log
logging.basicConfig(level=logging.INFO, format="%(message)s")
keep_log(Path(sys.argv[1]), "core")
for number in range(int(sys.argv[2])):
    logging.info("line %d %s", number, "x" * 1000)
"""


def run(folder: Path, lines: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder, str(lines)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr


def test_it_is_kept_for_this_user_alone(tmp_path):
    run(tmp_path / "logs", 2)
    log = tmp_path / "logs" / "core.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert [line.split()[2:6] for line in log.read_text().splitlines()] == [
        ["I", "root:", "line", "0"],
        ["I", "root:", "line", "1"],
    ]


def test_it_is_turned_over_and_never_grows_without_end(tmp_path):
    run(tmp_path, 7000)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["core.log", *(f"core.log.{number}" for number in range(1, 5))]
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5_000_000
    assert "line 6999 " in (tmp_path / "core.log").read_text()


def test_a_folder_that_cannot_be_written_costs_the_file_alone():
    told = run(Path("/proc/self/logs"), 2)  # nobody may write there, not even root
    assert told.count("the log cannot be kept") == 1
    assert "line 1 " in told
    assert "Traceback" not in told


def test_a_group_that_shares_the_folder_may_read_every_file_of_it(tmp_path):
    tmp_path.chmod(0o3770)
    run(tmp_path, 2500)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    assert len(modes) > 2
    assert set(modes.values()) == {0o640}
