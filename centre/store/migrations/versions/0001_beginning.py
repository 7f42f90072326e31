"""Every table of the beginning; on PostgreSQL the events in monthly partitions."""

from alembic import op

from centre.store.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them all."""
    metadata.create_all(op.get_bind())
