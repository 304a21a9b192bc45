"""What calls answer with, as schemas of the OpenAPI document. The contact itself is described by those of intake."""

from marshmallow import Schema, fields

from screening.api.problems import TITLES
from screening.intake.schemas import FAULTS

RECEIPT_ID = {
    "type": "string",
    "pattern": "^rcp_[0-9a-z]{1,60}$",
    "description": "A receipt's id; opaque.",
    "example": "rcp_mzxw6ytboi3dqojq",
}
REFERENCE = {"description": "The force's own reference, as it was sent.", "example": "EXAMPLE-0002"}
DIGEST = "96fc67f8bad988453f23c7972cf9602ed5c2bbbc910fcfe3245d753b04fc5347"


class WarningSchema(Schema):
    """Accepted all the same, but incomplete or doubtful."""

    code = fields.String(
        required=True, metadata={"description": "Stable code; more may come.", "example": "no_child_identified"}
    )
    pointer = fields.String(
        required=True, metadata={"description": "JSON pointer into the contact.", "example": "/children"}
    )
    text = fields.String(
        required=True, metadata={"description": "In words; may change.", "example": "No child was identified."}
    )


class ReceiptSchema(Schema):
    """The contact is stored, screened and in the log."""

    receipt_id = fields.String(required=True, metadata=RECEIPT_ID)
    contact_reference = fields.String(required=True, metadata=REFERENCE)
    received_at = fields.DateTime(
        required=True, metadata={"description": "When it was received, UTC.", "example": "2026-09-14T06:30:01Z"}
    )
    decide_by = fields.DateTime(
        required=True,
        metadata={"description": "When a person's decision is due, UTC.", "example": "2026-09-15T07:45:00Z"},
    )
    warnings = fields.List(
        fields.Nested(WarningSchema),
        required=True,
        metadata={"description": "What is missing or doubtful; empty where nothing is."},
    )
    content_sha256 = fields.String(
        required=True,
        metadata={
            "description": "SHA-256 of the canonical JSON (RFC 8785) of what was sent, sent_at aside.",
            "example": DIGEST,
        },
    )
    log_entry = fields.Integer(
        required=True, metadata={"description": "Its number in the audit log.", "example": 18423}
    )


class StandingSchema(Schema):
    """Where a contact stands. Never the suggestion, a score or other people's data."""

    receipt_id = fields.String(required=True, metadata=RECEIPT_ID)
    contact_reference = fields.String(required=True, metadata=REFERENCE)
    status = fields.String(
        required=True,
        metadata={
            "description": "Where it stands now.",
            "enum": ["received", "waiting_for_decision", "information_requested", "decided"],
        },
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
    decided_at = fields.DateTime(metadata={"description": "UTC, once decided.", "example": "2026-09-14T10:12:00Z"})
    superseded_by = fields.String(
        metadata={"description": "The contact_reference of the contact that corrected this one."}
    )


class FieldErrorSchema(Schema):
    """One fault; the value sent is never repeated."""

    pointer = fields.String(required=True, metadata={"description": "JSON pointer; '' is the whole document."})
    code = fields.String(
        required=True,
        metadata={
            "description": "Stable code: branch on it; more may come.",
            "examples": [code for codes in FAULTS.values() for code in codes],
        },
    )
    detail = fields.String(required=True, metadata={"description": "What is wrong, in words; may change."})
    fix = fields.String(required=True, metadata={"description": "How to put it right, in words; may change."})


class ProblemSchema(Schema):
    """RFC 9457 problem."""

    type = fields.String(required=True, metadata={"description": "The code as a URN; it leads nowhere."})
    title = fields.String(required=True, metadata={"description": "What is wrong, in words; may change."})
    status = fields.Integer(required=True, metadata={"description": "The HTTP status."})
    code = fields.String(required=True, metadata={"description": "Stable code: branch on it.", "enum": sorted(TITLES)})
    detail = fields.String(required=True, metadata={"description": "What to do, in words; may change."})
    saved = fields.Boolean(
        required=True, metadata={"description": "Always false: without a receipt, take nothing as kept and send again."}
    )
    errors = fields.List(
        fields.Nested(FieldErrorSchema),
        metadata={
            "description": "Every fault at once, a thousand at most; for a contact that was read or tried to be."
        },
    )


class LineSchema(Schema):
    """One line's result: a receipt or a problem."""

    line = fields.Integer(
        required=True, metadata={"description": "Its place in what was sent, from 1; empty lines are counted too."}
    )
    status = fields.Integer(
        required=True, metadata={"description": "What the line alone would have been answered with.", "example": 201}
    )
    receipt = fields.Nested(ReceiptSchema)
    problem = fields.Nested(ProblemSchema)
