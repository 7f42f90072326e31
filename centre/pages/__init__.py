"""Pages for the city and the manager of a ward."""
