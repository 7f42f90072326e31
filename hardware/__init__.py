"""Drivers: each knows one device and its wire, and nothing of kiosks, tickets or citizens.

    port_names    the text that names a port in a configuration
    transport/    the pipe: TCP, serial, USB, file, a cable in memory
    printer/      ESC/POS receipt printers
    simulators/   devices that are not there, at the byte level, with faults on command

Try it: `python -m hardware --help`.
"""
