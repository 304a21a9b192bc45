"""What a decision must hold to: the more cautious of what was suggested when the contact came and of what is known now.

A care register imported since, a contact that told late of an earlier incident or a newer rulebook may ask for more
than the suggestion in the log. Nothing that became known since ever asks for less than it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from screening.domain.household import OPEN_CASE, CareStatus, MatchCertainty, Picture
from screening.domain.suggestion import Response, Suggestion
from screening.intake.parse import read_contact
from screening.journey.ports import Reading
from screening.journey.records import JsonValue, StoredContact
from screening.journey.suggest import Signals, suggest
from screening.matching.recognise import PeopleReading, recognise

SEEN_TO_BY: Mapping[CareStatus, Response] = {
    status: Response.ASSESSMENT if status in OPEN_CASE else Response.EARLY_HELP for status in CareStatus
}
"""What whoever has a child of this status can see to: a social worker anything, a lead practitioner early help."""


@dataclass(frozen=True, slots=True)
class ByNow:
    """A stored contact with what is known by now: its picture, and what would be suggested with it."""

    picture: Picture
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Binding:
    """What binds a decision. `handed_on` is the response that sending it to the allocated worker comes to.

    `by_now` is `None` where looking again failed: then what was stored binds, and the pages say so.
    """

    floor: Response | None
    response: Response
    needs_sign_off: bool
    handed_on: Response
    by_now: ByNow | None


def binding_on(look: Reading, stored: StoredContact, signals: Signals) -> Binding:
    """What binds a decision on this contact now. Looking again never lowers it, and never stops anybody from deciding.

    Raises only what the store raises for the contact's own entry.
    """
    record = look.log_content(stored.receipt.log_entry) or {}
    then = _handed_on_then(record)
    by_now = _look_again(look, stored, signals)
    if by_now is None:
        return Binding(stored.floor, stored.response, stored.needs_sign_off, then, None)
    now = by_now.suggestion
    return Binding(
        floor=_more_cautious(stored.floor, now.floor),
        response=max(stored.response, now.response, key=_caution),
        needs_sign_off=stored.needs_sign_off or now.needs_sign_off,
        handed_on=max(then, _handed_on_now(by_now.picture), key=_caution),
        by_now=by_now,
    )


def _look_again(look: PeopleReading, stored: StoredContact, signals: Signals) -> ByNow | None:
    """Recognise and suggest once more; `None` where anything at all goes wrong with that."""
    try:
        contact = read_contact(stored.body, stored.receipt.received_at).contact
        this = stored.receipt.receipt_id
        picture = recognise(look, contact, instead_of=stored.supersedes_id, this=this).picture
        return ByNow(picture, suggest(contact, picture, signals))
    except Exception:  # noqa: BLE001  whatever goes wrong, what was stored still binds and a decision is still recorded
        return None


def _handed_on_now(picture: Picture) -> Response:
    certain = (match.entry.status for match in picture.register if match.certainty is MatchCertainty.CERTAIN)
    return max(map(SEEN_TO_BY.__getitem__, certain), key=_caution, default=Response.NO_FURTHER_ACTION)


def _handed_on_then(record: Mapping[str, JsonValue]) -> Response:
    """The same as the contact's entry has it; nobody where its content was erased."""
    register = record.get("register")
    rows = [row for row in register if isinstance(row, dict)] if isinstance(register, list) else []
    certain = {str(row.get("status")) for row in rows if row.get("certainty") == MatchCertainty.CERTAIN}
    seen_to = (seen_to for status, seen_to in SEEN_TO_BY.items() if status in certain)
    return max(seen_to, key=_caution, default=Response.NO_FURTHER_ACTION)


def _more_cautious(one: Response | None, other: Response | None) -> Response | None:
    return max(filter(None, (one, other)), key=_caution, default=None)


def _caution(response: Response) -> int:
    return response.caution
