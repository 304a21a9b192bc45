"""A suggestion as JSON: one shape for the log's content, the contact page and `screening assess --json`.

The keys are those of the contact contract (The command line). Values are never turned back into a `Suggestion`:
what was stored is what was shown.
"""

from screening.domain.signals import Factor, RuleHit, Score, Unscored
from screening.domain.suggestion import MissingAnswer, Suggestion
from screening.journey.records import JsonValue

STRONG_LOG_ODDS = 0.5
MEDIUM_LOG_ODDS = 0.2
TOO_SLIGHT_TO_LIST_LOG_ODDS = 0.005


def suggestion_record(suggestion: Suggestion) -> dict[str, JsonValue]:
    """Everything that was suggested and why, ready for canonical JSON."""
    return {
        "response": str(suggestion.response),
        "floor": None if suggestion.floor is None else str(suggestion.floor),
        "urgency": str(suggestion.urgency),
        "route": str(suggestion.route),
        "certainty": str(suggestion.certainty),
        "rules": [_rule(hit) for hit in suggestion.hits],
        "factors": _factors(suggestion.score),
        "notices": [{"code": notice.code, "text": notice.text} for notice in suggestion.notices],
        "reasons_not_nfa": list(suggestion.reasons_not_nfa),
        "needs_sign_off": suggestion.needs_sign_off,
        "score": _score(suggestion.score),
        "rulebook": suggestion.rulebook,
    }


def missing_record(missing: tuple[MissingAnswer, ...]) -> list[JsonValue]:
    """What is missing, in the order given."""
    return [
        {
            "pointer": answer.pointer,
            "text": answer.text,
            "could_change": answer.could_change,
            "to": str(answer.to),
            "together_with": list(answer.together_with),
            "together_to": None if answer.together_to is None else str(answer.together_to),
        }
        for answer in missing
    ]


def _rule(hit: RuleHit) -> JsonValue:
    return {
        "id": hit.rule_id,
        "wording": hit.wording,
        "source": hit.source,
        "basis": hit.basis,
        "effect": str(hit.effects[0]),
        "effects": [str(effect) for effect in hit.effects],
        "evidence": [{"pointer": evidence.pointer, "value": evidence.value} for evidence in hit.evidence],
    }


def _factors(score: Score | Unscored) -> list[JsonValue]:
    if isinstance(score, Unscored):
        return []
    listed = [f for f in score.factors if abs(f.contribution) >= TOO_SLIGHT_TO_LIST_LOG_ODDS]
    listed.sort(key=lambda factor: -abs(factor.contribution))
    return [_factor(factor) for factor in listed]


def _factor(factor: Factor) -> JsonValue:
    return {
        "name": factor.name,
        "text": factor.text,
        "direction": "raises" if factor.raises else "lowers",
        "strength": strength(factor.contribution),
        "contribution": factor.contribution,
    }


def strength(contribution: float) -> str:
    """A contribution in log-odds as one of three words."""
    size = abs(contribution)
    if size >= STRONG_LOG_ODDS:
        return "strong"
    return "medium" if size >= MEDIUM_LOG_ODDS else "slight"


def _score(score: Score | Unscored) -> dict[str, JsonValue]:
    if isinstance(score, Unscored):
        return {"unavailable": score.reason}
    return {
        "p_assessment": score.p_assessment,
        "p_early_help_or_more": score.p_early_help_or_more,
        "model": score.model,
    }
