"""Properties are tried on a loaded machine too: how long one takes says nothing about it."""

from hypothesis import settings

settings.register_profile("patient", deadline=None, max_examples=60)
settings.load_profile("patient")
