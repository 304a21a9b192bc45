"""Every way of altering a stored log that we could think of, many thousand times: none goes unseen.

Each stored column of entries and head has every bit flipped; beyond that, seeded mutations swap, blank, delete, insert,
reorder and forge, up to a log rewritten whole, which only a checkpoint kept elsewhere can show.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from screening.audit.entry import commitment, parse, to_bytes
from screening.audit.merkle import leaf_hash
from screening.audit.verify import StoredEntry, StoredHead, verify
from tests.audit.logs import Log, a_log, an_entry, rebuilt, roots

ENTRY_COLUMNS = ("body", "leaf_hash", "root_after", "salt", "content")
HEAD_COLUMNS = ("root", "frontier")
ROUNDS = 1100
SMALL = 4
STORED = [
    (number, column)
    for number, row in enumerate(a_log(SMALL, seed=8)[0])
    for column in ENTRY_COLUMNS
    if getattr(row, column)
]

Mutation = Callable[[random.Random, list[StoredEntry], StoredHead], Log]


def is_intact(rows: list[StoredEntry], head: StoredHead, expected: dict[int, bytes] | None = None) -> bool:
    return verify(rows, head, lambda _: None, expected).intact


def every_bit_flipped(value: bytes) -> Iterator[bytes]:
    for place in range(len(value)):
        for bit in range(8):
            yield value[:place] + bytes([value[place] ^ 1 << bit]) + value[place + 1 :]


@pytest.mark.parametrize(("number", "column"), STORED)
def test_every_flipped_bit_of_every_stored_column_is_seen(number: int, column: str) -> None:
    rows, head = a_log(SMALL, seed=8)
    for altered in every_bit_flipped(getattr(rows[number], column)):
        row = with_value(rows[number], column, altered)
        assert not is_intact([*rows[:number], row, *rows[number + 1 :]], head)


@pytest.mark.parametrize("column", HEAD_COLUMNS)
def test_every_flipped_bit_of_the_head_is_seen(column: str) -> None:
    rows, head = a_log(11)
    for altered in every_bit_flipped(getattr(head, column)):
        assert not is_intact(rows, with_head_value(head, column, altered))


def with_value(row: StoredEntry, column: str, value: object) -> StoredEntry:
    changes: dict[str, Any] = {column: value}
    return row._replace(**changes)


def with_head_value(head: StoredHead, column: str, value: object) -> StoredHead:
    changes: dict[str, Any] = {column: value}
    return head._replace(**changes)


def some(chance: random.Random, rows: list[StoredEntry]) -> int:
    return chance.randrange(len(rows))


def two(chance: random.Random, rows: list[StoredEntry]) -> tuple[int, int]:
    first, second = chance.sample(range(len(rows)), 2)
    return first, second


def blank_a_value(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    number = some(chance, rows)
    rows[number] = with_value(rows[number], chance.choice(("number", *ENTRY_COLUMNS)), None)
    return rows, head


def blank_a_value_of_the_head(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    return rows, with_head_value(head, chance.choice(("size", *HEAD_COLUMNS)), None)


def overwrite_bytes(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    number, column = some(chance, rows), chance.choice(ENTRY_COLUMNS)
    value = getattr(rows[number], column) or b""
    start = chance.randrange(len(value) + 1)
    altered = value[:start] + chance.randbytes(chance.randrange(1, 9)) + value[start + chance.randrange(9) :]
    rows[number] = with_value(rows[number], column, altered)
    return rows, head


def change_a_number(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    number = some(chance, rows)
    rows[number] = rows[number]._replace(number=chance.randrange(-2, 2 * len(rows)))
    return rows, head


def change_the_size(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    return rows, head._replace(size=chance.randrange(-1, 2 * len(rows)))


def swap_two_rows(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    first, second = two(chance, rows)
    rows[first], rows[second] = rows[second], rows[first]
    return rows, head


def swap_two_rows_and_keep_the_numbers(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    first, second = two(chance, rows)
    rows[first], rows[second] = rows[second]._replace(number=first), rows[first]._replace(number=second)
    return rows, head


def swap_one_column(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    first, second = two(chance, rows)
    column = chance.choice(ENTRY_COLUMNS)
    left, right = getattr(rows[first], column), getattr(rows[second], column)
    rows[first], rows[second] = with_value(rows[first], column, right), with_value(rows[second], column, left)
    return rows, head


def swap_what_lies_beside(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    first, second = two(chance, rows)
    left, right = rows[first], rows[second]
    rows[first] = left._replace(salt=right.salt, content=right.content)
    rows[second] = right._replace(salt=left.salt, content=left.content)
    return rows, head


def delete_one(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    del rows[chance.choice((0, len(rows) // 2, len(rows) - 1))]
    return rows, head


def delete_one_and_close_the_gap(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    del rows[some(chance, rows)]
    return [row._replace(number=number) for number, row in enumerate(rows)], head


def delete_one_and_rebuild_the_head(chance: random.Random, rows: list[StoredEntry], _: StoredHead) -> Log:
    del rows[chance.randrange(len(rows) - 1)]
    return rebuilt_from(rows)


def cut_off_the_end(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    return rows[: some(chance, rows)], head


def repeat_a_row(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    rows.insert(chance.randrange(len(rows) + 1), rows[some(chance, rows)])
    return rows, head


def insert_and_renumber(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    rows.insert(chance.randrange(len(rows) + 1), rows[some(chance, rows)])
    return [row._replace(number=number) for number, row in enumerate(rows)], head


def append_a_row_that_fits(_chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    body = to_bytes(an_entry(len(rows)))
    longer, _ = rebuilt([*(row.body or b"" for row in rows), body], [None] * (len(rows) + 1))
    return [*rows, longer[-1]], head


def shuffle(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    chance.shuffle(rows)
    return rows, head


def forge_an_entry(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    """Bytes, leaf hash, salt and content all fit each other; the roots do not."""
    number = some(chance, rows)
    rows[number] = forged_row(chance, rows[number])
    return rows, head


def forge_an_entry_and_its_root(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    """The roots from the forged entry up to some later one fit as well; the head does not."""
    number = some(chance, rows)
    rows[number] = forged_row(chance, rows[number])
    until = chance.randrange(number, len(rows))
    fitting, _ = rebuilt_from(rows)
    for each in range(number, until + 1):
        rows[each] = rows[each]._replace(root_after=fitting[each].root_after)
    return rows, head


def take_another_logs_row(chance: random.Random, rows: list[StoredEntry], head: StoredHead) -> Log:
    other, _ = a_log(len(rows), seed=chance.randrange(10**6, 10**7))
    number = some(chance, rows)
    rows[number] = other[number]
    return rows, head


def take_another_logs_head(chance: random.Random, rows: list[StoredEntry], _: StoredHead) -> Log:
    return rows, a_log(len(rows) + chance.randrange(3), seed=chance.randrange(10**6, 10**7))[1]


def rebuilt_from(rows: list[StoredEntry]) -> Log:
    """Return the log with every hash and the head made to fit the bytes of `rows`, as a thorough forger would."""
    beside = [None if row.salt is None or row.content is None else (row.salt, row.content) for row in rows]
    return rebuilt([row.body or b"" for row in rows], beside)


def forged_row(chance: random.Random, row: StoredEntry) -> StoredEntry:
    salt, content = chance.randbytes(32), b"NO FURTHER ACTION"
    entry = parse(row.body or b"")
    body = to_bytes(replace(entry, actor="somebody-else", commitment=commitment(salt, content)))
    return row._replace(body=body, leaf_hash=leaf_hash(body), salt=salt, content=content)


MUTATIONS: tuple[Mutation, ...] = (
    blank_a_value,
    blank_a_value_of_the_head,
    overwrite_bytes,
    change_a_number,
    change_the_size,
    swap_two_rows,
    swap_two_rows_and_keep_the_numbers,
    swap_one_column,
    swap_what_lies_beside,
    delete_one,
    delete_one_and_close_the_gap,
    delete_one_and_rebuild_the_head,
    cut_off_the_end,
    repeat_a_row,
    insert_and_renumber,
    append_a_row_that_fits,
    shuffle,
    forge_an_entry,
    forge_an_entry_and_its_root,
    take_another_logs_row,
    take_another_logs_head,
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: str(mutation.__name__))
def test_no_mutation_goes_unseen(mutation: Mutation) -> None:
    chance = random.Random(mutation.__name__)
    tried = 0
    while tried < ROUNDS:
        seed = chance.randrange(40)
        rows, head = clean(2 + seed % 15, seed)
        altered, altered_head = mutation(chance, list(rows), head)
        if (altered, altered_head) == (rows, head):
            continue
        tried += 1
        assert not is_intact(altered, altered_head), (mutation.__name__, seed)


def test_a_log_rewritten_whole_is_seen_by_whoever_kept_a_checkpoint() -> None:
    chance = random.Random(5)
    for seed in range(500):
        rows, head = a_log(2 + seed % 15, seed)
        number = some(chance, rows)
        forged = [*rows[:number], forged_row(chance, rows[number]), *rows[number + 1 :]]
        rewritten, new_head = rebuilt_from(forged)
        kept = chance.randrange(number + 1, len(rows) + 1)

        assert is_intact(rewritten, new_head)
        assert not is_intact(rewritten, new_head, {kept: roots(rows)[kept]})
        assert is_intact(rows, head, {kept: roots(rows)[kept]})


def test_a_log_and_head_brought_back_from_yesterday_are_seen_by_whoever_kept_a_checkpoint() -> None:
    rows, _ = a_log(20)
    for size in range(1, 20):
        yesterday, head = rebuilt_from(rows[:size])
        assert is_intact(yesterday, head)
        assert not is_intact(yesterday, head, {20: roots(rows)[20]})


def test_the_mutations_are_many_enough() -> None:
    rows, _ = a_log(SMALL, seed=8)
    bits = 8 * sum(len(getattr(rows[number], column)) for number, column in STORED)

    assert {column for _, column in STORED} == set(ENTRY_COLUMNS)
    assert ROUNDS * len(MUTATIONS) >= 20_000
    assert bits > 10_000


_clean: dict[tuple[int, int], Log] = {}


def clean(size: int, seed: int) -> Log:
    """Return a clean log, made once: thousands of mutations start from the same few."""
    if (size, seed) not in _clean:
        _clean[size, seed] = a_log(size, seed)
    return _clean[size, seed]
