"""What templates may turn a value into: words, moments, ages. The one list of their filters."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from screening.web import fields, moments, wording


def _worded(table: Mapping[str, str]) -> Callable[[object], str]:
    """A filter that looks a code up; a code that the table has not reads as itself."""

    def words(code: object) -> str:
        return table.get(str(code), str(code).replace("_", " "))

    return words


def _hours(hours: int) -> str:
    return moments.span(timedelta(hours=hours)) if hours else "less than an hour"


def _as_moment(of: datetime | str) -> str:
    return moments.moment_of(of) if isinstance(of, str) else moments.moment(of)


FILTERS: dict[str, Callable[..., str]] = {
    "suggestion": _worded(wording.SUGGESTION),
    "suggested": _worded(wording.SUGGESTED),
    "least": _worded(wording.LEAST),
    "certainty": _worded(wording.CERTAINTY),
    "certainty_in_short": _worded(wording.CERTAINTY_IN_SHORT),
    "urgency": _worded(wording.URGENCY),
    "route": _worded(wording.ROUTE),
    "decision": _worded(wording.DECISION),
    "state": _worded(wording.STATE),
    "state_colour": _worded(wording.STATE_COLOUR),
    "care": _worded(wording.CARE),
    "relation": _worded(wording.RELATION),
    "consent": _worded(wording.CONSENT),
    "role": _worded(wording.ROLE),
    "effect": _worded(wording.EFFECT),
    "problem": _worded(wording.PROBLEM),
    "answer": wording.answer,
    "evidence": wording.evidence,
    "ages": wording.ages,
    "within": wording.within,
    "capitalize_first": wording.capital,
    "reason": wording.reason_words,
    "place": fields.place,
    "in_words": fields.in_words,
    "place_of_evidence": fields.place_of_evidence,
    "moment": _as_moment,
    "nearby": moments.nearby,
    "due": moments.due,
    "lateness": moments.lateness,
    "clock": moments.clock,
    "hours": _hours,
    "machine": moments.machine,
}
"""Name in a template -> what it does."""
