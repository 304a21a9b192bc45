"""The second person: sees what was decided and why, agrees or not, and never checks themselves."""

import pytest
from flask import Flask

from screening.domain.access import Person, Role
from screening.domain.decision import ContactState, DecisionCode
from screening.journey.screen import Screened
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver, stored
from tests.web.visiting import Seen, Visitor, a_visitor, account_of, add_people

WORKER = Person("person-worker1", "Wanda Worker", Role.WORKER)
MANAGER = Person("person-manager1", "Max Manager", Role.MANAGER)


@pytest.fixture
def waiting(service: Service) -> Screened:
    """A contact that a worker decided below its floor."""
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    decide_on(service, WORKER, contact, DecisionCode.NO_FURTHER_ACTION)
    return contact


def address_of(contact: Screened) -> str:
    """The contact's page."""
    return f"/contacts/{contact.receipt.receipt_id}"


def test_a_manager_finds_it_under_its_tab_and_reads_what_was_decided(manager: Visitor, waiting: Screened) -> None:
    assert "Manager check (1)" in manager.see("/worklist").within("a")

    page = manager.see(address_of(waiting))

    assert "Wanda Worker decided: no further action. A rule sets a social work assessment as the least." in page.text
    assert not [one for one in page.all("input", name="agreed") if "checked" in one.attributes]


def test_agreeing_closes_the_contact(service: Service, manager: Visitor, waiting: Screened) -> None:
    manager.see(address_of(waiting))

    answer = manager.post(f"{address_of(waiting)}/sign-off", {"agreed": "yes"})

    assert "Your answer is recorded." in manager.see(answer.location).text
    assert stored(service, waiting).state is ContactState.DECIDED
    assert "Agreed by Max Manager" in manager.see(address_of(waiting)).text


def test_not_agreeing_needs_a_note_and_brings_it_back(service: Service, manager: Visitor, waiting: Screened) -> None:
    manager.see(address_of(waiting))
    page = Seen(manager.post(f"{address_of(waiting)}/sign-off", {"agreed": "no"}).text)
    assert "Say why you do not agree" in page.within("a")
    assert [one.attributes["value"] for one in page.all("input", name="agreed") if "checked" in one.attributes] == [
        "no"
    ]

    manager.post(f"{address_of(waiting)}/sign-off", {"agreed": "no", "note": "Please see the school first."})

    assert stored(service, waiting).state is ContactState.TO_DECIDE
    page = manager.see(address_of(waiting))
    assert "A manager did not agree with the last decision. Read why before you decide" in page.text
    assert "Not agreed by Max Manager" in page.text


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Select whether you agree"),
        ({"agreed": "perhaps"}, "Select whether you agree"),
        ({"agreed": "yes", "note": "x" * 2001}, "The note must be 2,000 characters or less"),
    ],
)
def test_faults_are_said_at_the_field(
    service: Service, manager: Visitor, waiting: Screened, fields: dict[str, object], fault: str
) -> None:
    manager.see(address_of(waiting))

    page = Seen(manager.post(f"{address_of(waiting)}/sign-off", fields).text)

    assert fault in page.within("a")
    assert stored(service, waiting).state is ContactState.WAITING_FOR_SIGN_OFF


def test_nobody_checks_their_own_decision_and_the_page_says_so(service: Service, manager: Visitor) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    decide_on(service, MANAGER, contact, DecisionCode.ADVICE)

    page = manager.see(address_of(contact))
    answer = manager.post(f"{address_of(contact)}/sign-off", {"agreed": "yes"})

    assert "This is your own decision. Another manager must agree" in page.text
    assert not page.all("input", name="agreed")
    assert answer.status_code == 403
    assert "nobody signs off their own decision" in Seen(answer.text).text
    assert stored(service, contact).state is ContactState.WAITING_FOR_SIGN_OFF


def test_another_manager_may(app: Flask, service: Service) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    decide_on(service, MANAGER, contact, DecisionCode.ADVICE)
    add_people(service, account_of(Role.MANAGER, username="manager2", name="Mo Manager"))
    other = a_visitor(app)
    other.sign_in("manager2")

    other.post(f"{address_of(contact)}/sign-off", {"agreed": "yes"})

    assert stored(service, contact).state is ContactState.DECIDED


def test_an_answer_that_comes_second_is_not_lost(manager: Visitor, waiting: Screened) -> None:
    manager.see(address_of(waiting))
    manager.post(f"{address_of(waiting)}/sign-off", {"agreed": "yes"})

    answer = manager.post(f"{address_of(waiting)}/sign-off", {"agreed": "no", "note": "I had typed this."})

    assert answer.status_code == 409
    assert "I had typed this." in Seen(answer.text).text
