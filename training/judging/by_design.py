"""Shares in need judged by `Need.by_design`, each with an interval that says how little a few second looks tell.

Families are drawn for an interval, as everywhere. But where hardly any second look found need, or hardly any did not,
drawing shows no spread: no miss in twenty would come out as none for sure. There the exact interval of Clopper and
Pearson stands in, for the number of independent contacts that would show as much, and never narrower than what was
drawn. Where closed contacts were not looked at again at all, they may all have been in need, or none.

A share is never cut off at 0 or 1: few second looks may put an estimate beyond, and that is to be seen. The ends of an
interval are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.history.rows import Bools, Floats, Ints
from training.judging.evaluate import CONFIDENCE, Need
from training.need.resampling import Draws, interval
from training.need.shares import Share

ENOUGH = 5
"""With fewer found in need, or fewer found not to be, drawing families shows less spread than there is."""

DRAWN, EXACT = "drawn", "exact"
"""How an interval was made."""


@dataclass(frozen=True, slots=True)
class Ends:
    """An interval with its one-sided upper bound, and how it was made."""

    lower: float
    upper: float
    no_more_than: float
    how: str

    @property
    def pair(self) -> list[float]:
        """Both ends, as JSON holds them."""
        return [self.lower, self.upper]


NOTHING_KNOWN = Ends(0.0, 1.0, 1.0, EXACT)


@dataclass(frozen=True, slots=True)
class InNeed:
    """Of `n` contacts so many are judged to be in need: no whole number, and not held to 0 to `n`."""

    n: int
    in_need: float
    ends: Ends
    second_looks: int

    @property
    def share(self) -> float:
        """The share in need, 0 where there is nobody."""
        return self.in_need / self.n if self.n else 0.0

    @property
    def told(self) -> dict[str, object]:
        """As JSON holds it."""
        return {
            "n": self.n,
            "in_need": self.in_need,
            "share": self.share,
            "interval": self.ends.pair,
            "no_more_than": self.ends.no_more_than,
            "confidence": CONFIDENCE,
            "second_looks": self.second_looks,
            "how": self.ends.how,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """`n` of `of` contacts, seen and not estimated."""

    n: int
    of: int
    ends: Ends

    @property
    def share(self) -> float:
        """The share, 0 where there is nobody."""
        return self.n / self.of if self.of else 0.0

    @property
    def told(self) -> dict[str, object]:
        """As JSON holds it."""
        return {"n": self.n, "of": self.of, "share": self.share, "interval": self.ends.pair}


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen of the contacts that a share is of.

    `second` is how many second looks there were among them, `few` that drawing would show too little spread.
    `independent` contacts would show as much. `seen` is the share of them that the looks speak for: below 1 where
    closed contacts had no second look, and then `of_seen` is the share of those.
    """

    second: int
    few: bool
    independent: float
    seen: float = 1.0
    of_seen: float | None = None

    def ends(self, value: float, drawn: Floats) -> Ends:
        """The interval around a share `value`, given what was `drawn` of it."""
        between, above = interval(drawn), interval(drawn, 2.0 * CONFIDENCE - 1.0)
        if between is None or above is None:
            return NOTHING_KNOWN
        spread = between[1] > between[0] and between[0] >= 0.0 and between[1] <= 1.0
        if spread and not self.few:
            return Ends(*between, above[1], DRAWN)
        centre = within(value if self.of_seen is None else self.of_seen)
        exact = Share(1, centre, self.independent, CONFIDENCE)
        lower, upper = exact.interval()
        unseen = 1.0 - self.seen
        return Ends(
            lower=within(min(lower * self.seen, between[0])),
            upper=within(max(upper * self.seen + unseen, between[1])),
            no_more_than=within(max(exact.upper * self.seen + unseen, above[1])),
            how=EXACT,
        )


