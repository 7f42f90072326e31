"""A PostgreSQL server of one's own on this machine, thrown away afterwards; Debian's package.

It listens on a Unix socket in its own folder and nowhere else. The server refuses to run as root:
there it is given to the user `postgres`, or `nobody`. It dies with the thread that started it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

OLDEST = 15
WITHIN_S = 60.0
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""Nothing of it survives a power cut: for tests alone."""


def programs() -> Path | None:
    """The folder of the newest installed server, or None where there is none that we can use."""
    found = {
        int(path.parent.name): path
        for path in Path("/usr/lib/postgresql").glob("*/bin")
        if path.parent.name.isdigit() and (path / "initdb").exists()
    }
    newest = max(found, default=0)
    return found[newest] if newest >= OLDEST else None


class PostgresqlServer:
    """A server with one superuser, `postgres`; `settings` are keys of postgresql.conf."""

    def __init__(self, settings: dict[str, str], *, within: Path | None = None) -> None:
        """Nothing runs yet. `within`: the folder for its files, the machine's own for one."""
        found = programs()
        if found is None:
            raise FileNotFoundError(f"PostgreSQL {OLDEST} or later is not installed")
        self._programs = found
        self._settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=within))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make and start it; returns when it answers."""
        owner = _owner()
        if owner is not None:
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it and throw its files away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start the server; returns when it answers."""
        keys = {"listen_addresses": "", "unix_socket_directories": str(self.folder)}
        options = [f"--{key}={value}" for key, value in {**keys, **self._settings}.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_as_owner(), str(self._programs / "postgres"), "-D", self._data, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
            )
        until = time.monotonic() + WITHIN_S
        ready = [str(self._programs / "pg_isready"), "-q", "-h", str(self.folder)]
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > until:
                words = (self.folder / "log").read_text(errors="replace")[-2000:]
                self.stop()
                raise RuntimeError(f"PostgreSQL did not start: {words}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it at once, as a power cut would: what it needs, it finds in its journal."""
        if self._process is not None:
            subprocess.run(
                [*_as_owner(), str(self._programs / "pg_ctl"), "stop", "-s", "-D", self._data,
                 "-m", "immediate"],
                check=False,
                cwd=self.folder,
            )  # fmt: skip
            self._process.wait(WITHIN_S)
            self._process = None

    def ask(self, statement: str, database: str = "postgres") -> str:
        """Run one statement outside of any transaction; what psql prints, bare."""
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder)]
        return subprocess.run(
            [str(self._programs / "psql"), *options, "-U", "postgres", "-c", statement, database],
            check=True,
            capture_output=True,
            text=True,
            cwd=self.folder,
        ).stdout.strip()

    def url(self, database: str) -> str:
        """How the centre's settings name a database of it."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_owner(), str(self._programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


def _owner() -> pwd.struct_passwd | None:
    """Who the server runs as, where that is not us."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _as_owner() -> list[str]:
    """The words before a command that runs it as the server's owner, and ends it with us."""
    owner = _owner()
    who = [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"] if owner else []
    return ["setpriv", *who, "--pdeathsig=QUIT"]
