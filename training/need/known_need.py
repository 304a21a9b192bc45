"""What was needed, from what was found or happened within 12 months; never from what was decided.

What is known, and how weak it is:
- A contact that was worked has a finding. It is taken as it stands, though a finding can be wrong; where more came to
  light within the 12 months after, that is what was needed.
- A contact that was closed has none. It is known by what came to light later, and a need that stayed out of sight
  counts nowhere: taken as it stands, the record says that fewer needed help than did, and most of all among families
  whom nobody came back to. A model fitted to that would learn whom we hear of again.
- Of what was closed, a random share was looked at again by somebody who did not know the decision. That second look is
  the only fair sample of what was closed, and the correction rests on it. Of all contacts that anybody looked at, need
  is fitted (a logistic regression) to a few numbers: one, the raw score, which was made without the contact; whether it
  was closed; whether something came to light later. Every other closed contact counts with the chance that this gives
  it. That assumes that closing and coming to light move the level and leave the score's slope as it is, so that
  contacts that were worked help to find it. It holds where what workers see beyond the record, and what comes to light,
  go with need alike at every score. It need not hold: workers may notice need only where the record already tells of
  danger, and then closed contacts with low scores need more than the shared slope says. So who judges is `wary`: where
  the second looks speak for that, closed contacts get a slope of their own, at the price of a wider interval.
- The second look can be wrong too; in the made-up data about one in sixteen is. That error is not corrected for. A
  false alarm makes need look more frequent than it is, most where need is rare, and a promise errs to the safe side. A
  look that misses need does the opposite, and nothing in the record shows it: see what `training sensitivity` says.
- The last closed contacts of a history were not followed for twelve months. That nothing came to light of them yet is
  not read as if nothing will: they have a number of their own in that regression. It takes second looks at contacts
  that still wait and at contacts of which nothing came; where either are too few, what came to light is not heard at
  all, and every closed contact goes by the score and by closing alone.

With too few second looks nothing is corrected, and `Closures.corrected` says so: then no promise may be made. Whether
they are enough is decided once, of the whole history: a part of it, such as all folds but one, is corrected if it is.
"""

from dataclasses import dataclass

import numpy as np

from screening.domain.suggestion import Response
from training.history.rows import Bools, Floats, Rows
from training.need.logistic import NotFitted, fit_logistic, sigmoid

COLUMNS = 6
"""Of the regression: one, the raw score, closed, came to light later, still may, and the raw score of closed contacts,
which is left at 0 where they share the slope.
"""

SPEAKS_AGAINST = -2.326
"""By so many standard errors must need fall less with the score among closed contacts than among all, to be heard: one
chance in a hundred, since a false alarm costs an authority most of its suggestions.
"""

LEAST_SECOND_LOOKS = 100
LEAST_NEED_IN_SECOND_LOOKS = 10
"""With fewer, the level of what was closed cannot be known."""

LEAST_TO_HEAR = 50
"""Second looks at contacts of one kind (still waiting; nothing came of them), without which what came to light is not
heard: its number would be told by the ridge, and nothing would show that.
"""

