"""The officer's account: plain made-up sentences that agree with what happened, negations included.

Some facts stand only here. Nothing is taken from any real account.
"""

from screening.domain.contact import IncidentType, Injury, Presence, Weapon, Whereabouts
from training.population.dice import Dice
from training.population.incidents import Happened
from training.population.people import Household
from training.population.scene import Scene

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
    IncidentType.CHILD_CONTACT_DISPUTE: ("An argument about when the children are to be seen.",),
    IncidentType.OTHER: ("A concern was reported by a relative.",),
}  # fmt: skip


_THROAT = "A hand was put on the victim's throat and they could not breathe for a moment."
_KILL = 'The suspect said "I will kill you".'
_USED = "A household object was used."
_HELD_UP = "A household object was held up, but not used."
_HOSPITAL = "The victim was taken to hospital."
_MARKS = ("A bruise to the arm was seen.", "A small cut was seen; no treatment was wanted.")
_KNOCKED_OVER = "A child was knocked over and has a small mark."
_THREATENED = "The suspect threatened to hurt a child."
_IN_THE_ROOM = ("A child was in the room.", "A child stood in the doorway throughout.")
_HEARD = ("A child was woken by the noise.", "A child heard it from the stairs.")
TELLS: dict[str, tuple[str, ...]] = {
    "strangulation": (_THROAT,),
    "threat_to_kill": (_KILL,),
    "weapon": (_USED, _HELD_UP),
    "injury": (*_MARKS, _HOSPITAL),
    "serious_injury": (_HOSPITAL,),
    "child_hurt": (_KNOCKED_OVER,),
    "child_threatened": (_THREATENED,),
    "child_near": (*_IN_THE_ROOM, *_HEARD),
}
"""Sentences that somebody who reads the account learns a fact from, whatever the fields say."""
_HANDOVER = "A dispute at the handover of the children."
_FAR_FROM_CALM = frozenset(
    {IncidentType.SEXUAL_OFFENCE, IncidentType.STALKING_HARASSMENT, IncidentType.BREACH_OF_ORDER}
)


def account(
    dice: Dice, household: Household, happened: Happened, only_here: frozenset[str], scene: Scene, *, child_named: bool
) -> str:
    """The narrative of one incident. `only_here` names what the fields leave out and the account tells."""
    sentences = [_opening(dice, happened, scene), _of_violence(dice, happened)]
    sentences += _of_danger(dice, happened, only_here)
    said = dice.share()
    if happened.alcohol and said < 0.6:
        sentences.append("The suspect had been drinking.")
    elif not happened.alcohol and said < 0.25:
        sentences.append("Nobody appeared to have been drinking.")
    if child_named:
        sentences += _of_children(dice, happened, only_here, scene)
    elif all(there.unborn for there in happened.children):
        sentences.append("A baby is expected, but no child was named.")
    else:
        sentences.append("A child's bedroom was seen but no child was named.")
    if dice.chance(0.5) and household.separated:
        sentences.append("The parties have separated.")
    if scene.days_late:
        days = "a day" if scene.days_late == 1 else f"{scene.days_late} days"
        sentences.append(f"It was reported {days} after it happened.")
    if dice.chance(0.45) and _calm(happened, scene):
        sentences.append("Both were calm when we left.")
    return " ".join(sentences)


def _opening(dice: Dice, happened: Happened, scene: Scene) -> str:
    first = dice.one_of(_OPENING[happened.type])
    if happened.type is IncidentType.CHILD_CONTACT_DISPUTE and _handed_over(happened, scene):
        return _HANDOVER
    if happened.type is IncidentType.THREATS and happened.weapon is not Weapon.NONE:
        return _OPENING[happened.type][0]
    return first


def _handed_over(happened: Happened, scene: Scene) -> bool:
    """Whether it can have been at a handover: by day, with a child there."""
    with_child = any(there.presence is not Presence.NOT_PRESENT for there in happened.children)
    return with_child and 8 <= scene.hour < 20


