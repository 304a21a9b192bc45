"""Every error as `application/problem+json` (RFC 9457), from one table. Never a value that was sent, never a trace."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus

from flask import Response
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from screening.domain.errors import (
    ContactRefused,
    NotFound,
    NotPermitted,
    Problem,
    ReferenceTaken,
    ScreeningError,
    StoreBusy,
)
from screening.journey.senders import SenderRefused

MEDIA_TYPE = "application/problem+json"

TITLES: dict[str, tuple[HTTPStatus, str, str]] = {
    "unreadable": (HTTPStatus.BAD_REQUEST, "The body cannot be read as a contact", "Put right what errors names."),
    "validation_failed": (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "The contact was not accepted",
        "Put right what errors names.",
    ),
    "reference_taken": (
        HTTPStatus.CONFLICT,
        "This reference was used before for other content",
        "Send a new contact_reference, with supersedes naming the contact that it corrects.",
    ),
    "key_missing": (HTTPStatus.UNAUTHORIZED, "No key was sent", "Send the header Authorization: Bearer KEY."),
    "key_unknown": (HTTPStatus.UNAUTHORIZED, "This key is not known", "Check the key, or ask the authority for one."),
    "key_expired": (HTTPStatus.UNAUTHORIZED, "This key has expired", "Ask the authority for a new key."),
    "key_disabled": (HTTPStatus.UNAUTHORIZED, "This key was disabled", "Ask the authority why."),
    "force_not_allowed": (
        HTTPStatus.FORBIDDEN,
        "This key may not send for that force",
        "Send with a key for the force that force_code names.",
    ),
    "not_found": (HTTPStatus.NOT_FOUND, "There is nothing here for this key", "Check the address and the receipt."),
    "method_not_allowed": (HTTPStatus.METHOD_NOT_ALLOWED, "This call takes another method", "See the Allow header."),
    "body_too_large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The body is too large",
        "Send 1 MiB a contact at most, 20 MiB a batch.",
    ),
    "too_many_lines": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "The batch has too many lines",
        "Send 1,000 lines at most.",
    ),
    "media_type": (
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "This content type is not taken here",
        "Send application/json (a batch: application/x-ndjson), not compressed.",
    ),
    "too_many_requests": (HTTPStatus.TOO_MANY_REQUESTS, "Too many requests", "Wait for Retry-After, then go on."),
    "busy": (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The service cannot store this now",
        "It was not taken in. Send it again after Retry-After; sending twice is safe.",
    ),
    "bad_request": (HTTPStatus.BAD_REQUEST, "The request cannot be read", "Check the request."),
    "internal": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong on our side",
        "Send it again later; sending twice is safe.",
    ),
}
"""Stable code -> status, title and what to do. Texts may change; codes do not."""

OF_STATUS: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "bad_request",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "body_too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "media_type",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many_requests",
}


class Answered(ScreeningError):
    """A refusal that the door itself makes: `code` is one of `TITLES`."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.headers = dict(headers or {})


def document(code: str, errors: tuple[Problem, ...] = ()) -> dict[str, object]:
    """The problem document of a code."""
    status, title, fix = TITLES[code]
    problem: dict[str, object] = {
        "type": f"urn:screening:problem:{code}",
        "title": title,
        "status": int(status),
        "code": code,
        "detail": fix,
        "saved": False,
    }
    if errors:
        problem["errors"] = [asdict(error) for error in errors]
    return problem


def of_error(error: Exception) -> tuple[dict[str, object], dict[str, str]]:
    """The problem document and the headers for anything that was raised."""
    if isinstance(error, ContactRefused):
        return document("unreadable" if error.unreadable else "validation_failed", error.problems), {}
    if isinstance(error, StoreBusy):
        return document("busy"), {"Retry-After": str(error.retry_after_seconds)}
    if isinstance(error, Answered):
        return document(error.code), error.headers
    if isinstance(error, SenderRefused):
        return document(error.code), {"WWW-Authenticate": "Bearer"}
    for kind, code in OF_ERROR.items():
        if isinstance(error, kind):
            return document(code), {}
    if isinstance(error, HTTPException):
        return _of_http(error)
    return document("internal"), {}


OF_ERROR: dict[type[Exception], str] = {
    ReferenceTaken: "reference_taken",
    NotPermitted: "force_not_allowed",
    NotFound: "not_found",
    RequestEntityTooLarge: "body_too_large",
}


def answer(error: Exception) -> Response:
    """The whole answer for anything that was raised."""
    problem, headers = of_error(error)
    response = Response(json.dumps(problem), status=int(str(problem["status"])), mimetype=MEDIA_TYPE)
    response.headers.update(headers)
    return response


def _of_http(error: HTTPException) -> tuple[dict[str, object], dict[str, str]]:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    known = OF_STATUS.get(status, "internal" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "bad_request")
    kept = {"allow", "retry-after"}
    return document(known), {name: value for name, value in error.get_headers() if name.lower() in kept}
