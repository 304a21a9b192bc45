"""The picture of every contact of a history, as the service would have had it on the day that the contact came.

Contacts are taken in the order of arrival; each is recognised among those before it by the service's own code, then
remembered. A decision counts from when it was made, a row of the care register from the day since when it stands.
Nothing that came later is seen: `tests/training/history/test_no_leakage.py` removes it and looks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from screening.domain.calendar import LONDON
from screening.domain.contact import Contact
from screening.domain.household import Picture, RegisterEntry
from screening.matching.known import EarlierContact, KnownPerson
from screening.matching.memory import KnownInMemory, contact_id
from screening.matching.recognise import recognise
from training.history.extract import DecisionMade


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
    known = KnownInMemory(register)
    for contact in contacts:
        corrected = contact_id(contact.force_code, contact.supersedes) if contact.supersedes else None
        recognised = recognise(_AsOf(known, decisions, contact), contact, instead_of=corrected)
        linked = known.remember(contact, recognised)
        yield Pictured(contact, recognised.picture, frozenset(person.person_id for person in linked))


@dataclass(frozen=True, slots=True)
class _AsOf:
    """What was known when a contact came: `PeopleReading` without what was decided or registered later."""

    known: KnownInMemory
    decisions: Mapping[str, DecisionMade]
    contact: Contact

    def known_people(self, keys: frozenset[str]) -> Sequence[KnownPerson]:
        """Whoever was there before."""
        return self.known.known_people(keys)

    def earlier_contacts(self, person_ids: frozenset[str]) -> Sequence[EarlierContact]:
        """Their contacts, with the decisions made by then."""
        return [self._decided(earlier) for earlier in self.known.earlier_contacts(person_ids)]

    def register_entries(self, keys: frozenset[str]) -> Sequence[RegisterEntry] | None:
        """The rows that stood on the day of the incident."""
        entries, day = self.known.register_entries(keys), self.contact.incident.occurred_at.astimezone(LONDON).date()
        if entries is None:
            return None
        return [entry for entry in entries if entry.since is None or entry.since <= day]

    def _decided(self, earlier: EarlierContact) -> EarlierContact:
        made = self.decisions.get(earlier.contact_id.partition("/")[2])
        if made is None or made.at > self.contact.sent_at:
            return earlier
        return replace(earlier, decision=made.code, decided_at=made.at)


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
