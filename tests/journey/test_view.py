"""Somebody opens a contact: the look is in the log first, and what is known by now stands beside what was suggested."""

from datetime import date, timedelta

import pytest

from screening.domain.access import Person
from screening.domain.errors import NotFound
from screening.domain.household import CareStatus, RegisterEntry
from screening.domain.suggestion import Response, Route, Suggestion
from screening.journey.follow_up import import_register
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.view import ContactFile, open_contact
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.services import AT

QUIET, GRAVE = "argument-children-away", "strangulation-no-visible-injury"


def opened(service: Service, person: Person, screened: Screened) -> ContactFile:
    """The contact's file, as this person sees it an hour later."""
    at = AT + timedelta(hours=1)
    return open_contact(service.store, person, screened.receipt.receipt_id, at, service.signals)


def known_by_now(service: Service, person: Person, screened: Screened) -> Suggestion:
    """What would be suggested by now, where that is something else."""
    now = opened(service, person, screened).now
    assert now is not None
    return now


def put_on_the_register(service: Service, document: dict[str, object], status: CareStatus) -> None:
    """The first child of a contact is on the register from now on."""
    child = document["children"][0]  # type: ignore[index]  # JSON of any shape
    born = date.fromisoformat(child["date_of_birth"])
    row = RegisterEntry("C-1", child["given_name"], child["family_name"], born, None, status, "worker-17", None, None)
    service.store.write(lambda unit: import_register(unit, (row,), "tests", AT))


def test_every_look_is_an_entry_that_names_who_looked(service: Service, worker: Person, reviewer: Person) -> None:
    screened = deliver(service, a_document(1))

    opened(service, worker, screened)
    file = opened(service, reviewer, screened)

    assert [view.by_name for view in file.views] == [reviewer.account_id, worker.account_id]


def test_a_contact_that_is_not_there_leaves_no_entry(service: Service, worker: Person) -> None:
    with service.store.read() as look:
        before = look.head().size

    with pytest.raises(NotFound):
        open_contact(service.store, worker, "rcp_nobody", AT, service.signals)

    with service.store.read() as look:
        assert look.head().size == before


def test_while_nothing_new_is_known_nothing_else_is_said(service: Service, worker: Person) -> None:
    for number, name in enumerate((QUIET, GRAVE, "no-child-identified", "minor-repeated-child-3")):
        assert opened(service, worker, deliver(service, a_document(number, name))).now is None


def test_by_night_nothing_else_is_said_either(service: Service, worker: Person) -> None:
    night = AT + timedelta(hours=12)

    screened = deliver(service, a_document(1, GRAVE), night)

    assert open_contact(service.store, worker, screened.receipt.receipt_id, night, service.signals).now is None


def test_a_plan_that_became_known_meanwhile_is_said(service: Service, worker: Person) -> None:
    document = a_document(1, QUIET)
    screened = deliver(service, document)

    put_on_the_register(service, document, CareStatus.CHILD_PROTECTION_PLAN)

    now = known_by_now(service, worker, screened)
    assert (now.response, now.floor, now.route) == (Response.ASSESSMENT, Response.ASSESSMENT, Route.ALLOCATED_WORKER)


def test_a_case_that_became_open_meanwhile_is_said_even_where_the_response_stays(
    service: Service, worker: Person
) -> None:
    document = a_document(1, "minor-repeated-child-3")
    document["children"][0] |= {"date_of_birth": "2023-05-02"}  # type: ignore[index]  # JSON of any shape
    screened = deliver(service, document)

    put_on_the_register(service, document, CareStatus.CHILD_IN_NEED)

    now = known_by_now(service, worker, screened)
    assert (now.response, now.route) == (Response.ASSESSMENT, Route.ALLOCATED_WORKER)


def test_an_earlier_incident_told_late_is_said(service: Service, worker: Person) -> None:
    document = a_document(1, "minor-repeated-child-11")
    document["police_history"] = {"incidents_last_12_months": 0}
    screened = deliver(service, document)
    earlier = a_document(1, "minor-repeated-child-11") | {"contact_reference": "T-LATE"}
    earlier["incident"] |= {"incident_reference": "L-LATE", "occurred_at": "2026-09-01T20:00:00+01:00"}  # type: ignore[operator]  # JSON of any shape
    earlier["incident"].pop("reported_at", None)  # type: ignore[attr-defined]  # JSON of any shape

    deliver(service, earlier)

    assert known_by_now(service, worker, screened).floor is Response.EARLY_HELP
