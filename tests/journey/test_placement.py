"""Where a contact goes and by when (contact contract, The clock), by day, by night and at the edges of both."""

from datetime import UTC, date, datetime, timedelta

import pytest

from screening.domain.calendar import OfficeCalendar
from screening.domain.household import CareStatus, RegisterEntry
from screening.domain.suggestion import Response, Route, Urgency
from screening.journey.follow_up import import_register
from screening.journey.records import Placement, StoredContact
from screening.journey.service import Service
from tests.documents import an_example
from tests.journey.acting import deliver, stored
from tests.services import AT

MONDAY_NOON = datetime(2026, 9, 14, 11, 0, tzinfo=UTC)
MONDAY_TEN_PAST_FIVE = datetime(2026, 9, 14, 16, 10, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 9, 19, 22, 0, tzinfo=UTC)
BEFORE_CHRISTMAS = datetime(2026, 12, 24, 16, 0, tzinfo=UTC)

QUIET, SAME_DAY, IMMEDIATE = (
    "argument-children-away",
    "minor-repeated-child-3",
    "strangulation-no-visible-injury",
)


def arrived(service: Service, name: str, at: datetime) -> StoredContact:
    """An example contact that came at this moment."""
    return stored(service, deliver(service, an_example(name), at))


def placed(service: Service, name: str, at: datetime) -> Placement:
    """Where it went."""
    return arrived(service, name, at).placement


def on_the_register(name: str, *rows: tuple[int, CareStatus, str]) -> tuple[RegisterEntry, ...]:
    """Children of an example, each by its place, with status and worker."""
    children = an_example(name)["children"]
    assert isinstance(children, list)
    return tuple(
        RegisterEntry(
            child_id=f"C-{place}",
            given_name=children[place]["given_name"],
            family_name=children[place]["family_name"],
            date_of_birth=date.fromisoformat(children[place]["date_of_birth"]),
            postcode=None,
            status=status,
            allocated_worker=who,
            team=None,
            since=None,
        )
        for place, status, who in rows
    )


def with_register(service: Service, name: str, *rows: tuple[int, CareStatus, str]) -> None:
    """Import a register of these children."""
    entries = on_the_register(name, *rows)
    service.store.write(lambda unit: import_register(unit, entries, "tests", AT))


@pytest.mark.parametrize(
    ("name", "at", "route", "on_duty_list", "due"),
    [
        (QUIET, MONDAY_NOON, Route.INTAKE_TEAM, False, datetime(2026, 9, 15, 11, 0, tzinfo=UTC)),
        (QUIET, SATURDAY_NIGHT, Route.INTAKE_TEAM, False, datetime(2026, 9, 22, 7, 45, tzinfo=UTC)),
        (QUIET, BEFORE_CHRISTMAS, Route.INTAKE_TEAM, False, datetime(2026, 12, 29, 16, 0, tzinfo=UTC)),
        (SAME_DAY, MONDAY_NOON, Route.INTAKE_TEAM, False, datetime(2026, 9, 14, 15, 0, tzinfo=UTC)),
        (SAME_DAY, SATURDAY_NIGHT, Route.EMERGENCY_DUTY_TEAM, True, datetime(2026, 9, 21, 11, 45, tzinfo=UTC)),
        (IMMEDIATE, MONDAY_NOON, Route.INTAKE_TEAM, False, MONDAY_NOON + timedelta(hours=1)),
        (IMMEDIATE, SATURDAY_NIGHT, Route.EMERGENCY_DUTY_TEAM, True, SATURDAY_NIGHT + timedelta(hours=1)),
    ],
)
def test_the_clock_of_the_contract(
    service: Service, name: str, at: datetime, route: Route, due: datetime, *, on_duty_list: bool
) -> None:
    placement = placed(service, name, at)

    assert (placement.route, placement.on_duty_list, placement.decide_by) == (route, on_duty_list, due)


