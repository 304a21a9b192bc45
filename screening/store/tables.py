"""Every table of the store. What a column holds is said here; how it got there is in `migrations/`.

A contact is known inside the store by the number of its log entry, outside by its receipt id. A table that speaks of
`contact` means that number.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from screening.domain.access import Role
from screening.domain.contact import Grade, IncidentType, Sex
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.household import CareStatus
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.matching.known import PersonKind
from screening.store.columns import CodeText, JsonText, PlainText, UtcDateTime, WholeNumber

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# ------------------------------------------------------------------------------------------------------------ the log

LOG_HEAD = Table(
    "log_head",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("log_id", PlainText, nullable=False),
    Column("size", WholeNumber, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
)
"""One row, locked by whoever writes: the size of the log, the root over it, and the edge it is continued from."""

LOG_ENTRY = Table(
    "log_entry",
    METADATA,
    Column("number", WholeNumber, primary_key=True, autoincrement=False),
    Column("event", PlainText, nullable=False),
    Column("subject", PlainText, nullable=False),
    Column("actor", PlainText, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("root_after", LargeBinary, nullable=False),
    Index(None, "subject", "number"),
)
"""`body` is the entry's exact bytes; `event`, `subject` and `actor` repeat it for searching and are held against it."""

LOG_CONTENT = Table(
    "log_content",
    METADATA,
    Column("number", WholeNumber, ForeignKey("log_entry.number"), primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""What an entry commits to, beside the tree: the salt and the content's exact canonical bytes."""

# ------------------------------------------------------------------------------------------------------- the contacts

CONTACT = Table(
    "contact",
    METADATA,
    Column("log_entry", WholeNumber, ForeignKey("log_entry.number"), primary_key=True, autoincrement=False),
    Column("receipt_id", PlainText, nullable=False, unique=True),
    Column("force_code", PlainText, nullable=False),
    Column("contact_reference", PlainText, nullable=False),
    Column("sender_id", PlainText, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("decide_by", UtcDateTime, nullable=False),
    Column("content_sha256", PlainText, nullable=False),
    Column("warnings", JsonText, nullable=False),
    Column("incident_reference", PlainText),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("incident_type", CodeText(IncidentType), nullable=False),
    Column("grade", CodeText(Grade)),
    Column("supersedes_id", PlainText, ForeignKey("contact.receipt_id")),
    Column("superseded_by", PlainText),
    Column("state", CodeText(ContactState), nullable=False),
    Column("urgency", CodeText(Urgency), nullable=False),
    Column("urgency_place", Integer, nullable=False),
    Column("route", CodeText(Route), nullable=False),
    Column("on_duty_list", Boolean, nullable=False),
    Column("response", CodeText(Response), nullable=False),
    Column("floor", CodeText(Response)),
    Column("certainty", CodeText(Certainty), nullable=False),
    Column("needs_sign_off", Boolean, nullable=False),
    Column("allocated_worker", PlainText),
    Column("decision", CodeText(DecisionCode)),
    Column("decided_at", UtcDateTime),
    Column("summary", JsonText, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("force_code", "contact_reference"),
    Index(None, "state", "urgency_place", "decide_by", "log_entry"),
    Index(None, "sender_id", "log_entry"),
)
"""One row a contact, from its screening on: what was sent, what was suggested, where it stands.

`body` is the exact bytes that were sent, and last, so that SQLite need not read past it. `urgency_place` is 0 for the
most urgent, so that the worklist is one index read forwards. `superseded_by` is a receipt id too, but written before
its contact is certain to stand, hence no key.
"""

DECISION = Table(
    "decision",
    METADATA,
    Column("log_entry", WholeNumber, ForeignKey("log_entry.number"), primary_key=True, autoincrement=False),
    Column("contact", WholeNumber, ForeignKey("contact.log_entry"), nullable=False),
    Column("code", CodeText(DecisionCode), nullable=False),
    Column("reasons", JsonText, nullable=False),
    Column("note", JsonText, nullable=False),
    Column("decided_by", PlainText, nullable=False),
    Column("decided_by_name", PlainText, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("consent", PlainText),
    Column("children", JsonText, nullable=False),
    Column("below_floor", Boolean, nullable=False),
    Column("sign_off_by", PlainText),
    Column("sign_off_at", UtcDateTime),
    Column("agreed", Boolean),
    Column("sign_off_note", JsonText, nullable=False),
    Index(None, "contact", "log_entry"),
)
"""Every decision and request for information, by the number of its log entry. Notes are kept character by character."""

# --------------------------------------------------------------------------------------------------------- the people

CONTACT_PERSON = Table(
    "contact_person",
    METADATA,
    Column("contact", WholeNumber, ForeignKey("contact.log_entry"), primary_key=True, autoincrement=False),
    Column("pointer", PlainText, primary_key=True),
    Column("person_id", PlainText, primary_key=True),
    Column("role", PlainText, nullable=False),
    Index(None, "person_id", "contact"),
    sqlite_with_rowid=False,
)
"""Who a contact is about. One person of a contact may be tied to several ids, where two records are one person."""

PERSON_RECORD = Table(
    "person_record",
    METADATA,
    Column("record_id", WholeNumber, primary_key=True, autoincrement=False),
    Column("person_id", PlainText, nullable=False),
    Column("pointer", PlainText, nullable=False),
    Column("kind", CodeText(PersonKind), nullable=False),
    Column("force_code", PlainText, nullable=False),
    Column("person_reference", PlainText),
    Column("given_name", PlainText),
    Column("family_name", PlainText),
    Column("date_of_birth", Date),
    Column("age_years", Integer),
    Column("postcode", PlainText),
    Column("address", PlainText),
    Column("sex", CodeText(Sex)),
    Column("seen_on", Date),
)
"""What one contact told of a person. `record_id` is made from the contact's number and a place in it (`people`)."""

PERSON_KEY = Table(
    "person_key",
    METADATA,
    Column("key", PlainText, primary_key=True),
    Column("record_id", WholeNumber, ForeignKey("person_record.record_id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""The opaque keys under which a person's record is looked for (`matching.keys`)."""

# -------------------------------------------------------------------------------------------------- the care register

CARE_REGISTER = Table(
    "care_register",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("children", Integer, nullable=False),
)
"""One row once a care register was ever imported, even an empty one."""

REGISTER_ROW = Table(
    "register_row",
    METADATA,
    Column("row_id", Integer, primary_key=True, autoincrement=False),
    Column("child_id", PlainText, nullable=False),
    Column("given_name", PlainText, nullable=False),
    Column("family_name", PlainText, nullable=False),
    Column("date_of_birth", Date),
    Column("postcode", PlainText),
    Column("status", CodeText(CareStatus), nullable=False),
    Column("allocated_worker", PlainText),
    Column("team", PlainText),
    Column("since", Date),
)

REGISTER_KEY = Table(
    "register_key",
    METADATA,
    Column("key", PlainText, primary_key=True),
    Column("row_id", Integer, ForeignKey("register_row.row_id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# ----------------------------------------------------------------------------------------- senders, accounts, rulebooks

SENDER = Table(
    "sender",
    METADATA,
    Column("sender_id", PlainText, primary_key=True),
    Column("name", PlainText, nullable=False),
    Column("forces", JsonText, nullable=False),
    Column("disabled", Boolean, nullable=False),
)

SENDER_KEY = Table(
    "sender_key",
    METADATA,
    Column("key_sha256", PlainText, primary_key=True),
    Column("sender_id", PlainText, ForeignKey("sender.sender_id"), nullable=False, index=True),
    Column("expires_at", UtcDateTime, nullable=False),
)
"""Every key that a sender was ever given: two of them work while a force changes over from one to the next."""

REFUSAL = Table(
    "refusal",
    METADATA,
    Column("refusal_id", WholeNumber, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("sender_id", PlainText, nullable=False),
    Column("sender_name", PlainText, nullable=False),
    Column("force_code", PlainText),
    Column("reference", PlainText),
    Column("codes", JsonText, nullable=False),
    Column("body_sha256", PlainText, nullable=False),
    Column("log_entry", WholeNumber, ForeignKey("log_entry.number"), nullable=False),
    Column("dealt_with_at", UtcDateTime),
    Column("dealt_with_by", PlainText),
    Index(None, "reference", "sender_id"),
)
"""Refused deliveries and callers; which of them are open is asked in `refusals`. No content is kept.

`dealt_with_by` is the account of the manager who took it off the list.
"""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("account_id", PlainText, primary_key=True),
    Column("username", PlainText, nullable=False, unique=True),
    Column("name", PlainText, nullable=False),
    Column("role", CodeText(Role), nullable=False),
    Column("password_hash", PlainText, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failed_tries", Integer, nullable=False),
    Column("locked_until", UtcDateTime),
)

SIGNED_IN = Table(
    "signed_in",
    METADATA,
    Column("session_hash", PlainText, primary_key=True),
    Column("account_id", PlainText, ForeignKey("account.account_id"), nullable=False, index=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
)
"""Running sessions, by the hash of the cookie's secret."""

RULEBOOK = Table(
    "rulebook",
    METADATA,
    Column("digest", PlainText, primary_key=True),
    Column("activation", Integer, nullable=False, unique=True),
    Column("activated_at", UtcDateTime, nullable=False),
    Column("text", JsonText, nullable=False),
)
"""Every rulebook that was ever in force; the one with the highest `activation` was activated last."""
