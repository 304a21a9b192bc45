"""`make prove`: kills under load and simultaneous sends, on SQLite and on PostgreSQL, with nothing acknowledged lost."""

import argparse
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tests.prove.at_once import TIMES, send_at_once
from tests.prove.kills import kill_under_load
from tests.stores import a_postgres_database, a_postgres_server

KILLS = 200
SEED = 20261123


def main() -> int:
    """Run the proofs; 0 where all hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.prove", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help=f"kills on each database (default {KILLS})")
    parser.add_argument("--seed", type=int, default=SEED, help="for when and whom to kill")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, a_postgres_server() as server:
        held = [
            *_proven("SQLite", lambda: an_sqlite_database(Path(folder)), asked.kills, asked.seed),
            *_proven("PostgreSQL", lambda: a_postgres_database(server), asked.kills, asked.seed),
        ]
    sys.stdout.write("All held.\n" if all(held) else "FAILED.\n")
    return 0 if all(held) else 1


@contextmanager
def an_sqlite_database(folder: Path) -> Iterator[str]:
    """The URL of a file that is not there yet."""
    yield f"sqlite:///{folder / secrets.token_hex(8)}.db"


def _proven(name: str, fresh: Callable[[], AbstractContextManager[str]], kills: int, seed: int) -> Iterator[bool]:
    """Run both proofs on one kind of database, say what was counted, and give whether each holds."""
    began = time.monotonic()
    _say(f"{name}: {kills} kill -9 of gunicorn workers under load")
    with fresh() as url:
        account = kill_under_load(url, kills, seed, _say)
    _say(f"  {account}\n  in {time.monotonic() - began:.0f} s: {'held' if account.whole else 'FAILED'}")
    yield account.whole

    began = time.monotonic()
    _say(f"{name}: one contact sent {TIMES} times at once")
    with fresh() as url:
        at_once = send_at_once(url)
    _say(f"  {at_once}\n  in {time.monotonic() - began:.0f} s: {'held' if at_once.whole else 'FAILED'}")
    yield at_once.whole


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
