"""What the verifier says of a log: which entry is wrong, and what is wrong with it."""

import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import screening.audit
from screening.audit.entry import commitment, to_bytes
from screening.audit.merkle import EMPTY_ROOT, Frontier, leaf_hash
from screening.audit.verify import MOST_FINDINGS, PROGRESS_EVERY, Fault, StoredEntry, StoredHead, Verdict, verify
from tests.audit.logs import Log, a_log, an_entry, rebuilt, roots

SIZE = 13
COLUMNS = ("body", "leaf_hash", "root_after", "salt", "content")


def judged(log: Log, expected: dict[int, bytes] | None = None) -> Verdict:
    return verify(log[0], log[1], lambda _: None, expected)


def found(verdict: Verdict) -> list[tuple[int | None, Fault]]:
    return [(finding.number, finding.fault) for finding in verdict.findings]


def with_row(number: int, /, **changes: Any) -> Log:
    rows, head = a_log(SIZE)
    rows[number] = rows[number]._replace(**changes)
    return rows, head


def flipped(value: bytes | None) -> bytes:
    assert value
    return bytes([value[0] ^ 1]) + value[1:]


def forged(number: int) -> bytes:
    return to_bytes(replace(an_entry(number, "f" * 64), subject="forged"))


def test_clean_logs_are_intact_a_thousand_times() -> None:
    for seed in range(1000):
        rows, head = a_log(1 + seed % 37, seed)
        verdict = judged((rows, head), roots(rows) | {0: EMPTY_ROOT})
        assert verdict == Verdict(intact=True, checked=len(rows), findings=(), found=0, root=head.root or b"")


@pytest.mark.parametrize("number", range(SIZE))
def test_one_altered_column_is_named_with_its_entry(number: int) -> None:
    rows, _ = a_log(SIZE)
    faults = {
        "body": Fault.BYTES_ALTERED,
        "leaf_hash": Fault.LEAF_HASH_ALTERED,
        "root_after": Fault.ROOT_ALTERED,
        "salt": Fault.CONTENT_ALTERED,
    }
    for column, fault in faults.items():
        value = getattr(rows[number], column)
        if value is not None:
            assert found(judged(with_row(number, **{column: flipped(value)}))) == [(number, fault)]
            assert judged(with_row(number, **{column: None})).first_wrong == number


@pytest.mark.parametrize("number", range(1, SIZE))
def test_an_entry_replaced_with_its_leaf_hash_is_named(number: int) -> None:
    body = forged(number)
    verdict = judged(with_row(number, body=body, leaf_hash=leaf_hash(body)))

    assert (number, Fault.ENTRY_REPLACED) in found(verdict)
    assert verdict.first_wrong == number


def test_an_entry_replaced_with_its_leaf_hash_and_root_is_named_by_the_next_root_that_disagrees() -> None:
    rows, head = a_log(SIZE)
    body = to_bytes(replace(an_entry(7), subject="forged"))
    root = Frontier.from_bytes(_frontier_of(rows, 7)).append(leaf_hash(body)).root()
    rows[7] = StoredEntry(7, body, leaf_hash(body), root, None, None)

    assert found(judged((rows, head))) == [(8, Fault.ENTRY_REPLACED)]


def test_altered_bytes_and_root_are_one_entry_and_the_rest_is_still_checked() -> None:
    rows, head = with_row(4, body=forged(4), root_after=bytes(32))
    rows[9] = rows[9]._replace(content=b"another")
    verdict = judged((rows, head))

    assert found(verdict) == [(4, Fault.BYTES_ALTERED), (4, Fault.ROOT_ALTERED), (9, Fault.CONTENT_ALTERED)]
    assert verdict.findings[0].text == "the bytes of entry 4 were altered, or its leaf hash was; no root tells which"


def test_a_checkpoint_tells_altered_bytes_from_an_altered_leaf_hash_where_the_root_was_altered_too() -> None:
    clean, _ = a_log(SIZE)
    verdict = judged(with_row(4, body=forged(4), root_after=bytes(32)), {5: roots(clean)[5]})

    assert found(verdict) == [(4, Fault.BYTES_ALTERED), (4, Fault.ROOT_ALTERED)]
    assert verdict.findings[0].text == "the bytes of entry 4 were altered"


def test_a_row_without_bytes_and_leaf_hash_ends_what_roots_can_tell() -> None:
    rows, head = with_row(4, body=None, leaf_hash=None)
    rows[9] = rows[9]._replace(content=b"another")
    verdict = judged((rows, head))

    assert found(verdict) == [(4, Fault.BYTES_ALTERED), (9, Fault.CONTENT_ALTERED)]
    assert verdict.findings[0].text == "the bytes of entry 4 are missing"


