"""A plausible city for trying out the centre's pages: sites, kiosks, days of visits, feedback.

Everything goes in as a kiosk's outbox would bring it, made by the kiosk's own rules; the same seed
gives the same city. `python -m tools.city` serves it.
"""
