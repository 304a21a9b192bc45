"""Combine what the rules found and the classifier's score into one suggestion. Pure: values in, a value out.

Order rules (design decisions 1, 2, 4, 5 and 12; the contact contract, The clock):
- Rules set a floor; the score may raise the response, never lower it. An uplift turns a floor of early help into one
  of assessment and never acts alone.
- No further action is only ever replaced by `undetermined`, never the other way: by an enquiry, too little
  information, a contact unlike those fitted on, a missing score, or a possible match that matters.
- Without a rulebook every suggestion is `undetermined`. Without a score the floor stands, or else `undetermined`.
- A floor of assessment is at least same-day work, and so is any contact where no rules could be used: nobody can tell
  then which ones a rule would have called urgent. An open case goes to its worker before anything else; whether the
  emergency duty team sees a contact too depends on the hour, so the worklist settles that.

How sure a suggestion is:
- clear, where a floor of assessment settles it, or where nothing below applies;
- too little information, where an enquiry is open or too much is not known;
- mixed, where there is no rulebook or no score, the contact is unlike those fitted on, a possible match would matter,
  or a quarter more or fewer odds would lead to another response.
"""

from collections.abc import Sequence
from dataclasses import replace

from screening.domain.signals import EffectKind, NoRulebook, RuleFindings, Score, Thresholds, Unscored
from screening.domain.suggestion import Certainty, Notice, Response, Route, Suggestion, Urgency
from screening.triage.notices import notices_from, possible_match_notices

CLOSE_ODDS_RATIO = 1.25
"""A score is close to a threshold where this many times the odds, or this many times less, crosses it."""

_NOTHING_FOUND = RuleFindings((), (), too_little=False, rulebook="")


def combine(
    findings: RuleFindings | NoRulebook,
    score: Score | Unscored,
    thresholds: Thresholds | None,
    notices: Sequence[Notice] = (),
) -> Suggestion:
    """The suggestion for one contact. Raises for no score whatever, and never suggests NFA where something failed.

    `thresholds` is `None` where no model is loaded; `notices` (see `notices.notices_about`) are shown as they are.
    """
    score = _usable(score, thresholds)
    found = _NOTHING_FOUND if isinstance(findings, NoRulebook) else findings
    floor = _floor(found)
    doubts = _doubts(findings, score)
    response = _response(floor, _by_score(score, thresholds), doubts)
    if isinstance(findings, NoRulebook):
        response = Response.UNDETERMINED
    return Suggestion(
        response=response,
        floor=floor,
        urgency=_urgency(findings, floor),
        route=_route(found),
        certainty=_certainty(findings, floor, score, thresholds, doubts),
        hits=found.hits,
        score=score,
        needs_sign_off=bool(_levels(found, EffectKind.SIGN_OFF)),
        reasons_not_nfa=doubts or (_too_close(thresholds),) if response is Response.UNDETERMINED else (),
        notices=(*notices_from(findings, score), *notices),
        rulebook=found.rulebook,
    )


def with_possible_matches(suggestion: Suggestion, if_counted: Suggestion) -> Suggestion:
    """`suggestion`, given what it would be if every possible match were certain (design decision 5).

    Where that would be a more cautious response, NFA becomes `undetermined`. Where one person could close it only as
    long as the match is wrong, closing takes two (see `_takes_a_second_person`). Either makes the certainty less. All
    of it is said, and so is where it would be more urgent or go to somebody else. Nothing is ever lowered.
    """
    raised = if_counted.response.caution > suggestion.response.caution
    by_two = _takes_a_second_person(suggestion, if_counted)
    suggestion = replace(
        suggestion,
        needs_sign_off=suggestion.needs_sign_off or if_counted.needs_sign_off or by_two,
        notices=(*suggestion.notices, *possible_match_notices(suggestion, if_counted, by_two=by_two)),
    )
    if not raised and not by_two:
        return suggestion
    reason = "Somebody here may be known already, and counting that would raise the suggestion"
    blocked = raised and suggestion.response in {Response.NO_FURTHER_ACTION, Response.UNDETERMINED}
    mixed = suggestion.certainty is Certainty.CLEAR
    return replace(
        suggestion,
        response=Response.UNDETERMINED if blocked else suggestion.response,
        reasons_not_nfa=(*suggestion.reasons_not_nfa, reason) if blocked else suggestion.reasons_not_nfa,
        certainty=Certainty.MIXED if mixed else suggestion.certainty,
    )


def _takes_a_second_person(suggestion: Suggestion, if_counted: Suggestion) -> bool:
    """Whether a possible match is the only reason why closing takes two people.

    Whoever closes alone also says that the match is wrong; where they err, a child on a plan is missed. So it takes two
    where a certain match would keep one person from closing it: by a rule of sign-off, by a floor, or by giving it to
    the allocated worker, in whose stead the second person looks.
    """
    if suggestion.needs_sign_off or suggestion.floor is not None:
        return False
    open_case = if_counted.route is Route.ALLOCATED_WORKER and suggestion.route is not Route.ALLOCATED_WORKER
    return if_counted.needs_sign_off or if_counted.floor is not None or open_case


