"""Errors as pages: what happened and what to do, in words; no trace, and nothing that anybody sent."""

import logging
from dataclasses import replace

import pytest
from flask import Flask

from screening.domain.access import Role
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver
from tests.web.stores import BrokenStore, FullStore
from tests.web.visiting import Seen, Visitor, a_visitor, an_app

NOTE = "Zzyzx Quux lives at 4 Example Street."


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

    for answer in (
        visitor.get(f"/contacts/{receipt}"),
        visitor.post(
            f"/contacts/{receipt}/decision", {"code": "assessment", "reasons-assessment": "seriousness", "note": NOTE}
        ),
    ):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "7"
        assert "Nothing you typed was recorded." in Seen(answer.text).text
    assert visitor.get("/worklist").status_code == 200


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
