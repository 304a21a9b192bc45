"""How time and memory of the analyst's whole way grow with the history: synthesise, fit, evaluate, report.

Each command runs in a process of its own; its time is the processor's, so that a busy machine does not count.
"""

import json
import shutil
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
    kept = room / f"{contacts}.json"
    if not kept.exists():
        work = room / str(contacts)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        history, model = work / "history", work / f"trial-{contacts}"
        spent = {
            "synthesise": training("synthesise", "--contacts", str(contacts), "--seed", SEED, "--out", history),
            "fit": training("fit", history, "--out", model),
            "evaluate": training("evaluate", history, model),
            "report": training("report", model),
        }
        kept.write_text(json.dumps({name: asdict(one) for name, one in spent.items()}), encoding="utf-8")
        shutil.rmtree(work)
    steps: dict[str, dict[str, float]] = json.loads(kept.read_text(encoding="utf-8"))
    told = ", ".join(f"{name} {one['seconds']:,.0f} s {one['mebibytes']:,.0f} MiB" for name, one in steps.items())
    say(f"  {contacts:,} contacts: {told}")
    return steps
