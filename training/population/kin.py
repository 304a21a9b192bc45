"""Who is what to whom, and how old: adults and children of one household, drawn together so that they can be a family.

Only sexes, ages and relations; who these people are is drawn in `people`. Ages are in years on the day of the story's
first incident, below 0 before birth. Shares and gaps are assumed.
"""

from dataclasses import dataclass

from training.population.dice import Dice
from training.population.settings import Families

COUPLES = frozenset({"partner", "ex_partner"})
"""What a suspect must be to a victim for the children to be the suspect's own, or step-children."""
OWN_CHILDREN = ("all", "youngest", "none")
"""Which of the household's children may be a partner's or former partner's own."""
YOUNGEST_PARENT_YEARS = 15.0
"""Nobody here has a child when younger."""
OLDEST_MOTHER_YEARS = 46.0
"""Nor, of women, when older."""
YOUNGEST_YEARS = {
    "to_be_born": (-0.54, 0.0),
    "0": (0.0, 1.0),
    "1-4": (1.0, 5.0),
    "5-6": (5.0, 7.0),
    "7-11": (7.0, 12.0),
    "12-17": (12.0, 17.8),
}
_ADULT_YEARS = 18.1
_OLDEST_YEARS = 85.0


@dataclass(frozen=True, slots=True)
class Party:
    """A victim's or a suspect's sex and age."""

    sex: str
    years: float

    def may_be_parent_of(self, child_years: float) -> bool:
        """Whether the ages allow it."""
        return self.years - child_years >= YOUNGEST_PARENT_YEARS


@dataclass(frozen=True, slots=True)
class Kin:
    """One household's shape. `children` are ages, the youngest first; `to_suspect` says what each is to the suspect."""

    relation: str
    victim: Party
    suspect: Party
    children: tuple[float, ...]
    to_suspect: tuple[str, ...]


def kin_of(families: Families, dice: Dice, known: Party | None = None) -> Kin:
    """A household's shape; with `known`, of a second home of that suspect, who is or was the victim's partner."""
    weights = families.relation
    if known is not None:
        weights = {relation: weight for relation, weight in weights.items() if relation in COUPLES}
    relation = dice.pick(weights)
    couple = relation in COUPLES
    alike, teenage = dice.chance(families.same_sex_couple), dice.chance(families.teenage_party)
    sex = "female" if dice.chance(families.victim_female) else "male"
    if known is not None:
        sex = known.sex if alike else _other(known.sex)
    suspect_sex = _suspect_sex(dice, relation, sex, alike=alike)
    if couple and teenage and known is None:
        return _of_teenagers(families, dice, relation, sex, suspect_sex)
    children = _children(families, dice, expected="female" in {sex, suspect_sex if couple else sex})
    if relation == "child":
        suspect = Party(suspect_sex, max(dice.between(17.2, 24.0), children[-1] + 0.9))
        victim = Party(sex, _parents_years(dice, (*children, suspect.years)))
    else:
        victim = Party(sex, _parents_years(dice, children, beside=known))
        suspect = known or Party(suspect_sex, _suspects_years(dice, relation, suspect_sex, victim, children))
    return Kin(relation, victim, suspect, children, _to_suspect(families, dice, relation, victim, suspect, children))


def _other(sex: str) -> str:
    return "male" if sex == "female" else "female"


def _suspect_sex(dice: Dice, relation: str, victim_sex: str, *, alike: bool) -> str:
    drawn = dice.one_of(("male", "male", "female"))
    if relation == "child":
        return "male"
    if relation in COUPLES:
        return victim_sex if alike else _other(victim_sex)
    return drawn


def _of_teenagers(families: Families, dice: Dice, relation: str, sex: str, suspect_sex: str) -> Kin:
    """A victim under 18 and one child of theirs, who is as young as that makes it."""
    victim = Party(sex, dice.between(16.0, 17.9))
    suspect = Party(suspect_sex, max(16.0, victim.years + dice.between(-1.0, 5.0)))
    born = victim.years - YOUNGEST_PARENT_YEARS
    children = (dice.between(-0.54 if "female" in {sex, suspect_sex} else 0.0, born),)
    return Kin(relation, victim, suspect, children, _to_suspect(families, dice, relation, victim, suspect, children))


def _children(families: Families, dice: Dice, *, expected: bool) -> tuple[float, ...]:
    """Ages, the youngest first. A child is `expected` only where there is a woman who may bear it."""
    band = dice.pick(families.youngest_age)
    years = dice.between(*YOUNGEST_YEARS["0" if band == "to_be_born" and not expected else band])
    ages = [years]
    for _ in range(int(dice.pick(families.children)) - 1):
        years += dice.between(1.2, 4.6)
        if years >= 17.9:
            break
        ages.append(years)
    return tuple(ages)


def _parents_years(dice: Dice, children: tuple[float, ...], beside: Party | None = None) -> float:
    """An age at which these can be somebody's children; `beside` is a partner, whose age it is near if it can be."""
    oldest = children[-1]
    low = max(_ADULT_YEARS, oldest + 18.5)
    high = max(low, min(oldest + 38.0, children[0] + OLDEST_MOTHER_YEARS))
    if beside is not None:
        return min(max(beside.years + dice.between(-9.0, 4.0), low), high)
    return dice.between(low, high)


def _suspects_years(dice: Dice, relation: str, sex: str, victim: Party, children: tuple[float, ...]) -> float:
    if relation == "parent":
        return victim.years + dice.between(17.0, max(18.0, min(38.0, _OLDEST_YEARS - victim.years)))
    gap = {"partner": (-4.0, 9.0), "ex_partner": (-4.0, 9.0), "sibling": (-10.0, 10.0)}.get(relation, (-15.0, 25.0))
    years = victim.years + dice.between(*gap)
    if relation in COUPLES and sex == "female":
        years = min(years, children[0] + OLDEST_MOTHER_YEARS)
    return min(max(years, _ADULT_YEARS), _OLDEST_YEARS)


def _to_suspect(
    families: Families, dice: Dice, relation: str, victim: Party, suspect: Party, children: tuple[float, ...]
) -> tuple[str, ...]:
    """What each child is to the suspect: own or a step-child only where the parties are or were a couple."""
    if relation not in COUPLES:
        return ("other",) * len(children)
    own = dice.pick(families.children_of_suspect)
    own_children = {"all": len(children), "youngest": dice.whole(1, max(1, len(children) - 1))}.get(own, 0)
    if children[0] < 0 and victim.sex == "male":
        own_children = max(1, own_children)
    other = "step_child" if dice.chance(families.step_child) else "other"
    return tuple(
        "child" if place < own_children and suspect.may_be_parent_of(years) else other
        for place, years in enumerate(children)
    )
