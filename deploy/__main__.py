"""`python3 -m deploy [install | uninstall]`, as deploy/install.sh calls it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from deploy.installing import Installing, Wanted
from deploy.machine import Machine, Stopped
from deploy.removing import remove
from deploy.steps import carry_out


def main() -> int:
    """Carry out what the command line says; 0 done, 1 stopped."""
    options = _parser().parse_args()
    os.umask(0o022)
    machine = Machine(options.root.resolve())
    try:
        _check_rights(machine, dry=options.dry_run)
        if options.deed == "uninstall":
            for line in remove(machine, purge=options.purge, dry=options.dry_run):
                _tell(line)
            return 0
        _install(machine, options)
    except (Stopped, OSError) as error:
        print(f"stopped: {error}", file=sys.stderr)
        return 1
    return 0


def _check_rights(machine: Machine, *, dry: bool) -> None:
    if not machine.is_trial and not dry and os.geteuid() != 0:
        raise Stopped("only root can do that: sudo deploy/install.sh")


def _install(machine: Machine, options: argparse.Namespace) -> None:
    wanted = Wanted(
        template=options.template,
        wheels=options.wheels,
        trust=tuple(options.trust),
        recogniser=not options.no_recogniser,
        packages=not options.no_packages,
    )
    installing = Installing(machine, wanted)
    installing.check()
    carry_out(installing.steps(), _tell, dry=options.dry_run)
    if not options.dry_run:
        _tell("done. Next:  sudo kiosk first-start   and   sudo kiosk doctor")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deploy/install.sh", description=__doc__)
    parser.add_argument("deed", nargs="?", choices=["install", "uninstall"], default="install")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done")
    parser.add_argument("--template", default="branch", help="the first configuration")
    parser.add_argument("--wheels", type=Path, help="a folder of libraries, for no network")
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        help="a NAME.pub whose releases are taken",
    )
    parser.add_argument("--no-recogniser", action="store_true", help="do not fetch whisper-base")
    parser.add_argument("--no-packages", action="store_true", help="do not ask apt")
    parser.add_argument("--purge", action="store_true", help="uninstall: data and users too")
    parser.add_argument("--root", type=Path, default=Path("/"), help="lay files down elsewhere")
    return parser


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
