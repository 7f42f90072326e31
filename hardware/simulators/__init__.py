"""Devices that are not there: they speak the true protocols and fail on command."""