def test_what_comes_after_a_missing_entry_is_still_held_against_its_own_hash() -> None:
    rows, head = a_log(SIZE)
    rows[9] = rows[9]._replace(body=forged(9))
    rows[10] = rows[10]._replace(leaf_hash=bytes(32))
    del rows[3]
    verdict = judged((rows, head))

    assert found(verdict) == [(3, Fault.ENTRIES_MISSING), (9, Fault.BYTES_ALTERED), (10, Fault.BYTES_ALTERED)]
    assert verdict.root == rows[2].root_after


def test_altered_bytes_far_beyond_a_missing_entry_are_a_finding_and_not_an_error() -> None:
    rows, head = a_log(40)
    rows[31] = rows[31]._replace(body=forged(31))
    del rows[1]

    assert found(judged((rows, head))) == [(1, Fault.ENTRIES_MISSING), (31, Fault.BYTES_ALTERED)]


def test_findings_come_in_the_order_of_the_entries() -> None:
    rows, head = a_log(SIZE)
    rows[5] = rows[5]._replace(content=b"another")
    rows.insert(8, rows[2])

    assert found(judged((rows, head))) == [(2, Fault.NUMBER_WRONG), (5, Fault.CONTENT_ALTERED)]


@pytest.mark.parametrize(
    ("number", "old", "new", "text"),
    [
        (5, b"contact_screened", b"log_opened", "entry 5 opens a log that is open"),
        (0, b"log_opened", b"contact_screened", "entry 0 does not open the log"),
        (5, b'"number":5', b'"number":6', "entry 5 calls itself entry 6"),
        (5, b"made-up-borough", b"another-borough", "entry 5 is of another log"),
        (5, b'"version":1', b'"version":9', "the bytes of entry 5 are not an entry"),
    ],
)
def test_an_entry_that_does_not_belong_where_it_stands_is_named_in_words(
    number: int, old: bytes, new: bytes, text: str
) -> None:
    bodies = [to_bytes(an_entry(each)) for each in range(SIZE)]
    bodies[number] = bodies[number].replace(old, new)

    assert [finding.text for finding in judged(rebuilt(bodies, [None] * SIZE)).findings] == [text]


def test_stored_roots_altered_in_a_row_are_told_from_altered_entries() -> None:
    rows, head = a_log(SIZE)
    for number in (4, 5, 6):
        rows[number] = rows[number]._replace(root_after=bytes(32))
    verdict = judged((rows, head))

    assert found(verdict) == [(4, Fault.ROOT_ALTERED)]
    assert verdict.findings[0].text == "the roots stored after entries 4 to 6 were altered; later roots agree"


def test_the_head_tells_altered_last_roots_from_altered_entries() -> None:
    rows, head = a_log(SIZE)
    for number in (SIZE - 2, SIZE - 1):
        rows[number] = rows[number]._replace(root_after=bytes(32))

    assert [finding.text for finding in judged((rows, head)).findings] == [
        "the roots stored after entries 11 to 12 were altered; later roots agree"
    ]
    assert [finding.text for finding in judged(with_row(SIZE - 1, root_after=None)).findings] == [
        "the root stored after entry 12 was altered; later roots agree"
    ]


def test_a_checkpoint_tells_an_altered_root_from_an_altered_last_entry() -> None:
    clean, _ = a_log(SIZE)
    altered_root = with_row(SIZE - 1, root_after=bytes(32))
    altered_root = altered_root[0], altered_root[1]._replace(root=bytes(32))

    assert found(judged(altered_root)) == [(SIZE - 1, Fault.ENTRY_REPLACED)]
    assert found(judged(altered_root, roots(clean))) == [(SIZE - 1, Fault.ROOT_ALTERED), (None, Fault.HEAD_DISAGREES)]


@pytest.mark.parametrize("number", [0, 5, SIZE - 1])
def test_a_missing_entry_is_named(number: int) -> None:
    rows, head = a_log(SIZE)
    del rows[number]
    verdict = judged((rows, head))

    assert verdict.first_wrong == number
    assert verdict.checked == SIZE - 1


def test_several_missing_entries_are_named_together() -> None:
    rows, head = a_log(SIZE)
    del rows[3:7]

    assert [finding.text for finding in judged((rows, head)).findings] == [
        "entries 3 to 6 are missing; later roots cannot be checked"
    ]