PULL_TO_NOTHING = 0.1
"""A slight ridge on the regression, which keeps it finite where groups part cleanly."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one need in n contacts: five columns of yes and no.

    `looked`: somebody looked (work that was begun, or a second look); `found`: and at least this need was there;
    `later`: at least this need came to light after closing; `closed`: nothing further was done; `waiting`: closed, and
    what comes to light is not all known yet. `enough`: whether the history has enough second looks to be corrected.
    """

    looked: Bools
    found: Bools
    later: Bools
    closed: Bools
    waiting: Bools
    enough: bool

    def __len__(self) -> int:
        return len(self.looked)

    def at(self, places: Bools) -> "Known":
        """The same of the contacts at these places."""
        return Known(
            looked=self.looked[places],
            found=self.found[places],
            later=self.later[places],
            closed=self.closed[places],
            waiting=self.waiting[places],
            enough=self.enough,
        )

    @property
    def usable(self) -> Bools:
        """Whether anything is known: not so where work was begun and no finding kept."""
        return self.looked | self.closed

    @property
    def looked_again(self) -> Bools:
        """Closed, and looked at again blind."""
        return self.closed & self.looked

    @property
    def out_of_sight(self) -> Bools:
        """Closed, and known only by what came later."""
        return self.closed & ~self.looked

    @property
    def may_come(self) -> Bools:
        """Closed, not known to have come to light, and it still may."""
        return self.waiting & ~self.later

    @property
    def can_be_heard(self) -> bool:
        """Whether second looks tell what it means that something came to light, or that nothing did, or not yet."""
        kinds = (self.may_come, self.closed & ~self.later & ~self.waiting)
        return all((self.looked & kind).sum() >= LEAST_TO_HEAR for kind in kinds if (kind & ~self.looked).any())


def known_of(rows: Rows, need: Response) -> Known:
    """What the outcomes of `rows` say of a need of at least `need`."""
    closed = np.array([made.closed for made in rows.decisions], dtype=np.bool_)
    seen = [o.recheck if made.closed else o.finding for made, o in zip(rows.decisions, rows.outcomes, strict=True)]
    looked = np.array([finding is not None for finding in seen], dtype=np.bool_)
    later = np.array([_at_least(outcome.later, need) for outcome in rows.outcomes], dtype=np.bool_)
    at_the_look = np.array([_at_least(finding, need) for finding in seen], dtype=np.bool_)
    found = at_the_look | (looked & ~closed & later)
    enough = enough_second_looks(looked & closed, found)
    return Known(looked, found, later & closed, closed, closed & ~rows.followed, enough)


def enough_second_looks(again: Bools, found: Bools) -> bool:
    """Whether so many closed contacts (n,) were looked `again`, and need `found` (n,) in so many, that it can be known
    what is missed.
    """
    return bool(again.sum() >= LEAST_SECOND_LOOKS and (found & again).sum() >= LEAST_NEED_IN_SECOND_LOOKS)


def _at_least(found: Response | None, need: Response) -> bool:
    return found is not None and found.caution >= need.caution


@dataclass(frozen=True, slots=True)
class Closures:
    """How need among closed contacts goes with the raw score and with what came to light.

    `coefficients` are of the COLUMNS, in log-odds; `spread` is their inverse information, by which one contact's
    residual moves them. `corrected` is false where second looks were too few, `apart` is true where closed contacts
    have a slope of their own, `heard` is false where what came to light is left aside.
    """

    coefficients: Floats
    spread: Floats
    corrected: bool
    apart: bool = False
    heard: bool = True

    def columns(self, known: Known, raw: Floats) -> Floats:
        """The columns that the coefficients are of (n, COLUMNS)."""
        return _design(known, raw, apart=self.apart, heard=self.heard)

    def chance(self, known: Known, raw: Floats) -> Floats:
        """The chance (n,) that a closed contact was in need; without a correction, whether it came to light."""
        if not self.corrected:
            return known.later.astype(np.float64)
        return sigmoid(self.columns(known, raw) @ self.coefficients)


def study_closures(known: Known, raw: Floats, *, wary: bool = False) -> Closures:
    """Fit what was found to the score, the closing and what came later.

    `raw` (n,) are raw scores, best made without the contact that each is of. Who is `wary` lets closed contacts have a
    slope of their own where the second looks say that those with low scores need more than the shared slope gives.
    """
    nothing = Closures(np.zeros(COLUMNS), np.zeros((COLUMNS, COLUMNS)), corrected=False)
    if not (known.enough and known.looked_again.any()):
        return nothing
    try:
        if wary:
            own = _closures(known, raw, apart=True)
            if own.coefficients[-1] < SPEAKS_AGAINST * np.sqrt(own.spread[-1, -1]):
                return own
        return _closures(known, raw, apart=False)
    except NotFitted:
        return nothing


