"""Rules set floors, the score may raise, and nothing that failed ever becomes no further action."""

import itertools
import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.domain.contact import Consent, ProtectiveFactor
from screening.domain.household import NOTHING_KNOWN, CareStatus, MatchCertainty, Picture, RegisterEntry, RegisterMatch
from screening.domain.signals import NoRulebook, RuleFindings, Score, Thresholds, Unscored
from screening.domain.suggestion import Certainty, Notice, Response, Route, Suggestion, Urgency
from screening.triage.combine import combine, with_possible_matches
from screening.triage.notices import notices_about
from tests.builders import a_contact
from tests.triage.signals import THRESHOLDS, a_hit, a_score, findings

NFA, UNDETERMINED, EARLY_HELP, ASSESSMENT = Response

EFFECTS = (
    "floor:early_help",
    "floor:assessment",
    "uplift",
    "enquiry",
    "route:allocated_worker",
    "urgency:same_day",
    "urgency:immediate",
    "sign_off",
    "notice",
)
HITS = st.lists(st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=3), max_size=4)
ANY_NUMBER = st.one_of(st.floats(), st.sampled_from([math.nan, math.inf, -math.inf, -1.0, 2.0, 0.0, 1.0]))
PROBABILITIES = st.floats(0, 1)
SCORES = st.one_of(
    st.builds(Unscored, st.just("made up")),
    st.builds(a_score, ANY_NUMBER, ANY_NUMBER),
    st.builds(a_score, PROBABILITIES, PROBABILITIES, st.sampled_from([(), ("weapon",)])),
)
FINDINGS = st.one_of(
    st.builds(NoRulebook, st.just("made up")),
    st.builds(lambda hits, little: findings(*[a_hit(*hit) for hit in hits], too_little=little), HITS, st.booleans()),
)
THRESHOLD_SETS = st.sampled_from([THRESHOLDS, replace(THRESHOLDS, nfa_upto=None), None])


def suggest(found: RuleFindings | NoRulebook | None = None, score: Score | Unscored | None = None) -> Suggestion:
    return combine(found or findings(), score or a_score(), THRESHOLDS)


def floor_of(found: RuleFindings | NoRulebook) -> Response | None:
    """The floor as the design states it, worked out apart from the code."""
    if isinstance(found, NoRulebook):
        return None
    effects = {str(effect) for hit in found.hits for effect in hit.effects}
    if "floor:assessment" in effects or {"floor:early_help", "uplift"} <= effects:
        return ASSESSMENT
    return EARLY_HELP if "floor:early_help" in effects else None


# ------------------------------------------------------------------------------------- whatever rules and score say


@settings(max_examples=250, deadline=None)
@given(found=FINDINGS, score=SCORES, thresholds=THRESHOLD_SETS)
def test_a_floor_is_never_lowered_whatever_the_score(
    found: RuleFindings | NoRulebook, score: Score | Unscored, thresholds: Thresholds | None
) -> None:
    suggestion = combine(found, score, thresholds)

    assert suggestion.floor is floor_of(found)
    assert suggestion.floor is None or suggestion.response.caution >= suggestion.floor.caution


@settings(max_examples=250, deadline=None)
@given(found=FINDINGS, score=SCORES, thresholds=THRESHOLD_SETS)
def test_nfa_is_suggested_only_where_everything_worked_and_nothing_stands_against_it(
    found: RuleFindings | NoRulebook, score: Score | Unscored, thresholds: Thresholds | None
) -> None:
    suggestion = combine(found, score, thresholds)

    if suggestion.response is NFA:
        assert isinstance(found, RuleFindings)
        assert not found.too_little
        assert not {"enquiry", "floor"} & {effect.kind for hit in found.hits for effect in hit.effects}
        assert isinstance(score, Score)
        assert not score.out_of_range
        assert thresholds is not None
        assert thresholds.nfa_upto is not None
        assert 0 <= score.p_assessment <= thresholds.nfa_upto
        assert 0 <= score.p_early_help_or_more < thresholds.early_help_from


@settings(max_examples=250, deadline=None)
@given(found=FINDINGS, score=SCORES, thresholds=THRESHOLD_SETS)
def test_undetermined_always_says_why_and_nothing_else_does(
    found: RuleFindings | NoRulebook, score: Score | Unscored, thresholds: Thresholds | None
) -> None:
    suggestion = combine(found, score, thresholds)

    assert bool(suggestion.reasons_not_nfa) is (suggestion.response is UNDETERMINED)
    assert all(reason.strip() for reason in suggestion.reasons_not_nfa)


