"""Hold what the tables say against what the log committed to: contacts, decisions, sign-offs, where a contact stands.

Whoever can write to the database can change a row without touching the log. What the log knows of a row is compared
here, value by value, as it lies in the database; nothing is turned into a value of the work first, so that no altered
row can stop the check. Functions give the names of what disagrees, for a sentence; never the values.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from screening.audit.entry import EntryUnreadable, Event, parse
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.suggestion import Urgency
from screening.store.contacts import MOST_URGENT
from screening.store.look import AnyRow

Said = Mapping[str, object]
"""A JSON object out of an entry's content."""

NOTHING: Said = {}
_PLACE = {urgency.value: MOST_URGENT - urgency.rank for urgency in Urgency}
_Pair = tuple[str, object, object]


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
    return _differing(
        ("event", row.event, line.event),
        ("subject", row.subject, line.subject),
        ("actor", row.actor, line.actor),
    )


def contact_faults(row: AnyRow, line: Line, people: Sequence[AnyRow]) -> list[str]:
    """What of a contact disagrees with the entry of its screening."""
    content = line.content
    suggestion, placement = said(content.get("suggestion")), said(content.get("placement"))
    body = row.body if isinstance(row.body, bytes) else b""
    return _differing(
        ("receipt", (row.receipt_id, row.receipt_id), (line.subject, content.get("receipt_id"))),
        ("sender", row.sender_id, line.actor),
        ("time of receipt", _to_the_millisecond(row.received_at), line.at),
        ("bytes that were sent", sha256(body).hexdigest(), content.get("body_sha256")),
        ("digest of the content", row.content_sha256, content.get("content_sha256")),
        ("response", row.response, suggestion.get("response", NOTHING)),
        ("floor", row.floor, suggestion.get("floor", NOTHING)),
        ("certainty", row.certainty, suggestion.get("certainty", NOTHING)),
        ("need of sign-off", row.needs_sign_off, suggestion.get("needs_sign_off", NOTHING)),
        ("urgency", (row.urgency, row.urgency_place), _urgency(placement.get("urgency"))),
        ("route", row.route, placement.get("route", NOTHING)),
        ("due time", _time(row.decide_by), _time(placement.get("decide_by"))),
        ("duty list", row.on_duty_list, placement.get("on_duty_list", NOTHING)),
        ("warnings", _warnings(json_of(row.warnings)), _warnings(content.get("warnings"))),
        ("people", *_people(people, content.get("matches"))),
        *_from_the_body(row, said(json_of(body))),
    )


def standing_faults(row: AnyRow, decisions: Sequence[AnyRow], corrections: Sequence[Line]) -> list[str]:
    """What of where a contact stands does not follow from its decisions (oldest first) and corrections."""
    newest = decisions[-1] if decisions else None
    decided = newest is not None and row.state == ContactState.DECIDED
    closed = (
        _time(row.decided_at) in _closing_times(newest) if newest is not None and decided else row.decided_at is None
    )
    corrected = bool(corrections) and corrections[-1].content.get("by") == row.superseded_by
    return _differing(
        ("state", _state_follows(row, newest), True),
        ("decision", row.decision, newest.code if decided and newest else None),
        ("time of the decision", closed, True),
        ("correction", corrected if corrections else row.superseded_by is None, True),
    )


