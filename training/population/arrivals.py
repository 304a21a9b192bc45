"""A population in the order of arrival. What was sent waits in a file, so that many contacts need little memory."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, BinaryIO

from screening.domain.household import RegisterEntry
from training.population.borough import Story, stories
from training.population.force import Force, force_of
from training.population.identity import Document
from training.population.settings import Authority
from training.population.telling import Told

_NOTHING: Document = {}


@dataclass(slots=True, eq=False)
class Arrival:
    """One contact in its place. `told` has no document any more: `Population.document` reads it.

    `start` and `length` say where the document's bytes lie; `reference` is given when all have arrived.
    """

    at: datetime
    told: Told
    place: int
    force_code: str
    start: int
    length: int
    corrects: "Arrival | None" = None
    reference: str = ""

    @property
    def household(self) -> str:
        """The household's own number, which the authority never sees."""
        return self.told.household


@dataclass(frozen=True, slots=True)
class Population:
    """A made-up history in the order of arrival, the children on the care register, each household's reported days."""

    authority: Authority
    seed: int
    force: Force
    arrivals: tuple[Arrival, ...]
    on_register: tuple[RegisterEntry, ...]
    reported: tuple[tuple[date, ...], ...]
    bodies: BinaryIO

    def line(self, arrival: Arrival) -> bytes:
        """One contact as sent: its JSON in UTF-8, without a line's end."""
        head = {"contact_reference": arrival.reference}
        if arrival.corrects is not None:
            head["supersedes"] = arrival.corrects.reference
        return json.dumps(head, separators=(",", ":"))[:-1].encode() + b"," + self._body(arrival)[1:]

    def document(self, arrival: Arrival) -> dict[str, Any]:
        """One contact as sent, but for its reference."""
        document: dict[str, Any] = json.loads(self._body(arrival))
        return document

    def _body(self, arrival: Arrival) -> bytes:
        self.bodies.seek(arrival.start)
        return self.bodies.read(arrival.length)


def populate(
    authority: Authority,
    *,
    seed: int,
    contacts: int,
    progress: Callable[[int], None],
    bodies: BinaryIO | None = None,
) -> Population:
    """Make exactly so many contacts. `progress` is told how many more are made; `bodies` keeps what was sent."""
    kept = BytesIO() if bodies is None else bodies
    force = force_of(authority)
    arrivals: list[Arrival] = []
    on_register: list[RegisterEntry] = []
    reported: list[tuple[date, ...]] = []
    for story in stories(authority, force, seed, contacts):
        arrivals += _arrivals(story, kept)
        on_register += story.on_register
        reported += [tuple(days) for days in story.reported.values()]
        progress(len(story.contacts))
    arrivals.sort(key=lambda arrival: (arrival.at, arrival.household, arrival.place))
    for number, arrival in enumerate(arrivals, start=1):
        arrival.reference = f"{arrival.force_code}-{number:07d}"
    return Population(authority, seed, force, tuple(arrivals), tuple(on_register), tuple(reported), kept)


def _arrivals(story: Story, bodies: BinaryIO) -> Iterable[Arrival]:
    made: list[Arrival] = []
    for place, told in enumerate(story.contacts):
        start = bodies.tell()
        length = bodies.write(json.dumps(told.document, separators=(",", ":"), ensure_ascii=False).encode())
        code, slim = str(told.document["force_code"]), replace(told, document=_NOTHING)
        corrects = None if told.corrects is None else made[told.corrects]
        made.append(Arrival(told.sent_at.astimezone(UTC), slim, place, code, start, length, corrects))
    return made