@settings(max_examples=250, deadline=None)
@given(found=FINDINGS, p=st.tuples(*[PROBABILITIES] * 4))
def test_a_score_that_rises_never_lowers_the_response(
    found: RuleFindings | NoRulebook, p: tuple[float, float, float, float]
) -> None:
    lower = combine(found, a_score(min(p[0], p[1]), min(p[2], p[3])), THRESHOLDS)
    higher = combine(found, a_score(max(p[0], p[1]), max(p[2], p[3])), THRESHOLDS)

    assert higher.response.caution >= lower.response.caution
    assert higher.urgency is lower.urgency


@settings(max_examples=250, deadline=None)
@given(hits=HITS, another=st.sampled_from(EFFECTS), score=SCORES)
def test_one_more_rule_never_lowers_response_or_urgency(
    hits: list[list[str]], another: str, score: Score | Unscored
) -> None:
    before = combine(findings(*[a_hit(*hit) for hit in hits]), score, THRESHOLDS)
    after = combine(findings(*[a_hit(*hit) for hit in (*hits, [another])]), score, THRESHOLDS)

    assert after.response.caution >= before.response.caution
    assert after.urgency.rank >= before.urgency.rank


def test_thousands_of_drawn_pairs_lower_no_floor_and_close_nothing_that_failed() -> None:
    dice = Random(20261120)
    numbers = (math.nan, math.inf, -math.inf, -1.0, 2.0, 1e308, -0.0, 0.01, 0.05)

    for _ in range(5000):
        hits = [a_hit(*dice.sample(EFFECTS, dice.randint(1, 2))) for _ in range(dice.randint(0, 3))]
        found = findings(*hits, too_little=dice.random() < 0.2)
        p = (dice.choice((*numbers, dice.random())), dice.choice((*numbers, dice.random())))
        suggestion = suggest(found, a_score(*p))
        floor = floor_of(found)
        assert floor is None or suggestion.response.caution >= floor.caution
        failed = not all(0 <= number <= 1 for number in p)
        assert suggestion.response is not NFA or (floor is None and not failed and not found.too_little)


# ---------------------------------------------------------------------------------------------- score to response


@pytest.mark.parametrize(
    ("p_assessment", "p_early_help", "response"),
    [
        (0.5, 0.5, ASSESSMENT),
        (0.49, 0.6, EARLY_HELP),
        (0.1, 0.59, NFA),
        (0.0, 0.0, NFA),
        (0.11, 0.2, UNDETERMINED),
        (0.49, 0.59, UNDETERMINED),
    ],
)
def test_a_score_becomes_a_response_by_the_thresholds(
    p_assessment: float, p_early_help: float, response: Response
) -> None:
    assert suggest(score=a_score(p_assessment, p_early_help)).response is response


def test_early_help_or_more_is_never_read_as_less_likely_than_assessment() -> None:
    thresholds = Thresholds(assessment_from=0.9, early_help_from=0.3, nfa_upto=0.5)

    assert combine(findings(), a_score(0.4, 0.1), thresholds).response is EARLY_HELP


def test_a_score_between_the_thresholds_is_too_close_to_call() -> None:
    suggestion = suggest(score=a_score(0.3, 0.3))

    assert suggestion.reasons_not_nfa == ("The score is too close to call",)
    assert suggestion.certainty is Certainty.MIXED


def test_a_model_without_a_promise_never_suggests_nfa() -> None:
    suggestion = combine(findings(), a_score(0.0), replace(THRESHOLDS, nfa_upto=None))

    assert suggestion.response is UNDETERMINED
    assert "promise" in suggestion.reasons_not_nfa[0]


# --------------------------------------------------------------------------------------------------------- floors


def test_a_low_score_never_lowers_a_rule_floor() -> None:
    assert suggest(findings(a_hit("floor:early_help")), a_score(0.001)).response is EARLY_HELP


def test_a_high_score_raises_above_a_floor() -> None:
    suggestion = suggest(findings(a_hit("floor:early_help")), a_score(0.8))

    assert (suggestion.floor, suggestion.response) == (EARLY_HELP, ASSESSMENT)


