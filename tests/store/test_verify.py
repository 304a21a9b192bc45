"""Whoever changes what is kept, past the service, is found out, and the entry is named."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256

import pytest
from click.testing import CliRunner
from sqlalchemy import (
    Boolean,
    Connection,
    DateTime,
    Delete,
    Integer,
    LargeBinary,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.engine import Engine
from sqlalchemy.types import TypeDecorator

from screening.audit.entry import Event
from screening.audit.verdict import Fault, Verdict
from screening.cli import main
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.suggestion import Response
from screening.journey.ports import Unit
from screening.store.columns import JsonText
from screening.store.engine import Purpose, database, open_engine
from screening.store.migrate import migrate
from screening.store.store import SqlStore
from screening.store.tables import (
    CONTACT,
    CONTACT_PERSON,
    DECISION,
    LOG_CONTENT,
    LOG_ENTRY,
    LOG_HEAD,
    METADATA,
    RULEBOOK,
)
from screening.store.verify import _as_it_lies, verify_log
from tests.store.conftest import BOTH
from tests.stores import (
    AT,
    a_new_contact,
    a_person,
    a_postgres_database,
    ask,
    correct,
    decide,
    decide_below_floor,
    sign_off,
    take,
    taking,
)

TEXT = "# a rulebook"
HELD = (LOG_ENTRY, LOG_CONTENT, CONTACT, CONTACT_PERSON, DECISION, RULEBOOK)
NOT_HELD = {
    "log_head": "one row that the whole tree is held against, not an entry: its tests are below",
    "person_record": "what matching looks people up by; what came of it is held",
    "person_key": "as person_record",
    "care_register": "replaced whole by each import, of which the log has the number of children",
    "register_row": "as care_register",
    "register_key": "as care_register",
    "account": "passwords and locks change without an entry each; decisions keep the name",
    "signed_in": "running sessions",
    "sender": "each addition and change is an entry that says it",
    "sender_key": "as sender",
    "refusal": "each refusal is an entry that says it",
    "rulebook.activation": "which rulebook is in force is said by the file in place, and each activation by an entry",
    "rulebook.activated_at": "as rulebook.activation",
}
"""Tables and columns that are not held against the log, each with why (see `screening.store.crosscheck`)."""

COLUMNS = [
    (table, column.name) for table in HELD for column in table.c if f"{table.name}.{column.name}" not in NOT_HELD
]
SHOWN = [(table, column) for table, column in COLUMNS if table in {CONTACT, CONTACT_PERSON, DECISION}]


@dataclass(frozen=True)
class Hand:
    """Somebody with the database's own password, whom no reference stops."""

    url: str
    engine: Engine

    def does(self, *deeds: Callable[[Connection], object]) -> Verdict:
        """Do it, check the log, and undo it."""
        with self.having_done(*deeds):
            return verify_log(self.url, lambda _done, _of: None)

    @contextmanager
    def having_done(self, *deeds: Callable[[Connection], object]) -> Iterator[None]:
        """Do it, and undo it afterwards."""
        with self.engine.connect() as connection:
            before = {table: connection.execute(table.select()).all() for table in TOUCHED}
            raw = {table: connection.execute(select(*_as_it_lies(table))).all() for table in TOUCHED}
            _unbound(connection)
            for deed in deeds:
                deed(connection)
            connection.commit()
            try:
                yield
            finally:
                _unbound(connection)
                for table, rows in before.items():
                    if connection.execute(select(*_as_it_lies(table))).all() != raw[table]:
                        connection.execute(delete(table))
                        connection.execute(insert(table), [row._asdict() for row in rows])
                connection.commit()


TOUCHED = (LOG_HEAD, LOG_ENTRY, LOG_CONTENT, CONTACT, CONTACT_PERSON, DECISION, RULEBOOK)


