"""The schema's steps (Alembic). One that has landed is never changed."""
