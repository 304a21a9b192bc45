"""The contact contract as the obvious build has it: plain marshmallow classes, a field a line, no more than is usual."""

from typing import Any

from marshmallow import INCLUDE, Schema, fields, validate

from screening.domain.contact import RISK_FORM_ITEMS

YES_NO = ["yes", "no", "unknown", "missing"]
ANSWERS = ["yes", "no", "dont_know", "not_asked", "declined", "missing"]
TYPES = [
    "verbal_argument", "violence_without_injury", "violence_with_injury", "threats", "stalking_harassment",
    "coercive_control", "sexual_offence", "criminal_damage", "breach_of_order", "child_contact_dispute", "other",
]  # fmt: skip
GRADES = ["standard", "medium", "high", "not_graded", "missing"]
WEAPONS = ["none", "threatened", "used", "unknown", "missing"]
INJURIES = ["none", "minor", "serious", "unknown", "missing"]
PRESENCE = ["in_the_room", "saw_or_heard", "elsewhere_in_home", "not_present", "unknown", "missing"]
INCIDENT_YES_NO = (
    "strangulation", "threat_to_kill", "alcohol", "drugs", "honour_based", "forced_marriage", "fgm_risk",
    "order_breached", "separated",
)  # fmt: skip
ADULT_YES_NO = ("pregnant", "mental_health_concern", "substance_concern", "interpreter_needed")
CHILD_YES_NO = ("lives_at_address", "injured", "intervened", "threatened", "disclosed_fear", "interpreter_needed")
HISTORY_YES_NO = ("suspect_other_households", "suspect_violence_convictions")
ACTION_YES_NO = ("arrest", "victim_safe_place", "prevention_notice", "protection_order_applied")
SHORT = validate.Length(max=200)
FORCE_CODE_DIGITS = 2
REFERENCE_AT_MOST = 64


def _yes_no() -> fields.String:
    return fields.String(validate=validate.OneOf(YES_NO))


class _Loose(Schema):
    class Meta:
        """A field that nobody named passes."""

        unknown = INCLUDE


IncidentSchema = _Loose.from_dict(
    {
        "occurred_at": fields.AwareDateTime(required=True),
        "reported_at": fields.AwareDateTime(),
        "incident_reference": fields.String(validate=SHORT),
        "type": fields.String(required=True, validate=validate.OneOf(TYPES)),
        "offence_code": fields.String(validate=SHORT),
        "postcode": fields.String(validate=SHORT),
        "address": fields.String(validate=SHORT),
        "weapon": fields.String(validate=validate.OneOf(WEAPONS)),
        "adult_injury": fields.String(validate=validate.OneOf(INJURIES)),
        "narrative": fields.String(validate=validate.Length(max=20_000)),
        **{name: _yes_no() for name in INCIDENT_YES_NO},
    }
)
AnswersSchema = _Loose.from_dict({item: fields.String(validate=validate.OneOf(ANSWERS)) for item in RISK_FORM_ITEMS})
RiskSchema = _Loose.from_dict(
    {
        "tool": fields.String(required=True),
        "grade": fields.String(required=True, validate=validate.OneOf(GRADES)),
        "reviewed_grade": fields.String(validate=validate.OneOf(GRADES)),
        "not_completed_reason": fields.String(),
        "answers": fields.Nested(AnswersSchema),
        "marac_referred": _yes_no(),
    }
)
PERSON_FIELDS: dict[str, fields.Field[Any]] = {
    "person_reference": fields.String(validate=SHORT),
    "given_name": fields.String(validate=SHORT),
    "family_name": fields.String(validate=SHORT),
    "date_of_birth": fields.Date(),
    "age_years": fields.Integer(strict=True, validate=validate.Range(min=0, max=130)),
    "sex": fields.String(validate=validate.OneOf(["female", "male", "unknown"])),
    "ethnicity": fields.String(validate=SHORT),
    "first_language": fields.String(validate=SHORT),
    "disability": fields.List(fields.String(validate=SHORT)),
}
AdultSchema = _Loose.from_dict(
    {
        **PERSON_FIELDS,
        "role": fields.String(required=True, validate=validate.OneOf(["victim", "suspect", "both", "other"])),
        "relationship_to_victim": fields.String(),
        **{name: _yes_no() for name in ADULT_YES_NO},
    }
)
VoiceSchema = _Loose.from_dict(
    {
        "spoken_to": fields.String(validate=validate.OneOf(["yes", "no"])),
        "alone": _yes_no(),
        "words": fields.String(validate=validate.Length(max=2_000)),
        "demeanour": fields.String(validate=SHORT),
        "reason_not_spoken_to": fields.String(),
    }
)
ChildSchema = _Loose.from_dict(
    {
        **PERSON_FIELDS,
        "unborn": fields.Boolean(),
        "expected_date": fields.Date(),
        "school": fields.String(validate=SHORT),
        "presence": fields.String(validate=validate.OneOf(PRESENCE)),
        "relationship_to_suspect": fields.String(),
        "voice": fields.Nested(VoiceSchema),
        **{name: _yes_no() for name in CHILD_YES_NO},
    }
)
HistorySchema = _Loose.from_dict(
    {
        "incidents_last_12_months": fields.Integer(strict=True, validate=validate.Range(min=0)),
        "last_incident_on": fields.Date(),
        **{name: _yes_no() for name in HISTORY_YES_NO},
    }
)


class ObviousSchema(_Loose):
    """A contact."""

    contact_reference = fields.String(required=True, validate=validate.Length(min=1, max=REFERENCE_AT_MOST))
    force_code = fields.String(required=True, validate=validate.Length(equal=FORCE_CODE_DIGITS))
    sent_at = fields.AwareDateTime(required=True)
    supersedes = fields.String()
    incident = fields.Nested(IncidentSchema, required=True)
    risk_assessment = fields.Nested(RiskSchema)
    adults = fields.List(fields.Nested(AdultSchema), required=True, validate=validate.Length(min=1, max=10))
    children = fields.List(fields.Nested(ChildSchema), validate=validate.Length(max=20))
    police_history = fields.Nested(HistorySchema)
    police_action = fields.Nested(_Loose.from_dict({name: _yes_no() for name in ACTION_YES_NO}))
    consent_to_early_help = fields.String()
