"""What the officer wrote of each child: present or not, hurt or not, spoken to or not; an unborn child by its date."""

from datetime import date, timedelta

from screening.domain.contact import Presence
from training.population.dice import Dice
from training.population.force import Officer
from training.population.identity import Document, written_down
from training.population.incidents import ChildThere, Happened
from training.population.settings import Recording

SPOKEN_TO_FROM_DAYS = 4 * 365
"""Younger children are not asked."""


def whom_they_spoke_to(dice: Dice, happened: Happened, officer: Officer) -> frozenset[int]:
    """The places of the children whom the officer spoke to: at home, and old enough to be asked."""
    asked = [dice.chance(officer.asks_children) for _ in happened.children]
    return frozenset(
        place
        for place, (there, so) in enumerate(zip(happened.children, asked, strict=True))
        if so and there.presence is not Presence.NOT_PRESENT and there.age_days > SPOKEN_TO_FROM_DAYS
    )


def write_children(
    given: Recording,
    dice: Dice,
    happened: Happened,
    only_here: frozenset[str],
    spoken_to: frozenset[int],
    ethnicity_given: bool,  # noqa: FBT001  # one fact of the whole contact
) -> list[Document]:
    """Every child of the contact, born or not, as written."""
    nameless = dice.whole(0, len(happened.children)) if dice.chance(given.child_age_missing) else -1
    unsure = dice.chance(given.presence_unknown)
    day = happened.at.date()
    written = []
    for place, there in enumerate(happened.children):
        if there.unborn:
            written.append(_unborn(dice, there, day, ethnicity_given=ethnicity_given))
            continue
        child = written_down(
            given, dice, there.child.person, day, nominal=given.nominal_child, ethnicity_given=ethnicity_given
        )
        child |= _child(given, dice, there, only_here, spoken_to=place in spoken_to)
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


def _child(given: Recording, dice: Dice, there: ChildThere, only_here: frozenset[str], *, spoken_to: bool) -> Document:
    """All but who the child is."""
    document: Document = {}
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
        document[name] = yes_or_no(not dice.chance(given.unrecorded_child_fact) and truth)
    document["relationship_to_suspect"] = there.child.to_suspect
    document["voice"] = (
        _heard(dice, there, fear_written=document["disclosed_fear"] == "yes")
        if spoken_to
        else {"spoken_to": "no", "reason_not_spoken_to": _why_not(dice, there)}
    )
    return document


def _heard(dice: Dice, there: ChildThere, *, fear_written: bool) -> Document:
    """What a child said. One who is afraid, where nobody wrote that down, is not made to say otherwise."""
    alone, plain = dice.one_of(("yes", "no")), dice.one_of(("I was watching television.", "I am fine."))
    words = "I am afraid when they shout." if fear_written else plain
    if there.afraid and not fear_written:
        words = "I was watching television."
    return {"spoken_to": "yes", "alone": alone, "words": words, "demeanour": "quiet"}


def _why_not(dice: Dice, there: ChildThere) -> str:
    """A reason that goes with the child's age and place."""
    if there.presence is Presence.NOT_PRESENT:
        return "not_present"
    reasons = ["not_asked"]
    if there.presence is Presence.ELSEWHERE_IN_HOME:
        reasons.append("asleep")
    reasons.append("too_young" if there.age_days <= SPOKEN_TO_FROM_DAYS else "refused")
    return dice.one_of(reasons)


def yes_or_no(truth: bool) -> str:  # noqa: FBT001  # yes or no is all it says
    """Yes or no, as the contract spells it."""
    return "yes" if truth else "no"
