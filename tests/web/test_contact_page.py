"""The contact page: everything that led to the suggestion, everything that was sent, and nothing chosen beforehand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from screening.domain.access import Person, Role
from screening.domain.decision import DecisionCode
from screening.domain.signals import Unscored
from screening.journey.follow_up import import_register
from screening.journey.service import Service
from screening.journey.suggest import Signals
from screening.triage.model import load_model
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver
from tests.services import AT
from tests.triage.scorecards import a_models_folder, a_scorecard_document
from tests.web.register import on_register
from tests.web.visiting import Seen, Visitor, a_visitor, an_app

WORKER = Person("person-worker1", "Wanda Worker", Role.WORKER)


def a_copy(number: int, name: str, **changes: object) -> dict[str, object]:
    """An example contact with some of its incident's fields changed."""
    document = a_document(number, name)
    incident = document["incident"]
    assert isinstance(incident, dict)
    incident |= changes
    return document


def page_of(visitor: Visitor, service: Service, document: dict[str, object]) -> Seen:
    """The page of a contact that comes now."""
    return visitor.see(f"/contacts/{deliver(service, document).receipt.receipt_id}")


@pytest.fixture
def scored(service: Service, tmp_path: Path) -> Service:
    """The same service with a made-up model."""
    model = load_model(a_models_folder(tmp_path / "models", scorecard=a_scorecard_document(Random(3))))
    return replace(service, signals=Signals(service.signals.rulebook, model))


@pytest.fixture
def reader(scored: Service) -> Visitor:
    """A worker who reads with the made-up model."""
    return a_visitor(an_app(scored), Role.WORKER)


def test_the_suggestion_is_a_sentence_and_no_rating(service: Service, worker: Visitor) -> None:
    page = page_of(worker, service, a_document(1, "strangulation-no-visible-injury"))

    assert "Suggestion: social work assessment" in page.within("h2")
    assert "This is not a rating of risk and it does not know everything you know. You make the decision." in page.text


def test_rules_show_the_field_and_the_value_that_set_them_off_and_what_they_do(
    service: Service, worker: Visitor
) -> None:
    text = page_of(worker, service, a_document(1, "strangulation-no-visible-injury")).text

    assert "Incident, strangulation, suffocation or choking: Yes" in text
    assert "Least: social work assessment" in text
    assert "alleged in this incident: local policy, R009 (local-policy; sca-2015 s75A;" in text


def test_without_a_model_the_page_says_that_only_rules_speak(service: Service) -> None:
    without = replace(service, signals=Signals(service.signals.rulebook, Unscored("taken away in a test")))
    text = page_of(a_visitor(an_app(without), Role.WORKER), without, a_document(1, "argument-children-away")).text

    assert "We cannot make a suggestion: a person must look" in text
    assert "From safety rules only: there is no score for this contact." in text
    assert "What the score rests on" not in text


def test_factors_stand_in_two_lists_with_words_and_their_figures_are_folded_away(
    scored: Service, reader: Visitor
) -> None:
    page = page_of(reader, scored, a_document(1, "serious-escalating-child-10"))

    assert "Pointed towards a social work response" in page.text
    assert {"strong", "medium", "slight"} & set(page.within("span"))
    assert "weaker, in the figures below" in page.text
    assert "Show figures" in page.text
    assert page.text.index("Show figures") < page.text.index("Adds to the log-odds")


def test_how_sure_it_is_and_what_is_missing_are_said(scored: Service, reader: Visitor) -> None:
    page = page_of(reader, scored, a_copy(1, "argument-children-away", strangulation="unknown", weapon="unknown"))

    assert "Too little information: too much is not known or must be found out first." in page.text
    assert "What is missing, and would it matter?" in page.text
    assert "Strangulation, suffocation or choking in this incident" in page.within("td")
    assert "Why no further action is not suggested" in page.text


def test_kinds_of_not_knowing_are_told_apart(service: Service, worker: Visitor) -> None:
    document = a_copy(1, "argument-children-away", strangulation="unknown")
    incident = document["incident"]
    assert isinstance(incident, dict)
    del incident["weapon"]

    page = page_of(worker, service, document)

    assert "Weapon or object Not recorded" in page.text
    assert "Strangulation, suffocation or choking Not known" in page.text