def test_one_missing_entry_is_named_alone() -> None:
    rows, head = a_log(SIZE)
    del rows[3]

    assert [finding.text for finding in judged((rows, head)).findings] == [
        "entry 3 is missing; later roots cannot be checked"
    ]


def test_a_log_cut_off_at_its_end_disagrees_with_its_head() -> None:
    rows, head = a_log(SIZE)
    verdict = judged((rows[:9], head))

    assert found(verdict) == [(9, Fault.HEAD_DISAGREES)]
    assert verdict.findings[0].text == "the head speaks of 13 entries; 9 are there"


def test_a_log_cut_off_with_its_head_disagrees_with_a_checkpoint_kept_elsewhere() -> None:
    rows, _ = a_log(SIZE)
    shorter = a_log(9)

    assert judged(shorter).intact
    assert found(judged(shorter, {SIZE: roots(rows)[SIZE]})) == [(9, Fault.CHECKPOINT_DISAGREES)]


def test_a_log_rewritten_whole_disagrees_with_a_checkpoint_kept_elsewhere() -> None:
    rows, _ = a_log(SIZE)
    bodies = [row.body or b"" for row in rows]
    bodies[7] = to_bytes(replace(an_entry(7), subject="forged"))
    beside = [None if row.salt is None or row.content is None else (row.salt, row.content) for row in rows]
    rewritten = rebuilt(bodies, beside)
    kept = roots(rows)
    verdict = judged(rewritten, {5: kept[5], 10: kept[10], SIZE: kept[SIZE]})

    assert judged(rewritten).intact
    assert found(verdict) == [(None, Fault.CHECKPOINT_DISAGREES)]
    assert verdict.findings[0].text == "the checkpoint signed over 10 entries has another root; one last agreed over 5"


def test_a_row_put_in_between_is_named() -> None:
    rows, head = a_log(SIZE)
    rows.insert(6, rows[2])

    assert [finding.text for finding in judged((rows, head)).findings] == [
        "entry 2 stands twice or too late: it comes after entry 5"
    ]
    assert judged((rows, head)).findings[0].fault is Fault.NUMBER_WRONG


def test_a_row_added_at_the_end_is_named() -> None:
    rows, _ = a_log(SIZE + 1)

    assert judged((rows, a_log(SIZE)[1])).first_wrong == SIZE


def test_a_row_without_a_number_is_named_by_its_place() -> None:
    assert found(judged(with_row(6, number=None))) == [(6, Fault.NUMBER_WRONG), (6, Fault.ENTRIES_MISSING)]


def test_two_entries_that_changed_places_are_both_named() -> None:
    rows, head = a_log(SIZE)
    rows[4], rows[6] = rows[6]._replace(number=4), rows[4]._replace(number=6)
    verdict = judged((rows, head))

    assert {(4, Fault.ENTRY_REPLACED), (4, Fault.FIELDS_DISAGREE), (6, Fault.FIELDS_DISAGREE)} <= set(found(verdict))


def test_content_without_its_salt_and_content_taken_away_are_told_apart() -> None:
    assert found(judged(with_row(6, salt=None))) == [(6, Fault.CONTENT_ALTERED)]
    assert found(judged(with_row(6, content=None))) == [(6, Fault.CONTENT_MISSING)]
    assert found(judged(with_row(6, salt=None, content=None))) == [(6, Fault.CONTENT_MISSING)]


def test_content_put_beside_an_entry_that_commits_to_none_is_named() -> None:
    assert found(judged(with_row(7, content=b"planted"))) == [(7, Fault.CONTENT_ALTERED)]
    assert found(judged(with_row(7, salt=bytes(32)))) == [(7, Fault.CONTENT_ALTERED)]


@pytest.mark.parametrize(
    ("number", "body"),
    [
        (5, b"not an entry"),
        (5, to_bytes(an_entry(6))),
        (5, to_bytes(replace(an_entry(5), log_id="another.invalid/log"))),
        (5, to_bytes(an_entry(0))),
        (0, to_bytes(an_entry(1))),
    ],
)
def test_a_row_whose_bytes_do_not_say_what_stands_there_is_named_though_every_hash_fits(
    number: int, body: bytes
) -> None:
    bodies = [to_bytes(an_entry(each)) for each in range(SIZE)]
    bodies[number] = body
    verdict = judged(rebuilt(bodies, [None] * SIZE))

    assert verdict.first_wrong == number
    assert {finding.fault for finding in verdict.findings} == {Fault.FIELDS_DISAGREE}


