"""One writer at a time: what is acknowledged is kept, what fails leaves nothing, nobody waits for ever."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest

from screening.audit.entry import Event
from screening.domain.errors import ReferenceTaken, StoreBusy
from screening.journey.ports import Unit
from screening.journey.records import Receipt
from screening.store.faults import StatementRefused
from screening.store.store import SqlStore
from screening.store.verify import verify_log
from screening.store.writer import ACTS_IN_A_BATCH
from tests.stores import AT, a_new_contact, take, taking


def look_in(unit: Unit) -> int:
    """An act that leaves an entry."""
    return unit.log(Event.CONTACT_VIEWED, at=AT, actor="person-a", subject="rcp_A")


def all_at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Start every act at the same moment, each in a thread of its own; gives values and exceptions in order."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except Exception as fault:  # noqa: BLE001 - the test looks at whatever it was
            return fault

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@contextmanager
def the_writer_kept_waiting(store: SqlStore) -> Iterator[None]:
    """While this lasts the writer is in the middle of somebody's act, so that everybody else queues up."""
    begun, end = threading.Event(), threading.Event()

    def hold(unit: Unit) -> None:
        look_in(unit)
        begun.set()
        end.wait(30)

    holder = threading.Thread(target=store.write, args=(hold,))
    holder.start()
    begun.wait(30)
    try:
        yield
    finally:
        end.set()
        holder.join()


def is_whole(url: str) -> bool:
    return verify_log(url, lambda _done, _of: None).intact


def size(store: SqlStore) -> int:
    with store.read() as look:
        return look.head().size


def test_a_write_gives_the_acts_value_and_can_be_read_at_once(store: SqlStore) -> None:
    receipt = store.write(taking("A"))

    with store.read() as look:
        found = look.contact("rcp_A")
    assert found is not None
    assert found.receipt == receipt
    assert receipt.log_entry == 1


def test_a_hundred_at_once_of_one_contact_make_one(store: SqlStore, url: str) -> None:
    receipts = all_at_once([lambda: store.write(taking("A"))] * 100)

    assert len(set(receipts)) == 1
    assert isinstance(receipts[0], Receipt)
    assert size(store) == 2
    assert is_whole(url)


def test_a_hundred_different_ones_at_once_are_all_kept_under_contiguous_numbers(store: SqlStore, url: str) -> None:
    receipts = all_at_once([partial(store.write, taking(f"R{number}")) for number in range(100)])

    assert sorted(receipt.log_entry for receipt in receipts if isinstance(receipt, Receipt)) == list(range(1, 101))
    assert is_whole(url)


def test_an_act_that_raises_leaves_nothing_and_its_neighbours_are_kept(store: SqlStore, url: str) -> None:
    def fail(unit: Unit) -> None:
        take(unit, a_new_contact("BAD"))
        look_in(unit)
        raise ReferenceTaken

    acts = [taking("A"), fail, taking("B"), fail, taking("C")]
    with ThreadPoolExecutor(len(acts)) as pool:
        with the_writer_kept_waiting(store):
            waiting = []
            for act in acts:
                waiting.append(pool.submit(store.write, act))
                time.sleep(0.05)
        outcomes = [done.exception() or done.result() for done in waiting]

    assert [type(outcome) for outcome in outcomes] == [Receipt, ReferenceTaken, Receipt, ReferenceTaken, Receipt]
    assert [o.log_entry for o in outcomes if isinstance(o, Receipt)] == [2, 3, 4]
    with store.read() as look:
        assert look.contact("rcp_BAD") is None
        assert look.head().size == 5
    assert is_whole(url)


def test_an_act_alone_that_raises_leaves_nothing(store: SqlStore, url: str) -> None:
    def fail(unit: Unit) -> None:
        look_in(unit)
        raise KeyError("any error at all")

    with pytest.raises(KeyError):
        store.write(fail)

    assert size(store) == 1
    assert store.write(look_in) == 1
    assert is_whole(url)


def test_a_statement_that_the_database_refuses_is_its_acts_own_fault(store: SqlStore, url: str) -> None:
    def add_twice(unit: Unit) -> None:
        receipt = take(unit, a_new_contact("A"))
        unit.add_contact(a_new_contact("A", receipt=receipt))

    with pytest.raises(StatementRefused):
        store.write(add_twice)

    store.write(taking("B"))
    assert is_whole(url)


def test_what_was_logged_before_a_refused_statement_is_not_in_the_tree(store: SqlStore, url: str) -> None:
    def log_then_break(unit: Unit) -> None:
        look_in(unit)
        unit.log(Event.CONTACT_VIEWED, at=AT, actor="a name with spaces")

    with pytest.raises(ValueError, match="opaque id"):
        store.write(log_then_break)

    assert store.write(look_in) == 1
    assert is_whole(url)


def test_more_acts_than_one_batch_holds_are_all_answered(store: SqlStore, url: str) -> None:
    many = ACTS_IN_A_BATCH * 3 + 1
    with ThreadPoolExecutor(many) as pool:
        with the_writer_kept_waiting(store):
            waiting = [pool.submit(store.write, look_in) for _ in range(many)]
        numbers = sorted(done.result() for done in waiting)

    assert numbers == list(range(2, many + 2))
    assert is_whole(url)


def test_who_waits_too_long_is_told_and_their_act_is_never_begun(url: str) -> None:
    begun: list[str] = []

    with SqlStore(url, patience_seconds=0.2) as store:
        with the_writer_kept_waiting(store), pytest.raises(StoreBusy):
            store.write(lambda _unit: begun.append("too late"))
        store.write(look_in)

    assert begun == []


def test_whoever_cannot_write_is_not_ready_and_is_again_afterwards(store: SqlStore) -> None:
    assert store.can_write()

    with the_writer_kept_waiting(store):
        before = time.monotonic()
        assert not store.can_write()
        assert time.monotonic() - before < 2

    assert store.can_write()
    assert size(store) == 2


def test_seeing_whether_one_can_write_writes_nothing(store: SqlStore, url: str) -> None:
    store.write(look_in)
    for _ in range(3):
        assert store.can_write()

    assert size(store) == 2
    assert is_whole(url)


def test_a_closed_store_is_busy_and_says_so(url: str) -> None:
    store = SqlStore(url)
    store.write(look_in)
    store.close()
    store.close()

    with pytest.raises(StoreBusy):
        store.write(look_in)
    with pytest.raises(StoreBusy), store.read():
        pass


def test_closing_finishes_what_waits(url: str) -> None:
    store = SqlStore(url)
    with ThreadPoolExecutor(20) as pool:
        with the_writer_kept_waiting(store):
            waiting = [pool.submit(store.write, look_in) for _ in range(20)]
            time.sleep(0.2)
            closing = threading.Thread(target=store.close)
            closing.start()
            time.sleep(0.1)
        closing.join()

        assert sorted(done.result() for done in waiting) == list(range(2, 22))


def test_a_look_is_one_moment(store: SqlStore) -> None:
    store.write(taking("A"))
    with store.read() as look:
        assert look.head().size == 2
        writing = threading.Thread(target=store.write, args=(taking("B"),))
        writing.start()
        time.sleep(0.1)
        assert look.contact("rcp_B") is None
        assert look.head().size == 2
    writing.join()
    with store.read() as look:
        assert look.contact("rcp_B") is not None
