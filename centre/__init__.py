"""The centre: where the kiosks' days come together, for a city of kiosks that never wait for it.

wire/       PURE  what travels between kiosk and centre; `kiosk.sync` reads the same shapes
store/      the database (SQLAlchemy: SQLite or PostgreSQL), tables, migrations
identity/   who speaks: enrolment, signed requests, revocation
api/        what devices ask: events up, changes down
documents/  what is given out: versions, signatures, roll-out
bookings/   what the city's app books: rules, quotas, slots
clients/    systems of the city that speak with a token
dossiers/   how far a dossier is: imported, or asked of a one-stop system
pages/      for the city and the ward's manager, in a browser
telemetry/  metrics, health, logs, retention
"""
