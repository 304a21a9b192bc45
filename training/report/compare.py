"""What moves from one model to another on the same contacts: which suggestions change, and what each misses.

Both are read from their evaluation.json. Two evaluations of different contacts, or judged by different things, say
nothing about two models, and are refused.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from screening.domain.errors import ModelRefused
from screening.domain.suggestion import Response
from training.judging.evaluation_file import Figures
from training.judging.whole_evaluation import CODES
from training.report.words import NONE, Section, Table, count, number, percent, points, response, share

IN_NEED = frozenset("yl")
"""Letters of `known_need`: somebody looked and found it, or it came to light."""

_OF_LETTER = {letter: str(one) for one, letter in CODES.items()}
_ASKED: Mapping[str, Callable[[Figures], object]] = {
    "history": lambda figures: figures["about"]["history_sha256"],
    "number of contacts": lambda figures: len(figures["suggestions"]),
    "way of judging": lambda figures: figures["judged_by"],
}


def compare(one: Figures, other: Figures) -> list[Section]:
    """What moves from `one` to `other`. Raises ModelRefused where they are not of the same contacts."""
    apart = [what for what, of in _ASKED.items() if of(one) != of(other)]
    if apart:
        raise ModelRefused(
            f"the two evaluations differ in their {' and '.join(apart)}, so they cannot be compared; "
            "run `training evaluate` for both on the same history"
        )
    return [_side_by_side(one, other), _moved(one, other), _to_closing(one, other), _groups(one, other)]


def _side_by_side(one: Figures, other: Figures) -> Section:
    names = _names(one, other)
    missed = [figures["missed_need_among_suggested_nfa"] for figures in (one, other)]
    rows = [
        ["missed need among suggested NFA", *map(share, missed), _points(missed, "share")],
        _row("suggested NFA, of all", one, other, lambda figures: figures["suggested_nfa"]["share"]),
        _row("of what people closed", one, other, lambda figures: figures["suggested_nfa"]["of_what_people_closed"]),
        _row("a person must look", one, other, _abstains),
        _plain("area, needs an assessment", one, other, _area),
        _plain("area, needs early help", one, other, lambda figures: figures["early_help"]["area"]),
        _plain("calibration: expected over found", one, other, _over),
    ]
    says = [
        (
            f"Both judged on the same {count(len(one['suggestions']))} contacts. Figures have intervals of their own "
            "in each report; a difference smaller than those is none to act on."
        )
    ]
    return Section(
        "figures", f"From {names[0]} to {names[1]}", says, [Table("Side by side", ("", *names, "change"), rows)]
    )


def _moved(one: Figures, other: Figures) -> Section:
    counted = Counter(zip(one["suggestions"], other["suggestions"], strict=True))
    rows = [
        [response(_OF_LETTER[before]), *(count(counted[before, after]) for after in CODES.values())]
        for before in CODES.values()
    ]
    stay = sum(times for (before, after), times in counted.items() if before == after)
    head = ("was", *(response(_OF_LETTER[after]) for after in CODES.values()))
    says = [f"{count(len(one['suggestions']) - stay)} of {count(len(one['suggestions']))} suggestions change."]
    return Section("moved", "Which suggestions change", says, [Table("Was, and becomes", head, rows)])


def _to_closing(one: Figures, other: Figures) -> Section:
    """The moves that matter most: into and out of what is suggested for no further action."""
    closing = CODES[Response.NO_FURTHER_ACTION]
    known = list(zip(one["suggestions"], other["suggestions"], one["known_need"], strict=True))
    moves = {
        "newly suggested for no further action": [n for before, after, n in known if before != closing == after],
        "no longer suggested for no further action": [n for before, after, n in known if before == closing != after],
    }
    rows = [
        [what, count(len(need)), count(sum(n != "-" for n in need)), count(sum(n in IN_NEED for n in need))]
        for what, need in moves.items()
    ]
    head = ("", "contacts", "of which something is known", "of these, in need of an assessment")
    says = ["Of most closed contacts nothing is known, so what is known to be in need is the least that is."]
    return Section("closing", "Into and out of closing", says, [Table("The moves that matter most", head, rows)])


def _groups(one: Figures, other: Figures) -> Section:
    tables = []
    for name, found in one["fairness"].items():
        after = {row["group"]: row for row in other["fairness"][name]["groups"]}
        rows = [
            [row["group"], *_group_cells(row, after[row["group"]])]
            for row in found["groups"]
            if not row.get("hidden") and not after[row["group"]].get("hidden")
        ]
        head = ("group", "NFA was", "becomes", "change (points)", "missed was", "becomes", "change (points)")
        tables.append(Table(one["groupings"][name], head, rows))
    return Section("groups", "For whom", ["Shares of each group; small groups are hidden."], tables)


def _group_cells(before: Figures, after: Figures) -> list[str]:
    told = []
    for rate in ("closed", "missed_among_closed"):
        pair = [row["suggestion"].get(rate, {"value": None})["value"] for row in (before, after)]
        told += [*map(percent, pair), NONE if None in pair else points(pair[1] - pair[0])]
    return told


def _names(one: Figures, other: Figures) -> tuple[str, str]:
    names = (one["model"]["version"], other["model"]["version"])
    return names if names[0] != names[1] else (f"{names[0]} (first)", f"{names[1]} (second)")


def _row(what: str, one: Figures, other: Figures, of: Callable[[Figures], float]) -> list[str]:
    return [what, percent(of(one)), percent(of(other)), f"{points(of(other) - of(one))} points"]


def _plain(what: str, one: Figures, other: Figures, of: Callable[[Figures], float]) -> list[str]:
    return [what, number(of(one)), number(of(other)), f"{of(other) - of(one):+.3f}"]


def _points(pair: list[Figures], name: str) -> str:
    return f"{points(pair[1][name] - pair[0][name])} points"


def _abstains(figures: Figures) -> float:
    return float(figures["abstention"]["n"] / figures["abstention"]["of"])


def _area(figures: Figures) -> float:
    return float(figures["comparison"]["this model"]["area"]["value"])


def _over(figures: Figures) -> float:
    return float(figures["calibration"]["expected_over_found"]["value"])
