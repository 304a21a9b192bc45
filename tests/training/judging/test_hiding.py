"""What is hidden cannot be found out: not from a whole, from what is left of it, from a table, nor from two tables."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.suggestion import Response
from training.judging.hiding import (
    LEAST,
    hidden_in_table,
    hidden_responses,
    hidden_with_complement,
    hidden_with_second,
)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts: list[int]) -> None:
    hide = hidden_with_second(counts)
    hidden = [count for count, hidden_ in zip(counts, hide, strict=True) if hidden_]

    assert all(hide[place] for place, count in enumerate(counts) if 0 < count < LEAST)
    if hidden:
        assert (len(hidden) > 1 and sum(hidden) >= LEAST) or len(hidden) == sum(count > 0 for count in counts)
    if not any(0 < count < LEAST for count in counts):
        assert not hidden


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=7))
def test_what_is_left_of_a_whole_is_hidden_as_well(groups: list[tuple[int, int]]) -> None:
    parts, left = zip(*groups, strict=True)
    hide = hidden_with_complement(parts, [part + rest for part, rest in groups])

    for counts in (parts, left):
        hidden = [count for count, hidden_ in zip(counts, hide, strict=True) if hidden_]
        assert all(hide[place] for place, count in enumerate(counts) if 0 < count < LEAST)
        # What is hidden can be worked out together only, and then it is of enough, or of everybody.
        assert not 0 < sum(hidden) < LEAST or all(hide[place] for place, count in enumerate(counts) if count)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 1_000))
def test_no_row_and_no_column_of_a_table_tells_what_is_hidden(rows: int, columns: int, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(0, 40, size=(rows, columns))
    hide = hidden_in_table(counts, np.zeros(counts.shape, dtype=np.bool_))

    assert hide[(counts > 0) & (counts < LEAST)].all()
    for line, hidden in [*zip(counts, hide, strict=True), *zip(counts.T, hide.T, strict=True)]:
        if hidden.any():
            enough = hidden.sum() > 1 and line[hidden].sum() >= LEAST
            assert enough or hidden[line > 0].all()


@given(st.integers(0, 2_000))
def test_what_one_table_hides_of_nfa_the_other_does_not_tell(seed: int) -> None:
    """Shares suggested for NFA stand beside all other responses, and again as what was closed and what was not."""
    dice = np.random.default_rng(seed)
    sizes = dice.integers(5, 60, size=5)
    group = np.repeat(np.arange(5), sizes)
    suggested = dice.choice(4, p=[0.3, 0.4, 0.1, 0.2], size=len(group))
    responses = {one: suggested == place for place, one in enumerate(Response)}
    hide = hidden_responses(group, 5, responses)
    nfa = list(Response).index(Response.NO_FURTHER_ACTION)
    counts = np.array([np.bincount(group, weights=who, minlength=5) for who in responses.values()]).T

    closed = counts[:, nfa].astype(int)
    assert hide[:, nfa][hidden_with_complement(closed.tolist(), sizes.tolist())].all()
    for line, hidden in [*zip(counts, hide, strict=True), *zip(counts.T, hide.T, strict=True)]:
        if hidden.any():
            enough = hidden.sum() > 1 and line[hidden].sum() >= LEAST
            assert enough or hidden[line > 0].all()
