"""The files that an analyst gets: the same ones that an authority's own extract has, and the truth that no authority has.

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
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from training.population.borough import Story, Told, stories
from training.population.force import force_of
from training.population.people import Household, Young
from training.population.settings import Authority
from training.whole_folder import WholeFolder

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
REGISTER_COLUMNS = (
    "child_id",
    "given_name",
    "family_name",
    "date_of_birth",
    "postcode",
    "status",
    "allocated_worker",
    "team",
    "since",
)


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One contact, waiting for its place in the order of arrival."""

    at: datetime
    household: str
    place: int
    body: str
    told: Told


def synthesise(
    authority: Authority, *, seed: int, contacts: int, out: Path, replace: bool, progress: Callable[[int], None]
) -> None:
    """Make a population and write it to `out`. `progress` is told how many more contacts are made."""
    arrivals: list[_Arrival] = []
    on_register: list[tuple[Household, Young]] = []
    with WholeFolder(out, replace=replace) as folder:
        for story in stories(authority, force_of(authority), seed, contacts):
            arrivals += _arrivals(story)
            on_register += story.on_register
            progress(len(story.contacts))
        arrivals.sort(key=lambda arrival: (arrival.at, arrival.household, arrival.place))
        write_population(authority, arrivals, on_register, seed=seed, folder=folder)


def write_population(
    authority: Authority,
    arrivals: Sequence[_Arrival],
    on_register: Iterable[tuple[Household, Young]],
    *,
    seed: int,
    folder: Path,
) -> None:
    """Every file of one population, into a folder that is there."""
    references = {
        (arrival.household, arrival.place): f"{arrival.told.document['force_code']}-{number:07d}"
        for number, arrival in enumerate(arrivals, start=1)
    }
    with (folder / "contacts.ndjson").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_line(arrival, references) for arrival in arrivals)
    rows = [(references[arrival.household, arrival.place], arrival.told) for arrival in arrivals]
    write_rows(folder / "decisions.csv", ("contact_reference", "decision", "decided_at", "worker"), _decisions(rows))
    write_rows(folder / "outcomes.csv", OUTCOME_COLUMNS, _outcomes(rows))
    write_rows(
        folder / "truth.csv",
        ("contact_reference", "need", "p_early_help_or_more", "p_assessment"),
        (
            (reference, told.true.need, f"{told.true.p_early_help_or_more:.9f}", f"{told.true.p_assessment:.9f}")
            for reference, told in rows
        ),
    )
    write_rows(folder / "register.csv", REGISTER_COLUMNS, _register(on_register))
    about = {
        "what": "A made-up population: nobody in it exists",
        "authority": authority.name,
        "settings_sha256": hashlib.sha256(repr(authority).encode()).hexdigest(),
        "seed": seed,
        "contacts": len(rows),
    }
    (folder / "population.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with these columns; `None` is an empty cell."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)


def _arrivals(story: Story) -> Iterable[_Arrival]:
    for place, told in enumerate(story.contacts):
        body = json.dumps(told.document, separators=(",", ":"), ensure_ascii=False)
        slim = Told(told.sent_at, {"force_code": told.document["force_code"]}, told.household, told.true, told.decided, told.followed, told.corrects)
        yield _Arrival(told.sent_at.astimezone(UTC), told.household, place, body, slim)


def _line(arrival: _Arrival, references: dict[tuple[str, int], str]) -> str:
    head: dict[str, object] = {"contact_reference": references[arrival.household, arrival.place]}
    if arrival.told.corrects is not None:
        head["supersedes"] = references[arrival.household, arrival.told.corrects]
    return json.dumps(head, separators=(",", ":"))[:-1] + "," + arrival.body[1:] + "\n"


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


def _register(on_register: Iterable[tuple[Household, Young]]) -> Iterable[Sequence[object]]:
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
