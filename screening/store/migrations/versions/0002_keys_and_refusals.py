"""Several keys for a sender; a refusal's place in the log, and whether a manager dealt with it.

Whether a refusal is still open, and when a sender's last contact came, follows from the contacts and is kept no more.
A migration says what it does in its own words and imports nothing of ours: it must do the same in ten years.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WORDS = sa.Text()
TIME = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Move the keys to a table of their own, then give each refusal the number of its log entry."""
    _keys()
    _refusals()


def _keys() -> None:
    op.create_table(
        "sender_key",
        sa.Column("key_sha256", WORDS, nullable=False),
        sa.Column("sender_id", WORDS, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key_sha256", name=op.f("pk_sender_key")),
        sa.ForeignKeyConstraint(["sender_id"], ["sender.sender_id"], name=op.f("fk_sender_key_sender_id_sender")),
    )
    op.create_index(op.f("ix_sender_key_sender_id"), "sender_key", ["sender_id"])
    op.execute(
        "INSERT INTO sender_key (key_sha256, sender_id, expires_at) "
        "SELECT key_sha256, sender_id, expires_at FROM sender"
    )
    with op.batch_alter_table("sender") as sender:
        sender.drop_constraint(op.f("uq_sender_key_sha256"), type_="unique")
        sender.drop_column("key_sha256")
        sender.drop_column("expires_at")
        sender.drop_column("last_received_at")


def _refusals() -> None:
    op.drop_index(op.f("ix_refusal_open_refusal_id"), "refusal")
    op.add_column("refusal", sa.Column("log_entry", NUMBER))
    op.add_column("refusal", sa.Column("dealt_with_at", TIME))
    op.add_column("refusal", sa.Column("dealt_with_by", WORDS))
    _number_refusals(op.get_bind())
    with op.batch_alter_table("refusal") as refusal:
        refusal.alter_column("log_entry", existing_type=NUMBER, nullable=False)
        refusal.drop_column("open")
        refusal.create_foreign_key(op.f("fk_refusal_log_entry_log_entry"), "log_entry", ["log_entry"], ["number"])


def _number_refusals(connection: sa.Connection) -> None:
    """Each refusal was listed together with its own entry, so both are in the same order.

    Should a database hold another number of them all the same, every refusal counts as refused just now: it is then
    listed once more, where a wrong number could take one off the list that nobody has put right.
    """
    refusals = list(connection.scalars(sa.text("SELECT refusal_id FROM refusal ORDER BY refusal_id")))
    entries = list(
        connection.scalars(sa.text("SELECT number FROM log_entry WHERE event = 'contact_refused' ORDER BY number"))
    )
    if len(entries) != len(refusals):
        newest = connection.scalar(sa.text("SELECT max(number) FROM log_entry"))
        entries = [newest] * len(refusals)
    if refusals:
        connection.execute(
            sa.text("UPDATE refusal SET log_entry = :entry WHERE refusal_id = :refusal"),
            [{"entry": entry, "refusal": refusal} for entry, refusal in zip(entries, refusals, strict=True)],
        )
