"""How somebody is written down: true most of the time, and now and then with a slip that matching must see through."""

from datetime import date

from training.population.dice import Dice
from training.population.people import Person
from training.population.settings import Recording

Document = dict[str, object]
"""A part of a contact in the contract's shape, in the order of its fields."""


def written_down(
    given: Recording, dice: Dice, person: Person, day: date, *, nominal: float, ethnicity_given: bool
) -> Document:
    """A person's own fields. `nominal` is how often the force's number is there."""
    document: Document = {}
    if dice.chance(nominal):
        again = dice.chance(given.nominal_new)
        document["person_reference"] = f"{person.nominal}-{dice.whole(2, 9)}" if again else person.nominal
    document["given_name"] = _typed(given, dice, person.given)
    document["family_name"] = _typed(given, dice, person.family)
    if dice.chance(given.date_missing):
        document["age_years"] = max(0, int(person.age_in_days(day) / 365.25))
    else:
        document["date_of_birth"] = _dated(given, dice, person.born, day).isoformat()
    document["sex"] = person.sex if dice.chance(0.985) else "unknown"
    if ethnicity_given:
        document["ethnicity"] = person.ethnicity
    document["first_language"] = person.language
    document["interpreter_needed"] = "yes" if person.interpreter else "no"
    return document


def _typed(given: Recording, dice: Dice, name: str) -> str:
    """The name, or the name with two letters swapped, one left out or one doubled."""
    if not dice.chance(given.name_typo) or len(name) < 4:
        return name
    place = dice.whole(1, len(name) - 2)
    slip = dice.one_of(("swapped", "left out", "doubled"))
    if slip == "swapped":
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + name[place + 1 :] if slip == "left out" else name[:place] + name[place] + name[place:]


def _dated(given: Recording, dice: Dice, born: date, day: date) -> date:
    """The date of birth; now and then with day and month swapped, where that is a date and not after `day`."""
    if dice.chance(given.date_swapped) and born.day <= 12:
        swapped = date(born.year, born.day, born.month)
        return min(swapped, born) if swapped > day else swapped
    return born
