"""The flattened column names of the contact contract, made from its schemas.

The name of a column is the path of its field, with places in a list counted from 0: `incident.type`, `adults[0].role`,
`children[2].voice.words`, `risk_assessment.answers.isolated`. A list of codes is one column, its codes joined with `;`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from screening.intake.field_kinds import Leaf
from screening.intake.objects import Contracted, Items, Object
from screening.intake.pointers import Path
from screening.intake.schemas import ContactSchema


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the path of its field in a contact, and that field; `is_list` for a list of codes."""

    name: str
    path: Path
    kind: Leaf[Any]
    is_list: bool = False


def name_of(path: Path) -> str:
    """The name of the column for the field at `path`."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _columns_in(schema: Contracted, path: Path) -> Iterator[Column]:
    for name, field in schema.fields.items():
        way = (*path, name)
        if isinstance(field, Object):
            yield from _columns_in(field.contracted, way)
        elif isinstance(field, Items):
            yield from _columns_of_list(field, way)
        elif isinstance(field, Leaf):
            yield Column(name_of(way), way, field)


def _columns_of_list(items: Items, path: Path) -> Iterator[Column]:
    if isinstance(items.kind, Object):
        for place in range(items.most):
            yield from _columns_in(items.kind.contracted, (*path, place))
    else:
        yield Column(name_of(path), path, items.kind, is_list=True)


BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in _columns_in(ContactSchema(), ())}
"""Every column, in the order of the contract."""
