"""How many contacts it takes to find a bias: each dial of the made-up authority on at the strength that it ships with.

A group is treated otherwise at one point along the way; found is a dial whose interval leaves 0 out for it. Judged on
the first contacts of a history in the order of arrival, as an authority would after so long. With every dial off, what
is found is a false alarm: one in twenty, by how the intervals are made.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from screening.rules.rulebook import default_text, load
from tests.bench.measure import Figure
from training.history.extract import open_extract
from training.history.groups import noting
from training.history.rows import read_rows
from training.judging.dials import dials
from training.judging.time_split import rows_at
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

POINTS = ("reported", "recorded", "decided")
SIZES = (4_000, 8_000, 16_000, 32_000)
SEEDS = range(4_001, 4_006)
TURNED = "treated otherwise"
TURNED_GROUPS = frozenset({"Asian", "Black"})
"""The report's groups that hold the ethnicities of the reference authority's `bias.group`, which are victims'; a child
of theirs may be of another group, as in life.
"""

OFTEN = 0.8
FALSE_ALARMS = 0.10
"""Of an interval that is to leave 0 out by chance once in twenty: what so many populations cannot tell from it."""


@dataclass(frozen=True, slots=True)
class Turned:
    """One population with one dial on, or none (""); `seed` draws it."""

    point: str
    seed: int


def bias_found(room: Path, jobs: int, say: Callable[[str], None]) -> list[Figure]:
    """The share of populations in which each dial was found, by how many contacts; and the false alarms."""
    room.mkdir(parents=True, exist_ok=True)
    wanted = [Turned(point, seed) for seed in SEEDS for point in ("", *POINTS)]
    with ProcessPoolExecutor(jobs) as pool:
        found = dict(zip(wanted, _told(pool.map(partial(_kept, room), wanted), wanted, say), strict=True))
    figures = []
    for point in POINTS:
        by_size = {size: _share(found, point, point, size) for size in SIZES}
        note = ", ".join(f"{size:,}: {share:.0%}" for size, share in by_size.items())
        figures.append(
            Figure(f"being {point}: found with {SIZES[-1]:,} contacts", by_size[SIZES[-1]], OFTEN, note=note)
        )
    alarms = [point in found[Turned("", seed)][str(size)] for seed in SEEDS for point in POINTS for size in SIZES]
    wrong = [
        other in found[Turned(point, seed)][str(size)]
        for seed in SEEDS
        for point in POINTS
        for size in SIZES
        for other in POINTS
        if other != point
    ]
    return [
        *figures,
        Figure("false alarms, every dial off", float(np.mean(alarms)), FALSE_ALARMS, at_least=False),
        Figure("another dial than the one turned", float(np.mean(wrong)), FALSE_ALARMS, at_least=False),
    ]


Found = dict[str, list[str]]
"""By how many contacts: the points at which the group surely differs."""


def _told(found: Iterable[Found], wanted: Sequence[Turned], say: Callable[[str], None]) -> Iterable[Found]:
    for one, turned in zip(found, wanted, strict=True):
        by_size = "; ".join(f"{int(size):,}: {', '.join(points) or 'none'}" for size, points in one.items())
        say(f"  {turned.point or 'no'} dial on, seed {turned.seed}: found {by_size}")
        yield one


def _share(found: dict[Turned, Found], turned: str, point: str, size: int) -> float:
    return float(np.mean([point in found[Turned(turned, seed)][str(size)] for seed in SEEDS]))


def _kept(room: Path, turned: Turned) -> Found:
    kept = room / f"{turned.point or 'none'}-{turned.seed}.json"
    if not kept.exists():
        kept.write_text(json.dumps(_run(turned)), encoding="utf-8")
    found: Found = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _run(turned: Turned) -> Found:
    fair = checked_authority(SETTINGS_FOLDER / "reference.toml")
    bias = replace(fair.bias, **{f"being_{turned.point}": True}) if turned.point else fair.bias  # type: ignore[arg-type]  # a dial's name
    authority = replace(fair, bias=bias)
    with TemporaryDirectory() as place:
        history = Path(place) / "history"
        synthesise(authority, seed=turned.seed, contacts=SIZES[-1], out=history, replace=False, progress=lambda _: None)
        extract = noting(open_extract(history))
        rows = read_rows(extract, load(default_text()))
    of = [TURNED if one in TURNED_GROUPS else "others" for one in extract.groups_of(rows.references)["ethnicity"]]
    found = {}
    for size in SIZES:
        first = rows_at(rows, np.arange(len(rows)) < size)
        (told,) = (one for one in dials(first, {"ethnicity": of[:size]}, seed=1)["ethnicity"] if one["group"] == TURNED)
        found[str(size)] = [point for point in POINTS if _leaves_out_0(told[point]["interval"])]  # type: ignore[index]  # figures are told loosely typed
    return found


def _leaves_out_0(ends: Sequence[float]) -> bool:
    low, high = ends
    return not low <= 0.0 <= high