def decision_faults(row: AnyRow, line: Line) -> list[str]:
    """What of a decision disagrees with its entry."""
    content = line.content
    children = content.get("children")
    logged = [[child.get("child"), child.get("code")] for child in map(said, _list(children))]
    asked = row.code == DecisionCode.REQUEST_INFORMATION
    return _differing(
        ("kind", line.event, Event.INFORMATION_REQUESTED if asked else Event.DECISION_RECORDED),
        ("contact", row.receipt_id, line.subject),
        ("person", row.decided_by, line.actor),
        ("time", _to_the_millisecond(row.decided_at), line.at),
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
        return _differing(("second person's answer", answer, nothing))
    return _differing(
        ("second person", row.sign_off_by, line.actor),
        ("time of sign-off", _to_the_millisecond(row.sign_off_at), line.at),
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


def _differing(*pairs: _Pair) -> list[str]:
    return [name for name, kept, logged in pairs if kept != logged]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _time(raw: object) -> datetime | None:
    """A time as either database or a content has it; `None` for anything else."""
    if isinstance(raw, str):
        try:
            raw = datetime.fromisoformat(raw)
        except ValueError:
            return None
    if not isinstance(raw, datetime):
        return None
    return raw.replace(tzinfo=UTC) if raw.tzinfo is None else raw.astimezone(UTC)


def _to_the_millisecond(raw: object) -> datetime | None:
    at = _time(raw)
    return None if at is None else at.replace(microsecond=at.microsecond // 1000 * 1000)


def _closing_times(decision: AnyRow) -> list[datetime]:
    """When a decision can have become final: at once, or when a second person agreed."""
    times = (_time(decision.decided_at), _time(decision.sign_off_at))
    return [at for at in times if at is not None]


def _urgency(logged: object) -> tuple[object, object]:
    return (logged, _PLACE.get(logged) if isinstance(logged, str) else None)


def _warnings(listed: object) -> list[tuple[object, object]]:
    """Code and pointer of each warning, from the row (a list of three) or from the content (an object)."""
    found: list[tuple[object, object]] = []
    for warning in _list(listed):
        if isinstance(warning, dict):
            found.append((warning.get("code"), warning.get("pointer")))
        else:
            code, pointer, *_ = (*_list(warning), None, None)
            found.append((code, pointer))
    return found


def _people(rows: Sequence[AnyRow], matches: object) -> tuple[object, object]:
    """The ids tied to each person of the contact, as kept and as logged. Somebody new has one id, none logged."""
    kept: dict[object, set[object]] = {}
    for row in rows:
        kept.setdefault(row.pointer, set()).add(row.person_id)
    logged: dict[object, set[object]] = {}
    for match in map(said, _list(matches)):
        pointer = str(match.get("pointer"))
        certain: set[object] = set(map(str, _list(match.get("certain"))))
        new = kept.get(pointer, set())
        logged[pointer] = certain or (new if len(new) == 1 else set())
    return kept, logged


def _from_the_body(row: AnyRow, body: Said) -> Iterator[_Pair]:
    """What a row repeats of the bytes that were sent."""
    incident, form = said(body.get("incident")), said(body.get("risk_assessment"))
    yield "force", row.force_code, body.get("force_code")
    yield "reference", row.contact_reference, body.get("contact_reference")
    yield "incident's reference", row.incident_reference, _unless_blank(incident.get("incident_reference"))
    yield "incident's time", _time(row.occurred_at), _time(incident.get("occurred_at"))
    yield "incident's type", row.incident_type, incident.get("type")
    grade = form.get("grade")
    yield "grade", row.grade in (grade, form.get("reviewed_grade", grade)), True


def _unless_blank(sent: object) -> object:
    """A text as intake reads it: a blank one says that nothing was recorded."""
    return None if isinstance(sent, str) and not sent.strip() else sent


def _state_follows(row: AnyRow, newest: AnyRow | None) -> bool:
    """Whether the state is one that the newest decision can have led to."""
    asked = newest is not None and newest.code == DecisionCode.REQUEST_INFORMATION
    final = newest is not None and not asked
    refused = newest is not None and newest.agreed is not None and not newest.agreed
    follows: dict[object, bool] = {
        ContactState.TO_DECIDE.value: newest is None or asked or refused,
        ContactState.WAITING_FOR_INFORMATION.value: asked,
        ContactState.WAITING_FOR_SIGN_OFF.value: newest is not None and final and newest.agreed is None,
        ContactState.DECIDED.value: final and not refused,
        ContactState.SUPERSEDED.value: row.superseded_by is not None,
    }
    return follows.get(row.state, False)