def _unbound(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def fill(unit: Unit) -> None:
    """A bit of everything that the log knows of."""
    people = (a_person("/adults/0", "p_v", keys=("k1",)), a_person("/children/0", "p_c", "child"))
    for name in ("OPEN", "DECIDED", "ASKED", "SIGNED", "DECLINED", "WAITING", "OLD", "DONE"):
        take(unit, a_new_contact(name, people=people, floor=Response.EARLY_HELP, allocated_worker="worker-17"))
    take(unit, a_new_contact("STRANGER", people=(a_person("/adults/0", "p_new"),)))
    decide(unit, "rcp_DECIDED", consent="given")
    decide(unit, "rcp_DONE")
    ask(unit, "rcp_ASKED")
    sign_off(unit, "rcp_SIGNED", decide_below_floor(unit, "rcp_SIGNED"), agreed=True)
    sign_off(unit, "rcp_DECLINED", decide_below_floor(unit, "rcp_DECLINED"), agreed=False)
    decide_below_floor(unit, "rcp_WAITING")
    correct(unit, "rcp_OLD", a_new_contact("NEW", people=people))
    correct(unit, "rcp_DONE", a_new_contact("NEWER", people=people))
    unit.log(Event.CONTACT_VIEWED, at=AT, actor="person-a", subject="rcp_OPEN")
    unit.keep_rulebook(sha256(TEXT.encode()).hexdigest(), TEXT, AT)


@pytest.fixture(scope="module", params=BOTH)
def hand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    """A store with a bit of everything, shared: each deed is undone."""
    with ExitStack() as held:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('hand') / 'store.db'}"
        else:
            url = held.enter_context(a_postgres_database(request.getfixturevalue("postgres")))
        migrate(url, AT)
        with SqlStore(url) as store:
            store.write(fill)
        engine = open_engine(database(url), Purpose.MIGRATE)
        yield Hand(url, engine)
        engine.dispose()


def _without(connection: Connection, gone: Delete) -> None:
    connection.execute(gone)


def named(verdict: Verdict) -> set[int | None]:
    """The entries that have a finding."""
    return {finding.number for finding in verdict.findings}


def entry_of(receipt: str) -> Callable[[Hand], int]:
    def look(hand: Hand) -> int:
        with hand.engine.connect() as connection:
            number: int = connection.execute(
                select(CONTACT.c.log_entry).where(CONTACT.c.receipt_id == receipt)
            ).scalar_one()
            return number

    return look


def change(receipt: str, **values: object) -> Callable[[Connection], object]:
    return lambda connection: connection.execute(
        update(CONTACT).where(CONTACT.c.receipt_id == receipt).values(**values)
    )


def raw_change(table: Table, column: str, number: int, value: object) -> Callable[[Connection], object]:
    """A change past every type of ours."""
    key = next(iter(table.primary_key.columns)).name

    def deed(connection: Connection) -> None:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        changed = f'UPDATE {table.name} SET "{column}" = {mark} WHERE {key} = {mark}'  # noqa: S608 - the tables' own names
        connection.exec_driver_sql(changed, (value, number))

    return deed


def another(table: Table, column: str, value: object) -> object:
    """Another value of the same kind, as it would lie in the database."""
    kind = table.c[column].type
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, Boolean):
        return not value
    if isinstance(plain, LargeBinary):
        assert isinstance(value, bytes)
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(plain, DateTime):
        return "2025-01-01 08:00:00.000000"
    if isinstance(plain, Integer):
        return int(str(value)) + 1000
    return '["x"]' if isinstance(kind, JsonText) else "x"


def test_a_log_that_nobody_touched_is_whole(hand: Hand) -> None:
    told: list[tuple[int, int]] = []

    verdict = verify_log(hand.url, lambda done, of: told.append((done, of)))

    assert verdict.intact, verdict.findings
    assert told[-1] == (verdict.checked, verdict.checked)


def test_each_column_of_each_table_is_held_or_said_not_to_be() -> None:
    of_held = {str(column) for table in HELD for column in table.c}
    left_out = {name for name in NOT_HELD if "." in name}

    assert {table.name for table in HELD} | {name for name in NOT_HELD if "." not in name} == set(METADATA.tables)
    assert left_out < of_held
    assert not any(name.startswith(("contact", "decision", "log_")) for name in left_out)


def alterations(hand: Hand, table: Table, column: str) -> list[tuple[int, object]]:
    """Rows, by number, with another value each: the first that has something in this column, the first that has
    nothing, and the last; what is there is also taken away where it may be.
    """
    key = next(iter(table.primary_key.columns))
    with hand.engine.connect() as connection:
        rows = [(number, value) for number, value in connection.execute(select(key, table.c[column]).order_by(key))]
    chosen = {*{value is None: number for number, value in reversed(rows)}.values(), rows[-1][0]}
    altered = [(number, another(table, column, value)) for number, value in rows if number in chosen]
    if table.c[column].nullable:
        altered += [(number, None) for number, value in rows if number in chosen and value is not None]
    return altered


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: getattr(part, "name", part))
def test_each_value_that_the_log_knows_is_held_against_it(hand: Hand, table: Table, column: str) -> None:
    for number, value in alterations(hand, table, column):
        verdict = hand.does(raw_change(table, column, number, value))

        assert (None if table is RULEBOOK else number) in named(verdict), (number, value, verdict.findings)


