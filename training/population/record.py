"""What the officer wrote: one contact in the contract's shape, with refusals, silences and slips.

The record is the only thing that anybody downstream sees. What is not known is sent as not known or left out, more by
some officers than by others; being recorded is one of the three dials of bias.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from screening.domain.calendar import LONDON
from screening.domain.contact import Injury, ProtectiveFactor, Weapon, Whereabouts
from training.population.children_written import write_children, yes_or_no
from training.population.dice import Dice
from training.population.force import Officer
from training.population.form import FilledIn, fill_in
from training.population.identity import Document, written_down
from training.population.incidents import Happened
from training.population.narrative import account
from training.population.people import Household
from training.population.scene import Scene
from training.population.settings import Authority, Recording
from training.population.working_days import is_working_day, working_day_from

_BATCH_HOURS = (7, 11, 15)
_HIDDEN = ("strangulation", "threat_to_kill", "disclosed_fear")
"""What may stand in the account alone."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What the force itself counted before: incidents in 12 months, and the last one's day."""

    in_12_months: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Written:
    """A contact's document without its reference."""

    document: Document
    sent_at: datetime


def write_down(
    authority: Authority,
    dice: Dice,
    household: Household,
    happened: Happened,
    scene: Scene,
    counted: Counted,
    officer: Officer,
    incident_reference: str,
    *,
    unheard: float,
) -> Written:
    """One officer's contact about one incident. `unheard` is the turn of the dial of being recorded, in log-odds."""
    given = authority.recording
    years = (happened.at.date() - authority.period.starts_on).days / 365.25
    form = fill_in(authority.form, dice.of("form"), household, happened, officer, years, unheard=unheard)
    child_named = not dice.chance(given.no_child_named)
    only_here = frozenset(name for name in _HIDDEN if dice.chance(given.narrative_only + 0.15 * unheard))
    ethnicity_given = not dice.chance(authority.families.ethnicity_not_recorded)
    sent_at = _sent(dice, scene.reported_at)
    adults = _adults(given, dice, household, happened, ethnicity_given=ethnicity_given)
    children = write_children(given, dice, happened, only_here, scene, ethnicity_given)
    named = children if child_named else []
    incident = _of_incident(given, dice, household, happened, officer, only_here)
    incident["narrative"] = account(dice.of("account"), household, happened, only_here, scene, child_named=child_named)
    document: Document = {
        "force_code": household.force,
        "sent_at": sent_at.isoformat(),
        "incident": _when(happened, scene.reported_at, incident_reference) | incident,
        "risk_assessment": _of_form(form),
        "adults": adults,
        "children": named,
        "police_history": _history(given, dice, household, counted),
        **_what_was_done(dice, household, scene, at_school=any("school" in child for child in named)),
    }
    return Written(document, sent_at)


def _when(happened: Happened, reported_at: datetime, reference: str) -> Document:
    return {
        "occurred_at": happened.at.isoformat(),
        "reported_at": reported_at.isoformat(),
        "incident_reference": reference,
    }


def _sent(dice: Dice, reported_at: datetime) -> datetime:
    """The next batch of a working day, some hours later: arrival is not the incident's own time."""
    ready = reported_at.astimezone(LONDON) + timedelta(hours=dice.between(3.0, 22.0))
    day, hour = ready.date(), ready.hour
    left = [batch for batch in _BATCH_HOURS if batch > hour]
    if not left or not is_working_day(day):
        day, left = working_day_from(day + timedelta(days=1)), [_BATCH_HOURS[0]]
    return datetime(day.year, day.month, day.day, left[0], dice.whole(0, 59), dice.whole(0, 59), tzinfo=LONDON)


def _said(given: Recording, dice: Dice, officer: Officer, *, truth: bool) -> str | None:
    """A minor yes or no as written: now and then not known, now and then nothing."""
    if dice.chance(min(0.5, given.left_out * officer.silence)):
        return None
    if dice.chance(min(0.5, given.other_unknown * officer.silence)):
        return "unknown"
    return "yes" if truth else "no"


def _severe(given: Recording, dice: Dice, *, truth: bool, hidden: bool) -> str:
    """A severe yes or no as written: asked nearly always."""
    if dice.chance(given.severe_unknown):
        return "unknown"
    return "yes" if truth and not hidden else "no"


