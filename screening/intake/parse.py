"""The way from what was sent to a Contact, or to every fault at once.

    strict JSON -> fields by their schemas -> checks between fields -> the domain's Contact -> warnings

Nothing is stored here, and what was sent comes back untouched beside the contact, for whoever stores it. A contact that
can be read and identified is never refused for what it lacks (contact contract, Principles).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from marshmallow import ValidationError

from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused
from screening.intake import strict_json
from screening.intake.build import contact_of
from screening.intake.checks import faults_between
from screening.intake.hints import Hints
from screening.intake.identity import identity_of
from screening.intake.pointers import Path
from screening.intake.schemas import ContactSchema
from screening.intake.warnings import ContactWarning, warnings_of
from screening.intake.wording import Fault, problems

CONTACT: Final = ContactSchema()
HINTS: Final = Hints(CONTACT)


@dataclass(frozen=True, slots=True)
class ReadContact:
    """A contact that was read.

    `document` is what was sent, field for field; `warnings` say what is missing or doubtful.
    """

    contact: Contact
    document: dict[str, object]
    warnings: tuple[ContactWarning, ...]


def read_contact(body: bytes, now: datetime | None) -> ReadContact:
    """Read one contact from the bytes of a JSON object.

    `now` is aware, and nothing may lie ahead of it by more than ten minutes; `None` takes the contact's own `sent_at`
    for it. Raises ContactRefused with all faults: `unreadable` for what is no strict JSON, else for what breaks the
    contract.
    """
    return read_document(strict_json.loads(body), now)


def read_document(document: Mapping[str, object], now: datetime | None) -> ReadContact:
    """Read one contact from a document that is already parsed, such as a CSV row. Else as `read_contact`."""
    read, faults = _fields_of(document)
    faults.extend(faults_between(read, now))
    if faults:
        reference, force_code = identity_of(document)
        raise ContactRefused(problems(faults), reference=reference, force_code=force_code)
    contact = contact_of(read)
    return ReadContact(contact, dict(document), warnings_of(contact))


def _fields_of(document: Mapping[str, object]) -> tuple[Mapping[str, Any], list[tuple[Path, Fault]]]:
    """The typed fields, as many as can be read, and the faults of the others."""
    try:
        return CONTACT.read(document), []
    except (LookupError, ValidationError):
        return _every_fault(document)


def _every_fault(document: Mapping[str, object]) -> tuple[Mapping[str, Any], list[tuple[Path, Fault]]]:
    try:
        return CONTACT.load(document), []
    except ValidationError as error:
        readable = error.valid_data if isinstance(error.valid_data, dict) else {}
        return readable, list(_faults(error.messages, ()))


def _faults(messages: object, path: Path) -> Iterator[tuple[Path, Fault]]:
    """The nested messages of marshmallow as places and faults; `_schema` is its name for the object itself."""
    if isinstance(messages, Fault):
        yield path, messages
    elif messages == "unknown_field":
        yield path, Fault(messages, {"hint": HINTS.at(path)})
    elif isinstance(messages, str):
        yield path, Fault(messages)
    elif isinstance(messages, list):
        for message in messages:
            yield from _faults(message, path)
    elif isinstance(messages, dict):
        for key, inner in messages.items():
            # A sender's own field may have that name too; then it is one that the contract does not know.
            is_object_itself = key == "_schema" and inner != ["unknown_field"]
            yield from _faults(inner, path if is_object_itself else (*path, key))
