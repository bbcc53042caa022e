"""Runs migrations on the connection that `schema.upgrade` hands over."""

from alembic import context

from pathways.models.every import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
