"""Put the pages into the app: their routes, their templates and files, who is asking, and the tokens of their forms."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request, send_from_directory
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from screening.journey.service import Service
from screening.web import wording
from screening.web.contact import add_contact_pages
from screening.web.decision import add_decision_pages
from screening.web.entrance import add_entrance
from screening.web.frame import frame_for
from screening.web.refused import add_refused_page
from screening.web.session import Sessions, for_anyone
from screening.web.sign_off import add_sign_off_page
from screening.web.worklist import add_worklist

STATIC = Path(str(files("screening.web"))) / "static"
A_DAY_SECONDS = 86_400
UNMANNED = ("/api/", "/health/", "/assets/")
"""Where nobody signs in: police systems, the machine's watchers, and files that are the same for all."""


def add_pages(app: Flask, service: Service) -> None:
    """Register every page."""
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=not service.plain_http,
        SESSION_COOKIE_NAME="form" if service.plain_http else "__Host-form",
        SESSION_COOKIE_SECURE=not service.plain_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
    )
    app.jinja_loader = ChoiceLoader([PackageLoader("screening.web"), PackageLoader("screening.api"), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})])
    app.jinja_env.filters.update(wording.FILTERS)
    csrf = CSRFProtect(app)
    # A sender's key travels in a header that no page of another site can set, so its calls need no form token.
    for blueprint in app.blueprints.values():
        csrf.exempt(blueprint)
    app.register_blueprint(_pages(service))


def _pages(service: Service) -> Blueprint:
    pages = Blueprint("pages", __name__)
    sessions = Sessions(service)

    # For the whole app, so that the page of an address that does not exist knows who sees it.
    @pages.before_app_request
    def who_is_asking() -> None:
        manned = not request.path.startswith(UNMANNED)
        g.person = sessions.current() if manned else None

    @pages.app_context_processor
    def with_frame() -> dict[str, object]:
        return frame_for(service)

    @pages.get("/assets/<path:name>")
    @for_anyone
    def assets(name: str) -> Response:
        response = send_from_directory(STATIC, name, max_age=A_DAY_SECONDS)
        response.headers["Cache-Control"] = f"public, max-age={A_DAY_SECONDS}"
        return response

    add_entrance(pages, sessions)
    add_worklist(pages, service)
    add_refused_page(pages, service)
    add_contact_pages(pages, service)
    add_decision_pages(pages, service)
    add_sign_off_page(pages, service)
    return pages
