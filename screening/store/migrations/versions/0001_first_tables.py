"""The first tables: log, contacts, people, care register, senders, accounts, rulebooks.

A migration says what it does in its own words and imports nothing of ours: it must do the same in ten years.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WORDS = sa.Text()
BYTES = sa.LargeBinary()
TIME = sa.DateTime(timezone=True)
# On SQLite only a column of exactly this type is the row's own number.
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, those first that others point to."""
    _log()
    _contacts()
    _decisions()
    _people()
    _care_register()
    _senders()
    _accounts()
    _rulebooks()


def _log() -> None:
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("log_id", WORDS, nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("root", BYTES, nullable=False),
        sa.Column("frontier", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
        sa.CheckConstraint("id = 1", name=op.f("ck_log_head_one_row")),
    )
    op.create_table(
        "log_entry",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("event", WORDS, nullable=False),
        sa.Column("subject", WORDS, nullable=False),
        sa.Column("actor", WORDS, nullable=False),
        sa.Column("body", BYTES, nullable=False),
        sa.Column("leaf_hash", BYTES, nullable=False),
        sa.Column("root_after", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_entry")),
    )
    op.create_index(op.f("ix_log_entry_subject_number"), "log_entry", ["subject", "number"])
    op.create_table(
        "log_content",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("salt", BYTES, nullable=False),
        sa.Column("content", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_log_content")),
        sa.ForeignKeyConstraint(["number"], ["log_entry.number"], name=op.f("fk_log_content_number_log_entry")),
    )


def _contacts() -> None:
    op.create_table(
        "contact",
        sa.Column("log_entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("receipt_id", WORDS, nullable=False),
        sa.Column("force_code", WORDS, nullable=False),
        sa.Column("contact_reference", WORDS, nullable=False),
        sa.Column("sender_id", WORDS, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        sa.Column("decide_by", TIME, nullable=False),
        sa.Column("content_sha256", WORDS, nullable=False),
        sa.Column("warnings", WORDS, nullable=False),
        sa.Column("incident_reference", WORDS),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("incident_type", WORDS, nullable=False),
        sa.Column("grade", WORDS),
        sa.Column("supersedes_id", WORDS),
        sa.Column("superseded_by", WORDS),
        sa.Column("state", WORDS, nullable=False),
        sa.Column("urgency", WORDS, nullable=False),
        sa.Column("urgency_place", sa.Integer(), nullable=False),
        sa.Column("route", WORDS, nullable=False),
        sa.Column("on_duty_list", sa.Boolean(), nullable=False),
        sa.Column("response", WORDS, nullable=False),
        sa.Column("floor", WORDS),
        sa.Column("certainty", WORDS, nullable=False),
        sa.Column("needs_sign_off", sa.Boolean(), nullable=False),
        sa.Column("allocated_worker", WORDS),
        sa.Column("decision", WORDS),
        sa.Column("decided_at", TIME),
        sa.Column("summary", WORDS, nullable=False),
        sa.Column("body", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("log_entry", name=op.f("pk_contact")),
        sa.UniqueConstraint("receipt_id", name=op.f("uq_contact_receipt_id")),
        sa.UniqueConstraint("force_code", "contact_reference", name=op.f("uq_contact_force_code_contact_reference")),
        sa.ForeignKeyConstraint(["log_entry"], ["log_entry.number"], name=op.f("fk_contact_log_entry_log_entry")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["contact.receipt_id"], name=op.f("fk_contact_supersedes_id_contact")
        ),
    )
    op.create_index(
        op.f("ix_contact_state_urgency_place_decide_by_log_entry"),
        "contact",
        ["state", "urgency_place", "decide_by", "log_entry"],
    )
    op.create_index(op.f("ix_contact_sender_id_log_entry"), "contact", ["sender_id", "log_entry"])


def _decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("log_entry", NUMBER, autoincrement=False, nullable=False),
        sa.Column("contact", NUMBER, nullable=False),
        sa.Column("code", WORDS, nullable=False),
        sa.Column("reasons", WORDS, nullable=False),
        sa.Column("note", WORDS, nullable=False),
        sa.Column("decided_by", WORDS, nullable=False),
        sa.Column("decided_by_name", WORDS, nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.Column("consent", WORDS),
        sa.Column("children", WORDS, nullable=False),
        sa.Column("below_floor", sa.Boolean(), nullable=False),
        sa.Column("sign_off_by", WORDS),
        sa.Column("sign_off_at", TIME),
        sa.Column("agreed", sa.Boolean()),
        sa.Column("sign_off_note", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("log_entry", name=op.f("pk_decision")),
        sa.ForeignKeyConstraint(["log_entry"], ["log_entry.number"], name=op.f("fk_decision_log_entry_log_entry")),
        sa.ForeignKeyConstraint(["contact"], ["contact.log_entry"], name=op.f("fk_decision_contact_contact")),
    )
    op.create_index(op.f("ix_decision_contact_log_entry"), "decision", ["contact", "log_entry"])


def _people() -> None:
    op.create_table(
        "contact_person",
        sa.Column("contact", NUMBER, autoincrement=False, nullable=False),
        sa.Column("pointer", WORDS, nullable=False),
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("contact", "pointer", "person_id", name=op.f("pk_contact_person")),
        sa.ForeignKeyConstraint(["contact"], ["contact.log_entry"], name=op.f("fk_contact_person_contact_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_person_person_id_contact"), "contact_person", ["person_id", "contact"])
    op.create_table(
        "person_record",
        sa.Column("record_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("person_id", WORDS, nullable=False),
        sa.Column("pointer", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("force_code", WORDS, nullable=False),
        sa.Column("person_reference", WORDS),
        sa.Column("given_name", WORDS),
        sa.Column("family_name", WORDS),
        sa.Column("date_of_birth", sa.Date()),
        sa.Column("age_years", sa.Integer()),
        sa.Column("postcode", WORDS),
        sa.Column("address", WORDS),
        sa.Column("sex", WORDS),
        sa.Column("seen_on", sa.Date()),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_person_record")),
    )
    op.create_table(
        "person_key",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("record_id", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "record_id", name=op.f("pk_person_key")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["person_record.record_id"], name=op.f("fk_person_key_record_id_person_record")
        ),
        sqlite_with_rowid=False,
    )


def _care_register() -> None:
    op.create_table(
        "care_register",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_register")),
        sa.CheckConstraint("id = 1", name=op.f("ck_care_register_one_row")),
    )
    op.create_table(
        "register_row",
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", WORDS, nullable=False),
        sa.Column("given_name", WORDS, nullable=False),
        sa.Column("family_name", WORDS, nullable=False),
        sa.Column("date_of_birth", sa.Date()),
        sa.Column("postcode", WORDS),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("allocated_worker", WORDS),
        sa.Column("team", WORDS),
        sa.Column("since", sa.Date()),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_register_row")),
    )
    op.create_table(
        "register_key",
        sa.Column("key", WORDS, nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "row_id", name=op.f("pk_register_key")),
        sa.ForeignKeyConstraint(["row_id"], ["register_row.row_id"], name=op.f("fk_register_key_row_id_register_row")),
        sqlite_with_rowid=False,
    )


def _senders() -> None:
    op.create_table(
        "sender",
        sa.Column("sender_id", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("forces", WORDS, nullable=False),
        sa.Column("key_sha256", WORDS, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("last_received_at", TIME),
        sa.PrimaryKeyConstraint("sender_id", name=op.f("pk_sender")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_sender_key_sha256")),
    )
    op.create_table(
        "refusal",
        sa.Column("refusal_id", NUMBER, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("sender_id", WORDS, nullable=False),
        sa.Column("sender_name", WORDS, nullable=False),
        sa.Column("force_code", WORDS),
        sa.Column("reference", WORDS),
        sa.Column("codes", WORDS, nullable=False),
        sa.Column("body_sha256", WORDS, nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("refusal_id", name=op.f("pk_refusal")),
    )
    op.create_index(op.f("ix_refusal_open_refusal_id"), "refusal", ["open", "refusal_id"])
    op.create_index(op.f("ix_refusal_reference_sender_id"), "refusal", ["reference", "sender_id"])


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("username", WORDS, nullable=False),
        sa.Column("name", WORDS, nullable=False),
        sa.Column("role", WORDS, nullable=False),
        sa.Column("password_hash", WORDS, nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", TIME),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "signed_in",
        sa.Column("session_hash", WORDS, nullable=False),
        sa.Column("account_id", WORDS, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("session_hash", name=op.f("pk_signed_in")),
        sa.ForeignKeyConstraint(["account_id"], ["account.account_id"], name=op.f("fk_signed_in_account_id_account")),
    )
    op.create_index(op.f("ix_signed_in_account_id"), "signed_in", ["account_id"])


def _rulebooks() -> None:
    op.create_table(
        "rulebook",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("activation", sa.Integer(), nullable=False),
        sa.Column("activated_at", TIME, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_rulebook")),
        sa.UniqueConstraint("activation", name=op.f("uq_rulebook_activation")),
    )
