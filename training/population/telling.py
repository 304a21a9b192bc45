"""One incident's way from a household to the authority: sent (now and then twice, or corrected), decided, followed up.

A household is treated even-handedly, or as a dial of bias has it. Every step draws from a stream of its own, so that a
dial moves what it turns and nothing else: not who lives there, not what happens, not what is needed.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from screening.domain.household import OPEN_CASE, CareStatus
from screening.domain.suggestion import Response
from training.population.aftermath import Followed, follow
from training.population.deciding import Decided, Files, decide
from training.population.dice import Dice
from training.population.force import Force
from training.population.identity import Document
from training.population.incidents import Happened
from training.population.names import force_number
from training.population.need import TrueNeed
from training.population.people import Household
from training.population.record import Counted, Written, write_down
from training.population.scene import scene_of
from training.population.settings import Authority

OPENED = 0.35
"""How often a finding opens a case (assumed)."""
OPENS = {
    Response.EARLY_HELP: {CareStatus.EARLY_HELP: 1.0},
    Response.ASSESSMENT: {CareStatus.CHILD_IN_NEED: 0.8, CareStatus.CHILD_PROTECTION_PLAN: 0.2},
}


@dataclass(slots=True)
class Told:
    """One contact as it was sent, the need behind it, and what was decided and followed.

    `incident` is the force's number for it, and `before` how many of the household were reported before it, ever;
    `severity` is latent. `corrects` is the place, in its family's story, of the contact that this one supersedes. A
    superseded contact was not decided: `decided` and `followed` are `None`.
    """

    sent_at: datetime
    document: Document
    household: str
    incident: str
    true: TrueNeed
    before: int
    severity: float
    decided: Decided | None = None
    followed: Followed | None = None
    corrects: int | None = None

    @property
    def day(self) -> date:
        """The day of the incident, while the document is here."""
        return date.fromisoformat(self.document["incident"]["occurred_at"][:10])  # type: ignore[index]  # an object by contract


@dataclass(frozen=True, slots=True)
class Treated:
    """A household as force and authority treat it, told in `contacts`.

    `reported` are the days of the incidents that the force heard of, in order. `unrecorded` is by how many log-odds
    answers and grades are lower, and `undecided` by how much less a worker is moved: 0 with the dials off.
    """

    household: Household
    reported: list[date]
    unrecorded: float
    undecided: float
    contacts: list[Told]


def tell(
    authority: Authority, force: Force, dice: Dice, treated: Treated, happened: Happened, true: TrueNeed, place: int
) -> None:
    """Send the household's incident number `place`: once as a rule, now and then twice, or again with a correction."""
    given = authority.recording
    incident = force_number("L", treated.household.number, f"incident {place}")
    corrected, twice = dice.chance(given.superseded), dice.chance(given.same_incident_twice)
    later = timedelta(days=1 + int(dice.waiting(1.0)), minutes=dice.whole(1, 90))

    first = _written(authority, force, dice, "first", treated, happened, incident)
    if corrected:
        treated.contacts.append(_told(treated, happened, true, incident, first))
        again = _written(authority, force, dice, "again", treated, happened, incident)
        sent_at = first.sent_at + later
        again.document["sent_at"] = sent_at.isoformat()
        _decided(authority, force, dice.of("again"), treated, happened, true, incident, replace(again, sent_at=sent_at))
        treated.contacts[-1].corrects = len(treated.contacts) - 2
        return
    _decided(authority, force, dice.of("first"), treated, happened, true, incident, first)
    if twice:
        other = _written(authority, force, dice, "again", treated, happened, incident)
        _decided(authority, force, dice.of("again"), treated, happened, true, incident, other)


def _written(
    authority: Authority, force: Force, dice: Dice, which: str, treated: Treated, happened: Happened, incident: str
) -> Written:
    """The `which` record of an incident. What was met is the same for all, but for whom each officer speaks to."""
    household, own = treated.household, dice.of(which)
    counted = _counted(treated.reported, happened.at.date())
    officer = own.one_of(force.teams[household.team])
    scene = scene_of(authority, dice.of("scene"), household, happened, officer)
    return write_down(
        authority, own, household, happened, scene, counted, officer, incident, unheard=treated.unrecorded
    )


def _decided(
    authority: Authority,
    force: Force,
    dice: Dice,
    treated: Treated,
    happened: Happened,
    true: TrueNeed,
    incident: str,
    written: Written,
) -> None:
    """A worker decides, time passes, and what was found may open a case."""
    day = happened.at.date()
    household, choice, after = treated.household, dice.of("decided"), dice.of("followed")
    worker = choice.one_of(force.workers)
    decided = decide(authority, choice, written, _files(treated, day, written), worker, unheard=treated.undecided)
    seen_again = _between(treated.reported, day + timedelta(days=1), day + timedelta(days=365))
    before = bisect_left(treated.reported, day)
    followed = follow(authority.aftermath, after, household, true, decided, before=before, seen_again=seen_again)
    told = _told(treated, happened, true, incident, written)
    told.decided, told.followed = decided, followed
    treated.contacts.append(told)
    _open_case(after, household, followed)


def _files(treated: Treated, day: date, written: Written) -> Files:
    """What the authority's own files say when the contact comes: what it was told of before, and an open case."""
    earlier = {
        told.incident
        for told in treated.contacts
        if told.sent_at < written.sent_at and 0 < (day - told.day).days <= 365
    }
    came = written.sent_at.date()
    open_case = any(
        child.status in OPEN_CASE and child.status_since is not None and child.status_since <= came
        for child in treated.household.children
    )
    return Files(len(earlier), open_case)


def _told(treated: Treated, happened: Happened, true: TrueNeed, incident: str, written: Written) -> Told:
    return Told(
        sent_at=written.sent_at,
        document=written.document,
        household=treated.household.number,
        incident=incident,
        true=true,
        before=bisect_left(treated.reported, happened.at.date()),
        severity=happened.severity,
    )


def _counted(reported: list[date], day: date) -> Counted:
    ever = bisect_left(reported, day)
    return Counted(_between(reported, day - timedelta(days=365), day), reported[ever - 1] if ever else None)


def _between(reported: list[date], first: date, until: date) -> int:
    """How many were reported from `first` and before `until`."""
    return bisect_left(reported, until) - bisect_left(reported, first)


def _open_case(dice: Dice, household: Household, followed: Followed) -> None:
    """What was found may put the children on the care register; once there, they stay for the time that is told of."""
    if followed.finding not in OPENS or followed.found_on is None or not dice.chance(OPENED):
        return
    status = dice.pick(OPENS[followed.finding])
    for child in household.children:
        if child.status is None and child.person.born <= followed.found_on:
            child.status, child.status_since = status, followed.found_on
