"""Whether what came of a contact can be known yet: whether it was followed for twelve months.

What came to light of the last contacts of an authority's own history is not all known when it is drawn. That is not to
say that nothing will: such contacts are named here, and `need` does not read them as safe.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from screening.domain.calendar import LONDON
from training.history.extract import DecisionMade, Outcome

YEAR = timedelta(days=366)
"""Need counts that was found or came to light within twelve months."""

MONTHS = 11
"""By so many is a contact taken to be followed: the last thing to come to light need not have come on the last day."""

SLIPS = 1
"""So many of the days may be slips, and do not say how far the history goes."""

LONG_ENOUGH = YEAR - timedelta(days=31)


def decided_on(made: DecisionMade) -> date:
    """The day of a decision, in the authority's own time."""
    return made.at.astimezone(LONDON).date()


def last_day(decisions: Sequence[DecisionMade], outcomes: Sequence[Outcome]) -> date:
    """The last day that a history tells of by more than `SLIPS` decisions or later needs."""
    came = [outcome.later_on for outcome in outcomes if outcome.later_on is not None]
    days = sorted([*map(decided_on, decisions), *came])
    return days[-min(SLIPS + 1, len(days))]


def followed(decisions: Sequence[DecisionMade], outcomes: Sequence[Outcome]) -> npt.NDArray[np.bool_]:
    """Whether each contact (n,) was decided `MONTHS` or more before the last day that the history tells of."""
    if not decisions:
        return np.zeros(0, dtype=np.bool_)
    since = last_day(decisions, outcomes) - LONG_ENOUGH
    return np.array([decided_on(made) <= since for made in decisions], dtype=np.bool_)
