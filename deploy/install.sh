#!/bin/sh
# Makes this machine a kiosk: Debian 12 or 13. Run again, it does what is left to do.
#
#   sudo deploy/install.sh [--dry-run] [--template busy-ward] [--trust MAKERS.pub] [--wheels FOLDER]
#   sudo deploy/install.sh uninstall [--purge]
set -eu
cd "$(dirname "$(readlink -f "$0")")/.."
if ! python3 -c 'import ensurepip, tomllib, venv' 2> /dev/null; then
	echo "doing   python3, which the rest of this is written in"
	apt-get -q update > /dev/null
	DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install \
		python3 python3-venv > /dev/null
fi
export PYTHONDONTWRITEBYTECODE=1
exec python3 -m deploy "$@"