def _usable(score: Score | Unscored, thresholds: Thresholds | None) -> Score | Unscored:
    """The score, if it is two probabilities and there is something to hold them against."""
    if isinstance(score, Unscored):
        return score
    if thresholds is None:
        return Unscored("the model has no thresholds")
    # Asked this way round, since NaN lies in no range and is above nothing.
    if not (0 <= score.p_assessment <= 1 and 0 <= score.p_early_help_or_more <= 1):
        return Unscored("the score is no probability")
    return score


def _levels(found: RuleFindings, kind: EffectKind) -> list[str]:
    return [effect.level for hit in found.hits for effect in hit.effects if effect.kind is kind]


def _floor(found: RuleFindings) -> Response | None:
    levels = [Response(level) for level in _levels(found, EffectKind.FLOOR)]
    floor = max(levels, key=lambda level: level.caution, default=None)
    if floor is Response.EARLY_HELP and _levels(found, EffectKind.UPLIFT):
        return Response.ASSESSMENT
    return floor


def _doubts(findings: RuleFindings | NoRulebook, score: Score | Unscored) -> tuple[str, ...]:
    """Why no further action may not be suggested, in plain words; empty where it may."""
    doubts = []
    if isinstance(findings, NoRulebook):
        doubts.append(f"No safety rules are loaded ({findings.reason})")
    else:
        doubts += [
            f"To find out first: {hit.wording}"
            for hit in findings.hits
            if any(effect.kind is EffectKind.ENQUIRY for effect in hit.effects)
        ]
        if findings.too_little:
            doubts.append(f"Too little is known: {len(findings.not_known)} answers that matter are missing")
    if isinstance(score, Unscored):
        doubts.append(f"There is no score ({score.reason})")
    elif score.out_of_range:
        doubts.append("It is unlike the contacts that the score was made from")
    return tuple(doubts)


def _too_close(thresholds: Thresholds | None) -> str:
    if thresholds is not None and thresholds.nfa_upto is None:
        return "This model keeps no promise about missed need, so it never suggests no further action"
    return "The score is too close to call"


def _response(floor: Response | None, by_score: Response | None, doubts: tuple[str, ...]) -> Response:
    if by_score is None:
        return floor or Response.UNDETERMINED
    response = by_score if floor is None or by_score.caution > floor.caution else floor
    return Response.UNDETERMINED if doubts and response is Response.NO_FURTHER_ACTION else response


def _by_score(score: Score | Unscored, thresholds: Thresholds | None, odds_ratio: float = 1.0) -> Response | None:
    """From score to response (design decision 4), with so many times the odds; `None` where there is no score."""
    if isinstance(score, Unscored) or thresholds is None:
        return None
    p_assessment, p_early_help = score.p_assessment, max(score.p_early_help_or_more, score.p_assessment)
    # Left as it is unless asked for, since even a ratio of 1 may move the last digit over a threshold.
    if odds_ratio != 1.0:
        p_assessment, p_early_help = _with_odds(p_assessment, odds_ratio), _with_odds(p_early_help, odds_ratio)
    if p_assessment >= thresholds.assessment_from:
        return Response.ASSESSMENT
    if p_early_help >= thresholds.early_help_from:
        return Response.EARLY_HELP
    if thresholds.nfa_upto is not None and p_assessment <= thresholds.nfa_upto:
        return Response.NO_FURTHER_ACTION
    return Response.UNDETERMINED


def _with_odds(p: float, ratio: float) -> float:
    return p * ratio / (1 - p + p * ratio)


def _urgency(findings: RuleFindings | NoRulebook, floor: Response | None) -> Urgency:
    if isinstance(findings, NoRulebook):
        return Urgency.SAME_DAY
    found = findings
    least = Urgency.SAME_DAY if floor is Response.ASSESSMENT else Urgency.ONE_WORKING_DAY
    levels = [Urgency(level) for level in _levels(found, EffectKind.URGENCY)]
    return max((least, *levels), key=lambda urgency: urgency.rank)


def _route(found: RuleFindings) -> Route:
    routes = {Route(level) for level in _levels(found, EffectKind.ROUTE)}
    for route in (Route.ALLOCATED_WORKER, Route.EMERGENCY_DUTY_TEAM):
        if route in routes:
            return route
    return Route.INTAKE_TEAM


def _certainty(
    findings: RuleFindings | NoRulebook,
    floor: Response | None,
    score: Score | Unscored,
    thresholds: Thresholds | None,
    doubts: tuple[str, ...],
) -> Certainty:
    if floor is Response.ASSESSMENT:
        return Certainty.CLEAR
    if isinstance(findings, RuleFindings) and (findings.too_little or _levels(findings, EffectKind.ENQUIRY)):
        return Certainty.TOO_LITTLE_INFORMATION
    if isinstance(findings, NoRulebook) or isinstance(score, Unscored) or score.out_of_range:
        return Certainty.MIXED
    nearby = {
        _response(floor, _by_score(score, thresholds, ratio), doubts)
        for ratio in (1 / CLOSE_ODDS_RATIO, 1.0, CLOSE_ODDS_RATIO)
    }
    return Certainty.CLEAR if len(nearby) == 1 and Response.UNDETERMINED not in nearby else Certainty.MIXED