@pytest.mark.parametrize("hand", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "column"), SHOWN, ids=lambda part: getattr(part, "name", part))
def test_an_altered_column_ends_log_verify_with_1_and_the_entry_is_named(hand: Hand, table: Table, column: str) -> None:
    number, value = alterations(hand, table, column)[0]

    with hand.having_done(raw_change(table, column, number, value)):
        done = CliRunner().invoke(main, ["log", "verify", "--database", hand.url], catch_exceptions=False)

    assert done.exit_code == 1
    assert f"Entry {number}: " in done.output


@pytest.mark.parametrize("table", [LOG_ENTRY, LOG_CONTENT, CONTACT, DECISION], ids=lambda table: table.name)
def test_a_row_that_is_gone_is_missed(hand: Hand, table: Table) -> None:
    key = next(iter(table.primary_key.columns))
    with hand.engine.connect() as connection:
        numbers = connection.execute(select(key).order_by(key)).scalars().all()

    for number in (numbers[0], numbers[-1]):
        verdict = hand.does(partial(_without, gone=delete(table).where(key == number)))

        assert not verdict.intact
        assert number in named(verdict) or None in named(verdict)


def test_a_link_to_a_person_that_was_cut_or_added_is_found(hand: Hand) -> None:
    number = entry_of("rcp_OPEN")(hand)
    of_it = CONTACT_PERSON.c.contact == number
    extra = {"contact": number, "pointer": "/adults/1", "person_id": "p_x", "role": "suspect"}

    cut = hand.does(lambda c: c.execute(delete(CONTACT_PERSON).where(of_it, CONTACT_PERSON.c.pointer == "/adults/0")))
    added = hand.does(lambda c: c.execute(insert(CONTACT_PERSON), extra))
    moved = hand.does(lambda c: c.execute(update(CONTACT_PERSON).where(of_it).values(person_id="p_x")))

    assert named(cut) == named(added) == named(moved) == {number}


def test_somebody_new_cannot_be_made_somebody_known(hand: Hand) -> None:
    of_it = CONTACT_PERSON.c.contact == entry_of("rcp_STRANGER")(hand)

    known = hand.does(lambda c: c.execute(update(CONTACT_PERSON).where(of_it).values(person_id="p_v")))
    another_part = hand.does(lambda c: c.execute(update(CONTACT_PERSON).where(of_it).values(role="suspect")))

    assert named(known) == named(another_part) == {entry_of("rcp_STRANGER")(hand)}


def test_the_words_of_a_warning_cannot_be_altered(hand: Hand) -> None:
    milder = [["no_children", "/children", "All is well."]]

    assert named(hand.does(change("rcp_OPEN", warnings=milder))) == {entry_of("rcp_OPEN")(hand)}


def test_a_contact_cannot_be_slipped_off_the_worklist(hand: Hand) -> None:
    number = entry_of("rcp_OPEN")(hand)

    for values in (
        {"state": ContactState.SUPERSEDED},
        {"state": ContactState.SUPERSEDED, "superseded_by": "rcp_NEW"},
        {"state": ContactState.DECIDED, "decision": DecisionCode.NO_FURTHER_ACTION, "decided_at": AT},
        {"state": ContactState.WAITING_FOR_INFORMATION},
        {"state": ContactState.WAITING_FOR_SIGN_OFF},
        {"decision": DecisionCode.NO_FURTHER_ACTION},
    ):
        assert named(hand.does(change("rcp_OPEN", **values))) == {number}, values


def test_a_decision_cannot_be_turned_or_taken_back(hand: Hand) -> None:
    for receipt, values in (
        ("rcp_DECIDED", {"decision": DecisionCode.ASSESSMENT}),
        ("rcp_DECIDED", {"state": ContactState.TO_DECIDE, "decision": None, "decided_at": None}),
        ("rcp_DECIDED", {"decided_at": AT + timedelta(days=1)}),
        ("rcp_DECIDED", {"decided_at": None}),
        ("rcp_DECLINED", {"state": ContactState.DECIDED, "decision": DecisionCode.NO_FURTHER_ACTION, "decided_at": AT}),
        ("rcp_SIGNED", {"state": ContactState.WAITING_FOR_SIGN_OFF, "decision": None, "decided_at": None}),
        ("rcp_OLD", {"superseded_by": None, "state": ContactState.TO_DECIDE}),
        ("rcp_OLD", {"state": ContactState.TO_DECIDE}),
        ("rcp_DONE", {"state": ContactState.SUPERSEDED, "decision": None, "decided_at": None}),
        ("rcp_WAITING", {"state": ContactState.DECIDED, "decision": DecisionCode.NO_FURTHER_ACTION, "decided_at": AT}),
    ):
        assert named(hand.does(change(receipt, **values))) == {entry_of(receipt)(hand)}, (receipt, values)


