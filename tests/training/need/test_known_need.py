"""What is known of a need, contact by contact: what counts where, and that nothing that came later is left out."""

from dataclasses import replace

import numpy as np
import pytest

from screening.domain.suggestion import Response
from tests.training.drawn_rows import drawn_rows
from training.history.extract import Outcome
from training.need.known_need import judge, known_of

NFA, EARLY_HELP, ASSESSMENT = Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT
ROWS = drawn_rows(60)
CLOSED = next(place for place, made in enumerate(ROWS.decisions) if made.closed)
WORKED = next(place for place, made in enumerate(ROWS.decisions) if not made.closed)


@pytest.mark.parametrize(
    ("place", "outcome", "looked", "found", "later"),
    [
        (WORKED, Outcome(finding=ASSESSMENT), True, True, False),
        (WORKED, Outcome(finding=EARLY_HELP), True, False, False),
        (WORKED, Outcome(finding=EARLY_HELP, later=ASSESSMENT), True, True, False),
        (WORKED, Outcome(finding=ASSESSMENT, later=EARLY_HELP), True, True, False),
        (WORKED, Outcome(later=ASSESSMENT), False, False, False),
        (WORKED, Outcome(recheck=ASSESSMENT), False, False, False),
        (CLOSED, Outcome(), False, False, False),
        (CLOSED, Outcome(later=ASSESSMENT), False, False, True),
        (CLOSED, Outcome(later=EARLY_HELP), False, False, False),
        (CLOSED, Outcome(recheck=ASSESSMENT), True, True, False),
        (CLOSED, Outcome(recheck=NFA, later=ASSESSMENT), True, False, True),
        (CLOSED, Outcome(finding=ASSESSMENT), False, False, False),
    ],
)
def test_what_counts_of_an_outcome(place: int, outcome: Outcome, looked: bool, found: bool, later: bool) -> None:
    outcomes = list(ROWS.outcomes)
    outcomes[place] = outcome

    known = known_of(replace(ROWS, outcomes=tuple(outcomes)), ASSESSMENT)

    assert (known.looked[place], known.found[place], known.later[place]) == (looked, found, later)
    assert known.closed[place] == (place == CLOSED)
    assert np.isin(place, np.flatnonzero(known.usable)) == (place == CLOSED or looked)


def test_what_cannot_have_come_to_light_yet_is_between_no_and_yes() -> None:
    """Closed too late to be followed: what is known of them already counts, and nothing known is not none."""
    rows = drawn_rows(600)
    late = np.arange(600) >= 400
    known = known_of(replace(rows, followed=~late), ASSESSMENT)

    assert (known.waiting == (known.closed & late)).all()
    assert (known.later & late).any()
    assert (known.may_come == (known.closed & late & ~known.later)).all()


def test_where_nobody_was_followed_closed_contacts_go_by_the_second_looks_alone() -> None:
    rows = drawn_rows(3_000)
    outcomes = tuple(replace(outcome, later=None) for outcome in rows.outcomes)
    nobody = replace(rows, outcomes=outcomes, followed=np.zeros(3_000, dtype=np.bool_))
    known = known_of(nobody, ASSESSMENT)
    judged = judge(known, np.zeros(3_000))

    again = known.found[known.looked_again].mean()
    assert judged.fair
    assert judged.need[known.out_of_sight].mean() == pytest.approx(again, abs=0.01)