def test_an_uplift_turns_a_floor_of_early_help_into_one_of_assessment() -> None:
    suggestion = suggest(findings(a_hit("floor:early_help"), a_hit("uplift")))

    assert (suggestion.floor, suggestion.response, suggestion.urgency) == (ASSESSMENT, ASSESSMENT, Urgency.SAME_DAY)


def test_an_uplift_never_acts_alone() -> None:
    assert suggest(findings(a_hit("uplift"))).response is NFA
    assert suggest(findings(a_hit("uplift")), a_score(0.3, 0.7)).response is EARLY_HELP


# -------------------------------------------------------------------------------------------- what stands against NFA


def test_an_enquiry_replaces_nfa_and_says_what_to_find_out() -> None:
    suggestion = suggest(findings(a_hit("enquiry", wording="A child's age is not recorded")))

    assert suggestion.response is UNDETERMINED
    assert suggestion.reasons_not_nfa == ("To find out first: A child's age is not recorded",)
    assert suggestion.certainty is Certainty.TOO_LITTLE_INFORMATION


@pytest.mark.parametrize(("floor", "response"), [("floor:early_help", EARLY_HELP), ("floor:assessment", ASSESSMENT)])
def test_an_enquiry_leaves_a_floor_as_it_is(floor: str, response: Response) -> None:
    assert suggest(findings(a_hit("enquiry"), a_hit(floor))).response is response


def test_an_enquiry_leaves_a_score_that_raises_as_it_is() -> None:
    assert suggest(findings(a_hit("enquiry")), a_score(0.9)).response is ASSESSMENT


def test_too_little_information_replaces_nfa() -> None:
    suggestion = suggest(findings(too_little=True, not_known=("weapon", "grade")))

    assert suggestion.response is UNDETERMINED
    assert suggestion.reasons_not_nfa == ("Too little is known: 2 answers that matter are missing",)
    assert suggestion.certainty is Certainty.TOO_LITTLE_INFORMATION


def test_a_contact_unlike_those_fitted_on_is_not_suggested_for_nfa() -> None:
    suggestion = suggest(score=a_score(0.01, out_of_range=("earlier_incidents",)))

    assert suggestion.response is UNDETERMINED
    assert suggestion.certainty is Certainty.MIXED
    assert suggestion.notices[0].text.endswith("Earlier incidents in 12 months.")


def test_without_a_score_the_floor_stands_and_a_page_can_say_so() -> None:
    held = suggest(findings(a_hit("floor:early_help")), Unscored("the model's file was altered"))
    free = suggest(findings(), Unscored("the model's file was altered"))

    assert (held.response, free.response) == (EARLY_HELP, UNDETERMINED)
    assert free.reasons_not_nfa == ("There is no score (the model's file was altered)",)
    for suggestion in (held, free):
        assert [notice.code for notice in suggestion.notices] == ["unscored"]


@pytest.mark.parametrize("p", [math.nan, math.inf, -math.inf, -0.01, 1.01])
@pytest.mark.parametrize("which", ["p_assessment", "p_early_help_or_more"])
def test_a_score_that_is_no_probability_is_no_score(which: str, p: float) -> None:
    broken = (
        replace(a_score(), p_assessment=p) if which == "p_assessment" else replace(a_score(), p_early_help_or_more=p)
    )

    suggestion = suggest(score=broken)

    assert suggestion.response is UNDETERMINED
    assert suggestion.score == Unscored("the score is no probability")


def test_a_score_without_thresholds_is_no_score() -> None:
    assert combine(findings(), a_score(), None).response is UNDETERMINED


@pytest.mark.parametrize("score", [a_score(0.01), a_score(0.99), Unscored("none")])
def test_without_a_rulebook_every_suggestion_is_undetermined(score: Score | Unscored) -> None:
    suggestion = suggest(NoRulebook("it does not load"), score)

    assert suggestion.response is UNDETERMINED
    assert (suggestion.floor, suggestion.hits, suggestion.rulebook) == (None, (), "")
    assert suggestion.reasons_not_nfa[0] == "No safety rules are loaded (it does not load)"
    assert suggestion.certainty is Certainty.MIXED
    assert suggestion.notices[0].code == "no_rulebook"


# ------------------------------------------------------------------------------------- urgency, route, sign-off


