"""The made-up borough that the service ships to be tried: its last six months, packed, and one contact to send by hand.

Lines of JSON, in this order, packed with xz: a header; the care register as it stood when the six months began; the
contacts in the order of arrival; the decisions in the order of time. Times are in UTC. Whoever loads it moves every
date by the same whole days, counted from the header's `ends_at`.
"""

import json
import lzma
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from screening.intake.register_rows import REGISTER_COLUMNS
from training.population.arrivals import Arrival, Population, populate
from training.population.folder import register_rows
from training.population.settings import Authority
from training.whole_folder import write_whole

CONTACTS = 1_905
"""As many as the inspection counted in six months."""
MONTHS = 6
PACKED = "borough.ndjson.xz"
BY_HAND = "contact.json"
NOTE = "A made-up borough: nobody in it exists, and nothing in it happened."


def make_demo(authority: Authority, *, seed: int, out: Path, progress: Callable[[int], None]) -> None:
    """Write both files into the folder `out`, each whole or not at all."""
    six_months = replace(authority, period=replace(authority.period, months=MONTHS))
    population = populate(six_months, seed=seed, contacts=CONTACTS + 1, progress=progress)
    by_hand = _to_send_by_hand(population)
    lines = "".join(
        json.dumps(document, separators=(",", ":"), ensure_ascii=False) + "\n"
        for document in _documents(population, by_hand)
    )
    sent = json.dumps(json.loads(population.line(by_hand)), indent=1, ensure_ascii=False) + "\n"
    write_whole(out / PACKED, lzma.compress(lines.encode(), preset=9 | lzma.PRESET_EXTREME))
    write_whole(out / BY_HAND, sent.encode())


def _to_send_by_hand(population: Population) -> Arrival:
    """The last contact about a household that we heard of before, that was told of within a day and stands for itself:
    it corrects and is corrected by nothing.
    """
    seen: set[str] = set()
    again: list[Arrival] = []
    for arrival in population.arrivals:
        if arrival.told.corrects is None and arrival.told.decided is not None and arrival.household in seen:
            again.append(arrival)
        seen.add(arrival.household)
    for arrival in reversed(again):
        happened = json.loads(population.line(arrival))["incident"]["occurred_at"]
        if arrival.at - datetime.fromisoformat(happened) < timedelta(days=1):
            return arrival
    raise ValueError("no household of this borough was heard of twice")


def _documents(population: Population, by_hand: Arrival) -> Iterator[dict[str, object]]:
    arrivals = [arrival for arrival in population.arrivals if arrival is not by_hand]
    yield {
        "kind": "header",
        "made_up": True,
        "ends_at": arrivals[-1].at.isoformat(),
        "contacts": len(arrivals),
        "note": NOTE,
    }
    began = arrivals[0].at.date()
    standing = [entry for entry in population.on_register if entry.since is not None and entry.since <= began]
    for row in register_rows(standing):
        yield {"kind": "register", **{name: _text(cell) for name, cell in zip(REGISTER_COLUMNS, row, strict=True)}}
    for arrival in arrivals:
        received = arrival.at + timedelta(seconds=2)
        yield {"kind": "contact", "at": received.isoformat(), "document": json.loads(population.line(arrival))}
    yield from sorted(_decisions(arrivals), key=lambda decided: str(decided["at"]))


def _decisions(arrivals: list[Arrival]) -> Iterator[dict[str, object]]:
    for arrival in arrivals:
        decided = arrival.told.decided
        if decided is not None:
            yield {
                "kind": "decision",
                "at": decided.at.astimezone(UTC).isoformat(),
                "force_code": arrival.force_code,
                "contact_reference": arrival.reference,
                "code": str(decided.code),
                "worker": decided.worker,
            }


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)
