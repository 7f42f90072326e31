"""Everything between a fresh machine and a working kiosk; called by the Makefile.

    python3 tools/set_up.py run      what `make run` needs
    python3 tools/set_up.py test     that, and what the tests and the linters need

Needs nothing but Python 3.11 to 3.13 with venv. What is there already is left alone: a second
call looks at one small file and ends. System libraries are looked for by their names; only where
one is missing is apt asked, and sudo only then.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
LOWEST, BEYOND = (3, 11), (3, 14)

# Shared library or program -> Debian's package (also on Ubuntu 24.04), and what it is for.
SCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
MONITOR = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
}
SOUND_AND_USB = {
    "libespeak-ng.so.1": "libespeak-ng1",
    "libportaudio.so.2": "libportaudio2",
    "libusb-1.0.so.0": "libusb-1.0-0",
}
JUDGES = {
    "tesseract": "tesseract-ocr",
    "tessdata:vie": "tesseract-ocr-vie",
    "espeak-ng": "espeak-ng",  # speaks to the recogniser, in a process of its own
    "libatomic.so.1": "libatomic1",  # of the program that drives the browser
    "openssl": "openssl",  # makes certificates as docs/centre-identity.md tells
}

RECOGNISER = "whisper-base"

NEEDED = {"run": SCREEN | MONITOR | SOUND_AND_USB, "test": SCREEN | SOUND_AND_USB | JUDGES}


def main() -> int:
    """Set up for the purpose named on the command line."""
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if purpose not in NEEDED:
        sys.exit(f"set_up.py: {purpose!r} is none of: {', '.join(NEEDED)}")
    if is_done(purpose):
        return 0
    if not LOWEST <= sys.version_info[:2] < BEYOND:
        sys.exit(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}.")
    install_system_packages(purpose)
    make_venv()
    install_requirements("dev" if purpose == "test" else "run")
    if purpose == "test":
        install_browser()
        install_database()
        make_judge()
    install_recogniser()
    stamp(purpose).write_text("done\n")
    say("set-up is complete")
    return 0


def stamp(purpose: str) -> Path:
    """The file that says: set up, for exactly these locks and this Python."""
    inputs = [PROJECT / "pyproject.toml", Path(__file__)]
    inputs += sorted((PROJECT / "requirements").glob("*.txt"))
    digest = hashlib.sha256(sys.version.encode() + str(PROJECT).encode())
    for path in inputs:
        digest.update(path.read_bytes())
    return VENV / f".set-up-{purpose}-{digest.hexdigest()[:16]}"


def is_done(purpose: str) -> bool:
    """Whether nothing is left to do; what tests need holds all that running needs but monitors."""
    return stamp(purpose).exists()


def missing_packages(purpose: str) -> list[str]:
    """The Debian packages whose library or program is not there."""
    known = known_libraries()
    return [package for what, package in NEEDED[purpose].items() if not is_there(what, known)]


def known_libraries() -> str:
    """What the loader knows, as `ldconfig -p` prints it."""
    for ldconfig in ("ldconfig", "/sbin/ldconfig", "/usr/sbin/ldconfig"):
        if found := shutil.which(ldconfig):
            return subprocess.run([found, "-p"], capture_output=True, text=True, check=True).stdout
    return ""


def is_there(what: str, known: str) -> bool:
    """A library by its loader's name, recognition data by its file, a program by its command."""
    if what.startswith("tessdata:"):
        name = f"{what.removeprefix('tessdata:')}.traineddata"
        return any(Path("/usr/share").glob(f"tesseract-ocr/*/tessdata/{name}"))
    if ".so" in what:
        return f"\t{what} " in known
    return shutil.which(what) is not None


def install_system_packages(purpose: str) -> None:
    """Ask apt for what is missing; says what and why, uses sudo only where it must."""
    missing = missing_packages(purpose)
    if not missing:
        return
    say(f"these system packages are missing: {' '.join(missing)}")
    if shutil.which("apt-get") is None:
        say("there is no apt here: please install what they hold by hand; going on without")
        return
    if os.geteuid() != 0 and shutil.which("sudo") is None:
        sys.exit(f"Please run as root:  apt-get install {' '.join(missing)}")
    if not apt_installs(missing):
        sys.exit(f"apt could not install them. Please try:  apt-get install {' '.join(missing)}")
    still = missing_packages(purpose)
    if still:
        say(f"not there even now: {' '.join(still)}; what needs them will be shown as unavailable")


def install_browser() -> None:
    """Chromium, for the tests of the site's pages; without it they are skipped."""
    if shutil.which("chromium") is None and shutil.which("apt-get") is not None:
        say("chromium is missing, which the tests of the pages look with")
        if not apt_installs(["chromium"]):
            say("apt has none: those tests are skipped")


