"""Hold what the tables say of contacts, decisions and sign-offs against what the log committed to.

Whoever can write to the database can change a row without touching the log. What the log knows of a row is compared
here, value by value, as it lies in the database; nothing is turned into a value of the work first, so that no altered
row can stop the check. Functions give the names of what disagrees, for a sentence; never the values.

A row repeats what intake read, and not what was sent: a blank text is kept as nothing, a time in UTC, the grade that is
in force. So the log commits to what was read (`kept` in its content), and the row is held against that; the bytes are
held against their digest. They are not read a second time, since a later intake may read them otherwise, and a log
that nobody touched must not seem altered then.

An entry of an earlier version committed to less: to nothing of `kept`, no warning's words, no name of who decided. What
a content never had is no disagreement; and nobody can take a field out of a content, which has its own commitment.

Every column of `contact`, `contact_person` and `decision` is held so (where a contact stands: `standing`); tests try
each. What is not held against the log, and why:

- `person_record`, `person_key`: what matching looks people up by. What came of it, ids and grounds, is held; the
  details are in the bytes that were sent.
- `care_register`, `register_row`, `register_key`: replaced whole by each import, of which the log has the number of
  children. Who was found in it is in the contact's content.
- `account`, `signed_in`: passwords, locks and running sessions change without an entry each. A decision's name is held;
  a second person and whoever looked are held by their id, and shown by the name that their account has now.
- `sender`, `sender_key`, `refusal`: who may send, and the manager's list of refused deliveries. Each addition, change
  and refusal is an entry of its own, whose content says it; pages list the rows.
- `rulebook`: its text is held against its digest, which each suggestion names. Which one is in force is not: the file
  in place says that, and each activation is an entry.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from screening.audit.entry import EntryUnreadable, Event, parse
from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Urgency
from screening.store.contacts import MOST_URGENT
from screening.store.look import AnyRow

Said = Mapping[str, object]
"""A JSON object out of an entry's content."""

NOTHING: Said = {}
_PLACE = {urgency.value: MOST_URGENT - urgency.rank for urgency in Urgency}
Pair = tuple[str, object, object]
"""What is compared: its name, the value that is kept, the value that the log has."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the tables are held against it: its own fields and its content."""

    number: int
    event: str
    subject: str
    actor: str
    at: datetime
    content: Said


def line_of(row: AnyRow) -> Line | None:
    """The entry and the content in a row; `None` where they cannot be read, which is found elsewhere."""
    try:
        entry = parse(row.body)
    except (EntryUnreadable, TypeError):
        return None
    content = json_of(row.content) if entry.commitment else NOTHING
    return Line(row.number, entry.event, entry.subject, entry.actor, entry.at, said(content))


def searching_faults(row: AnyRow, line: Line) -> list[str]:
    """Which columns for searching disagree with the entry that they repeat."""
    return differing(
        ("event", row.event, line.event),
        ("subject", row.subject, line.subject),
        ("actor", row.actor, line.actor),
    )


def contact_faults(row: AnyRow, line: Line, people: Sequence[AnyRow]) -> list[str]:
    """What of a contact disagrees with the entry of its screening."""
    content = line.content
    suggestion, placement = said(content.get("suggestion")), said(content.get("placement"))
    body = row.body if isinstance(row.body, bytes) else b""
    return differing(
        ("receipt", (row.receipt_id, row.receipt_id), (line.subject, content.get("receipt_id"))),
        ("sender", row.sender_id, line.actor),
        ("time of receipt", to_the_millisecond(row.received_at), line.at),
        ("bytes that were sent", sha256(body).hexdigest(), content.get("body_sha256")),
        ("digest of the content", row.content_sha256, content.get("content_sha256")),
        ("response", row.response, suggestion.get("response", NOTHING)),
        ("floor", row.floor, suggestion.get("floor", NOTHING)),
        ("certainty", row.certainty, suggestion.get("certainty", NOTHING)),
        ("need of sign-off", row.needs_sign_off, suggestion.get("needs_sign_off", NOTHING)),
        ("urgency", (row.urgency, row.urgency_place), _urgency(placement.get("urgency"))),
        ("route", row.route, placement.get("route", NOTHING)),
        ("due time", time_of(row.decide_by), time_of(placement.get("decide_by"))),
        ("duty list", row.on_duty_list, placement.get("on_duty_list", NOTHING)),
        _warnings(json_of(row.warnings), content.get("warnings")),
        *_kept(row, people, said(content.get("kept"))),
    )


