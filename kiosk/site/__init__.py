"""The site's own pages: counters, board, one's own ticket, report; and the API underneath.

A face like any other: it knows the words, and the engine is handed in as a Door. It is served from
the core's loop, so nothing here may block it; PINs and spreadsheets go to a thread.
"""
