"""The standard pipes of a child program that talks in lines."""

import os
import sys
from pathlib import Path
from typing import IO


def take_stdout(*, others: Path | None = None) -> IO[bytes]:
    """Take standard output for our lines alone.

    What libraries print goes to `others`, or to standard error.
    """
    sys.stdout.flush()
    stdout = sys.stdout.fileno()
    lines = os.fdopen(os.dup(stdout), "wb", buffering=0)
    if others:
        with others.open("wb") as sink:
            os.dup2(sink.fileno(), stdout)
    else:
        os.dup2(sys.stderr.fileno(), stdout)
    return lines
