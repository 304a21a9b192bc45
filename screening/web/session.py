"""Who is signed in. The cookie holds a random secret; the store knows its hash; the account is looked up each time."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import ParamSpec

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from screening.domain.access import Permission, Person
from screening.domain.errors import NotPermitted, ScreeningError, StoreBusy
from screening.journey.accounts import (
    SEEN_AGAIN_AFTER,
    SignInRefused,
    may_try,
    note_failed_try,
    note_seen,
    note_sign_in,
    sign_out,
    signed_in,
)
from screening.journey.service import Service
from screening.web.passwords import is_right

P = ParamSpec("P")

SECRET_BYTES = 32
LONGEST_USERNAME = 200


NEEDED: dict[Permission, str] = {
    Permission.SEE_CONTACTS: "the role of worker, manager or reviewer",
    Permission.DECIDE: "the role of worker or manager",
    Permission.SIGN_OFF: "the role of manager",
    Permission.SEE_REFUSED_DELIVERIES: "the role of manager",
    Permission.DEAL_WITH_REFUSED_DELIVERIES: "the role of manager",
    Permission.REVIEW_LOG: "the role of manager or reviewer",
    Permission.ADMINISTER: "the role of administrator",
}
"""Who may do what, in words for somebody who may not."""


class SignedOut(ScreeningError):
    """A form came from somebody whose session has ended: it is not recorded, and what was typed is shown again."""


def now() -> datetime:
    """The moment of this request."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions of people over one service."""

    service: Service

    @property
    def cookie(self) -> str:
        """The cookie's name. `__Host-` makes browsers insist on TLS, so the plain demo has another."""
        return "session" if self.service.plain_http else "__Host-session"

    def current(self) -> Person | None:
        """Who is asking, or `None`. Keeps a running session from idling out."""
        secret = request.cookies.get(self.cookie)
        if not secret:
            return None
        at, kept = now(), _hash(secret)
        with self.service.store.read() as look:
            found = signed_in(look, kept, at)
        if found is None:
            return None
        person, session = found
        if at - session.last_seen_at > SEEN_AGAIN_AFTER:
            # Housekeeping: while the store takes no writes, people can still read.
            with suppress(StoreBusy):
                self.service.store.write(lambda unit: note_seen(unit, kept, at))
        return person

    def start(self, username: str, password: str) -> str:
        """Sign in; gives the fresh secret for the cookie. Raises `SignInRefused`."""
        at = now()
        name = username[:LONGEST_USERNAME]
        with self.service.store.read() as look:
            account = look.account_by_username(name)
        # Looked at whatever the account is: an answer that comes sooner would tell which names have one.
        right = is_right(account.password_hash if account else None, password)
        may_try(account, at)
        if not right or account is None:
            self.service.store.write(lambda unit: note_failed_try(unit, name, at))
            raise SignInRefused("wrong_name_or_password")
        secret = secrets.token_urlsafe(SECRET_BYTES)
        account_id, kept = account.account_id, _hash(secret)
        self.service.store.write(lambda unit: note_sign_in(unit, account_id, kept, at))
        return secret

    def end(self) -> None:
        """Sign whoever is asking out."""
        secret = request.cookies.get(self.cookie)
        if secret:
            at, kept = now(), _hash(secret)
            self.service.store.write(lambda unit: sign_out(unit, kept, at))

    def put(self, response: AnyResponse, secret: str) -> None:
        """Give the browser its cookie."""
        response.set_cookie(
            self.cookie, secret, secure=not self.service.plain_http, httponly=True, samesite="Strict", path="/"
        )

    def take(self, response: AnyResponse) -> None:
        """Take the cookie back."""
        response.delete_cookie(
            self.cookie, secure=not self.service.plain_http, httponly=True, samesite="Strict", path="/"
        )


def person() -> Person:
    """Who is asking; only inside a page that `for_people` guards."""
    found: Person = g.person
    return found


Answered = str | tuple[str, int] | AnyResponse
"""What a page gives: its text, with a status where that is not 200, or a whole answer."""

Page = Callable[P, Answered]


def for_people(permission: Permission | None) -> Callable[[Page[P]], Page[P]]:
    """Guard a page: somebody must be signed in and, unless it is `None`, hold `permission`.

    Every page declares its access this way or with `for_anyone`; a test fails for one that does not.
    """

    def guard(page: Page[P]) -> Page[P]:
        @wraps(page)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Answered:
            if g.person is None and request.method == "POST":
                raise SignedOut
            if g.person is None:
                return redirect(url_for("pages.sign_in", next=request.path))
            if permission is not None and not person().may(permission):
                raise NotPermitted(NEEDED[permission])
            return page(*args, **kwargs)

        guarded.access = permission or "signed in"  # type: ignore[attr-defined]  # read by the test of all routes
        return guarded

    return guard


def for_anyone(page: Page[P]) -> Page[P]:
    """Say that a page needs nobody signed in."""
    page.access = "anyone"  # type: ignore[attr-defined]  # read by the test of all routes
    return page


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