@pytest.mark.parametrize(
    "changes",
    [
        {"root": bytes(32)},
        {"root": None},
        {"frontier": None},
        {"frontier": b""},
        {"size": None},
        {"size": 12},
        {"size": 14},
    ],
)
def test_an_altered_head_is_found(changes: dict[str, Any]) -> None:
    rows, head = a_log(SIZE)

    assert {fault for _, fault in found(judged((rows, head._replace(**changes))))} == {Fault.HEAD_DISAGREES}


def test_a_head_of_no_possible_size_puts_every_entry_in_doubt() -> None:
    rows, head = a_log(SIZE)

    assert found(judged((rows, head._replace(size=-5)))) == [(0, Fault.HEAD_DISAGREES)]


def test_a_log_without_any_entry_is_not_intact() -> None:
    verdict = judged(([], StoredHead(0, EMPTY_ROOT, Frontier().to_bytes())))

    assert found(verdict) == [(None, Fault.ENTRIES_MISSING)]


def test_a_checkpoint_over_nothing_has_the_empty_root() -> None:
    assert judged(a_log(3), {0: EMPTY_ROOT}).intact
    assert [finding.text for finding in judged(a_log(3), {0: bytes(32), 2: bytes(32)}).findings] == [
        "the checkpoint signed over 0 entries has another root; one last agreed over 0"
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_values_of_another_type_are_findings_and_not_errors(column: str) -> None:
    for stray in ("text", 5, 1.5, b""):
        verdict = judged(with_row(6, **{column: stray}))
        assert verdict.first_wrong == 6


def test_findings_are_counted_beyond_those_that_are_listed() -> None:
    rows, head = a_log(3 * MOST_FINDINGS)
    without_content = [row._replace(content=None) if row.salt else row for row in rows]
    verdict = judged((without_content, head))

    assert len(verdict.findings) == MOST_FINDINGS
    assert verdict.found == 2 * MOST_FINDINGS
    assert not verdict.intact


@pytest.mark.parametrize("before", [MOST_FINDINGS - 1, MOST_FINDINGS, MOST_FINDINGS + 1])
def test_suspicion_that_falls_on_a_root_when_the_list_is_full_does_no_harm(before: int) -> None:
    rows, head = a_log(3 * MOST_FINDINGS)
    with_content = [number for number, row in enumerate(rows) if row.salt]
    for number in with_content[:before]:
        rows[number] = rows[number]._replace(content=None)
    rows[250] = rows[250]._replace(root_after=None)
    verdict = judged((rows, head))

    assert verdict.found == before + 1
    assert ((250, Fault.ROOT_ALTERED) in found(verdict)) is (before < MOST_FINDINGS)
    assert (0, Fault.CONTENT_MISSING) in found(verdict)


def test_progress_is_told_on_the_way_and_at_the_end() -> None:
    told: list[int] = []
    rows, head = a_log(PROGRESS_EVERY + 3)

    assert verify(rows, head, told.append).intact
    assert told == [PROGRESS_EVERY, PROGRESS_EVERY + 3]


def test_memory_does_not_grow_with_the_log() -> None:
    def rows(count: int) -> Iterator[StoredEntry]:
        frontier = Frontier()
        for number in range(count):
            salt, content = bytes(32), bytes(2000)
            body = to_bytes(an_entry(number, commitment(salt, content)))
            frontier = frontier.append(leaf_hash(body))
            heads[count] = StoredHead(frontier.size, frontier.root(), frontier.to_bytes())
            yield StoredEntry(number, body, leaf_hash(body), frontier.root(), salt, content)

    heads: dict[int, StoredHead] = {}
    peaks = []
    for count in (500, 4000):
        tracemalloc.start()
        verdict = verify(rows(count), StoredHead(count, None, None), lambda _: None)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert verdict.root == heads[count].root

    assert peaks[1] < peaks[0] + 20_000


def test_the_verifier_runs_alone_without_any_installed_package(tmp_path: Path) -> None:
    room = tmp_path / "screening" / "audit"
    room.mkdir(parents=True)
    for name in ("canonical", "entry", "merkle", "verdict", "verify"):
        shutil.copy(Path(screening.audit.__file__).with_name(f"{name}.py"), room)
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from screening.audit.verify import StoredHead, verify\n"
        "print(verify([], StoredHead(0, bytes(32), None), lambda _: None).intact)"
    )

    # -I: nothing from the environment; -S: no installed packages.
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == "False\n"


def _frontier_of(rows: list[StoredEntry], size: int) -> bytes:
    frontier = Frontier()
    for row in rows[:size]:
        frontier = frontier.append(row.leaf_hash or b"")
    return frontier.to_bytes()
