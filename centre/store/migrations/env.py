"""How Alembic reaches the database: through the connection that `Database.bring_up` hands in.

Workers that start together wait for each other: on PostgreSQL by an advisory lock, on SQLite by
its one writer.
"""

from alembic import context
from sqlalchemy import text

from centre.store.tables import metadata

LOCK = 0x4C455441  # "LETA"

connection = context.config.attributes["connection"]
is_postgresql = connection.dialect.name == "postgresql"
if not is_postgresql:
    connection.execute(text("BEGIN IMMEDIATE"))
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=not is_postgresql,
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    if is_postgresql:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    context.run_migrations()
connection.commit()
