"""The made-up borough that ships, dated to end today: its care register, its contacts, what its people decided.

`training demo-data` makes the file. One JSON document a line: a header, then the register, contacts and decisions.
Every date in it is moved by the same whole days, dates of birth included, so that ages and gaps stay as they were.
"""

import csv
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from io import StringIO

from screening.domain.decision import DecisionCode
from screening.domain.household import RegisterEntry
from screening.intake.register_rows import REGISTER_COLUMNS, read_register

DATA = "borough.ndjson.xz"
EXAMPLE = "contact.json"
DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
"""A date, or the date in a time: what is moved wherever a whole text starts with one."""


@dataclass(frozen=True, slots=True)
class PastContact:
    """A contact of the borough. `at` is when it came, aware UTC; `body` what was sent."""

    at: datetime
    force_code: str
    body: bytes


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What one of the borough's people decided on a contact."""

    at: datetime
    force_code: str
    contact_reference: str
    code: DecisionCode
    worker: str


@dataclass(frozen=True, slots=True)
class Borough:
    """The whole borough; `events` in the order in which they happened."""

    register: tuple[RegisterEntry, ...]
    events: tuple[PastContact | PastDecision, ...]

    @property
    def contacts(self) -> int:
        """How many contacts there are."""
        return sum(isinstance(event, PastContact) for event in self.events)

    @property
    def forces(self) -> frozenset[str]:
        """The forces that sent them."""
        return frozenset(event.force_code for event in self.events)

    @property
    def starts_at(self) -> datetime:
        """When the first of it happened."""
        return self.events[0].at


def days_to_today(now: datetime) -> int:
    """By how many whole days the borough is to be moved so that its last contact came within the day before `now`."""
    return (now - datetime.fromisoformat(str(_lines()[0]["ends_at"]))).days


def read_borough(moved_days: int) -> Borough:
    """The borough with every date moved by `moved_days`."""
    moved = [_moved_line(line, moved_days) for line in _lines()]
    # A contact comes before a decision of the same moment.
    events: list[PastContact | PastDecision] = [*_contacts(moved), *_decisions(moved)]
    events.sort(key=lambda past: (past.at, isinstance(past, PastDecision)))
    return Borough(_register(moved), tuple(events))


def example_contact(now: datetime) -> dict[str, object]:
    """A contact of the borough to send by hand, as if it had happened in the last day."""
    document = json.loads(files("screening.demo").joinpath(EXAMPLE).read_text("utf-8"))
    sent_at = datetime.fromisoformat(document["sent_at"])
    return _moved_line(document, (now - sent_at).days)


def borough_bodies(count: int) -> list[bytes]:
    """The first `count` contacts as they were sent, their dates not moved; for benches."""
    contacts = (line["document"] for line in _lines() if line["kind"] == "contact")
    return [json.dumps(document).encode() for document, _ in zip(contacts, range(count), strict=False)]


def moved_by(value: object, days: int) -> object:
    """The same JSON value with every date and time moved by whole days."""
    if isinstance(value, dict):
        return {name: moved_by(inner, days) for name, inner in value.items()}
    if isinstance(value, list):
        return [moved_by(inner, days) for inner in value]
    if isinstance(value, str) and DAY.match(value) and len(value) <= len("2026-01-01T00:00:00.000000+00:00"):
        return (date.fromisoformat(value[:10]) + timedelta(days=days)).isoformat() + value[10:]
    return value


@cache
def _lines() -> list[dict[str, object]]:
    packed = files("screening.demo").joinpath(DATA).read_bytes()
    return [json.loads(line) for line in lzma.decompress(packed).splitlines()]


def _moved_line(line: dict[str, object], days: int) -> dict[str, object]:
    return {name: moved_by(value, days) for name, value in line.items()}


def _contacts(lines: list[dict[str, object]]) -> Iterator[PastContact]:
    for line in lines:
        document = line.get("document")
        if line["kind"] == "contact" and isinstance(document, dict):
            at = datetime.fromisoformat(str(line["at"]))
            yield PastContact(at, str(document["force_code"]), json.dumps(document, ensure_ascii=False).encode())


def _decisions(lines: list[dict[str, object]]) -> Iterator[PastDecision]:
    for line in lines:
        if line["kind"] == "decision":
            yield PastDecision(
                datetime.fromisoformat(str(line["at"])),
                str(line["force_code"]),
                str(line["contact_reference"]),
                DecisionCode(str(line["code"])),
                str(line["worker"]),
            )


def _register(lines: list[dict[str, object]]) -> tuple[RegisterEntry, ...]:
    """The register through intake's own reader: it is read as an authority's would be."""
    file = StringIO(newline="")
    rows = csv.DictWriter(file, REGISTER_COLUMNS, extrasaction="ignore")
    rows.writeheader()
    rows.writerows(line for line in lines if line["kind"] == "register")
    file.seek(0)
    return read_register(file)
