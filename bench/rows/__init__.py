"""One module a subject; each has `measure() -> list[Figure]` and says what it measures."""