def test_the_officer_s_account_stands_as_it_was_sent(service: Service, worker: Visitor) -> None:
    told = "First line.\n\n  Second line, \N{LEFT DOUBLE QUOTATION MARK}as said\N{RIGHT DOUBLE QUOTATION MARK}."

    answer = worker.get(
        f"/contacts/{deliver(service, a_copy(1, 'argument-children-away', narrative=told)).receipt.receipt_id}"
    )

    assert told in answer.text
    assert "Not read by the rules yet." in answer.text


def test_what_each_child_said_is_shown_with_that_child(service: Service, worker: Visitor) -> None:
    page = page_of(worker, service, a_document(1, "serious-escalating-child-10"))

    assert "In the child's own words I hide in the wardrobe when it starts." in page.text


def test_people_known_before_say_how_surely_and_why(service: Service, worker: Visitor) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)
    again = a_document(1, "argument-children-away") | {"contact_reference": "T-AGAIN"}
    again["incident"] = dict(again["incident"]) | {  # type: ignore[call-overload]  # an object
        "incident_reference": "L-AGAIN",
        "occurred_at": "2026-09-14T06:10:00+01:00",
    }

    text = page_of(worker, service, again).text

    assert "Known to us Yes, certainly: same police nominal number" in text
    assert "1 earlier incident in the 12 months before, by our records." in text
    assert "Verbal argument Standard This household" in text


def test_somebody_of_whom_too_little_is_recorded_is_not_called_new(service: Service, worker: Visitor) -> None:
    document = a_document(1, "argument-children-away") | {"children": [{"age_years": 4}]}

    assert "Known to us Nobody found. Too little is recorded to match by." in page_of(worker, service, document).text


def test_how_earlier_incidents_ended_is_counted_and_each_of_their_contacts_can_be_opened(
    service: Service, worker: Visitor
) -> None:
    first = deliver(service, a_document(1, "argument-children-away"))
    decide_on(service, WORKER, first, DecisionCode.NO_FURTHER_ACTION, reasons=("below_threshold",))
    again = a_copy(1, "argument-children-away", incident_reference="L-AGAIN", occurred_at="2026-09-14T11:10:00+01:00")

    again |= {"contact_reference": "T-AGAIN", "sent_at": "2026-09-14T11:50:00+01:00"}

    page = worker.see(f"/contacts/{deliver(service, again, AT + timedelta(hours=4)).receipt.receipt_id}")

    assert "12 months before, by our records. 1 of them ended with no further action." in page.text
    assert page.all("a", href=f"/contacts/{first.receipt.receipt_id}")
    assert "rcp_" not in page.text.split("Record", maxsplit=1)[0]


def test_the_care_register_is_shown_with_the_child(service: Service, worker: Visitor) -> None:
    document = a_document(1, "already-open-to-a-worker")
    register = on_register(document, "child_protection_plan")
    service.store.write(lambda unit: import_register(unit, register, "tests", AT))

    page = page_of(worker, service, document)

    assert "On a child protection plan" in page.within("strong")
    assert "Allocated worker O. Owner" in page.text


def test_nothing_is_chosen_beforehand(service: Service, worker: Visitor) -> None:
    page = page_of(worker, service, a_document(1, "strangulation-no-visible-injury"))

    assert len(page.all("input", type="radio", name="code")) == len(DecisionCode)
    assert not [element for element in page.elements if {"checked", "selected"} & element.attributes.keys()]


def test_a_contact_with_several_children_offers_a_decision_for_each(service: Service, worker: Visitor) -> None:
    several = page_of(worker, service, a_document(1, "argument-children-away"))
    one = page_of(worker, service, a_document(2, "strangulation-no-visible-injury"))

    assert [element.attributes["name"] for element in several.all("select")] == [
        "child-/children/0",
        "child-/children/1",
    ]
    assert not one.all("select")


