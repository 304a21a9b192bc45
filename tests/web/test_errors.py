"""Errors as pages: what happened and what to do, in words; no trace, and what was typed goes back to who typed it."""

import logging
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screening.domain.access import Role
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.web.stores import BrokenStore, FullStore
from tests.web.visiting import Seen, Visitor, a_visitor, an_app

NOTE = "Zzyzx Quux lives at 4 Example Street."
DECISION = {"code": "assessment", "reasons-assessment": "seriousness", "note": NOTE}
ENTERED = ["Decision", "Social work assessment (section 17)", "Reasons", "Seriousness of this incident", "Note", NOTE]


def entered_on(answer: TestResponse) -> list[str]:
    """What a page gives back of a form that was not recorded."""
    page = Seen(answer.text)
    return [words for pair in zip(page.within("dt"), page.within("dd"), strict=True) for words in pair]


def test_an_address_that_is_not_there_says_so_to_everybody(app: Flask, worker: Visitor) -> None:
    for visitor in (a_visitor(app), worker):
        answer = visitor.get("/nowhere/<b>")
        page = Seen(answer.text)
        assert answer.status_code == 404
        assert "Page not found" in page.within("h1")
        assert not page.all("b")
    assert "Wanda Worker" in page.text


def test_a_page_asked_for_in_another_way_says_which_ways_there_are(worker: Visitor) -> None:
    worker.get("/worklist")
    answer = worker.post("/worklist")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_too_much_text_is_refused_in_words(service: Service, worker: Visitor) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id
    worker.get("/worklist")

    answer = worker.post(f"/contacts/{receipt}/decision", {"code": "advice", "note": "x" * 300_000})

    assert answer.status_code == 413
    assert "That is too much text" in Seen(answer.text).within("h1")


def test_while_nothing_can_be_stored_nothing_is_said_to_be_recorded(service: Service) -> None:
    receipt = deliver(service, a_document(1)).receipt.receipt_id
    visitor = a_visitor(an_app(service), Role.WORKER)
    full = an_app(replace(service, store=FullStore(service.store)))
    visitor.client.application = full

    looked, decided = visitor.get(f"/contacts/{receipt}"), visitor.post(f"/contacts/{receipt}/decision", DECISION)

    for answer in (looked, decided):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "7"
    assert "Every look at a contact is recorded first" in Seen(looked.text).text
    assert "Nothing you typed was recorded." in Seen(decided.text).text
    assert entered_on(decided) == ENTERED
    assert visitor.get("/worklist").status_code == 200


def test_a_form_that_comes_after_the_session_ended_is_shown_again_and_leads_back(
    service: Service, worker: Visitor
) -> None:
    address = f"/contacts/{deliver(service, a_document(1)).receipt.receipt_id}"
    worker.see(address)
    service.store.write(lambda unit: unit.end_sessions_of("person-worker1"))

    decided = worker.post(f"{address}/decision", DECISION)
    answered = worker.post(f"{address}/sign-off", {"agreed": "no", "note": NOTE})

    for answer in (decided, answered):
        page = Seen(answer.text)
        assert "You were signed out" in page.within("h1")
        assert page.all("a", href=f"/sign-in?next={address}")
    assert entered_on(decided) == ENTERED
    assert entered_on(answered) == ["Decision", "No: it goes back to the worklist", "Note", NOTE]


@pytest.mark.parametrize(("sent_from", "shown"), [("same-origin", ENTERED), ("cross-site", []), ("", [])])
def test_a_form_with_a_token_of_before_is_shown_again_only_where_our_own_page_sent_it(
    service: Service, worker: Visitor, sent_from: str, shown: list[str]
) -> None:
    address = f"/contacts/{deliver(service, a_document(1)).receipt.receipt_id}"
    worker.see(address)
    headers = {"Sec-Fetch-Site": sent_from} if sent_from else {}

    answer = worker.post(f"{address}/decision", DECISION | {"csrf_token": "of before"}, headers)

    assert answer.status_code == 400
    assert entered_on(answer) == shown


def test_a_fault_nobody_thought_of_shows_and_logs_nothing_of_its_words(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = a_visitor(an_app(service), Role.WORKER)
    visitor.client.application = an_app(replace(service, store=BrokenStore()))

    with caplog.at_level(logging.DEBUG):
        answer = visitor.get("/worklist")

    assert answer.status_code == 500
    assert "Something went wrong" in Seen(answer.text).within("h1")
    for text in (answer.text, caplog.text):
        assert "Zzyzx" not in text
        assert "Traceback" not in text
    assert "RuntimeError" in caplog.text


def test_an_error_is_in_the_same_frame_and_leads_on(worker: Visitor) -> None:
    page = Seen(worker.get("/nowhere").text)

    assert {"header", "main", "footer"} <= {element.tag for element in page.elements}
    assert page.all("a", href="/")
