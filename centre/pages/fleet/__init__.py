"""How the kiosks are: states worst first, in SQL; the city as a map of tiles."""
