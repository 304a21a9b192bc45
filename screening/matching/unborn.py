"""Unborn children: whom a contact expects, or has only just had, against the care register's rows of the unborn.

Work for a child may begin before the birth. Its row on the care register then has no name ("Baby", "Unborn") and no
date of birth, or the expected date in its place, and may stay so for months after the birth: what others are matched by
is not there. So three things are compared: the family name, which is the child's own or that of whoever may be the
mother; the postcode; and the date on which the child is expected or was born, which may lie six weeks apart, since
scans move expected dates and a contact often has them from hearsay.

- Certain: a child sent as unborn, with the same family name to the letter, the same postcode and such a date. Two
  pregnancies of one name at one postcode at one time are rarer than the harm of an allocated worker who is not told.
- Possible: two of the three agree. One alone is shared by strangers.
- Possible: somebody is surely expecting and has the same family name to the letter, and no date speaks against it.
  Rows of unborn children are few, and a mother who fled is at another postcode.

A woman of whom it is not said that she is not pregnant is looked for too, by two of the three: the authority may know
what the officer was not told. Nothing but the first is ever certain, for a born child may be the twin of another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from screening.domain.calendar import LONDON
from screening.domain.contact import Adult, Answer, Child, Contact, Sex
from screening.domain.household import MatchCertainty, RegisterEntry, RegisterMatch
from screening.domain.people import PARTIES
from screening.matching.likeness import similar
from screening.matching.normalise import NOT_A_GIVEN_NAME, OLDEST_BIRTH, comparable, name, postcode

DATES_WITHIN = timedelta(weeks=6)
NEWLY_BORN_WITHIN = timedelta(days=274)
"""Nine months: so long a row may wait for the child's name and date of birth."""

SAYS_UNBORN = frozenset({"unborn", "baby", "ub", "bump", "foetus", "fetus", "newborn", "infant", "twin"})
"""Words that stand beside a family name, or for a given one, until the child is born and named."""

