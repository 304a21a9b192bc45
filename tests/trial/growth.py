"""How time and memory of the analyst's whole way grow with the history: synthesise, fit, evaluate, report.

Each command runs in a process of its own; its time is the processor's, so that a busy machine does not count.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from tests.bench.measure import Figure
from tests.trial.commands import training

SIZES = (20_000, 60_000, 200_000)
SEED = "7"
GIBIBYTE = 1024
LINEAR = 1.05
"""Of the time a contact: what measuring twice differs by."""


def growth(room: Path, _jobs: int, say: Callable[[str], None]) -> list[Figure]:
    """Time a contact of each size over that of the smallest, and what the largest took of memory."""
    room.mkdir(parents=True, exist_ok=True)
    spent = {size: _whole_way(size, room, say) for size in SIZES}
    seconds = {size: sum(one["seconds"] for one in steps.values()) for size, steps in spent.items()}
    memory = {size: max(one["mebibytes"] for one in steps.values()) / GIBIBYTE for size, steps in spent.items()}
    small, large = SIZES[0], SIZES[-1]
    return [
        *(
            Figure(
                f"the whole way, time a contact of {size:,} over that of {small:,}",
                (seconds[size] / size) / (seconds[small] / small),
                LINEAR,
                at_least=False,
                note=f"{seconds[size]:,.0f} s of processor time",
            )
            for size in SIZES[1:]
        ),
        Figure(f"the whole way, GiB at most, {small:,}", memory[small], 2.0, at_least=False),
        Figure(f"the whole way, GiB at most, {large:,}", memory[large], 12.0, at_least=False),
    ]


def _whole_way(contacts: int, room: Path, say: Callable[[str], None]) -> dict[str, dict[str, float]]:
    work = room / str(contacts)
    history, model = work / "history", work / f"trial-{contacts}"
    steps: dict[str, tuple[str | Path, ...]] = {
        "synthesise": ("synthesise", "--contacts", str(contacts), "--seed", SEED, "--out", history),
        "fit": ("fit", history, "--out", model),
        "evaluate": ("evaluate", history, model),
        "report": ("report", model),
    }
    work.mkdir(exist_ok=True)
    return {name: _step(contacts, name, words, work, say) for name, words in steps.items()}


def _step(
    contacts: int, name: str, words: tuple[str | Path, ...], work: Path, say: Callable[[str], None]
) -> dict[str, float]:
    """What one step took; kept, so that hours of it are not lost with the next step."""
    kept = work / f"{name}.json"
    if not kept.exists():
        kept.write_text(json.dumps(asdict(training(*words))), encoding="utf-8")
    spent: dict[str, float] = json.loads(kept.read_text(encoding="utf-8"))
    say(f"  {contacts:,} contacts, {name}: {spent['seconds']:,.0f} s of processor time, {spent['mebibytes']:,.0f} MiB")
    return spent
