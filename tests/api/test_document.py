"""The OpenAPI document: everything in it is described, and every example in it is true."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from flask.testing import FlaskClient

from screening.api.problems import TITLES
from screening.intake.parse import read_document
from screening.intake.wording import OF_A_FILE, WORDING

ONE, BATCH = "/api/v1/contacts", "/api/v1/contacts/batch"
NDJSON, PROBLEM = "application/x-ndjson", "application/problem+json"


@pytest.fixture
def document(client: FlaskClient) -> Any:
    """The document, as it is served."""
    return client.get("/api/v1/openapi.json").get_json()


def is_valid(document: Any, name: str, instance: object) -> bool:
    """Whether this is one of the document's schema `name`."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return jsonschema_rs.validator_for(schema).is_valid(instance)


def calls(document: Any) -> Iterator[tuple[str, Any]]:
    """Every call, by its operationId."""
    for path in document["paths"].values():
        for call in path.values():
            if isinstance(call, dict):
                yield call["operationId"], call


def test_it_is_a_document_of_openapi_3_1(document: Any) -> None:
    assert document["openapi"].startswith("3.1")
    assert {name for name, _ in calls(document)} == {"sendContact", "sendBatch", "whereItStands"}


def test_every_call_answer_schema_and_field_is_described(document: Any) -> None:
    bare = [name for name, call in calls(document) if not (call["description"] and call["summary"])]
    bare += [
        f"{name} {status}"
        for name, call in calls(document)
        for status, answer in call["responses"].items()
        if not answer["description"]
    ]
    for name, schema in document["components"]["schemas"].items():
        bare += [] if schema["description"] else [name]
        bare += [
            f"{name}.{field}"
            for field, said in schema["properties"].items()
            if "$ref" not in said and not said.get("description")
        ]

    assert bare == []


def test_it_holds_no_schema_that_nothing_refers_to(document: Any) -> None:
    text = json.dumps(document)

    assert [
        name
        for name in document["components"]["schemas"]
        if f'"#/components/schemas/{name}"' not in text and name != "LineResult"
    ] == []


def test_every_example_contact_is_one(document: Any) -> None:
    examples = document["paths"][ONE]["post"]["requestBody"]["content"]["application/json"]["examples"]
    lines = document["paths"][BATCH]["post"]["requestBody"]["content"][NDJSON]["examples"]["two"]["value"]
    contacts = [example["value"] for example in examples.values()] + [json.loads(line) for line in lines.splitlines()]

    assert len(contacts) == 5
    for contact in contacts:
        assert is_valid(document, "Contact", contact)
        assert read_document(contact, None).contact.contact_reference == contact["contact_reference"]


def test_the_usual_example_brings_no_warning(document: Any) -> None:
    examples = document["paths"][ONE]["post"]["requestBody"]["content"]["application/json"]["examples"]

    assert read_document(examples["usual"]["value"], None).warnings == ()
    assert read_document(examples["least"]["value"], None).warnings != ()


def test_every_problem_has_an_example_for_each_of_its_codes(document: Any) -> None:
    for name, call in calls(document):
        for status, answer in call["responses"].items():
            if PROBLEM not in answer["content"]:
                continue
            examples = answer["content"][PROBLEM]["examples"]
            assert examples, (name, status)
            for code, example in examples.items():
                assert is_valid(document, "Problem", example["value"])
                assert (example["value"]["code"], example["value"]["status"]) == (code, int(status))


def test_every_code_that_a_call_may_answer_with_is_in_the_document(document: Any) -> None:
    shown = {
        code
        for _, call in calls(document)
        for answer in call["responses"].values()
        for code in answer["content"].get(PROBLEM, {}).get("examples", {})
    }

    # What only an address or a method that is not in the document, or a fault of ours, is answered with.
    assert set(TITLES) - shown == {"bad_request", "method_not_allowed", "internal"}


def test_the_example_of_results_is_one(document: Any) -> None:
    results = document["paths"][BATCH]["post"]["responses"]["207"]["content"][NDJSON]["examples"]
    lines = [json.loads(line) for example in results.values() for line in example["value"].splitlines()]

    assert [line["status"] for line in lines] == [201, 400]
    assert all(is_valid(document, "LineResult", line) for line in lines)


def test_every_code_of_a_fault_and_of_a_warning_can_be_looked_up(document: Any) -> None:
    answers = document["paths"][ONE]["post"]["responses"]
    faults = answers["400"]["description"] + answers["422"]["description"]
    least = document["paths"][ONE]["post"]["requestBody"]["content"]["application/json"]["examples"]["least"]["value"]

    assert [code for code in WORDING.keys() - OF_A_FILE.keys() if f"| `{code}` |" not in faults] == []
    assert "{" not in faults.replace("{...}", "")
    for warning in read_document(least, None).warnings:
        assert f"| `{warning.code}` | {warning.text} |" in answers["201"]["description"]


def test_what_is_held_besides_the_schema_is_said(document: Any) -> None:
    said = document["paths"][ONE]["post"]["description"]

    for rule in ("`null` is refused", "1 MiB", "32 levels", "ten minutes", "supersedes", "not compressed", "20 kB"):
        assert rule in said
