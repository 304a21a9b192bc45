"""What the officer wrote of each child: present or not, hurt or not, spoken to or not; an unborn child by its date."""

from datetime import date, timedelta

from screening.domain.contact import Presence
from training.population.dice import Dice
from training.population.identity import Document, written_down
from training.population.incidents import ChildThere, Happened
from training.population.scene import Scene
from training.population.settings import Recording


def write_children(
    given: Recording,
    dice: Dice,
    happened: Happened,
    only_here: frozenset[str],
    scene: Scene,
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
        child |= _child(given, dice, there, day, only_here, heard=place in scene.spoken_to)
        child["voice"] = _voice(dice, there, scene, place, fear_written=child["disclosed_fear"] == "yes")
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
    given: Recording, dice: Dice, there: ChildThere, day: date, only_here: frozenset[str], *, heard: bool
) -> Document:
    """All but who the child is and what it said."""
    document: Document = {}
    if dice.chance(0.85):
        document["disability"] = list(there.child.person.disability)
    if day >= starts_school(there.child.person.born):
        document["school"] = there.child.school
    document["lives_at_address"] = "yes" if there.child.lives_there else "no"
    document["presence"] = str(there.presence)
    told = {
        "intervened": there.intervened,
        "threatened": there.threatened,
        "disclosed_fear": there.afraid and heard and "disclosed_fear" not in only_here,
    }
    document["injured"] = "unknown" if dice.chance(given.severe_unknown * 0.6) else yes_or_no(there.injured)
    for name, truth in told.items():
        document[name] = yes_or_no(not dice.chance(given.unrecorded_child_fact) and truth)
    document["relationship_to_suspect"] = there.child.to_suspect
    return document


def _voice(dice: Dice, there: ChildThere, scene: Scene, place: int, *, fear_written: bool) -> Document:
    """What a child said. One who is afraid, where nobody wrote that down, is not made to say otherwise."""
    alone, first = dice.one_of(("yes", "no")), dice.chance(0.5)
    if place not in scene.spoken_to:
        return {"spoken_to": "no", "reason_not_spoken_to": str(scene.why_not[place])}
    words = "I do not want to talk about it."
    if fear_written:
        words = "I am afraid when they shout."
    elif there.presence is Presence.ELSEWHERE_IN_HOME:
        words = "I was in bed." if scene.night else "I was watching television."
    elif first and not there.afraid:
        words = "I am fine."
    return {"spoken_to": "yes", "alone": alone, "words": words, "demeanour": "quiet"}


def starts_school(born: date) -> date:
    """The September after the fourth birthday."""
    fourth = born.year + 4
    return date(fourth if born.month < 9 else fourth + 1, 9, 1)


def yes_or_no(truth: bool) -> str:  # noqa: FBT001  # yes or no is all it says
    """Yes or no, as the contract spells it."""
    return "yes" if truth else "no"
