"""How long a fit takes beside scikit-learn's own fits alone, and how much faster a search is with two workers.

Two workers are only faster on idle cores: the second figure says nothing on a machine that is busy otherwise.
"""

import time
from collections.abc import Iterator

from threadpoolctl import threadpool_limits

from tests.bench.measure import Figure, in_turns, median_ratio
from tests.training.drawn_rows import drawn_rows
from training.fitting.fit import STEPS, fit, folds_for, softened, unfitted
from training.fitting.scorecard_export import export
from training.fitting.search import search
from training.fitting.settings import FitSettings, read_fit_settings
from training.fitting.work import Task, Workshop
from training.history.rows import Bools, Floats, Rows
from training.need.known_need import first_guess, judge, known_of

CONTACTS = 8_000
ROUNDS = 3

_Table = tuple[int, tuple[Floats, Bools, Floats]]
"""How many trees; rows, labels and weights."""


def training_figures() -> list[Figure]:
    """Both figures, on made-up rows and the settings that ship."""
    rows, settings = drawn_rows(CONTACTS), read_fit_settings()
    tables = list(_tables(rows, settings))
    fitting = in_turns(
        {
            "fit and export": lambda: _seconds_of_fit(rows, settings),
            "its classifiers": lambda: _alone(tables, settings),
        },
        ROUNDS,
    )
    one, two = Workshop(jobs=1), Workshop(jobs=2)
    # Workers begin once, and not in what is measured.
    two.do([Task(abs, (number,)) for number in range(4)])
    searching = in_turns(
        {
            "one worker": lambda: _seconds_of_search(rows, settings, one),
            "two": lambda: _seconds_of_search(rows, settings, two),
        },
        ROUNDS,
    )
    return [
        Figure(
            "a fit's time over scikit-learn's own fits alone",
            median_ratio(fitting["fit and export"], fitting["its classifiers"]),
            1.5,
            at_least=False,
        ),
        Figure(
            "a search with two workers, times faster than with one",
            median_ratio(searching["one worker"], searching["two"]),
            1.6,
            note="on two idle cores",
        ),
    ]


def _seconds_of_fit(rows: Rows, settings: FitSettings) -> float:
    begun = time.perf_counter()
    export(fit(rows, settings), rows.as_known.X)
    return time.perf_counter() - begun


def _seconds_of_search(rows: Rows, settings: FitSettings, work: Workshop) -> float:
    begun = time.perf_counter()
    search(rows, settings, work)
    return time.perf_counter() - begun


def _alone(tables: list[_Table], settings: FitSettings) -> float:
    """Seconds in scikit-learn's `fit` alone, one thread, for every classifier that a fit grows."""
    with threadpool_limits(limits=1):
        begun = time.perf_counter()
        for count, (seen, labels, weights) in tables:
            unfitted(count, settings.trees, settings.seed).fit(seen, labels, sample_weight=weights)
        return time.perf_counter() - begun


def _tables(rows: Rows, settings: FitSettings) -> Iterator[_Table]:
    """What scikit-learn is given in a fit: for each step, all contacts and all but each fold; first and second labels."""
    folds, trees = folds_for(rows, folds=settings.folds, seed=settings.seed), settings.trees
    for need in STEPS.values():
        known = known_of(rows, need)
        for left_out in (None, *range(settings.folds)):
            places = known.usable if left_out is None else known.usable & (folds != left_out)
            seen, of_seen = rows.as_known.X[places], known.at(places)
            rows_, labels, weights = softened(seen, first_guess(of_seen))
            yield trees.first_count, (rows_, labels, weights)
            first = unfitted(trees.first_count, trees, settings.seed).fit(rows_, labels, sample_weight=weights)
            yield trees.count, softened(seen, judge(of_seen, first.decision_function(seen)).need)