SAME_NAME, SIMILAR_NAME = "Same family name", "Similar family name"
SAME_POSTCODE, NEAR_DATE = "same postcode", "expected or born within six weeks of the date there"
ROW_OF_UNBORN = "Registered before birth"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A child who may stand on the register as unborn: `pointer` is the child, else the adult who may be expecting.

    `names` are family names in comparable form, `day` is when it is expected or was born. `unborn` says that it was
    sent as an unborn child, `expected` that somebody surely expects it.
    """

    pointer: str
    names: frozenset[str]
    postcode: str
    day: date | None
    unborn: bool = False
    expected: bool = False


def awaited(contact: Contact) -> tuple[Awaited, ...]:
    """Every child of the contact who is unborn or under nine months; without any, every woman who may be expecting."""
    place = postcode(contact.incident.postcode)
    on = _day(contact)
    children = tuple(
        Awaited(
            f"/children/{number}",
            _forms((child.family_name, *(adult.family_name for adult in _mothers(contact, child)))),
            place,
            _recorded(child.expected_date if child.unborn else child.date_of_birth),
            unborn=child.unborn,
            expected=child.unborn,
        )
        for number, child in enumerate(contact.children)
        if child.unborn or _is_newly_born(child, on)
    )
    told = any(child.unborn for child in children)
    mothers = tuple(
        Awaited(f"/adults/{number}", _forms((adult.family_name,)), place, None, expected=_is_pregnant(adult))
        for number, adult in enumerate(contact.adults)
        if (not told and _is_pregnant(adult)) or (not children and _may_be_expecting(adult))
    )
    return (*children, *mothers)


def _day(contact: Contact) -> date:
    return contact.incident.occurred_at.astimezone(LONDON).date()


def _is_newly_born(child: Child, on: date) -> bool:
    born = _recorded(child.date_of_birth)
    return child.age_years == 0 if born is None else on - born <= NEWLY_BORN_WITHIN


def _is_pregnant(adult: Adult) -> bool:
    return adult.pregnant is Answer.YES


def _may_be_expecting(adult: Adult) -> bool:
    return adult.role in PARTIES and adult.sex is not Sex.MALE and adult.pregnant is not Answer.NO


def _mothers(contact: Contact, child: Child) -> Sequence[Adult]:
    """Who may be the mother: of an unborn child whoever is pregnant; else any party who is not recorded as male."""
    pregnant = [adult for adult in contact.adults if child.unborn and _is_pregnant(adult)]
    return pregnant or [adult for adult in contact.adults if adult.role in PARTIES and adult.sex is not Sex.MALE]


def _forms(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(map(name, names)) - {""}


# ------------------------------------------------------------------------------------------------ the register's side


def may_be_unborn(entry: RegisterEntry) -> bool:
    """Whether a row may be one of an unborn child, on whatever day: it has no name, or was opened before its date."""
    day = _recorded(entry.date_of_birth)
    return _has_no_name(entry) or (day is not None and (entry.since is None or entry.since < day))


def row_names(entry: RegisterEntry) -> frozenset[str]:
    """The family name of a row, in comparable form, without the words that say that the child is unborn."""
    family = "".join(word for word in _words(entry.family_name) if word not in SAYS_UNBORN)
    # Where all of it says so, the two names were put in each other's place.
    return frozenset({name(family) if family else name(entry.given_name, NOT_A_GIVEN_NAME)}) - {""}


def _is_of_unborn(entry: RegisterEntry, on: date) -> bool:
    """Whether a row is one of a child unborn on that day, or may be of one born in the nine months before it."""
    day = _recorded(entry.date_of_birth)
    if day is None:
        return _has_no_name(entry)
    if day > on:
        return True
    before_birth = entry.since is not None and entry.since < day
    return (before_birth or _has_no_name(entry)) and on - day <= NEWLY_BORN_WITHIN


def _recorded(day: date | None) -> date | None:
    return None if day is None or day <= OLDEST_BIRTH else day


def _has_no_name(entry: RegisterEntry) -> bool:
    given = _words(entry.given_name)
    nameless = not given or given[0] in SAYS_UNBORN or given[0] in NOT_A_GIVEN_NAME
    return nameless or any(word.startswith("unborn") for word in (*given, *_words(entry.family_name)))


def _words(text: str) -> list[str]:
    """The words of a name in comparable form, without the numbers that twins are told apart by."""
    words = (comparable(word).rstrip("0123456789") for word in text.replace("-", " ").split())
    return [word for word in words if word]


# ---------------------------------------------------------------------------------------------------------- the match


def match_unborn(
    contact: Contact, children: Sequence[Awaited], register: Sequence[RegisterEntry], found: Sequence[RegisterMatch]
) -> tuple[RegisterMatch, ...]:
    """The rows of unborn children who are or may be `children`, as this module's rule has it.

    `found` is what matching by name and birth gave: whoever certainly is somebody by that is nobody else here, and no
    pair is given twice. In the order of the children, certain before possible, then by child id.
    """
    on = _day(contact)
    ids = {entry.child_id for entry in register if _is_of_unborn(entry, on)}
    rows = sorted(
        (entry for entry in set(register) if entry.child_id in ids),
        key=lambda entry: (entry.child_id, str(entry.status), str(entry.since)),
    )
    verdicts = [_verdicts(child, rows) for child in children]
    known = {(match.pointer, match.entry.child_id) for match in found}
    taken = {match.entry.child_id for match in found if match.certainty is MatchCertainty.CERTAIN}
    return tuple(
        RegisterMatch(child.pointer, wanted, entry, (ROW_OF_UNBORN, verdict[1]))
        for child, of_child in zip(children, verdicts, strict=True)
        for wanted in (MatchCertainty.CERTAIN, MatchCertainty.POSSIBLE)
        for entry in rows
        if (verdict := of_child.get(entry.child_id)) is not None and verdict[0] is wanted
        if entry.child_id not in taken and (child.pointer, entry.child_id) not in known
    )


def _verdicts(child: Awaited, rows: Iterable[RegisterEntry]) -> Mapping[str, tuple[MatchCertainty, str]]:
    """How each child id of the rows compares; of several rows of one id the likeliest speaks for all."""
    best: dict[str, tuple[MatchCertainty, str]] = {}
    for entry in rows:
        verdict = _compare(child, entry)
        before = best.get(entry.child_id)
        if verdict is not None and (before is None or verdict[0] is MatchCertainty.CERTAIN):
            best[entry.child_id] = verdict
    return best


def _compare(child: Awaited, entry: RegisterEntry) -> tuple[MatchCertainty, str] | None:
    names = row_names(entry)
    same_name = not names.isdisjoint(child.names)
    there, day = postcode(entry.postcode), _recorded(entry.date_of_birth)
    same_place = bool(there) and there == child.postcode
    near = _is_near(child.day, day)
    agreed = tuple(_agreed(child, names, same_place=same_place, near=near is True))
    words = ", ".join(agreed)
    if child.unborn and same_name and same_place and near:
        return MatchCertainty.CERTAIN, words
    if len(agreed) > 1 or (same_name and child.expected and near is not False):
        return MatchCertainty.POSSIBLE, words[0].upper() + words[1:]
    return None


def _agreed(child: Awaited, names: frozenset[str], *, same_place: bool, near: bool) -> Iterator[str]:
    if not names.isdisjoint(child.names):
        yield SAME_NAME
    elif any(similar(one, other) for one in names for other in child.names):
        yield SIMILAR_NAME
    if same_place:
        yield SAME_POSTCODE
    if near:
        yield NEAR_DATE


def _is_near(one: date | None, other: date | None) -> bool | None:
    """Whether two dates may be one child's; `None` where one of them is not recorded."""
    return None if one is None or other is None else abs(one - other) <= DATES_WITHIN
