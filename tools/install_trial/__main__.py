"""Install, start, upgrade and remove a kiosk in clean Debians (`make test-install`).

    python -m tools.install_trial [--suite bookworm --suite trixie] [--base FOLDER] [--keep]

Needs root, debootstrap, and the network for apt and pip; takes some ten minutes and 3 GB for each
suite. The Debians lie in a temporary folder and are removed at the end.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import click

from tools.install_trial import installed, started, upgraded
from tools.install_trial.roots import Root
from tools.install_trial.trial import Trial, Wrong, good

NAMES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
DUMMY = """Section "Device"
	Identifier "no card"
	Driver "dummy"
	VideoRam 256000
EndSection
Section "Monitor"
	Identifier "no monitor"
	HorizSync 5.0 - 1000.0
	VertRefresh 5.0 - 200.0
EndSection
Section "Screen"
	Identifier "no glass"
	Device "no card"
	Monitor "no monitor"
	DefaultDepth 24
	SubSection "Display"
		Depth 24
		Modes "1920x1080"
		Virtual 3840 1080
	EndSubSection
EndSection
"""
JUDGES = ("xserver-xorg-video-dummy", "x11-apps", "imagemagick", "procps")


@click.command()
@click.option("--suite", "suites", multiple=True, type=click.Choice(list(NAMES)))
@click.option("--base", type=click.Path(path_type=Path, exists=True), help="SUITE in it, clean.")
@click.option("--keep", is_flag=True, help="Leave the Debians where they are.")
def main(suites: tuple[str, ...], base: Path | None, keep: bool) -> None:
    """See the module."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        sys.exit("make test-install needs root, and debootstrap: apt-get install debootstrap")
    folder = Path(tempfile.mkdtemp(prefix="kiosk-install-"))
    failed = 0
    try:
        for suite in suites or tuple(NAMES):
            root = Root(suite, folder / f"{suite}-root")
            try:
                failed += try_out(Trial(root), base / suite if base else None)
            finally:
                if not keep:
                    root.remove()
    finally:
        if keep:
            click.echo(f"they lie in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


def try_out(trial: Trial, base: Path | None) -> int:
    """Every check of one Debian, told as it comes; how many failed."""
    suite = trial.root.suite
    click.echo(f"## {NAMES[suite]} ({suite})\n")
    began = time.monotonic()
    trial.root.make(base)
    trial.root.bring()
    (trial.root.path.parent / suite).mkdir()
    upgraded.draw_keys(trial)
    click.echo(f"A clean Debian after {time.monotonic() - began:.0f} s.\n")
    click.echo("| Check | Seen |\n|---|---|")
    for check in installed.CHECKS:
        if not tell(trial, check):
            return 1  # nothing of the rest can be
    add_judges(trial)
    failed = 0
    for check in (*started.CHECKS, *upgraded.CHECKS):
        failed += not tell(trial, check)
    click.echo(f"\n{time.monotonic() - began:.0f} s in all, {failed} failed.\n")
    return failed


def add_judges(trial: Trial) -> None:
    """What the trial alone needs: a graphics card that is none, and eyes."""
    options = ("-q", "-y", "--no-install-recommends")
    good(trial.root.enter("apt-get", *options, "install", *JUDGES))
    trial.file("/etc/X11/xorg.conf.d/99-no-card.conf").write_text(DUMMY)


def tell(trial: Trial, check) -> bool:  # noqa: ANN001 - a function of this program
    """Carry out one check and say what came of it."""
    name = f"{check.__name__.replace('_', ' ')}"
    try:
        seen = check(trial)
    except Exception as error:  # each is told, and the next one is tried
        kind = "" if isinstance(error, Wrong) else f"{type(error).__name__}: "
        click.echo(f"| {name} | **FAILED** {kind}{error} |")
        return False
    click.echo(f"| {name} | {seen} |")
    return True


if __name__ == "__main__":
    main()
