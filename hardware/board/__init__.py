"""I/O boards over Modbus RTU: eight outputs, eight inputs, one RS-485 line.

frames    the frames that we build ourselves (pure)
line      one serial line: questions and answers, every wait bounded
board     the driver: is it there, what do its inputs say, give one thing out once
ports     from the text of a configuration to a driver
"""
