"""What a suggestion means for a working day: contacts and minutes, under assumptions that are stated beside them.

Nothing is measured here but shares of contacts; the minutes are settings (`workload.toml`), and an authority's own
timing replaces them. Time saved is told as time, never as a target.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from screening.domain.suggestion import Response, Suggestion
from training.fitting.settings import FitSettingsRefused
from training.history.rows import Bools

SHIPPED = Path(__file__).with_name("workload.toml")
MINUTES_TRIED = (8.0, 10.0, 15.0, 20.0)
"""Nobody knows yet how long a contact takes to read, so several are worked out."""


@dataclass(frozen=True, slots=True)
class Day:
    """The assumptions, named as in the file. Shares in [0, 1], the others not below 0."""

    contacts_a_working_day: float
    working_days_a_month: float
    minutes_to_read_in_full: float
    minutes_to_close: float
    minutes_for_own_view: float
    share_asked_for_own_view: float
    second_looks_share: float
    minutes_a_second_look: float


def read_day(path: Path = SHIPPED) -> Day:
    """The assumptions in a file. Raises FitSettingsRefused with every fault."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise FitSettingsRefused([f"{path.name} cannot be read as TOML: {fault}"]) from fault
    wanted = [field.name for field in fields(Day)]
    faults = [f"{name} is not a setting" for name in raw if name not in wanted]
    faults += [f"{name} {why}" for name in wanted if (why := _wrong(name, raw.get(name)))]
    if faults:
        raise FitSettingsRefused(faults)
    return Day(**{name: float(raw[name]) for name in wanted})


def workload(
    made: Sequence[Suggestion], closed: Bools, missed: float, missed_by_people: float, day: Day
) -> dict[str, object]:
    """A working day by response, what people spend on it today and would spend, and what is missed in a month.

    `missed` and `missed_by_people` are the shares in need of what is suggested for closing and of what people closed.
    """
    shares = {str(one): sum(s.response is one for s in made) / len(made) for one in Response}
    nfa, a_day = shares[Response.NO_FURTHER_ACTION], day.contacts_a_working_day
    a_month = a_day * day.working_days_a_month
    return {
        "assumed": asdict(day),
        "contacts_a_day": {response: a_day * share for response, share in shares.items()},
        "closed_by_people_a_day": a_day * float(closed.mean()),
        "minutes_a_day": [
            {"minutes_to_read_in_full": minutes} | _minutes(day, nfa, minutes)
            for minutes in sorted({*MINUTES_TRIED, day.minutes_to_read_in_full})
        ],
        "missed_a_month": {
            "suggested_to_close": a_month * nfa * missed,
            "people_of_what_they_closed": a_month * float(closed.mean()) * missed_by_people,
        },
    }


def _minutes(day: Day, nfa: float, to_read: float) -> dict[str, float]:
    """Today everybody is read in full; then what is suggested for closing takes less, and looking again takes some."""
    a_day = day.contacts_a_working_day
    own_view = a_day * day.share_asked_for_own_view * day.minutes_for_own_view
    again = a_day * nfa * day.second_looks_share * day.minutes_a_second_look
    today = a_day * to_read
    then = a_day * ((1.0 - nfa) * to_read + nfa * day.minutes_to_close) + own_view + again
    return {"today": today, "then": then, "saved": today - then}


def _wrong(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "is missing or no number"
    largest = 1.0 if "share" in name else 1_000.0
    return "" if 0.0 <= value <= largest else f"is {value}, not from 0 to {largest:g}"
