"""Put the door for police systems into the app: its routes, its documentation and its errors."""

from flask import Flask
from flask_smorest import Api

from screening import __version__
from screening.api.contacts import ReceiptId, contact_routes
from screening.api.described import RECEIPT_ID, LineSchema
from screening.api.documents import document_routes
from screening.api.health import health_routes
from screening.api.senders import Turnstile
from screening.journey.service import Service

PREFIXES = ("/api/", "/health/")
"""What belongs to this door: its errors are problem documents."""


class _Documented(Api):
    """flask-smorest for the document alone: our own errors are answered in `problems`, not by its handlers.

    Every call's problems are described one by one, so there is no answer that stands for all the others.
    """

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to the app."""


def add_api(app: Flask, service: Service) -> None:
    """Register everything under /api and /health."""
    app.config.update(
        API_TITLE="Contacts for children's social care",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="v1/openapi.json",
        API_SPEC_OPTIONS={
            "info": {
                "description": (
                    "What police systems send about domestic-abuse incidents in homes with children. The suggestion "
                    "goes to the intake team, never to the sender."
                )
            },
        },
    )
    app.url_map.converters["receipt_id"] = ReceiptId
    api = _Documented(app)
    api.register_converter(ReceiptId, lambda _: RECEIPT_ID)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    api.spec.components.schema("LineResult", schema=LineSchema)
    api.register_blueprint(contact_routes(service, Turnstile(service)))
    app.register_blueprint(health_routes(service))
    app.register_blueprint(document_routes())


def is_for_api(path: str) -> bool:
    """Whether a path belongs to this door."""
    return f"{path}/".startswith(PREFIXES)
