"""The local socket between the core and the faces on the same computer."""