def test_every_look_is_noted_before_the_page_is_shown_and_the_page_says_who_looked(
    service: Service, worker: Visitor, manager: Visitor
) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id
    with service.store.read() as look:
        before = look.head().size

    worker.see(f"/contacts/{receipt}")
    page = manager.see(f"/contacts/{receipt}")

    with service.store.read() as look:
        assert look.head().size == before + 2
    assert "Wanda Worker" in page.within("span")
    assert "Who has looked at this contact" in page.text


def test_a_correction_and_what_it_corrects_lead_to_each_other(service: Service, worker: Visitor) -> None:
    first = deliver(service, a_document(1))
    correction = a_document(1) | {"contact_reference": "T-NEW", "supersedes": "T-000001"}
    second = deliver(service, correction)

    old, new = (worker.see(f"/contacts/{contact.receipt.receipt_id}") for contact in (first, second))

    assert f"/contacts/{second.receipt.receipt_id}" in old.addresses
    assert f"/contacts/{first.receipt.receipt_id}" in new.addresses
    assert "The force has corrected this contact." in old.text
    assert "Changed: nothing that was sent." in new.text
    assert not old.all("input", name="code")


def test_what_a_correction_changed_is_said_in_words(service: Service, worker: Visitor) -> None:
    deliver(service, a_document(1, "argument-children-away"))
    changed = a_copy(1, "argument-children-away", weapon="used") | {
        "contact_reference": "T-NEW",
        "supersedes": "T-000001",
    }

    assert "Changed: Incident, weapon or object." in page_of(worker, service, changed).text


def test_what_leads_to_a_decision_comes_in_the_order_in_which_it_is_read(service: Service, worker: Visitor) -> None:
    contact = deliver(service, a_document(1, "argument-children-away"))
    decide_on(service, WORKER, contact, DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))

    page = worker.see(f"/contacts/{contact.receipt.receipt_id}")

    headings = [element.attributes.get("id") for element in page.all("h2")]
    assert headings == ["suggestion", "account", "facts", "history", "decisions", "decide", "record"]
    jumps = [address.removeprefix("#") for address in page.addresses if address.startswith("#")]
    assert [jump for jump in jumps if jump in headings] == headings
    assert "Children 2: aged 8, 10 Earlier incidents, 12 months 0" in page.text


def test_when_more_is_known_by_now_the_page_says_so_and_keeps_the_suggestion(service: Service, worker: Visitor) -> None:
    document = a_document(1, "argument-children-away")
    receipt = deliver(service, document).receipt.receipt_id
    suggested = worker.see(f"/contacts/{receipt}").within("h2")[0]
    register = on_register(document, "child_protection_plan")
    service.store.write(lambda unit: import_register(unit, register, "tests", AT))

    page = worker.see(f"/contacts/{receipt}")

    assert "What is known has changed since this contact came." in page.text
    assert page.within("h2")[0] == suggested


def test_decisions_so_far_are_shown_with_their_reasons_and_the_second_view(service: Service, worker: Visitor) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    decide_on(service, WORKER, contact, DecisionCode.ADVICE, reasons=("advice_meets_need",))

    page = worker.see(f"/contacts/{contact.receipt.receipt_id}")

    assert "Advice or information meets the need" in page.within("li")
    assert "Checked with the school and the health visitor." in page.text
    assert "Below the least that a rule sets." in page.text
    assert "A manager must agree before this contact closes." in page.text


def test_warnings_of_the_receipt_are_repeated_in_words(service: Service, worker: Visitor) -> None:
    page = page_of(worker, service, a_document(1, "no-child-identified"))

    assert "Doubtful or incomplete when it came" in page.text
    assert "/children" not in page.text
    assert "No child was named. That says nothing about whether there is one." in page.text


def test_what_never_moves_the_score_is_said(service: Service, worker: Visitor) -> None:
    text = page_of(worker, service, a_document(1)).text

    assert (
        "Names, sex, ethnicity, language, religion, nationality, school, postcode and address never move the score"
        in text
    )


def test_the_page_says_by_when_it_is_due(service: Service, worker: Visitor) -> None:
    at = datetime.now(UTC)
    late = deliver(service, a_document(1, "strangulation-no-visible-injury"), at - timedelta(hours=3))

    assert "Decide by Overdue by 2 hours" in worker.see(f"/contacts/{late.receipt.receipt_id}").text
