"""Put the pages into the app: their routes, their templates and files, who is asking, and the tokens of their forms."""

from flask import Blueprint, Flask, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.routing import BaseConverter

from screening.journey.service import Service
from screening.web.assets import add_assets
from screening.web.contact import add_contact_pages
from screening.web.decision import add_decision_pages
from screening.web.entrance import add_entrance
from screening.web.filters import FILTERS
from screening.web.frame import frame_for
from screening.web.refused import add_refused_page
from screening.web.session import Sessions
from screening.web.sign_off import add_sign_off_page
from screening.web.worklist import add_worklist

UNMANNED = ("/api/", "/health/", "/assets/")
"""Where nobody signs in: police systems, the machine's watchers, and files that are the same for all."""

FROM_OUR_OWN_PAGE = frozenset({"same-origin", "none"})
"""What a browser says of a form that our own page sent (Fetch Metadata); older browsers say nothing."""


class ReceiptId(BaseConverter):
    """A receipt id in an address: letters, digits, `_` and `-`, so no other text ever reaches the store from there."""

    regex = "[A-Za-z0-9_-]{1,64}"


def add_pages(app: Flask, service: Service) -> None:
    """Register every page."""
    others = tuple(app.blueprints.values())
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        # Our own policy is to send no referrer, so there is none to check; `_pages` asks where a form came from.
        WTF_CSRF_SSL_STRICT=False,
        SESSION_COOKIE_NAME="form" if service.plain_http else "__Host-form",
        SESSION_COOKIE_SECURE=not service.plain_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
    )
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("screening.web"),
            PackageLoader("screening.api"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["receipt"] = ReceiptId
    # First who is asking, then the form's token: so the page that refuses a form still knows whom it speaks to.
    app.register_blueprint(_pages(service))
    csrf = CSRFProtect(app)
    # A sender's key travels in a header that no page of another site can set, so its calls need no form token.
    for blueprint in others:
        csrf.exempt(blueprint)


def _pages(service: Service) -> Blueprint:
    pages = Blueprint("pages", __name__)
    sessions = Sessions(service)

    # For the whole app, so that the page of an address that does not exist knows who sees it.
    @pages.before_app_request
    def who_is_asking() -> None:
        manned = not request.path.startswith(UNMANNED)
        g.person = sessions.current() if manned else None
        sent_from = request.headers.get("Sec-Fetch-Site", "none")
        if manned and request.method == "POST" and sent_from not in FROM_OUR_OWN_PAGE:
            raise CSRFError

    @pages.app_context_processor
    def with_frame() -> dict[str, object]:
        return frame_for(service)

    add_assets(pages)
    add_entrance(pages, sessions)
    add_worklist(pages, service)
    add_refused_page(pages, service)
    add_contact_pages(pages, service)
    add_decision_pages(pages, service)
    add_sign_off_page(pages, service)
    return pages
