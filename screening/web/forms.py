"""The forms of a contact: what was typed, kept as it is, and its faults in words."""

import re
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from screening.domain.decision import NOTE_AT_MOST_CHARACTERS, NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS, REASONS
from screening.web.fields import place
from screening.web.wording import AGREED, CONSENT, DECISION

FAULTS: dict[str, str] = {
    "code_needed": "Select a decision",
    "reason_needed": "Select a reason for your decision",
    "reason_not_offered": "Select a reason that is listed for your decision",
    "note_needed_below_suggestion": (
        "Tell us what you know that makes less than the suggestion right: what you checked and with whom "
        f"(at least {NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS} characters)"
    ),
    "note_needed_for_other": "Say what the other reason is",
    "note_needed_for_same_incident": "Give the reference of the other contact about this incident",
    "note_needed_for_other_service": "Say which service is already helping",
    "note_needed_for_other_agency": "Say which agency you are asking",
    "note_too_long": f"The note must be {NOTE_AT_MOST_CHARACTERS:,} characters or less",
    "consent_needed": "Select whether the family agreed to early help",
    "consent_not_offered": "Select one of the answers about agreement",
    "child_not_here": "Select a decision that is listed, for children of this contact",
    "children_wait_too": "Leave the decisions for single children empty while you ask for information",
    "note_needed_to_decline": "Say why you do not agree",
    "answer_needed": "Select whether you agree",
}
"""Code of a fault -> words; the same in the summary and at the field."""

NOT_TYPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters, tab and line ends aside: nobody types them, and a database may refuse them."""


def typed(text: str) -> str:
    """A text as it was typed, with one form of line end; browsers send CR LF, so the same text counts the same."""
    return NOT_TYPED.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def entered_in(sent: MultiDict[str, str]) -> list[tuple[str, str]]:
    """What was typed into either form of a contact, in words; nothing where it was another form."""
    form = Form.of(sent)
    return replace(form, code=sent.get("agreed", form.code)).entered


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody typed. `children` maps a child's pointer to the code chosen for it, where one was."""

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
        children = {
            name.removeprefix("child-"): sent[name] for name in sent if name.startswith("child-") and sent[name]
        }
        return cls(
            code=code,
            reasons=tuple(dict.fromkeys(sent.getlist(f"reasons-{code}"))),
            note=typed(sent.get("note", "")),
            consent=sent.get("consent", ""),
            children=children,
        )

    def with_faults(self, codes: dict[str, str]) -> "Form":
        """The same form, with its faults in words."""
        return replace(self, faults={name: FAULTS[code] for name, code in codes.items()})

    @property
    def summary(self) -> list[dict[str, str]]:
        """The faults with the place on the page where each is put right."""
        first = {"reasons": f"reasons-{self.code}", "children": "child-0"}
        return [{"text": words, "href": f"#{first.get(name, name)}"} for name, words in self.faults.items()]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values as they were sent, for a form that sends them again."""
        return [
            ("code", self.code),
            *((f"reasons-{self.code}", reason) for reason in self.reasons),
            ("note", self.note),
            ("consent", self.consent),
            *((f"child-{child}", code) for child, code in self.children.items()),
        ]

    @property
    def entered(self) -> list[tuple[str, str]]:
        """What was typed in words, to be read again where it could not be recorded."""
        offered = {str(code): dict(reasons) for code, reasons in REASONS.items()}.get(self.code, {})
        rows = [
            ("Decision", DECISION.get(self.code) or AGREED.get(self.code, "")),
            ("Reasons", "; ".join(offered[reason] for reason in self.reasons if reason in offered)),
            ("Note", self.note),
            ("Agreement to early help", CONSENT.get(self.consent, "")),
            *((place(child), DECISION.get(code, "")) for child, code in self.children.items()),
        ]
        return [(heading, text) for heading, text in rows if text]
