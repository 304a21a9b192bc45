"""The list of facts, and how they are established for one contact. The rulebook's names are the names here."""

from collections.abc import Mapping

from screening.domain.adult_facts import ADULT_FACTS
from screening.domain.child_facts import CHILD_FACTS
from screening.domain.contact import Contact
from screening.domain.facts import Fact, Facts, Subject
from screening.domain.history_facts import HISTORY_FACTS
from screening.domain.household import Picture
from screening.domain.incident_facts import INCIDENT_FACTS

FACTS: Mapping[str, Fact] = {fact.name: fact for fact in (*INCIDENT_FACTS, *CHILD_FACTS, *ADULT_FACTS, *HISTORY_FACTS)}
"""Every fact there is, by name."""


def establish(contact: Contact, picture: Picture) -> Facts:
    """Every fact of `contact`, given what is known about its people."""
    subject = Subject.of(contact, picture)
    return {name: fact.read(subject) for name, fact in FACTS.items()}
