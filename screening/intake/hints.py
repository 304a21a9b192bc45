"""What a misspelt or misplaced field was probably meant to be, in the contract's own names only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from screening.intake.objects import Contracted, Items, Object
from screening.intake.pointers import NAME_AT_MOST, Path

CLOSE_ENOUGH: Final = 75.0
"""Of 100: one or two slips in a name of ordinary length, or a prefix too many."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to `name`, or `None` where none is close."""
    close = process.extractOne(name[:NAME_AT_MOST], list(known), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return None if close is None else close[0]


@dataclass(frozen=True, slots=True)
class _Place:
    """An object of the contract: how a reader would write where it is, and the names of its fields."""

    spelt: str
    names: list[str]


class Hints:
    """The names of one schema and of every object below it, looked up once."""

    def __init__(self, schema: Contracted) -> None:
        self._objects: Mapping[tuple[str, ...], _Place] = dict(_objects_in(schema, (), ""))

    def at(self, path: Path) -> str:
        """A sentence for an unknown field at `path`: the name it resembles there, else where it belongs, else ''."""
        *way, name = (part for part in path if isinstance(part, str))
        here = self._objects.get(tuple(way))
        if here and (meant := nearest(name, here.names)):
            return f" Did you mean {meant}?"
        homes = [place.spelt for place in self._objects.values() if place.spelt and name in place.names]
        return f" It belongs in {' or '.join(homes)}." if homes else ""


def _objects_in(schema: Contracted, way: tuple[str, ...], spelt: str) -> Iterator[tuple[tuple[str, ...], _Place]]:
    yield way, _Place(spelt, list(schema.fields))
    start = f"{spelt}." if spelt else ""
    for name, field in schema.fields.items():
        if isinstance(field, Object):
            yield from _objects_in(field.contracted, (*way, name), start + name)
        elif isinstance(field, Items) and isinstance(field.kind, Object):
            yield from _objects_in(field.kind.contracted, (*way, name), f"{start}{name}[]")
