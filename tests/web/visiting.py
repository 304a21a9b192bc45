"""Visiting the pages in tests, as a browser without scripts does: follow links, fill forms, read what stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from screening.app import create_app
from screening.domain.access import Role
from screening.journey.accounts import add_account
from screening.journey.records import Account
from screening.journey.service import Service
from screening.web.passwords import hash_password

PASSWORD = "a made-up pass phrase"
KEPT = hash_password(PASSWORD)
NAMES: dict[Role, str] = {
    Role.WORKER: "Wanda Worker",
    Role.MANAGER: "Max Manager",
    Role.REVIEWER: "Rita Reviewer",
    Role.ADMINISTRATOR: "Ada Administrator",
}
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def account_of(role: Role, **changes: str) -> Account:
    """The account of somebody with that role; `username` and `name` may be others."""
    username = changes.get("username", f"{role}1")
    return Account(f"person-{username}", username, changes.get("name", NAMES[role]), role, KEPT)


def add_people(service: Service, *accounts: Account) -> None:
    """Give these people accounts; without any, one for each role."""
    at = datetime.now(UTC)
    for account in accounts or tuple(account_of(role) for role in Role):
        _add(service, account, at)


def _add(service: Service, account: Account, at: datetime) -> None:
    service.store.write(lambda unit: add_account(unit, account, "tests", at))


class InMemory(BytecodeCache):
    """Keeps templates compiled from one app to the next: tests make many apps, a real process makes one."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = InMemory()


def an_app(service: Service) -> Flask:
    """The whole app around a service."""
    app = create_app(service, secret="made for tests")
    app.jinja_env.bytecode_cache = COMPILED
    return app


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag and its attributes."""

    tag: str
    attributes: dict[str, str | None]


class Seen(HTMLParser):
    """A page as parsed: its elements, its text, and whether everything that was opened was closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self.unbalanced: list[str] = []
        self._texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self._texts.append((self._open[-1] if self._open else "", data))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    @property
    def text(self) -> str:
        """All that is written, with single spaces."""
        return " ".join(" ".join(text for _, text in self._texts).split())

    def within(self, tag: str) -> list[str]:
        """What is written right inside each element of that tag."""
        return [" ".join(text.split()) for inside, text in self._texts if inside == tag and text.strip()]

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of that tag with these attributes."""
        return [
            element
            for element in self.elements
            if element.tag == tag and attributes.items() <= element.attributes.items()
        ]

    @property
    def addresses(self) -> list[str]:
        """Every address that the page leads to or loads."""
        named = (element.attributes.get(name) for element in self.elements for name in ("href", "src", "action"))
        return [address for address in named if address]


@dataclass(slots=True)
class Visitor:
    """A browser of one person. It keeps cookies and the token of the forms it was shown."""

    client: FlaskClient
    base: str
    token: str = ""

    def get(self, path: str) -> TestResponse:
        """Ask for a page; redirects are not followed."""
        answer = self.client.get(path, base_url=self.base, buffered=True)
        self._keep_token(answer)
        return answer

    def post(
        self, path: str, fields: Mapping[str, object] | None = None, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        """Send a form with its token."""
        sent: dict[str, object] = {"csrf_token": self.token, **(fields or {})}
        answer = self.client.post(path, base_url=self.base, data=sent, headers=headers)
        self._keep_token(answer)
        return answer

    def see(self, path: str) -> Seen:
        """A page that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.status
        return Seen(answer.text)

    def sign_in(self, username: str, password: str = PASSWORD, back: str = "") -> TestResponse:
        """Fill in the sign-in form."""
        self.get("/sign-in")
        answer = self.post("/sign-in", {"username": username, "password": password, "next": back})
        if answer.status_code == 302:
            self.get("/sign-in")
        return answer

    def _keep_token(self, answer: TestResponse) -> None:
        if answer.mimetype != "text/html":
            return
        tokens = Seen(answer.text).all("input", name="csrf_token")
        if tokens:
            self.token = tokens[0].attributes["value"] or ""


def a_visitor(app: Flask, role: Role | None = None, base: str = "http://localhost") -> Visitor:
    """Somebody at a fresh browser, signed in as the account of `role` where one is given."""
    visitor = Visitor(app.test_client(), base)
    if role is not None:
        assert visitor.sign_in(f"{role}1").status_code == 302
    return visitor
