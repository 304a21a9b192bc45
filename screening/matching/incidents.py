"""Contacts put together into incidents, so that no incident counts twice and this one never counts as earlier.

One incident is one log or crime number of one force within a week, or one moment with somebody in common; what is
joined through a third contact is joined. Which incidents belong to whom is in `history`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from screening.domain.contact import Contact, Grade
from screening.domain.decision import DecisionCode
from screening.domain.household import EarlierIncident, Relation
from screening.matching.known import EarlierContact
from screening.matching.normalise import force_number

SAME_REFERENCE_WITHIN = timedelta(days=7)
"""Log numbers start again, so one number months apart is two incidents (domain facts 5.3); times get corrected."""

CHILD_ROLE = "child"
_GRADES_RISING = (None, Grade.NOT_GRADED, Grade.STANDARD, Grade.MEDIUM, Grade.HIGH)
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)

Ids = frozenset[str]
"""The known people whom one person of the contact is, or may be."""


def by_incident(
    contact: Contact, told: Sequence[EarlierContact], ids: Mapping[str, Ids]
) -> Iterator[list[EarlierContact]]:
    """The contacts incident by incident, oldest first; what tells of this contact's own incident is left out.

    `told` is in the order of time; `ids` says who the people of this contact are or may be, and contacts of others are
    left out.
    """
    pointers: dict[str, set[str]] = {}
    for pointer, them in ids.items():
        for person_id in them:
            pointers.setdefault(person_id, set()).add(pointer)
    ours = [one for one in told if any(person.person_id in pointers for person in one.people)]
    this = len(ours)
    joined = _Joined(this + 1)
    _join_by_reference(contact, ours, joined)
    _join_by_moment(contact, ours, pointers, joined)
    incidents: dict[int, list[EarlierContact]] = {}
    for place, one in enumerate(ours):
        if joined.root(place) != joined.root(this):
            incidents.setdefault(joined.root(place), []).append(one)
    yield from incidents.values()


class _Joined:
    """Which of the places 0 to `size` - 1 are joined, directly or through others."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, place: int) -> int:
        while self._above[place] != place:
            place = self._above[place]
        return place

    def join(self, one: int, other: int) -> None:
        self._above[self.root(one)] = self.root(other)


def _join_by_reference(contact: Contact, ours: Sequence[EarlierContact], joined: _Joined) -> None:
    """Join neighbours in time that bear one reference of one force; the last place is this contact's incident."""
    told = [(force_number(one.force_code, one.incident_reference), one.occurred_at) for one in ours]
    told.append((force_number(contact.force_code, contact.incident.incident_reference), contact.incident.occurred_at))
    latest: dict[str, tuple[int, datetime]] = {}
    for place, (number, occurred_at) in enumerate(told):
        if not number:
            continue
        before = latest.get(number)
        if before is not None and occurred_at - before[1] <= SAME_REFERENCE_WITHIN:
            joined.join(place, before[0])
        latest[number] = (place, occurred_at)


def _join_by_moment(
    contact: Contact, ours: Sequence[EarlierContact], pointers: Mapping[str, set[str]], joined: _Joined
) -> None:
    """Join what happened at one moment to the same people: nobody is in two incidents at once."""
    moments: dict[datetime, list[tuple[int, set[str]]]] = {}
    for place, one in enumerate(ours):
        who = {person.person_id for person in one.people}
        for person_id in tuple(who):
            who |= pointers.get(person_id, set())
        for other, them in moments.setdefault(one.occurred_at, []):
            if not who.isdisjoint(them):
                joined.join(place, other)
        moments[one.occurred_at].append((place, who))
    for place, _ in moments.get(contact.incident.occurred_at, []):
        joined.join(place, len(ours))


def earlier_incident(told: Sequence[EarlierContact], relation: Relation) -> EarlierIncident:
    """One incident from the contacts that tell of it, oldest first: the latest that was not corrected speaks for it."""
    speaks = [one for one in told if not one.superseded][-1]
    return EarlierIncident(
        occurred_at=speaks.occurred_at,
        relation=relation,
        contact_ids=tuple(one.contact_id for one in told),
        type=speaks.type,
        grade=max((one.grade for one in told), key=_GRADES_RISING.index),
        decision=_latest_final_decision(told),
        children=tuple(
            sorted({person.person_id for one in told for person in one.people if person.role == CHILD_ROLE})
        ),
    )


def _latest_final_decision(told: Iterable[EarlierContact]) -> DecisionCode | None:
    decided = [
        (one.decided_at or _LONG_AGO, one.occurred_at, one.contact_id, one.decision)
        for one in told
        if one.decision is not None and one.decision is not DecisionCode.REQUEST_INFORMATION
    ]
    return max(decided)[-1] if decided else None
