"""`python -m hardware`: devices from the command line, without the kiosk.

Each module here holds the commands of one device. `registry` is the table of them all: a new
command is a line there, and its module is imported only when the command is asked for.
"""