def test_what_cannot_wait_for_the_office_to_open_again_is_on_the_duty_teams_list_too(service: Service) -> None:
    placement = placed(service, IMMEDIATE, MONDAY_TEN_PAST_FIVE)

    assert placement.urgency is Urgency.IMMEDIATE
    assert placement.route is Route.INTAKE_TEAM
    assert placement.on_duty_list


@pytest.mark.parametrize(("name", "on_duty_list"), [(QUIET, False), (SAME_DAY, False), (IMMEDIATE, True)])
def test_an_open_case_stays_with_its_worker_by_night(service: Service, name: str, *, on_duty_list: bool) -> None:
    with_register(service, name, (0, CareStatus.CHILD_IN_NEED, "worker-17"))

    contact = arrived(service, name, SATURDAY_NIGHT)

    assert (contact.placement.route, contact.allocated_worker) == (Route.ALLOCATED_WORKER, "worker-17")
    assert contact.placement.on_duty_list is on_duty_list


def test_a_siblings_lead_practitioner_is_not_taken_for_the_social_worker(service: Service) -> None:
    with_register(
        service,
        QUIET,
        (0, CareStatus.EARLY_HELP, "lead-practitioner"),
        (1, CareStatus.CHILD_PROTECTION_PLAN, "social-worker"),
    )

    assert arrived(service, QUIET, MONDAY_NOON).allocated_worker == "social-worker"


def test_every_social_worker_of_the_children_is_named(service: Service) -> None:
    with_register(service, QUIET, (0, CareStatus.CHILD_IN_NEED, "worker-1"), (1, CareStatus.LOOKED_AFTER, "worker-2"))

    assert arrived(service, QUIET, MONDAY_NOON).allocated_worker == "worker-1, worker-2"


def test_an_open_case_without_a_named_worker_still_goes_to_its_team(service: Service) -> None:
    with_register(service, QUIET, (0, CareStatus.CHILD_IN_NEED, ""))

    contact = arrived(service, QUIET, MONDAY_NOON)

    assert (contact.placement.route, contact.allocated_worker) == (Route.ALLOCATED_WORKER, None)


def test_open_early_help_stays_with_the_intake_team(service: Service) -> None:
    with_register(service, QUIET, (0, CareStatus.EARLY_HELP, "lead-practitioner"))

    contact = arrived(service, QUIET, MONDAY_NOON)

    assert (contact.placement.route, contact.allocated_worker) == (Route.INTAKE_TEAM, "lead-practitioner")


def test_the_worklist_counts_the_incidents_that_the_rules_count(service: Service) -> None:
    document = an_example(QUIET)
    document["police_history"] = {"last_incident_on": "2026-08-01"}

    assert stored(service, deliver(service, document)).summary["earlier_incidents"] == 1


@pytest.mark.parametrize("concerns", ["no", "yes"])
def test_a_young_child_is_a_ground_only_where_there_was_a_floor_to_raise(service: Service, concerns: str) -> None:
    document = an_example(QUIET)
    children, adults = document["children"], document["adults"]
    assert isinstance(children, list)
    assert isinstance(adults, list)
    children[0] |= {"date_of_birth": "2022-05-02"}
    for adult in adults:
        adult |= {"mental_health_concern": concerns, "substance_concern": concerns}

    contact = stored(service, deliver(service, document))

    why = contact.summary["why"]
    assert isinstance(why, list)
    assert any(str(ground).startswith("A child under 7") for ground in why) is (concerns == "yes")
    assert (contact.floor is Response.ASSESSMENT) is (concerns == "yes")


def test_no_due_time_falls_where_nobody_works(service: Service) -> None:
    calendar: OfficeCalendar = service.calendar

    for hours in range(0, 24 * 14, 5):
        at = datetime(2026, 12, 18, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
        for urgency in (Urgency.ONE_WORKING_DAY, Urgency.SAME_DAY):
            due = calendar.decide_by(at, urgency)
            assert due > at
            assert calendar.is_open(due - timedelta(seconds=1)) or calendar.is_open(due)
