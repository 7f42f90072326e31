"""Upgrades of an installed kiosk: each release in a folder of its own, and a switch between them.

    /opt/le-tan/releases/<version>/   whole where `.complete` lies in it, with its environment
    /opt/le-tan/current               what runs              (a link, changed in one step)
    /opt/le-tan/good                  what has proved itself (a link, changed last)

Where the two links differ, an upgrade was cut short: `settle` (in deploy/) puts `current` back at
the next start, with nothing of the new release. All but the archive's signature needs the standard
library alone, since the first installation runs it before there is an environment.
"""
