"""The API's documentation page in a real browser: it shows every call, asks no other host, and axe finds nothing."""

import pytest
from playwright.sync_api import Browser

from tests.stories.browsing import somebody

pytestmark = [pytest.mark.browser]

CALLS = 3


def test_an_integrator_sees_every_call_without_a_key(browser: Browser, base: str) -> None:
    with somebody(browser, base) as integrator:
        integrator.open("/api/docs")
        integrator.page.wait_for_selector(".opblock")

        assert integrator.page.locator(".opblock").count() == CALLS
        integrator.looks_sound("api-docs")


@pytest.mark.parametrize("number", range(CALLS))
def test_a_call_that_is_opened_shows_its_example_and_every_answer(browser: Browser, base: str, number: int) -> None:
    with somebody(browser, base) as integrator:
        integrator.open("/api/docs")
        integrator.page.locator(".opblock-summary-control").nth(number).click()
        integrator.page.wait_for_selector(".opblock-body .responses-table")

        assert integrator.page.locator(".response .response-col_status", has_text="401").count() == 1
        integrator.looks_sound(f"api-docs-call-{number}")
