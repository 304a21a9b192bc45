"""The picture of every contact of a history, as the service would have had it on the day that the contact came.

Contacts are taken in the order of arrival; each is matched against those before it, then remembered. A decision counts
from when it was made, a row of the care register from the day since when it stands. Nothing that came later is seen:
`tests/training/test_no_leakage.py` removes it and looks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from screening.domain.calendar import LONDON
from screening.domain.contact import Contact
from screening.domain.household import PersonMatch, Picture, RegisterEntry
from screening.matching.history import history_of
from screening.matching.keys import keys, register_keys
from screening.matching.known import EarlierContact, EarlierPerson, KnownPerson, PersonDetails
from screening.matching.match import match_people, match_register, people_of
from screening.matching.normalise import says_the_same
from training.extract import DecisionMade


@dataclass(frozen=True, slots=True)
class Pictured:
    """A contact with its picture, and the ids of everybody in it: whoever shares one is of one family."""

    contact: Contact
    picture: Picture
    people: frozenset[str]


def pictured(
    contacts: Iterable[Contact], decisions: Mapping[str, DecisionMade], register: Sequence[RegisterEntry] | None
) -> Iterator[Pictured]:
    """Every contact, in the order given, with the picture as of then."""
    memory = _Memory(decisions, register)
    for contact in contacts:
        yield memory.take_in(contact)


class _Memory:
    """Known people, earlier contacts and the care register, in dictionaries."""

    def __init__(self, decisions: Mapping[str, DecisionMade], register: Sequence[RegisterEntry] | None) -> None:
        self._decisions = decisions
        self._people: dict[str, dict[KnownPerson, None]] = defaultdict(dict)
        self._contacts: dict[str, EarlierContact] = {}
        self._of_person: dict[str, list[str]] = defaultdict(list)
        self._register: dict[str, list[RegisterEntry]] | None = None
        if register is not None:
            self._register = defaultdict(list)
            for entry in register:
                for key in register_keys(entry):
                    self._register[key].append(entry)

    def take_in(self, contact: Contact) -> Pictured:
        """The picture of this contact; then it is remembered."""
        people = people_of(contact)
        found = [(person, keys(person)) for person in people]
        wanted = frozenset[str]().union(*(them for _, them in found))
        known = list(dict.fromkeys(one for key in sorted(wanted) for one in self._people.get(key, ())))
        matches = match_people(people, known)
        corrected = _reference(contact.force_code, contact.supersedes) if contact.supersedes else None
        if corrected in self._contacts:
            self._contacts[corrected] = replace(self._contacts[corrected], superseded=True)
        picture = Picture(
            matches=matches,
            register=match_register(people, self._entries(wanted, _day(contact))),
            history=history_of(contact, matches, self._earlier(contact, matches, corrected)),
            register_given=self._register is not None,
        )
        return Pictured(contact, picture, self._remember(contact, matches, known, found))

    def _entries(self, wanted: frozenset[str], day: date) -> list[RegisterEntry]:
        if self._register is None:
            return []
        found = dict.fromkeys(entry for key in sorted(wanted) for entry in self._register.get(key, ()))
        return [entry for entry in found if entry.since is None or entry.since <= day]

    def _earlier(self, contact: Contact, matches: Sequence[PersonMatch], corrected: str | None) -> list[EarlierContact]:
        """The earlier contacts of anybody who is or may be here, with the decisions made by now."""
        ids = {i for match in matches for i in (*match.certain, *(one.person_id for one in match.possible))}
        references = dict.fromkeys(reference for i in sorted(ids) for reference in self._of_person.get(i, ()))
        return [self._as_of(self._contacts[reference], contact) for reference in references if reference != corrected]

    def _as_of(self, earlier: EarlierContact, contact: Contact) -> EarlierContact:
        made = self._decisions.get(earlier.contact_id.partition("/")[2])
        if made is None or made.at > contact.sent_at:
            return earlier
        return replace(earlier, decision=made.code, decided_at=made.at)

    def _remember(
        self,
        contact: Contact,
        matches: Sequence[PersonMatch],
        known: Sequence[KnownPerson],
        found: Sequence[tuple[PersonDetails, frozenset[str]]],
    ) -> frozenset[str]:
        contact_id = _reference(contact.force_code, contact.contact_reference)
        linked: list[EarlierPerson] = []
        for match, (person, its_keys) in zip(matches, found, strict=True):
            ids = match.certain or (_new_id(contact_id, person.pointer),)
            linked += [EarlierPerson(one, _role(contact, person.pointer)) for one in ids]
            if its_keys and not any(one.person_id in ids and says_the_same(one.details, person) for one in known):
                record = KnownPerson(ids[0], person)
                for key in its_keys:
                    self._people[key][record] = None
        people = dict.fromkeys(person.person_id for person in linked)
        for person_id in people:
            self._of_person[person_id].append(contact_id)
        form = contact.risk_assessment
        self._contacts[contact_id] = EarlierContact(
            contact_id=contact_id,
            force_code=contact.force_code,
            incident_reference=contact.incident.incident_reference,
            occurred_at=contact.incident.occurred_at,
            type=contact.incident.type,
            grade=form.grade if form else None,
            decision=None,
            people=tuple(linked),
        )
        return frozenset(people)


def families(pictures: Iterable[frozenset[str]]) -> list[int]:
    """For each contact the number of its family: contacts that share anybody, directly or through others, are one's.

    A suspect in two households joins them: what is learnt of one must not be tested on the other.
    """
    above: list[int] = []
    first_of: dict[str, int] = {}
    for place, people in enumerate(pictures):
        above.append(place)
        for person in people:
            other = first_of.setdefault(person, place)
            _join(above, place, other)
    return [_root(above, place) for place in range(len(above))]


def _root(above: list[int], place: int) -> int:
    while above[place] != place:
        above[place] = above[above[place]]
        place = above[place]
    return place


def _join(above: list[int], one: int, other: int) -> None:
    low, high = sorted((_root(above, one), _root(above, other)))
    above[high] = low


def _reference(force_code: str, contact_reference: str) -> str:
    return f"{force_code}/{contact_reference}"


def _day(contact: Contact) -> date:
    return contact.incident.occurred_at.astimezone(LONDON).date()


def _new_id(contact_id: str, pointer: str) -> str:
    return sha256(f"{contact_id}{pointer}".encode()).hexdigest()[:20]


def _role(contact: Contact, pointer: str) -> str:
    kind, place = pointer.strip("/").split("/")
    return "child" if kind == "children" else str(contact.adults[int(place)].role)
