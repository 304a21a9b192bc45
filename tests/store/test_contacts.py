"""Contacts, their decisions and the worklist, as kept."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from screening.audit.entry import Event
from screening.domain.access import Role
from screening.domain.decision import ChildDecision, ContactState, DecisionCode
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.journey.ports import Unit
from screening.journey.records import Account, Page, Placement, Receipt, StoredContact, Totals, WorklistFilter
from screening.store.faults import StatementRefused
from screening.store.store import SqlStore
from tests.stores import AT, a_new_contact, ask, correct, decide, decide_below_floor, sign_off, take, taking


def contact(store: SqlStore, receipt_id: str) -> StoredContact:
    with store.read() as look:
        found = look.contact(receipt_id)
    assert found is not None
    return found


def page(store: SqlStore, chosen: WorklistFilter, offset: int = 0, limit: int = 50) -> Page:
    with store.read() as look:
        return look.worklist(chosen, offset, limit)


def listed(store: SqlStore, state: ContactState = ContactState.TO_DECIDE, *, duty_list_only: bool = False) -> list[str]:
    return [row.contact_reference for row in page(store, WorklistFilter(state, duty_list_only)).rows]


def placed(urgency: Urgency, due_in_hours: float, *, on_duty_list: bool = False) -> Placement:
    return Placement(urgency, Route.INTAKE_TEAM, AT + timedelta(hours=due_in_hours), on_duty_list)


def due(reference: str, placement: Placement) -> Receipt:
    """The receipt of a contact with this placement."""
    return replace(a_new_contact(reference).receipt, decide_by=placement.decide_by)


def test_a_contact_comes_back_as_it_was_taken(store: SqlStore) -> None:
    new = a_new_contact(
        "A",
        response=Response.ASSESSMENT,
        floor=Response.EARLY_HELP,
        certainty=Certainty.CLEAR,
        needs_sign_off=True,
        allocated_worker="W. Worker",
        placement=placed(Urgency.IMMEDIATE, 24, on_duty_list=True),
    )
    receipt = store.write(lambda unit: take(unit, new))

    assert contact(store, "rcp_A") == StoredContact(
        receipt=receipt,
        force_code="40",
        sender_id="sender-a",
        body=new.body,
        state=ContactState.TO_DECIDE,
        placement=new.placement,
        response=Response.ASSESSMENT,
        floor=Response.EARLY_HELP,
        certainty=Certainty.CLEAR,
        needs_sign_off=True,
        allocated_worker="W. Worker",
        supersedes_id=None,
        superseded_by=None,
        decision=None,
        decided_at=None,
        summary=new.summary,
    )


def test_a_contact_is_found_by_its_forces_reference_and_by_no_other_forces(store: SqlStore) -> None:
    store.write(taking("A"))

    with store.read() as look:
        assert look.contact_by_reference("40", "A") == look.contact("rcp_A")
        assert look.contact_by_reference("41", "A") is None
        assert look.contact_by_reference("40", "a") is None


def test_one_force_cannot_have_one_reference_twice(store: SqlStore) -> None:
    def add_again(unit: Unit) -> None:
        entry = unit.log(Event.CONTACT_SCREENED, at=AT, actor="sender-a")
        again = replace(a_new_contact("A").receipt, receipt_id="rcp_again", log_entry=entry)
        unit.add_contact(a_new_contact("A", receipt=again))

    store.write(taking("A"))
    with pytest.raises(StatementRefused):
        store.write(add_again)

    other_force = replace(a_new_contact("A").receipt, receipt_id="rcp_41")
    assert store.write(taking("A", force_code="41", receipt=other_force)).receipt_id == "rcp_41"


def test_a_contact_needs_its_log_entry(store: SqlStore) -> None:
    with pytest.raises(StatementRefused):
        store.write(lambda unit: unit.add_contact(a_new_contact("A")))


def test_an_undecided_contact_that_is_corrected_leaves_the_worklist(store: SqlStore) -> None:
    store.write(taking("A"))
    store.write(lambda unit: correct(unit, "rcp_A", a_new_contact("B")))

    assert contact(store, "rcp_A").state is ContactState.SUPERSEDED
    assert contact(store, "rcp_A").superseded_by == "rcp_B"
    assert contact(store, "rcp_B").supersedes_id == "rcp_A"
    assert listed(store) == ["B"]


def test_a_decided_contact_that_is_corrected_keeps_its_decision(store: SqlStore) -> None:
    store.write(taking("A"))
    store.write(lambda unit: decide(unit, "rcp_A"))
    store.write(lambda unit: correct(unit, "rcp_A", a_new_contact("B")))

    corrected = contact(store, "rcp_A")
    assert (corrected.state, corrected.decision) == (ContactState.DECIDED, DecisionCode.NO_FURTHER_ACTION)
    assert corrected.superseded_by == "rcp_B"


def test_a_decision_comes_back_as_it_was_made(store: SqlStore) -> None:
    children = (ChildDecision("/children/0", DecisionCode.EARLY_HELP),)
    store.write(taking("A"))
    entry = store.write(
        lambda unit: decide(
            unit,
            "rcp_A",
            DecisionCode.ASSESSMENT,
            reasons=("pattern_of_harm", "other"),
            consent="given",
            children=children,
        )
    )

    with store.read() as look:
        (stored,) = look.decisions("rcp_A")
        assert look.decisions("rcp_B") == []
    assert stored.log_entry == entry
    assert stored.decided_by_name == "A. Worker"
    assert stored.decision.reasons == ("pattern_of_harm", "other")
    assert stored.decision.children == children
    assert stored.decision.at == AT
    assert stored.agreed is None
    assert contact(store, "rcp_A").decision is DecisionCode.ASSESSMENT
    assert contact(store, "rcp_A").decided_at == AT


@pytest.mark.parametrize(("agreed", "state"), [(True, ContactState.DECIDED), (False, ContactState.TO_DECIDE)])
def test_a_second_persons_answer_stands_beside_the_newest_decision(
    store: SqlStore, *, agreed: bool, state: ContactState
) -> None:
    store.write(taking("A"))
    store.write(lambda unit: ask(unit, "rcp_A"))
    store.write(lambda unit: unit.put_account(Account("person-b", "b", "B. Manager", Role.MANAGER, "$")))
    entry = store.write(lambda unit: decide_below_floor(unit, "rcp_A"))
    store.write(lambda unit: sign_off(unit, "rcp_A", entry, agreed=agreed))

    with store.read() as look:
        newest, first = look.decisions("rcp_A")
    assert (newest.sign_off_by, newest.sign_off_by_name, newest.agreed) == ("person-b", "B. Manager", agreed)
    assert newest.sign_off_at == AT + timedelta(hours=1)
    assert (first.sign_off_by, first.agreed) == (None, None)
    assert contact(store, "rcp_A").state is state


def test_the_worklist_is_by_urgency_then_due_time_then_arrival(store: SqlStore) -> None:
    for reference, placement in (
        ("day-late", placed(Urgency.ONE_WORKING_DAY, 30)),
        ("day-overdue", placed(Urgency.ONE_WORKING_DAY, -30)),
        ("now-later", placed(Urgency.IMMEDIATE, 2)),
        ("today", placed(Urgency.SAME_DAY, 1)),
        ("now-overdue", placed(Urgency.IMMEDIATE, -2)),
        ("today-too", placed(Urgency.SAME_DAY, 1)),
    ):
        store.write(taking(reference, placement=placement, receipt=due(reference, placement)))

    assert listed(store) == ["now-overdue", "now-later", "today", "today-too", "day-overdue", "day-late"]


def test_while_the_office_is_closed_the_duty_list_has_what_came_by_day_and_cannot_wait(store: SqlStore) -> None:
    store.write(taking("quiet", placement=placed(Urgency.ONE_WORKING_DAY, 24)))
    soon = placed(Urgency.SAME_DAY, 2)
    store.write(taking("due", placement=soon, receipt=due("due", soon)))
    store.write(taking("grave", placement=placed(Urgency.IMMEDIATE, 24)))
    opens = AT + timedelta(hours=12)

    closed = WorklistFilter(ContactState.TO_DECIDE, duty_list_only=True, office_opens=opens)

    assert [row.contact_reference for row in page(store, closed).rows] == ["grave", "due"]
    assert page(store, closed).total == 2
    assert listed(store, duty_list_only=True) == []


def test_the_duty_list_shows_only_what_is_on_it(store: SqlStore) -> None:
    store.write(taking("day"))
    store.write(taking("night", placement=placed(Urgency.IMMEDIATE, 1, on_duty_list=True)))

    assert listed(store, duty_list_only=True) == ["night"]
    assert page(store, WorklistFilter(ContactState.TO_DECIDE, duty_list_only=True)).total == 1
    assert page(store, WorklistFilter(ContactState.TO_DECIDE)).total == 2


def test_pages_of_the_worklist_follow_each_other(store: SqlStore) -> None:
    for number in range(7):
        store.write(taking(f"R{number}"))

    pages = [page(store, WorklistFilter(ContactState.TO_DECIDE), offset, 3) for offset in (0, 3, 6, 9)]

    assert [[row.contact_reference for row in shown.rows] for shown in pages] == [
        ["R0", "R1", "R2"],
        ["R3", "R4", "R5"],
        ["R6"],
        [],
    ]
    assert {shown.total for shown in pages} == {7}


def test_what_was_decided_is_listed_newest_first_with_its_decision(store: SqlStore) -> None:
    for reference in ("A", "B"):
        store.write(taking(reference))
        store.write(partial(decide, receipt_id=f"rcp_{reference}", code=DecisionCode.ADVICE))

    rows = page(store, WorklistFilter(ContactState.DECIDED)).rows
    assert [(row.contact_reference, row.decision) for row in rows] == [
        ("B", DecisionCode.ADVICE),
        ("A", DecisionCode.ADVICE),
    ]


def test_a_row_of_the_worklist_says_all_that_its_page_shows(store: SqlStore) -> None:
    new = a_new_contact("A", response=Response.EARLY_HELP, allocated_worker="W. Worker")
    store.write(lambda unit: take(unit, new))

    (row,) = page(store, WorklistFilter(ContactState.TO_DECIDE)).rows
    assert row.receipt_id == "rcp_A"
    assert row.received_at == AT
    assert row.placement == new.placement
    assert row.response is Response.EARLY_HELP
    assert row.allocated_worker == "W. Worker"
    assert row.summary == new.summary


def test_totals_of_an_empty_store_are_nothing(store: SqlStore) -> None:
    with store.read() as look:
        assert look.totals(AT) == Totals()


def test_totals_count_states_and_what_is_overdue_while_the_clock_runs(store: SqlStore) -> None:
    for reference, hours in (("late", -1), ("asked-late", -2), ("decided-late", -3), ("in-time", 5)):
        placement = placed(Urgency.SAME_DAY, hours)
        store.write(taking(reference, placement=placement, receipt=due(reference, placement)))
    store.write(lambda unit: ask(unit, "rcp_asked-late"))
    store.write(lambda unit: decide(unit, "rcp_decided-late"))

    with store.read() as look:
        totals = look.totals(AT)

    assert totals.by_state == {
        ContactState.TO_DECIDE: 2,
        ContactState.WAITING_FOR_INFORMATION: 1,
        ContactState.DECIDED: 1,
    }
    assert totals.overdue == 2
    assert totals.oldest_due == AT - timedelta(hours=2)
    assert totals.last_received_at == AT
