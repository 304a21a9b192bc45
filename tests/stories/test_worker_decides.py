"""A worker's way in a real browser: sign in, read, decide; by keyboard alone, without scripts, and with a manager."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from screening.domain.decision import REASONS, ContactState
from screening.journey.screen import Screened
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver, stored
from tests.stories.browsing import somebody
from tests.web.visiting import PASSWORD

pytestmark = pytest.mark.browser

MOST_TABS = 60
NOTE = "Spoke with the school; the child is seen there every day."


@pytest.fixture
def grave(service: Service) -> Screened:
    """A contact with a floor of assessment, half an hour old."""
    at = datetime.now(UTC) - timedelta(minutes=30)
    return deliver(service, a_document(1, "strangulation-no-visible-injury"), at)


@pytest.fixture
def quiet(service: Service) -> Screened:
    """A contact of two children without a floor."""
    return deliver(service, a_document(2, "argument-children-away"), datetime.now(UTC))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this name, label or words has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const at = document.activeElement;"
            " return (at.labels?.[0]?.innerText || at.getAttribute('aria-label') || at.innerText || '').trim() }"
        )
        if focused.startswith(name):
            return
    pytest.fail(f"Tab never reaches {name}")


def test_by_keyboard_alone_from_signing_in_to_the_next_contact(
    service: Service, browser: Browser, base: str, grave: Screened, quiet: Screened
) -> None:
    with somebody(browser, base) as worker:
        page = worker.page
        worker.open("/")
        tab_to(page, "User name")
        page.keyboard.type("worker1")
        tab_to(page, "Password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
        tab_to(page, "T-000001")
        page.keyboard.press("Enter")

        expect(page.get_by_role("heading", name="T-000001")).to_be_visible()
        tab_to(page, "Decide")
        page.keyboard.press("Enter")
        tab_to(page, "No further action")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        tab_to(page, "A child may be in need")
        page.keyboard.press("Space")
        tab_to(page, "Record decision")
        page.keyboard.press("Enter")

        expect(page.get_by_text("Your decision is recorded. This is the next contact.")).to_be_visible()
        expect(page.get_by_role("heading", name="T-000002")).to_be_visible()
    assert stored(service, grave).state is ContactState.DECIDED
    assert stored(service, quiet).state is ContactState.TO_DECIDE


def test_only_the_reasons_of_the_chosen_decision_are_shown(browser: Browser, base: str, quiet: Screened) -> None:
    with somebody(browser, base, "worker1") as worker:
        worker.open(f"/contacts/{quiet.receipt.receipt_id}")
        form = worker.page.locator("form[data-decision]")
        expect(form.get_by_role("checkbox")).to_have_count(0)

        form.get_by_label("Early help", exact=True).check()
        expect(form.get_by_role("checkbox")).to_have_count(4)
        expect(form.get_by_text("For early help: did the family agree?")).to_be_visible()

        form.get_by_label("Information or advice").check()
        expect(form.get_by_role("checkbox")).to_have_count(3)
        expect(form.get_by_text("For early help: did the family agree?")).to_be_hidden()


def test_a_fault_brings_the_reader_to_the_summary_and_from_there_to_the_field(
    browser: Browser, base: str, quiet: Screened
) -> None:
    with somebody(browser, base, "worker1") as worker:
        worker.open(f"/contacts/{quiet.receipt.receipt_id}")
        worker.page.get_by_label("Social work assessment (section 17)").check()
        worker.press("Record decision")

        expect(worker.page.locator(".govuk-error-summary")).to_be_focused()
        worker.page.get_by_role("link", name="Select a reason for your decision").click()
        expect(worker.page.get_by_label("A child may be in need (section 17)")).to_be_focused()
        expect(worker.page).to_have_title("Error: Contact T-000002 \N{EN DASH} Contact screening")


def test_without_scripts_the_whole_way_works_as_well(
    service: Service, browser: Browser, base: str, quiet: Screened
) -> None:
    with somebody(browser, base, "worker1", scripts=False) as worker:
        worker.page.get_by_role("link", name="T-000002").click()
        form = worker.page.locator("form[data-decision]")
        expect(form.get_by_role("checkbox")).to_have_count(sum(map(len, REASONS.values())))
        form.get_by_label("Early help", exact=True).check()
        form.get_by_label("Emerging need that early help can meet").check()
        form.get_by_label("Yes, they agreed").check()
        form.get_by_label("Note", exact=True).fill(NOTE)
        worker.press("Record decision")

        expect(worker.page.get_by_text("Your decision is recorded.")).to_be_visible()
    assert stored(service, quiet).state is ContactState.DECIDED


def test_below_the_floor_a_manager_reads_and_agrees(
    service: Service, browser: Browser, base: str, grave: Screened
) -> None:
    with somebody(browser, base, "worker1") as worker:
        worker.open(f"/contacts/{grave.receipt.receipt_id}")
        worker.page.get_by_label("No further action", exact=True).check()
        worker.page.get_by_label("The reported facts do not reach our threshold").check()
        worker.page.get_by_label("Note", exact=True).fill(NOTE)
        worker.press("Record decision")
        expect(worker.page.get_by_role("heading", name="A manager must agree")).to_be_visible()
        worker.press("Go back")
        expect(worker.page.get_by_label("Note", exact=True)).to_have_value(NOTE)
        worker.press("Record decision")
        worker.press("Send to manager")
        expect(worker.page.get_by_text("waits for a manager to agree")).to_be_visible()
        expect(worker.page.locator(".govuk-notification-banner")).to_be_focused()

    with somebody(browser, base, "manager1") as manager:
        manager.page.get_by_role("link", name="Manager check (1)").click()
        manager.page.get_by_role("link", name="T-000001").click()
        expect(manager.page.get_by_text("Wanda Worker decided: no further action.")).to_be_visible()
        manager.page.get_by_label("Yes: the decision stands").check()
        manager.press("Record answer")
        expect(manager.page.get_by_text("Your answer is recorded.")).to_be_visible()

    assert stored(service, grave).state is ContactState.DECIDED
