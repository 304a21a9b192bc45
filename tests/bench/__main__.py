"""`make bench`: every figure, each measured in one run against something known. Ends with 1 where a bar is missed."""

import argparse
import os
import platform
import sys

from tests.bench.bulk import bulk_figures
from tests.bench.measure import say
from tests.bench.memory import memory_figures
from tests.bench.posts import post_figures
from tests.bench.score import score_figures
from tests.bench.synthesise import synthesise_figures
from tests.bench.training import training_figures

BENCHES = {
    "score": score_figures,
    "bulk": bulk_figures,
    "memory": memory_figures,
    "posts": post_figures,
    "training": training_figures,
    "synthesise": synthesise_figures,
}


def main() -> int:
    """Run the benches named, or all; 0 where every bar is met."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", choices=BENCHES, action="append", help="One bench; repeatable.")
    only = asked.parse_args().only or list(BENCHES)
    load = os.getloadavg()[0]
    say(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start")
    figures = []
    for name in only:
        say(f"{name}:")
        figures += BENCHES[name]()
    say("")
    for figure in figures:
        say(str(figure))
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
