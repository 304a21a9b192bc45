"""What a worker must read beside a suggestion, in words. Notices say; they change no response and no urgency."""

from screening.domain.contact import Consent, Contact, ProtectiveFactor
from screening.domain.household import Picture
from screening.domain.signals import EffectKind, NoRulebook, RuleFindings, Score, Unscored
from screening.domain.suggestion import Notice, Suggestion
from screening.triage.features import FEATURES

_FEATURE_TEXTS = {feature.name: feature.text for feature in FEATURES}

_CONSENT = {
    Consent.GIVEN: "The family agreed to early help.",
    Consent.REFUSED: "The family refused early help, which is voluntary.",
    Consent.NOT_ASKED: "The family has not been asked about early help, which is voluntary.",
}

_PROTECTIVE = {
    ProtectiveFactor.SUSPECT_IN_CUSTODY: "suspect in custody",
    ProtectiveFactor.ORDER_IN_FORCE: "order in force",
    ProtectiveFactor.VICTIM_ENGAGING_SUPPORT: "victim engaging with support",
    ProtectiveFactor.SUPPORTIVE_FAMILY: "supportive family",
    ProtectiveFactor.CHILD_SAFETY_PLAN: "safety plan for the child",
    ProtectiveFactor.SUSPECT_LEFT_AREA: "suspect has left the area",
}


def notices_about(contact: Contact, picture: Picture) -> tuple[Notice, ...]:
    """What there is to say about the contact and about what was looked up, whatever is suggested."""
    notices = []
    if not picture.register_given:
        notices.append(Notice("no_register", "No care register was given, so no child here is taken as known."))
    if not picture.history_given:
        notices.append(Notice("no_history", "No earlier contacts were given: only the force's own figures count."))
    if picture.has_possible:
        notices.append(Notice("possible_matches", "Somebody here may be known. Possible matches are not counted."))
    if contact.protective_factors:
        factors = ", ".join(_PROTECTIVE[factor] for factor in contact.protective_factors)
        notices.append(Notice("protective_factors", f"Protective factors recorded, which lower nothing: {factors}."))
    if contact.consent_to_early_help is not None:
        notices.append(Notice("consent_to_early_help", _CONSENT[contact.consent_to_early_help]))
    return tuple(notices)


def notices_from(findings: RuleFindings | NoRulebook, score: Score | Unscored) -> tuple[Notice, ...]:
    """What there is to say about how the suggestion was made: the rules' own notices, and what could not be used."""
    notices = []
    if isinstance(findings, NoRulebook):
        text = f"No safety rules are loaded ({findings.reason}): a person must look, the same day."
        notices.append(Notice("no_rulebook", text))
    else:
        notices += [
            Notice(hit.rule_id, hit.notice or hit.wording)
            for hit in findings.hits
            if hit.notice or any(effect.kind is EffectKind.NOTICE for effect in hit.effects)
        ]
    if isinstance(score, Unscored):
        notices.append(Notice("unscored", f"Safety rules only: there is no score ({score.reason})."))
    elif score.out_of_range:
        named = ", ".join(_FEATURE_TEXTS.get(name, name) for name in score.out_of_range)
        notices.append(Notice("out_of_range", f"Unlike the contacts that the score was made from: {named}."))
    return tuple(notices)


def possible_match_notices(suggestion: Suggestion, if_counted: Suggestion, *, by_two: bool) -> tuple[Notice, ...]:
    """What would be otherwise if every possible match were certain; `by_two` says that it makes closing take two."""
    notices = []
    if if_counted.response.caution > suggestion.response.caution:
        response = str(if_counted.response).replace("_", " ")
        notices.append(Notice("possible_match_matters", f"If possible matches are right, we suggest: {response}."))
    if if_counted.urgency.rank > suggestion.urgency.rank:
        urgency = str(if_counted.urgency).replace("_", " ")
        notices.append(Notice("possible_match_urgent", f"If possible matches are right, it is for: {urgency}."))
    if if_counted.route is not suggestion.route:
        route = str(if_counted.route).replace("_", " ")
        notices.append(Notice("possible_match_route", f"If possible matches are right, it goes to: {route}."))
    if by_two:
        text = "Somebody here may be known, so closing this takes a second person's agreement."
        notices.append(Notice("possible_match_sign_off", text))
    return tuple(notices)
