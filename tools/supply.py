"""What the kiosk is made of, and under which terms: `make supply`.

docs/licences.md           every package that is installed on a kiosk, its version and its licence
var/supply/sbom.cdx.json   the same as a CycloneDX list of parts, with the hashes of the lock
var/supply/audit.txt       what pip-audit knows against them, where its database can be reached
var/supply/*.whl           this project as a wheel: built twice, the same to the byte, or it fails

Its own tools live in .venv-supply (requirements/supply.txt), away from what they look at.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OWN = PROJECT / ".venv-supply"
OUT = PROJECT / "var" / "supply"
TABLE = PROJECT / "docs" / "licences.md"
LOCK = PROJECT / "requirements" / "run.txt"
EPOCH = "1764460800"  # the moment that the files of a wheel bear: any, as long as it is one
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)

ALONE = {
    "pyttsx3": "loads espeak-ng (GPL-3.0-or-later), alone in the synthesiser's process",
    "pyside6-essentials": "under LGPL-3.0, linked dynamically",
    "shiboken6": "under LGPL-3.0, linked dynamically",
}
"""What stands beside a licence that needs a word."""


def locked(lock: Path = LOCK) -> dict[str, str]:
    """Versions by normalised name."""
    return {_normal(name): version for name, version in _LOCKED.findall(lock.read_text())}


def main() -> int:
    """Everything; 1 where a licence is not to be had in our processes."""
    OUT.mkdir(parents=True, exist_ok=True)
    make_tools()
    bad = write_licences()
    write_parts()
    audit()
    build_twice()
    for line in bad:
        print(f"== {line}")
    return 1 if bad else 0


def make_tools() -> None:
    """.venv-supply, from its lock."""
    if (OWN / "bin" / "pip-audit").exists():
        return
    subprocess.run([sys.executable, "-m", "venv", str(OWN)], check=True)
    pip = [str(OWN / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    lock = str(PROJECT / "requirements" / "supply.txt")
    subprocess.run([*pip, "install", "--require-hashes", "-r", lock], check=True)


def write_licences() -> list[str]:
    """docs/licences.md; what in it must not be in our processes."""
    asked = [str(OWN / "bin" / "pip-licenses"), "--python", sys.executable, "--format=json"]
    asked += ["--with-urls"]
    rows = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
    known = {_normal(row["Name"]): row for row in rows}
    lines = [
        "# Licences",
        "",
        "What `make run` installs on a kiosk, as locked in requirements/run.txt. Written by `make",
        "supply`; a test holds it against the lock. What is shipped in this repository itself",
        "stands in [NOTICE](../NOTICE).",
        "",
        "| package | version | licence | |",
        "|---|---|---|---|",
    ]
    bad = []
    for name, version in sorted(locked().items()):
        row = known.get(name)
        licence = row["License"].strip().splitlines()[0] if row else "not installed here"
        if not is_fine(licence):
            bad.append(f"{name}: {licence}")
        lines.append(f"| {name} | {version} | {licence} | {ALONE.get(name, '')} |")
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    return bad


def is_fine(licence: str) -> bool:
    """Whether code under this licence may be in our processes: nothing that is GPL and only GPL."""
    choices = re.split(r"\bOR\b|;", licence)
    return any(not re.search(r"(?<!L)GPL|General Public License v", choice) or "Lesser" in choice
               for choice in choices)  # fmt: skip


def write_parts() -> None:
    """The list of parts."""
    command = [str(OWN / "bin" / "cyclonedx-py"), "requirements", str(LOCK)]
    command += ["--pyproject", str(PROJECT / "pyproject.toml"), "--output-reproducible"]
    command += ["-o", str(OUT / "sbom.cdx.json")]
    subprocess.run(command, check=True)
    print(f"== parts: {OUT / 'sbom.cdx.json'}")


def audit() -> None:
    """What is known against them. Without its database that is said, and nothing is claimed."""
    command = [str(OWN / "bin" / "pip-audit"), "-r", str(LOCK), "--disable-pip"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    (OUT / "audit.txt").write_text(said, "utf-8")
    unseen = len(re.findall("could not be audited", said))
    if unseen or (done.returncode and "vulnerabilit" not in said):
        print(f"== audit: the database was not reached for {unseen or 'any'} of {len(locked())}")
    else:
        print(f"== audit: {said.strip().splitlines()[-1] if said.strip() else 'nothing known'}")


def build_twice() -> None:
    """The wheel, if it comes out the same a second time; else SystemExit."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first, second = (_build(Path(folder)) for folder in (one, other))
        if _sha(first) != _sha(second):
            sys.exit("the wheel came out differently the second time")
        shutil.copy(first, OUT / first.name)
        print(f"== wheel: {OUT / first.name}, sha256 {_sha(first)}, twice the same")


def _build(folder: Path) -> Path:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    command: Sequence[str] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d",
                              str(folder)]  # fmt: skip
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, stderr=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
