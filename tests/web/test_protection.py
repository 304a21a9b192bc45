"""What every answer carries, which forms are believed, and what no address or title ever holds."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from screening.app import HEADERS
from screening.domain.access import Role
from screening.domain.decision import ContactState
from screening.journey.records import WorklistFilter
from screening.journey.service import Service
from screening.web import door
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.services import a_service
from tests.web.test_access import ACCESS
from tests.web.visiting import Seen, Visitor, a_visitor, add_people, an_app

POSTS = [route.split(" ")[1] for route in ACCESS if route.startswith("POST")]
CANARY = ("Zzyzx", "Quux", "2019-04-05", "1 Example Street", "Zzyzx%20")


def a_contact_of_somebody(service: Service) -> str:
    """A contact of a family with telling names; gives its receipt id."""
    document = json.loads(json.dumps(a_document(7)))
    for person in (*document["adults"], *document["children"]):
        person |= {"given_name": "Zzyzx", "family_name": "Quux"}
    document["incident"]["narrative"] = "Zzyzx Quux told the officer."
    return deliver(service, document).receipt.receipt_id


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("token", ["", "another", None])
def test_a_form_without_its_token_does_nothing(
    service: Service, manager: Visitor, path: str, token: str | None
) -> None:
    receipt = a_contact_of_somebody(service)
    fields = {"code": "advice", "reasons-advice": "advice_meets_need", "note": "x" * 30, "agreed": "yes"}
    sent = fields if token is None else fields | {"csrf_token": token}

    answer = manager.client.post(
        path.replace("<receipt:receipt_id>", receipt).replace("<int:refusal_id>", "1"), data=sent
    )

    assert answer.status_code == 400
    assert "was not sent from this service" in Seen(answer.text).text
    with service.store.read() as look:
        assert look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 5).total == 1
    assert manager.get("/worklist").status_code == 200


@pytest.mark.parametrize("sent_from", ["cross-site", "same-site"])
def test_a_form_that_another_site_sends_does_nothing_even_with_the_token(manager: Visitor, sent_from: str) -> None:
    manager.get("/worklist")

    assert manager.post("/sign-out", headers={"Sec-Fetch-Site": sent_from}).status_code == 400
    assert manager.post("/sign-out", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 302


def test_over_tls_a_form_without_a_referrer_is_taken_since_we_tell_browsers_to_send_none(database: Path) -> None:
    with a_service(f"sqlite:///{database}") as service:
        add_people(service)
        visitor = a_visitor(an_app(service), base="https://localhost")

        assert visitor.sign_in("worker1").status_code == 302


def test_nothing_changes_by_following_a_link(app: Flask) -> None:
    changing = {"sign-out", "decision", "sign-off", "dealt-with"}

    for rule in app.url_map.iter_rules():
        if rule.rule.rsplit("/", 1)[-1] in changing:
            assert (rule.methods or set()) - {"OPTIONS"} == {"POST"}


def test_every_page_and_error_carries_every_header_and_is_kept_nowhere(service: Service, manager: Visitor) -> None:
    contact = f"/contacts/{a_contact_of_somebody(service)}"
    paths = (
        "/",
        "/sign-in",
        "/worklist",
        contact,
        "/refused-deliveries",
        "/administration",
        "/nowhere",
        "/contacts/no",
    )

    carried = {path: {name: manager.get(path).headers.get(name) for name in HEADERS} for path in paths}

    assert carried == dict.fromkeys(paths, HEADERS)


def test_pages_have_no_script_and_no_style_of_their_own(service: Service, manager: Visitor) -> None:
    receipt = a_contact_of_somebody(service)

    for path in ("/sign-in", "/worklist", f"/contacts/{receipt}", "/refused-deliveries"):
        page = manager.see(path)
        assert all(script.attributes.get("src") for script in page.all("script"))
        assert not page.all("style")
        attributes = {name for element in page.elements for name in element.attributes}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}


def test_files_are_kept_by_browsers_as_long_as_they_are_the_same(worker: Visitor) -> None:
    page = worker.see("/worklist")
    files = [address for address in page.addresses if address.startswith("/assets/")]

    assert len(files) == 5
    for address in files:
        answer = worker.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
    assert worker.get("/assets/another/app.css").headers["Cache-Control"] == "no-cache"


def test_files_say_what_they_are_and_no_other_file_is_served(worker: Visitor) -> None:
    served = {
        "app.css": "text/css",
        "app.js": "text/javascript",
        "govuk/govuk-frontend.min.js": "text/javascript",
        "icon.svg": "image/svg+xml",
    }
    not_served = ("../door.py", "..%2fdoor.py", "govuk/package.json", "govuk/VERSION", "nothing.css", "govuk")

    assert {name: worker.get(f"/assets/x/{name}").mimetype for name in served} == served
    assert {worker.get(f"/assets/x/{name}").status_code for name in not_served} == {404}


def test_nobody_s_crown_font_or_other_host_is_on_a_page(service: Service, manager: Visitor) -> None:
    page = manager.get(f"/contacts/{a_contact_of_somebody(service)}").text
    style = manager.get("/assets/x/govuk/govuk-frontend.min.css").text

    assert not re.search(r"GDS Transport|crest|crown", page, re.IGNORECASE)
    assert not re.search(r"GDS Transport|crest|@font-face|url\(", style, re.IGNORECASE)
    assert not [address for address in Seen(page).addresses if not address.startswith(("/", "#"))]


def test_no_address_and_no_title_holds_anybody(service: Service, manager: Visitor) -> None:
    receipt = a_contact_of_somebody(service)
    document = a_document(7)

    for path in ("/worklist", f"/contacts/{receipt}"):
        page = manager.see(path)
        (title,) = page.within("title")
        assert not [word for word in CANARY for text in (title, *page.addresses) if word in text]
    assert page.within("title") == [f"Contact {document['contact_reference']} \N{EN DASH} Contact screening"]


def test_the_worklist_names_nobody(service: Service, worker: Visitor) -> None:
    a_contact_of_somebody(service)

    assert not [word for word in CANARY if word in worker.get("/worklist").text]


def test_pages_are_closed_as_they_were_opened(app: Flask, service: Service) -> None:
    receipt = a_contact_of_somebody(service)
    for role in (Role.WORKER, Role.MANAGER):
        visitor = a_visitor(app, role)
        for path in ("/sign-in", "/worklist", f"/contacts/{receipt}"):
            page = visitor.see(path)
            assert not page.unbalanced
            ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
            assert len(ids) == len(set(ids))


def test_no_template_and_no_page_of_ours_switches_escaping_off() -> None:
    room = Path(door.__file__).parent
    templates = sorted((room / "templates").rglob("*.html"))

    assert len(templates) > 10
    for path in (*templates, *room.glob("*.py")):
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe\b|Markup\(|autoescape|forceescape", text), path.name
        assert not re.search(r"<[a-z][^>{}]*\s[a-z-]+=\{\{", text), f"{path.name}: an attribute without quotation marks"
