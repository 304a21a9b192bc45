"""The officer's account: plain made-up sentences that agree with what happened, negations included.

Some facts stand only here. Nothing is taken from any real account.
"""

from screening.domain.contact import IncidentType, Injury, Presence, Weapon
from training.population.dice import Dice
from training.population.incidents import Happened
from training.population.people import Household

_OPENING = {
    IncidentType.VERBAL_ARGUMENT: (
        "An argument about money.",
        "Shouting heard by a neighbour.",
        "A loud argument about chores.",
    ),
    IncidentType.VIOLENCE_WITHOUT_INJURY: (
        "The victim says that they were pushed.",
        "One party was slapped, no mark seen.",
    ),
    IncidentType.VIOLENCE_WITH_INJURY: ("The victim was hit and was hurt.", "An assault in the kitchen."),
    IncidentType.THREATS: ("Threats were made on the doorstep.", "Threatening messages were shown to us."),
    IncidentType.STALKING_HARASSMENT: (
        "Many calls and visits that were not wanted.",
        "The suspect waited outside again.",
    ),
    IncidentType.COERCIVE_CONTROL: ("The victim told of phone checks and rules about going out.",),
    IncidentType.SEXUAL_OFFENCE: ("A sexual offence was reported; details are with the specialist team.",),
    IncidentType.CRIMINAL_DAMAGE: ("A door was damaged.", "A phone was broken during an argument."),
    IncidentType.BREACH_OF_ORDER: ("The suspect came to the address against an order.",),
    IncidentType.CHILD_CONTACT_DISPUTE: ("A dispute at the handover of the children.",),
    IncidentType.OTHER: ("A concern was reported by a relative.",),
}  # fmt: skip


def account(
    dice: Dice, household: Household, happened: Happened, *, only_here: frozenset[str], child_named: bool
) -> str:
    """The narrative of one incident. `only_here` names what the fields leave out and the account tells."""
    sentences = [dice.one_of(_OPENING[happened.type]), _of_violence(dice, happened)]
    sentences += _of_danger(dice, happened, only_here)
    if happened.alcohol and dice.chance(0.6):
        sentences.append("The suspect had been drinking.")
    elif not happened.alcohol and dice.chance(0.25):
        sentences.append("Nobody appeared to have been drinking.")
    if child_named:
        sentences += _of_children(dice, happened, only_here)
    else:
        sentences.append("A child's bedroom was seen but no child was named.")
    if household.separated and dice.chance(0.5):
        sentences.append("The parties have separated.")
    if dice.chance(0.3):
        sentences.append("Both were calm when we left.")
    return " ".join(sentences)


def _of_danger(dice: Dice, happened: Happened, only_here: frozenset[str]) -> list[str]:
    sentences = []
    if happened.strangulation and ("strangulation" in only_here or dice.chance(0.7)):
        sentences.append("A hand was put on the victim's throat and they could not breathe for a moment.")
    if happened.threat_to_kill and ("threat_to_kill" in only_here or dice.chance(0.7)):
        sentences.append('The suspect said "I will kill you".')
    if happened.weapon is Weapon.USED:
        sentences.append("A household object was used.")
    elif happened.weapon is Weapon.THREATENED:
        sentences.append("A household object was held up, but not used.")
    elif dice.chance(0.25):
        sentences.append("No weapon was seen or mentioned.")
    return sentences


def _of_violence(dice: Dice, happened: Happened) -> str:
    if happened.injury is Injury.SERIOUS:
        return "The victim was taken to hospital."
    if happened.injury is Injury.MINOR:
        return dice.one_of(("A bruise to the arm was seen.", "A small cut was seen; no treatment was wanted."))
    if happened.violence:
        return dice.one_of(("No injury was seen.", "The victim said that it did not hurt."))
    return dice.one_of(("No violence, and none alleged.", "Nobody was hurt.", "No physical contact took place."))


def _of_children(dice: Dice, happened: Happened, only_here: frozenset[str]) -> list[str]:
    places = {there.presence for there in happened.children}
    sentences = []
    if Presence.IN_THE_ROOM in places:
        sentences.append(dice.one_of(("A child was in the room.", "A child stood in the doorway throughout.")))
    elif Presence.SAW_OR_HEARD in places:
        sentences.append(dice.one_of(("A child heard it from the stairs.", "A child was woken by the noise.")))
    elif Presence.ELSEWHERE_IN_HOME in places:
        sentences.append(dice.one_of(("The children were asleep upstairs.", "A child was in another room.")))
    elif happened.children:
        sentences.append(dice.one_of(("The children were not there.", "No child was at home at the time.")))
    if happened.any_child("injured"):
        sentences.append("A child was knocked over and has a small mark.")
    if happened.any_child("intervened"):
        sentences.append("A child stood between them.")
    if happened.any_child("afraid") and ("disclosed_fear" in only_here or dice.chance(0.4)):
        sentences.append("A child told us that they are afraid at home.")
    if happened.any_child("threatened"):
        sentences.append("The suspect threatened to hurt a child.")
    return sentences