def _of_incident(
    given: Recording, dice: Dice, household: Household, happened: Happened, officer: Officer, only_here: frozenset[str]
) -> Document:
    weapon = Weapon.UNKNOWN if dice.chance(given.severe_unknown) else happened.weapon
    injury = Injury.UNKNOWN if dice.chance(given.severe_unknown) else happened.injury
    minor = {
        "alcohol": happened.alcohol,
        "drugs": happened.drugs,
        "honour_based": household.honour,
        "forced_marriage": household.honour and dice.chance(0.15),
        "fgm_risk": household.honour and dice.chance(0.08),
        "order_breached": happened.breach,
        "separated": household.separated,
    }
    written = {name: _said(given, dice, officer, truth=truth) for name, truth in minor.items()}
    return {
        "type": str(happened.type),
        "postcode": household.postcode,
        "address": household.address,
        "weapon": str(weapon),
        "adult_injury": str(injury),
        "strangulation": _severe(given, dice, truth=happened.strangulation, hidden="strangulation" in only_here),
        "threat_to_kill": _severe(given, dice, truth=happened.threat_to_kill, hidden="threat_to_kill" in only_here),
        **{name: value for name, value in written.items() if value is not None},
    }


def _of_form(form: FilledIn) -> Document:
    document: Document = {"tool": str(form.tool), "grade": str(form.grade)}
    if form.reviewed is not None:
        document["reviewed_grade"] = str(form.reviewed)
    if form.refused:
        document["not_completed_reason"] = "declined"
    if form.answers:
        document["answers"] = {item: str(answer) for item, answer in form.answers.items()}
    document["marac_referred"] = str(form.marac)
    return document


def _adults(
    given: Recording, dice: Dice, household: Household, happened: Happened, *, ethnicity_given: bool
) -> list[Document]:
    day = happened.at.date()
    expecting = any(there.unborn for there in happened.children)
    mother = household.victim if household.victim.sex == "female" else household.suspect
    both = dice.chance(0.03)
    victim: Document = {"role": "both" if both else "victim"}
    victim |= written_down(
        given, dice, household.victim, day, nominal=given.nominal_adult, ethnicity_given=ethnicity_given
    )
    victim["pregnant"] = yes_or_no(expecting and mother is household.victim)
    victim |= _concerns(given, dice, household.victim_mental_health, household.victim_substance)
    suspect: Document = {"role": "both" if both else "suspect"}
    suspect |= written_down(
        given, dice, household.suspect, day, nominal=given.nominal_adult, ethnicity_given=ethnicity_given
    )
    suspect["relationship_to_victim"] = household.relation
    if expecting and mother is household.suspect:
        suspect["pregnant"] = "yes"
    suspect |= _concerns(given, dice, household.suspect_mental_health, household.suspect_substance)
    return [victim, suspect]


def _concerns(given: Recording, dice: Dice, mental_health: bool, substance: bool) -> Document:  # noqa: FBT001  # two facts of one person, in the order of their fields
    noticed = {
        "mental_health_concern": dice.chance(given.concern_noticed if mental_health else given.concern_mistaken),
        "substance_concern": dice.chance(given.concern_noticed if substance else given.concern_mistaken),
    }
    return {
        name: "unknown" if dice.chance(given.other_unknown) else ("yes" if seen else "no")
        for name, seen in noticed.items()
    }


def _history(given: Recording, dice: Dice, household: Household, counted: Counted) -> Document:
    document: Document = {}
    if not dice.chance(given.force_count_missing):
        short = counted.in_12_months > 0 and dice.chance(given.force_count_short)
        document["incidents_last_12_months"] = counted.in_12_months - (1 if short else 0)
        if counted.last_on is not None:
            document["last_incident_on"] = counted.last_on.isoformat()
    document["suspect_other_households"] = yes_or_no(household.elsewhere and dice.chance(0.8))
    document["suspect_violence_convictions"] = yes_or_no(household.convictions and dice.chance(0.92))
    return document


def _what_was_done(dice: Dice, household: Household, scene: Scene, *, at_school: bool) -> Document:
    action: Document = {"arrest": yes_or_no(scene.arrest), "suspect_whereabouts": str(scene.whereabouts)}
    notified = "yes" if dice.chance(0.8) else "unknown"
    if at_school:
        action["school_notified"] = notified
    return {
        "police_action": action,
        "protective_factors": _protective(dice, household, scene),
        "consent_to_early_help": dice.pick({"not_asked": 0.8, "given": 0.13, "refused": 0.07}),
    }


def _protective(dice: Dice, household: Household, scene: Scene) -> list[str]:
    """What may protect, where it can be so: an order only where there is one, and so on."""
    chances = {
        ProtectiveFactor.SUSPECT_IN_CUSTODY: 0.5 if scene.whereabouts is Whereabouts.CUSTODY else 0.0,
        ProtectiveFactor.ORDER_IN_FORCE: 0.8 if household.order_in_place else 0.0,
        ProtectiveFactor.VICTIM_ENGAGING_SUPPORT: 0.12,
        ProtectiveFactor.SUPPORTIVE_FAMILY: 0.12,
        ProtectiveFactor.SUSPECT_LEFT_AREA: 0.25 if scene.whereabouts is Whereabouts.ELSEWHERE else 0.0,
    }
    return [str(factor) for factor, chance in chances.items() if dice.chance(chance)]
