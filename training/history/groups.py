"""Which groups a contact belongs to, for checking fairness and nothing else: never an input of the score.

The groups are the contact's, since a contact is what is suggested for. Who somebody is comes from the children first,
since the service is there for them, and from the victim where no child's is recorded. Not recorded is a group of its
own, and so is a household of more than one. The contract names no officer, so an officer's own habit cannot be seen;
whether the risk form was filled in is the part of it that a contact shows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from screening.domain.calendar import LONDON, age_on
from screening.domain.contact import Adult, AdultRole, Child, Contact, RiskTool
from training.history.extract import Extract

NOT_RECORDED = "not recorded"
MORE_THAN_ONE = "more than one"

_ETHNICITIES = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "O": "another"}
_CHINESE = "CHNE"
_NOT_TOLD = frozenset({"REFU", "NOBT"})
_AGE_BANDS = ((1, "under 1 or unborn"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to part contacts. `title` is for people; `of` gives a contact's group."""

    name: str
    title: str
    of: Callable[[Contact], str]


@dataclass(frozen=True, slots=True)
class Noted(Extract):
    """An extract that notes the groups of every contact while it is read, so that it is read once."""

    groups: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def contacts(self) -> Iterator[Contact]:
        """Every contact in the order of arrival, as `Extract.contacts`."""
        for contact in Extract.contacts(self):
            for grouping in GROUPINGS:
                self.groups[grouping.name][contact.contact_reference] = grouping.of(contact)
            yield contact

    def groups_of(self, references: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """By name of the grouping, the group of each of these contacts. Raises KeyError where one was not read."""
        return {name: tuple(noted[reference] for reference in references) for name, noted in self.groups.items()}


def noting(extract: Extract) -> Noted:
    """The same extract, noting groups as it is read."""
    return Noted(**{one.name: getattr(extract, one.name) for one in fields(extract)})


def _ethnicity(contact: Contact) -> str:
    return _one_of(map(_census_group, _told(contact, lambda person: person.ethnicity)))


def _census_group(code: str) -> str:
    """The census's five groups, of a DfE code."""
    if code in _NOT_TOLD:
        return NOT_RECORDED
    return "Asian" if code == _CHINESE else _ETHNICITIES.get(code[0], NOT_RECORDED)


def _language(contact: Contact) -> str:
    languages = _told(contact, lambda person: person.first_language)
    return _one_of("English" if one.strip().casefold() == "english" else "another" for one in languages)


def _told(contact: Contact, what: Callable[[Adult | Child], str | None]) -> list[str]:
    """What is recorded of the children; where nothing is, of the victim."""
    of_children = [said for child in contact.children if (said := what(child))]
    return of_children or [said for adult in _victims(contact) if (said := what(adult))]


def _disability(contact: Contact) -> str:
    recorded = [child.disability for child in contact.children if child.disability]
    if any(code != "NONE" for codes in recorded for code in codes):
        return "a disabled child"
    return "no disabled child" if recorded else NOT_RECORDED


def _victim_sex(contact: Contact) -> str:
    return _one_of(NOT_RECORDED if one.sex is None or one.sex == "unknown" else one.sex for one in _victims(contact))


def _age_band(contact: Contact) -> str:
    """Of the youngest child whose age is told."""
    ages = [age for child in contact.children if (age := _age(contact, child)) is not None]
    if not ages:
        return NOT_RECORDED
    return next((band for below, band in _AGE_BANDS if min(ages) < below), "16 or older")


def _age(contact: Contact, child: Child) -> int | None:
    if child.unborn:
        return 0
    if child.date_of_birth is not None:
        return age_on(child.date_of_birth, contact.incident.occurred_at.astimezone(LONDON).date())
    return child.age_years


def _form(contact: Contact) -> str:
    form = contact.risk_assessment
    if form is None or form.tool is RiskTool.NONE:
        return "no form"
    return "not completed" if form.not_completed_reason is not None else "completed"


def _victims(contact: Contact) -> list[Adult]:
    return [adult for adult in contact.adults if adult.role in {AdultRole.VICTIM, AdultRole.BOTH}]


def _one_of(said: Iterable[str]) -> str:
    known = {str(one) for one in said} - {NOT_RECORDED}
    if not known:
        return NOT_RECORDED
    return known.pop() if len(known) == 1 else MORE_THAN_ONE


GROUPINGS: tuple[Grouping, ...] = (
    Grouping("ethnicity", "Ethnicity of the children", _ethnicity),
    Grouping("disability", "Disability of a child", _disability),
    Grouping("victim_sex", "Sex of the victim", _victim_sex),
    Grouping("age_band", "Age of the youngest child", _age_band),
    Grouping("language", "First language", _language),
    Grouping("force", "Police force", lambda contact: contact.force_code),
    Grouping("risk_form", "Risk form", _form),
)

WHO_SOMEBODY_IS = ("ethnicity", "disability", "victim_sex", "language")
"""Groupings by what must make no difference to how a family is reported, recorded or decided about. The others may:
a baby is rightly closed less often."""

_BANDS = [band for _, band in _AGE_BANDS]


def in_order(group: str) -> tuple[bool, int, str]:
    """To sort groups by: not recorded first, since what is missing is told first; ages rising; else by name."""
    return group != NOT_RECORDED, _BANDS.index(group) if group in _BANDS else len(_BANDS), group


Groups = Mapping[str, Sequence[str]]
"""By name of the grouping, the group of every row."""
