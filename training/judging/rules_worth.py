"""What each rule adds to the whole, and what it costs: each contact that it fires on is suggested for without it too.

A rule that only says what another or the score says too adds nothing by itself; that alone is no reason to take it out.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from screening.domain.signals import RuleFindings, Thresholds
from screening.domain.suggestion import Response, Suggestion
from screening.rules.rulebook import Rulebook
from screening.triage.combine import combine
from training.fitting.combined import Scored
from training.history.rows import Floats, Rows
from training.judging.budget import budget
from training.need.known_need import Judged


def rules_worth(
    rows: Rows, rulebook: Rulebook, scored: Scored, thresholds: Thresholds, judged: Judged
) -> dict[str, object]:
    """The rules together (as `budget`), and each: how often, need when fired, and what would be lowered without it.

    Possible matches are left out of count: contacts are suggested for as they are surely known.
    """
    together = budget(rows, rulebook, judged)
    pairs = list(zip(rows.as_known.findings, scored.as_known, strict=True))
    made = [combine(found, score, thresholds) for found, score in pairs]
    lines = []
    for line in together.lines:
        fired = [place for place, (found, _) in enumerate(pairs) if any(h.rule_id == line.rule_id for h in found.hits)]
        without = {place: combine(_less(pairs[place][0], line.rule_id), pairs[place][1], thresholds) for place in fired}
        lines.append(
            {
                "rule": line.rule_id,
                "wording": next(rule.wording for rule in rulebook.rules if rule.id == line.rule_id),
                "effects": list(line.effects),
                "n": len(fired),
                "share": line.share,
                "need_when_fired": line.need_when_fired,
                "share_of_all_need": line.caught,
                **_moved(made, without, judged),
            }
        )
    return {
        "held_at_assessment": together.held_at_assessment,
        "held_at_early_help": together.held_at_early_help,
        "enquiries": together.enquiries,
        "too_little": together.too_little,
        "open_to_nfa": together.open_to_nfa,
        "share_of_need_held": together.caught,
        "over_budget": list(together.broken),
        "rules": lines,
    }


def _less(found: RuleFindings, rule_id: str) -> RuleFindings:
    return replace(found, hits=tuple(hit for hit in found.hits if hit.rule_id != rule_id))


def _moved(made: Sequence[Suggestion], without: dict[int, Suggestion], judged: Judged) -> dict[str, float]:
    """Without the rule: contacts lowered, those of them to NFA, and how many of each were in need."""
    lowered = [place for place, one in without.items() if one.response.caution < made[place].response.caution]
    to_nfa = [place for place in lowered if without[place].response is Response.NO_FURTHER_ACTION]
    return {
        "lowered_without": len(lowered),
        "in_need_of_these": _need(judged.need, lowered),
        "to_nfa_without": len(to_nfa),
        "in_need_of_those": _need(judged.need, to_nfa),
    }


def _need(need: Floats, places: list[int]) -> float:
    return float(need[np.array(places, dtype=np.int64)].sum())
