"""Which trees to grow: every combination that the settings name, tried on families and on a time that it never saw.

Each combination is fitted to the earlier contacts of all families but a fold's, and judged on the later contacts of
that fold's: households apart and time forward, as it will be used. Judged on are the contacts that somebody looked at,
each standing for as many as it was drawn from, by the log loss after a straight calibration; on both steps.

The trees that are written win unless others are better by more than the noise: the mean difference by family must be
above twice its standard error. A search among many finds a winner by luck every time, and written trees can be argued
for. How many trees are grown is tried without growing them again: a sum of trees is a sum of the first of them too.

Of a long history families are drawn, until they have `settings.search.most_contacts`, so that the search costs no more.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from training.fitting.fit import STEPS, fit_to, folds_for, only_inputs
from training.fitting.settings import FitSettings, Search, Trees
from training.fitting.work import Task, Workshop, result
from training.history.rows import Bools, Floats, Ints, Rows
from training.need.known_need import Known, judge, known_of, weights_of_looked
from training.need.logistic import NotFitted, fit_logistic, sigmoid

NEVER_SURE = 1e-6
"""No chance is taken to be nearer to none or all."""

STANDARD_ERRORS = 2.0
"""By so many must others be better than the trees that are written."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One combination: its mean log loss, how much that is below the written trees', and that difference's error."""

    trees: Trees
    loss: float
    gain: float
    error: float

    @property
    def earns(self) -> bool:
        """Whether it is better than the written trees by more than the noise."""
        return self.gain > STANDARD_ERRORS * self.error


@dataclass(frozen=True, slots=True)
class Searched:
    """Everything tried, the written trees first, and what was chosen."""

    tried: tuple[Tried, ...]
    chosen: Trees

    @property
    def words(self) -> str:
        """What came of the search, in a sentence."""
        if not self.tried:
            return "Trees as written: no others were tried, or too little came later to judge them on."
        best = min(self.tried, key=lambda one: one.loss)
        if best.trees == self.tried[0].trees:
            return f"Of {len(self.tried)} kinds of trees those written are the best."
        if self.chosen == self.tried[0].trees:
            return (
                f"Of {len(self.tried)} kinds of trees none is better than those written by more than the noise "
                f"(the best by {best.gain:.5f} of log loss, standard error {best.error:.5f})."
            )
        return (
            f"Of {len(self.tried)} kinds of trees the best is better than those written by {best.gain:.5f} of log loss "
            f"(standard error {best.error:.5f}): {self.chosen}."
        )


def combinations(written: Trees, search: Search) -> list[Trees]:
    """The written trees and all that are tried beside them, those that grow alike side by side."""
    tried = [
        replace(written, count=count, learning_rate=rate, leaves=leaves, share_of_features=share)
        for rate, leaves, share, count in product(
            search.learning_rates, search.leaves, search.shares_of_features, sorted(search.counts)
        )
    ]
    return list(dict.fromkeys([written, *tried]))


def growths(written: Trees, search: Search) -> dict[Trees, tuple[int, ...]]:
    """What has to be grown: trees with their largest count, and the counts to stop at on the way."""
    counts: dict[Trees, list[int]] = {}
    for trees in combinations(written, search):
        counts.setdefault(replace(trees, count=0), []).append(trees.count)
    return {replace(trees, count=max(stops)): tuple(sorted(stops)) for trees, stops in counts.items()}


def search(
    rows: Rows, settings: FitSettings, work: Workshop, progress: Callable[[int], object] = lambda _: None
) -> Searched:
    """Try what `settings.search` names; without it the written trees are chosen untried.

    `progress` is told how many more of the `growths`, for each step and fold, are done.
    """
    if settings.search is None:
        return Searched((), settings.trees)
    judging = _Judging.of(rows, settings)
    grown = growths(settings.trees, settings.search)
    wanted = [(name, trees, fold) for name in STEPS for trees in grown for fold in judging.numbers]
    X = only_inputs(rows.as_known.X, settings)
    tasks = [
        Task(raws_on_the_way, (X, judging.known[name], *judging.parts(fold), trees, grown[trees], settings.seed))
        for name, trees, fold in wanted
    ]
    raws: dict[tuple[str, Trees], Floats] = {}
    for (name, trees, fold), content in zip(wanted, work.do(tasks, progress), strict=True):
        for count, raw in zip(grown[trees], result(content), strict=True):
            whole = raws.setdefault((name, replace(trees, count=count)), np.zeros(len(rows)))
            whole[judging.parts(fold)[1]] = raw
    if not judging.weights.any():
        return Searched((), settings.trees)
    tried = judging.compare(combinations(settings.trees, settings.search), raws)
    best = min(tried, key=lambda one: one.loss)
    return Searched(tried, best.trees if best.earns else settings.trees)


