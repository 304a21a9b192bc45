"""Keys of people take another form, so those that are kept find nobody any more and are let go.

Right after the migrations they are made anew from what is kept of people and of the care register (`rekey`): how a key
is made is matching's to say, and changes with it; a migration must do the same in ten years.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty both tables of keys."""
    op.execute("DELETE FROM person_key")
    op.execute("DELETE FROM register_key")
