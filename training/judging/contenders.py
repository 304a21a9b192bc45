"""Everybody and everything that could put contacts in order or close them, side by side on the same rows.

A contender is an order (higher looks more in need), and some also have a point of their own at which they close: past
workers, the officer's grade, a count of ticks, rules alone, closing everything. Nothing is judged here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.signals import RuleFindings
from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from training.fitting.combined import Scored
from training.history.extract import DecisionMade
from training.history.rows import Bools, Floats, Rows

HIGH_COUNT_OF_TICKS = 14
"""From this many ticks on, the form's own guidance asks for the highest response."""

_GRADE = FEATURE_NAMES.index("grade")
_FORM = [FEATURE_NAMES.index(f"form_{item}") for item in RISK_FORM_ITEMS]
_CAUTION_OF_DECISION = {
    "no_further_action": 0.0,
    "advice": 0.5,
    "request_information": 0.5,
    "early_help": 1.0,
    "to_allocated_worker": 2.0,
    "transfer_to_other_authority": 2.0,
    "assessment": 3.0,
    "strategy_discussion": 4.0,
}


@dataclass(frozen=True, slots=True)
class Contender:
    """`scores` (n,) as known; `cautious` (n,) with possible matches counted where that is more.

    `closes` (n,) is whom it would close at a point of its own, `None` where it is an order only.
    """

    scores: Floats
    cautious: Floats
    closes: Bools | None = None


def ours(rows: Rows, scored: Scored) -> Contender:
    """This model's score."""
    counted = np.array([score.p_assessment for score in scored.as_possible], dtype=np.float64)
    return Contender(scored.p_assessment, with_possible(rows, scored.p_assessment, counted))


def learnt(rows: Rows, found: Mapping[str, tuple[Floats, Floats]]) -> dict[str, Contender]:
    """What `baselines.learnt_elsewhere` found, as contenders."""
    return {name: Contender(known, with_possible(rows, known, counted)) for name, (known, counted) in found.items()}


def given(rows: Rows) -> dict[str, Contender]:
    """Those that nothing has to be learnt for."""
    X = rows.as_known.X
    ticks = ticks_of(X)
    rules = np.array([strength_of(findings) for findings in rows.as_known.findings], dtype=np.float64)
    decided = np.array([_caution(made) for made in rows.decisions], dtype=np.float64)
    nothing = np.zeros(len(rows))
    return {
        "closing everything": Contender(nothing, nothing, np.ones(len(rows), dtype=np.bool_)),
        "officer's grade": Contender(X[:, _GRADE], X[:, _GRADE], X[:, _GRADE] < 1.0),
        "count of ticks": Contender(ticks, ticks, ticks < HIGH_COUNT_OF_TICKS),
        "rules alone": Contender(rules, rules, rules < Response.EARLY_HELP.caution),
        "past workers": Contender(decided, decided, closed_by_people(rows)),
    }


def closed_by_people(rows: Rows) -> Bools:
    """Whether a person did nothing further (n,)."""
    return np.array([made.closed for made in rows.decisions], dtype=np.bool_)


def ticks_of(X: Floats) -> Floats:
    """How many items of the risk form are ticked (n,)."""
    return np.asarray((X[:, _FORM] == 1.0).sum(axis=1), dtype=np.float64)


def strength_of(findings: RuleFindings) -> float:
    """The highest floor that a rule sets, and among alike the number of rules that fired."""
    floors = [Response(e.level).caution for hit in findings.hits for e in hit.effects if str(e).startswith("floor")]
    return max(floors, default=0) + len(findings.hits) / 1_000


def with_possible(rows: Rows, known: Floats, counted: Floats) -> Floats:
    """The higher of the two scores where somebody is possibly known."""
    cautious = known.copy()
    cautious[rows.possible] = np.maximum(known[rows.possible], counted)
    return cautious


def _caution(made: DecisionMade) -> float:
    return _CAUTION_OF_DECISION[made.code.value]
