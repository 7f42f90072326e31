"""What citizens say of their visit: the survey, what of an answer may be kept, what it comes to.

Pure, as kiosk.queueing is.
"""
