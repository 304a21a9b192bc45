"""Facts: the named things that rules and features read about one contact.

A fact is established once, from the contact and the picture, and is either a value or one of two kinds of not knowing:
`NotKnown.SENT` (the force said unknown, not asked, declined) and `NotKnown.NOT_RECORDED` (the field is absent). Neither
is ever read as no. Every fact has a name, a kind that the rulebook is typed against, words for staff, and the fields it
was read from. Ages and the 12-month window are taken on the day of the incident, so no clock is needed.

The facts themselves are defined in `fact_list`; here is what a fact is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from screening.domain.calendar import LONDON
from screening.domain.contact import Answer, Contact
from screening.domain.household import Picture
from screening.domain.signals import Evidence


class NotKnown(Enum):
    """Why a fact has no value."""

    SENT = "sent as not known"
    NOT_RECORDED = "not recorded"

    # Members are single objects, and every rule and feature looks one up: Enum's own hash is a slow one.
    __hash__ = object.__hash__


# Bound once, as the answers below are: in Python 3.11 fetching a member takes longer than most facts do.
SENT, NOT_RECORDED = NotKnown.SENT, NotKnown.NOT_RECORDED


FactValue = bool | int | str | NotKnown
"""A yes/no, a whole number, a code, or a kind of not knowing."""


class FactKind(StrEnum):
    """What a fact's value is, for the types of the rulebook's language."""

    YES_NO = "yes/no"
    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is read from. `day` is the day of the incident in London."""

    contact: Contact
    picture: Picture
    day: date

    @classmethod
    def of(cls, contact: Contact, picture: Picture) -> "Subject":
        """The subject for one contact and what is known about its people."""
        return cls(contact, picture, contact.incident.occurred_at.astimezone(LONDON).date())


@dataclass(frozen=True, slots=True)
class Fact:
    """One named fact. `levels` are a code's allowed values; `ordered` says that they rise in that order.

    `read` establishes it; `fields` gives where it was read, with the values there, for the worker to check.
    """

    name: str
    kind: FactKind
    text: str
    read: Callable[[Subject], FactValue]
    fields: Callable[[Subject], tuple[Evidence, ...]]
    levels: tuple[str, ...] = ()
    ordered: bool = False


Facts = Mapping[str, FactValue]
"""Every fact of one contact, by name."""


_MEANING: Mapping[Answer | None, FactValue] = {
    None: NOT_RECORDED,
    **dict.fromkeys(Answer, SENT),
    Answer.YES: True,
    Answer.NO: False,
}


def yes_no(answer: Answer | None) -> FactValue:
    """An answer as a fact's value: yes, no, sent as not known, or not recorded."""
    return _MEANING[answer]


def any_of(values: Iterable[FactValue]) -> FactValue:
    """Three-valued "or": yes if any is yes; else not known if any is not known (sent before not recorded); else no."""
    seen = set(values)
    if True in seen:
        return True
    if SENT in seen:
        return SENT
    return NOT_RECORDED if NOT_RECORDED in seen else False


def any_told(values: Iterable[FactValue]) -> FactValue:
    """As `any_of`, of people: where nobody is named whom it could be asked about, it is not recorded, and never no."""
    told = tuple(values)
    return any_of(told) if told else NOT_RECORDED


def all_of(values: Iterable[FactValue]) -> FactValue:
    """Three-valued "and": no if any is no; else not known if any is not known; else yes."""
    seen = set(values)
    if False in seen:
        return False
    if SENT in seen:
        return SENT
    return NOT_RECORDED if NOT_RECORDED in seen else True
