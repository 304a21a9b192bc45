"""What other processes do to a store in these tests: `python -m tests.store.children DEED URL ...`."""

import os
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import make_url

from screening.domain.errors import StoreBusy
from screening.store.store import SqlStore
from tests.stores import taking

THREADS = 4


def hammer(url: str, tag: str, each: str) -> None:
    """Four threads keep contacts without pause; each is printed once it is acknowledged."""
    with SqlStore(url) as store, ThreadPoolExecutor(THREADS) as pool:

        def keep(thread: int) -> None:
            for number in range(int(each)):
                reference = f"{tag}-{thread}-{number}"
                receipt = store.write(taking(reference))
                # One write of one line is not torn, whoever else writes and whenever this process ends.
                os.write(1, f"{reference} {receipt.log_entry}\n".encode())

        list(pool.map(keep, range(THREADS)))


def fork(url: str) -> None:
    """Use a store, fork, and use it on both sides of the fork at once."""
    with SqlStore(url) as store:
        store.write(taking("BEFORE"))
        with store.read() as look:
            look.head()
        child = os.fork()
        side = "CHILD" if child == 0 else "PARENT"
        for number in range(20):
            store.write(taking(f"{side}-{number}"))
        with store.read() as look:
            found = look.contact(f"rcp_{side}-19")
        if child == 0:
            os._exit(0 if found else 1)
        _, status = os.waitpid(child, 0)
        sys.exit(0 if found and status == 0 else 1)


def fill_up(url: str) -> None:
    """Write until no file may grow any more, see what happens, and go on once they may again."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    with SqlStore(url) as store:
        store.write(taking("BEFORE"))
        room = 50_000 + Path(make_url(url).database or "").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
        for _ in range(3):
            try:
                store.write(taking("FULL", body=b"x" * 2_000_000))
            except StoreBusy as busy:
                print("busy:", busy)
        with store.read() as look:
            print("kept:", look.contact("rcp_FULL") is not None, look.contact("rcp_BEFORE") is not None)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        print("after:", store.write(taking("AFTER")).log_entry)


DEEDS: dict[str, Callable[..., None]] = {"hammer": hammer, "fork": fork, "fill_up": fill_up}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])
