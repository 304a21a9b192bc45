"""Every error as a page, from one table: what happened and what to do, in words; no trace and nothing personal."""

from http import HTTPStatus

from flask import Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from screening.domain.errors import DecidedMeanwhile, NotFound, NotPermitted, StoreBusy
from screening.web.forms import entered_in
from screening.web.session import SignedOut

WORDS: dict[int, tuple[str, str]] = {
    HTTPStatus.BAD_REQUEST: ("The request could not be read", "Go back and try again."),
    HTTPStatus.FORBIDDEN: ("You cannot do that", "Ask a manager if you think this is wrong."),
    HTTPStatus.NOT_FOUND: ("Page not found", "Check the address, or go to the worklist."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Page not found", "Go to the worklist."),
    HTTPStatus.CONFLICT: ("Somebody was faster", "See what they recorded before you go on."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("That is too much text", "Go back, shorten it and try again."),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something went wrong",
        "Nothing you typed was recorded. Go back and try again, or phone the hub.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "This cannot be stored now",
        "Nothing you typed was recorded. Go back and try again in a moment.",
    ),
}
"""Status -> heading and what to do."""

LOST = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.SERVICE_UNAVAILABLE,
    }
)
"""Where a form was in order and could not be taken: what was typed is shown again, since browsers forget it."""

NOT_SHOWN_NOW = (
    "This page cannot be shown now",
    "Every look at a contact is recorded first, and nothing can be stored at the moment. Try again soon.",
)
"""While nothing can be stored, for somebody who only wanted to read."""

SIGNED_OUT = ("You were signed out", "Nothing you typed was recorded. Sign in again and enter it once more.")


def page_for(error: Exception) -> Response:
    """The page for anything that was raised."""
    status, detail = _status_and_detail(error)
    heading, advice = _words(error, status)
    # The page of the contact whose form it was.
    back = request.path.rpartition("/")[0] if isinstance(error, SignedOut) else None
    page = render_template(
        "error.html", heading=heading, detail=detail, advice=advice, back=back, entered=_entered(error, status)
    )
    response = Response(page, status=status)
    if isinstance(error, StoreBusy):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    if isinstance(error, HTTPException):
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return response


def _words(error: Exception, status: int) -> tuple[str, str]:
    if isinstance(error, SignedOut):
        return SIGNED_OUT
    if isinstance(error, StoreBusy) and request.method == "GET":
        return NOT_SHOWN_NOW
    ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return WORDS.get(status, WORDS[HTTPStatus.INTERNAL_SERVER_ERROR if ours else HTTPStatus.BAD_REQUEST])


def _entered(error: Exception, status: int) -> list[tuple[str, str]]:
    """What was typed on the form that could not be taken, where our own page sent it; it is kept nowhere else."""
    if request.method != "POST" or status not in LOST:
        return []
    if isinstance(error, CSRFError) and request.headers.get("Sec-Fetch-Site") != "same-origin":
        return []
    return entered_in(request.form)


def _status_and_detail(error: Exception) -> tuple[int, str]:
    if isinstance(error, SignedOut):
        return HTTPStatus.FORBIDDEN, ""
    if isinstance(error, NotPermitted):
        return HTTPStatus.FORBIDDEN, f"It needs {error.needs}."
    if isinstance(error, NotFound):
        return HTTPStatus.NOT_FOUND, ""
    if isinstance(error, DecidedMeanwhile):
        return HTTPStatus.CONFLICT, f"{error.by} recorded a decision."
    if isinstance(error, StoreBusy):
        return HTTPStatus.SERVICE_UNAVAILABLE, ""
    if isinstance(error, CSRFError):
        return HTTPStatus.BAD_REQUEST, "The form was open for too long, or was not sent from this service."
    if isinstance(error, HTTPException) and error.code is not None:
        return error.code, ""
    return HTTPStatus.INTERNAL_SERVER_ERROR, ""
