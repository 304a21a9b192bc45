"""Objects and lists of the contract, and the two ways to read one.

`load` is marshmallow's: it names every fault. `Contracted.read` runs over what was sent with the very same fields and
gives up at the first one, which is several times faster; whoever calls it asks `load` then. So a contact without a
fault is read fast, one with a fault is read thoroughly, and there is one definition of what a fault is.
"""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields

from screening.intake.field_kinds import SAID, Leaf, fault


class Contracted(Schema):
    """An object of the contract: known fields only. Every field is of a kind in this module."""

    error_messages = {"type": "not_an_object", "unknown": "unknown_field"}  # noqa: RUF012  # marshmallow's own name

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.readers = {name: _reader_of(field) for name, field in self.load_fields.items()}
        self.required_names = frozenset(name for name, field in self.load_fields.items() if field.required)

    def read(self, sent: object) -> dict[str, Any]:
        """What `load` returns, for an object without a fault; several times faster.

        Raises LookupError or ValidationError at the first fault, whichever it is; `load` then names them all.
        """
        if not isinstance(sent, dict):
            raise fault("not_an_object")
        readers = self.readers
        read = {name: readers[name](value) for name, value in sent.items()}
        if not read.keys() >= self.required_names:
            raise fault("missing")
        return read


class Object(fields.Nested):
    """One object of the contract."""

    def __init__(self, schema: type[Contracted], description: str = "", *, required: bool = False) -> None:
        said = {"description": description} if description else {}
        super().__init__(schema, required=required, error_messages=SAID, metadata=said)
        self.contracted = schema()

    def read(self, value: object) -> dict[str, Any]:
        """What the schema reads."""
        return self.contracted.read(value)


class Items(fields.List[Any]):
    """A list of `least` to `most` of one kind."""

    def __init__(
        self, kind: "Leaf[Any] | Object", description: str, *, least: int = 0, most: int, required: bool = False
    ) -> None:
        size = {"maxItems": most, **({"minItems": least} if least else {})}
        super().__init__(kind, required=required, error_messages=SAID, metadata={"description": description, **size})
        self.kind = kind
        self.least = least
        self.most = most

    def read(self, value: object) -> list[Any]:
        """Every item, typed."""
        return [self.kind.read(item) for item in self._sized(value)]

    def _sized(self, value: object) -> list[object]:
        # First, so that a list of a million faults is one fault.
        if not isinstance(value, list | tuple):
            raise fault("not_a_list")
        if len(value) < self.least:
            raise fault("too_few_items", least=self.least)
        if len(value) > self.most:
            raise fault("too_many_items", most=self.most)
        return list(value)

    def _deserialize(self, value: object, *_place: object, **_options: object) -> list[Any]:
        """Every item, typed; one with a fault leaves what could be read of it in its place."""
        read: list[Any] = []
        faults: dict[str | int, Any] = {}
        for place, item in enumerate(self._sized(value)):
            try:
                read.append(self.inner.deserialize(item))
            except ValidationError as error:
                faults[place] = error.messages
                read.append(error.valid_data or {})
        if faults:
            raise ValidationError(faults, valid_data=read)
        return read


def _reader_of(field: fields.Field[Any]) -> Callable[[object], Any]:
    if not isinstance(field, Leaf | Object | Items):
        raise TypeError(f"{field.name} is of no kind that the contract knows")
    return field.read
