"""The pages' own files: styles, scripts, an icon. Their address holds a digest of them, so browsers may keep them."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, send_from_directory, url_for

from screening.web.session import for_anyone

STATIC = Path(str(files("screening.web"))) / "static"
A_YEAR_SECONDS = 31_536_000
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""The only kinds of file that are served; named here, since a bare machine may not know them."""


def add_assets(pages: Blueprint) -> None:
    """The files under `/assets/<edition>/`. An address of another edition gives the file of now, and is not kept."""

    @pages.get("/assets/<string:asked>/<path:name>")
    @for_anyone
    def assets(asked: str, name: str) -> Response:
        kind = TYPES.get(Path(name).suffix)
        if kind is None:
            return Response(status=404)
        response = send_from_directory(STATIC, name, mimetype=kind)
        kept = f"public, max-age={A_YEAR_SECONDS}, immutable" if asked == edition() else "no-cache"
        response.headers["Cache-Control"] = kept
        return response


def asset(name: str) -> str:
    """The address of a file, for templates."""
    return url_for("pages.assets", asked=edition(), name=name)


@cache
def edition() -> str:
    """A digest of every file that is served."""
    digest = sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.suffix in TYPES:
            digest.update(path.relative_to(STATIC).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
