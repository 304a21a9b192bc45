"""What a misspelt or misplaced field was probably meant to be, in the contract's own names only."""

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from screening.intake.objects import Contracted, Items, Object
from screening.intake.pointers import NAME_AT_MOST, Path

CLOSE_ENOUGH = 75.0
"""Of 100: one or two slips in a name of ordinary length, or a prefix too many."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest to `name`, or `None` where none is close."""
    close = process.extractOne(name[:NAME_AT_MOST], list(known), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return None if close is None else close[0]


def hint_at(path: Path, contact: Contracted) -> str:
    """A sentence for an unknown field at `path`: the name it resembles there, else where its name belongs, else ''."""
    *way, name = (str(part) for part in path if not isinstance(part, int))
    place = contact
    for step in way:
        place = _object_in(place, step) or place
    if meant := nearest(name, place.fields):
        return f" Did you mean {meant}?"
    if homes := [home for home in _homes_of(name, contact, "") if home]:
        return f" It belongs in {' or '.join(homes)}."
    return ""


def _object_in(place: Contracted, name: str) -> Contracted | None:
    field = place.fields.get(name)
    kind = field.kind if isinstance(field, Items) else field
    return kind.contracted if isinstance(kind, Object) else None


def _homes_of(name: str, place: Contracted, way: str) -> Iterator[str]:
    """The objects of the contract that have a field of exactly this name."""
    if name in place.fields:
        yield way
    for step, field in place.fields.items():
        if inner := _object_in(place, step):
            suffix = "[]" if isinstance(field, Items) else ""
            yield from _homes_of(name, inner, f"{way}.{step}{suffix}" if way else f"{step}{suffix}")
