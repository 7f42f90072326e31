"""What devices ask for: events up, changes down."""
