"""Households: adults, children born and unborn, and the latent state that nobody records (ages and relations: kin.py).

Names are plainly made up. Ethnicity, language and disability are drawn with the people, for planning and for checks of
fairness; the latent state is drawn without looking at them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, sqrt

from screening.domain.household import CareStatus
from training.population.dice import Dice, sigmoid
from training.population.kin import Kin, Party, kin_of
from training.population.languages import ENGLISH, SPEAKS_FROM_YEARS, language_of
from training.population.names import address, family_name, force_number, given_name, postcode, school
from training.population.settings import Families

DAYS_A_YEAR = 365.25
SEEN_BEFORE_BIRTH_DAYS = 200
"""How long before its birth a child is known of as unborn."""

_DISABILITIES = ("LD", "AUT", "BEH", "COMM", "HEAR", "MOB", "VIS")


@dataclass(slots=True)
class Person:
    """Somebody as they are: true names and dates, and the force's nominal number for them."""

    given: str
    family: str
    born: date
    sex: str
    nominal: str
    ethnicity: str
    language: str
    interpreter: bool
    disability: tuple[str, ...] = ("NONE",)

    def age_in_days(self, day: date) -> int:
        """Days since birth; negative before it."""
        return (day - self.born).days


@dataclass(slots=True)
class Young:
    """A child of the household, and what it is to the suspect."""

    person: Person
    lives_there: bool
    to_suspect: str
    school: str
    status: CareStatus | None = None
    status_since: date | None = None

    def is_known(self, day: date) -> bool:
        """Whether there is such a child on that day, born or expected, and not yet grown up."""
        return -SEEN_BEFORE_BIRTH_DAYS < self.person.age_in_days(day) < 18 * DAYS_A_YEAR


@dataclass(slots=True)
class Household:
    """One dyad with its children. `danger`, `control`, `care` (how hard caring comes), `frailty`: latent, standard."""

    number: str
    victim: Person
    suspect: Person
    relation: str
    children: list[Young]
    force: str
    team: int
    danger: float
    control: float
    care: float
    frailty: float
    victim_mental_health: bool
    suspect_mental_health: bool
    victim_substance: bool
    suspect_substance: bool
    convictions: bool
    elsewhere: bool
    honour: bool
    order_in_place: bool
    postcode: str
    address: str
    separated: bool


@dataclass(frozen=True, slots=True)
class _Home:
    """What all who live there share."""

    surname: str
    ethnicity: str
    language: str


def a_twin(household: Household) -> Household:
    """The same household with children's standings of their own: the same people, treated otherwise."""
    return replace(household, children=[replace(child) for child in household.children])


def a_household(
    families: Families, dice: Dice, *, number: str, entered: date, teams: int, suspect: Person | None = None
) -> Household:
    """A household when the first incident of its story happens; with `suspect`, the second home of somebody known."""
    danger, control, care = _latent(families, dice)
    ethnicity = dice.pick(families.ethnicity)
    known = None if suspect is None else Party(suspect.sex, suspect.age_in_days(entered) / DAYS_A_YEAR)
    kin = kin_of(families, dice, known)
    home = _Home(family_name(dice), ethnicity, language_of(families, dice, ethnicity))
    children = _children(families, dice, kin, number, entered, home)
    household = Household(
        number=number,
        victim=_victim(families, dice, kin.victim, number, entered, home),
        suspect=suspect or _suspect(families, dice, kin.suspect, number, entered, home),
        relation=kin.relation,
        children=children,
        force=dice.pick(families.force),
        team=dice.whole(0, teams - 1),
        danger=danger,
        control=control,
        care=care,
        frailty=dice.normal(),
        victim_mental_health=dice.chance(_with(families.mental_health, 0.6 * care)),
        suspect_mental_health=dice.chance(_with(families.mental_health, 0.4 * danger)),
        victim_substance=dice.chance(_with(families.substance * 0.5, 0.6 * care)),
        suspect_substance=dice.chance(_with(families.substance, 0.5 * danger)),
        convictions=dice.chance(_with(families.convictions, 0.7 * danger)),
        elsewhere=suspect is not None or dice.chance(_with(families.other_households, 0.4 * danger)),
        honour=dice.chance(families.honour),
        order_in_place=dice.chance(_with(families.order_in_place, 0.4 * danger)),
        postcode=postcode(dice),
        address=address(dice),
        separated=dice.chance({"ex_partner": 0.69, "partner": 0.14}.get(kin.relation, 0.0)),
    )
    _put_on_register(families, dice, household, entered)
    return household


