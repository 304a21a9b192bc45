"""Days that cannot be: they are slips, or columns that mean something else, and would quietly teach nonsense."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from screening.domain.calendar import LONDON
from training.check.finding import Finding
from training.history.extract import DecisionMade, Outcome
from training.history.extract_faults import told
from training.history.rows import Rows

FOLLOWED = timedelta(days=366)
"""Need counts that was found or came to light within twelve months."""


class Case(NamedTuple):
    """One decided contact, for its days."""

    reference: str
    sent_at: datetime
    made: DecisionMade
    outcome: Outcome

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        return self.made.at.astimezone(LONDON).date()

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
        lambda case, _: case.outcome.later_on is not None and case.outcome.later_on > case.decided_on + FOLLOWED,
    ),
)


def impossible_days(rows: Rows, today: date) -> Iterator[Finding]:
    """Days that cannot be: one finding a kind."""
    cases = [Case(*case) for case in zip(rows.references, rows.sent_at, rows.decisions, rows.outcomes, strict=True)]
    for what, fix, is_so in IMPOSSIBLE:
        at = [case.reference for case in cases if is_so(case, today)]
        if at:
            yield Finding("impossible_dates", f"{len(at)} contacts {what} ({told(at)}).", fix)