class ByDesign:
    """Judges the share in need of any contacts, always with the same draws of families."""

    def __init__(self, families: Ints, need: Need, *, seed: int) -> None:
        self.need = need
        self.draws = Draws(families, seed=seed)
        self.usable = need.judged.usable
        self._looked = (need.weights > 0.0) & self.usable
        self._unseen = self.usable & ~self._looked

    def share(self, chosen: Bools) -> dict[str, object]:
        """The share in need among those `chosen` (n,) of whom anything is known, as JSON holds it."""
        return self.in_need(chosen).told

    def in_need(self, chosen: Bools) -> InNeed:
        """How many of those `chosen` (n,) of whom anything is known are in need."""
        chosen = chosen & self.usable
        n, in_need, looks = int(chosen.sum()), float(self.need.by_design[chosen].sum()), self.looks(chosen)
        ends = looks.ends(in_need / n, self.drawn_in_need(chosen)) if n else NOTHING_KNOWN
        return InNeed(n, in_need, ends, looks.second)

    def drawn_in_need(self, chosen: Bools) -> Floats:
        """The share in need of those `chosen` (n,) in each draw."""
        return self.draws.shares(chosen * self.need.by_design, (chosen & self.usable).astype(np.float64))

    def count(self, chosen: Bools, among: Bools | None = None) -> dict[str, object]:
        """The share of contacts `among` (n,), or of all, that are `chosen` (n,), as JSON holds it."""
        return self.counts([chosen], among)[0].told

    def counts(self, chosen: Sequence[Bools], among: Bools | None = None) -> list[Count]:
        """The same for any number of them."""
        among = np.ones(len(self.usable), dtype=np.bool_) if among is None else among
        of = int(among.sum())
        parts = [one & among for one in chosen]
        drawn = self.draws.sums(among.astype(np.float64), *(one.astype(np.float64) for one in parts))
        whole = np.where(drawn[:, 0] > 0.0, drawn[:, 0], np.nan)
        told = []
        for place, part in enumerate(parts, start=1):
            n = int(part.sum())
            looks = self.looks_at_count(part, among)
            told.append(Count(n, of, looks.ends(n / of, drawn[:, place] / whole) if of else NOTHING_KNOWN))
        return told

    def looks(self, chosen: Bools) -> Looks:
        """What was seen of the need of those `chosen` (n,)."""
        chosen = chosen & self.usable
        second = int((chosen & self._looked & self.need.looked_again).sum())
        weights = self._weights(chosen)
        unseen = int((chosen & self._unseen).sum())
        if unseen and not second:
            seen = 1.0 - unseen / int(chosen.sum())
            of_seen = float(self.need.yes[weights > 0.0].mean()) if seen else 0.0
            return Looks(second, True, self.draws.independent(weights), seen, of_seen)
        return Looks(second, not self._well_seen(chosen), self.draws.independent(weights))

    def looks_at_part(self, closes: Bools, among: Bools, in_need: Bools) -> Looks:
        """What was seen of the share that `closes` (n,), of those `among` (n,) whose need is as `in_need` (n,) says."""
        among = among & self.usable
        second = int((among & self._looked & self.need.looked_again).sum())
        few = not (self._well_seen(among & closes) and self._well_seen(among & ~closes))
        if not second and (among & self._unseen).any():
            return Looks(second, True, 0.0, 0.0, 0.0)
        return Looks(second, few, self.draws.independent(self._weights(among) * in_need))

    def looks_at_count(self, chosen: Bools, among: Bools) -> Looks:
        """What was seen of a share that nothing hides: all of it."""
        part, whole = int((chosen & among).sum()), int(among.sum())
        few = min(part, whole - part) < ENOUGH
        return Looks(0, few, self.draws.independent(among.astype(np.float64)))

    def _well_seen(self, chosen: Bools) -> bool:
        """Whether enough were found in need, and enough not: by second looks, where only these can tell of some."""
        told = chosen & self._looked
        if (chosen & self._unseen).any():
            told &= self.need.looked_again
        found = int((told & self.need.yes).sum())
        return min(found, int(told.sum()) - found) >= ENOUGH

    def _weights(self, chosen: Bools) -> Floats:
        """For how many of those `chosen` each one that was looked at stands."""
        weights = (chosen & self._looked).astype(np.float64)
        again = chosen & self._looked & self.need.looked_again
        if again.any():
            weights[again] = 1.0 + (chosen & self._unseen).sum() / again.sum()
        return weights


def within(share: float) -> float:
    """The same, not below 0 nor above 1."""
    return float(min(max(share, 0.0), 1.0))
