"""Outcomes that are hardly what they are called: filled in, copied, cut off, not joined."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response
from tests.training.drawn_rows import drawn_rows
from training.check.doubts import doubtful
from training.history.extract import Extract, Outcome
from training.history.rows import Rows

ROWS = drawn_rows(1_500)


def codes(rows: Rows, **files: object) -> dict[str, bool]:
    """What is found, and whether it refuses."""
    outcomes = dict(zip(rows.references, rows.outcomes, strict=True))
    extract = replace(Extract(Path("history"), {}, outcomes, None), **files)  # type: ignore[arg-type]  # fields by name
    return {one.code: one.refuses for one in doubtful(extract, rows)}


def with_outcomes(become: Callable[[int, bool, Outcome], Outcome]) -> Rows:
    both = zip(ROWS.decisions, ROWS.outcomes, strict=True)
    return replace(ROWS, outcomes=tuple(become(n, made.closed, one) for n, (made, one) in enumerate(both)))


def test_a_history_as_it_should_be_is_not_doubted() -> None:
    assert codes(ROWS) == {}


def test_second_looks_filled_in_for_everybody_are_refused() -> None:
    """As an export does that writes its default where nobody looked."""
    nothing = Response.NO_FURTHER_ACTION
    filled = with_outcomes(lambda _, closed, one: replace(one, recheck=one.recheck or nothing) if closed else one)
    looked = with_outcomes(
        lambda _, closed, one: (
            replace(one, recheck=one.recheck or nothing, recheck_on=date(2025, 1, 1)) if closed else one
        )
    )

    assert codes(filled) == {"second_looks_filled_in": True}
    assert codes(looked) == {}


def test_second_looks_that_say_what_came_to_light_anyway_are_refused() -> None:
    copied = with_outcomes(lambda _, __, one: replace(one, recheck=one.later) if one.recheck else one)

    assert codes(copied) == {"second_looks_copied": True}


def test_findings_that_follow_the_decision_are_refused() -> None:
    """Closed or assessed alone cannot follow; where early help is decided too, findings can be copied from it."""
    early = with_outcomes(lambda n, closed, one: one if closed else replace(one, finding=_copied(n)))
    decided = replace(
        early,
        decisions=tuple(
            made if made.closed else replace(made, code=_decided(n)) for n, made in enumerate(early.decisions)
        ),
    )

    assert codes(decided) == {"finding_follows_decision": True}


def _copied(number: int) -> Response:
    return Response.EARLY_HELP if number % 3 else Response.ASSESSMENT


def _decided(number: int) -> DecisionCode:
    return DecisionCode.EARLY_HELP if number % 3 else DecisionCode.ASSESSMENT


def test_closed_contacts_without_a_row_of_outcomes_are_noted() -> None:
    half = dict(list(zip(ROWS.references, ROWS.outcomes, strict=True))[::2])

    assert codes(ROWS, outcomes=half) == {"no_outcome_row": False}


def test_contacts_without_a_decision_are_noted_where_they_are_many() -> None:
    assert codes(replace(ROWS, undecided=150)) == {}
    assert codes(replace(ROWS, undecided=400)) == {"no_decision": False}


def test_needs_that_stop_coming_to_light_before_the_decisions_do_are_noted() -> None:
    stopped = with_outcomes(lambda _, __, one: replace(one, later_on=date(2023, 6, 1)) if one.later else one)

    assert codes(stopped) == {"later_need_stops": False}


def test_a_care_register_without_a_row_is_noted() -> None:
    assert codes(ROWS, register=()) == {"register_empty": False}


@pytest.mark.parametrize("share", [0.97, 1.0])
def test_findings_that_differ_now_and_then_are_taken(share: float) -> None:
    differs = with_outcomes(
        lambda n, closed, one: (
            one if closed else replace(one, finding=_copied(n) if n % 100 < 100 * share else _copied(n + 1))
        )
    )
    decided = replace(
        differs,
        decisions=tuple(
            made if made.closed else replace(made, code=_decided(n)) for n, made in enumerate(differs.decisions)
        ),
    )

    assert ("finding_follows_decision" in codes(decided)) == (share == 1.0)