def raws_on_the_way(
    X: Floats, known: Known, learnt: Bools, judged: Bools, trees: Trees, counts: tuple[int, ...], seed: int
) -> Floats:
    """The raw scores (counts, judged) of the contacts `judged`, after so many trees grown from those `learnt`."""
    learnt = learnt & known.usable
    classifier = fit_to(X[learnt], known.at(learnt), trees, seed)
    stages = enumerate(classifier.staged_decision_function(X[judged]), start=1)
    return np.array([raw.copy() for count, raw in stages if count in counts])


@dataclass(frozen=True, slots=True)
class _Judging:
    """Who is learnt from and who is judged on: folds by family, and what came late."""

    known: Mapping[str, Known]
    folds: Ints
    late: Bools
    drawn: Bools
    families: Ints

    @classmethod
    def of(cls, rows: Rows, settings: FitSettings) -> "_Judging":
        share = settings.search.learnt_from if settings.search else 1.0
        order = np.argsort(np.array([at.timestamp() for at in rows.sent_at]), kind="stable")
        late = np.ones(len(rows), dtype=np.bool_)
        late[order[: int(share * len(rows))]] = False
        folds = folds_for(rows, folds=settings.folds, seed=settings.seed)
        known = {name: known_of(rows, need) for name, need in STEPS.items()}
        return cls(known, folds, late, _drawn(rows, settings), rows.families)

    @property
    def numbers(self) -> range:
        return range(int(self.folds.max()) + 1)

    @property
    def weights(self) -> Floats:
        """How many contacts each late one stands for (n,)."""
        return np.where(self.late & self.drawn, weights_of_looked(self.known["assessment"]), 0.0)

    def parts(self, fold: int) -> tuple[Bools, Bools]:
        """Whom a fold's fits learn from, and whom they are judged on."""
        return (self.folds != fold) & ~self.late & self.drawn, (self.folds == fold) & self.late & self.drawn

    def compare(self, wanted: Sequence[Trees], raws: Mapping[tuple[str, Trees], Floats]) -> tuple[Tried, ...]:
        """Every kind of trees against the first, on both steps together."""
        losses = [np.sum([self._losses(name, raws[name, trees]) for name in STEPS], axis=0) for trees in wanted]
        weights, whole = self.weights, float(self.weights.sum())
        _, family = np.unique(self.families, return_inverse=True)
        tried = []
        for trees, loss in zip(wanted, losses, strict=True):
            better = losses[0] - loss
            gain = float((weights * better).sum() / whole)
            by_family = np.bincount(family, weights=weights * (better - gain))
            error = float(np.sqrt((by_family**2).sum()) / whole)
            tried.append(Tried(trees, float((weights * loss).sum() / whole), gain, error))
        return tuple(tried)

    def _losses(self, name: str, raw: Floats) -> Floats:
        """The log loss (n,) of each late contact that somebody looked at, after a straight calibration; 0 elsewhere.

        Scores that say nothing are worth the share in need.
        """
        here = self.late & self.drawn
        known, raw = self.known[name].at(here), raw[here]
        judged = judge(known, raw)
        line = np.column_stack([np.ones(len(raw)), raw])
        try:
            p = sigmoid(line @ fit_logistic(line[judged.usable], judged.need[judged.usable]).coefficients)
        except NotFitted:
            p = np.full(len(raw), judged.need[judged.usable].mean())
        p = np.clip(p, NEVER_SURE, 1.0 - NEVER_SURE)
        losses = np.zeros(len(here))
        losses[here] = np.where(known.looked, -np.log(np.where(known.found, p, 1.0 - p)), 0.0)
        return losses


def _drawn(rows: Rows, settings: FitSettings) -> Bools:
    """Which contacts (n,) are tried on: all, or those of families drawn until there are enough."""
    most = settings.search.most_contacts if settings.search else len(rows)
    if len(rows) <= most:
        return np.ones(len(rows), dtype=np.bool_)
    _, family, sizes = np.unique(rows.families, return_inverse=True, return_counts=True)
    order = np.random.default_rng(settings.seed).permutation(len(sizes))
    taken = order[np.cumsum(sizes[order]) <= most]
    return np.isin(family, taken)