def _threatened(happened: Happened) -> bool:
    armed = happened.weapon is not Weapon.NONE
    return armed or happened.threat_to_kill or happened.type is IncidentType.THREATS or happened.any_child("threatened")


def _calm(happened: Happened, scene: Scene) -> bool:
    """Whether officers can have left two calm people: the suspect was still there, and nothing grave had happened."""
    grave = happened.strangulation or _threatened(happened) or happened.injury is Injury.SERIOUS
    left_there = scene.whereabouts is Whereabouts.AT_ADDRESS and not scene.arrest and not scene.days_late
    return left_there and not grave and happened.type not in _FAR_FROM_CALM


def _of_danger(dice: Dice, happened: Happened, only_here: frozenset[str]) -> list[str]:
    sentences = []
    throat, threat, weapon = dice.share(), dice.share(), dice.share()
    if happened.strangulation and ("strangulation" in only_here or throat < 0.7):
        sentences.append(_THROAT)
    elif happened.violence and not happened.strangulation and throat < 0.15:
        sentences.append("The victim said that nobody had touched their throat or neck.")
    if happened.threat_to_kill and ("threat_to_kill" in only_here or threat < 0.7):
        sentences.append(_KILL)
    elif not happened.threat_to_kill and threat < 0.1:
        sentences.append("No threat to anybody's life was made.")
    if happened.weapon is Weapon.USED:
        sentences.append(_USED)
    elif happened.weapon is Weapon.THREATENED:
        sentences.append(_HELD_UP)
    elif weapon < 0.25:
        sentences.append("No weapon was seen or mentioned.")
    return sentences


def _of_violence(dice: Dice, happened: Happened) -> str:
    if happened.injury is Injury.SERIOUS:
        return _HOSPITAL
    if happened.injury is Injury.MINOR:
        return dice.one_of(_MARKS)
    if happened.violence:
        grave = happened.strangulation or happened.weapon is Weapon.USED or happened.type is IncidentType.SEXUAL_OFFENCE
        unhurt = ("No injury to the victim was seen.", "The victim said that it did not hurt.")
        return dice.one_of(unhurt[:1] if grave else unhurt)
    denials = ("Nobody was hurt.", "No physical contact took place.", "No violence, and none alleged.")
    return dice.one_of(denials[:2] if _threatened(happened) else denials)


def _of_children(dice: Dice, happened: Happened, only_here: frozenset[str], scene: Scene) -> list[str]:
    sentences = []
    if any(there.unborn for there in happened.children):
        sentences.append("The victim said that a baby is expected.")
    born = [there for there in happened.children if not there.unborn]
    if born:
        sentences.append(_where(dice, happened, scene))
    if happened.any_child("injured"):
        sentences.append(_KNOCKED_OVER)
    if happened.any_child("intervened"):
        sentences.append("A child stood between them.")
    afraid = {place for place, there in enumerate(happened.children) if there.afraid}
    if afraid and (dice.chance(0.4) or "disclosed_fear" in only_here):
        told = bool(afraid & scene.spoken_to)
        sentences.append(
            "A child told us that they are afraid at home." if told else "We were told that a child is afraid."
        )
    if happened.any_child("threatened"):
        sentences.append(_THREATENED)
    elif born and dice.chance(0.1) and not happened.any_child("injured"):
        sentences.append("No child was hurt or threatened.")
    return sentences


def _where(dice: Dice, happened: Happened, scene: Scene) -> str:
    """Where the children were; the nearest counts."""
    first = dice.chance(0.5)
    born = {place for place, there in enumerate(happened.children) if not there.unborn}
    places = {happened.children[place].presence for place in born}
    if Presence.IN_THE_ROOM in places:
        return _IN_THE_ROOM[0 if first else 1]
    if Presence.SAW_OR_HEARD in places:
        return _HEARD[0 if first and scene.night else 1]
    if Presence.ELSEWHERE_IN_HOME in places:
        if born == scene.asleep and len(born) > 1:
            return "The children were asleep upstairs."
        return "A child was asleep upstairs." if scene.asleep else "A child was in another room."
    return "The children were not there." if first else "No child was at home at the time."
