"""The files that an analyst gets: those that an authority's own extract has, and the truth that no authority has.

    contacts.ndjson   contacts in the contract's shape, in the order of arrival
    decisions.csv     contact_reference, decision, decided_at, worker   (a superseded contact has none)
    outcomes.csv      what was found, what came to light within 12 months, and the blind recheck
    register.csv      the care register, each child once, with the day since when
    truth.csv         contact_reference, need, p_early_help_or_more, p_assessment
    figures.csv       published figures beside this sample's own, each with its source and certainty
    population.json   which authority, which seed

A folder is written beside its place and renamed, so that it is whole or absent; the same seed gives the same bytes.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from screening.domain.household import RegisterEntry
from screening.intake.register_rows import REGISTER_COLUMNS
from training.population.arrivals import Population, populate
from training.population.figures import FIGURE_COLUMNS, figure_rows
from training.population.settings import Authority
from training.whole_folder import WholeFolder

DECISION_COLUMNS = ("contact_reference", "decision", "decided_at", "worker")
TRUTH_COLUMNS = ("contact_reference", "need", "p_early_help_or_more", "p_assessment")
OUTCOME_COLUMNS = (
    "contact_reference",
    "finding",
    "found_on",
    "later_need",
    "later_on",
    "serious_harm",
    "recheck",
    "recheck_on",
)


def synthesise(
    authority: Authority, *, seed: int, contacts: int, out: Path, replace: bool, progress: Callable[[int], None]
) -> None:
    """Make a population and write it to `out`. Raises FolderTaken where there is something already."""
    with WholeFolder(out, replace=replace) as folder:
        waiting = folder / ".bodies"
        with waiting.open("w+b") as bodies:
            population = populate(authority, seed=seed, contacts=contacts, progress=progress, bodies=bodies)
            write_population(population, folder)
        waiting.unlink()


def write_population(population: Population, folder: Path) -> None:
    """Every file of one population, into a folder that is there."""
    with (folder / "contacts.ndjson").open("wb") as file:
        file.writelines(population.line(arrival) + b"\n" for arrival in population.arrivals)
    write_rows(folder / "decisions.csv", DECISION_COLUMNS, _decisions(population))
    write_rows(folder / "outcomes.csv", OUTCOME_COLUMNS, _outcomes(population))
    write_rows(folder / "truth.csv", TRUTH_COLUMNS, _truths(population))
    write_rows(folder / "register.csv", REGISTER_COLUMNS, register_rows(population.on_register))
    write_rows(folder / "figures.csv", FIGURE_COLUMNS, figure_rows(population))
    about = {
        "what": "A made-up population: nobody in it exists",
        "authority": population.authority.name,
        "settings_sha256": hashlib.sha256(repr(population.authority).encode()).hexdigest(),
        "seed": population.seed,
        "contacts": len(population.arrivals),
        "dials_of_bias_on": list(population.authority.bias.on),
    }
    (folder / "population.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with these columns; `None` is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)


def _decisions(population: Population) -> Iterable[Sequence[object]]:
    for arrival in population.arrivals:
        decided = arrival.told.decided
        if decided is not None:
            yield arrival.reference, decided.code, decided.at.isoformat(), decided.worker


def _outcomes(population: Population) -> Iterable[Sequence[object]]:
    for arrival in population.arrivals:
        after = arrival.told.followed
        if after is not None:
            yield (
                arrival.reference,
                after.finding,
                after.found_on,
                after.later,
                after.later_on,
                "yes" if after.serious_harm else "no",
                after.recheck,
                after.recheck_on,
            )


def _truths(population: Population) -> Iterable[Sequence[object]]:
    for arrival in population.arrivals:
        true = arrival.told.true
        yield arrival.reference, true.need, f"{true.p_early_help_or_more:.9f}", f"{true.p_assessment:.9f}"


def register_rows(on_register: Iterable[RegisterEntry]) -> Iterable[Sequence[object]]:
    """The care register's rows, in the order of its columns; `None` is an empty cell."""
    return (tuple(getattr(entry, name) for name in REGISTER_COLUMNS) for entry in on_register)
