"""What the OpenAPI document says of each call: its description, its examples, and every answer that it may give."""

from marshmallow import Schema

from screening.api import examples, reading
from screening.api.answers import ProblemSchema, ReceiptSchema, StandingSchema
from screening.api.problems import MEDIA_TYPE
from screening.intake.schemas import ContactSchema

RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


NEVER_OF_ONE = frozenset({"too_many_lines", "bad_request"})
NEVER_OF_MANY = frozenset({"bad_request"})


def _problem(status: int, description: str, never: frozenset[str]) -> dict[str, object]:
    content = {"schema": ProblemSchema, "examples": examples.problems_of(status, but=never)}
    said: dict[str, object] = {"description": description, "content": {MEDIA_TYPE: content}}
    if status in (429, 503):
        said["headers"] = RETRY_AFTER
    if status == 401:
        said["headers"] = {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}}
    return said


def _answers(good: dict[str, object], *problems: int, never: frozenset[str] = NEVER_OF_ONE) -> dict[str, object]:
    described = {
        400: f"The body cannot be read: errors name every fault.{reading.fault_codes('unreadable')}",
        401: "No key, or one that is wrong, expired or disabled.",
        403: "The key is for another force.",
        404: "There is nothing here for this key.",
        409: "The reference was used before for other content.",
        413: "The body is too large.",
        415: "Another content type, or a compressed body.",
        422: f"Not accepted: errors name every fault at once.{reading.fault_codes('validation_failed')}",
        429: "Too many requests for this key.",
        503: "Cannot be stored now. Send it again: twice is safe.",
    }
    return {**good, **{str(status): _problem(status, described[status], never) for status in problems}}


def _good(description: str, schema: type[Schema]) -> dict[str, object]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


SECURITY: list[dict[str, list[str]]] = [{"key": []}]

SEND_ONE: dict[str, object] = {
    "operationId": "sendContact",
    "summary": "Send one contact",
    "description": reading.SENDING,
    "security": SECURITY,
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ContactSchema, "examples": examples.CONTACTS}},
    },
    "responses": _answers(
        {
            "201": _good(f"Stored, screened and in the log. Warnings:{reading.warning_codes()}", ReceiptSchema),
            "200": _good("Stored before: the same receipt.", ReceiptSchema),
        },
        400, 401, 403, 409, 413, 415, 422, 429, 503,
    ),
}  # fmt: skip

LINES = {"type": "string", "description": "One contact a line."}
RESULTS = {"type": "string", "description": "One LineResult a line."}

SEND_BATCH: dict[str, object] = {
    "operationId": "sendBatch",
    "summary": "Send many contacts",
    "description": reading.SENDING_MANY,
    "security": SECURITY,
    "requestBody": {
        "required": True,
        "content": {"application/x-ndjson": {"schema": LINES, "examples": examples.BATCHES}},
    },
    "responses": _answers(
        {
            "207": {
                "description": "One result a line, in order; each is a LineResult.",
                "content": {"application/x-ndjson": {"schema": RESULTS, "examples": examples.RESULTS}},
            }
        },
        401, 413, 415, 429, 503,
        never=NEVER_OF_MANY,
    ),
}  # fmt: skip

WHERE_IT_STANDS: dict[str, object] = {
    "operationId": "whereItStands",
    "summary": "Where a contact stands",
    "description": reading.ASKING,
    "security": SECURITY,
    "responses": _answers({"200": _good("Where it stands.", StandingSchema)}, 401, 404, 429, 503),
}
