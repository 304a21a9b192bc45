"""The values that cross the ports: what is kept of contacts, suggestions, decisions, accounts and senders.

Times are aware UTC. Ids are opaque. Nothing here knows how it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from screening.domain.access import Role
from screening.domain.contact import Grade, IncidentType
from screening.domain.decision import ContactState, Decision, DecisionCode
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.matching.known import LinkedPerson

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning on a receipt: accepted all the same."""

    code: str
    pointer: str
    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets once the contact is stored. `log_entry` is its number in the audit log."""

    receipt_id: str
    contact_reference: str
    received_at: datetime
    decide_by: datetime
    warnings: tuple[Warned, ...]
    content_sha256: str
    log_entry: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a contact goes and by when: `on_duty_list` is the emergency duty team's list, beside the route."""

    urgency: Urgency
    route: Route
    decide_by: datetime
    on_duty_list: bool


@dataclass(frozen=True, slots=True)
class NewContact:
    """Everything that is kept when a contact is screened. `body` is the exact bytes that were sent."""

    receipt: Receipt
    force_code: str
    sender_id: str
    body: bytes
    incident_reference: str | None
    occurred_at: datetime
    incident_type: IncidentType
    grade: Grade | None
    supersedes: str | None
    people: tuple[LinkedPerson, ...]
    placement: Placement
    response: Response
    floor: Response | None
    certainty: Certainty
    needs_sign_off: bool
    allocated_worker: str | None
    summary: Mapping[str, JsonValue]
    """What the worklist shows: children (number, ages), why (rule wordings), earlier incidents. No names."""


@dataclass(frozen=True, slots=True)
class StoredContact:
    """A contact as it stands.

    `superseded_by` and `supersedes_id` are receipt ids; `decision` is the final one, once decided.
    """

    receipt: Receipt
    force_code: str
    sender_id: str
    body: bytes
    state: ContactState
    placement: Placement
    response: Response
    floor: Response | None
    certainty: Certainty
    needs_sign_off: bool
    allocated_worker: str | None
    supersedes_id: str | None
    superseded_by: str | None
    decision: DecisionCode | None
    decided_at: datetime | None
    summary: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as recorded: the log entry's number, and how a second person answered, where one was asked."""

    decision: Decision
    decided_by_name: str
    log_entry: int
    sign_off_by: str | None = None
    sign_off_by_name: str | None = None
    sign_off_at: datetime | None = None
    agreed: bool | None = None
    sign_off_note: str = ""


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """What the worklist shows: one state, and optionally only the emergency duty team's list.

    Without a `state` it is every one in which the clock runs; with `overdue_at` only what was due before that moment.
    `office_opens` is when the office opens again, while it is closed. The duty team's list then has also what came by
    day and cannot wait until then: immediate, or due before it.
    """

    state: ContactState | None
    duty_list_only: bool = False
    office_opens: datetime | None = None
    overdue_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of the worklist, most urgent first: by overdue or due time within urgency."""

    receipt_id: str
    contact_reference: str
    force_code: str
    received_at: datetime
    placement: Placement
    state: ContactState
    response: Response
    certainty: Certainty
    allocated_worker: str | None
    decision: DecisionCode | None
    decided_at: datetime | None
    summary: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the total, for pages of the worklist."""

    rows: tuple[WorklistRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused delivery or caller: no content. `codes` are problem codes, `log_entry` is where the log tells of it.

    It is listed until `reference` is accepted or a manager has dealt with it. `body_sha256` is '' where a caller was
    refused before anything was read.
    """

    refusal_id: int
    at: datetime
    sender_id: str
    sender_name: str
    force_code: str | None
    reference: str | None
    codes: tuple[str, ...]
    body_sha256: str
    log_entry: int


@dataclass(frozen=True, slots=True)
class Account:
    """A person's local account. `failed_tries` since the last success; `locked_until` in UTC."""

    account_id: str
    username: str
    name: str
    role: Role
    password_hash: str
    disabled: bool = False
    failed_tries: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A running session. `session_hash` is SHA-256 of the cookie's secret; the secret itself is never kept."""

    session_hash: str
    account_id: str
    started_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class SenderKey:
    """A police system and one of its keys, of which only the SHA-256 is kept. `expires_at` is that key's."""

    sender_id: str
    name: str
    forces: frozenset[str]
    key_sha256: str
    expires_at: datetime
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class SilentSender:
    """A sender from whom nothing has come for longer than usual. Hours are rounded down."""

    name: str
    silent_hours: int
    usual_hours: int


@dataclass(frozen=True, slots=True)
class Viewed:
    """A look at a contact, as the log has it."""

    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class LogHead:
    """The log's newest head: how many entries, and the tree's root over them."""

    log_id: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts for the pages' tabs."""

    by_state: Mapping[ContactState, int] = field(default_factory=dict)
    overdue: int = 0
    oldest_due: datetime | None = None
    refused: int = 0
    last_received_at: datetime | None = None