def _latent(families: Families, dice: Dice) -> tuple[float, float, float]:
    """Danger, and what goes with it: control, and how hard caring comes."""
    danger, care_own, control_own = dice.normal(), dice.normal(), dice.normal()
    control = _tied(danger, control_own, families.control_with_danger)
    return danger, control, _tied(danger, care_own, families.care_with_danger)


def _tied(other: float, own: float, correlation: float) -> float:
    return correlation * other + sqrt(1.0 - correlation * correlation) * own


def _with(share: float, log_odds: float) -> float:
    """`share` with its log-odds moved."""
    return share / (share + (1.0 - share) * exp(-log_odds))


def _born(entered: date, years: float) -> date:
    return entered - timedelta(days=int(years * DAYS_A_YEAR))


def _children(families: Families, dice: Dice, kin: Kin, number: str, entered: date, home: _Home) -> list[Young]:
    children = []
    for place, (years, to_suspect) in enumerate(zip(kin.children, kin.to_suspect, strict=True)):
        given, sex = given_name(dice), dice.one_of(("female", "male"))
        needs_interpreter = dice.chance(families.child_interpreter) and years >= SPEAKS_FROM_YEARS
        person = Person(
            given=given,
            family=home.surname,
            born=_born(entered, years),
            sex=sex,
            nominal=force_number("N", number, f"child {place}"),
            ethnicity=home.ethnicity,
            language=home.language,
            interpreter=needs_interpreter and home.language != ENGLISH,
            disability=(dice.one_of(_DISABILITIES),) if dice.chance(families.disability) else ("NONE",),
        )
        children.append(Young(person, dice.chance(0.93), to_suspect, school(dice)))
    return children


def _victim(families: Families, dice: Dice, party: Party, number: str, entered: date, home: _Home) -> Person:
    return Person(
        given=given_name(dice),
        family=home.surname,
        born=_born(entered, party.years),
        sex=party.sex,
        nominal=force_number("N", number, "victim"),
        ethnicity=home.ethnicity,
        language=home.language,
        interpreter=dice.chance(families.interpreter) and home.language != ENGLISH,
    )


def _suspect(families: Families, dice: Dice, party: Party, number: str, entered: date, home: _Home) -> Person:
    """Mostly of the home's ethnicity, and then mostly of its language; else of a language of their own ethnicity."""
    ethnicity = home.ethnicity if dice.chance(0.9) else dice.pick(families.ethnicity)
    own = language_of(families, dice, ethnicity)
    language = home.language if ethnicity == home.ethnicity and dice.chance(families.language_shared) else own
    return Person(
        given=given_name(dice),
        family=family_name(dice),
        born=_born(entered, party.years),
        sex=party.sex,
        nominal=force_number("N", number, "suspect"),
        ethnicity=ethnicity,
        language=language,
        interpreter=dice.chance(families.interpreter) and language != ENGLISH,
    )


def _put_on_register(families: Families, dice: Dice, household: Household, entered: date) -> None:
    """What the authority already does for the children, for reasons older than this story."""
    status = dice.pick(
        {key: weight * (1.0 if key == "none" else _lift(household.care)) for key, weight in families.register.items()}
    )
    since = entered - timedelta(days=dice.whole(20, 500))
    for child in household.children:
        covered = dice.chance(0.88)
        if status != "none" and covered and child.person.born <= entered:
            child.status, child.status_since = CareStatus(status), since


def _lift(care: float) -> float:
    return 2.0 * sigmoid(1.1 * care)
