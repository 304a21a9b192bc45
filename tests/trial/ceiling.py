"""How near a model comes to what the record can tell at most, and what it has to beat, for two sizes of history.

All are held against one another on the same rows, under the same rules and at the same realised miss, by the truth.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.measure import Figure
from tests.trial.commands import training
from tests.trial.trials import Trial, run_all
from training.judging.baselines import LEARNERS
from training.judging.comparison import OURS
from training.judging.whole_evaluation import CEILING

CEILING_CONTACTS = 500_000
FITS = 5
FIRST_SEED = 3_001
BARS = {20_000: (0.85, 0.95), 60_000: (0.90, 0.97)}
"""By contacts in the history: NFA share of the ceiling's, and lift of the area over one half of the ceiling's."""

LEARNT_AT = 20_000
"""Where the other ways of learning are fitted too."""

BY_LEAST = {"officer's grade": 0.12, "count of ticks": 0.12, "rules alone": 0.05}


def near_the_ceiling(room: Path, jobs: int, say: Callable[[str], None]) -> list[Figure]:
    """The bars of the issue, the mean of five fits each."""
    ceiling = room / "ceiling"
    if not ceiling.exists():
        spent = training("ceiling", "--contacts", str(CEILING_CONTACTS), "--out", ceiling, "--jobs", str(jobs))
        say(f"  ceiling of {CEILING_CONTACTS:,} contacts: {spent.mebibytes:,.0f} MiB at most")
    figures = []
    for contacts, (share_bar, lift_bar) in BARS.items():
        learners = contacts == LEARNT_AT
        trials = [Trial(contacts, FIRST_SEED + number, ceiling=ceiling, learners=learners) for number in range(FITS)]
        found = [one["judged"] for one in run_all(trials, room, jobs, say)]
        figures += _against_ceiling(found, contacts, share_bar, lift_bar)
        if learners:
            figures += _against_others(found)
    return figures


def _against_ceiling(found: Sequence[dict[str, Any]], contacts: int, share_bar: float, lift_bar: float) -> list[Figure]:
    shares, lifts = [], []
    for one in found:
        ours, most = one["comparison"][OURS], one["comparison"][CEILING]
        attainable = most["share_closed_at_our_misses"]["value"]
        shares.append(one["suggested_nfa"] / attainable if attainable else 0.0)
        lifts.append((ours["area"]["value"] - 0.5) / (most["area"]["value"] - 0.5))
    return [
        Figure(
            f"NFA share over the ceiling's, {contacts:,} contacts",
            float(np.mean(shares)),
            share_bar,
            note=_each(shares),
        ),
        Figure(
            f"AUC lift over the ceiling's, {contacts:,} contacts", float(np.mean(lifts)), lift_bar, note=_each(lifts)
        ),
    ]


def _against_others(found: Sequence[dict[str, Any]]) -> list[Figure]:
    figures = []
    for by, which in (("truth", "comparison"), ("outcomes", "comparison_by_outcomes")):
        leads = {name: [one[which][name]["area"]["lead"] for one in found] for name in (*LEARNERS, *BY_LEAST)}
        best = max(LEARNERS, key=lambda name: float(np.mean(leads[name])))
        figures.append(
            Figure(
                f"AUC of the best other way of learning ({best}) minus ours, by {by}",
                float(np.mean(leads[best])),
                0.005,
                at_least=False,
                note=_each(leads[best]),
            )
        )
        for name, bar in BY_LEAST.items():
            least = min(-one[which][name]["area"]["lead_interval"][1] for one in found)
            note = f"{_each([-lead for lead in leads[name]])}; lowest paired lower bound {least:.3f}"
            figures.append(Figure(f"AUC above {name}, by {by}", -float(np.mean(leads[name])), bar, note=note))
    return figures


def _each(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)
