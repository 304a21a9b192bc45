"""History: the earlier incidents that follow from who the people of a contact are.

An incident is earlier when it began before this one and within the 12 months before it, in London days; when it was
received plays no part (domain facts 3.5). It belongs to this contact

1. as the household's, when it shares one of the children, or both a victim and a suspect in whatever roles there;
2. as the suspect's elsewhere, when a suspect of this contact was a suspect there too;
3. as the household's again, when it shares a party under 18, who is a child of this contact, or the mother of an unborn
   child: the child cannot be matched before birth, and where she was the child was.

Certain matches alone make an incident certain; one that needs a possible match is kept apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from screening.domain.calendar import LONDON, twelve_months_before
from screening.domain.contact import Adult, Answer, Contact
from screening.domain.facts import Subject
from screening.domain.household import NOTHING_KNOWN, EarlierIncident, History, PersonMatch, Relation
from screening.domain.people import PARTIES, SUSPECTS, VICTIMS, adult_age
from screening.matching.incidents import Ids, by_incident, earlier_incident
from screening.matching.known import EarlierContact

_SUSPECT_ROLES = frozenset(str(role) for role in SUSPECTS)


def history_of(contact: Contact, matches: Sequence[PersonMatch], earlier: Sequence[EarlierContact]) -> History:
    """The earlier incidents of the household, and of its suspects elsewhere, as of this contact's incident.

    `earlier` may hold too much (later contacts, other families, the same contact twice), in any order. A superseded
    contact counts only together with another that tells of the same incident, since its correction stands for itself.
    """
    window = _in_the_12_months_before(contact, earlier)
    if not window:
        return History()
    surely = {match.pointer: frozenset(match.certain) for match in matches}
    certain = _incidents_of(contact, surely, window)
    perhaps = {m.pointer: surely[m.pointer].union(p.person_id for p in m.possible) for m in matches}
    counted = {contact_id for incident in certain for contact_id in incident.contact_ids}
    # Certain ones are found without a look at possible matches, so that no doubt can take one away.
    also = _incidents_of(contact, perhaps, window) if perhaps != surely else ()
    return History(certain, tuple(incident for incident in also if counted.isdisjoint(incident.contact_ids)))


def _incidents_of(
    contact: Contact, ids: Mapping[str, Ids], window: Sequence[EarlierContact]
) -> tuple[EarlierIncident, ...]:
    """The incidents that belong to the contact when its people are `ids`, newest first."""
    circle = _Circle.of(contact, ids)
    found = [
        earlier_incident(told, relation)
        for told in by_incident(contact, window, ids)
        if (relation := circle.relation(_People.of(told))) is not None and any(not one.superseded for one in told)
    ]
    return tuple(sorted(found, key=lambda one: (one.occurred_at, one.contact_ids), reverse=True))


def _in_the_12_months_before(contact: Contact, earlier: Iterable[EarlierContact]) -> list[EarlierContact]:
    """Each contact once, oldest first, whose incident began in the window; this very moment is still in it."""
    until = contact.incident.occurred_at.astimezone(LONDON)
    since = datetime.combine(twelve_months_before(until.date()), time(), LONDON).astimezone(UTC)
    until = until.astimezone(UTC)
    once = {one.contact_id: one for one in earlier if since <= one.occurred_at <= until}
    return sorted(once.values(), key=lambda one: (one.occurred_at, one.contact_id))


@dataclass(frozen=True, slots=True)
class _People:
    """Who was there in one earlier incident, and who of them as a suspect."""

    everybody: Ids
    suspects: Ids

    @classmethod
    def of(cls, told: Iterable[EarlierContact]) -> "_People":
        people = [person for one in told for person in one.people]
        return cls(
            frozenset(person.person_id for person in people),
            frozenset(person.person_id for person in people if person.role in _SUSPECT_ROLES),
        )


@dataclass(frozen=True, slots=True)
class _Circle:
    """The people of this contact as known people, by the part they play in finding history."""

    children: Ids
    couples: tuple[tuple[Ids, Ids], ...]
    suspects: Ids
    young_parties_and_mothers: Ids

    @classmethod
    def of(cls, contact: Contact, ids: Mapping[str, Ids]) -> "_Circle":
        subject = Subject.of(contact, NOTHING_KNOWN)
        adults = [
            (place, adult, ids.get(f"/adults/{place}", frozenset())) for place, adult in enumerate(contact.adults)
        ]
        victims = [(place, them) for place, adult, them in adults if adult.role in VICTIMS]
        suspects = [(place, them) for place, adult, them in adults if adult.role in SUSPECTS]
        return cls(
            children=_union(ids.get(f"/children/{place}", frozenset()) for place in range(len(contact.children))),
            couples=tuple((one, other) for v, one in victims for s, other in suspects if v != s and one and other),
            suspects=_union(them for _, them in suspects),
            young_parties_and_mothers=_union(
                them for _, adult, them in adults if _is_young_party(adult, subject) or _is_mother(adult, contact)
            ),
        )

    def relation(self, there: _People) -> Relation | None:
        """How an incident with these people belongs to the contact; `None` where it does not."""
        if not self.children.isdisjoint(there.everybody) or any(
            _both_there(one, other, there.everybody) for one, other in self.couples
        ):
            return Relation.HOUSEHOLD
        if not self.suspects.isdisjoint(there.suspects):
            return Relation.SUSPECT_ELSEWHERE
        if not self.young_parties_and_mothers.isdisjoint(there.everybody):
            return Relation.HOUSEHOLD
        return None


def _union(sets: Iterable[Ids]) -> Ids:
    return frozenset[str]().union(*sets)


def _both_there(one: Ids, other: Ids, there: Ids) -> bool:
    """Whether two different people of the couple were there: one known person may have been taken for both."""
    first, second = one & there, other & there
    return bool(first and second) and len(first | second) > 1


def _is_young_party(adult: Adult, subject: Subject) -> bool:
    age = adult_age(adult, subject)
    return adult.role in PARTIES and age is not None and age < 18


def _is_mother(adult: Adult, contact: Contact) -> bool:
    """Whoever is pregnant; where an unborn child is named and nobody is said to be pregnant, the victim."""
    if any(one.pregnant is Answer.YES for one in contact.adults):
        return adult.pregnant is Answer.YES
    return adult.role in VICTIMS and any(child.unborn for child in contact.children)