def _closures(known: Known, raw: Floats, *, apart: bool) -> Closures:
    heard = known.can_be_heard
    columns = _design(known, raw, apart=apart, heard=heard)[known.looked]
    fitted = fit_logistic(columns, known.found[known.looked].astype(np.float64), ridge=PULL_TO_NOTHING)
    return Closures(fitted.coefficients, fitted.spread, corrected=True, apart=apart, heard=heard)


@dataclass(frozen=True, slots=True)
class Judged:
    """For n contacts, the need: 1 or 0 where it was looked for, else a chance; and how sure the chances are.

    `raw` (n,) are the raw scores that it was judged with. `slope` (n, COLUMNS) is how the chance moves with the
    coefficients of `Closures`, `pull` (n, COLUMNS) how far the contact moved these. Contacts of which nothing is known
    are not `usable` and have a need of 0. `fair` is false where closed contacts could not be corrected for what stayed
    out of sight: shares are too low then, and nothing may be promised.
    """

    need: Floats
    raw: Floats
    slope: Floats
    pull: Floats
    usable: Bools
    fair: bool = True

    @classmethod
    def seen(cls, yes: Bools, raw: Floats) -> "Judged":
        """Need (n,) that is known of everybody."""
        nothing = np.zeros((len(yes), COLUMNS))
        return cls(yes.astype(np.float64), raw, nothing, nothing, np.ones(len(yes), dtype=np.bool_))


def judge(known: Known, raw: Floats, *, wary: bool = False) -> Judged:
    """The need of every contact, and what an interval around it has to reckon with; `wary` as in `study_closures`."""
    closures = study_closures(known, raw, wary=wary)
    columns = closures.columns(known, raw)
    chance = closures.chance(known, raw)
    hidden = known.out_of_sight
    need = np.where(known.looked, known.found, np.where(hidden, chance, 0.0)).astype(np.float64)
    slope = np.where(hidden & closures.corrected, chance * (1.0 - chance), 0.0)[:, None] * columns
    residual = np.where(known.looked & closures.corrected, known.found - chance, 0.0)
    fair = closures.corrected or not known.closed.any()
    return Judged(need, raw, slope, (residual[:, None] * columns) @ closures.spread, known.usable, bool(fair))


def first_guess(known: Known) -> Floats:
    """The need of every contact before there is any score: closed ones by whether something came to light."""
    return judge(known, np.zeros(len(known))).need


def weights_of_looked(known: Known) -> Floats:
    """How many contacts each one stands for, if only those that somebody looked at count: 0 for the others."""
    again = int(known.looked_again.sum())
    a_second_look = known.closed.sum() / again if again else 0.0
    return np.where(known.looked, np.where(known.closed, a_second_look, 1.0), 0.0)


def need_by_design(known: Known, raw: Floats) -> Floats:
    """The need (n,) that adds up in any group of contacts that second looks fell on evenly, whatever the score makes of
    that group: each closed contact counts with its chance, and each that was looked at again puts the chances of all
    that it stands for right. A single one may lie below 0 or above 1.
    """
    chance = np.where(known.closed, study_closures(known, raw, wary=True).chance(known, raw), 0.0)
    return chance + np.where(known.looked, weights_of_looked(known) * (known.found - chance), 0.0)


def _design(known: Known, raw: Floats, *, apart: bool, heard: bool) -> Floats:
    """The COLUMNS (n, 6) that chances of need are fitted to; the last is 0 unless closed contacts stand `apart`, and
    the two before it are unless what came to light is `heard`.
    """
    own, later, may_come = raw * (known.closed & apart), known.later & heard, known.may_come & heard
    return np.column_stack([np.ones(len(known)), raw, known.closed, later, may_come, own])
