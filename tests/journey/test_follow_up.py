"""Afterwards: what the sender is told, what a new care register changes, and who has fallen silent."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from screening.domain.access import Person, Sender
from screening.domain.calendar import LONDON
from screening.domain.decision import REASONS, TOLD_TO_POLICE, ChildDecision, Decision, DecisionCode
from screening.domain.errors import NotFound
from screening.domain.household import CareStatus, RegisterEntry
from screening.domain.suggestion import Route
from screening.journey.decide import decide
from screening.journey.follow_up import (
    LEAST_DONE_FIRST,
    SATURDAY,
    import_register,
    silent_senders,
    usual_gap,
    where_it_stands,
)
from screening.journey.records import SenderKey
from screening.journey.screen import Screened
from screening.journey.senders import add_sender
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import NOTE, POLICE, decide_on, deliver, stored
from tests.services import AT

A_DAY = timedelta(days=1)


def told(service: Service, screened: Screened, sender: Sender = POLICE) -> tuple[str, str | None]:
    """Status and outcome, as the sender sees them."""
    with service.store.read() as look:
        standing = where_it_stands(look, sender, screened.receipt.receipt_id)
    return standing.status, standing.outcome


@pytest.mark.parametrize(
    ("code", "reason", "outcome"),
    [
        (DecisionCode.NO_FURTHER_ACTION, "below_threshold", "no_further_action"),
        (DecisionCode.ADVICE, "advice_meets_need", "advice_or_early_help"),
        (DecisionCode.EARLY_HELP, "emerging_need", "advice_or_early_help"),
        (DecisionCode.ASSESSMENT, "seriousness", "social_work_response"),
        (DecisionCode.STRATEGY_DISCUSSION, "significant_harm", "social_work_response"),
        (DecisionCode.TO_ALLOCATED_WORKER, "open_case", "social_work_response"),
        (DecisionCode.TRANSFER_TO_OTHER_AUTHORITY, "lives_elsewhere", "passed_to_another_authority"),
    ],
)
def test_the_police_are_told_one_of_four_outcomes(
    service: Service, worker: Person, code: DecisionCode, reason: str, outcome: str
) -> None:
    screened = deliver(service, a_document(1, "argument-children-away"))
    consent = "given" if code is DecisionCode.EARLY_HELP else None

    decide_on(service, worker, screened, code, reasons=(reason,), consent=consent)

    assert told(service, screened) == ("decided", outcome)


def test_while_a_second_person_is_asked_the_police_are_told_that_it_waits(service: Service, worker: Person) -> None:
    grave = deliver(service, a_document(1, "strangulation-no-visible-injury"))

    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    assert told(service, grave) == ("waiting_for_decision", None)


def test_a_request_for_information_is_no_outcome(service: Service, worker: Person) -> None:
    screened = deliver(service, a_document(1))

    decide_on(service, worker, screened, DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))

    assert told(service, screened) == ("information_requested", None)


@pytest.mark.parametrize(
    ("code", "of_child", "outcome"),
    [
        (DecisionCode.NO_FURTHER_ACTION, DecisionCode.ASSESSMENT, "social_work_response"),
        (DecisionCode.TRANSFER_TO_OTHER_AUTHORITY, DecisionCode.ASSESSMENT, "social_work_response"),
        (DecisionCode.NO_FURTHER_ACTION, DecisionCode.TRANSFER_TO_OTHER_AUTHORITY, "passed_to_another_authority"),
        (DecisionCode.ADVICE, DecisionCode.TRANSFER_TO_OTHER_AUTHORITY, "passed_to_another_authority"),
        (DecisionCode.NO_FURTHER_ACTION, DecisionCode.ADVICE, "advice_or_early_help"),
        (DecisionCode.ASSESSMENT, DecisionCode.NO_FURTHER_ACTION, "social_work_response"),
    ],
)
def test_where_children_differ_the_police_are_told_the_most_that_is_done(
    service: Service, worker: Person, code: DecisionCode, of_child: DecisionCode, outcome: str
) -> None:
    screened = deliver(service, a_document(1, "argument-children-away"))
    one_child = (ChildDecision("/children/1", of_child),)
    decision = Decision(code, REASONS[code][0][:1], NOTE, "", AT, None, one_child)

    receipt_id = screened.receipt.receipt_id
    service.store.write(lambda unit: decide(unit, worker, receipt_id, decision, service.signals))

    assert told(service, screened) == ("decided", outcome)


def test_every_outcome_has_its_place_among_the_others() -> None:
    assert set(LEAST_DONE_FIRST) == set(TOLD_TO_POLICE.values())


def test_another_sender_is_told_nothing_even_for_the_same_force(service: Service) -> None:
    screened = deliver(service, a_document(1))

    with pytest.raises(NotFound):
        told(service, screened, Sender("sender-b", "Other Police", frozenset({"40"})))


def a_row(document: dict[str, object], status: CareStatus) -> RegisterEntry:
    """The first child of a contact, on the register."""
    child = document["children"][0]  # type: ignore[index]  # JSON of any shape
    born = date.fromisoformat(child["date_of_birth"])
    return RegisterEntry("C-1", child["given_name"], child["family_name"], born, None, status, "worker-17", None, None)


def test_an_imported_register_is_known_to_the_contacts_that_come_after(service: Service) -> None:
    document = a_document(1, "argument-children-away")
    before = stored(service, deliver(service, document)).placement.route

    rows = (a_row(document, CareStatus.CHILD_PROTECTION_PLAN),)
    service.store.write(lambda unit: import_register(unit, rows, "tests", AT))
    after = stored(service, deliver(service, document | {"contact_reference": "T-AFTER"}))

    assert before is Route.INTAKE_TEAM
    assert after.placement.route is Route.ALLOCATED_WORKER


def test_a_new_register_takes_the_old_ones_place_whole(service: Service) -> None:
    first, second = a_document(1, "argument-children-away"), a_document(2, "argument-children-away")
    for document in (first, second):
        rows = (a_row(document, CareStatus.CHILD_IN_NEED),)
        service.store.write(lambda unit, rows=rows: import_register(unit, rows, "tests", AT))  # type: ignore[misc]  # bound now

    assert stored(service, deliver(service, first)).placement.route is Route.INTAKE_TEAM
    assert stored(service, deliver(service, second)).placement.route is Route.ALLOCATED_WORKER


def send_on_days(service: Service, *days: int) -> None:
    """Contacts of the usual sender, one on each of these days."""
    for number, day in enumerate(days, start=1):
        deliver(service, a_document(number), AT + day * A_DAY)


def test_a_sender_silent_for_longer_than_ever_before_is_named(service: Service) -> None:
    send_on_days(service, 0, 1, 2, 4, 5)

    with service.store.read() as look:
        assert not silent_senders(look, AT + 7 * A_DAY)
        (silent,) = silent_senders(look, AT + 8 * A_DAY)

    assert (silent.name, silent.silent_hours, silent.usual_hours) == ("Test Police", 72, 48)


def test_a_sender_of_whom_little_is_known_is_not_called_silent(service: Service) -> None:
    send_on_days(service, 0, 1, 2, 3)

    with service.store.read() as look:
        assert not silent_senders(look, AT + 100 * A_DAY)


def test_a_busy_sender_may_pause_for_six_hours(service: Service) -> None:
    for number in range(6):
        deliver(service, a_document(number), AT + timedelta(minutes=number))
    last = AT + timedelta(minutes=5)

    with service.store.read() as look:
        assert not silent_senders(look, last + timedelta(hours=6))
        assert silent_senders(look, last + timedelta(hours=6, minutes=1))


def test_a_sender_whose_key_was_disabled_is_not_waited_for(service: Service) -> None:
    send_on_days(service, 0, 1, 2, 3, 4)
    with service.store.read() as look:
        (sender,) = look.senders()

    service.store.write(lambda unit: unit.put_sender(replace(sender, disabled=True)))

    with service.store.read() as look:
        assert not silent_senders(look, AT + 100 * A_DAY)


def test_a_sender_whose_key_has_run_out_is_still_missed(service: Service) -> None:
    expired = SenderKey("sender-old", "Old Police", frozenset({"41"}), "0" * 64, AT)
    service.store.write(lambda unit: add_sender(unit, expired, "tests", AT))
    sender = Sender("sender-old", "Old Police", frozenset({"41"}))
    for number in range(5):
        deliver(service, a_document(number) | {"force_code": "41"}, AT + number * A_DAY, sender)

    with service.store.read() as look:
        assert [silent.name for silent in silent_senders(look, AT + 10 * A_DAY)] == ["Old Police"]


# ----------------------------------------------------------------------------------------------- what is usual for whom

MONDAY = datetime(2026, 9, 14, tzinfo=LONDON)
"""Nine weeks of arrivals end with it."""


def hourly(start_hour: int, end_hour: int, *, weekends: bool = True) -> list[datetime]:
    """A contact each hour of these of every day, for nine weeks up to Tuesday at noon, newest first."""
    days = (MONDAY + number * A_DAY for number in range(-62, 2))
    at = [
        day + timedelta(hours=hour)
        for day in days
        if weekends or day.weekday() < SATURDAY
        for hour in range(start_hour, end_hour + 1)
    ]
    return [moment for moment in reversed(at) if moment <= MONDAY + A_DAY + timedelta(hours=12)]


def in_hours(gap: timedelta) -> float:
    return gap / timedelta(hours=1)


def test_a_force_that_sends_in_office_hours_is_missed_the_next_morning_and_not_at_the_weekend() -> None:
    arrivals = hourly(9, 17, weekends=False)
    until_friday = [at for at in arrivals if at < MONDAY]

    assert in_hours(usual_gap(arrivals, MONDAY + 2 * A_DAY)) == 16
    assert in_hours(usual_gap(until_friday, MONDAY)) == 64


def test_a_force_that_sends_one_batch_a_night_is_silent_in_between() -> None:
    nights = [MONDAY + number * A_DAY + timedelta(hours=2) for number in range(0, -62, -1)]
    batches = [at - timedelta(milliseconds=place) for at in nights for place in range(30)]

    for days in range(4, 11):
        assert 23.9 < in_hours(usual_gap(batches, MONDAY + days * A_DAY)) < 24


def test_one_long_silence_does_not_hide_the_next() -> None:
    arrivals = [at for at in hourly(0, 23) if not MONDAY - 20 * A_DAY < at < MONDAY - 10 * A_DAY]

    for days in range(2, 9):
        assert in_hours(usual_gap(arrivals, MONDAY + days * A_DAY)) == 1


def test_a_force_that_seldom_sends_is_known_by_its_latest_fifty() -> None:
    weekly = [MONDAY - number * 7 * A_DAY for number in range(300)]

    assert usual_gap(weekly, MONDAY + 8 * A_DAY) == 7 * A_DAY
    assert usual_gap(weekly[:5], MONDAY + 8 * A_DAY) == 7 * A_DAY


def test_what_was_usual_longer_ago_than_eight_weeks_is_usual_no_more() -> None:
    long_ago = [MONDAY - 60 * A_DAY - number * 3 * A_DAY for number in range(20)]

    assert in_hours(usual_gap(hourly(0, 23) + long_ago, MONDAY + 2 * A_DAY)) == 1


def test_who_has_been_silent_for_months_is_still_named(service: Service) -> None:
    send_on_days(service, 0, 1, 2, 3, 4)

    with service.store.read() as look:
        assert [silent.silent_hours for silent in silent_senders(look, AT + 104 * A_DAY)] == [2400]
