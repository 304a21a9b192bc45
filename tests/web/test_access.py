"""Who may open which page: every route declares it, and every role meets what it declares."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from screening.domain.access import GRANTS, Permission, Role
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.web.visiting import Seen, Visitor, a_visitor

ACCESS: dict[str, Permission | str] = {
    "GET /": "anyone",
    "GET /sign-in": "anyone",
    "POST /sign-in": "anyone",
    "POST /sign-out": "anyone",
    "GET /assets/<string:asked>/<path:name>": "anyone",
    "GET /worklist": Permission.SEE_CONTACTS,
    "GET /contacts/<receipt:receipt_id>": Permission.SEE_CONTACTS,
    "POST /contacts/<receipt:receipt_id>/decision": Permission.DECIDE,
    "POST /contacts/<receipt:receipt_id>/sign-off": Permission.SIGN_OFF,
    "GET /refused-deliveries": Permission.SEE_REFUSED_DELIVERIES,
    "POST /refused-deliveries/<int:refusal_id>/dealt-with": Permission.DEAL_WITH_REFUSED_DELIVERIES,
    "GET /administration": Permission.ADMINISTER,
}
"""The whole table; a page that is not in it fails here."""

GUARDED = [route for route, access in ACCESS.items() if access != "anyone"]


def routes_of_people(app: Flask) -> Iterator[tuple[str, Rule]]:
    """Every page's method and path."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("pages."):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {rule.rule}", rule


def ask(visitor: Visitor, route: str, receipt: str) -> TestResponse:
    """What a route answers, asked as a person's browser would."""
    method, path = route.split(" ")
    path = path.replace("<receipt:receipt_id>", receipt).replace("<int:refusal_id>", "1")
    return visitor.get(path) if method == "GET" else visitor.post(path)


def test_every_page_declares_who_may_open_it(app: Flask) -> None:
    declared = {
        route: getattr(app.view_functions[rule.endpoint], "access", None) for route, rule in routes_of_people(app)
    }

    assert declared == ACCESS


def test_every_route_of_the_app_is_a_page_or_belongs_to_the_other_door(app: Flask) -> None:
    strangers = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if not rule.endpoint.startswith("pages.") and not rule.rule.startswith(("/api/", "/health/"))
    }

    assert not strangers


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may_and_nothing_else(app: Flask, service: Service, role: Role) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id
    visitor = a_visitor(app, role)

    refused = {route for route in GUARDED if ask(visitor, route, receipt).status_code == 403}

    assert refused == {route for route in GUARDED if ACCESS[route] not in GRANTS[role]}


def test_who_is_not_signed_in_is_asked_to_sign_in(app: Flask, service: Service) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id
    visitor = a_visitor(app)
    visitor.get("/sign-in")

    for route in GUARDED:
        answer = ask(visitor, route, receipt)
        if route.startswith("GET"):
            assert answer.status_code == 302
            assert answer.location.startswith("/sign-in")
        else:
            assert answer.status_code == 403
            assert "You were signed out" in Seen(answer.text).within("h1")


def test_a_page_that_may_not_be_opened_says_what_would_be_needed(app: Flask) -> None:
    answer = a_visitor(app, Role.ADMINISTRATOR).get("/worklist")

    assert answer.status_code == 403
    assert "It needs the role of worker, manager or reviewer." in Seen(answer.text).text


def test_an_administrator_begins_with_what_they_can_do(app: Flask) -> None:
    visitor = a_visitor(app, Role.ADMINISTRATOR)

    assert visitor.get("/").location == "/administration"
    assert "Administrators do not see contacts" in visitor.see("/administration").text


def test_a_reviewer_reads_a_contact_and_finds_no_form(app: Flask, service: Service) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id

    page = a_visitor(app, Role.REVIEWER).see(f"/contacts/{receipt}")

    assert not page.all("input", name="code")
    assert "Your role is reviewer: you see contacts and do not decide them." in page.text


def test_a_contact_that_is_not_there_is_not_found(worker: Visitor) -> None:
    addresses = ("/contacts/rcp_nobody", "/contacts/rcp%00x", "/contacts/..%2f", f"/contacts/{'a' * 65}", "/contacts/é")

    assert {worker.get(address).status_code for address in addresses} == {404}
