"""Every table of the beginning; on PostgreSQL the events in monthly partitions."""

from alembic import op

from centre.store.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them all. The months' own partitions are made at each start and daily."""
    metadata.create_all(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE event_rest PARTITION OF event DEFAULT")
