"""What makes a machine with Debian a kiosk: `deploy/install.sh`, and everything that it lays down.

units/     systemd units; /etc/systemd/system links to them through `current`, so that they go
           with the release that runs
files/     files of the machine, as they lie below /
x11/       starts the X server
*.py       the installation; the standard library alone, for there is no environment yet
"""
