"""How the benches measure: in turns (A B A B …), medians, and a line for each figure with its bar."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure against its bar. `at_least` says on which side of the bar it must lie."""

    name: str
    value: float
    bar: float
    at_least: bool = True
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        verdict = "holds" if self.holds else "MISSED"
        return (
            f"{self.name}: {self.value:.3g} (bar {sign} {self.bar:g}, {verdict}){'; ' + self.note if self.note else ''}"
        )


def seconds_each(run: Callable[[], object], times: int) -> float:
    """Seconds for one call, over `times` calls."""
    start = time.perf_counter()
    for _ in range(times):
        run()
    return (time.perf_counter() - start) / times


def in_turns(runs: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each run's figure, `rounds` times, taken in turns so that a busy moment meets all of them."""
    figures: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(rounds):
        for name, run in runs.items():
            figures[name].append(run())
            say(f"  round {turn + 1} of {rounds}, {name}: {figures[name][-1]:.4g}")
    return figures


def median_ratio(over: list[float], under: list[float]) -> float:
    """The median of the rounds' own ratios."""
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
