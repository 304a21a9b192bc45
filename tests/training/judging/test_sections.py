"""The smaller parts of an evaluation, each on rows whose answer is known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from screening.domain.signals import Effect, EffectKind, RuleFindings, RuleHit, Thresholds
from screening.domain.suggestion import Response
from screening.rules.rulebook import default_text, load
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from tests.training.fitting.test_thresholds import ENQUIRY, found
from tests.training.judged import need_of, scored_as
from training.fitting.combined import suggestions
from training.history import follow_up
from training.history.rows import Bools, Rows
from training.judging.abstention import abstention, kind_of
from training.judging.by_design import ByDesign
from training.judging.misses import SHOWN, worst_misses
from training.judging.months import by_quarter, drift
from training.judging.rules_worth import rules_worth
from training.judging.time_split import followed, not_yet_followed, rows_at, tried_later
from training.judging.whole_evaluation import CODES
from training.need.known_need import known_of

THRESHOLDS = Thresholds(0.5, 0.9, 0.1)
RULEBOOK = load(default_text())


@pytest.fixture(scope="module")
def rows() -> Rows:
    return drawn_rows(1_500, rechecked=0.5)


def by(rows: Rows, yes: Sequence[bool] | Bools) -> ByDesign:
    return ByDesign(rows.families, need_of(np.asarray(yes, dtype=np.bool_)), seed=1)


def with_findings(findings: list[RuleFindings]) -> Rows:
    drawn = drawn_rows(len(findings))
    return replace(
        drawn,
        as_known=replace(drawn.as_known, findings=tuple(findings)),
        possible=np.array([], dtype=np.int64),
        as_possible=replace(drawn.as_possible, X=drawn.as_known.X[:0], findings=()),
    )


def test_every_reason_for_not_suggesting_is_counted_where_it_stands() -> None:
    rows = with_findings([found(ENQUIRY), found(ENQUIRY), found(), found(), replace(found(), too_little=True)])
    scored = scored_as(np.array([0.05, 0.3, 0.3, 0.05, 0.05]))
    told = abstention(suggestions(rows, scored, THRESHOLDS), {}, by(rows, [True, False, False, True, False]))
    reasons = told["by_reason"]
    assert isinstance(reasons, dict)

    assert told["n"] == 4
    assert {kind: share["n"] for kind, share in reasons.items()} == {
        "something must be found out first": 2,
        "too close to call": 1,
        "too little is known": 1,
    }
    assert reasons["something must be found out first"]["in_need"] == 1.0


def test_no_reason_that_the_service_gives_is_unknown_here(rows: Rows) -> None:
    scored = scored_as(np.linspace(0.01, 0.6, len(rows)), np.full(len(rows.possible), 0.2))
    made = suggestions(rows, scored, THRESHOLDS) + suggestions(rows, scored, replace(THRESHOLDS, nfa_upto=None))

    assert {kind_of(reason) for one in made for reason in one.reasons_not_nfa} == {
        "too close to call",
        "somebody may be known already",
        "the model keeps no promise",
    }


def test_the_worst_misses_are_those_that_the_score_was_surest_about(rows: Rows) -> None:
    p = np.linspace(0.01, 0.6, len(rows))
    nfa = p <= 0.3
    told = worst_misses(rows, nfa, p, need_of(np.arange(len(rows)) % 3 == 0, weights=np.ones(len(rows))))
    worst = told["worst"]
    assert isinstance(worst, list)

    assert len(worst) == SHOWN
    known = known_of(rows, Response.ASSESSMENT)
    seen = np.flatnonzero((known.found | known.later) & nfa)
    assert [one["reference"] for one in worst] == [f"T-{place}" for place in seen[:SHOWN]]
    assert told["known_of"] == len(seen)
    assert sum(one["n"] for one in told["by"].values()) == len(seen)  # type: ignore[attr-defined]  # figures are told loosely typed
    assert [one["chance"] for one in worst] == sorted(one["chance"] for one in worst)
    assert set(worst[0]) == {"reference", "chance", "decided", "known_by"}


def test_abstaining_is_told_for_every_group_and_too_few_are_not_found_out() -> None:
    rows = with_findings([found()] * 100)
    scored = scored_as(np.repeat([0.05, 0.3, 0.7], [40, 47, 13]))
    of = np.where(np.arange(100) % 2, "odd", "even")
    of[95:] = "few"
    told = abstention(suggestions(rows, scored, THRESHOLDS), {"group": of.tolist()}, by(rows, [False] * 100))
    by_group = told["by_group"]
    assert isinstance(by_group, dict)
    groups = {one["group"]: one for one in by_group["group"]}

    assert groups["few"] == {"group": "few", "hidden": True}
    assert [name for name, one in groups.items() if one.get("hidden")] == ["few", "odd"]
    # Of the even ones 4 are to be assessed: hidden, and something else in the row with it.
    hidden = [code for code, share in groups["even"]["responses"].items() if share.get("hidden")]
    assert "assessment" in hidden
    assert len(hidden) > 1


def test_quarters_add_up_and_few_are_hidden() -> None:
    rows = drawn_rows(3_000)
    nfa = np.arange(len(rows)) % 400 == 0
    told = by_quarter(rows, nfa, np.full(len(rows), 0.1), by(rows, np.arange(len(rows)) % 5 == 0), seed=1)

    assert sum(int(str(one["n"])) for one in told) == len(rows)
    assert [one["quarter"] for one in told] == ["2024-Q1", "2024-Q2"]
    assert [(one["from"], one["to"]) for one in told] == [("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-05-05")]
    assert all(one["missed"] is None and one["suggested_nfa"] is None for one in told)


def test_a_quarter_shows_what_it_missed_and_how_sure_its_area_is() -> None:
    rows = drawn_rows(3_000)
    need = np.arange(len(rows)) % 5 == 0
    p = np.where(need, 0.4, 0.1)
    nfa = np.arange(len(rows)) % 2 == 0
    first = by_quarter(rows, nfa, p, by(rows, need), seed=1)[0]
    missed, area, counted = first["missed"], first["area"], first["suggested_nfa"]
    assert isinstance(missed, dict)
    assert isinstance(area, dict)
    assert isinstance(counted, dict)

    assert missed["share"] == pytest.approx(0.2, abs=0.01)
    assert missed["interval"][0] < missed["share"] < missed["interval"][1]
    assert area["area"] == 1.0
    assert area["n"] == first["n"]
    assert counted["share"] == pytest.approx(0.5, abs=0.01)


def test_need_that_rises_is_seen_to_drift_and_need_that_stays_is_not() -> None:
    rows = drawn_rows(4_000)
    dice = np.random.default_rng(2)
    years = np.arange(4_000) / (365.25 * 24)
    everybody = np.ones(4_000, dtype=np.bool_)
    risen = drift(rows, everybody, np.full(4_000, 0.1), by(rows, dice.random(4_000) < 0.1 + 0.4 * years))["missed"]
    stayed = drift(rows, everybody, np.full(4_000, 0.1), by(rows, dice.random(4_000) < 0.1))["need_beyond_chance"]

    assert risen["a_year"] == pytest.approx(0.4, abs=0.12)
    assert risen["interval"][0] > 0.0  # type: ignore[index]  # figures are told loosely typed
    assert stayed["interval"][0] < 0.0 < stayed["interval"][1]  # type: ignore[index]  # figures are told loosely typed


def test_a_drift_of_too_few_misses_has_no_interval() -> None:
    rows = drawn_rows(500)
    told = drift(rows, np.arange(500) < 250, np.full(500, 0.1), by(rows, np.arange(500) % 125 == 0))

    assert told["missed"]["interval"] is None
    assert told["suggested_nfa"]["interval"] is not None


def test_what_a_rule_adds_is_what_would_be_lowered_without_it() -> None:
    floor = next(rule for rule in RULEBOOK.rules if rule.effects[0] == Effect(EffectKind.FLOOR, "assessment"))
    hit = RuleHit(floor.id, floor.wording, "a source", "published", floor.effects, ())
    rows = with_findings([found(hit), found(hit), found(hit), found()])
    need = by(rows, [True, False, True, False])
    told = rules_worth(rows, RULEBOOK, scored_as(np.array([0.05, 0.3, 0.7, 0.05])), THRESHOLDS, need)
    lines = told["rules"]
    assert isinstance(lines, list)
    line = next(one for one in lines if one["rule"] == floor.id)

    # The third would be an assessment by its score alone; the first would be closed, in need.
    assert (line["n"], line["lowered_without"], line["in_need_of_these"]) == (3, 2, 1.0)
    assert (line["to_nfa_without"], line["in_need_of_those"]) == (1, 1.0)
    assert all(one["lowered_without"] == 0 for one in lines if one["rule"] != floor.id)
    # Two of three in need when it fires, which from three contacts may be nearly anything; and all of the need.
    assert line["need"]["share"] == pytest.approx(2 / 3)
    assert line["need"]["interval"][0] < 0.1
    assert line["need"]["interval"][1] > 0.99
    assert told["share_of_need_held"] == line["share_of_all_need"] == 1.0


def test_rows_at_places_keep_their_possible_matches(rows: Rows) -> None:
    places = np.arange(len(rows)) % 2 == 1
    half = rows_at(rows, places)

    assert half.references == rows.references[1::2]
    kept = [place for place in rows.possible.tolist() if place % 2]
    assert [half.references[place] for place in half.possible] == [rows.references[place] for place in kept]
    assert len(half.as_possible.findings) == len(half.as_possible.X) == len(kept)


def test_what_came_later_is_judged_by_what_came_before(rows: Rows) -> None:
    told = tried_later(rows, SMALL_FIT)

    assert told["earlier"] == 1_125
    assert told["all_later"]["n"] == 375  # type: ignore[index]  # figures are told loosely typed
    assert 0 < told["new_families"]["n"] < 375  # type: ignore[index]  # figures are told loosely typed
    assert told["trees_chosen_on"] is None
    assert told["all_later"]["nfa"]["n"] == told["all_later"]["suggested_nfa"]  # type: ignore[index]  # figures are told loosely typed
    assert told["later_from"] == (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=1_125)).date().isoformat()


def test_trees_that_a_search_chose_have_seen_the_later_contacts(rows: Rows) -> None:
    assert tried_later(rows, SMALL_FIT, searched=True)["trees_chosen_on"] == "all contacts, the later ones too"


def as_followed(rows: Rows) -> Rows:
    """As they are read from a history."""
    return replace(rows, followed=follow_up.followed(rows.decisions, rows.outcomes))


def test_closed_contacts_that_could_not_be_followed_are_counted() -> None:
    """Two years of contacts, one an hour: those of the last eleven months are not yet known."""
    rows = as_followed(drawn_rows(2 * 8_760))
    closed = np.array([made.closed for made in rows.decisions])
    told = followed(rows)

    assert told["closed"] == closed.sum()
    assert told["last_day"] == "2025-12-31"
    assert not_yet_followed(rows).sum() == told["not_yet"]
    assert np.flatnonzero(not_yet_followed(rows)).min() == pytest.approx(2 * 8_760 - 335 * 24, abs=40)
    assert told["not_yet"] == pytest.approx(closed[-335 * 24 :].sum(), abs=40)


def test_what_came_to_light_later_says_how_far_the_history_goes() -> None:
    rows = drawn_rows(100)
    known = tuple(replace(one, later_on=date(2026, 6, 1)) for one in rows.outcomes[:5])
    told = followed(as_followed(replace(rows, outcomes=known + rows.outcomes[5:])))

    assert (told["last_day"], told["not_yet"]) == ("2026-06-01", 0)


def test_too_little_came_before() -> None:
    told = tried_later(drawn_rows(120), SMALL_FIT)

    assert "contacts were found to need" in str(told["cannot"])


def test_every_response_has_a_letter_of_its_own() -> None:
    assert len(set(CODES.values())) == len(Response)
