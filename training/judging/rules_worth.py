"""What each rule adds to the whole, and what it costs: each contact that it fires on is suggested for without it too.

A rule that only says what another or the score says too adds nothing by itself; that alone is no reason to take it out.
Need is `Need.by_design`, since rules are there for what a score is wrong about.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from screening.domain.signals import RuleFindings, Thresholds
from screening.domain.suggestion import Response, Suggestion
from screening.rules.rulebook import Rulebook
from screening.triage.combine import combine
from training.fitting.combined import Scored
from training.history.rows import Bools, Rows
from training.judging.budget import budget
from training.judging.by_design import ByDesign


def rules_worth(
    rows: Rows, rulebook: Rulebook, scored: Scored, thresholds: Thresholds, judged: ByDesign
) -> dict[str, object]:
    """The rules together (as `budget`), and each: how often, need when fired, and what would be lowered without it.

    Possible matches are left out of count: contacts are suggested for as they are surely known.
    """
    together = budget(rows, rulebook, judged.need.by_design, judged.usable)
    pairs = list(zip(rows.as_known.findings, scored.as_known, strict=True))
    made = [combine(found, score, thresholds) for found, score in pairs]
    lines = []
    for line in together.lines:
        fired = [place for place, (found, _) in enumerate(pairs) if any(h.rule_id == line.rule_id for h in found.hits)]
        without = {place: combine(_less(pairs[place][0], line.rule_id), pairs[place][1], thresholds) for place in fired}
        who = _at(fired, len(rows))
        need = judged.share(who)
        caught, caught_interval = _of_all_need(who, judged)
        lines.append(
            {
                "rule": line.rule_id,
                "wording": next(rule.wording for rule in rulebook.rules if rule.id == line.rule_id),
                "effects": list(line.effects),
                "n": len(fired),
                "share": line.share,
                "need": need,
                "need_when_fired": need["share"],
                "share_of_all_need": caught,
                "share_of_all_need_interval": caught_interval,
                **_moved(made, without, judged),
            }
        )
    held = [place for place, one in enumerate(made) if one.floor is Response.ASSESSMENT]
    caught, caught_interval = _of_all_need(_at(held, len(rows)), judged)
    return {
        "held_at_assessment": together.held_at_assessment,
        "held_at_early_help": together.held_at_early_help,
        "enquiries": together.enquiries,
        "too_little": together.too_little,
        "open_to_nfa": together.open_to_nfa,
        "share_of_need_held": caught,
        "share_of_need_held_interval": caught_interval,
        "over_budget": list(together.broken),
        "rules": lines,
    }


def _less(found: RuleFindings, rule_id: str) -> RuleFindings:
    return replace(found, hits=tuple(hit for hit in found.hits if hit.rule_id != rule_id))


def _moved(made: Sequence[Suggestion], without: dict[int, Suggestion], judged: ByDesign) -> dict[str, object]:
    """Without the rule: contacts lowered, those of them to NFA, and how many of each were in need."""
    lowered = [place for place, one in without.items() if one.response.caution < made[place].response.caution]
    to_nfa = [place for place in lowered if without[place].response is Response.NO_FURTHER_ACTION]
    all_lowered, closed = (judged.share(_at(places, len(made))) for places in (lowered, to_nfa))
    return {
        "lowered_without": len(lowered),
        "in_need_of_these": all_lowered["in_need"],
        "lowered": all_lowered,
        "to_nfa_without": len(to_nfa),
        "in_need_of_those": closed["in_need"],
        "to_nfa": closed,
    }


def _of_all_need(who: Bools, judged: ByDesign) -> tuple[float, list[float] | None]:
    """The share of all need that is with `who` (n,), and its interval; 0 and none where there is nobody, or no need."""
    need = judged.need.by_design * judged.usable
    whole = float(need.sum())
    if not who.any() or whole <= 0.0:
        return 0.0, None
    share = float(need[who].sum()) / whole
    looks = judged.looks_at_part(who, judged.usable, judged.need.yes)
    return share, looks.ends(share, judged.draws.shares(need * who, need)).pair


def _at(places: list[int], n: int) -> Bools:
    who = np.zeros(n, dtype=np.bool_)
    who[places] = True
    return who
