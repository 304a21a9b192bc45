"""The decision form: what was typed, kept as it is, and its faults in words."""

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from screening.domain.decision import NOTE_AT_MOST_CHARACTERS, NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS

FAULTS: dict[str, str] = {
    "code_needed": "Select a decision",
    "reason_needed": "Select a reason for your decision",
    "reason_not_offered": "Select a reason that is listed for your decision",
    "note_needed_below_suggestion": (
        "Tell us what you know that makes less than the suggestion right: what you checked and with whom "
        f"(at least {NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS} characters)"
    ),
    "note_needed_for_other": "Say what the other reason is",
    "note_too_long": f"The note must be {NOTE_AT_MOST_CHARACTERS:,} characters or less",
    "consent_needed": "Select whether the family agreed to early help",
    "consent_not_offered": "Select one of the answers about agreement",
    "note_needed_to_decline": "Say why you do not agree",
    "answer_needed": "Select whether you agree",
}
"""Code of a fault -> words; the same in the summary and at the field."""


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody typed. `children` maps a child's pointer to the code chosen for it, '' for the same as all."""

    code: str = ""
    reasons: tuple[str, ...] = ()
    note: str = ""
    consent: str = ""
    children: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> "Form":
        """Nothing typed and, above all, nothing chosen beforehand."""
        return cls()

    @classmethod
    def of(cls, sent: MultiDict[str, str]) -> "Form":
        """What was sent. Reasons are named `reasons-CODE`; only those of the chosen decision count."""
        code = sent.get("code", "")
        children = {name.removeprefix("child-"): sent[name] for name in sent if name.startswith("child-") and sent[name]}
        return cls(
            code=code,
            reasons=tuple(dict.fromkeys(sent.getlist(f"reasons-{code}"))),
            # Browsers send line ends as CR LF; one form of them counts the same everywhere.
            note=sent.get("note", "").replace("\r\n", "\n"),
            consent=sent.get("consent", ""),
            children=children,
        )

    def with_faults(self, codes: dict[str, str]) -> "Form":
        """The same form, with its faults in words."""
        faults = {name: FAULTS[code] for name, code in codes.items()}
        return Form(self.code, self.reasons, self.note, self.consent, self.children, faults)
