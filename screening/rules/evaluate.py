"""Which rules fire on one contact, each with the fields that set it off, and whether too little is known.

Order rules:
- A rule fires where its condition holds. Where that is not known it does not fire, and it is not read as no.
- A rule is applied to incidents on or after its first day in force; the day is the incident's.
- Every hit is kept, not only the weightiest: a worker must see all grounds. The one exception is an uplift whose every
  floor of early help is already about the same circumstance, which would count it twice.
- Evidence is gathered for rules that fired only.
"""

from screening.domain.calendar import LONDON
from screening.domain.fact_list import FACTS
from screening.domain.facts import Fact, FactKind, Facts, NotKnown, Subject
from screening.domain.signals import Evidence, RuleFindings, RuleHit
from screening.rules.rule import EARLY_HELP_FLOOR, Rule
from screening.rules.rulebook import Rulebook

SILENCE_COUNTS: frozenset[str] = frozenset({"suspect_at_large", "child_age_not_recorded"})
"""Facts whose point may be that nothing was said: their empty fields are evidence."""

_SAID_NO = frozenset({"no", "none"})


def evaluate(rulebook: Rulebook, facts: Facts, subject: Subject) -> RuleFindings:
    """What `rulebook` says of a contact, from its facts; `subject` is where these were read."""
    fired = fired_rules(rulebook, facts, subject)
    counted = rulebook.information
    not_known = tuple(name for name in counted.facts if isinstance(facts[name], NotKnown))
    return RuleFindings(
        hits=tuple(_hit(rule, facts, subject) for rule in fired),
        not_known=not_known,
        too_little=len(not_known) > counted.not_known_at_most,
        rulebook=rulebook.digest,
    )


def fired_rules(rulebook: Rulebook, facts: Facts, subject: Subject) -> list[Rule]:
    """The rules that fire, in the rulebook's order."""
    # By the day of the incident, or of sending where that is later: a mistyped year never switches every rule off.
    day = max(subject.day, subject.contact.sent_at.astimezone(LONDON).date())
    holding = [rule for rule in rulebook.rules if rule.condition.holds(facts) is True and rule.in_force_from <= day]
    early_help = {rule.id for rule in holding if EARLY_HELP_FLOOR in rule.effects}
    return [rule for rule in holding if not (early_help and early_help <= rule.does_not_raise)]


def _hit(rule: Rule, facts: Facts, subject: Subject) -> RuleHit:
    gathered: dict[Evidence, None] = {}
    for name, upright in rule.condition.grounds(facts):
        gathered |= dict.fromkeys(_evidence(FACTS[name], facts, subject, upright=upright))
    return RuleHit(
        rule_id=rule.id,
        wording=rule.wording,
        source=rule.source_text,
        basis=rule.basis,
        effects=rule.effects,
        evidence=tuple(gathered),
        notice=rule.notice,
    )


def _evidence(fact: Fact, facts: Facts, subject: Subject, *, upright: bool) -> list[Evidence]:
    """The fields of one fact that speak for the rule. Beside a yes or a not known, a "no" elsewhere is left out."""
    value = facts[fact.name]
    silence_counts = fact.name in SILENCE_COUNTS or value is NotKnown.NOT_RECORDED
    fields = [field for field in fact.fields(subject) if field.value is not None or silence_counts]
    asked_of_several = fact.kind is FactKind.YES_NO and (value is NotKnown.SENT or (upright and value is True))
    return [field for field in fields if not (asked_of_several and field.value in _SAID_NO)]
