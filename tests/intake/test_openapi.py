"""The schemas say in the OpenAPI document what they do when they read."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from hypothesis import given, settings

from screening.intake.csv_columns import BY_NAME
from screening.intake.schemas import ContactSchema
from tests.intake.documents import CONTACTS, Document, a_full_document, changed
from tests.intake.strategies import documents


def the_json_schema() -> dict[str, Any]:
    spec = APISpec(title="x", version="1", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.schema("Contact", schema=ContactSchema)
    return {"$ref": "#/components/schemas/Contact", **spec.to_dict()}


JSON_SCHEMA = the_json_schema()
VALIDATOR = jsonschema_rs.validator_for(JSON_SCHEMA)


@pytest.mark.parametrize("path", sorted(CONTACTS.glob("*[0-9a-z].json")), ids=lambda path: path.stem)
def test_every_example_contact_is_valid(path: Any) -> None:
    is_contact = path.name != "expected.json"

    assert VALIDATOR.is_valid(json.loads(path.read_bytes())) is is_contact


@settings(deadline=None)
@given(documents())
def test_whatever_is_read_is_valid_by_the_document(document: Document) -> None:
    assert [str(error) for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/contact_reference", " "),
        ("/contact_reference", "x" * 65),
        ("/force_code", "4"),
        ("/incident/type", "row"),
        ("/incident/narrative", "x" * 20_001),
        ("/adults", []),
        ("/adults/0/age_years", "36"),
        ("/adults/0/age_years", 151),
        ("/children/0/unborn", "true"),
        ("/children/0/nickname", "x"),
        ("/children/0/school", None),
        ("/risk_assessment/answers/strangulation", "unknown"),
    ],
)
def test_what_is_refused_is_invalid_by_the_document(pointer: str, value: object) -> None:
    assert VALIDATOR.is_valid(a_full_document())
    assert not VALIDATOR.is_valid(changed(a_full_document(), pointer, value))


def test_every_field_is_described() -> None:
    assert all(column.kind.metadata["description"] for column in BY_NAME.values())


def test_every_example_value_is_one_that_the_field_takes() -> None:
    with_example = [column for column in BY_NAME.values() if "example" in column.kind.metadata]

    assert len(with_example) > 100
    assert all(column.kind.read(column.kind.metadata["example"]) is not None for column in with_example)


def test_every_object_refuses_unknown_fields_in_the_document() -> None:
    objects = list(_objects(JSON_SCHEMA["components"]["schemas"]))

    assert len(objects) == 10
    assert all(schema["additionalProperties"] is False for schema in objects)


def _objects(schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (schema for schema in schemas.values() if schema["type"] == "object")
