"""`make prove`: kills under load and simultaneous sends, on SQLite and on PostgreSQL, with nothing acknowledged lost."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.prove.at_once import TIMES, AtOnce, send_at_once
from tests.prove.kills import Account, kill_under_load
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
        room = Path(folder)
        held = [
            _proven("SQLite", asked.kills, asked.seed, lambda act, name: act(f"sqlite:///{room / name}.db")),
            _proven("PostgreSQL", asked.kills, asked.seed, lambda act, _name: _on_postgres(server, act)),
        ]
    sys.stdout.write("All held.\n" if all(held) else "FAILED.\n")
    return 0 if all(held) else 1
