"""Put the door for police systems into the app: its routes, its documentation and its errors."""

from flask import Flask
from flask_smorest import Api

from screening import __version__
from screening.api.answers import RECEIPT_ID, LineSchema
from screening.api.contacts import ReceiptId, contact_routes
from screening.api.documents import document_routes
from screening.api.health import health_routes
from screening.api.reading import ABOUT, KEY
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

    def describe_schemas(self) -> None:
        """Give each schema the first line of its docstring, and drop those of the library's own that none here uses."""
        named = {name: key[0] for key, name in self.ma_plugin.converter.refs.items()}
        for name in [*self.spec.components.schemas]:
            if name in named and named[name].__module__.startswith("screening."):
                self.spec.components.schemas[name]["description"] = (named[name].__doc__ or "").partition("\n")[0]
            else:
                del self.spec.components.schemas[name]


def add_api(app: Flask, service: Service) -> None:
    """Register everything under /api and /health."""
    app.config.update(
        API_TITLE="Contacts for children's social care",
        API_VERSION=__version__,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api",
        OPENAPI_JSON_PATH="v1/openapi.json",
        API_SPEC_OPTIONS={
            "info": {"description": ABOUT},
        },
    )
    app.url_map.converters["receipt_id"] = ReceiptId
    api = _Documented(app)
    api.register_converter(ReceiptId, lambda _: RECEIPT_ID)
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer", "description": KEY})
    api.spec.components.schema("LineResult", schema=LineSchema)
    api.register_blueprint(contact_routes(service, Turnstile(service)))
    api.describe_schemas()
    app.register_blueprint(health_routes(service))
    app.register_blueprint(document_routes())


def is_for_api(path: str) -> bool:
    """Whether a path belongs to this door."""
    return f"{path}/".startswith(PREFIXES)
