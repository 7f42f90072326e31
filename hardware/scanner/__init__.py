"""QR and barcode scanners on a serial line.

framing   from bytes to whole reads, once each (pure)
forms     which reads mean something here; all else is turned away (pure)
scanner   the driver: is it there, what did it read
ports     from the text of a configuration to a driver
"""