def install_database() -> None:
    """PostgreSQL, for the centre's tests on a server of their own; without it they are skipped."""
    there = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not there and shutil.which("apt-get") is not None:
        say("PostgreSQL is missing, which the tests of the centre start on a socket of their own")
        if not apt_installs(["postgresql"]):
            say("apt has none: those tests are skipped")


def apt_installs(packages: list[str]) -> bool:
    """Whether apt could install them; uses sudo only where it must."""
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    say(f"installing with: {' '.join([*as_root, 'apt-get install', *packages])} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = [*as_root, "apt-get", "-q", "-y", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*apt, "update"], env=quiet, check=False, stdout=subprocess.DEVNULL)
    install = [*apt, "install", "--no-install-recommends", *packages]
    return (
        subprocess.run(install, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode == 0
    )


def make_venv() -> None:
    """`.venv`, made anew where its Python is another one or is gone."""
    python = VENV / "bin" / "python"
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}"
    ask = [str(python), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    if python.exists():
        answer = subprocess.run(ask, capture_output=True, text=True, check=False)
        if answer.stdout.strip() == wanted:
            return
        shutil.rmtree(VENV)
    say(f"making .venv with Python {wanted}")
    make = [sys.executable, "-m", "venv", str(VENV)]
    if subprocess.run(make, check=False).returncode:
        sys.exit("no venv could be made. On Debian and Ubuntu:  apt-get install python3-venv")


def install_requirements(name: str) -> None:
    """The locked dependencies, each checked by its hash, then the project itself."""
    say(f"installing the locked dependencies of requirements/{name}.txt")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    lock = str(PROJECT / "requirements" / f"{name}.txt")
    run([*pip, "install", "--require-hashes", "-r", lock])
    run([*pip, "install", "--no-deps", "--no-build-isolation", "-e", str(PROJECT)])
    check_none_is_kept()


def check_none_is_kept() -> None:
    """PySide6 6.12.0 loses a reference of None at each void call; refuse such a build."""
    guard = (
        "import sys\nfrom PySide6.QtGui import QImage\n"
        "image = QImage(8, 8, QImage.Format.Format_Mono)\nimage.fill(0)\n"
        "before = sys.getrefcount(None)\nfor _ in range(200): image.fill(0)\n"
        "sys.exit(before - sys.getrefcount(None) > 100)"
    )
    run([str(VENV / "bin" / "python"), "-c", guard])


def install_recogniser() -> None:
    """The speech recogniser (145 MB, checked by its hash); without it the kiosk goes by touch."""
    if (PROJECT / "var" / "models" / RECOGNISER).is_dir():
        return
    say(f"fetching the speech recogniser {RECOGNISER}, 145 MB")
    fetch = [str(VENV / "bin" / "kiosk"), "voice", "install", RECOGNISER, "--within", "300"]
    if subprocess.run(fetch, check=False, cwd=PROJECT).returncode:
        say("it could not be fetched: voice will be shown as unavailable, all else works")
        say(f"to try again:  .venv/bin/kiosk voice install {RECOGNISER}")


def make_judge() -> None:
    """emupos, a printer that we did not write, in its own Python 3.13 where there is one."""
    lock = PROJECT / "requirements" / "emupos.txt"
    home = PROJECT / ".venv-emupos"
    python = next(filter(is_313, ("python3.13", sys.executable)), None)
    if home.exists():
        return
    if python is None:
        say("no Python 3.13 here: the tests against emupos will be skipped")
        return
    say("making .venv-emupos, an independent printer to test against")
    run([python, "-m", "venv", str(home)])
    pip = [str(home / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
    if subprocess.run(
        [*pip, "install", "--require-hashes", "-r", str(lock)], check=False
    ).returncode:
        shutil.rmtree(home)
        say("emupos could not be installed: its tests will be skipped")


def is_313(python: str) -> bool:
    """Whether this command is a Python 3.13 that works."""
    ask = [python, "-c", "import sys, venv; sys.exit(sys.version_info[:2] != (3, 13))"]
    if shutil.which(python) is None:
        return False
    return subprocess.run(ask, capture_output=True, check=False).returncode == 0


def run(command: list[str]) -> None:
    """Run a command of ours; its failure ends the set-up with its words above."""
    if subprocess.run(command, check=False).returncode:
        sys.exit(f"set-up stopped at: {' '.join(command[:8])} …")


def say(words: str) -> None:
    """One line of what is going on."""
    print(f"== {words}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
