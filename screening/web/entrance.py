"""Sign in and sign out, and the first page after it."""

import re

from flask import Blueprint, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from screening.domain.access import Permission, Person
from screening.journey.accounts import LOCKED_FOR, TRIES_BEFORE_LOCK, SignInRefused
from screening.web.forms import typed
from screening.web.session import Answered, Sessions, for_anyone, for_people

CONTACT_PATH = re.compile(r"/contacts/[A-Za-z0-9_-]{1,64}")
"""The only pages that somebody is brought back to after signing in, besides the worklist."""

WRONG_OR_LOCKED = (
    "The user name or the password is not right, or the account is locked. "
    f"After {TRIES_BEFORE_LOCK} wrong passwords in a row an account is locked for {LOCKED_FOR.seconds // 60} minutes."
)
"""One sentence for both, so that nobody learns here which names have an account."""

REFUSED: dict[str, str] = {
    "wrong_name_or_password": WRONG_OR_LOCKED,
    "locked": WRONG_OR_LOCKED,
    "disabled": "This account has been disabled. Ask your administrator.",
}


def add_entrance(pages: Blueprint, sessions: Sessions) -> None:
    """The pages `/`, `/sign-in`, `/sign-out`, and `/administration` for those who see no contacts."""

    @pages.get("/")
    @for_anyone
    def home() -> Response:
        return redirect(url_for(_first_page(g.person)))

    @pages.get("/administration")
    @for_people(Permission.ADMINISTER)
    def administration() -> str:
        return render_template("administration.html")

    @pages.get("/sign-in")
    @for_anyone
    def sign_in() -> str:
        back, left = request.args.get("next", ""), request.args.get("left") == "yes"
        return render_template("sign_in.html", fault=None, username="", back=back, left=left)

    @pages.post("/sign-in")
    @for_anyone
    def enter() -> Answered:
        username, back = typed(request.form.get("username", "")).strip(), request.form.get("next", "")
        try:
            # Whoever sat here before is signed out: one browser, one person.
            sessions.end()
            secret = sessions.start(username, request.form.get("password", ""))
        except SignInRefused as refused:
            return render_template("sign_in.html", fault=REFUSED[refused.code], username=username, back=back)
        # A form's token made before signing in is good for nothing afterwards.
        session.clear()
        response = redirect(back if CONTACT_PATH.fullmatch(back) else url_for("pages.home"))
        sessions.put(response, secret)
        return response

    @pages.post("/sign-out")
    @for_anyone
    def leave() -> Response:
        sessions.end()
        session.clear()
        response = redirect(url_for("pages.sign_in", left="yes"))
        sessions.take(response)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


def _first_page(person: Person | None) -> str:
    if person is None:
        return "pages.sign_in"
    return "pages.worklist" if person.may(Permission.SEE_CONTACTS) else "pages.administration"
