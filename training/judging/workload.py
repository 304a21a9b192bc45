"""What a suggestion means for a working day: contacts and minutes, under assumptions that are stated beside them.

Nothing is measured here but shares of contacts; the minutes are settings (`workload.toml`), and an authority's own
timing replaces them. Time saved is told as time, never as a target.

What is suggested stands beside what people decided, and what would be missed is reckoned on everything that would be
closed, not on suggestions alone: what is left to people is closed by people too, and they miss need there.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from pathlib import Path

import numpy as np

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response, Suggestion
from training.fitting.settings import FitSettingsRefused
from training.history.extract import DecisionMade
from training.history.rows import Bools, Floats
from training.judging.by_design import DRAWN, ByDesign
from training.need.resampling import interval

SHIPPED = Path(__file__).with_name("workload.toml")
MONTH = timedelta(days=365.25 / 12.0)
MINUTES_TRIED = (8.0, 10.0, 15.0, 20.0)
"""Nobody knows yet how long a contact takes to read, so several are worked out."""
CLOSING_TRIED = (1.0, 3.0, 5.0)
"""Nor how long one takes that is suggested for closing, on which all that is saved rests."""


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
    made: Sequence[Suggestion], decisions: Sequence[DecisionMade], judged: ByDesign, day: Day
) -> dict[str, object]:
    """A working day by what is suggested and by what people decided, the minutes of today and then, and what each of
    the ways of `_ways` closes and misses in a month.
    """
    suggested = _parted([str(one.response) for one in made], [str(one) for one in Response])
    people = _parted([str(_response_of(one)) for one in decisions], [str(one) for one in Response])
    decided = _parted([str(one.code) for one in decisions], sorted({str(one.code) for one in decisions}))
    nfa, closed = suggested[Response.NO_FURTHER_ACTION], people[Response.NO_FURTHER_ACTION]
    share = float(nfa.mean())
    return {
        "assumed": asdict(day),
        "own_contacts_a_working_day": _own_a_day(decisions, day),
        "contacts_a_day": {code: day.contacts_a_working_day * float(who.mean()) for code, who in suggested.items()},
        "closed_by_people_a_day": day.contacts_a_working_day * float(closed.mean()),
        "suggested": _a_day(suggested, judged, day),
        "people": _a_day(people, judged, day),
        "decided": _a_day(decided, judged, day),
        "minutes_a_day": [
            {"minutes_to_read_in_full": minutes} | _minutes(day, share, minutes)
            for minutes in sorted({*MINUTES_TRIED, day.minutes_to_read_in_full})
        ],
        "closing_takes": [
            {"minutes_to_close": minutes}
            | _minutes(replace(day, minutes_to_close=minutes), share, day.minutes_to_read_in_full)
            for minutes in sorted({*CLOSING_TRIED, day.minutes_to_close})
        ],
        "missed_a_month": {
            "suggested_to_close": _a_month(nfa, judged, day)[0],
            "people_of_what_they_closed": _a_month(closed, judged, day)[0],
        },
        "ways": _ways(nfa, suggested[Response.ASSESSMENT], closed, judged, day),
    }


def _response_of(made: DecisionMade) -> Response:
    """What people decided, in the four words of a suggestion; whatever went on to a social worker is an assessment."""
    if made.closed:
        return Response.NO_FURTHER_ACTION
    if made.code is DecisionCode.EARLY_HELP:
        return Response.EARLY_HELP
    return Response.UNDETERMINED if made.code is DecisionCode.REQUEST_INFORMATION else Response.ASSESSMENT


def _own_a_day(decisions: Sequence[DecisionMade], day: Day) -> float:
    """How many contacts the history has a working day, from the first decision to the last."""
    moments = [made.at for made in decisions]
    months = (max(moments) - min(moments)) / MONTH
    return len(decisions) / (max(months, 1.0) * day.working_days_a_month)


def _parted(of: Sequence[str], into: Sequence[str]) -> dict[str, Bools]:
    """By code, which contacts (n,) have it."""
    return {code: np.array([one == code for one in of], dtype=np.bool_) for code in into}


def _a_day(of: Mapping[str, Bools], judged: ByDesign, day: Day) -> dict[str, dict[str, object]]:
    """Each share, and how many contacts a working day that is."""
    counts = judged.counts(list(of.values()))
    return {
        code: one.told | {"a_day": day.contacts_a_working_day * one.share} for code, one in zip(of, counts, strict=True)
    }


def _ways(nfa: Bools, assessed: Bools, closed: Bools, judged: ByDesign, day: Day) -> list[dict[str, object]]:
    """Everything that is closed, and what is missed of it, three ways.

    As people did; what is suggested for closing (`nfa`), and of the rest what people closed; and the same, but with
    every assessment made that is suggested (`assessed`). That people would go on closing the rest as they did is
    assumed: nobody knows what a suggestion does to them.
    """
    ways = {
        "people alone": closed,
        "people after suggestions": nfa | closed,
        "every suggested assessment made": nfa | (closed & ~assessed),
    }
    closed_a_day = _a_day(ways, judged, day)
    told: list[dict[str, object]] = []
    for way, who in ways.items():
        missed, ends = _a_month(who, judged, day)
        more, more_ends = (None, None) if way == "people alone" else _more(who, closed, judged, day)
        told.append(
            {
                "way": way,
                "closed": closed_a_day[way],
                "missed": judged.share(who),
                "missed_a_month": missed,
                "missed_a_month_interval": ends,
                "more_a_month": more,
                "more_a_month_interval": more_ends,
            }
        )
    return told


def _a_month(who: Bools, judged: ByDesign, day: Day) -> tuple[float, tuple[float, float]]:
    """How many in need are among `who` (n,) in a month, and its interval."""
    contacts, found = _contacts_a_month(day), judged.in_need(who)
    times = contacts * float(who.mean())
    between = interval(contacts * _drawn(who, judged)) if found.ends.how == DRAWN else None
    return times * found.share, between or (times * found.ends.lower, times * found.ends.upper)


def _more(who: Bools, than: Bools, judged: ByDesign, day: Day) -> tuple[float, tuple[float, float]]:
    """How many more in need are missed in a month by closing `who` (n,) rather than those of `than` (n,)."""
    added, spared = who & ~than, than & ~who
    (more, most), (fewer, fewest) = (_a_month(one, judged, day) for one in (added, spared))
    if all(judged.in_need(one).ends.how == DRAWN for one in (added, spared) if one.any()):
        drawn = interval(_contacts_a_month(day) * (_drawn(added, judged) - _drawn(spared, judged)))
        return more - fewer, drawn or (0.0, 0.0)
    # Newcombe's interval of a difference, from the intervals of both.
    below = math.hypot(more - most[0], fewest[1] - fewer)
    above = math.hypot(most[1] - more, fewer - fewest[0])
    return more - fewer, (more - fewer - below, more - fewer + above)


def _drawn(who: Bools, judged: ByDesign) -> Floats:
    """In each draw, how many of all contacts are among `who` (n,) and in need, as a share."""
    share = judged.draws.shares(who.astype(np.float64), np.ones(len(who)))
    return share * judged.drawn_in_need(who) if who.any() else np.zeros(len(share))


def _contacts_a_month(day: Day) -> float:
    return day.contacts_a_working_day * day.working_days_a_month


def _minutes(day: Day, nfa: float, to_read: float) -> dict[str, float]:
    """Today everybody is read in full; then what is suggested for closing takes less, and looking again takes some.

    No interval: what these minutes rest on is assumed, and an interval of the share alone would look surer than that.
    """
    a_day = day.contacts_a_working_day
    own_view = a_day * day.share_asked_for_own_view * day.minutes_for_own_view
    again = a_day * nfa * day.second_looks_share * day.minutes_a_second_look
    today, then = a_day * to_read, a_day * ((1.0 - nfa) * to_read + nfa * day.minutes_to_close) + own_view + again
    return {"today": today, "then": then, "saved": today - then}


def _wrong(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "is missing or no number"
    largest = 1.0 if "share" in name else 1_000.0
    return "" if 0.0 <= value <= largest else f"is {value}, not from 0 to {largest:g}"
