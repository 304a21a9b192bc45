"""Deciding on a page: every fault said at once and nothing lost, once more asked below a floor, and only one decides."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screening.domain.access import Person, Role
from screening.domain.decision import NOTE_AT_MOST_CHARACTERS, ContactState, DecisionCode
from screening.journey.records import StoredDecision
from screening.journey.screen import Screened
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver, stored
from tests.web.visiting import Seen, Visitor, a_visitor

NOTE = "Spoke with the school and the health visitor; both know the family."
OTHER = Person("person-other", "Olga Other", Role.WORKER)


@pytest.fixture
def grave(service: Service) -> Screened:
    """A contact with a floor of assessment."""
    return deliver(service, a_document(1, "strangulation-no-visible-injury"))


@pytest.fixture
def quiet(service: Service) -> Screened:
    """A contact of two children without a floor."""
    return deliver(service, a_document(2, "argument-children-away"))


def choices(code: str, *reasons: str, **more: str) -> dict[str, object]:
    """A decision form filled in."""
    return {"code": code, f"reasons-{code}": list(reasons), "note": NOTE, **more}


def send(visitor: Visitor, contact: Screened, fields: dict[str, object]) -> TestResponse:
    """Open a contact and send its decision form."""
    address = f"/contacts/{contact.receipt.receipt_id}"
    visitor.see(address)
    return visitor.post(f"{address}/decision", fields)


def decisions(service: Service, contact: Screened) -> Iterator[StoredDecision]:
    """What was recorded of a contact."""
    with service.store.read() as look:
        yield from look.decisions(contact.receipt.receipt_id)


def test_a_decision_with_its_reason_is_recorded_and_the_next_contact_opens(
    service: Service, worker: Visitor, grave: Screened, quiet: Screened
) -> None:
    answer = send(worker, grave, choices("assessment", "seriousness", "pattern_of_harm"))

    assert answer.location == f"/contacts/{quiet.receipt.receipt_id}?recorded=yes"
    assert "Your decision is recorded. This is the next contact." in worker.see(answer.location).text
    (kept,) = decisions(service, grave)
    assert kept.decision.code is DecisionCode.ASSESSMENT
    assert kept.decision.reasons == ("seriousness", "pattern_of_harm")
    assert (kept.decision.note, kept.decision.by) == (NOTE, "person-worker1")
    assert stored(service, grave).state is ContactState.DECIDED


def test_after_the_last_contact_comes_the_worklist(worker: Visitor, grave: Screened) -> None:
    answer = send(worker, grave, choices("assessment", "seriousness"))

    assert answer.location == "/worklist?recorded=yes"


def test_asking_for_information_leads_to_the_worklist_and_the_clock_goes_on(
    service: Service, worker: Visitor, quiet: Screened
) -> None:
    answer = send(worker, quiet, choices("request_information", "ask_police"))

    assert "its clock goes on" in worker.see(answer.location).text
    assert stored(service, quiet).state is ContactState.WAITING_FOR_INFORMATION
    assert worker.see(f"/contacts/{quiet.receipt.receipt_id}").all("input", name="code")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({}, {"#code": "Select a decision"}),
        ({"code": "no_such_code"}, {"#code": "Select a decision"}),
        ({"code": "assessment"}, {"#reasons-assessment": "Select a reason for your decision"}),
        (
            {"code": "assessment", "reasons-assessment": "below_threshold"},
            {"#reasons-assessment": "Select a reason that is listed for your decision"},
        ),
        ({"code": "assessment", "reasons-assessment": "other"}, {"#note": "Say what the other reason is"}),
        (
            {"code": "request_information", "reasons-request_information": "ask_other_agency"},
            {"#note": "Say which agency you are asking"},
        ),
        (
            {
                "code": "request_information",
                "reasons-request_information": "ask_police",
                "child-/children/0": "assessment",
            },
            {"#child-0": "Leave the decisions for single children empty while you ask for information"},
        ),
        (
            {"code": "assessment", "reasons-assessment": "seriousness", "note": "x" * (NOTE_AT_MOST_CHARACTERS + 1)},
            {"#note": "The note must be 2,000 characters or less"},
        ),
        (
            {"code": "early_help"},
            {
                "#reasons-early_help": "Select a reason for your decision",
                "#note": "Tell us what you know that makes less than the suggestion right: what you checked and with "
                "whom (at least 20 characters)",
                "#consent": "Select whether the family agreed to early help",
            },
        ),
        (
            {"code": "assessment", "reasons-assessment": "seriousness", "consent": "perhaps"},
            {"#consent": "Select one of the answers about agreement"},
        ),
        (
            {"code": "assessment", "reasons-assessment": "seriousness", "child-/children/9": "advice"},
            {"#child-0": "Select a decision that is listed, for children of this contact"},
        ),
        (
            {"code": "assessment", "reasons-assessment": "seriousness", "child-/children/0": "nothing"},
            {"#child-0": "Select a decision that is listed, for children of this contact"},
        ),
    ],
)
def test_every_fault_is_said_in_a_summary_that_leads_to_its_field(
    service: Service, worker: Visitor, grave: Screened, fields: dict[str, object], faults: dict[str, str]
) -> None:
    page = Seen(send(worker, grave, fields).text)

    assert page.within("title") == ["Error: Contact T-000001 \N{EN DASH} Contact screening"]
    assert "There is a problem" in page.within("h2")
    for address, words in faults.items():
        assert words in page.within("a")
        assert page.all("a", href=address)
    assert not list(decisions(service, grave))


def test_every_fault_s_link_leads_to_something_that_is_there(worker: Visitor, grave: Screened) -> None:
    page = Seen(send(worker, grave, {"code": "early_help"}).text)
    ids = {element.attributes.get("id") for element in page.elements}

    assert {address.removeprefix("#") for address in page.addresses if address.startswith("#")} <= ids


def test_what_was_entered_stays_when_something_is_missing(worker: Visitor, quiet: Screened) -> None:
    fields = choices("early_help", "emerging_need", "effect_on_child") | {"child-/children/1": "assessment"}
    fields["note"] = "Two lines,\r\nas typed."

    answer = send(worker, quiet, fields)
    page = Seen(answer.text)

    checked = [element.attributes["value"] for element in page.elements if "checked" in element.attributes]
    assert checked == ["early_help", "emerging_need", "effect_on_child"]
    assert [option.attributes["value"] for option in page.all("option") if "selected" in option.attributes] == [
        "assessment"
    ]
    assert "Two lines,\nas typed." in answer.text


def test_a_child_may_have_another_decision(service: Service, worker: Visitor, quiet: Screened) -> None:
    send(
        worker,
        quiet,
        choices("assessment", "pattern_of_harm")
        | {"child-/children/1": "early_help", "child-/children/0": "", "consent": "given"},
    )

    (kept,) = decisions(service, quiet)
    assert [(child.child, child.code) for child in kept.decision.children] == [("/children/1", DecisionCode.EARLY_HELP)]
    page = worker.see(f"/contacts/{quiet.receipt.receipt_id}")
    assert "Child 2: early help" in page.within("li")


def test_below_the_floor_the_page_asks_once_more_before_anything_is_recorded(
    service: Service, worker: Visitor, grave: Screened
) -> None:
    page = Seen(send(worker, grave, choices("no_further_action", "below_threshold")).text)

    assert "A rule sets a social work assessment as the least. You chose no further action." in page.text
    assert "A manager must agree before this contact closes." in page.text
    assert not list(decisions(service, grave))


def test_after_asking_once_more_it_goes_to_a_manager(service: Service, worker: Visitor, grave: Screened) -> None:
    asked = send(worker, grave, choices("no_further_action", "below_threshold"))

    answer = worker.post(f"/contacts/{grave.receipt.receipt_id}/decision", hidden_fields(asked) | {"confirm": "yes"})

    assert "waits for a manager to agree" in worker.see(answer.location).text
    assert stored(service, grave).state is ContactState.WAITING_FOR_SIGN_OFF
    (kept,) = decisions(service, grave)
    assert (kept.decision.below_floor, kept.decision.note) == (True, NOTE)


def test_going_back_from_there_loses_nothing(service: Service, worker: Visitor, grave: Screened) -> None:
    asked = send(worker, grave, choices("no_further_action", "below_threshold"))

    answer = worker.post(f"/contacts/{grave.receipt.receipt_id}/decision", hidden_fields(asked) | {"confirm": "back"})

    page = Seen(answer.text)
    assert [one.attributes["value"] for one in page.elements if "checked" in one.attributes] == [
        "no_further_action",
        "below_threshold",
    ]
    assert NOTE in page.text
    assert not list(decisions(service, grave))


def test_confirming_what_is_incomplete_records_nothing(service: Service, worker: Visitor, grave: Screened) -> None:
    send(worker, grave, {"code": "no_further_action", "confirm": "yes"})

    assert not list(decisions(service, grave))


def test_a_child_below_the_floor_asks_once_more_as_well(service: Service, worker: Visitor) -> None:
    document = a_document(3, "argument-numerous-reports")
    contact = deliver(service, document)

    page = Seen(send(worker, contact, choices("assessment", "pattern_of_harm") | {"child-/children/0": "advice"}).text)

    assert "for some of the children or all of them" in page.text


def test_who_comes_second_is_told_who_was_faster_and_reads_what_they_entered(
    service: Service, worker: Visitor, grave: Screened
) -> None:
    decide_on(service, OTHER, grave, DecisionCode.ASSESSMENT)

    answer = worker.post(f"/contacts/{grave.receipt.receipt_id}/decision", choices("assessment", "seriousness"))
    page = Seen(answer.text)

    assert answer.status_code == 409
    assert "Olga Other recorded a decision on 14 September 2026 at 9:05am, before yours arrived." in page.text
    assert NOTE in page.text
    assert "Social work assessment (section 17)" in page.text
    assert "Seriousness of this incident" in page.text
    assert len(list(decisions(service, grave))) == 1


@pytest.mark.parametrize("fields", [{}, {"code": "no_further_action"}])
def test_even_an_incomplete_form_that_comes_too_late_is_told_so(
    service: Service, worker: Visitor, grave: Screened, fields: dict[str, object]
) -> None:
    decide_on(service, OTHER, grave, DecisionCode.ASSESSMENT)

    answer = worker.post(f"/contacts/{grave.receipt.receipt_id}/decision", fields)

    assert answer.status_code == 409
    assert "Olga Other" in Seen(answer.text).text


def test_a_contact_that_the_force_corrected_meanwhile_is_not_decided(service: Service, worker: Visitor) -> None:
    first = deliver(service, a_document(1))
    deliver(service, a_document(1) | {"contact_reference": "T-NEW", "supersedes": "T-000001"})

    answer = worker.post(f"/contacts/{first.receipt.receipt_id}/decision", choices("assessment", "seriousness"))

    assert answer.status_code == 409
    assert "A correction from the force came first" in Seen(answer.text).text


def test_of_many_who_decide_at_once_one_does(app: Flask, service: Service, grave: Screened) -> None:
    visitors = [a_visitor(app, role) for role in (Role.WORKER, Role.MANAGER) for _ in range(4)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda visitor: send(visitor, grave, choices("assessment", "seriousness")), visitors))

    assert sorted({answer.status_code for answer in answers}) == [302, 409]
    assert [answer.status_code for answer in answers].count(302) == 1
    assert len(list(decisions(service, grave))) == 1


def test_characters_that_nobody_types_are_marked_and_stop_nothing(
    service: Service, worker: Visitor, grave: Screened
) -> None:
    send(worker, grave, choices("assessment", "seriousness") | {"note": "a\x00b\x1bc\td"})

    (kept,) = decisions(service, grave)
    assert kept.decision.note == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c\td"


def test_nobody_decides_in_another_s_name(service: Service, worker: Visitor, grave: Screened) -> None:
    extra = {
        "by": "person-manager1",
        "at": "2020-01-01",
        "below_floor": "",
        "state": "decided",
        "person": "person-other",
    }

    send(worker, grave, choices("assessment", "seriousness") | extra)

    (kept,) = decisions(service, grave)
    assert kept.decision.by == "person-worker1"
    assert kept.decision.at.year > 2020


def hidden_fields(answer: TestResponse) -> dict[str, object]:
    """What a page would send again."""
    fields: dict[str, list[str]] = {}
    for element in Seen(answer.text).all("input", type="hidden"):
        name = element.attributes["name"] or ""
        if name != "csrf_token":
            fields.setdefault(name, []).append(element.attributes["value"] or "")
    return dict(fields)
