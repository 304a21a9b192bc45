"""What Alembic runs for every migration: over the connection of `screening.store.migrate`, inside its transaction."""

from alembic import context

from screening.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite cannot alter a table in place; Alembic then makes it anew and copies the rows.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
