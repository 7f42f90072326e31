"""Do what the README tells a newcomer to, in a clean Debian (`make test-newcomer`).

    python -m tools.newcomer_trial [--suite bookworm] [--base FOLDER] [--keep] [--no-tests]

A clean Debian, the packages that the README names, a clone of what is committed here, then `make
demo`, `make run` until a number is given, `make run` again with the cable out, and `make test`.
Needs root, debootstrap, git, and the network for apt and pip; some 40 minutes and 5 GB.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from kiosk.paths import PROJECT
from tools.install_trial.roots import Root

HOME = "/srv/le-tan"
NEEDED = ("git", "make", "python3", "python3-venv")
RUN = f"""
ip link set lo up
cd {HOME}
setsid make run > /srv/run.log 2>&1 &
ran=$!
i=0
until .venv/bin/kiosk ticket issue --service residence 2>/dev/null; do
    i=$((i + 1)); [ $i -lt 900 ] || exit 1
    kill -0 $ran || exit 1
    sleep 1
done
pkill -TERM -f '[b]in/kiosk run'
wait $ran
"""


class Wrong(Exception):
    """A step did not end as the README says."""


@click.command()
@click.option("--suite", default="bookworm", type=click.Choice(["bookworm", "trixie"]))
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="SUITE in it, clean.")
@click.option("--keep", is_flag=True, help="Leave the Debian where it is.")
@click.option("--no-tests", is_flag=True, help="All but `make test`.")
def main(suite: str, base: Path | None, keep: bool, no_tests: bool) -> None:
    """See the module."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        sys.exit("the newcomer's trial needs root, and debootstrap: apt-get install debootstrap")
    folder = Path(tempfile.mkdtemp(prefix="newcomer-"))
    root = Root(suite, folder / suite)
    try:
        click.echo("| Step | Seconds | Seen |\n|---|---|---|")
        for name, step in steps(root, base / suite if base else None):
            if no_tests and name == "make test":
                continue
            began = time.monotonic()
            seen = step()
            click.echo(f"| {name} | {time.monotonic() - began:.0f} | {seen} |")
    except Wrong as error:
        sys.exit(f"stumbled: {error}")
    finally:
        if keep:
            click.echo(f"it lies in {folder}")
        else:
            root.remove()
            shutil.rmtree(folder, ignore_errors=True)


def steps(root: Root, base: Path | None) -> Iterator[tuple[str, Callable[[], str]]]:
    """What is done, in its order; each tells what was seen, or raises Wrong."""
    yield "a clean Debian", lambda: _made(root, base)
    yield f"apt install {' '.join(NEEDED)}", lambda: _packages(root)
    yield "git clone", lambda: _cloned(root)
    yield "make demo", lambda: _demo(root)
    yield "make run", lambda: _number(root)
    yield "make run again, the cable out", lambda: _number(root, "unshare", "--net")
    yield "make test", lambda: _tested(root)


def _made(root: Root, base: Path | None) -> str:
    root.make(base)
    root.tell_pip()
    return f"{len(list((root.path / 'var/lib/dpkg/info').glob('*.list')))} packages"


def _packages(root: Root) -> str:
    _good(root, "apt-get -q update")
    _good(root, f"apt-get -q -y --no-install-recommends install {' '.join(NEEDED)}")
    return _good(root, "python3 -V").strip()


def _cloned(root: Root) -> str:
    bundle = root.path / "srv/le-tan.bundle"
    subprocess.run(["git", "bundle", "create", "-q", bundle, "HEAD"], cwd=PROJECT, check=True)
    _good(root, f"git clone -q /srv/le-tan.bundle {HOME}")
    return _good(root, f"cd {HOME} && git log -1 --format=%h").strip()


def _demo(root: Root) -> str:
    _good(root, f"cd {HOME} && make demo")
    left = [path.suffix for path in (root.path / f"{HOME[1:]}/var/demo").rglob("*.*")]
    return ", ".join(f"{left.count(kind)} {kind[1:]}" for kind in sorted(set(left)))


def _number(root: Root, *where: str) -> str:
    told = _good(root, RUN, *where)
    number = re.search(r"\b[A-Z]\d{3}\b", told)
    if number is None:
        raise Wrong(f"no number: {told[-2000:]}")
    return f"number {number[0]}"


def _tested(root: Root) -> str:
    told = _good(root, f"cd {HOME} && CI=true make test", within_s=5400)
    lines = [line for line in told.splitlines() if " passed" in line or line.startswith("TOTAL")]
    return "; ".join(" ".join(line.strip("= ").split()) for line in lines)


def _good(root: Root, script: str, *where: str, within_s: float = 1800) -> str:
    done = root.enter(*where, "sh", "-c", script, within_s=within_s)
    if done.returncode:
        raise Wrong(f"{script[:80]} … {done.stdout[-6000:]}\n{done.stderr[-3000:]}")
    return done.stdout


if __name__ == "__main__":
    main()
