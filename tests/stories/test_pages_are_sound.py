"""Every page and state in a real browser, at 1280 and 380 pixels: axe finds nothing, nothing sticks out, no error on the
console, and nothing is asked of another host.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser

from screening.domain.access import Person, Role
from screening.domain.decision import DecisionCode
from screening.domain.errors import ContactRefused
from screening.domain.signals import NoRulebook, Unscored
from screening.journey.follow_up import import_register
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.suggest import Signals
from tests.documents import CONTACTS, a_document
from tests.journey.acting import decide_on, deliver
from tests.services import AT
from tests.stories.browsing import Watched, served, somebody
from tests.web.register import on_register
from tests.web.test_hostile_text import full_of
from tests.web.visiting import an_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORKER = Person("person-worker1", "Wanda Worker", Role.WORKER)
MANAGER = Person("person-manager1", "Max Manager", Role.MANAGER)
LONG = "A sentence of the officer's account that goes on for a while. " * 60


def address_of(contact: Screened) -> str:
    """The page of a contact."""
    return f"/contacts/{contact.receipt.receipt_id}"


@pytest.fixture
def borough(service: Service) -> Service:
    """Contacts of every kind, more than a page of them, overdue, corrected, decided and refused; a silent sender."""
    at = datetime.now(UTC) - timedelta(hours=40)
    register = on_register(a_document(100, "already-open-to-a-worker"), "child_protection_plan")
    service.store.write(lambda unit: import_register(unit, register, "tests", AT))
    names = sorted(path.stem for path in CONTACTS.glob("*.json") if path.stem != "expected")
    for number, name in enumerate(names * 3, 100):
        deliver(service, a_document(number, name), at + timedelta(minutes=number))
    with pytest.raises(ContactRefused):
        deliver(service, {"contact_reference": "T-BAD", "force_code": "40"})
    for number, code in enumerate((DecisionCode.ADVICE, DecisionCode.REQUEST_INFORMATION), 1):
        reasons = ("ask_police",) if code is DecisionCode.REQUEST_INFORMATION else ("advice_meets_need",)
        decide_on(
            service, WORKER, deliver(service, a_document(number, "argument-children-away")), code, reasons=reasons
        )
    return service


def test_the_way_in_and_its_faults(browser: Browser, base: str) -> None:
    with somebody(browser, base) as visitor:
        visitor.open("/sign-in")
        visitor.looks_sound("sign-in")
        visitor.page.get_by_label("User name").fill("nobody")
        visitor.press("Sign in")
        visitor.looks_sound("sign-in-fault")
        visitor.open("/nowhere")
        visitor.looks_sound("not-found")


def test_an_empty_worklist(browser: Browser, base: str) -> None:
    with somebody(browser, base, "manager1") as manager:
        manager.looks_sound("worklist-empty")


@pytest.mark.usefixtures("borough")
def test_the_worklist_in_every_state(browser: Browser, base: str) -> None:
    with somebody(browser, base, "manager1") as manager:
        manager.looks_sound("worklist")
        for query in ("page=2", "state=decided", "list=overdue", "recorded=yes"):
            manager.open(f"/worklist?{query}")
            manager.looks_sound(f"worklist-{query.split('=')[1]}")
        manager.open("/refused-deliveries")
        manager.looks_sound("refused-deliveries")


def test_a_contact_with_everything_folded_out(browser: Browser, service: Service, base: str) -> None:
    document = a_document(1, "argument-numerous-reports")
    register = on_register(document, "child_in_need")
    service.store.write(lambda unit: import_register(unit, register, "tests", AT))
    first = deliver(service, document)
    incident = {"incident_reference": "L-LATER", "occurred_at": "2026-09-14T06:20:00+01:00", "narrative": LONG}
    later = document | {"contact_reference": "T-LATER"}
    later["incident"] = {**later["incident"], **incident, "weapon": "unknown"}  # type: ignore[dict-item]  # an object
    contact = deliver(service, later)
    with somebody(browser, base, "worker1") as worker:
        worker.open(address_of(contact))
        worker.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        worker.looks_sound("contact-folded-out")
        worker.page.get_by_label("Early help", exact=True).check()
        worker.press("Record decision")
        worker.looks_sound("contact-faults")
        decide_on(service, MANAGER, contact, DecisionCode.ASSESSMENT, reasons=("seriousness",))
        worker.press("Record decision")
        worker.looks_sound("decided-meanwhile")
        worker.open(address_of(contact))
        worker.looks_sound("contact-decided")
        worker.open(address_of(first))
        worker.looks_sound("contact-earlier")


def test_a_form_of_somebody_who_was_signed_out_meanwhile(browser: Browser, service: Service, base: str) -> None:
    contact = deliver(service, a_document(1, "argument-children-away"))
    with somebody(browser, base, "worker1") as worker:
        worker.open(address_of(contact))
        worker.page.get_by_label("Note", exact=True).fill(LONG[:600])
        service.store.write(lambda unit: unit.end_sessions_of("person-worker1"))
        worker.press("Record decision")
        worker.looks_sound("signed-out")
        with worker.page.expect_popup() as opened:
            worker.page.get_by_role("link", name="Sign in (opens in a new tab)").click()
        assert opened.value.get_by_role("heading", name="Sign in").is_visible()
        assert worker.page.get_by_text(LONG[:600].strip()).is_visible()


def test_on_paper_nothing_is_folded_away_and_no_form_is_left(browser: Browser, service: Service, base: str) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    with somebody(browser, base, "worker1") as worker:
        worker.open(address_of(contact))
        answered_no = worker.page.get_by_text("Has mistreated an animal", exact=True)
        assert not answered_no.is_visible()

        worker.page.emulate_media(media="print")

        assert answered_no.is_visible()
        assert not worker.page.get_by_text("What should happen?").is_visible()


def test_a_contact_in_need_of_a_second_person(browser: Browser, service: Service, base: str) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    with somebody(browser, base, "worker1") as worker:
        worker.open(address_of(contact))
        worker.page.get_by_label("No further action", exact=True).check()
        worker.page.get_by_label("The reported facts do not reach our threshold").check()
        worker.page.get_by_label("Note", exact=True).fill("Spoke with the school about this family.")
        worker.press("Record decision")
        worker.looks_sound("below-floor")
        worker.press("Send to manager")
    with somebody(browser, base, "manager1") as manager:
        manager.open(address_of(contact))
        manager.looks_sound("manager-check")
        manager.press("Record answer")
        manager.looks_sound("manager-check-fault")
    own = deliver(service, a_document(2, "strangulation-no-visible-injury"))
    decide_on(service, MANAGER, own, DecisionCode.ADVICE)
    with somebody(browser, base, "manager1") as manager:
        manager.open(address_of(own))
        manager.looks_sound("manager-check-own")


def test_pages_of_those_who_do_not_decide(browser: Browser, service: Service, base: str) -> None:
    contact = deliver(service, a_document(1, "no-child-identified"))
    with somebody(browser, base, "reviewer1") as reviewer:
        reviewer.open(address_of(contact))
        reviewer.looks_sound("contact-reviewer")
    with somebody(browser, base, "administrator1") as administrator:
        administrator.looks_sound("administration")
        administrator.open("/worklist")
        administrator.looks_sound("not-permitted")


def test_a_correction_and_hostile_text(browser: Browser, service: Service, base: str) -> None:
    first = deliver(service, a_document(1))
    deliver(service, a_document(1) | {"contact_reference": "T-NEW", "supersedes": "T-000001"})
    hostile = deliver(service, full_of("<img src=x onerror=alert(1)>", 2))
    endless = deliver(service, full_of("x" * 200, 3))
    with somebody(browser, base, "worker1") as worker:
        for name, contact in {"old": first, "hostile": hostile, "endless": endless}.items():
            worker.open(address_of(contact))
            worker.looks_sound(f"contact-{name}")


@pytest.mark.parametrize("rulebook", [True, False])
def test_pages_while_part_of_the_service_is_off(browser: Browser, service: Service, *, rulebook: bool) -> None:
    rules = service.signals.rulebook if rulebook else NoRulebook("taken away in a test")
    without = replace(service, signals=Signals(rules, Unscored("taken away in a test")))
    contact = deliver(without, a_document(1, "argument-children-away"))
    with served(an_app(without)) as base, somebody(browser, base, "worker1") as worker:
        look_at_both(worker, contact, "rules-only" if rulebook else "no-rulebook")


def look_at_both(worker: Watched, contact: Screened, name: str) -> None:
    """The worklist and a contact."""
    worker.looks_sound(f"worklist-{name}")
    worker.open(address_of(contact))
    worker.looks_sound(f"contact-{name}")
