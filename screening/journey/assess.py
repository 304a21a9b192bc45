"""Suggestions for contacts in files: the same way as a delivery's, with nothing stored and nothing logged."""

from datetime import datetime

from screening.domain.calendar import OfficeCalendar
from screening.intake.parse import ReadContact
from screening.journey.placement import place
from screening.journey.record import missing_record, suggestion_record
from screening.journey.records import JsonValue
from screening.journey.suggest import Signals, suggest
from screening.matching.memory import contact_id
from screening.matching.recognise import PeopleReading, recognise
from screening.triage.missing import missing_answers


def assess(
    read: ReadContact,
    known: PeopleReading,
    signals: Signals,
    calendar: OfficeCalendar,
    now: datetime,
    *,
    history_given: bool,
) -> dict[str, JsonValue]:
    """What the service would suggest for one contact, as the contact contract's JSON (The command line).

    `known` is what to match against, `now` the moment of screening; `history_given` says whether `known` has earlier
    contacts.
    """
    contact = read.contact
    picture = recognise(
        known,
        contact,
        instead_of=contact_id(contact.force_code, contact.supersedes) if contact.supersedes else None,
        this=contact_id(contact.force_code, contact.contact_reference),
        history_given=history_given,
    ).picture
    suggestion = suggest(contact, picture, signals)
    missing = missing_answers(contact, picture, suggestion, lambda c, p: suggest(c, p, signals))
    return {
        "contact_reference": contact.contact_reference,
        **suggestion_record(suggestion),
        "route": str(place(suggestion, now, calendar).route),
        "missing": missing_record(missing),
        "warnings": [{"code": w.code, "pointer": w.pointer, "text": w.text} for w in read.warnings],
    }
