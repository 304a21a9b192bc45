"""Trials of one made-up population each: synthesise, fit, judge by the truth; kept as a file as soon as one is done."""

import json
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.trial.commands import printed, training

JUDGE = "tests.trial.judge"


@dataclass(frozen=True, slots=True)
class Trial:
    """`contacts` of a population of `seed`, held against a ceiling and other ways of learning where asked for."""

    contacts: int
    seed: int
    ceiling: Path | None = None
    learners: bool = False

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.contacts}-{self.seed}"


def run_all(trials: Iterable[Trial], room: Path, jobs: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """What each trial found, in their order; those with a file in `room` are not run again. Raises CommandFailed."""
    room.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(lambda trial: _kept(trial, room, say), trials))


def _kept(trial: Trial, room: Path, say: Callable[[str], None]) -> dict[str, Any]:
    kept = room / f"{trial.name}.json"
    if not kept.exists():
        work = room / trial.name
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        found = _run(trial, work)
        kept.with_suffix(".part").write_text(json.dumps(found), encoding="utf-8")
        kept.with_suffix(".part").rename(kept)
        shutil.rmtree(work)
    found = json.loads(kept.read_text(encoding="utf-8"))
    missed = found["judged"]["missed_among_suggested_nfa"]
    say(
        f"  {trial.contacts:,} contacts, seed {trial.seed}: missed {missed['in_need']:.0f} of {missed['n']} suggested"
        f" NFA ({missed['share']:.1%}, {missed['interval'][0]:.1%} to {missed['interval'][1]:.1%})"
    )
    return dict(found)


def _run(trial: Trial, work: Path) -> dict[str, Any]:
    history, model = work / "history", work / f"trial-{trial.name}"
    spent = {
        "synthesise": asdict(
            training("synthesise", "--contacts", str(trial.contacts), "--seed", str(trial.seed), "--out", history)
        ),
        "fit": asdict(training("fit", history, "--out", model)),
    }
    more: list[str | Path] = ["--ceiling", trial.ceiling] if trial.ceiling else []
    more += ["--learners"] if trial.learners else []
    return {"seed": trial.seed, "spent": spent, "judged": json.loads(printed(JUDGE, history, model, *more))}
