"""`make prove`: 200 kills on SQLite and 200 on PostgreSQL under load, with nothing acknowledged lost."""

import sys
import tempfile
from pathlib import Path

from tests.prove.kills import kill_under_load
from tests.stores import a_postgres_url

KILLS = 200


def main() -> int:
    """Run the proofs; 0 where all hold."""
    whole = True
    with tempfile.TemporaryDirectory() as folder, a_postgres_url() as postgres:
        for name, url in (("SQLite", f"sqlite:///{Path(folder) / 'prove.db'}"), ("PostgreSQL", postgres)):
            sys.stdout.write(f"{name}: {KILLS} kill -9 of gunicorn workers under load\n")
            account = kill_under_load(url, KILLS, seed=20261123)
            sys.stdout.write(f"  {account}\n")
            whole = whole and account.whole
    sys.stdout.write("All held.\n" if whole else "FAILED.\n")
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