@pytest.mark.parametrize(
    ("effects", "urgency"),
    [
        ((), Urgency.ONE_WORKING_DAY),
        (("floor:early_help",), Urgency.ONE_WORKING_DAY),
        (("floor:assessment",), Urgency.SAME_DAY),
        (("urgency:same_day",), Urgency.SAME_DAY),
        (("urgency:immediate", "urgency:same_day"), Urgency.IMMEDIATE),
        (("floor:assessment", "urgency:immediate"), Urgency.IMMEDIATE),
    ],
)
def test_a_floor_of_assessment_is_at_least_same_day(effects: tuple[str, ...], urgency: Urgency) -> None:
    assert suggest(findings(*[a_hit(effect) for effect in effects])).urgency is urgency


def test_a_score_of_assessment_alone_makes_nothing_urgent() -> None:
    assert suggest(score=a_score(0.99)).urgency is Urgency.ONE_WORKING_DAY


@pytest.mark.parametrize(
    ("effects", "route"),
    [
        ((), Route.INTAKE_TEAM),
        (("route:emergency_duty_team",), Route.EMERGENCY_DUTY_TEAM),
        (("route:emergency_duty_team", "route:allocated_worker"), Route.ALLOCATED_WORKER),
    ],
)
def test_an_open_case_goes_to_its_worker_before_anything_else(effects: tuple[str, ...], route: Route) -> None:
    suggestion = suggest(findings(*[a_hit(effect) for effect in effects]))

    assert suggestion.route is route
    assert suggestion.response is NFA


def test_a_rule_may_ask_for_a_second_person() -> None:
    assert suggest(findings(a_hit("sign_off"))).needs_sign_off
    assert not suggest(findings(a_hit("notice"))).needs_sign_off


# ------------------------------------------------------------------------------------------------------- certainty


@pytest.mark.parametrize(
    ("score", "certainty"),
    [
        (a_score(0.02, 0.3), Certainty.CLEAR),
        (a_score(0.09, 0.3), Certainty.MIXED),
        (a_score(0.02, 0.57), Certainty.MIXED),
        (a_score(0.2, 0.9), Certainty.CLEAR),
        (a_score(0.46, 0.9), Certainty.MIXED),
        (a_score(0.54), Certainty.MIXED),
        (a_score(0.9), Certainty.CLEAR),
        (a_score(1.0), Certainty.CLEAR),
    ],
)
def test_a_score_near_a_threshold_that_matters_makes_the_suggestion_mixed(score: Score, certainty: Certainty) -> None:
    assert suggest(score=score).certainty is certainty


def test_a_threshold_below_the_floor_does_not_matter() -> None:
    assert suggest(findings(a_hit("floor:early_help")), a_score(0.1, 0.1)).certainty is Certainty.CLEAR


def test_a_floor_of_assessment_is_clear_whatever_else_is_not_known() -> None:
    found = findings(a_hit("floor:assessment"), a_hit("enquiry"), too_little=True)

    assert suggest(found, Unscored("none")).certainty is Certainty.CLEAR


# --------------------------------------------------------------------------------------------------------- notices


def test_a_rules_own_notice_stands_beside_the_suggestion() -> None:
    suggestion = suggest(
        findings(
            a_hit("floor:assessment", rule_id="R1", notice="Do not contact the family first."),
            a_hit("notice", rule_id="R2", wording="A child saw it"),
            a_hit("sign_off", rule_id="R3"),
        )
    )

    assert suggestion.notices == (Notice("R1", "Do not contact the family first."), Notice("R2", "A child saw it"))


def test_it_is_said_that_nobody_looked_and_that_alone_blocks_nothing() -> None:
    notices = notices_about(a_contact(), NOTHING_KNOWN)

    suggestion = combine(findings(), a_score(), THRESHOLDS, notices)

    assert [notice.code for notice in suggestion.notices] == ["no_register", "no_history"]
    assert suggestion.response is NFA


def test_protective_factors_and_consent_are_said_in_words() -> None:
    contact = a_contact(
        protective_factors=(ProtectiveFactor.SUPPORTIVE_FAMILY, ProtectiveFactor.ORDER_IN_FORCE),
        consent_to_early_help=Consent.REFUSED,
    )

    factors, consent = notices_about(contact, Picture())

    assert factors.text == "Protective factors recorded, which lower nothing: supportive family, order in force."
    assert consent.code == "consent_to_early_help"


