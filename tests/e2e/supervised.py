"""`kiosk run` with other commands: `python supervised.py SILENT_S NAME=COMMAND…`."""

import logging
import sys

from kiosk.supervisor import Supervisor

logging.basicConfig(level=logging.INFO, format="%(message)s")
commands = {name: command.split() for name, _, command in (a.partition("=") for a in sys.argv[2:])}
sys.exit(Supervisor(commands, silent_s=float(sys.argv[1])).run())
