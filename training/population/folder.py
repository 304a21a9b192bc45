"""The files that an analyst gets: those that an authority's own extract has, and the truth that no authority has.

    contacts.ndjson   contacts in the contract's shape, in the order of arrival
    decisions.csv     contact_reference, decision, decided_at, worker   (a superseded contact has none)
    outcomes.csv      what was found, what came to light within 12 months, and the blind recheck
    register.csv      the care register, each child once, with the day since when
    truth.csv         contact_reference, need, p_early_help_or_more, p_assessment
    population.json   which authority, which seed

A folder is written beside its place and renamed, so that it is whole or absent; the same seed gives the same bytes.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from screening.intake.register_rows import REGISTER_COLUMNS
from training.population.borough import Story, Told, stories
from training.population.force import force_of
from training.population.people import Household, Young
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


@dataclass(frozen=True, slots=True)
class Arrival:
    """One contact, waiting for its place in the order of arrival."""

    at: datetime
    household: str
    place: int
    body: str
    told: Told


@dataclass(frozen=True, slots=True)
class Population:
    """A made-up history in the order of arrival, the children on the care register, each household's reported days."""

    authority: Authority
    seed: int
    arrivals: tuple[Arrival, ...]
    references: Mapping[tuple[str, int], str]
    on_register: tuple[tuple[Household, Young], ...]
    reported: tuple[tuple[date, ...], ...]

    def reference(self, arrival: Arrival) -> str:
        """The force's reference for this contact."""
        return self.references[arrival.household, arrival.place]


def populate(authority: Authority, *, seed: int, contacts: int, progress: Callable[[int], None]) -> Population:
    """Make exactly so many contacts. `progress` is told how many more are made."""
    arrivals: list[Arrival] = []
    on_register: list[tuple[Household, Young]] = []
    reported: list[tuple[date, ...]] = []
    for story in stories(authority, force_of(authority), seed, contacts):
        arrivals += _arrivals(story)
        on_register += story.on_register
        reported += [tuple(days) for days in story.reported.values()]
        progress(len(story.contacts))
    arrivals.sort(key=lambda arrival: (arrival.at, arrival.household, arrival.place))
    references = {
        (arrival.household, arrival.place): f"{arrival.told.document['force_code']}-{number:07d}"
        for number, arrival in enumerate(arrivals, start=1)
    }
    return Population(authority, seed, tuple(arrivals), references, tuple(on_register), tuple(reported))


def synthesise(
    authority: Authority, *, seed: int, contacts: int, out: Path, replace: bool, progress: Callable[[int], None]
) -> None:
    """Make a population and write it to `out`. Raises FolderTaken where there is something already."""
    with WholeFolder(out, replace=replace) as folder:
        write_population(populate(authority, seed=seed, contacts=contacts, progress=progress), folder)


def write_population(population: Population, folder: Path) -> None:
    """Every file of one population, into a folder that is there."""
    with (folder / "contacts.ndjson").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(line(population, arrival) + "\n" for arrival in population.arrivals)
    rows = [(population.reference(arrival), arrival.told) for arrival in population.arrivals]
    write_rows(folder / "decisions.csv", DECISION_COLUMNS, _decisions(rows))
    write_rows(folder / "outcomes.csv", OUTCOME_COLUMNS, _outcomes(rows))
    write_rows(folder / "truth.csv", TRUTH_COLUMNS, _truths(rows))
    write_rows(folder / "register.csv", REGISTER_COLUMNS, register_rows(population.on_register))
    about = {
        "what": "A made-up population: nobody in it exists",
        "authority": population.authority.name,
        "settings_sha256": hashlib.sha256(repr(population.authority).encode()).hexdigest(),
        "seed": population.seed,
        "contacts": len(rows),
    }
    (folder / "population.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def line(population: Population, arrival: Arrival) -> str:
    """One contact as sent: its JSON, without a line's end."""
    head: dict[str, object] = {"contact_reference": population.reference(arrival)}
    if arrival.told.corrects is not None:
        head["supersedes"] = population.references[arrival.household, arrival.told.corrects]
    return json.dumps(head, separators=(",", ":"))[:-1] + "," + arrival.body[1:]


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with these columns; `None` is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)


def _arrivals(story: Story) -> Iterable[Arrival]:
    for place, told in enumerate(story.contacts):
        body = json.dumps(told.document, separators=(",", ":"), ensure_ascii=False)
        slim = replace(told, document={"force_code": told.document["force_code"]})
        yield Arrival(told.sent_at.astimezone(UTC), told.household, place, body, slim)


def _decisions(rows: Iterable[tuple[str, Told]]) -> Iterable[Sequence[object]]:
    for reference, told in rows:
        if told.decided is not None:
            yield reference, told.decided.code, told.decided.at.isoformat(), told.decided.worker


def _outcomes(rows: Iterable[tuple[str, Told]]) -> Iterable[Sequence[object]]:
    for reference, told in rows:
        after = told.followed
        if after is not None:
            harm = "yes" if after.serious_harm else "no"
            yield (
                reference,
                after.finding,
                after.found_on,
                after.later,
                after.later_on,
                harm,
                after.recheck,
                after.recheck_on,
            )


def _truths(rows: Iterable[tuple[str, Told]]) -> Iterable[Sequence[object]]:
    for reference, told in rows:
        true = told.true
        yield reference, true.need, f"{true.p_early_help_or_more:.9f}", f"{true.p_assessment:.9f}"


def register_rows(on_register: Iterable[tuple[Household, Young]]) -> Iterable[Sequence[object]]:
    """The care register's rows, in the order of its columns; `None` is an empty cell."""
    for number, (household, child) in enumerate(on_register, start=1):
        person = child.person
        worker = None if child.status == "early_help" else f"worker-{200 + household.team}"
        yield (
            f"C{number:07d}",
            person.given,
            person.family,
            person.born,
            household.postcode,
            child.status,
            worker,
            f"Team {household.team + 1}",
            child.status_since,
        )
