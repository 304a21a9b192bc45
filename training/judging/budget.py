"""The rules' budget: how many contacts each rule holds, and what it catches.

Floors on most contacts leave nothing to put in order, so they are a budget (design decision 1): on the reference
population rules alone hold 15 to 30% of contacts at an assessment, keep at most 10% open with an enquiry, and leave at
least 55% that could still be suggested for no further action. A rule that fires on more than a tenth is argued for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screening.domain.signals import EffectKind, RuleFindings, Score, Thresholds
from screening.domain.suggestion import Response
from screening.rules.rulebook import Rulebook
from screening.triage.combine import combine
from training.history.rows import Bools, Floats, Rows

FLOORS_AT_LEAST = 0.15
FLOORS_AT_MOST = 0.30
ENQUIRIES_AT_MOST = 0.10
OPEN_TO_NFA_AT_LEAST = 0.55
ARGUED_FOR_ABOVE = 0.10

_QUIETEST = Score(p_assessment=0.0, p_early_help_or_more=0.0, model="as low as a score can be")
_WIDEST = Thresholds(assessment_from=1.0, early_help_from=1.0, nfa_upto=0.5)


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: the share of contacts it fires on, of these the share in need, and of all need the share it fires on.

    `alone` is the share of contacts that no other rule holds at an assessment.
    """

    rule_id: str
    key: str
    effects: tuple[str, ...]
    share: float
    need_when_fired: float
    caught: float
    alone: float


@dataclass(frozen=True, slots=True)
class Budget:
    """Every rule, and the rules together: shares of `contacts`, and of the need for an assessment."""

    contacts: int
    lines: tuple[Line, ...]
    held_at_assessment: float
    held_at_early_help: float
    enquiries: float
    too_little: float
    open_to_nfa: float
    caught: float
    need: float

    @property
    def broken(self) -> tuple[str, ...]:
        """What is over budget, in words; nothing where it is kept."""
        faults = []
        if not FLOORS_AT_LEAST <= self.held_at_assessment <= FLOORS_AT_MOST:
            faults.append(
                f"floors hold {self.held_at_assessment:.1%} at an assessment, "
                f"not {FLOORS_AT_LEAST:.0%} to {FLOORS_AT_MOST:.0%}"
            )
        if self.enquiries > ENQUIRIES_AT_MOST:
            faults.append(f"enquiries are on {self.enquiries:.1%}, more than {ENQUIRIES_AT_MOST:.0%}")
        if self.open_to_nfa < OPEN_TO_NFA_AT_LEAST:
            faults.append(f"{self.open_to_nfa:.1%} could be suggested for NFA, fewer than {OPEN_TO_NFA_AT_LEAST:.0%}")
        return tuple(faults)


def budget(rows: Rows, rulebook: Rulebook, need: Floats, usable: Bools) -> Budget:
    """What the rules alone do with `rows`; `need` (n,) of an assessment adds up in any group of the `usable`."""
    need = np.where(usable, need, 0.0)
    findings = rows.as_known.findings
    alone = [combine(found, _QUIETEST, _WIDEST) for found in findings]
    held = np.array([suggestion.floor is Response.ASSESSMENT for suggestion in alone], dtype=np.bool_)
    return Budget(
        contacts=len(rows),
        lines=tuple(_lines(findings, rulebook, need, usable, held)),
        held_at_assessment=float(held.mean()),
        held_at_early_help=float(np.mean([suggestion.floor is Response.EARLY_HELP for suggestion in alone])),
        enquiries=float(_does(findings, EffectKind.ENQUIRY).mean()),
        too_little=float(np.mean([found.too_little for found in findings])),
        open_to_nfa=float(np.mean([suggestion.response is Response.NO_FURTHER_ACTION for suggestion in alone])),
        caught=_share(need, held, need),
        need=_share(need, usable, usable),
    )


def told(found: Budget) -> list[str]:
    """The budget as lines of a table, the whole first."""
    return [
        (
            f"Of {found.contacts} contacts rules alone hold {found.held_at_assessment:.1%} at an assessment "
            f"and {found.held_at_early_help:.1%} at early help; enquiries on {found.enquiries:.1%}, too little known "
            f"on {found.too_little:.1%}; {found.open_to_nfa:.1%} could still be suggested for no further action."
        ),
        f"Floors of assessment catch {found.caught:.1%} of all need; {found.need:.1%} of contacts are in need.",
        f"{'rule':6}{'':34}{'share':>7}{'need':>7}{'caught':>8}{'alone':>7}  effects",
        *(
            f"{line.rule_id:6}{line.key[:33]:34}{line.share:7.1%}{line.need_when_fired:7.1%}{line.caught:8.1%}"
            f"{line.alone:7.1%}  {', '.join(line.effects)}"
            for line in found.lines
        ),
        *(f"OVER BUDGET: {fault}" for fault in found.broken),
    ]


def _lines(
    findings: Sequence[RuleFindings], rulebook: Rulebook, need: Floats, usable: Bools, held: Bools
) -> list[Line]:
    holding = np.array([sum(_holds(hit.effects) for hit in found.hits) for found in findings])
    lines = []
    for rule in rulebook.rules:
        fired = np.array([any(hit.rule_id == rule.id for hit in found.hits) for found in findings], dtype=np.bool_)
        lines.append(
            Line(
                rule_id=rule.id,
                key=rule.key,
                effects=tuple(str(effect) for effect in rule.effects),
                share=float(fired.mean()),
                need_when_fired=_share(need, fired, fired & usable),
                caught=_share(need, fired, need),
                alone=float((fired & held & (holding == 1)).mean()) if _holds(rule.effects) else 0.0,
            )
        )
    return lines


def _holds(effects: Sequence[object]) -> bool:
    return any(str(effect) == "floor:assessment" for effect in effects)


def _does(findings: Sequence[RuleFindings], kind: EffectKind) -> Bools:
    return np.array([any(e.kind is kind for hit in found.hits for e in hit.effects) for found in findings], np.bool_)


def _share(need: Floats, chosen: Bools, of: Floats | Bools) -> float:
    """The need of those chosen, over the sum of what it is a share `of`."""
    whole = float(of.sum())
    return float(need[chosen].sum()) / whole if whole else 0.0
