"""What the rules alone hold, worked out in the plainest way, for tests to compare."""

from screening.domain.contact import Contact
from screening.domain.fact_list import establish
from screening.domain.facts import Subject
from screening.domain.household import Picture
from screening.domain.signals import EffectKind, RuleFindings
from screening.domain.suggestion import Response, Urgency
from screening.rules.evaluate import evaluate
from screening.rules.rulebook import Rulebook, default_text, load

RULEBOOK = load(default_text())
NOBODY_KNOWN = Picture()


def findings_of(contact: Contact, picture: Picture = NOBODY_KNOWN, rulebook: Rulebook = RULEBOOK) -> RuleFindings:
    return evaluate(rulebook, establish(contact, picture), Subject.of(contact, picture))


def levels(findings: RuleFindings, kind: EffectKind) -> set[str]:
    return {effect.level for hit in findings.hits for effect in hit.effects if effect.kind is kind}


def held(findings: RuleFindings) -> Response:
    """The least cautious response that the rules still allow."""
    floors = levels(findings, EffectKind.FLOOR)
    uplifted = "early_help" in floors and levels(findings, EffectKind.UPLIFT)
    if "assessment" in floors or uplifted:
        return Response.ASSESSMENT
    if floors:
        return Response.EARLY_HELP
    asked = findings.too_little or levels(findings, EffectKind.ENQUIRY)
    return Response.UNDETERMINED if asked else Response.NO_FURTHER_ACTION


def urgency(findings: RuleFindings) -> Urgency:
    told = [Urgency(level) for level in levels(findings, EffectKind.URGENCY)]
    return max(told, key=lambda each: each.rank, default=Urgency.ONE_WORKING_DAY)


def needs_second_person(findings: RuleFindings) -> bool:
    return bool(levels(findings, EffectKind.SIGN_OFF))
