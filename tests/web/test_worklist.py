"""The worklist: the most urgent first, why, by when; and what must be said above it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask

from screening.domain.access import Person, Role
from screening.domain.calendar import OfficeCalendar
from screening.domain.decision import DecisionCode
from screening.domain.errors import ContactRefused
from screening.domain.signals import NoRulebook, Unscored
from screening.journey.follow_up import import_register
from screening.journey.service import Service
from screening.journey.suggest import Signals
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver, deliver_bytes
from tests.services import AT
from tests.web.register import on_register
from tests.web.visiting import Seen, Visitor, a_visitor, an_app

SATURDAY_NIGHT = datetime(2026, 9, 19, 23, 0, tzinfo=UTC)
WORKER = Person("person-worker1", "Wanda Worker", Role.WORKER)


def listed(page: Seen) -> list[str]:
    """The receipts on the list, in order."""
    links = [link.attributes.get("href") or "" for link in page.all("a")]
    return [link.removeprefix("/contacts/") for link in links if link.startswith("/contacts/")]


def test_the_most_urgent_is_first_with_why_and_by_when(service: Service, worker: Visitor) -> None:
    at = datetime.now(UTC)
    quiet = deliver(service, a_document(1, "argument-children-away"), at - timedelta(minutes=30))
    urgent = deliver(service, a_document(2, "strangulation-no-visible-injury"), at - timedelta(minutes=20))

    page = worker.see("/worklist")

    assert listed(page) == [urgent.receipt.receipt_id, quiet.receipt.receipt_id]
    assert "Strangulation, choking or suffocation alleged in this incident" in page.text
    assert "Due in 39 minutes" in page.text
    assert "Social work assessment How sure: clear" in page.text
    assert "2: aged 8, 10" in page.text


def test_at_most_two_grounds_are_shown_and_the_rest_is_counted(service: Service, worker: Visitor) -> None:
    deliver(service, a_document(1, "serious-escalating-child-10"))

    page = worker.see("/worklist")

    assert len([item for item in page.within("li") if item.startswith("and ") and item.endswith(" more")]) == 1


def test_tabs_count_every_state_and_show_one(service: Service, worker: Visitor) -> None:
    contacts = [deliver(service, a_document(number, "argument-children-away")) for number in range(4)]
    decide_on(service, WORKER, contacts[0], DecisionCode.ADVICE)
    decide_on(service, WORKER, contacts[1], DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))

    page = worker.see("/worklist")
    tabs = [words for words in page.within("a") if words.endswith(")")]

    assert tabs == ["To decide (2)", "Waiting for information (1)", "Manager check (0)", "Decided (1)"]
    decided = worker.see("/worklist?state=decided")
    assert listed(decided) == [contacts[0].receipt.receipt_id]
    assert "Information or advice" in decided.text
    assert listed(worker.see("/worklist?state=waiting_for_information")) == [contacts[1].receipt.receipt_id]


def test_an_address_that_makes_no_sense_shows_the_first_page_of_what_waits(service: Service, worker: Visitor) -> None:
    contact = deliver(service, a_document(1))
    senseless = ("state=superseded", "state=%00", "page=0", "page=-1", "page=x", "page=²", f"page={'9' * 40}", "list=x")

    for asked in senseless:
        assert listed(worker.see(f"/worklist?{asked}")) == [contact.receipt.receipt_id]


def test_long_lists_come_in_pages_that_together_hold_everything(service: Service, worker: Visitor) -> None:
    receipts = {
        deliver(service, a_document(number, "argument-children-away")).receipt.receipt_id for number in range(27)
    }

    first, second = worker.see("/worklist"), worker.see("/worklist?page=2")

    assert (len(listed(first)), len(listed(second))) == (25, 2)
    assert {*listed(first), *listed(second)} == receipts
    assert "Showing 26 to 27 of 27 contacts" in second.text
    assert worker.see("/worklist?page=3").text.endswith("is recorded.")


class NeverCloses(OfficeCalendar):
    """An office that works every day, so that a test comes to the same whenever it is run."""

    def is_working_day(self, day: date) -> bool:  # noqa: ARG002  every day is one
        return True


NEVER_CLOSES = NeverCloses(frozenset(), opens=time.min, closes=time.max)
CLOSED_FOR_DAYS = OfficeCalendar(frozenset(datetime.now(UTC).date() + timedelta(days=n) for n in range(-2, 8)))


@pytest.mark.parametrize(("office", "by_day_too"), [(NEVER_CLOSES, False), (CLOSED_FOR_DAYS, True)])
def test_the_duty_team_s_list_can_be_seen_alone(service: Service, office: OfficeCalendar, *, by_day_too: bool) -> None:
    by_night = deliver(service, a_document(1, "strangulation-no-visible-injury"), SATURDAY_NIGHT).receipt.receipt_id
    by_day = deliver(service, a_document(2, "strangulation-no-visible-injury"), AT).receipt.receipt_id
    worker = a_visitor(an_app(replace(service, calendar=office)), Role.WORKER)

    assert {*listed(worker.see("/worklist"))} == {by_day, by_night}
    assert {*listed(worker.see("/worklist?list=duty"))} == ({by_day, by_night} if by_day_too else {by_night})


def test_an_open_case_says_whose_it_is(service: Service, worker: Visitor) -> None:
    document = a_document(1, "already-open-to-a-worker")
    service.store.write(lambda unit: import_register(unit, on_register(document, "child_in_need"), "tests", AT))
    deliver(service, document)

    assert "Open to O. Owner" in worker.see("/worklist").text


def test_what_is_overdue_is_said_above_the_list_with_the_oldest(service: Service, worker: Visitor) -> None:
    at = datetime.now(UTC)
    for number, hours in enumerate((3, 5)):
        deliver(service, a_document(number, "strangulation-no-visible-injury"), at - timedelta(hours=hours))

    text = worker.see("/worklist").text

    assert "2 contacts are past their deadline." in text
    assert "The oldest is overdue by 4 hours." in text


def test_overdue_is_a_list_of_its_own_whatever_a_contact_waits_for(service: Service, worker: Visitor) -> None:
    late = datetime.now(UTC) - timedelta(days=9)
    waiting, quiet = (deliver(service, a_document(number, "argument-children-away"), late) for number in (1, 2))
    urgent = deliver(service, a_document(3, "strangulation-no-visible-injury"), late)
    deliver(service, a_document(4, "argument-children-away"), datetime.now(UTC))
    decided = deliver(service, a_document(5, "argument-children-away"), late)
    decide_on(service, WORKER, waiting, DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))
    decide_on(service, WORKER, decided, DecisionCode.ADVICE)

    (address,) = [one for one in worker.see("/worklist").addresses if "list=overdue" in one]
    page = worker.see(address)

    assert listed(page) == [one.receipt.receipt_id for one in (urgent, waiting, quiet)]
    assert "Waiting for information" in page.within("strong")
    assert "Only what is past its deadline, whatever it waits for." in page.text


def test_without_anything_overdue_the_list_says_so(worker: Visitor) -> None:
    assert "No contact is past its deadline." in worker.see("/worklist?list=overdue").text


def test_why_it_is_urgent_comes_first(service: Service, worker: Visitor) -> None:
    document = a_document(1, "strangulation-no-visible-injury")
    document["police_action"] = {"suspect_whereabouts": "elsewhere"}
    deliver(service, document)

    whys = [words for words in worker.see("/worklist").within("li") if not words.startswith("and ")]

    assert whys[0] == "Strangulation, a threat to kill or a high grade, and the suspect is not known to be in custody"


def test_a_force_that_fell_silent_is_named(service: Service, worker: Visitor) -> None:
    at = datetime.now(UTC) - timedelta(hours=30)
    for number in range(6):
        deliver(service, a_document(number, "argument-children-away"), at + timedelta(hours=number))

    text = worker.see("/worklist").text

    assert "We have not received a contact from Test Police for 1 day 1 hour." in text
    assert "Check with the police before assuming that there are none." in text


def test_an_empty_list_says_when_the_last_contact_came(service: Service, worker: Visitor) -> None:
    assert "None has been received yet." in worker.see("/worklist").text

    contact = deliver(service, a_document(1, "argument-children-away"), datetime.now(UTC))
    decide_on(service, WORKER, contact, DecisionCode.ADVICE)

    text = worker.see("/worklist").text
    assert "No contacts to decide." in text
    assert "Last received: today at" in text


def test_refused_deliveries_are_the_manager_s_to_see(service: Service, worker: Visitor, manager: Visitor) -> None:
    broken = a_document(1)
    del broken["incident"]
    with pytest.raises(ContactRefused):
        deliver(service, broken)

    assert "1 refused delivery waits for the force to put it right." in manager.see("/worklist").text
    page = manager.see("/refused-deliveries")
    assert "A required field is missing" in page.text
    assert "T-000001" in page.text
    assert "refused deliver" not in worker.see("/worklist").text

    deliver(service, a_document(1))
    assert "No delivery waits" in manager.see("/refused-deliveries").text


def test_a_manager_says_that_a_refused_delivery_is_dealt_with(service: Service, manager: Visitor) -> None:
    with pytest.raises(ContactRefused):
        deliver_bytes(service, b"\xff")
    forms = manager.see("/refused-deliveries").all("form")
    (address,) = [action for form in forms if (action := str(form.attributes["action"])).endswith("/dealt-with")]

    answer = manager.post(address)

    page = manager.see(answer.location).text
    assert "It is off the list, and the log says that you dealt with it." in page
    assert "No delivery waits" in page
    assert manager.post(address).status_code == 302
    assert manager.post("/refused-deliveries/9223372036854775808/dealt-with").status_code == 404


@pytest.mark.parametrize(
    ("recorded", "words"), [("yes", "Your decision is recorded."), ("asked", "waits for information")]
)
def test_what_was_recorded_is_said_once_more(worker: Visitor, recorded: str, words: str) -> None:
    assert words in worker.see(f"/worklist?recorded={recorded}").text
    assert "recorded=<b>" not in worker.get("/worklist?recorded=<b>").text


def on_every_page(app: Flask, service: Service, words: str) -> bool:
    """Whether `words` stand on the sign-in page, the worklist, a contact and an error."""
    receipt = deliver(service, a_document(1, "argument-children-away")).receipt.receipt_id
    visitor = a_visitor(app, Role.MANAGER)
    paths = ("/sign-in", "/worklist", f"/contacts/{receipt}", "/refused-deliveries", "/nowhere")
    return all(words in Seen(visitor.get(path).text).text for path in paths)


def test_rules_only_is_said_on_every_page(service: Service) -> None:
    without = replace(service, signals=Signals(service.signals.rulebook, Unscored("taken away in a test")))

    assert on_every_page(an_app(without), without, "Suggestions are running on safety rules only.")


def test_no_rulebook_is_said_on_every_page_and_nothing_is_suggested(service: Service) -> None:
    without = replace(service, signals=Signals(NoRulebook("taken away in a test"), Unscored("taken away in a test")))
    app = an_app(without)

    assert on_every_page(app, without, "No safety rules are loaded.")
    assert "None: a person must look" in a_visitor(app, Role.WORKER).see("/worklist").text


def test_made_up_data_is_said_on_every_page_of_a_demonstration(service: Service) -> None:
    demonstration = replace(service, demo=True)

    assert on_every_page(an_app(demonstration), demonstration, "Made-up data.")


def test_in_real_use_a_model_of_made_up_data_is_said_on_every_page_and_nothing_else_is_called_so(
    app: Flask, service: Service, worker: Visitor
) -> None:
    assert on_every_page(app, service, "The statistical model was made from made-up data.")
    assert "Made-up" not in worker.see("/worklist").text
