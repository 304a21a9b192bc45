"""The routes for contacts (contact contract, Doors): send one, send a batch, ask where one stands."""

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import NoReturn

from flask import Response, request
from flask_smorest import Blueprint
from werkzeug.routing import BaseConverter

from screening.api import described
from screening.api.problems import Answered, of_error
from screening.api.senders import Turnstile
from screening.api.times import as_text, new_receipt_id, now
from screening.domain.access import Sender
from screening.domain.errors import ContactRefused, NotFound, Problem, ScreeningError
from screening.journey.follow_up import Standing, where_it_stands
from screening.journey.receive import receive
from screening.journey.records import Receipt
from screening.journey.refuse import refuse_caller, refuse_contact
from screening.journey.screen import Delivery, Screened
from screening.journey.service import Service

LARGEST_CONTACT_BYTES = 1024 * 1024
LARGEST_BATCH_BYTES = 20 * 1024 * 1024
MOST_LINES = 1_000

log = logging.getLogger("screening")


class ReceiptId(BaseConverter):
    """One step of a path that may be a receipt's id: any but `batch`, which is a call of its own."""

    part_isolating = True
    regex = r"(?!batch$)[^/]+"


def contact_routes(service: Service, turnstile: Turnstile) -> Blueprint:
    """The blueprint of the three calls."""
    routes = Blueprint(
        "contacts", "contacts", url_prefix="/api/v1/contacts", description="Contacts from police systems."
    )

    @routes.route("", methods=["POST"])
    @routes.doc(**described.SEND_ONE)
    def send_one() -> Response:
        """Send one contact."""
        sender = turnstile.admit(request)
        body = _body(service, sender, "application/json", LARGEST_CONTACT_BYTES)
        screened = receive(service.store, _delivery(sender, body), service.signals, service.calendar)
        return _json(receipt_document(screened.receipt), _status(screened))

    @routes.route("/batch", methods=["POST"])
    @routes.doc(**described.SEND_BATCH)
    def send_batch() -> Response:
        """Send many contacts, one a line; a bad line never stops the others."""
        sender = turnstile.admit(request)
        body = _body(service, sender, "application/x-ndjson", LARGEST_BATCH_BYTES)
        # Counted as they stand in what was sent, empty ones too, so that a number finds its line again.
        lines = [(number, line) for number, line in enumerate(body.split(b"\n"), 1) if line.strip()]
        if len(lines) > MOST_LINES:
            _refuse(service, sender, "too_many_lines")
        results = "".join(f"{json.dumps(result)}\n" for result in _each_line(service, sender, lines))
        return Response(results, status=HTTPStatus.MULTI_STATUS, mimetype="application/x-ndjson")

    @routes.route("/<receipt_id:receipt_id>", methods=["GET"])
    @routes.doc(**described.WHERE_IT_STANDS)
    def where(receipt_id: str) -> Response:
        """Where a contact stands."""
        sender = turnstile.admit(request)
        try:
            with service.store.read() as look:
                return _json(standing_document(where_it_stands(look, sender, receipt_id)), HTTPStatus.OK)
        except NotFound:
            at = now()
            service.store.write(lambda unit: refuse_caller(unit, sender.sender_id, at, "not_found"))
            raise

    return routes


def receipt_document(receipt: Receipt) -> dict[str, object]:
    """A receipt as JSON."""
    return {
        "receipt_id": receipt.receipt_id,
        "contact_reference": receipt.contact_reference,
        "received_at": as_text(receipt.received_at),
        "decide_by": as_text(receipt.decide_by),
        "warnings": [asdict(warning) for warning in receipt.warnings],
        "content_sha256": receipt.content_sha256,
        "log_entry": receipt.log_entry,
    }


def standing_document(standing: Standing) -> dict[str, object]:
    """Where a contact stands, as JSON; fields without a value are left out."""
    given = {
        "receipt_id": standing.receipt_id,
        "contact_reference": standing.contact_reference,
        "status": standing.status,
        "outcome": standing.outcome,
        "decided_at": as_text(standing.decided_at) if standing.decided_at else None,
        "superseded_by": standing.superseded_by,
    }
    return {name: value for name, value in given.items() if value is not None}


def _delivery(sender: Sender, body: bytes) -> Delivery:
    return Delivery(new_receipt_id(), sender, now(), body)


def _each_line(service: Service, sender: Sender, lines: Sequence[tuple[int, bytes]]) -> Iterator[dict[str, object]]:
    """One result a line. Once the store takes nothing, the rest is not tried: each try would wait for seconds."""
    result: dict[str, object] = {}
    for number, line in lines:
        if result.get("status") != HTTPStatus.SERVICE_UNAVAILABLE:
            result = _result(service, sender, line)
        yield {"line": number, **result}


def _result(service: Service, sender: Sender, line: bytes) -> dict[str, object]:
    try:
        if len(line) > LARGEST_CONTACT_BYTES:
            _refuse(service, sender, "body_too_large")
        screened = receive(service.store, _delivery(sender, line), service.signals, service.calendar)
    except Exception as error:  # noqa: BLE001 - a line that brings out a fault of ours stops no other either
        return _not_taken(error)
    return {"status": int(_status(screened)), "receipt": receipt_document(screened.receipt)}


def _not_taken(error: Exception) -> dict[str, object]:
    if not isinstance(error, ScreeningError):
        # Its kind alone: its words may hold what somebody sent.
        log.error("%s in a line of a batch", type(error).__name__)
    problem, _ = of_error(error)
    return {"status": problem["status"], "problem": problem}


def _status(screened: Screened) -> HTTPStatus:
    return HTTPStatus.OK if screened.repeated else HTTPStatus.CREATED


def _body(service: Service, sender: Sender, media_type: str, largest: int) -> bytes:
    """The request's body, once its kind and size are right; otherwise the refusal is noted."""
    if request.mimetype != media_type or request.headers.get("Content-Encoding", "identity").lower() != "identity":
        _refuse(service, sender, "media_type")
    if request.content_length is not None and request.content_length > largest:
        _refuse(service, sender, "body_too_large")
    # A body of unknown length is cut here, so one byte more than may come tells that it was too long.
    request.max_content_length = largest + 1
    body = request.get_data(cache=False)
    if len(body) > largest:
        _refuse(service, sender, "body_too_large")
    return body


def _refuse(service: Service, sender: Sender, code: str) -> NoReturn:
    """Note a delivery that was not even read, and say so."""
    refused = ContactRefused((Problem("", code, "", ""),))
    at = now()
    service.store.write(lambda unit: refuse_contact(unit, sender, at, b"", refused))
    raise Answered(code)


def _json(document: dict[str, object], status: HTTPStatus) -> Response:
    return Response(json.dumps(document), status=status, mimetype="application/json")
