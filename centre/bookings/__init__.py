"""Bookings by the city app, and the states of dossiers."""
