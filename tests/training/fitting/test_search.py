"""Kinds of trees are tried on later contacts of other families, and taken only where they clearly earn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from screening.domain.suggestion import Response
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.search import Tried, combinations, growths, search
from training.fitting.settings import FitSettings, Search
from training.fitting.work import Task, Workshop
from training.history.extract import Outcome
from training.history.rows import Rows

SEARCH = Search(
    learnt_from=0.6,
    most_contacts=60_000,
    counts=(10, 40),
    learning_rates=(0.2,),
    leaves=(2, 3),
    shares_of_features=(0.5,),
)
SEARCHED = replace(SMALL_FIT, search=SEARCH)


def test_the_written_trees_come_first_and_every_combination_is_tried_once() -> None:
    tried = combinations(SMALL_FIT.trees, SEARCH)

    assert tried[0] == SMALL_FIT.trees
    assert [(trees.leaves, trees.count) for trees in tried] == [(3, 40), (2, 10), (2, 40), (3, 10)]


def test_trees_that_differ_in_number_only_are_grown_once() -> None:
    assert [(trees.leaves, trees.count, stops) for trees, stops in growths(SMALL_FIT.trees, SEARCH).items()] == [
        (3, 40, (10, 40)),
        (2, 40, (10, 40)),
    ]


def test_without_a_search_the_written_trees_are_grown() -> None:
    searched = search(drawn_rows(300), SMALL_FIT, Workshop())

    assert searched.chosen == SMALL_FIT.trees
    assert "as written" in searched.words


@pytest.mark.slow
def test_trees_that_learn_nothing_lose_to_trees_that_learn() -> None:
    rows = drawn_rows(4_000)
    useless = replace(SEARCHED, trees=replace(SMALL_FIT.trees, count=1, learning_rate=0.001))
    told: list[int] = []

    searched = search(rows, useless, Workshop(), told.append)

    assert searched.chosen.count in {10, 40}
    assert searched.chosen.learning_rate == 0.2
    assert sum(told) == 2 * len(growths(useless.trees, SEARCH)) * useless.folds
    assert searched.tried[0].gain == searched.tried[0].error == 0.0
    assert max(tried.gain for tried in searched.tried) > 0.01
    assert "better than those written" in searched.words


@pytest.mark.slow
def test_the_written_trees_are_kept_where_others_are_no_better_than_luck() -> None:
    searched = search(drawn_rows(1_500), SEARCHED, Workshop())

    assert searched.chosen == SMALL_FIT.trees
    assert "those written are the best" in searched.words or "none is better than those written" in searched.words


@pytest.mark.slow
def test_of_a_long_history_families_are_drawn() -> None:
    """What became of the others changes nothing that is told."""
    rows = drawn_rows(2_400)
    drawn = replace(SEARCHED, search=replace(SEARCH, most_contacts=1_500))
    tried = search(rows, drawn, Workshop()).tried
    wider = search(rows, SEARCHED, Workshop()).tried

    assert [one.trees for one in tried] == [one.trees for one in wider]
    assert [one.loss for one in tried] != [one.loss for one in wider]
    assert search(rows, drawn, Workshop()).tried == tried


def test_a_gain_earns_only_above_twice_its_error() -> None:
    assert Tried(SMALL_FIT.trees, 0.3, 0.021, 0.01).earns
    assert not Tried(SMALL_FIT.trees, 0.3, 0.019, 0.01).earns


@pytest.mark.slow
def test_what_became_of_judged_families_teaches_nothing() -> None:
    """Were a later contact of the judged fold learnt from, changing its outcome would change the scores of its fold."""
    rows = drawn_rows(1_500)
    late = np.argsort([at.timestamp() for at in rows.sent_at])[900:]
    outcomes = list(rows.outcomes)
    for place in late:
        outcomes[place] = Outcome(finding=Response.ASSESSMENT, later=Response.ASSESSMENT, recheck=Response.ASSESSMENT)
    changed = replace(rows, outcomes=tuple(outcomes))
    settings = replace(SEARCHED, search=replace(SEARCH, counts=(10,), leaves=(2,)))

    before, after = (_grown(one, settings) for one in (rows, changed))

    assert before == after


class Noting(Workshop):
    """A workshop that remembers what came out."""

    done: Sequence[bytes] = ()

    def do(self, tasks: Sequence[Task], progress: Callable[[int], object] = lambda _: None) -> list[bytes]:
        self.done = super().do(tasks, progress)
        return list(self.done)


def _grown(rows: Rows, settings: FitSettings) -> Sequence[bytes]:
    work = Noting()
    search(rows, settings, work)
    return work.done
