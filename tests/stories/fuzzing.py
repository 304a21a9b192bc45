"""What the fuzzer is told beyond the OpenAPI document. It loads this module by its name (SCHEMATHESIS_HOOKS).

A contact that fits the document's JSON Schema may still lie in the future, hold a control character or be another
force's, which no schema can say. Where the fuzzer means to send a good contact, these are put right, so that anything
but an acceptance is a finding. And a batch is a text: whatever is sent as one is a text too, so none is wrong as a
whole.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import jsonschema_rs
import schemathesis

BATCH = "/api/v1/contacts/batch"
CONTACTS = "/api/v1/contacts"
NOT_TAKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85]")
"""Control characters, and the next-line character: blank for us, and no white space for a schema's `\\S`."""

LARGEST_EXACT = 2**53 - 1
FORCE = "40"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case[Any], kwargs: dict[str, Any]) -> None:
    """Make a good contact good in the ways that a schema cannot say."""
    del context, kwargs
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if case.path == CONTACTS and isinstance(case.body, dict):
        case.body = made_good(case.body)
    elif case.path == BATCH and isinstance(case.body, str):
        incident = {"type": "other", "occurred_at": ""}
        example = made_good({"adults": [{"role": "victim"}], "incident": incident, "extensions": {"x": case.body}})
        case.body = f"{case.body}\n{json.dumps(example)}"


@schemathesis.hook
def filter_failure(
    context: schemathesis.HookContext, failure: Exception, case: schemathesis.Case[Any], response: schemathesis.Response
) -> bool:
    """Let a batch be taken that was meant to be wrong as a whole; its lines are answered for one by one."""
    del context, response
    return not (case.path == BATCH and type(failure).__name__ == "AcceptedNegativeData")


@schemathesis.serializer("application/x-ndjson")
def as_lines(context: schemathesis.SerializationContext, value: object) -> bytes:
    """A batch as bytes."""
    del context
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.deserializer("application/x-ndjson")
def from_lines(context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    """The results of a batch as the text that they are."""
    del context
    return response.content.decode()


@schemathesis.check
def every_line_is_a_result(
    context: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case[Any]
) -> None:
    """Each line that a batch is answered with is a `LineResult` of the document."""
    del context
    if case.path != BATCH or response.status_code != 207:
        return
    document = case.operation.schema.raw_schema
    result = {"$ref": "#/components/schemas/LineResult", "components": document["components"]}
    faults = [str(fault) for line in response.content.splitlines() for fault in _faults(result, json.loads(line))]
    if faults:
        raise AssertionError(faults[0])


def _faults(schema: dict[str, Any], instance: object) -> list[Exception]:
    return list(jsonschema_rs.validator_for(schema).iter_errors(instance))


def made_good(document: dict[str, Any]) -> dict[str, Any]:
    """The document as this sender may send it now, under a reference that goes with its content."""
    now = datetime.now(UTC)
    good: dict[str, Any] = _cleared(document)
    _mend(good.get("police_history"), {"last_incident_on": _a_day})
    _mend(good["incident"], {"occurred_at": _before(now, hours=2), "reported_at": _before(now, hours=1)})
    for person in (*good.get("adults", ()), *good.get("children", ())):
        _mend(person, {"date_of_birth": _a_day, "expected_date": _a_day})
    good |= {"force_code": FORCE, "sent_at": now.isoformat()}
    content = {name: value for name, value in good.items() if name not in {"sent_at", "contact_reference"}}
    digest = sha256(json.dumps(content, sort_keys=True, default=str).encode("utf-8", "surrogatepass")).hexdigest()
    # One in sixteen shares its reference with others, which is a conflict.
    return good | {"contact_reference": "F-SHARED" if digest.startswith("0") else f"F-{digest[:32]}"}


def _mend(part: object, ways: dict[str, Callable[[str], str]]) -> None:
    for name, way in ways.items():
        if isinstance(part, dict) and name in part:
            part[name] = way(part[name])


def _a_day(sent: str) -> str:
    """The day, where it lies in the last hundred years and not ahead."""
    return sent if "1926-01-01" <= sent <= "2026-01-01" else "2020-02-29"


def _before(now: datetime, *, hours: int) -> Callable[[str], str]:
    return lambda _sent: (now - timedelta(hours=hours)).isoformat()


def _cleared(value: Any) -> Any:
    """Every text without control characters, and every whole number one that each reader keeps exactly."""
    if isinstance(value, str):
        return NOT_TAKEN.sub("x", value)
    if isinstance(value, int | float) and abs(value) > LARGEST_EXACT:
        return 0
    if isinstance(value, list):
        return [_cleared(inner) for inner in value]
    if isinstance(value, dict):
        return {_cleared(name): _cleared(inner) for name, inner in value.items()}
    return value
