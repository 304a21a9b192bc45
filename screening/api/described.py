"""What the OpenAPI document says of each call. The contact itself is described by intake's schemas."""

from marshmallow import Schema, fields

from screening.api.problems import MEDIA_TYPE, TITLES
from screening.intake.schemas import ContactSchema

RECEIPT_ID = {"type": "string", "pattern": "^rcp_[0-9a-z]{1,60}$", "example": "rcp_mzxw6ytboi3dqojq"}
"""What a receipt's id looks like; opaque all the same."""


class WarningSchema(Schema):
    """Accepted all the same, but incomplete or doubtful."""

    code = fields.String(required=True, metadata={"description": "Stable code."})
    pointer = fields.String(required=True, metadata={"description": "JSON pointer into the contact."})
    text = fields.String(required=True, metadata={"description": "In words; may change."})


class ReceiptSchema(Schema):
    """The contact is stored, screened and in the log."""

    receipt_id = fields.String(required=True, metadata=RECEIPT_ID)
    contact_reference = fields.String(required=True)
    received_at = fields.DateTime(required=True, metadata={"description": "UTC."})
    decide_by = fields.DateTime(required=True, metadata={"description": "When a person's decision is due, UTC."})
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    content_sha256 = fields.String(
        required=True,
        metadata={"description": "SHA-256 of the canonical JSON (RFC 8785) of what was sent, sent_at aside."},
    )
    log_entry = fields.Integer(required=True, metadata={"description": "Its number in the audit log."})


class StandingSchema(Schema):
    """Where a contact stands. Never the suggestion, a score or other people's data."""

    receipt_id = fields.String(required=True, metadata=RECEIPT_ID)
    contact_reference = fields.String(required=True)
    status = fields.String(
        required=True,
        metadata={"enum": ["received", "waiting_for_decision", "information_requested", "decided"]},
    )
    outcome = fields.String(
        metadata={
            "description": "Once decided.",
            "enum": [
                "no_further_action",
                "advice_or_early_help",
                "social_work_response",
                "passed_to_another_authority",
            ],
        }
    )
    decided_at = fields.DateTime(metadata={"description": "UTC, once decided."})
    superseded_by = fields.String(
        metadata={"description": "The contact_reference of the contact that corrected this one."}
    )


class FieldErrorSchema(Schema):
    """One fault; the value sent is never repeated."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer; '' is the whole document."})
    code = fields.String(required=True, metadata={"description": "Stable code: branch on it."})
    detail = fields.String(required=True)
    fix = fields.String(required=True)


class ProblemSchema(Schema):
    """RFC 9457 problem."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable code: branch on it.", "enum": sorted(TITLES)})
    detail = fields.String(required=True)
    saved = fields.Boolean(
        required=True, metadata={"description": "Always false: without a receipt, take nothing as kept and send again."}
    )
    errors = fields.List(fields.Nested(FieldErrorSchema))


class LineSchema(Schema):
    """One line's result: a receipt or a problem."""

    line = fields.Integer(
        required=True, metadata={"description": "Its place in what was sent, from 1; empty lines are counted too."}
    )
    status = fields.Integer(required=True)
    receipt = fields.Nested(ReceiptSchema)
    problem = fields.Nested(ProblemSchema)


RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def _problem(status: int, description: str) -> dict[str, object]:
    said: dict[str, object] = {"description": description, "content": {MEDIA_TYPE: {"schema": ProblemSchema}}}
    if status in (429, 503):
        said["headers"] = RETRY_AFTER
    if status == 401:
        said["headers"] = {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}}
    return said


def _answers(good: dict[str, object], *problems: int) -> dict[str, object]:
    described = {
        400: "The body cannot be read: errors name every fault.",
        401: "No key, or one that is wrong, expired or disabled.",
        403: "The key is for another force.",
        404: "There is nothing here for this key.",
        409: "The reference was used before for other content.",
        413: "The body is too large.",
        415: "Another content type, or a compressed body.",
        422: "Not accepted: errors name every fault at once.",
        429: "Too many requests for this key.",
        503: "Cannot be stored now. Send it again: twice is safe.",
    }
    return {**good, **{str(status): _problem(status, described[status]) for status in problems}}


def _good(description: str, schema: type[Schema], media_type: str = "application/json") -> dict[str, object]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


SECURITY: list[dict[str, list[str]]] = [{"key": []}]

SEND_ONE: dict[str, object] = {
    "operationId": "sendContact",
    "summary": "Send one contact",
    "description": (
        "Accepted with warnings where it is incomplete. The same reference with the same content again gives the same "
        "receipt (200): sending twice is safe. A correction is a new contact_reference with supersedes."
    ),
    "security": SECURITY,
    "requestBody": {"required": True, "content": {"application/json": {"schema": ContactSchema}}},
    "responses": _answers(
        {
            "201": _good("Stored, screened and in the log.", ReceiptSchema),
            "200": _good("Stored before: the same receipt.", ReceiptSchema),
        },
        400, 401, 403, 409, 413, 415, 422, 429, 503,
    ),
}  # fmt: skip

SEND_BATCH: dict[str, object] = {
    "operationId": "sendBatch",
    "summary": "Send many contacts",
    "description": (
        "Newline-delimited JSON, 1,000 lines and 20 MiB at most. Results come in order; a bad line stops no other."
    ),
    "security": SECURITY,
    "requestBody": {
        "required": True,
        "content": {"application/x-ndjson": {"schema": {"type": "string", "description": "One contact a line."}}},
    },
    "responses": _answers(
        {
            "207": {
                "description": "One result a line, in order; each is a LineResult.",
                "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
            }
        },
        401, 413, 415, 429, 503,
    ),
}  # fmt: skip

WHERE_IT_STANDS: dict[str, object] = {
    "operationId": "whereItStands",
    "summary": "Where a contact stands",
    "security": SECURITY,
    "responses": _answers({"200": _good("Where it stands.", StandingSchema)}, 401, 404, 429, 503),
}
