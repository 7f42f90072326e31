"""What a process must not wait for before its first page."""

import subprocess
import sys

import pytest

AT_ONCE = ["kiosk.app", "kiosk.screen.app", "kiosk.supervisor", "kiosk.cli.link"]


@pytest.mark.parametrize("module", AT_ONCE)
def test_nobody_imports_numpy_at_the_start(module):
    program = f"import sys, {module}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_numpy_is_there_for_whoever_wants_it_afterwards():
    program = "import kiosk.store, numpy; assert numpy.arange(3).sum() == 3"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
