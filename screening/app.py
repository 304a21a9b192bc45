"""The Flask app: the two doors, the limits and headers that every answer carries, and the last-resort errors."""

import logging
from http import HTTPStatus

from flask import Flask, Response, request

from screening.api.door import add_api, is_for_api
from screening.api.problems import answer
from screening.domain.errors import StoreBusy
from screening.journey.service import Service
from screening.web.door import add_pages
from screening.web.errors import page_for

LARGEST_FORM_BYTES = 256 * 1024
"""The largest body of any route that does not say otherwise; the routes for contacts do."""

STILL_TAKEN_BYTES = 21 * 1024 * 1024
"""Of a body that was refused unread, this much is taken in all the same: while its sender is still sending, an answer
and a closed connection would reach them as a broken one, and they would not learn why."""

HEADERS: dict[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""On every answer, errors included, unless the route set its own."""

HSTS = "max-age=31536000; includeSubDomains"

log = logging.getLogger("screening")


def create_app(service: Service, *, secret: str) -> Flask:
    """The whole service as one WSGI app. `secret` signs the pages' tokens."""
    app = Flask("screening", static_folder=None)
    app.config.update(
        SECRET_KEY=secret,
        MAX_CONTENT_LENGTH=LARGEST_FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_BYTES,
        MAX_FORM_PARTS=200,
    )
    add_api(app, service)
    add_pages(app, service)

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not service.plain_http:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    @app.after_request
    def with_body_taken(response: Response) -> Response:
        # Only a server that says where a body ends can be read to its end; others would wait for ever.
        left = STILL_TAKEN_BYTES if request.environ.get("wsgi.input_terminated") else 0
        while left > 0 and (taken := request.environ["wsgi.input"].read(min(left, 64 * 1024))):
            left -= len(taken)
        return response

    @app.errorhandler(Exception)
    def last_resort(error: Exception) -> Response:
        response = answer(error) if is_for_api(request.path) else page_for(error)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            # The kind of error and where it was raised: its words may hold what somebody sent, but for the store's own.
            why = f": {error}" if isinstance(error, StoreBusy) else ""
            log.error("%s in %s%s", type(error).__name__, request.endpoint, why)
        return response

    return app
