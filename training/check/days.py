"""Days that cannot be: they are slips, or columns that mean something else, and would quietly teach nonsense."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from screening.domain.calendar import LONDON
from screening.domain.household import RegisterEntry
from screening.triage.features import FEATURE_NAMES
from training.check.finding import Finding
from training.history.extract import DecisionMade, Outcome
from training.history.extract_contacts import OLDEST_CHILD_YEARS
from training.history.extract_faults import told
from training.history.follow_up import YEAR, decided_on
from training.history.rows import Rows

SLIPS_SHARE = 0.01
FEW_SLIPS = 3
"""Of contacts; more have one cause, such as a column that means something else."""

_ON_REGISTER = [FEATURE_NAMES.index(name) for name in ("open_case", "on_protection_plan", "open_early_help")]


class Case(NamedTuple):
    """One decided contact, for its days."""

    reference: str
    sent_at: datetime
    made: DecisionMade
    outcome: Outcome

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        return decided_on(self.made)

    @property
    def known_on(self) -> list[date]:
        """The days that the outcome tells."""
        days = (self.outcome.found_on, self.outcome.later_on, self.outcome.recheck_on)
        return [day for day in days if day is not None]


IMPOSSIBLE: tuple[tuple[str, str, Callable[[Case, date], bool]], ...] = (
    (
        "were decided before they were sent",
        "Correct decided_at or sent_at.",
        lambda case, _: case.made.at < case.sent_at,
    ),
    (
        "lie in the future",
        "Correct sent_at, decided_at or the outcome's days.",
        lambda case, today: max(case.sent_at.date(), case.decided_on, *case.known_on) > today,
    ),
    (
        "were found out about before they were decided",
        "Correct found_on, recheck_on or later_on; what was known before belongs in the contact.",
        lambda case, _: any(day < case.decided_on for day in case.known_on),
    ),
    (
        "have a later_on more than twelve months after the decision",
        "Leave later_need empty there: need counts within twelve months.",
        lambda case, _: case.outcome.later_on is not None and case.outcome.later_on > case.decided_on + YEAR,
    ),
)


def impossible_days(rows: Rows, today: date) -> Iterator[Finding]:
    """Days that cannot be: one finding a kind."""
    cases = [Case(*case) for case in zip(rows.references, rows.sent_at, rows.decisions, rows.outcomes, strict=True)]
    for what, fix, is_so in IMPOSSIBLE:
        at = [case.reference for case in cases if is_so(case, today)]
        if at:
            yield Finding("impossible_dates", f"{len(at)} contacts {what} ({told(at)}).", fix)


def impossible_register(register: Sequence[RegisterEntry], rows: Rows, today: date) -> Iterator[Finding]:
    """Rows of the care register that cannot be, or that none of the contacts can have met."""
    since = [entry.since for entry in register if entry.since is not None]
    ahead = sum(day > today for day in since)
    if ahead:
        yield Finding(
            "impossible_dates",
            f"register.csv: since lies in the future in {ahead} of {len(register)} rows.",
            "Correct since: it is the day from which the row stands.",
        )
    elif since and len(since) == len(register) and min(since) > max(rows.sent_at).astimezone(LONDON).date():
        yield Finding(
            "register_never_applied",
            f"register.csv: all {len(register)} rows stand since a day after the last contact, so none ever applied.",
            "Give the rows that stood while the contacts came, with the day since when, or leave the file out.",
            refuses=False,
        )
    elif register and not rows.as_known.X[:, _ON_REGISTER].any() and not rows.as_possible.X[:, _ON_REGISTER].any():
        yield Finding(
            "register_never_applied",
            f"register.csv: none of its {len(register)} rows was found to be of a child in any contact.",
            "Look whether names, dates of birth and since are those of the contacts' own years.",
            refuses=False,
        )


def grown_children(references: Sequence[str], contacts: int) -> Iterator[Finding]:
    """Contacts with a child over 18; the service takes a few as slips of whoever wrote them, and so does a fit."""
    if references:
        many = len(references) > max(FEW_SLIPS, SLIPS_SHARE * contacts)
        yield Finding(
            "impossible_dates",
            f"{len(references)} contacts have a child over {OLDEST_CHILD_YEARS} ({told(references)}).",
            "Correct the children's dates of birth or ages, or write who is grown up among the adults.",
            refuses=many,
        )
