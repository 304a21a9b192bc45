"""`make trial`: is the promise kept, how near is the ceiling, is bias found, how do time and memory grow.

1 where a bar is missed.
"""

import argparse
import sys
from pathlib import Path

from tests.bench.measure import say
from tests.trial.ceiling import near_the_ceiling
from tests.trial.dials import bias_found
from tests.trial.growth import growth
from tests.trial.promise import promise_kept

TRIALS = {"promise": promise_kept, "ceiling": near_the_ceiling, "dials": bias_found, "growth": growth}


def main() -> int:
    """Run the trials named, or all; 0 where every bar is met."""
    asked = argparse.ArgumentParser(prog="python -m tests.trial", description=__doc__)
    asked.add_argument("--only", choices=TRIALS, action="append", help="One trial; repeatable.")
    asked.add_argument("--room", type=Path, default=Path("build/trial"), help="Where what was measured is kept.")
    asked.add_argument("--jobs", type=int, default=2, help="Populations at a time (default 2).")
    words = asked.parse_args()
    say("Made-up data: what follows shows that the software works, never how an authority would fare.")
    figures = []
    for name in words.only or list(TRIALS):
        say(f"{name}:")
        figures += TRIALS[name](words.room.resolve() / name, words.jobs, say)
    say("")
    for figure in figures:
        say(str(figure))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
