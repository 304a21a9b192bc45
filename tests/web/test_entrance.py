"""Signing in and out: secrets, cookies, locks, and where one is brought afterwards."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.cookies import Morsel, SimpleCookie
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screening.domain.access import Role
from screening.journey.accounts import set_disabled
from screening.journey.records import SignedIn
from screening.journey.service import Service
from tests.services import a_service
from tests.web.visiting import Seen, Visitor, a_visitor, add_people, an_app

HOUR = timedelta(hours=1)


def cookies_of(answer: TestResponse) -> dict[str, Morsel[str]]:
    """The cookies that an answer sets."""
    jar: SimpleCookie = SimpleCookie()
    for line in answer.headers.getlist("Set-Cookie"):
        jar.load(line)
    return dict(jar)


def session_of(service: Service, answer: TestResponse) -> SignedIn:
    """The session that an answer started, as kept."""
    secret = cookies_of(answer)["session"].value
    with service.store.read() as look:
        kept = look.session(sha256(secret.encode()).hexdigest())
    assert kept is not None
    return kept


def keep(service: Service, session: SignedIn) -> None:
    """Put a session in place of the one that was kept."""
    service.store.write(lambda unit: unit.put_session(session))


def test_the_cookie_holds_a_secret_of_which_only_the_hash_is_kept(app: Flask, service: Service, database: Path) -> None:
    answer = a_visitor(app).sign_in("worker1")
    secret = cookies_of(answer)["session"].value

    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
    assert session_of(service, answer).account_id == "person-worker1"
    assert secret.encode() not in database.read_bytes()


def test_every_sign_in_gets_another_secret_and_ends_the_one_before(app: Flask, service: Service) -> None:
    visitor = a_visitor(app)
    first = visitor.sign_in("worker1")
    secret = cookies_of(first)["session"].value

    second = visitor.sign_in("worker1")

    assert cookies_of(second)["session"].value != secret
    with service.store.read() as look:
        assert look.session(sha256(secret.encode()).hexdigest()) is None


def test_a_secret_that_somebody_planted_is_never_taken_over(app: Flask) -> None:
    visitor = a_visitor(app)
    visitor.client.set_cookie("session", "planted", domain="localhost")

    answer = visitor.sign_in("worker1")

    assert cookies_of(answer)["session"].value != "planted"


def test_over_tls_every_cookie_is_for_this_host_alone_and_out_of_scripts_reach(database: Path) -> None:
    with a_service(f"sqlite:///{database}") as service:
        add_people(service)
        visitor = a_visitor(an_app(service), base="https://localhost")
        form = cookies_of(visitor.get("/sign-in"))
        both = form | cookies_of(visitor.sign_in("worker1"))

        assert set(both) == {"__Host-form", "__Host-session"}
        for cookie in both.values():
            assert cookie["secure"] is True
            assert cookie["httponly"] is True
            assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Strict", "/", "")
        assert visitor.get("/worklist").status_code == 200


def test_on_this_machine_alone_the_cookies_are_the_same_without_tls(app: Flask) -> None:
    visitor = a_visitor(app)
    both = cookies_of(visitor.get("/sign-in")) | cookies_of(visitor.sign_in("worker1"))

    assert set(both) == {"form", "session"}
    assert {(cookie["httponly"], cookie["samesite"], cookie["secure"]) for cookie in both.values()} == {
        (True, "Strict", "")
    }


@pytest.mark.parametrize("username", ["worker1", "nobody", "", "worker1\x00", "x" * 5000, "' OR 1=1 --", "<b>"])
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(app: Flask, username: str) -> None:
    answer = a_visitor(app).sign_in(username, "not the password")
    page = Seen(answer.text)

    assert page.text.count("The user name or the password is not right, or the account is locked.") == 2
    assert page.within("title") == ["Error: Sign in \N{EN DASH} Contact screening"]
    assert page.all("input", id="password")[0].attributes.get("value") is None
    assert not page.all("b")


def test_the_fifth_wrong_password_locks_the_account_and_nobody_can_tell_from_a_name_that_is_not_there(
    app: Flask, service: Service
) -> None:
    visitor, stranger = a_visitor(app), a_visitor(app)
    for _ in range(5):
        visitor.sign_in("worker1", "not the password")
        stranger.sign_in("nobody", "not the password")

    page, other = (Seen(one.sign_in(name).text) for one, name in ((visitor, "worker1"), (stranger, "nobody")))

    assert "After 5 wrong passwords in a row an account is locked for 15 minutes." in page.text
    assert page.text == other.text
    with service.store.read() as look:
        account = look.account("person-worker1")
    assert account is not None
    service.store.write(lambda unit: unit.put_account(replace(account, locked_until=datetime.now(UTC))))
    assert visitor.sign_in("worker1").status_code == 302


def test_a_disabled_account_is_out_at_the_next_request(service: Service, worker: Visitor) -> None:
    assert worker.get("/worklist").status_code == 200

    at = datetime.now(UTC)
    service.store.write(lambda unit: set_disabled(unit, "worker1", "tests", at, disabled=True))

    assert worker.get("/worklist").location.startswith("/sign-in")
    assert "has been disabled" in Seen(worker.sign_in("worker1").text).text


@pytest.mark.parametrize(
    ("seen_before", "started_before", "goes_on"),
    [
        (timedelta(minutes=19), HOUR, True),
        (timedelta(minutes=21), HOUR, False),
        (timedelta(minutes=1), 9 * HOUR, True),
        (timedelta(minutes=1), 11 * HOUR, False),
    ],
)
def test_a_session_ends_when_idle_or_old(
    app: Flask, service: Service, seen_before: timedelta, started_before: timedelta, *, goes_on: bool
) -> None:
    visitor = a_visitor(app)
    session = session_of(service, visitor.sign_in("worker1"))
    at = datetime.now(UTC)
    keep(service, replace(session, started_at=at - started_before, last_seen_at=at - seen_before))

    assert (visitor.get("/worklist").status_code == 200) is goes_on


def test_being_seen_keeps_a_session_from_idling_out(app: Flask, service: Service) -> None:
    visitor = a_visitor(app)
    session = session_of(service, visitor.sign_in("worker1"))
    before = datetime.now(UTC) - timedelta(minutes=15)
    keep(service, replace(session, started_at=before, last_seen_at=before))

    visitor.get("/worklist")

    with service.store.read() as look:
        now = look.session(session.session_hash)
    assert now is not None
    assert now.last_seen_at > before


def test_signing_out_ends_the_session_for_good(app: Flask) -> None:
    visitor = a_visitor(app)
    started = visitor.sign_in("worker1")
    secret = cookies_of(started)["session"].value

    answer = visitor.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert visitor.get("/worklist").status_code == 302
    visitor.client.set_cookie("session", secret, domain="localhost")
    assert visitor.get("/worklist").status_code == 302
    assert "You are signed out." in visitor.see("/sign-in?left=yes").text


def test_signing_out_twice_does_nothing_more(worker: Visitor) -> None:
    worker.post("/sign-out")
    worker.get("/sign-in")

    assert worker.post("/sign-out").status_code == 302


def test_somebody_is_brought_back_to_the_contact_they_asked_for(app: Flask) -> None:
    visitor = a_visitor(app)
    asked = visitor.get("/contacts/rcp_abc")
    assert asked.location == "/sign-in?next=/contacts/rcp_abc"

    page = visitor.see(asked.location)
    (field,) = page.all("input", name="next")
    assert visitor.sign_in("worker1", back=field.attributes["value"] or "").location == "/contacts/rcp_abc"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org/contacts/a",
        "/contacts/a/../../..//example.org",
        "/contacts/a\r\nSet-Cookie: a=b",
        "/contacts/a\n",
        "\\\\example.org",
        "javascript:alert(1)",
        "/worklist",
    ],
)
def test_nobody_is_brought_anywhere_else(app: Flask, elsewhere: str) -> None:
    assert a_visitor(app).sign_in("worker1", back=elsewhere).location == "/"


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_a_first_page(app: Flask, role: Role) -> None:
    visitor = a_visitor(app, role)

    assert visitor.get(visitor.get("/").location).status_code == 200


def test_the_tokens_made_before_signing_in_are_good_for_nothing_afterwards(app: Flask) -> None:
    visitor = a_visitor(app)
    visitor.get("/sign-in")
    before = visitor.token
    visitor.sign_in("worker1")

    visitor.token = before

    assert visitor.post("/sign-out").status_code == 400


def test_the_form_cookie_holds_a_token_and_nothing_about_anybody(app: Flask) -> None:
    visitor = a_visitor(app)
    visitor.sign_in("worker1")
    cookie = visitor.client.get_cookie("form")

    assert cookie is not None
    assert "worker" not in str(app.session_interface.get_signing_serializer(app).loads(cookie.value)).lower()  # type: ignore[attr-defined]  # Flask's own session
