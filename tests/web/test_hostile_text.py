"""Hostile text, stored in every field that takes text and shown on every page: it adds no element and no attribute."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from screening.domain.access import Role
from screening.domain.decision import DecisionCode
from screening.domain.errors import ContactRefused
from screening.journey.records import SenderKey
from screening.journey.screen import Screened
from screening.journey.senders import add_sender, key_sha256
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.services import AT, FAR_AHEAD
from tests.web.visiting import Element, Seen, Visitor, a_visitor, account_of, add_people, an_app

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "hostile_text.json").read_text("utf-8"))
KINDS = ("html", "unicode", "log_injection", "sql", "path", "csv_cells")
PLAIN = "plain"
REST = " and the rest of what was written that evening"
"""After each text that warns where it is very short: a warning is an element more."""


def texts() -> Iterator[str]:
    """Every hostile text that the contract lets in: control characters other than tab and line ends are refused."""
    for kind in KINDS:
        for text in VECTORS[kind]:
            if text.strip() and all(letter in "\t\n\r" or letter >= " " for letter in text):
                yield text


def full_of(text: str, number: int) -> dict[str, object]:
    """A contact with `text` in every field that takes text."""
    document = deepcopy(a_document(number, "serious-escalating-child-10"))
    short = text[:60]
    document["contact_reference"] = f"{short}{number}"
    incident = document["incident"]
    assert isinstance(incident, dict)
    incident |= dict.fromkeys(("incident_reference", "offence_code", "postcode", "address"), short)
    incident["narrative"] = text + REST
    form = document["risk_assessment"]
    assert isinstance(form, dict)
    form["answers"]["fear_detail"] = short
    form["dara_items"] = [{"code": short, "frequency": "often", "comment": short}]
    for people in (document["adults"], document["children"]):
        assert isinstance(people, list)
        for person in people:
            person.update(dict.fromkeys(("person_reference", "given_name", "family_name", "first_language"), short))
    person["school"] = short
    person["voice"] |= {"words": text + REST, "demeanour": short}
    return document


def shape_of(page: Seen) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes; which text stands where is no part of it."""
    return [(element.tag, tuple(sorted(element.attributes))) for element in page.elements]


def is_same(page: Seen, plain: Seen) -> bool:
    """Whether two pages have the same elements and attributes, nothing in scripts' or styles' places, no comment."""
    return shape_of(page) == shape_of(plain) and not page.comments and not page.unbalanced


def decided(visitor: Visitor, contact: Screened, text: str) -> Seen:
    """The page after deciding with `text` as the note, below the floor; the question on the way is looked at as well."""
    address = f"/contacts/{contact.receipt.receipt_id}"
    visitor.see(address)
    fields = {"code": "advice", "reasons-advice": ["other"], "note": text.ljust(25, ".")}
    visitor.post(f"{address}/decision", fields | {"confirm": "yes"})
    return visitor.see(address)


@pytest.mark.slow
def test_no_text_of_a_contact_adds_an_element(service: Service, worker: Visitor) -> None:
    plain = worker.see(f"/contacts/{deliver(service, full_of(PLAIN, 0)).receipt.receipt_id}")
    listed = list(enumerate(texts(), 1))

    pages = {
        text: worker.see(f"/contacts/{deliver(service, full_of(text, number)).receipt.receipt_id}")
        for number, text in listed
    }

    assert len(listed) > 40
    assert not [text for text, page in pages.items() if not is_same(page, plain)]


def test_no_note_adds_an_element(service: Service, worker: Visitor) -> None:
    def page_after(number: int, text: str) -> Seen:
        return decided(worker, deliver(service, a_document(number, "serious-escalating-child-10")), text)

    plain = page_after(0, PLAIN)

    pages = {text: page_after(number, text) for number, text in enumerate(VECTORS["html"], 1)}

    assert not [text for text, page in pages.items() if not is_same(page, plain)]


def test_nor_does_it_on_the_worklist_or_among_refused_deliveries(service: Service, manager: Visitor) -> None:
    for number, text in enumerate(VECTORS["html"]):
        deliver(service, full_of(text, number))
        broken = full_of(text, number + 100)
        del broken["sent_at"]
        with pytest.raises(ContactRefused):
            deliver(service, broken)

    for path in ("/worklist", "/refused-deliveries"):
        page = manager.see(path)
        assert "<script>alert(1)</script>" in page.text
        assert_harmless(page)


def test_nor_in_a_form_that_is_shown_again(service: Service, worker: Visitor) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    address = f"/contacts/{contact.receipt.receipt_id}"
    worker.see(address)

    for text in VECTORS["html"]:
        fields = {"code": text, "note": text, "consent": text, f"child-{text}": text, f"reasons-{text}": [text]}
        assert_harmless(Seen(worker.post(f"{address}/decision", fields).text))
        fields = {"code": "advice", "reasons-advice": ["other"], "note": f"{text} is what I wrote", "consent": "given"}
        assert_harmless(Seen(worker.post(f"{address}/decision", fields).text))
        assert_harmless(Seen(worker.post("/sign-in", {"username": text, "password": text, "next": text}).text))
        assert_harmless(Seen(worker.get(f"/sign-in?next={text}&left={text}").text))
        worker.sign_in("worker1")


def test_nor_in_the_names_of_people_and_senders(service: Service) -> None:
    name = VECTORS["html"][1]
    add_people(service, account_of(Role.WORKER, username="odd", name=name))
    sender = SenderKey("sender-odd", name, frozenset({"40"}), key_sha256("odd"), AT + FAR_AHEAD)
    service.store.write(lambda unit: add_sender(unit, sender, "tests", AT))
    visitor = a_visitor(an_app(service))
    visitor.sign_in("odd")
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))

    page = decided(visitor, contact, PLAIN)

    assert page.text.count(name) == 4
    assert_harmless(page)


def test_a_page_that_came_second_shows_what_was_entered_harmlessly(service: Service, worker: Visitor) -> None:
    contact = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    fields = {"code": DecisionCode.ASSESSMENT, "reasons-assessment": ["seriousness"], "note": VECTORS["html"][0]}
    address = f"/contacts/{contact.receipt.receipt_id}"
    worker.see(address)
    worker.post(f"{address}/decision", fields)

    answer = worker.post(f"{address}/decision", fields)

    assert answer.status_code == 409
    assert VECTORS["html"][0] in Seen(answer.text).text
    assert_harmless(Seen(answer.text))


def assert_harmless(page: Seen) -> None:
    """No element that our pages do not have, no handler, no address with a scheme, everything closed."""
    assert not {element.tag for element in page.elements} & {"img", "iframe", "object", "style", "b"}
    assert len(page.all("script")) == 2
    assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]
    assert not [address for address in page.addresses if not address.startswith(("/", "#"))]
    assert not page.comments
    assert not page.unbalanced
    assert all(_is_ours(svg) for svg in page.all("svg"))


def _is_ours(svg: Element) -> bool:
    """The library's arrows say that they are for show."""
    return svg.attributes.get("aria-hidden") == "true"