def test_a_decision_cannot_be_moved_to_another_contact_nor_put_under_another_name(hand: Hand) -> None:
    number, other = entry_of("rcp_DECIDED")(hand), entry_of("rcp_OPEN")(hand)
    of_it = DECISION.c.contact == number
    with hand.engine.connect() as connection:
        decision = connection.execute(select(DECISION.c.log_entry).where(of_it)).scalar_one()

    moved = hand.does(lambda c: c.execute(update(DECISION).where(of_it).values(contact=other)))
    renamed = hand.does(lambda c: c.execute(update(DECISION).where(of_it).values(decided_by_name="Z. Nobody")))

    assert named(moved) == named(renamed) == {decision}


def test_a_second_person_cannot_be_made_up(hand: Hand) -> None:
    waiting = DECISION.c.contact == entry_of("rcp_WAITING")(hand)
    with hand.engine.connect() as connection:
        number = connection.execute(select(DECISION.c.log_entry).where(waiting)).scalar_one()
    answer = {"sign_off_by": "person-b", "sign_off_at": AT, "agreed": True}

    verdict = hand.does(
        lambda c: c.execute(update(DECISION).where(waiting).values(**answer)),
        change("rcp_WAITING", state=ContactState.DECIDED, decision=DecisionCode.NO_FURTHER_ACTION, decided_at=AT),
    )

    assert number in named(verdict)


def test_a_contact_without_an_entry_is_found(hand: Hand) -> None:
    def forge(connection: Connection) -> None:
        row = connection.execute(select(CONTACT).where(CONTACT.c.receipt_id == "rcp_OPEN")).one()._asdict()
        last = connection.execute(select(func.max(LOG_ENTRY.c.number))).scalar_one()
        for number, name in ((last, "a view"), (last + 7, "nothing")):
            connection.execute(
                insert(CONTACT), {**row, "log_entry": number, "receipt_id": name, "contact_reference": name}
            )

    verdict = hand.does(forge)

    assert verdict.found == 2
    assert {finding.fault for finding in verdict.findings} == {Fault.RECORD_DISAGREES}


def test_a_tail_cut_off_with_its_head_put_back_shows_in_what_was_kept_of_it(hand: Hand) -> None:
    number = entry_of("rcp_NEW")(hand)

    def cut(connection: Connection) -> None:
        connection.execute(delete(LOG_CONTENT).where(LOG_CONTENT.c.number >= number))
        connection.execute(delete(LOG_ENTRY).where(LOG_ENTRY.c.number >= number))

    assert number in named(hand.does(cut))


def test_an_altered_rulebook_is_found(hand: Hand) -> None:
    verdict = hand.does(lambda c: c.execute(update(RULEBOOK).values(text=TEXT + " made milder")))

    assert named(verdict) == {None}


def test_a_head_that_is_gone_is_found(hand: Hand) -> None:
    assert not hand.does(lambda c: c.execute(delete(LOG_HEAD))).intact


@pytest.mark.parametrize("hand", ["sqlite"], indirect=True)
@pytest.mark.parametrize("junk", [b"\xff\x00", "no json {", 17, 3.5, ""])
@pytest.mark.parametrize("column", ["body", "warnings", "received_at", "decide_by", "state", "floor", "needs_sign_off"])
def test_junk_of_any_type_is_a_finding_and_never_an_error_where_columns_take_any_type(
    hand: Hand, column: str, junk: object
) -> None:
    number = entry_of("rcp_OPEN")(hand)

    assert number in named(hand.does(raw_change(CONTACT, column, number, junk)))


def test_what_is_written_during_the_check_is_no_finding(url: str) -> None:
    with SqlStore(url) as store:
        store.write(fill)
        receipts = [f"LATE-{number}" for number in range(30)]

        def write_on(_done: int, _of: int) -> None:
            while receipts:
                store.write(taking(receipts.pop()))

        verdict = verify_log(url, write_on)

        assert verdict.intact, verdict.findings
        assert verify_log(url, lambda _done, _of: None).checked == verdict.checked + 30