def test_every_protective_factor_and_every_consent_has_words() -> None:
    for factor, consent in itertools.product(ProtectiveFactor, Consent):
        contact = a_contact(protective_factors=(factor,), consent_to_early_help=consent)
        assert len(notices_about(contact, Picture())) == 2


def test_a_possible_match_is_said() -> None:
    entry = a_register_match()

    assert [notice.code for notice in notices_about(a_contact(), Picture(register=(entry,)))] == ["possible_matches"]


def a_register_match() -> RegisterMatch:
    entry = RegisterEntry(
        child_id="C-TEST-1",
        given_name="Childa",
        family_name="Sample",
        date_of_birth=None,
        postcode=None,
        status=CareStatus.CHILD_IN_NEED,
        allocated_worker="worker-test",
        team=None,
        since=None,
    )
    return RegisterMatch("/children/0", MatchCertainty.POSSIBLE, entry, ("same family name",))


# -------------------------------------------------------------------------------------------------- possible matches


def test_a_possible_match_that_would_raise_makes_nfa_undetermined_and_says_why() -> None:
    plain, counted = suggest(), suggest(findings(a_hit("floor:assessment"), a_hit("route:allocated_worker")))

    suggestion = with_possible_matches(plain, counted)

    assert suggestion.response is UNDETERMINED
    assert suggestion.certainty is Certainty.MIXED
    assert "may be known already" in suggestion.reasons_not_nfa[0]
    assert [notice.code for notice in suggestion.notices] == [
        "possible_match_matters",
        "possible_match_urgent",
        "possible_match_route",
        "possible_match_sign_off",
    ]


def test_a_possible_match_is_never_counted() -> None:
    plain, counted = suggest(findings(a_hit("floor:early_help"))), suggest(findings(a_hit("floor:assessment")))

    suggestion = with_possible_matches(plain, counted)

    assert (suggestion.response, suggestion.floor, suggestion.urgency) == (EARLY_HELP, EARLY_HELP, plain.urgency)
    assert (suggestion.certainty, suggestion.reasons_not_nfa) == (Certainty.MIXED, ())


def test_a_possible_match_that_would_change_nothing_changes_nothing() -> None:
    plain = suggest()

    assert with_possible_matches(plain, suggest()) == plain


@pytest.mark.parametrize("effect", ["sign_off", "floor:early_help", "floor:assessment", "route:allocated_worker"])
def test_nobody_closes_alone_what_a_possible_match_would_keep_them_from_closing_alone(effect: str) -> None:
    plain = suggest()

    suggestion = with_possible_matches(plain, suggest(findings(a_hit(effect))))

    assert not plain.needs_sign_off
    assert suggestion.needs_sign_off
    assert suggestion.certainty is Certainty.MIXED
    assert "possible_match_sign_off" in [notice.code for notice in suggestion.notices]


def test_a_contact_that_one_person_cannot_close_anyway_takes_no_more_for_a_possible_match() -> None:
    plain = suggest(findings(a_hit("floor:early_help")))

    suggestion = with_possible_matches(plain, suggest(findings(a_hit("floor:assessment"))))

    assert not suggestion.needs_sign_off


def test_an_undetermined_contact_says_that_a_possible_match_would_raise_it_too() -> None:
    plain, counted = suggest(findings(a_hit("enquiry"))), suggest(findings(a_hit("enquiry"), a_hit("floor:early_help")))

    suggestion = with_possible_matches(plain, counted)

    assert len(suggestion.reasons_not_nfa) == 2
    assert suggestion.certainty is Certainty.TOO_LITTLE_INFORMATION


@settings(max_examples=250, deadline=None)
@given(plain=st.builds(suggest, FINDINGS, SCORES), counted=st.builds(suggest, FINDINGS, SCORES))
def test_possible_matches_only_ever_replace_nfa(plain: Suggestion, counted: Suggestion) -> None:
    suggestion = with_possible_matches(plain, counted)

    assert suggestion.response in {plain.response, UNDETERMINED}
    assert suggestion.response.caution >= plain.response.caution
    assert suggestion.response is not NFA or counted.response is NFA
    assert suggestion.needs_sign_off or not (plain.needs_sign_off or counted.needs_sign_off)
