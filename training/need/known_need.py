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
  that still wait. Where these are too few, a waiting contact counts as followed ones with its score do: with the chance
  that something will come to light, and what that would mean. Where second looks at contacts of which nothing came are
  too few, what came to light is not heard at all, and every closed contact goes by the score and by closing alone.

With too few second looks nothing is corrected, and `Closures.corrected` says so: then no promise may be made. Whether
they are enough is decided once, of the whole history: a part of it, such as all folds but one, is corrected if it is.
"""

from dataclasses import dataclass, replace

import numpy as np

from screening.domain.suggestion import Response
from training.history.rows import Bools, Floats, Rows
from training.need.logistic import NotFitted, fit_logistic, sigmoid

COLUMNS = 6
"""Of the regression: one, the raw score, closed, came to light later, still may, and the raw score of closed contacts,
which is left at 0 where they share the slope.
"""

_LATER, _MAY_COME = 3, 4
"""Places of two of them."""

SPEAKS_AGAINST = -2.326
"""By so many standard errors must need fall less with the score among closed contacts than among all, to be heard: one
chance in a hundred, since a false alarm costs an authority most of its suggestions.
"""

LEAST_SECOND_LOOKS = 100
LEAST_NEED_IN_SECOND_LOOKS = 10
"""With fewer, the level of what was closed cannot be known."""

LEAST_TO_HEAR = 50
"""Second looks at contacts of one kind (still waiting; nothing came of them), without which that kind has no number of
its own: it would be told by the ridge, and nothing would show that.
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
    def nothing_came(self) -> Bools:
        """Closed, followed, and nothing came to light."""
        return self.closed & ~self.later & ~self.waiting

    def can_be_told(self, kind: Bools) -> bool:
        """Whether second looks tell what it means to be of this `kind` (n,), where anybody is known by that alone."""
        return bool((self.looked & kind).sum() >= LEAST_TO_HEAR or not (kind & ~self.looked).any())


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
    have a slope of their own, `heard` is false where what came to light is left aside. `coming` are of one and the raw
    score, in the log-odds that something comes to light of a closed contact; they are there where those that still wait
    go by that, and have no number of their own.
    """

    coefficients: Floats
    spread: Floats
    corrected: bool
    apart: bool = False
    heard: bool = True
    coming: Floats | None = None

    def taught_by(self, known: Known) -> Bools:
        """Which contacts (n,) the coefficients were fitted to."""
        return known.looked & ~known.may_come if self.coming is not None else known.looked

    def chance(self, known: Known, raw: Floats) -> Floats:
        """The chance (n,) that a closed contact was in need; without a correction, whether it came to light."""
        return self.chance_and_slope(known, raw)[0]

    def chance_and_slope(self, known: Known, raw: Floats) -> tuple[Floats, Floats]:
        """The same, and how it moves with the coefficients (n, COLUMNS)."""
        if not self.corrected:
            return known.later.astype(np.float64), np.zeros((len(known), COLUMNS))
        columns = _design(known, raw, apart=self.apart, heard=self.heard)
        if self.coming is None:
            return _chance_and_slope(columns, self.coefficients)
        comes = np.where(known.may_come, sigmoid(self.coming[0] + self.coming[1] * raw), 0.0)
        columns[known.may_come, _MAY_COME] = 0.0
        without, slope_without = _chance_and_slope(columns, self.coefficients)
        columns[known.may_come, _LATER] = 1.0
        with_, slope_with = _chance_and_slope(columns, self.coefficients)
        mixed: Floats = (1.0 - comes) * without + comes * with_
        return mixed, (1.0 - comes)[:, None] * slope_without + comes[:, None] * slope_with


def _chance_and_slope(columns: Floats, coefficients: Floats) -> tuple[Floats, Floats]:
    chance = sigmoid(columns @ coefficients)
    return chance, (chance * (1.0 - chance))[:, None] * columns


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
    told = known.can_be_told(known.may_come)
    coming = None if told else _coming(known, raw)
    heard = known.can_be_told(known.nothing_came) and (told or coming is not None)
    nothing = np.zeros(COLUMNS)
    unfitted = Closures(nothing, np.diag(nothing), True, apart, heard, coming if heard else None)
    taught = unfitted.taught_by(known)
    columns = _design(known, raw, apart=apart, heard=heard)[taught]
    fitted = fit_logistic(columns, known.found[taught].astype(np.float64), ridge=PULL_TO_NOTHING)
    return replace(unfitted, coefficients=fitted.coefficients, spread=fitted.spread)


def _coming(known: Known, raw: Floats) -> Floats | None:
    """How coming to light goes with the score among closed contacts that were followed; `None` where nothing did.

    Of those that still wait, something may have come already; to count them as if all were still to come errs to the
    safe side.
    """
    seen = known.closed & ~known.waiting
    line = np.column_stack([np.ones(int(seen.sum())), raw[seen]])
    try:
        return fit_logistic(line, known.later[seen].astype(np.float64), ridge=PULL_TO_NOTHING).coefficients
    except NotFitted:
        return None


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
    chance, slope = closures.chance_and_slope(known, raw)
    hidden = known.out_of_sight
    need = np.where(known.looked, known.found, np.where(hidden, chance, 0.0)).astype(np.float64)
    columns = _design(known, raw, apart=closures.apart, heard=closures.heard)
    residual = np.where(closures.taught_by(known) & closures.corrected, known.found - chance, 0.0)
    pull = (residual[:, None] * columns) @ closures.spread
    fair = closures.corrected or not known.closed.any()
    return Judged(need, raw, np.where(hidden[:, None], slope, 0.0), pull, known.usable, bool(fair))


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