def decision_faults(row: AnyRow, line: Line) -> list[str]:
    """What of a decision disagrees with its entry."""
    content = line.content
    children = content.get("children")
    logged = [[child.get("child"), child.get("code")] for child in map(said, list_of(children))]
    asked = row.code == DecisionCode.REQUEST_INFORMATION
    return differing(
        ("kind", line.event, Event.INFORMATION_REQUESTED if asked else Event.DECISION_RECORDED),
        ("contact", row.receipt_id, line.subject),
        ("person", row.decided_by, line.actor),
        *_committed(content, ("person's name", "by_name", row.decided_by_name)),
        ("time", to_the_millisecond(row.decided_at), line.at),
        ("code", row.code, content.get("code")),
        ("reasons", json_of(row.reasons), content.get("reasons")),
        ("note", json_of(row.note), content.get("note")),
        ("consent", row.consent, content.get("consent", NOTHING)),
        ("children", json_of(row.children), logged),
        ("floor", row.below_floor, content.get("below_floor", NOTHING)),
    )


def sign_off_faults(row: AnyRow, line: Line | None) -> list[str]:
    """What of a second person's answer disagrees with its entry; `None` says that there is no such entry."""
    if line is None:
        nothing = (None, None, None, "")
        answer = (row.sign_off_by, row.sign_off_at, row.agreed, json_of(row.sign_off_note))
        return differing(("second person's answer", answer, nothing))
    return differing(
        ("second person", row.sign_off_by, line.actor),
        ("time of sign-off", to_the_millisecond(row.sign_off_at), line.at),
        ("second person's answer", row.agreed, line.event == Event.SIGN_OFF_RECORDED),
        ("second person's note", json_of(row.sign_off_note), line.content.get("note")),
    )


def json_of(raw: object) -> object:
    """What JSON text or bytes say; `None` for anything that is no JSON."""
    if not isinstance(raw, str | bytes):
        return None
    try:
        parsed: object = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return parsed


def said(value: object) -> Said:
    """A JSON object; an empty one for anything else."""
    return value if isinstance(value, dict) else NOTHING


def differing(*pairs: Pair) -> list[str]:
    """The names of those whose two values are not equal."""
    return [name for name, kept, logged in pairs if kept != logged]


def list_of(value: object) -> list[object]:
    """A JSON list; an empty one for anything else."""
    return value if isinstance(value, list) else []


def time_of(raw: object) -> datetime | None:
    """A time as either database or a content has it; `None` for anything else."""
    if isinstance(raw, str):
        try:
            raw = datetime.fromisoformat(raw)
        except ValueError:
            return None
    if not isinstance(raw, datetime):
        return None
    return raw.replace(tzinfo=UTC) if raw.tzinfo is None else raw.astimezone(UTC)


def to_the_millisecond(raw: object) -> datetime | None:
    """A time as an entry has it, which is cut to the millisecond."""
    at = time_of(raw)
    return None if at is None else at.replace(microsecond=at.microsecond // 1000 * 1000)


def _urgency(logged: object) -> tuple[object, object]:
    return (logged, _PLACE.get(logged) if isinstance(logged, str) else None)


def _warnings(kept: object, logged: object) -> Pair:
    """Code, pointer and text of each warning, as a row has them; without the text where the log never had it."""
    warnings = [said(warning) for warning in list_of(logged)]
    if any("text" not in warning for warning in warnings):
        kept = [list_of(warning)[:2] for warning in list_of(kept)]
        return "warnings", kept, [[warning.get("code"), warning.get("pointer")] for warning in warnings]
    return "warnings", kept, [[warning.get(name) for name in ("code", "pointer", "text")] for warning in warnings]


def _kept(row: AnyRow, people: Sequence[AnyRow], kept: Said) -> Iterator[Pair]:
    """What a row repeats of what intake read and of who was recognised, against the same in the content."""
    yield from _committed(
        kept,
        ("force", "force_code", row.force_code),
        ("reference", "contact_reference", row.contact_reference),
        ("incident's reference", "incident_reference", row.incident_reference),
        ("incident's type", "incident_type", row.incident_type),
        ("grade", "grade", row.grade),
        ("contact that it corrects", "supersedes", row.supersedes_id),
        ("allocated worker", "allocated_worker", row.allocated_worker),
        ("summary", "summary", json_of(row.summary)),
    )
    if "occurred_at" in kept:
        yield "incident's time", time_of(row.occurred_at), time_of(kept["occurred_at"])
    if "people" in kept:
        links = {(link.pointer, link.role, link.person_id) for link in people}
        # As texts, since whoever altered a content may have put anything there.
        listed = list_of(kept["people"])
        yield "people", (links, len(people)), ({tuple(map(str, list_of(link))) for link in listed}, len(listed))


def _committed(content: Said, *values: tuple[str, str, object]) -> Iterator[Pair]:
    """A pair for each value (its name, its field in the content, as it is kept) that this content committed to."""
    for name, field, kept in values:
        if field in content:
            yield name, kept, content[field]
