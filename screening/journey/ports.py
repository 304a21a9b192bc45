"""What the acts need of the store, as protocols. `screening.store` implements them on SQLite and on PostgreSQL.

A `Unit` is one writing transaction with the store to itself: writers take turns, so what an act reads in its unit is
still true when it commits. Everything an act writes is committed together or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from screening.audit.entry import Event
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.household import RegisterEntry
from screening.journey.records import (
    Account,
    JsonValue,
    LogHead,
    NewContact,
    Page,
    Refusal,
    SenderKey,
    SignedIn,
    StoredContact,
    StoredDecision,
    Totals,
    Viewed,
    WorklistFilter,
)
from screening.matching.recognise import PeopleReading

T = TypeVar("T")


class Reading(PeopleReading, Protocol):
    """A consistent look at the store, for pages and for answers; it writes nothing."""

    def contact(self, receipt_id: str) -> StoredContact | None:
        """One contact as it stands."""

    def contact_by_reference(self, force_code: str, reference: str) -> StoredContact | None:
        """The contact that a force sent under this reference."""

    def decisions(self, receipt_id: str) -> Sequence[StoredDecision]:
        """Newest first."""

    def log_content(self, entry: int) -> Mapping[str, JsonValue] | None:
        """The content of one entry, parsed; `None` where there is none."""

    def views(self, receipt_id: str, limit: int) -> Sequence[Viewed]:
        """Who opened this contact, newest first."""

    def worklist(self, chosen: WorklistFilter, offset: int, limit: int) -> Page:
        """A page of the worklist, most urgent first."""

    def totals(self, now: datetime) -> Totals:
        """Counts for the pages' tabs and banners."""

    def register_size(self) -> int | None:
        """How many rows the care register has; `None` where none was ever imported."""

    def open_refusals(self, limit: int) -> Sequence[Refusal]:
        """Refusals that neither the force has put right since nor a manager dealt with, newest first."""

    def open_refusal(self, refusal_id: int) -> Refusal | None:
        """One of them; `None` where it is no longer open."""

    def is_listed(self, refusal: Refusal) -> bool:
        """Whether another of the same sender, reference, bytes and codes is open."""

    def account(self, account_id: str) -> Account | None:
        """One person's account."""

    def account_by_username(self, username: str) -> Account | None:
        """The account with this user name."""

    def accounts(self) -> Sequence[Account]:
        """Every account, by user name."""

    def session(self, session_hash: str) -> SignedIn | None:
        """A session that has not ended."""

    def sender_by_key(self, key_sha256: str) -> SenderKey | None:
        """The sender whose key has this hash, with that key."""

    def senders(self) -> Sequence[SenderKey]:
        """Every sender, by name, each with the key of theirs that expires last."""

    def key_ends(self, sender_id: str) -> Sequence[datetime]:
        """When each key of this sender expires or expired, the last one first."""

    def arrivals(self, sender_id: str, limit: int) -> Sequence[datetime]:
        """When this sender's latest contacts came, newest first."""

    def head(self) -> LogHead:
        """The log's newest head."""

    def rulebook_text(self, digest: str) -> str | None:
        """A rulebook that was once in force, by its digest."""

    def latest_rulebook(self) -> tuple[str, str] | None:
        """Digest and text of the rulebook activated last."""


class Unit(Reading, Protocol):
    """One writing transaction."""

    def log(
        self,
        event: Event,
        *,
        at: datetime,
        actor: str,
        subject: str = "",
        content: Mapping[str, JsonValue] | None = None,
        rulebook: str = "",
        model: str = "",
    ) -> int:
        """Append an entry; gives its number. The content is committed to with a fresh salt and kept beside the tree."""

    def add_contact(self, new: NewContact) -> None:
        """Keep a screened contact, its people and its place in the worklist."""

    def supersede(self, receipt_id: str, by: str) -> None:
        """Note that `by` corrects this contact; an undecided one leaves the worklist."""

    def set_state(
        self, receipt_id: str, state: ContactState, *, decision: DecisionCode | None = None, at: datetime | None = None
    ) -> None:
        """Put a contact in another state; `decision` and `at` go with a final one."""

    def add_decision(self, receipt_id: str, stored: StoredDecision) -> None:
        """Keep a decision."""

    def answer_sign_off(self, receipt_id: str, by: str, at: datetime, *, agreed: bool, note: str) -> None:
        """Put a second person's answer to the newest decision of this contact."""

    def replace_register(self, rows: Iterable[tuple[RegisterEntry, frozenset[str]]]) -> None:
        """Put a whole care register, each row with its keys, in the old one's place."""

    def add_refusal(self, refusal: Refusal) -> None:
        """`refusal_id` is ignored and given by the store. Its log entry comes first."""

    def deal_with_refusal(self, refusal_id: int, by: str, at: datetime) -> None:
        """Take a refusal off the list for good; `by` is the account of whoever did."""

    def put_account(self, account: Account) -> None:
        """Add an account, or put it in the place of the one with its id."""

    def put_session(self, session: SignedIn) -> None:
        """Add a session, or put it in the place of the one with its hash."""

    def end_session(self, session_hash: str) -> None:
        """End a session."""

    def end_sessions_of(self, account_id: str) -> None:
        """End every session of an account."""

    def put_sender(self, sender: SenderKey) -> None:
        """Add a sender, or put it in the place of the one with its id. Its key is kept beside those that it has."""

    def end_keys(self, sender_id: str, at: datetime) -> None:
        """Let no key that this sender has now work longer than until `at`."""

    def keep_rulebook(self, digest: str, text: str, at: datetime) -> None:
        """Keep a rulebook for ever and make it the latest activated."""


class Store(Protocol):
    """The store as doors and wiring hold it."""

    def write(self, act: Callable[[Unit], T]) -> T:
        """Run `act` in a unit and return its value once committed. Raises what `act` raises (nothing is then kept),
        or `StoreBusy` where nothing could be stored.
        """

    def read(self) -> AbstractContextManager[Reading]:
        """A consistent look. Raises `StoreBusy` where the store cannot be reached."""

    def can_write(self) -> bool:
        """Whether a write would go through now."""
