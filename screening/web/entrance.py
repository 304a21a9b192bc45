"""Sign in and sign out."""

import re

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.journey.accounts import LOCKED_FOR, SignInRefused
from screening.web.session import Sessions, for_anyone

CONTACT_PATH = re.compile(r"/contacts/[A-Za-z0-9_]{1,64}")
"""The only pages that somebody is brought back to after signing in, besides the worklist."""

REFUSED: dict[str, str] = {
    "wrong_name_or_password": "The user name or the password is not right.",
    "locked": f"This account is locked after failed tries. Try again in {LOCKED_FOR.seconds // 60} minutes, or ask your administrator.",
    "disabled": "This account has been disabled. Ask your administrator.",
}


def add_entrance(pages: Blueprint, sessions: Sessions) -> None:
    """The pages `/`, `/sign-in` and `/sign-out`."""

    @pages.get("/")
    @for_anyone
    def home() -> Response:
        return redirect(url_for("pages.worklist" if g.person else "pages.sign_in"))

    @pages.get("/sign-in")
    @for_anyone
    def sign_in() -> str:
        return render_template("sign_in.html", fault=None, username="", back=request.args.get("next", ""))

    @pages.post("/sign-in")
    @for_anyone
    def enter() -> str | tuple[str, int] | Response:
        username, back = request.form.get("username", "").strip(), request.form.get("next", "")
        try:
            secret = sessions.start(username, request.form.get("password", ""))
        except SignInRefused as refused:
            page = render_template("sign_in.html", fault=REFUSED[refused.code], username=username, back=back)
            return page, 403
        response = redirect(back if CONTACT_PATH.fullmatch(back) else url_for("pages.worklist"))
        sessions.put(response, secret)
        return response

    @pages.post("/sign-out")
    @for_anyone
    def leave() -> Response:
        sessions.end()
        response = redirect(url_for("pages.sign_in"))
        sessions.take(response)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
