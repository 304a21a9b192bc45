"""Made-up rule hits, findings and scores."""

from screening.domain.signals import Effect, EffectKind, RuleFindings, RuleHit, Score, Thresholds

THRESHOLDS = Thresholds(assessment_from=0.5, early_help_from=0.6, nfa_upto=0.1)


def a_hit(*effects: str, rule_id: str = "R900", wording: str = "Something happened", notice: str = "") -> RuleHit:
    """A rule that fired, with effects as the rulebook writes them: `floor:assessment`, `enquiry`."""
    return RuleHit(
        rule_id=rule_id,
        wording=wording,
        source="test-source",
        basis="local policy",
        effects=tuple(_an_effect(effect) for effect in effects),
        evidence=(),
        notice=notice,
    )


def _an_effect(written: str) -> Effect:
    kind, _, level = written.partition(":")
    return Effect(EffectKind(kind), level)


def findings(*hits: RuleHit, too_little: bool = False, not_known: tuple[str, ...] = ()) -> RuleFindings:
    """What a rulebook found."""
    return RuleFindings(hits, not_known, too_little, "f" * 64)


def a_score(p_assessment: float = 0.02, p_early_help: float | None = None, out_of_range: tuple[str, ...] = ()) -> Score:
    """A score; without the second probability both steps are equally likely."""
    return Score(
        p_assessment=p_assessment,
        p_early_help_or_more=p_assessment if p_early_help is None else p_early_help,
        model="test+0000",
        out_of_range=out_of_range,
    )
