"""What is told of a picture: who has the case, and the matches as the log and the command line have them."""

from screening.domain.household import OPEN_CASE, MatchCertainty, PersonMatch, Picture
from screening.journey.records import JsonValue


def allocated_worker(picture: Picture) -> str | None:
    """Who has the case, where a child certainly has somebody: every social worker, else the lead practitioner."""
    certain = [match.entry for match in picture.register if match.certainty is MatchCertainty.CERTAIN]
    social_workers = [entry.allocated_worker for entry in certain if entry.status in OPEN_CASE]
    others = [entry.allocated_worker for entry in certain if entry.status not in OPEN_CASE]
    named = [name for name in social_workers if name] or [name for name in others if name][:1]
    return ", ".join(dict.fromkeys(named)) or None


def matches_record(matches: tuple[PersonMatch, ...]) -> list[JsonValue]:
    """The matches as JSON: pointers, ids and grounds; no names."""
    return [
        {
            "pointer": match.pointer,
            "certainty": str(match.certainty),
            "certain": list(match.certain),
            "grounds": list(match.grounds),
            "possible": [{"person_id": p.person_id, "grounds": list(p.grounds)} for p in match.possible],
        }
        for match in matches
    ]
