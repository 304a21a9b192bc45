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
