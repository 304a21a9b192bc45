"""The documentation page: Swagger UI from our own files. Its policy allows no other host and no inline script."""

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

SWAGGER = Path(str(files("screening.api"))) / "static" / "swagger"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI sets style attributes, so styles may be inline here; scripts may not, and nothing comes from elsewhere."""

SERVED = frozenset({"swagger-ui-bundle.js", "swagger-ui.css"})


def document_routes() -> Blueprint:
    """`/api/docs` and the files it needs."""
    routes = Blueprint("documents", __name__, url_prefix="/api", template_folder="templates", static_folder=None)
    own = Path(str(files("screening.api"))) / "static"

    @routes.get("/docs")
    def docs() -> Response:
        response = Response(render_template("api_docs.html"), mimetype="text/html")
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @routes.get("/docs/<string:name>")
    def asset(name: str) -> Response:
        return send_from_directory(SWAGGER if name in SERVED else own, name)

    return routes
