"""What the officer wrote of each child: present or not, hurt or not, spoken to or not; an unborn child by its date."""

from datetime import date, timedelta

from screening.domain.contact import Presence
from training.population.dice import Dice
from training.population.force import Officer
from training.population.identity import Document, written_down
from training.population.incidents import ChildThere, Happened
from training.population.settings import Recording


def write_children(
    given: Recording,
    dice: Dice,
    happened: Happened,
    officer: Officer,
    only_here: frozenset[str],
    ethnicity_given: bool,  # noqa: FBT001  # one fact of the whole contact
) -> list[Document]:
    """Every child of the contact, born or not, as written."""
    nameless = dice.whole(0, len(happened.children)) if dice.chance(given.child_age_missing) else -1
    unsure = dice.chance(given.presence_unknown)
    written = []
    for place, there in enumerate(happened.children):
        if there.child.person.age_in_days(happened.at.date()) < 0:
            written.append(_unborn(dice, there, happened.at.date(), ethnicity_given=ethnicity_given))
            continue
        child = _child(given, dice, there, happened.at.date(), officer, only_here, ethnicity_given=ethnicity_given)
        if place == nameless:
            child.pop("date_of_birth", None)
            child.pop("age_years", None)
        if unsure:
            child["presence"] = "unknown"
        written.append(child)
    return written


def _unborn(dice: Dice, there: ChildThere, day: date, *, ethnicity_given: bool) -> Document:
    expected = there.child.person.born + timedelta(days=dice.whole(-12, 12))
    document: Document = {"unborn": True, "expected_date": max(expected, day + timedelta(days=7)).isoformat()}
    document["sex"] = "unknown"
    if ethnicity_given:
        document["ethnicity"] = there.child.person.ethnicity
    return document | {
        "lives_at_address": "yes",
        "presence": str(Presence.NOT_PRESENT),
        "injured": "no",
        "intervened": "no",
        "threatened": "no",
        "disclosed_fear": "no",
        "relationship_to_suspect": there.child.to_suspect,
    }


def _child(
    given: Recording,
    dice: Dice,
    there: ChildThere,
    day: date,
    officer: Officer,
    only_here: frozenset[str],
    *,
    ethnicity_given: bool,
) -> Document:
    document = written_down(
        given, dice, there.child.person, day, nominal=given.nominal_child, ethnicity_given=ethnicity_given
    )
    spoken_to = there.presence is not Presence.NOT_PRESENT and there.child.person.age_in_days(day) > 4 * 365
    spoken_to = spoken_to and dice.chance(officer.asks_children)
    if dice.chance(0.85):
        document["disability"] = list(there.child.person.disability)
    document["school"] = there.child.school
    document["lives_at_address"] = "yes" if there.child.lives_there else "no"
    document["presence"] = str(there.presence)
    told = {
        "intervened": there.intervened,
        "threatened": there.threatened,
        "disclosed_fear": there.afraid and spoken_to and "disclosed_fear" not in only_here,
    }
    document["injured"] = "unknown" if dice.chance(given.severe_unknown * 0.6) else yes_or_no(there.injured)
    for name, truth in told.items():
        document[name] = yes_or_no(truth and not dice.chance(given.unrecorded_child_fact))
    document["relationship_to_suspect"] = there.child.to_suspect
    document["voice"] = _voice(dice, there, spoken_to=spoken_to, afraid=document["disclosed_fear"] == "yes")
    return document


def _voice(dice: Dice, there: ChildThere, *, spoken_to: bool, afraid: bool) -> Document:
    if spoken_to:
        words = "I am afraid when they shout." if afraid else dice.one_of(("I was watching television.", "I am fine."))
        return {"spoken_to": "yes", "alone": dice.one_of(("yes", "no")), "words": words, "demeanour": "quiet"}
    if there.presence is Presence.NOT_PRESENT:
        return {"spoken_to": "no", "reason_not_spoken_to": "not_present"}
    return {"spoken_to": "no", "reason_not_spoken_to": dice.one_of(("asleep", "too_young", "not_asked"))}


def yes_or_no(truth: bool) -> str:  # noqa: FBT001  # yes or no is all it says
    """Yes or no, as the contract spells it."""
    return "yes" if truth else "no"
